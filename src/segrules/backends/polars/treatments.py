"""What becomes of every row and treatment, a step at a time for all rows: the order of work is that of the language.

Each treatment has a mask of the rows that are in the running for it. A step takes rows out, and keeps what is to be
said of them; nothing comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from segrules.backends.polars.arithmetic import WIDE, units
from segrules.backends.polars.dtypes import as_text
from segrules.backends.polars.ranges import MAX_UNITS
from segrules.backends.polars.sharing import ASKED, MONEY, PLACE, shared_out
from segrules.backends.polars.stacking import ROW, Lost, below_cap, best_of, first_of
from segrules.meaning.holdout import BETWEEN, Holdout, key_text
from segrules.meaning.treatments import Cause, Status, caps_of, pots_of, share_held_out, step_of
from segrules.plan.treatments import Treated, TreatmentColumns
from segrules.program.program import Program
from segrules.program.treatments import Stacking, Treatment, excluders_first, requirements_first

STATUSES = pl.Enum([one.value for one in Status])
CAUSES = pl.Enum([one.value for one in Cause])

OUTCOME = {
    ROW: pl.UInt32(),
    "status": STATUSES,
    "cause": CAUSES,
    "other": pl.String(),
    "asked": WIDE,
    "amount": WIDE,
    "money": pl.String(),
    "rank": pl.Int64(),
    "cutoff": pl.Int64(),
    "enough_money": WIDE,
    "enough_places": pl.Int64(),
}
"""The columns of what became of a treatment's rows, in any order; `~row` is a row's place among the entity's, from 0.

