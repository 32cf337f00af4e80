"""What came of a run. Only `wide` is what everyone needs; all else is worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from segrules import __version__
from segrules.backends.polars.assignments import assigned, lacking, outputs
from segrules.backends.polars.compiled import Compiled
from segrules.engine.population import Population, population_of
from segrules.engine.reasons import reasons
from segrules.engine.summary import MissingImpact, PassedOver, Sizes, Summary, TableRows
from segrules.explain.plain import plain
from segrules.explain.provenance import Provenance
from segrules.plan.steps import Explained
from segrules.program.populations import statistics_of
from segrules.program.program import HitPolicy, Program, Segmentation

if TYPE_CHECKING:
    from pathlib import Path

    from segrules.diagnostics.diagnostic import Diagnostic
    from segrules.engine.intake import Intake
    from segrules.explain.explanation import Explanation

_ROW = "~row"
_REASON = "reason"


class Result:
    """The answer for every row of the entity.

    Frames are eager, and keep the order of the entity's table. What is asked for twice is worked out once.
    """

    def __init__(self, ruleset_hash: str, intake: Intake, compiled: Compiled) -> None:
        """Take the data that passed the intake, and the program compiled for the day."""
        self._hash = ruleset_hash
        self._intake = intake
        self._compiled = compiled
        self._tables = intake.queries

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

    @cached_property
    def wide(self) -> pl.DataFrame:
        """One row per row of the entity: its key, then a column per metric, scorecard, segmentation and further output.

        A segmentation is an Enum of its segments, missing for no segment and for a conflict, and for `collect` a
        list of such. Its further outputs stand behind it, as `tier.discount`.
        """
        return self._compiled.wide(self._tables).collect(engine=self._compiled.query.engine)

    @cached_property
    def assignments(self) -> pl.DataFrame:
        """One row per row of the entity and segmentation.

        Columns: the key (a key column that is called like one of these has `key_` before its name), `segmentation`,
        `segment`, `segments` (under `collect`), `rule`, `certainty`, `possible` (when provisional), `conflict` (the
        rules in conflict), `reason` (empty; see `reasons`), `outputs` (the further ones as JSON).
        """
        return self._assignments({})

    def reasons(self) -> pl.DataFrame:
        """Return `assignments` with a reason in every row: the rule's `because`, otherwise its condition."""
        texts = {name: reasons(explained, frame) for name, (explained, frame) in self._explained.items()}
        return self._assignments(texts)

    @cached_property
    def missing_impact(self) -> pl.DataFrame:
        """How many provisional assignments hang on what is missing, the most first: `missing`, `assignments`."""
        counted: dict[str, int] = {}
        for segmentation in self.program.segmentations:
            explained, frame = self._compiled.explained(segmentation.name, self._tables, missing=True)
            counts = frame.select(pl.lit(0).alias(""), *lacking(explained)).collect(engine="in-memory")
            for name, count in counts.drop("").row(0, named=True).items():
                counted[name] = counted.get(name, 0) + count
        ranked = sorted(((name, count) for name, count in counted.items() if count), key=lambda one: (-one[1], one[0]))
        return pl.DataFrame(ranked, {"missing": pl.String, "assignments": pl.Int64}, orient="row")

    @cached_property
    def passed_over(self) -> pl.DataFrame:
        """How many rows aggregates passed over, of those that did.

        Columns: `name` (the metric, the derived column with its table, or the id of the rule), `aggregate` (as it is
        written), `unknown` (rows whose condition is), `missing` (rows without a value).
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
            segmentations={name: _sizes(*found) for name, found in self._explained.items()},
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
        return explain_row(self.program, self._intake.frames, key, self.as_of, self.provenance, others)

    @cached_property
    def _explained(self) -> Mapping[str, tuple[Explained, pl.DataFrame]]:
        found = {}
        for segmentation in self.program.segmentations:
            explained, frame = self._compiled.explained(segmentation.name, self._tables, missing=False)
            found[segmentation.name] = (explained, frame.collect(engine="in-memory"))
        return found

    def _assignments(self, texts: Mapping[str, pl.Series]) -> pl.DataFrame:
        parts = []
        for name, (explained, frame) in self._explained.items():
            reason = pl.lit(texts[name]) if name in texts else pl.lit(None, dtype=pl.String)
            columns = [*assigned(explained), reason.alias(_REASON), outputs(explained)]
            parts.append(frame.lazy().with_row_index(_ROW).select(_ROW, *self._keys(), *columns))
        if not parts:
            return self.wide.select(self.key)
        together = pl.concat(parts).collect(engine="in-memory")
        return together.sort(_ROW, maintain_order=True).drop(_ROW)

    def _keys(self) -> list[pl.Expr]:
        own = {_REASON, "segmentation", "segment", "segments", "rule", "certainty", "possible", "conflict", "outputs"}
        return [pl.col(name).alias(f"key_{name}" if name in own else name) for name in self.key]


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


def _number_true(truths: pl.Series) -> int:
    return int(truths.sum())


def _counted(segmentation: Segmentation, frame: pl.DataFrame) -> dict[str, int]:
    """Return the size of every segment, the highest first where they are ordered, those with no rows too."""
    assigned_ = frame[segmentation.name]
    if segmentation.hit_policy is HitPolicy.COLLECT:
        assigned_ = assigned_.explode(empty_as_null=False)
    sizes = dict(assigned_.cast(pl.String).value_counts().rows())
    names = reversed(segmentation.segments) if segmentation.ordered else segmentation.segments
    return {segment: sizes.get(segment, 0) for segment in names}
