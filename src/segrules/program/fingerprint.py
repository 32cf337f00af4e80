"""The hash by which results say which ruleset made them."""

from __future__ import annotations

from hashlib import sha256

from segrules.program.canonical import print_program
from segrules.program.program import Program


def ruleset_hash(program: Program) -> str:
    """Return the SHA-256 of a program's canonical text, in hexadecimal."""
    return sha256(print_program(program).encode()).hexdigest()
