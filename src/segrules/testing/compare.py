"""Whether what a test expects is what came out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isclose

from segrules.explain.trace import SegmentationTrace, Trace
from segrules.language.values import Value
from segrules.meaning.tables import Record
from segrules.program.program import CONFLICT, NO_SEGMENT
from segrules.testing.expected import Expected, What
from segrules.testing.treatments import treatment_answer

AGREE = 1e-6
"""Numbers that are not exact agree when they differ by less than this share of the larger one."""


@dataclass(frozen=True, slots=True)
class Actual:
    """What came out for a row: its values and segments; the rest is worked out when it is asked for."""

    values: Mapping[str, Value]
    trace: Callable[[], Trace]
    reason: Callable[[str], str]
    treatments: Callable[[], Mapping[str, Record]]

    def answer(self, expected: Expected) -> Value:
        """Return what came out where something is expected, in the same form."""
        name = expected.name
        match expected.what:
            case What.VALUE | What.SEGMENTS:
                return self.values[name]
            case What.SEGMENT:
                return self.values[name] or (CONFLICT if self._told(name).conflict else NO_SEGMENT)
            case What.CERTAINTY:
                return self._told(name).certainty
            case What.RULE:
                return () if self._told(name).conflict else self._told(name).rules
            case What.CONFLICT:
                return self._told(name).conflict
            case What.POSSIBLE:
                return self._told(name).possible
            case What.REASON:
                return " ".join(self.reason(name).split())
            case what:
                return treatment_answer(what, name, self.treatments())

    def _told(self, name: str) -> SegmentationTrace:
        return next(one for one in self.trace().segmentations if one.segmentation == name)


def agrees(expected: Expected, actual: Value) -> bool:
    """Whether an answer is the expected one; lists of segments or rules may stand in any order."""
    wanted = expected.value
    if expected.what is What.VALUE:
        if isinstance(wanted, float) and isinstance(actual, float):
            return isclose(wanted, actual, rel_tol=AGREE, abs_tol=0)
        return wanted == actual
    if isinstance(wanted, tuple) and isinstance(actual, tuple):
        return set(wanted) == set(actual)
    return wanted == actual
