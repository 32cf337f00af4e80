"""Money and places shared out down a ranking, for all rows at once: as `segrules.meaning.sharing` does it row by row.

Nobody asks for less than nothing, so that whoever stands behind the first that does not fit does not fit either, and
running sums tell who fits. Only where pots of money and pots of places cross are rows gone through one by one.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from segrules.backends.polars.arithmetic import WIDE
from segrules.backends.polars.ranges import MAX_UNITS
from segrules.meaning.sharing import Claim, Pots, Sizes, share_out

CLAIMED, MONEY, PLACE = "~claimed", "money", "place"
"""The columns of a line: what each row asks for, in units, and the names of its pots, missing where there is one."""

GIVEN = "given"

_ASKED_SO_FAR, _OF_MONEY, _OF_PLACE = "~asked so far", "~of money", "~of place"
_MONEY_SIZE, _PLACE_SIZE = "~money size", "~place size"


def shared_out(line: pl.DataFrame, pots: Pots) -> pl.DataFrame:
    """Return what each row of a line gets, in the order of the line, which is that of the ranking.

    The columns are `given`, missing where a row is refused, `rank`, `cutoff`, `enough_money` and `enough_places`.
    """
    number = pl.int_range(1, pl.len() + 1)
    ranked = line.with_columns(
        _within(line, MONEY, pl.col(CLAIMED).cum_sum()).alias(_ASKED_SO_FAR),
        _within(line, MONEY, number).alias(_OF_MONEY),
        _within(line, PLACE, number).alias(_OF_PLACE),
        _size(pots.money, MONEY).alias(_MONEY_SIZE),
        _size(pots.places, PLACE).alias(_PLACE_SIZE),
    )
    rank, pot = (_OF_PLACE, PLACE) if pots.money is None else (_OF_MONEY, MONEY)
    last = _within(line, pot, pl.when(pl.col(GIVEN).is_not_null()).then(pl.col(rank)).max())
    so_far, in_line = pl.col(_ASKED_SO_FAR), pl.col(_OF_PLACE)
    return ranked.with_columns(_given(ranked, pots)).select(
        GIVEN,
        pl.col(rank).alias("rank"),
        last.fill_null(0).alias("cutoff"),
        pl.when(so_far > pl.col(_MONEY_SIZE)).then(so_far).alias("enough_money"),
        pl.when(in_line > pl.col(_PLACE_SIZE)).then(in_line).alias("enough_places"),
    )


def _within(line: pl.DataFrame, pot: str, expression: pl.Expr) -> pl.Expr:
    """Return what is worked out for the rows of each pot by themselves."""
    return expression if _is_one(line, pot) else expression.over(pot)


def _is_one(line: pl.DataFrame, pot: str) -> bool:
    return line[pot].null_count() == line.height


def _size(sizes: Sizes, pot: str) -> pl.Expr:
    """Return the size of the pot of each row, missing where there is no end of it."""
    if isinstance(sizes, Mapping):
        known = pl.Series([min(size, MAX_UNITS) for size in sizes.values()], dtype=WIDE)
        return pl.col(pot).replace_strict(list(sizes), known, default=0, return_dtype=WIDE)
    return pl.lit(None if sizes is None else min(sizes, MAX_UNITS), dtype=WIDE)


def _given(ranked: pl.DataFrame, pots: Pots) -> pl.Series:
    if _is_one(ranked, MONEY) or ranked[MONEY].equals(ranked[PLACE], check_names=False):
        found = ranked.select(_given_of_places_in_money(ranked, pots))
    elif _is_one(ranked, PLACE):
        found = ranked.select(_given_of_money_in_places(pots))
    else:
        return _given_one_by_one(ranked, pots)
    return found.to_series().alias(GIVEN)


def _given_of_places_in_money(ranked: pl.DataFrame, pots: Pots) -> pl.Expr:
    """Return what rows get where those who share a pot of places share one of money.

    A row without a place asks for no money.
    """
    has_place = _fits(pl.col(_OF_PLACE), _PLACE_SIZE)
    wanted = pl.when(has_place).then(pl.col(CLAIMED)).otherwise(pl.lit(0, dtype=WIDE))
    return pl.when(has_place).then(_paid(_within(ranked, MONEY, wanted.cum_sum()), pots))


def _given_of_money_in_places(pots: Pots) -> pl.Expr:
    """Return what rows get where there is one pot of places.

    A row without money asks for no place.
    """
    paid = _paid(pl.col(_ASKED_SO_FAR), pots)
    return pl.when(_fits(paid.is_not_null().cum_sum(), _PLACE_SIZE)).then(paid)


def _paid(so_far: pl.Expr, pots: Pots) -> pl.Expr:
    """Return what a row is paid when all down to it ask for so much; the first that does not fit may get a part."""
    asked, size = pl.col(CLAIMED), pl.col(_MONEY_SIZE)
    whole = pl.when(_fits(so_far, _MONEY_SIZE)).then(asked)
    if not pots.partial:
        return whole
    step = pl.lit(pots.step, dtype=WIDE)
    part = (size - (so_far - asked)) // step * step
    return whole.otherwise(pl.when(part > 0).then(part))


def _fits(number: pl.Expr, size: str) -> pl.Expr:
    return (number <= pl.col(size)).fill_null(True)


def _given_one_by_one(ranked: pl.DataFrame, pots: Pots) -> pl.Series:
    line = [Claim(*row) for row in ranked.select(CLAIMED, MONEY, PLACE).iter_rows()]
    return pl.Series(GIVEN, [share.given for share in share_out(pots, line)], dtype=WIDE)
