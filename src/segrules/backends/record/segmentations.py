"""Segmentations in generated code: a number that says how all rules turned out, and what follows from it, kept.

Bit `n` of the number says that rule `n` matched, and bit `n` above those of all rules that it is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from segrules.meaning.comparisons import Operand
from segrules.meaning.decisions import Decision, Outcome, Tried, decide, operands
from segrules.program.program import HitPolicy, Rule, Segmentation

if TYPE_CHECKING:
    from segrules.backends.record.pieces import Truth
    from segrules.backends.record.writer import Writer

_MOST = 10_000
"""How many ways in which rules turned out are kept."""


@dataclass(frozen=True, slots=True, eq=False)
class Decided:
    """What a segmentation says of every row whose rules turn out alike; what the row lacks is left to who knows it.

    `given` is the segment, or under `collect` the segments; `operands` are what comparisons are asked of.
    """

    decision: Decision
    given: str | tuple[str, ...] | None
    operands: tuple[Operand, ...]


class Known(dict[int, Decided]):
    """What a segmentation says, by the number of how its rules turned out, worked out when first met.

    Unless `whole`, rules behind the one that decides may not have been asked: then no outcomes are told.
    """

    def __init__(self, segmentation: Segmentation, as_of: date, *, whole: bool) -> None:
        super().__init__()
        self._segmentation = segmentation
        self._as_of = as_of
        self._whole = whole

    def __missing__(self, number: int) -> Decided:
        if len(self) >= _MOST:
            self.clear()
        found = self[number] = self._decided(number)
        return found

    def _decided(self, number: int) -> Decided:
        segmentation = self._segmentation
        tried = [Tried(rule, self._outcome(rule, number, at)) for at, rule in enumerate(segmentation.rules)]
        decision = decide(segmentation, tried)
        collect = segmentation.hit_policy is HitPolicy.COLLECT
        return Decided(
            decision if self._whole else replace(decision, outcomes=()),
            decision.segments if collect else decision.segment,
            tuple(operands(segmentation, decision)),
        )

    def _outcome(self, rule: Rule, number: int, at: int) -> Outcome:
        if not rule.in_force(self._as_of):
            return Outcome.NOT_IN_FORCE
        if number >> at & 1:
            return Outcome.MATCHED
        unknown = number >> len(self._segmentation.rules) + at & 1
        return Outcome.UNKNOWN if unknown else Outcome.FAILED


def decided(writer: Writer, segmentation: Segmentation, *, whole: bool) -> str:
    """Return the name of what a segmentation says of the row; `whole` asks rules behind the one that decides, too."""
    rules = segmentation.rules
    truths = {at: writer.truth(rule.when) for at, rule in enumerate(rules) if rule.in_force(writer.as_of)}
    number = writer.local("0")
    if segmentation.hit_policy is HitPolicy.FIRST and not whole:
        with writer.lines.indented("while True:"):
            for at, truth in truths.items():
                _asked(writer, number, at, truth, len(rules), behind="; break")
            writer.lines.add("break")
    else:
        for at, truth in truths.items():
            _asked(writer, number, at, truth, len(rules), behind="")
    known = writer.module.bind(Known(segmentation, writer.as_of, whole=whole))
    return writer.local(f"{known}[{number}]")


def _asked(writer: Writer, number: str, at: int, truth: Truth, count: int, *, behind: str) -> None:
    writer.lines.add(f"if {truth.true}: {number} |= {1 << at:#x}{behind}")
    if truth.gaps:
        unknown = f"({' or '.join(truth.gaps)}) and not {truth.false}"
        writer.lines.add(f"elif {unknown}: {number} |= {1 << count + at:#x}")
