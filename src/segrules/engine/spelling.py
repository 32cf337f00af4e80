"""How the values of a column are spelt in the caller's data."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from segrules.engine.dates import ISO
from segrules.program.program import Column, FileFormat


@dataclass(frozen=True, slots=True)
class Spelling:
    """How the values of a column are spelt."""

    missing: frozenset[str] = frozenset()
    split: str | None = None
    date_formats: tuple[str, ...] = (ISO,)
    decimal_comma: bool = False
    timezone: str = "UTC"

    @property
    def zone(self) -> ZoneInfo:
        """The ruleset's time zone."""
        return ZoneInfo(self.timezone)


def spelling_of(column: Column, source: FileFormat, timezone: str) -> Spelling:
    """Return how a column's values are spelt: as it says itself, else as its table says."""
    return Spelling(
        missing=frozenset((*column.missing, *source.missing)),
        split=column.split,
        date_formats=(ISO, *(column.date_formats or source.date_formats)),
        decimal_comma=source.decimal_comma,
        timezone=timezone,
    )
