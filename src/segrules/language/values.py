"""The values that the language computes with, as Python holds them.

boolean  bool        integer  int         number  float (finite)     decimal(n)  Decimal with n places
string   str         date     date        datetime  datetime without zone, in the ruleset's zone
list     tuple       duration Duration    missing  None
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from segrules.diagnostics.listing import plural

MAX_INTEGER = 2**63 - 1
MIN_INTEGER = -(2**63)
MAX_DIGITS = 38
MAX_PLACES = 18
AMOUNT_DIGITS = 25
"""The amounts of a treatment have no more, so that the sum over any table is exact."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A stretch of calendar time: whole months, whole days. `2 quarters` is six months, `2 weeks` fourteen days."""

    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        """Return the duration as an author writes it."""
        count, unit = (self.months, "month") if self.months else (self.days, "day")
        return f"{count} {plural(count, unit)}"


Value = bool | int | float | Decimal | str | date | datetime | Duration | tuple["Value", ...] | None
