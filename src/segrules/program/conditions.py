"""The conditions that rules are made of, each once, so that each is worked out once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from segrules.program.nodes import Call, Expression
from segrules.program.program import Program, Rule, Segmentation


@dataclass(frozen=True, slots=True)
class Condition:
    """An atomic condition and its number, from 1; `places` are the rules it stands in, each with its segmentation."""

    number: int
    expression: Expression
    places: tuple[tuple[Segmentation, Rule], ...]

    @property
    def name(self) -> str:
        """How results and traces call it: `c1`."""
        return condition_name(self.number)


def condition_name(number: int) -> str:
    """Return what the condition with a number is called."""
    return f"c{number}"


def conditions(program: Program) -> tuple[Condition, ...]:
    """Return the different atomic conditions of all rules, in the order in which they first appear."""
    found: dict[Expression, list[tuple[Segmentation, Rule]]] = {}
    for segmentation in program.segmentations:
        for rule in segmentation.rules:
            for part in dict.fromkeys(atoms(rule.when)):
                found.setdefault(part, []).append((segmentation, rule))
    return tuple(
        Condition(number, expression, tuple(places)) for number, (expression, places) in enumerate(found.items(), 1)
    )


def atoms(when: Expression) -> Iterator[Expression]:
    """Yield what stands below the `and`, `or`, `not` and `at_least` of a condition, in order."""
    yield from (part for part in parts(when) if not _below(part))


def parts(when: Expression) -> Iterator[Expression]:
    """Yield a condition and all those of which `and`, `or`, `not` and `at_least` make it, itself first."""
    yield when
    for part in _below(when):
        yield from parts(part)


def _below(when: Expression) -> Sequence[Expression]:
    match when:
        case Call(function="and" | "or" | "not", arguments=found) | Call(function="at_least", arguments=(_, *found)):
            return found
        case _:
            return ()
