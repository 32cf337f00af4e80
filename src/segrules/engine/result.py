"""What came of a run. Only `wide` is what everyone needs; all else is worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from segrules import __version__
from segrules.backends.polars.assignments import assigned, lacking, outputs
from segrules.backends.polars.compiled import Compiled
from segrules.backends.polars.outcomes import counts
from segrules.backends.polars.treatments import Treatments
from segrules.engine.allocation_summary import allocation_summary
from segrules.engine.legend import legend
from segrules.engine.population import Population, population_of
from segrules.engine.reasons import hidden, reasons
from segrules.engine.summary import ConditionCounts, MissingImpact, PassedOver, Sizes, Summary, TableRows
from segrules.engine.treatment_counts import treatment_counts
from segrules.engine.treatments import COLUMNS, TreatmentTable
from segrules.explain.plain import plain
from segrules.explain.provenance import Provenance
from segrules.explain.treatments import TreatmentTrace
from segrules.explain.wording import written
from segrules.plan.plan import Detail
from segrules.plan.steps import Explained, Plan
from segrules.program.populations import statistics_of
from segrules.program.program import HitPolicy, Program, Segmentation
from segrules.program.sensitivity import Sensitivity

if TYPE_CHECKING:
    from pathlib import Path

    from segrules.diagnostics.diagnostic import Diagnostic
    from segrules.engine.intake import Intake
    from segrules.explain.explanation import Explanation

_REASON = "reason"
_COLUMNS = frozenset(
    {_REASON, "segmentation", "segment", "segments", "rule", "certainty", "possible", "conflict", "outputs"}
)


class Result:
    """The answer for every row of the entity.

    Frames are eager, and keep the order of the entity's table. What is asked for twice is worked out once.
    """

    def __init__(self, ruleset_hash: str, intake: Intake, compiled: Compiled, sensitivity: Sensitivity) -> None:
        """Take the data that passed the intake, the program compiled for the day, and what reasons are to hide."""
        self._hash = ruleset_hash
        self._sensitivity = sensitivity
        self._intake = intake
        self._compiled = compiled
        self._tables = intake.queries
        self._found: tuple[Detail, Plan, pl.DataFrame] | None = None

    @property
    def program(self) -> Program:
        """The program that was evaluated, with the parameter values of this run."""
        return self._compiled.program

    @property
    def as_of(self) -> date:
        """The day of the evaluation."""
        return self._compiled.as_of

    @property
    def key(self) -> tuple[str, ...]:
        """The names of the entity's key columns."""
        return self.program.table(self.program.entity).key

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is to be said about the data that was no error."""
        return self._intake.diagnostics

    @property
    def quarantine(self) -> pl.DataFrame:
        """The rows that were set apart: table, row (from 1), key (JSON), column, constraint, value."""
        return self._intake.quarantine

    @property
    def wide(self) -> pl.DataFrame:
        """One row per row of the entity: its key, then a column per metric, scorecard, segmentation and further output.

        A segmentation is an Enum of its segments, missing for no segment and for a conflict, and for `collect` a
        list of such. Its further outputs stand behind it, as `tier.discount`.
        """
        plan, frame = self._detailed(Detail.RESULTS)
        return frame.select(plan.columns)

    @cached_property
    def assignments(self) -> pl.DataFrame:
        """One row per row of the entity and segmentation.

        Columns: the key (a key column that is called like one of these has `key_` before its name), `segmentation`,
        `segment`, `segments` (under `collect`), `rule`, `certainty`, `possible` (when provisional), `conflict` (the
        rules in conflict), `reason` (empty; see `reasons`), `outputs` (the further ones as JSON).
        """
        return self._assignments({})

    def reasons(self) -> pl.DataFrame:
        """Return `assignments` with a reason in every row.

        It is the `because` of the rule that decided, otherwise the conditions that made it match with the values they
        saw; where the assignment is provisional, it says what else is possible and what is missing to tell.
        """
        plan, frame = self._detailed(Detail.LACKS)
        texts = reasons(self.program, plan.explained, frame, self._sensitivity)
        names = (one.segmentation.name for one in plan.explained)
        return self._assignments(dict(zip(names, texts, strict=True)))

    @property
    def hidden_in_reasons(self) -> tuple[str, ...]:
        """The sensitive columns of which reasons hide the values, or what comes from them."""
        explained = self._compiled.planned(Detail.LACKS).explained
        return tuple(sorted(frozenset().union(*(hidden(one, self._sensitivity) for one in explained))))

    def conditions(self) -> pl.DataFrame:
        """Return how every condition turned out in every row: the key, then `c1`, `c2`, …, missing where it is unknown.

        `legend` says what they are. Conditions that stand only in rules that are not in force have no column. A key
        column that is called like one of these has `key_` before its name.
        """
        plan, frame = self._detailed(Detail.CONDITIONS)
        found = {condition.name: pl.col(column) for condition, column in plan.conditions}
        return frame.select(*self._keys(found), **found)

    @property
    def legend(self) -> pl.DataFrame:
        """What the columns of `conditions` are, a row each.

        Columns: `condition` (`c1`), `text` (as it is written), `file`, `line`, `column` (where it first stands),
        `rules` and `segmentations` (all in which it stands).
        """
        return legend(condition for condition, _ in self._compiled.planned(Detail.CONDITIONS).conditions)

    @cached_property
    def treatments(self) -> pl.DataFrame:
        """One row per row of the entity and treatment for which it is eligible, or perhaps is.

        Columns: the key (a key column that is called like one of these has `key_` before its name), `treatment`,
        `kind`, `status`, `amount` (what the row gets), `unit`, `rank` (among those who share a budget or a limit),
        `reason`, and `attributes` (as JSON, of rows that get the treatment).
        """
        return self._treatment_table.frame()

    @cached_property
    def _treatment_table(self) -> TreatmentTable:
        texts, values = self._compiled.treatment_texts(self._tables)
        keys = values.select(self._keys(COLUMNS))
        return TreatmentTable(self.program, self._treated, texts, values, keys, self._sensitivity)

    @cached_property
    def _treated(self) -> Treatments:
        return self._compiled.treatments(self._tables) if self.program.treatments else Treatments({}, 0, 0, None)

    @cached_property
    def missing_impact(self) -> pl.DataFrame:
        """How many provisional assignments hang on what is missing, the most first: `missing`, `assignments`."""
        counted: dict[str, int] = {}
        plan, frame = self._detailed(Detail.LACKS)
        for explained in plan.explained:
            assignments = frame.select(pl.lit(0).alias(""), *lacking(explained)).drop("")
            for name, count in assignments.row(0, named=True).items():
                counted[name] = counted.get(name, 0) + count
        ranked = sorted(((name, count) for name, count in counted.items() if count), key=lambda one: (-one[1], one[0]))
        return pl.DataFrame(ranked, {"missing": pl.String, "assignments": pl.Int64}, orient="row")

    @cached_property
    def passed_over(self) -> pl.DataFrame:
        """How many rows aggregates passed over, of those that did.

        Columns: `name` (the metric, the derived column with its table, the id of the rule whose condition
        or reason it stands in, the treatment, or `suppress`), `aggregate` (as it is written), `unknown` (rows whose
        condition is), `missing` (rows without a value).
        """
        counts = self._compiled.passed_over(self._tables)
        rows = [
            (one.name if one.table == self.program.entity else f"{one.table}.{one.name}", one.aggregate.span.text, *two)
            for one, *two in counts
            if any(two)
        ]
        schema = {"name": pl.String, "aggregate": pl.String, "unknown": pl.Int64, "missing": pl.Int64}
        return pl.DataFrame(rows, schema, orient="row")

    @cached_property
    def provenance(self) -> Provenance:
        """Where the answers come from: the ruleset's hash, the version, and fingerprints of the tables."""
        return Provenance(self._hash, __version__, self._intake.fingerprints)

    @cached_property
    def summary(self) -> Summary:
        """The run in numbers, as `summary.json` holds it."""
        plan, frame = self._detailed(Detail.LACKS)
        conditions = tuple(_condition_counts(plan, frame))
        return Summary(
            ruleset=self.program.ruleset,
            hash=self.provenance.hash,
            as_of=self.as_of,
            segrules=self.provenance.segrules,
            engine=f"polars {pl.__version__}",
            parameters={parameter.name: plain(parameter.value) for parameter in self.program.parameters},
            parameters_since={one.name: one.since.day for one in self.program.parameters if one.since},
            tables=self.provenance.tables,
            rows={
                name: TableRows(
                    read=counts.read,
                    kept=counts.kept,
                    where_false=counts.where_false,
                    where_unknown=counts.where_unknown,
                    set_apart=counts.set_apart,
                    without_key=counts.without_key,
                )
                for name, counts in self._intake.counts.items()
            },
            segmentations={one.segmentation.name: _sizes(one, frame) for one in plan.explained},
            treatments=treatment_counts(self.program, self.as_of, self._treated),
            suppressed=self._treated.suppressed,
            perhaps_suppressed=self._treated.perhaps_suppressed,
            allocation=allocation_summary(self.program, self.as_of, self._treated.allocated),
            conditions=conditions,
            never_decided=tuple(one.condition for one in conditions if not one.decided),
            missing_impact=tuple(
                MissingImpact(missing=name, assignments=count) for name, count in self.missing_impact.rows()
            ),
            passed_over=tuple(PassedOver(**row) for row in self.passed_over.rows(named=True)),
        )

    @cached_property
    def population(self) -> Population:
        """The rows that statistics compare, as one record can be decided among them: `decide(…, population=…)`."""
        compared, frame = self._compiled.population(self._tables)
        return population_of(self.program, self.as_of, compared, frame.collect(engine="in-memory"))

    def save_population(self, path: str | Path) -> None:
        """Write the population to a file; see `Population.save`."""
        self.population.save(path)

    def explain(self, *key: object) -> Explanation:
        """Return why the row with that key is where it is; raise `InputInvalid` if there is none."""
        from segrules.engine.explain import explain_row

        others = self.population.groups if statistics_of(self.program) else None
        return explain_row(
            self.program,
            self._intake.frames,
            self._intake.quarantine,
            key,
            self.as_of,
            self.provenance,
            others,
            self._treatment_traces,
            self._sensitivity,
        )

    def _treatment_traces(self, row: int) -> tuple[TreatmentTrace, ...]:
        return self._treatment_table.traces(row) if self.program.treatments else ()

    def _detailed(self, detail: Detail) -> tuple[Plan, pl.DataFrame]:
        """Return a plan that works out so much, or more if that was worked out before, and the frame that it gives."""
        if self._found is None or self._found[0] < detail:
            self._found = (detail, *self._compiled.detailed(self._tables, detail))
        return self._found[1:]

    def _assignments(self, texts: Mapping[str, pl.Series]) -> pl.DataFrame:
        parts = []
        plan, frame = self._detailed(Detail.DECISIONS)
        for explained in plan.explained:
            name = explained.segmentation.name
            reason = pl.lit(texts[name]) if name in texts else pl.lit(None, dtype=pl.String)
            columns = [*assigned(explained), reason.alias(_REASON), outputs(explained)]
            parts.append(frame.lazy().select(*self._keys(_COLUMNS), *columns))
        if not parts:
            return self.wide.select(self.key)
        together = pl.concat(pl.collect_all(parts, engine="in-memory"), rechunk=True)
        return together[_in_turn(len(parts), frame.height)]

    def _keys(self, beside: Collection[str]) -> list[pl.Expr]:
        """Return the columns of the key, called so that they can stand beside others."""
        return [pl.col(name).alias(f"key_{name}" if name in beside else name) for name in self.key]


