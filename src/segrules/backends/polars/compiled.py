"""A program compiled: what is to be done, without data; with tables it becomes a lazy query."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

import polars as pl

from segrules.backends.polars.aggregates import depends_on_order
from segrules.backends.polars.expressions import Builder, fold
from segrules.backends.polars.gathering import Gathering, as_key
from segrules.backends.polars.ranges import UNMEASURED, Measured, Range, of_value
from segrules.backends.polars.segments import decided, pick
from segrules.backends.polars.surveying import Surveying
from segrules.backends.polars.treatments import Treatments, treat
from segrules.language.types import NUMERIC
from segrules.language.values import Value
from segrules.plan.plan import Detail, plan, plan_of_passed_over
from segrules.plan.population import Compared, plan_population
from segrules.plan.steps import Decision, Extend, Gather, LookUp, PassedOver, Pick, Plan, Step, Survey, named
from segrules.plan.treatments import TreatmentTexts, plan_treatment_texts, plan_treatments
from segrules.program.nodes import Constant, Expression
from segrules.program.program import Column, Program

Frames = dict[str, pl.LazyFrame]
Operation = Callable[[Frames], pl.LazyFrame]
Engine = Literal["in-memory", "streaming"]

LARGEST = 64
"""How many frames a lazy frame may be put together from; beyond it its rows are worked out.

