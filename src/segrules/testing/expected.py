"""One thing that a test expects of a row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from segrules.diagnostics.source import Span
from segrules.language.values import Value


class What(StrEnum):
    """What is expected; the words are those of the file, where it has one."""

    SEGMENT = "segment"
    SEGMENTS = "segments"
    VALUE = "value"
    CERTAINTY = "certainty"
    RULE = "rule"
    POSSIBLE = "possible"
    CONFLICT = "conflict"
    REASON = "reasons"
    STATUS = "status"
    AMOUNT = "amount"
    RANK = "rank"
    WHY = "reason"
    ATTRIBUTE = "attributes"


OF_TREATMENTS = frozenset({What.STATUS, What.AMOUNT, What.RANK, What.WHY, What.ATTRIBUTE})
"""What is expected of a treatment; an attribute is named `treatment.attribute`."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One thing that is expected of a row.

    `value` is that of a metric, a segment, `(no segment)` or `(conflict)`, or a list of such, of rules, in any order.
    """

    what: What
    name: str
    value: Value
    span: Span