def _sizes(explained: Explained, frame: pl.DataFrame) -> Sizes:
    segmentation = explained.segmentation
    conflict = _number_true(frame[explained.conflict])
    provisional = _number_true(frame[explained.provisional])
    if segmentation.hit_policy is HitPolicy.COLLECT:
        unassigned = _number_true(frame[segmentation.name].list.len() == 0)
    else:
        unassigned = frame[segmentation.name].null_count() - conflict
    return Sizes(
        segments=_counted(segmentation, frame),
        unassigned=unassigned,
        conflict=conflict,
        certain=frame.height - provisional,
        provisional=provisional,
    )


def _in_turn(parts: int, height: int) -> pl.Series:
    """Return the places of rows in parts of so many rows, the first of each part, then the second, and so on."""
    place = pl.int_range(parts * height, dtype=pl.UInt32() if parts * height < 2**32 else pl.UInt64())
    return pl.select(place % parts * height + place // parts).to_series()


def _condition_counts(plan: Plan, frame: pl.DataFrame) -> Iterator[ConditionCounts]:
    for condition, found in counts(plan, frame):
        expression = condition.expression
        yield ConditionCounts(condition=condition.name, text=written(expression), place=str(expression.span), **found)


def _number_true(truths: pl.Series) -> int:
    return int(truths.sum())


def _counted(segmentation: Segmentation, frame: pl.DataFrame) -> dict[str, int]:
    """Return the size of every segment, the highest first where they are ordered, those with no rows too."""
    assigned_ = frame[segmentation.name]
    if segmentation.hit_policy is HitPolicy.COLLECT:
        assigned_ = assigned_.explode(empty_as_null=False)
    sizes = dict(assigned_.value_counts().rows())
    names = reversed(segmentation.segments) if segmentation.ordered else segmentation.segments
    return {segment: sizes.get(segment, 0) for segment in names}
