"""Advice on a program that is right: one rule a file, each a function from a program to diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from segrules.diagnostics.diagnostic import Diagnostic, in_order
from segrules.lint.unguarded_optional import unguarded_optional
from segrules.program.program import Program

RULES: tuple[Callable[[Program], Iterable[Diagnostic]], ...] = (unguarded_optional,)
"""Every rule, in the order of its code."""


def lint(program: Program) -> tuple[Diagnostic, ...]:
    """Return what every rule has to say about a program, by file and place."""
    return in_order(diagnostic for rule in RULES for diagnostic in rule(program))
