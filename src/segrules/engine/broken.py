"""A broken constraint as it is told: where, what, how often, and the first rows with their keys and values."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from segrules.engine.faults import Fault
from segrules.program.program import Table
from segrules.program.sensitivity import Sensitivity

SHOWN = 5


class Constraint(StrEnum):
    """What a value or a row must be; the words stand in the quarantine."""

    TYPE = Fault.TYPE
    PLACES = Fault.PLACES
    VALUES = Fault.VALUES
    PRESENT = "present"
    MINIMUM = "min"
    MAXIMUM = "max"
    UNIQUE = "unique"
    KEY = "key"
    REQUIRED = "required"
    PARENT = "parent set apart"


@dataclass(frozen=True, slots=True)
class Example:
    """A row that breaks a constraint: its number from 1, its key as JSON, and the value in question, if any."""

    row: int
    key: str | None
    value: str | None


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken constraint. `subject` is the column, the columns together, or the `belongs_to`.

    `columns` are those that it is about, `bound` is the minimum or maximum as it is shown.
    """

    table: Table
    subject: str
    columns: tuple[str, ...]
    constraint: Constraint
    count: int
    examples: Sequence[Example]
    bound: str | None = None


def hides(sensitivity: Sensitivity, table: Table, constraint: Constraint, columns: Sequence[str]) -> bool:
    """Whether the values that break a constraint are hidden: those of sensitive columns, but for the key itself."""
    return constraint is not Constraint.KEY and any((table.name, name) in sensitivity.stored for name in columns)


def key_text(values: Sequence[object]) -> str | None:
    """Return a key as JSON: its value, or the list of its values; None if there is none."""
    if all(value is None for value in values):
        return None
    return _as_json(values[0] if len(values) == 1 else list(values))


def shown(value: object) -> str | None:
    """Return a value as a message or the quarantine shows it; None for a missing one."""
    match value:
        case None:
            return None
        case str():
            return _printable(value)
        case bool():
            return str(value).lower()
        case list() | tuple() | dict():
            return _as_json(value)
        case bytes():
            return value.decode(errors="replace")
    return str(value)


def _as_json(value: object) -> str:
    return _printable(json.dumps(value, ensure_ascii=False, default=_plainly))


def _printable(text: str) -> str:
    """Return a text that can be written: halves of characters, which Python allows, are spelt out."""
    return text.encode(errors="backslashreplace").decode()


def _plainly(value: object) -> object:
    match value:
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
    return str(value)
