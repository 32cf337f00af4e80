"""Units: what a number counts, and what becomes of that in sums, products and quotients."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto

from segrules.diagnostics.source import Span


class Sort(Enum):
    """How firmly a number has its unit."""

    NAMED = auto()
    """It has one."""
    COUNTED = auto()
    """It is a count of days or months, which a plain number may be too."""
    SCALED = auto()
    """It is a part of one, or the share of a limit that was written without its unit: `revenue / 1_000_000`."""
    PLAIN = auto()
    """It has none."""
    WRITTEN = auto()
    """It is written out, and takes the unit that it meets."""
    OPEN = auto()
    """It may have any, and takes the one that it meets: a parameter that names none."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of a number; `name` is there where it may have one, `declared` where that name stands."""

    sort: Sort
    name: str | None = None
    declared: Span | None = None


PLAIN, WRITTEN, OPEN = Unit(Sort.PLAIN), Unit(Sort.WRITTEN), Unit(Sort.OPEN)
DAYS, MONTHS = Unit(Sort.COUNTED, "days"), Unit(Sort.COUNTED, "months")

_FIRMEST = (Sort.NAMED, Sort.PLAIN, Sort.COUNTED, Sort.SCALED, Sort.OPEN, Sort.WRITTEN)
_LEAVING = (Sort.NAMED, Sort.SCALED, Sort.OPEN, Sort.PLAIN, Sort.WRITTEN)
_TAKES_ANY = frozenset({Sort.WRITTEN, Sort.OPEN})


def together(units: Iterable[Unit]) -> Unit:
    """Return the unit of numbers that fit together, as in a sum: the firmest one."""
    return min(units, key=lambda unit: _FIRMEST.index(unit.sort), default=WRITTEN)


def fit(left: Unit, right: Unit) -> bool:
    """Whether two numbers can be added or compared."""
    sorts = {left.sort, right.sort}
    if sorts & _TAKES_ANY:
        return True
    if Sort.PLAIN in sorts:
        return Sort.NAMED not in sorts
    if Sort.COUNTED in sorts:
        return _singular(left.name) == _singular(right.name)  # `day` and `days` are the same
    return left.name == right.name


def _singular(name: str | None) -> str | None:
    return name and name.lower().removesuffix("s")


def product(left: Unit, right: Unit) -> Unit:
    """Return the unit of a product: a number leaves the other's as it is, the rate `USD/EUR` makes EUR into USD."""
    if Sort.COUNTED in (left.sort, right.sort):
        return OPEN
    if left.sort is right.sort is Sort.NAMED:
        return _converted(left, right) or _converted(right, left) or OPEN
    return min(left, right, key=lambda unit: _LEAVING.index(unit.sort))


def _converted(amount: Unit, rate: Unit) -> Unit | None:
    above, _, below = (rate.name or "").partition("/")
    return Unit(Sort.NAMED, above.strip(), rate.declared) if below.strip() == amount.name else None


def quotient(left: Unit, right: Unit) -> Unit:
    """Return the unit of a quotient: none of one unit by itself, its own by a number; others are not followed.

    What is written without a unit may be a number or a limit: `revenue / 12` is in USD, `revenue / 1_000_000` a share.
    """
    if left.sort is Sort.NAMED and right.sort in _TAKES_ANY:
        return replace(left, sort=Sort.SCALED)
    if left.sort in (Sort.NAMED, Sort.SCALED) and right.sort in (Sort.PLAIN, Sort.WRITTEN):
        return left
    if left.sort is right.sort is Sort.NAMED:
        return PLAIN if left.name == right.name else OPEN
    known = {left.sort, right.sort} <= {Sort.PLAIN, Sort.WRITTEN}
    return together((left, right)) if known else OPEN
