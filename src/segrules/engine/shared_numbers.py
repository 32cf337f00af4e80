"""Totals, counts, caps and shares that parameters make what they cannot be on the day of an evaluation."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from segrules.checker import sharing_messages
from segrules.checker.sharing import NUMBERS
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.language.formatting import text_of
from segrules.meaning.constants import constant_value
from segrules.program.program import Program
from segrules.program.treatments import shared_numbers


@lru_cache(maxsize=64)
def wrong_numbers(program: Program, as_of: date) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the numbers of a program's budgets, limits, caps and holdouts on a day."""
    found = []
    for key, node in shared_numbers(program, as_of):
        value, number = constant_value(program, as_of, node), NUMBERS[key]
        if value is None or not number.is_one(value):
            label = "has no value" if value is None else f"is {text_of(value)}"
            told = f"{label} on {as_of.isoformat()}"
            found.append(sharing_messages.wrong_number(node.span, key, number.wanted, told))
    return tuple(found)
