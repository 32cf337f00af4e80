"""The rows in the running for one treatment, and what became of those that no longer are."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import polars as pl

from segrules.backends.polars.arithmetic import WIDE
from segrules.backends.polars.sharing import GIVEN, MONEY
from segrules.meaning.treatments import Cause, Status

ROW, ASKED, AMOUNT = "~row", "asked", "amount"
"""The columns of a row's place among the entity's, from 0, of what it asks for and of what it is to get, in units."""

WORTH = "worth"
"""The column of what it is worth to give a treatment to a row, in units of its last place."""

STATUSES = pl.Enum([one.value for one in Status])
CAUSES = pl.Enum([one.value for one in Cause])

OUTCOME = {
    ROW: pl.UInt32(),
    "status": STATUSES,
    "cause": CAUSES,
    "other": pl.String(),
    ASKED: WIDE,
    AMOUNT: WIDE,
    MONEY: pl.String(),
    "rank": pl.Int64(),
    "cutoff": pl.Int64(),
    "enough_money": WIDE,
    "enough_places": pl.Int64(),
    WORTH: WIDE,
    "money_left": WIDE,
    "places_left": pl.Int64(),
}
"""The columns of what became of a treatment's rows, in any order.

They hold what `segrules.meaning.treatments.Outcome` does, amounts in units of their last place, and in `MONEY` what
parts the rows for the budget.
"""


class Running:
    """The rows in the running for a treatment. What takes some out keeps what is said of them; nothing comes back.

    `rows` has `ROW`, in ascending order, `ASKED` (missing where the treatment has no amount), `AMOUNT` (0 where it has
    none) and what orders and parts the rows. `got` are the places of those that get the treatment in the end.
    """

    def __init__(self, rows: pl.DataFrame, has_amount: bool) -> None:
        """Let rows into the running."""
        self.rows = rows
        self.got = pl.Series(dtype=pl.UInt32())
        self._has_amount = has_amount
        self._done: list[pl.DataFrame] = []

    @property
    def places(self) -> pl.Series:
        """The places of the rows in the running among those of the entity."""
        return self.rows[ROW]

    def outcome(self) -> pl.DataFrame:
        """Return what became of all rows that are done with."""
        return pl.concat([pl.DataFrame(schema=OUTCOME), *self._done], how="diagonal")

    def leave_unknown(self, places: pl.Series) -> None:
        """Keep rows of which too little is known to let them into the running."""
        self._keep(pl.DataFrame({ROW: places}), _words(Status.UNKNOWN), _words(Cause.MISSING), [pl.col(ROW)])

    def take_out(
        self, which: pl.Series, status: Status, cause: Cause, others: str | pl.Series | None = None
    ) -> None:  # fmt: skip
        """Take rows out; one other treatment is to blame, or for each of those rows one."""
        if which.any():
            blamed = pl.lit(others).cast(pl.String()).alias("other")
            self._keep(self.rows.filter(which), _words(status), _words(cause), [pl.col(ROW, ASKED), blamed])
            self.rows = self.rows.filter(~which)

    def give(self) -> None:
        """Give all rows in the running what they are to get."""
        self._give(self.rows.with_columns(pl.col(AMOUNT).alias(GIVEN)), [])

    def give_shares(self, line: pl.DataFrame) -> None:
        """Give the rows in the running, which stand in line, what `shared_out` says of them.

        Only those that are refused are told what would have been enough.
        """
        refused = pl.when(pl.col(GIVEN).is_null()).then(pl.col("cutoff", "enough_money", "enough_places"))
        self._give(line, [pl.col(MONEY, "rank"), refused])

    def give_chosen(self, chosen: pl.DataFrame) -> None:
        """Give what was chosen. The rows in the running stand in `chosen` with `WORTH`, `MONEY` and what was decided.

        `GIVEN` says whether a row gets what it is to get; the others have `status`, `cause`, `other` and what is left.
        """
        granted = chosen.filter(GIVEN)
        self._give(granted.with_columns(pl.col(AMOUNT).alias(GIVEN)), [pl.col(MONEY, WORTH)])
        refused = chosen.filter(~pl.col(GIVEN))
        told = pl.col(ROW, ASKED, "other", MONEY, WORTH, "money_left", "places_left")
        self._keep(refused, pl.col("status").cast(STATUSES), pl.col("cause").cast(CAUSES), [told])

    def _give(self, rows: pl.DataFrame, told: list[pl.Expr]) -> None:
        given = pl.col(GIVEN)
        less = (given < pl.col(ASKED)).fill_null(False)
        statuses = [(Status.REFUSED, given.is_null()), (Status.REDUCED, less)]
        causes = [(Cause.SHARED_OUT, given.is_null() | (given < pl.col(AMOUNT))), (Cause.CAP, less)]
        amount = given if self._has_amount else pl.lit(None, dtype=WIDE)
        status, cause = _first_true(statuses, Status.GRANTED), _first_true(causes, Cause.ELIGIBLE)
        self._keep(rows, status, cause, [pl.col(ROW, ASKED), amount.alias(AMOUNT), *told])
        self.got = rows.filter(given.is_not_null())[ROW]

    def _keep(self, rows: pl.DataFrame, status: pl.Expr, cause: pl.Expr, columns: list[pl.Expr]) -> None:
        if rows.height:
            self._done.append(rows.select(*columns, status.alias("status"), cause.alias("cause")))


def _words(word: StrEnum) -> pl.Expr:
    """Return a status or a cause, the same for every row."""
    return pl.lit(word.value, dtype=STATUSES if isinstance(word, Status) else CAUSES)


def _first_true(cases: Sequence[tuple[StrEnum, pl.Expr]], otherwise: StrEnum) -> pl.Expr:
    """Return for each row the first of the words whose condition is true."""
    found = _words(otherwise)
    for word, condition in reversed(cases):
        found = pl.when(condition).then(_words(word)).otherwise(found)
    return found
