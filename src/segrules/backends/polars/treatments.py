"""What becomes of every row and treatment, a step at a time for all rows: the order of work is that of the language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from segrules.allocation.problem import Allocated
from segrules.backends.polars.arithmetic import WIDE, units
from segrules.backends.polars.choosing import choose
from segrules.backends.polars.dtypes import as_text
from segrules.backends.polars.ranking import in_order
from segrules.backends.polars.running import AMOUNT, ASKED, ROW, WORTH, Running
from segrules.backends.polars.sharing import CLAIMED, MONEY, PLACE, shared_out
from segrules.backends.polars.stacking import keep_below, keep_best, keep_first
from segrules.meaning.holdout import BETWEEN, Holdout, key_text
from segrules.meaning.treatments import Cause, Status, caps_of, pots_of, share_held_out, step_of
from segrules.plan.treatments import Treated, TreatmentColumns
from segrules.program.program import Program
from segrules.program.treatments import Stacking, Treatment, excluders_first, requirements_first


@dataclass(frozen=True, slots=True)
class Treatments:
    """What became of the rows of each treatment in force, and how many rows `suppress` keeps out, or perhaps does.

    Outcomes have the columns of `OUTCOME`, their rows in any order. `allocated` is what was chosen for its value, None
    if nothing was to choose.
    """

    outcomes: Mapping[str, pl.DataFrame]
    suppressed: int
    perhaps_suppressed: int
    allocated: Allocated | None


def treat(program: Program, as_of: date, treated: Treated, frame: pl.DataFrame) -> Treatments:
    """Return what becomes of every row of a frame that has the columns of `treated`."""
    suppress = pl.lit(False) if treated.suppress is None else pl.col(treated.suppress)
    rows = frame.with_columns(suppress.alias(_SUPPRESSED)).with_row_index(ROW)
    treating = _Treating(program, as_of, treated, rows)
    treating.require_eligibility()
    treating.exclude()
    treating.stack()
    treating.hold_out()
    treating.choose()
    treating.give()
    suppressed = rows[_SUPPRESSED]
    return Treatments(treating.outcomes(), int(suppressed.sum()), suppressed.null_count(), treating.allocated)


_SUPPRESSED = "~suppressed"
_WRITTEN_ALIKE = (pl.String(), pl.Int64(), pl.Date(), pl.Boolean())


class _Treating:
    """The treatments in force, each with the rows that are in the running for it."""

    def __init__(self, program: Program, as_of: date, treated: Treated, frame: pl.DataFrame) -> None:
        self._program, self._as_of, self._height = program, as_of, frame.height
        self._columns = {one.treatment.name: one for one in treated.treatments}
        self._treatments = [one.treatment for one in treated.treatments]
        self.allocated: Allocated | None = None
        self._running = dict(zip(self._columns, self._entered(frame), strict=True))

    def outcomes(self) -> dict[str, pl.DataFrame]:
        """Return what became of the rows of each treatment, in any order."""
        return {name: running.outcome() for name, running in self._running.items()}

    def _among(self, rows: pl.Series, those: pl.Series) -> pl.Series:
        """Return whether rows, given by their places, are among those."""
        return pl.repeat(False, self._height, dtype=pl.Boolean(), eager=True).scatter(those, True).gather(rows)

    # --- `suppress`, `when` and `valid` ------------------------------------------------------------------------------

    def _entered(self, frame: pl.DataFrame) -> Iterator[Running]:
        """Yield the rows in the running for each treatment; those of which too little is known stay out of it."""
        treatments = self._columns.values()
        eligible = frame.select(_eligible(one, frame).alias(one.treatment.name) for one in treatments)
        queries = [
            frame.lazy().filter(which).select(ROW, *self._needed(one))
            for which, one in zip(eligible, treatments, strict=True)
        ]
        entered = pl.collect_all(queries, engine="in-memory")
        for rows, which, one in zip(entered, eligible, treatments, strict=True):
            running = Running(rows, one.amount is not None)
            if which.null_count():
                running.leave_unknown(frame[ROW].filter(which.is_null()))
            yield running

    def _needed(self, columns: TreatmentColumns) -> list[pl.Expr]:
        """Return what is needed of the rows: amounts, and what a ranking and a holdout go by."""
        treatment = columns.treatment
        needed = [*_amounts(columns.amount)]
        if columns.worth is not None:
            needed.append(units(pl.col(columns.worth)).alias(WORTH))
        if treatment.is_shared_out or treatment.worth is not None:
            needed += [_pot(columns.money).alias(MONEY), _pot(columns.place).alias(PLACE), *map(pl.col, columns.ranks)]
        if treatment.is_shared_out or treatment.worth is not None or treatment.holdout is not None:
            table = self._program.table(self._program.entity)
            needed += [as_text(pl.col(name), table.column(name).type).alias(_key(name)) for name in table.key]
        return needed

    # --- `requires` and `excludes` -----------------------------------------------------------------------------------

    def require_eligibility(self) -> None:
        """Refuse rows that are not in the running for what they require."""
        for treatment in requirements_first(self._treatments):
            self._require(treatment, {name: running.places for name, running in self._running.items()})

    def _require(self, treatment: Treatment, fulfilled: Mapping[str, pl.Series]) -> None:
        running, nowhere = self._running[treatment.name], pl.Series(dtype=pl.UInt32())
        for name in treatment.requires:
            lacking = ~self._among(running.places, fulfilled.get(name, nowhere))
            running.take_out(lacking, Status.REFUSED, Cause.REQUIREMENT, name)

    def exclude(self) -> None:
        """Take rows out of treatments that another one excludes, for which they are in the running."""
        for treatment in excluders_first(self._treatments):
            for excluded in (self._running[name] for name in treatment.excludes if name in self._running):
                which = self._among(excluded.places, self._running[treatment.name].places)
                excluded.take_out(which, Status.OUTRANKED, Cause.EXCLUDED, treatment.name)

    # --- groups ------------------------------------------------------------------------------------------------------

    def stack(self) -> None:
        """Combine the treatments of each group."""
        for group in self._program.groups:
            members = {one.name: self._running[one.name] for one in self._treatments if one.group == group.name}
            match group.stacking if members else Stacking.ALL:
                case Stacking.ALL:
                    pass
                case Stacking.BEST if self._program.is_optimised:
                    pass  # which of them is the best, the choice among all rows tells
                case Stacking.FIRST:
                    keep_first(members, self._height)
                case Stacking.BEST:
                    keep_best(members, self._height)
                case Stacking.CAPPED_SUM:
                    steps = {name: step_of(self._program, self._columns[name].treatment) for name in members}
                    keep_below(caps_of(self._program, self._as_of)[group.name], members, steps, self._height)

    # --- holdout, budgets and limits ---------------------------------------------------------------------------------

    def hold_out(self) -> None:
        """Keep the control groups out; rows that are not in the running are not hashed."""
        for treatment in self._treatments:
            share = share_held_out(self._program, self._as_of, treatment)
            if share is not None:
                control, running = Holdout(self._program.ruleset, treatment.name, share), self._running[treatment.name]
                held = pl.Series(control.those(self._key_texts(running.rows)), dtype=pl.Boolean())
                running.take_out(held, Status.HELD_OUT, Cause.CONTROL)

    def _keys(self) -> list[str]:
        return [_key(name) for name in self._program.table(self._program.entity).key]

    def _key_texts(self, rows: pl.DataFrame) -> Sequence[str]:
        """Return the keys of rows as they are hashed; Polars writes most types as the language does."""
        keys = rows.select(self._keys())
        if all(dtype in _WRITTEN_ALIKE for dtype in keys.dtypes):
            return keys.select(pl.concat_str(pl.all().cast(pl.String), separator=BETWEEN)).to_series().to_list()
        return [key_text(key) for key in keys.iter_rows()]

    def choose(self) -> None:
        """Choose the grants with the highest total value, of all treatments that have one."""
        if self._program.is_optimised:
            self.require_eligibility()
            running = {one.name: self._running[one.name] for one in self._treatments if one.worth is not None}
            self.allocated = choose(self._program, self._as_of, running, self._keys()) if running else None

    def give(self) -> None:
        """Give what is left in the running to rows that got what it requires, as far as budgets and limits go."""
        for treatment in requirements_first([one for one in self._treatments if one.worth is None]):
            self._require(treatment, {name: running.got for name, running in self._running.items()})
            running = self._running[treatment.name]
            if treatment.is_shared_out:
                self._share_out(treatment, running)
            else:
                running.give()

    def _share_out(self, treatment: Treatment, running: Running) -> None:
        """Go down the ranking; equal rows by their key."""
        ranks = zip(self._columns[treatment.name].ranks, (rank.descending for rank in treatment.ranks), strict=True)
        line = in_order(running.rows.rechunk(), ranks, self._keys())
        line = line.with_columns(pl.col(AMOUNT).alias(CLAIMED))
        shares = shared_out(line, pots_of(self._program, self._as_of, treatment))
        running.give_shares(pl.concat([line, shares], how="horizontal"))


def _eligible(columns: TreatmentColumns, frame: pl.DataFrame) -> pl.Expr:
    """Return whether rows are in the running, unknown where too little is known of those that may be."""
    eligible = pl.col(columns.when)
    needed = [one for one in columns.needed if one is not None]
    lacking = [pl.col(one).is_null() for one in needed if frame[one].null_count()]
    if lacking:
        eligible = pl.when(pl.any_horizontal(lacking) & eligible).then(None).otherwise(eligible)
    return pl.when(pl.col(_SUPPRESSED).fill_null(True)).then(False).otherwise(eligible)


def _amounts(column: str | None) -> tuple[pl.Expr, pl.Expr]:
    asked = pl.lit(None, dtype=WIDE) if column is None else units(pl.col(column))
    return asked.alias(ASKED), (pl.lit(0, dtype=WIDE) if column is None else asked).alias(AMOUNT)


def _pot(column: str | None) -> pl.Expr:
    return pl.lit(None, dtype=pl.String()) if column is None else pl.col(column).cast(pl.String())


def _key(name: str) -> str:
    return f"~key {name}"
