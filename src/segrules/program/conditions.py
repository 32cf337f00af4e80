"""The conditions that rules are made of, each once, so that each is worked out once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from segrules.program.nodes import Call, Expression
from segrules.program.program import Program


@dataclass(frozen=True, slots=True)
class Condition:
    """An atomic condition and its number, from 1."""

    number: int
    expression: Expression


def conditions(program: Program) -> tuple[Condition, ...]:
    """Return the different atomic conditions of all rules, in the order in which they first appear."""
    found = (part for one in program.segmentations for rule in one.rules for part in atoms(rule.when))
    return tuple(Condition(number, expression) for number, expression in enumerate(dict.fromkeys(found), start=1))


def atoms(when: Expression) -> Iterator[Expression]:
    """Yield what stands below the `and`, `or`, `not` and `at_least` of a condition, in order."""
    match when:
        case Call(function="and" | "or" | "not", arguments=parts) | Call(function="at_least", arguments=(_, *parts)):
            for part in parts:
                yield from atoms(part)
        case _:
            yield when