Polars goes through each of them as often as it stands there, and a frame that is joined to itself, as in a hierarchy,
or to one that it is part of, doubles each time. One that is joined to itself is worked out at once: that is faster.
"""


@dataclass(frozen=True, slots=True)
class Query:
    """A plan compiled: operations in order, each of which gives a table's frame anew."""

    plan: Plan
    operations: tuple[tuple[str, Operation], ...]

    @property
    def engine(self) -> Engine:
        """The engine of Polars that works it out: the streaming one does not keep the order of rows in groups."""
        if any(isinstance(step, Survey) for step in self.plan.steps):
            return "in-memory"
        gathers = (step for step in self.plan.steps if isinstance(step, Gather))
        ordered = any(depends_on_order(aggregate) for step in gathers for _, aggregate in step.aggregates)
        return "in-memory" if ordered else "streaming"

    def frame(self, tables: Mapping[str, pl.LazyFrame]) -> pl.LazyFrame:
        """Return the entity's rows in their order, with every column that the plan makes."""
        return self.frames(tables)[self.plan.entity]

    def frames(self, tables: Mapping[str, pl.LazyFrame]) -> Mapping[str, pl.LazyFrame]:
        """Return the rows of every table, with every column that the plan makes."""
        frames = dict(tables)
        sizes = dict.fromkeys(tables, 1)
        for step, (table, operation) in zip(self.plan.steps, self.operations, strict=True):
            joined = _joined(step)
            if joined == table and sizes[table] > 1 and not isinstance(step, Survey):
                frames[table], sizes[table] = self._worked_out(frames[table]), 1
            frames[table] = operation(frames)
            sizes[table] = sizes.get(table, 1) + (sizes.get(joined, 1) if joined else 0)
            if sizes[table] > LARGEST:
                frames[table], sizes[table] = self._worked_out(frames[table]), 1
        return frames

    def _worked_out(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        return frame.collect(engine=self.engine).lazy()


def _joined(step: Step) -> str | None:
    """Return the table whose frame a step puts into that of its own."""
    match step:
        case LookUp():
            return step.above
        case Gather():
            return step.below
        case Survey():
            return step.table
        case _:
            return None


def compile_plan(program: Program, made: Plan, references: Mapping[str, Value], known: Measured = UNMEASURED) -> Query:
    """Return the operations that carry out a plan, on any data or on data of which this is known."""
    compiler = _Compiler(program, references, known)
    return Query(made, tuple((step.table, compiler.operation(step)) for step in made.steps))


@dataclass(slots=True)
class _Compiler:
    """Compiles steps in order, and knows the ranges of the columns so far, and which of them are never missing."""

    program: Program
    references: Mapping[str, Value]
    known: Measured
    _touched: set[str] = field(default_factory=set)
    _present: dict[str, set[str]] = field(default_factory=dict)
    _ranges: dict[str, dict[str, Range]] = field(default_factory=dict)

    def operation(self, step: Step) -> Operation:
        """Return what carries out a step."""
        match step:
            case Extend():
                found = self._extend(step)
            case LookUp():
                found = self._look_up(step)
            case Gather():
                found = self._gather(step)
            case Survey():
                found = self._survey(step)
        self._touched.add(step.table)
        return found

    def _builder(self, table: str) -> Builder:
        return Builder(self._ranges_of(table), self.references, self._present.setdefault(table, set()))

    def _ranges_of(self, table: str) -> dict[str, Range]:
        if table not in self._ranges:
            columns = self.program.table(table).columns
            self._ranges[table] = {
                column.name: self.known.ranges.get((table, column.name)) or self._declared(column)
                for column in columns
                if column.type.kind in NUMERIC
            }
        return self._ranges[table]

    def _declared(self, column: Column) -> Range:
        builder = Builder({}, self.references)
        bounds = [bound and builder.build(bound).node for bound in (column.minimum, column.maximum)]
        low, high = (_bound(bound, column) for bound in bounds)
        return low[0], high[1]

    def _extend(self, step: Extend) -> Operation:
        expressions = [self._column(step.table, name, definition) for name, definition in step.columns]
        return lambda frames: frames[step.table].with_columns(expressions)

    def _column(self, table: str, name: str, definition: Expression | Decision | Pick) -> pl.Expr:
        if isinstance(definition, Decision):
            return decided(definition).alias(name)
        if isinstance(definition, Pick):
            return pick(definition).alias(name)
        built = self._builder(table).build(definition)
        self._ranges_of(table)[name] = built.range
        if not built.node.type.nullable:
            self._present.setdefault(table, set()).add(name)
        return built.expression.alias(name)

    def _look_up(self, step: LookUp) -> Operation:
        by = [self.program.table(step.table).column(name).type for name in step.by]
        keys = [
            as_key(pl.col(name), kind).alias(f"~key{n}")
            for n, (name, kind) in enumerate(zip(step.key, by, strict=True))
        ]
        brought = [pl.col(column).alias(name) for name, column in step.columns]
        above = self._ranges_of(step.above)
        self._ranges_of(step.table).update({name: above[column] for name, column in step.columns if column in above})
        on = [f"~key{number}" for number in range(len(keys))]
        return lambda frames: frames[step.table].join(
            frames[step.above].select(*keys, *brought), left_on=step.by, right_on=on, how="left", maintain_order="left"
        )

    def _gather(self, step: Gather) -> Operation:
        above, below = self.program.table(step.table), self.program.table(step.below)
        gathering = Gathering(step, above, below, self._builder(step.below), self.known.rows_of(step.below))
        self._ranges_of(step.table).update(gathering.ranges)
        self._present.setdefault(step.table, set()).update(gathering.present)
        if self._makes(step):
            return lambda frames: gathering.make(frames[step.below])
        return lambda frames: gathering.apply(frames[step.table], frames[step.below])

    def _survey(self, step: Survey) -> Operation:
        surveying = Surveying(
            step, self.program.table(step.table), self._builder(step.table), self.known.rows_of(step.table)
        )
        self._ranges_of(step.table).update(surveying.ranges)
        return lambda frames: surveying.apply(frames[step.table])

    def _makes(self, step: Gather) -> bool:
        """Whether the groups of a group-by are the rows above, to which nothing was added yet."""
        above = self.program.table(step.table)
        alone = above.keys_from == step.below and above.where is None and step.table not in self._touched
        relations = self.program.table(step.below).relations
        first = next((relation.by for relation in relations if relation.table == step.table), above.key)
        return step.table in self.known.made and alone and (step.key, step.by) == (above.key, first)


def _bound(bound: Expression | None, column: Column) -> Range:
    """Return the range of a written bound of the column's own type, else that of the type."""
    if isinstance(bound, Constant) and (bound.type.kind, bound.type.places) == (column.type.kind, column.type.places):
        return of_value(bound.value, column.type)
    return of_value(None, column.type)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A program for one day, ready for tables."""

    program: Program
    as_of: date
    query: Query
    known: Measured

    def wide(self, tables: Mapping[str, pl.LazyFrame]) -> pl.LazyFrame:
        """Return a row for each row of the entity, in its order: key, metrics, scores, segmentations with outputs.

        A segmentation is an Enum of its segments, missing for none and for a conflict; under `collect` it is a list of
        such. `tables` hold the rows that count, typed as declared (see `dtypes`), by the names of the tables.
        """
        return self.query.frame(tables).select(self.query.plan.columns)

    def detailed(self, tables: Mapping[str, pl.LazyFrame], detail: Detail) -> tuple[Plan, pl.DataFrame]:
        """Return the plan that works out so much, and a frame with its columns; its rows are those of `wide`."""
        made = self.planned(detail)
        query = self.query if detail is Detail.RESULTS else _query(self.program, self.as_of, made, self.known)
        names = named(made)
        if detail < Detail.DECISIONS:
            return made, query.frame(tables).select(names).collect(engine=query.engine)
        given = self._given(names)
        others = [name for name in names if name not in given]
        with ThreadPoolExecutor(1) as threads:  # of a query given columns come out as copies, too, but slower
            stored = threads.submit(_stored, tables, self.program.entity, given)
            worked_out = query.frame(tables).select(others).collect(engine=query.engine).rechunk()  # for what filters
            return made, pl.DataFrame([*stored.result(), *worked_out]).select(names)

    def _given(self, names: Collection[str]) -> list[str]:
        """Return those of the columns of the entity that are given."""
        entity = self.program.table(self.program.entity)
        return [column.name for column in entity.columns if column.name in names] if entity.keys_from is None else []

    def planned(self, detail: Detail) -> Plan:
        """Return the plan that works out so much."""
        return plan(self.program, self.as_of, fold, detail)

    def treatments(self, tables: Mapping[str, pl.LazyFrame]) -> Treatments:
        """Return what becomes of every row and treatment."""
        made, treated = plan_treatments(self.program, self.as_of, fold)
        query = _query(self.program, self.as_of, made, self.known)
        return treat(self.program, self.as_of, treated, _collected(query, tables))

    def treatment_texts(self, tables: Mapping[str, pl.LazyFrame]) -> tuple[tuple[TreatmentTexts, ...], pl.DataFrame]:
        """Return what is told of treatments, and a frame that holds it, whose rows are those of `wide`."""
        made, texts = plan_treatment_texts(self.program, self.as_of, fold)
        query = _query(self.program, self.as_of, made, self.known)
        return texts, _collected(query, tables)

    def population(self, tables: Mapping[str, pl.LazyFrame]) -> tuple[tuple[Compared, ...], pl.LazyFrame]:
        """Return what the statistics of the program compare, and a frame that holds it, with the key of every row."""
        made, compared = plan_population(self.program, self.as_of, fold)
        query = _query(self.program, self.as_of, made, self.known)
        return compared, query.frame(tables).select(made.columns)

    def passed_over(self, tables: Mapping[str, pl.LazyFrame]) -> list[tuple[PassedOver, int, int]]:
        """Return how many rows each aggregate passes over: those whose condition is unknown, those without a value."""
        made = plan_of_passed_over(self.program, self.as_of, fold)
        query = _query(self.program, self.as_of, made, self.known)
        frames = query.frames(tables)
        sums: dict[tuple[str, str | None], int] = {}
        for table in {one.table for one in made.passed_over}:
            counts = [
                one for two in made.passed_over if two.table == table for one in (two.unknown, two.missing) if one
            ]
            found = frames[table].select(pl.col(*dict.fromkeys(counts)).sum()).collect(engine=query.engine)
            sums |= {(table, name): count for name, count in found.row(0, named=True).items()}
        return [
            (one, sums.get((one.table, one.unknown), 0), sums.get((one.table, one.missing), 0))
            for one in made.passed_over
        ]


@lru_cache(maxsize=64)
def compile_program(program: Program, as_of: date, known: Measured = UNMEASURED) -> Compiled:
    """Return a program compiled for a day, for any data or for data of which this is known; nothing is worked out."""
    return Compiled(program, as_of, _query(program, as_of, plan(program, as_of, fold), known), known)


@lru_cache(maxsize=64)
def _query(program: Program, as_of: date, made: Plan, known: Measured) -> Query:
    return compile_plan(program, made, _references(program, as_of), known)


def _stored(tables: Mapping[str, pl.LazyFrame], name: str, columns: list[str]) -> pl.DataFrame:
    """Return columns of a table as they are given; a table of which nothing is need not be there."""
    return tables[name].select(columns).collect(engine="in-memory").rechunk() if columns else pl.DataFrame()


def _collected(query: Query, tables: Mapping[str, pl.LazyFrame]) -> pl.DataFrame:
    """Return the columns of a plan."""
    return query.frame(tables).select(query.plan.columns).collect(engine=query.engine)


def compile_expression(expression: Expression, program: Program) -> pl.Expr:
    """Return an expression of a table's own columns and parameters, such as its `where`, as Polars reads it."""
    references = {parameter.name: parameter.value for parameter in program.parameters}
    return Builder({}, references).build(expression).expression


def _references(program: Program, as_of: date) -> dict[str, Value]:
    return {parameter.name: parameter.value for parameter in program.parameters} | {"as_of": as_of}