They hold what `segrules.meaning.treatments.Outcome` does, amounts in units of their last place, and in `money` what
parts the rows for the budget.
"""


@dataclass(frozen=True, slots=True)
class Treatments:
    """What became of the rows of each treatment in force, and how many rows `suppress` keeps out, or perhaps does."""

    outcomes: Mapping[str, pl.DataFrame]
    suppressed: int
    perhaps_suppressed: int


def treat(program: Program, as_of: date, treated: Treated, frame: pl.DataFrame) -> Treatments:
    """Return what becomes of every row of a frame that has the columns of `treated`."""
    suppress = pl.lit(False) if treated.suppress is None else pl.col(treated.suppress)
    rows = frame.with_columns(suppress.alias(_SUPPRESSED))
    treating = _Treating(program, as_of, treated, rows)
    treating.require_eligibility()
    treating.exclude()
    treating.stack()
    treating.hold_out()
    treating.give()
    suppressed = rows[_SUPPRESSED]
    return Treatments(treating.outcomes(), int(suppressed.sum()), suppressed.null_count())


_SUPPRESSED = "~suppressed"
_WRITTEN_ALIKE = (pl.String(), pl.Int64(), pl.Date(), pl.Boolean())
_NONE = pl.lit(None, dtype=pl.String)


def _running(treatment: str) -> pl.Expr:
    """Return whether a row is in the running for a treatment."""
    return pl.col(f"{treatment}:running")


def _asked(treatment: str) -> pl.Expr:
    """Return what a row asks for, missing where the treatment has no amount, in units."""
    return pl.col(f"{treatment}:asked")


def _amount(treatment: str) -> pl.Expr:
    """Return what is left of that by now; 0 where the treatment has no amount, missing where a row asks for nothing."""
    return pl.col(f"{treatment}:amount")


def _got(treatment: str) -> pl.Expr:
    """Return whether a row was given a treatment in the end."""
    return pl.col(f"{treatment}:got")


class _Treating:
    """The treatments in force, on all rows; `_parts` are the rows of each treatment that are done with."""

    def __init__(self, program: Program, as_of: date, treated: Treated, frame: pl.DataFrame) -> None:
        self._program, self._as_of, self._frame = program, as_of, frame
        self._columns = {one.treatment.name: one for one in treated.treatments}
        self._treatments = [one.treatment for one in treated.treatments]
        self._parts: dict[str, list[pl.DataFrame]] = {name: [] for name in self._columns}
        columns = [column for one in treated.treatments for column in _entering(one)]
        self._rows = frame.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias(ROW), _SUPPRESSED, *columns)
        for name in self._columns:
            self._part_of_unknown(name)

    def outcomes(self) -> dict[str, pl.DataFrame]:
        """Return what became of the rows of each treatment, in any order."""
        empty = pl.DataFrame(schema=OUTCOME)
        return {name: pl.concat([empty, *parts]) for name, parts in self._parts.items()}

    def _keep(self, treatment: str, part: pl.LazyFrame) -> None:
        """Keep rows that are done with; columns that they do not have are missing."""
        there = part.collect_schema().names()
        columns = [(pl.col(name) if name in there else pl.lit(None)).cast(kind) for name, kind in OUTCOME.items()]
        named = [column.alias(name) for column, name in zip(columns, OUTCOME, strict=True)]
        self._parts[treatment].append(part.select(named).collect(engine="in-memory"))

    def _set(self, **columns: pl.Expr) -> None:
        self._rows = self._rows.with_columns(**columns)

    def _take_out(
        self, treatment: str, which: pl.Expr, status: Status, cause: Cause, other: pl.Expr = _NONE
    ) -> None:  # fmt: skip
        """Take rows out of the running; `other` is the treatment that is to blame."""
        if treatment not in self._columns:
            return
        said = [pl.lit(status.value).alias("status"), pl.lit(cause.value).alias("cause"), other.alias("other")]
        taken = self._rows.lazy().filter(_running(treatment) & which)
        self._keep(treatment, taken.select(ROW, *said, _asked(treatment).alias("asked")))
        self._set(**{f"{treatment}:running": _running(treatment) & ~which})

    def _take_rows_out(
        self, treatment: str, rows: pl.Series, status: Status, cause: Cause, others: pl.Series | None = None
    ) -> None:
        """Take rows out of the running, which are given by their places; `others` are to blame, row by row."""
        said = [pl.lit(status.value).alias("status"), pl.lit(cause.value).alias("cause")]
        blamed = _NONE if others is None else pl.lit(others)
        asked = self._rows[f"{treatment}:asked"].gather(rows)
        part = pl.LazyFrame({ROW: rows, "asked": asked}).with_columns(*said, blamed.alias("other"))
        self._keep(treatment, part)
        running = self._rows[f"{treatment}:running"].clone().scatter(rows, False)
        self._set(**{f"{treatment}:running": pl.lit(running)})

    # --- `suppress`, `when` and `valid` ------------------------------------------------------------------------------

    def _part_of_unknown(self, treatment: str) -> None:
        """Keep the rows of which too little is known to let them into the running."""
        unknown = self._rows.lazy().filter(_running(treatment).is_null())
        said = [pl.lit(Status.UNKNOWN.value).alias("status"), pl.lit(Cause.MISSING.value).alias("cause")]
        self._keep(treatment, unknown.select(ROW, *said))
        self._set(**{f"{treatment}:running": _running(treatment).fill_null(False)})

    # --- `requires` and `excludes` -----------------------------------------------------------------------------------

    def require_eligibility(self) -> None:
        """Refuse rows that are not in the running for what they require."""
        for treatment in requirements_first(self._treatments):
            self._require(treatment, _running)

    def _require(self, treatment: Treatment, fulfilled: Callable[[str], pl.Expr]) -> None:
        for name in treatment.requires:
            lacking = ~fulfilled(name) if name in self._columns else pl.lit(True)
            self._take_out(treatment.name, lacking, Status.REFUSED, Cause.REQUIREMENT, pl.lit(name))

    def exclude(self) -> None:
        """Take rows out of treatments that another one excludes, for which they are in the running."""
        for treatment in excluders_first(self._treatments):
            for name in treatment.excludes:
                why = pl.lit(treatment.name)
                self._take_out(name, _running(treatment.name), Status.OUTRANKED, Cause.EXCLUDED, why)

    # --- groups ------------------------------------------------------------------------------------------------------

    def stack(self) -> None:
        """Combine the treatments of each group, in the rows where more than one of them is in the running."""
        for group in self._program.groups:
            members = [one.name for one in self._treatments if one.group == group.name]
            match group.stacking if members else Stacking.ALL:
                case Stacking.ALL:
                    pass
                case Stacking.FIRST:
                    self._lose(first_of(self._where_several(members), members), Cause.GROUP)
                case Stacking.BEST:
                    self._lose(best_of(self._where_several(members), members), Cause.GROUP)
                case Stacking.CAPPED_SUM:
                    self._cap(members, caps_of(self._program, self._as_of)[group.name])

    def _where_several(self, members: Sequence[str]) -> pl.DataFrame:
        """Return the rows with several members in the running, and what each is to get, missing if it is not."""
        return self._where(pl.sum_horizontal(_running(name) for name in members) > 1, members)

    def _where(self, condition: pl.Expr, members: Sequence[str]) -> pl.DataFrame:
        columns = (_in_running(name).alias(name) for name in members)
        return self._rows.lazy().filter(condition).select(ROW, *columns).collect(engine="in-memory")

    def _lose(self, lost: Mapping[str, Lost], cause: Cause) -> None:
        for name, one in lost.items():
            self._take_rows_out(name, one.rows, Status.OUTRANKED, cause, one.winners)

    def _cap(self, members: Sequence[str], cap: int) -> None:
        steps = {name: step_of(self._program, self._columns[name].treatment) for name in members}
        asked = pl.sum_horizontal(_in_running(name) for name in members)
        capped = below_cap(self._where(asked > min(cap, MAX_UNITS), members), steps, cap)
        self._lose({name: one.lost for name, one in capped.items()}, Cause.CAP)
        for name, one in capped.items():
            amounts = self._rows[f"{name}:amount"].clone().scatter(one.rows, one.amounts)
            self._set(**{f"{name}:amount": pl.lit(amounts)})

    # --- holdout, budgets and limits ---------------------------------------------------------------------------------

    def hold_out(self) -> None:
        """Keep the control groups out; rows that are not in the running are not hashed."""
        for treatment in self._treatments:
            share = share_held_out(self._program, self._as_of, treatment)
            if share is not None:
                control = Holdout(self._program.ruleset, treatment.name, share)
                running = self._rows[f"{treatment.name}:running"].arg_true()
                held = pl.Series(control.those(self._key_texts(running)), dtype=pl.Boolean)
                self._take_rows_out(treatment.name, running.filter(held), Status.HELD_OUT, Cause.CONTROL)

    def _key_texts(self, rows: pl.Series) -> Sequence[str]:
        """Return the keys of rows as they are hashed; Polars writes most types as the language does."""
        keys = self._frame.select(self._key()).select(pl.all().gather(rows))
        if all(dtype in _WRITTEN_ALIKE for dtype in keys.dtypes):
            return keys.select(pl.concat_str(pl.all().cast(pl.String), separator=BETWEEN)).to_series().to_list()
        return [key_text(key) for key in keys.iter_rows()]

    def _key(self) -> list[pl.Expr]:
        table = self._program.table(self._program.entity)
        return [as_text(pl.col(name), table.column(name).type).alias(f"~key {name}") for name in table.key]

    def give(self) -> None:
        """Give what is left in the running to rows that got what it requires, as far as budgets and limits go."""
        for treatment in requirements_first(self._treatments):
            self._require(treatment, _got)
            if treatment.is_shared_out:
                self._share_out(treatment)
            else:
                given = self._rows.lazy().filter(_running(treatment.name))
                self._give(treatment.name, given.with_columns(_amount(treatment.name).alias("given")))
                self._set(**{f"{treatment.name}:got": _running(treatment.name)})

    def _give(self, treatment: str, rows: pl.LazyFrame) -> None:
        """Keep what rows are `given`; those that are missing are refused."""
        given, has_amount = pl.col("given"), self._columns[treatment].amount is not None
        causes = _first_true({
            Cause.SHARED_OUT: given.is_null() | (given < _amount(treatment)),
            Cause.CAP: (given < _asked(treatment)).fill_null(False),
            Cause.ELIGIBLE: pl.lit(True),
        })  # fmt: skip
        statuses = _first_true({
            Status.REFUSED: given.is_null(),
            Status.REDUCED: (given < _asked(treatment)).fill_null(False),
            Status.GRANTED: pl.lit(True),
        })  # fmt: skip
        told = ["cutoff", "enough_money", "enough_places"] if "cutoff" in rows.collect_schema() else []
        refused = [pl.when(given.is_null()).then(pl.col(name)).alias(name) for name in told]
        self._keep(treatment, rows.with_columns(
            statuses.alias("status"), causes.alias("cause"), _asked(treatment).alias("asked"),
            given.alias("amount") if has_amount else pl.lit(None).alias("amount"), *refused,
        ))  # fmt: skip

    def _share_out(self, treatment: Treatment) -> None:
        name = treatment.name
        line = self._line(treatment)
        shares = shared_out(line, pots_of(self._program, self._as_of, treatment))
        own = line.select(ROW, _amount(name), _asked(name), pl.col(MONEY).alias("money"))
        rows = pl.concat([own, shares], how="horizontal")
        self._give(name, rows.lazy())
        got = rows[ROW].filter(rows["given"].is_not_null())
        mask = pl.repeat(False, self._rows.height, dtype=pl.Boolean, eager=True).scatter(got, True)
        self._set(**{f"{name}:got": pl.lit(mask)})

    def _line(self, treatment: Treatment) -> pl.DataFrame:
        """Return the rows in the running in the order of the ranking; equal ones by their key."""
        columns, name = self._columns[treatment.name], treatment.name
        pots = [_pot(columns.money).alias(MONEY), _pot(columns.place).alias(PLACE)]
        rows = self._rows[f"{name}:running"].arg_true()
        own = self._rows.select(pl.col(ROW, f"{name}:amount", f"{name}:asked").gather(rows))
        beside = self._frame.select(*pots, *columns.ranks, *self._key()).select(pl.all().gather(rows))
        line = own.hstack(beside).with_columns(_amount(name).alias(ASKED))
        keys = [f"~key {part}" for part in self._program.table(self._program.entity).key]
        descending = [*(rank.descending for rank in treatment.ranks), *(False for _ in keys)]
        return line.sort([*columns.ranks, *keys], descending=descending, nulls_last=True)


def _entering(columns: TreatmentColumns) -> list[pl.Expr]:
    """Return whether rows are in the running, unknown where too little is known of those that may be; and amounts."""
    name = columns.treatment.name
    needed = [one for one in (columns.amount, columns.money, columns.place) if one is not None]
    lacking = pl.any_horizontal(pl.lit(False), *(pl.col(one).is_null() for one in needed))
    eligible = pl.when(lacking & pl.col(columns.when)).then(None).otherwise(pl.col(columns.when))
    asked = pl.lit(None, dtype=WIDE) if columns.amount is None else units(pl.col(columns.amount))
    return [
        pl.when(pl.col(_SUPPRESSED).fill_null(True)).then(False).otherwise(eligible).alias(f"{name}:running"),
        asked.alias(f"{name}:asked"),
        (pl.lit(0, dtype=WIDE) if columns.amount is None else asked).alias(f"{name}:amount"),
        pl.lit(False).alias(f"{name}:got"),
    ]


def _in_running(treatment: str) -> pl.Expr:
    """Return what rows in the running are to get, missing in all others."""
    return pl.when(_running(treatment)).then(_amount(treatment))


def _first_true(cases: Mapping[StrEnum, pl.Expr]) -> pl.Expr:
    return pl.coalesce(pl.when(condition).then(pl.lit(one.value)) for one, condition in cases.items())


def _pot(column: str | None) -> pl.Expr:
    return _NONE if column is None else pl.col(column).cast(pl.String)
