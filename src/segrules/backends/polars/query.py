"""A plan compiled into operations on lazy frames, in order; of tables they make lazy queries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from segrules.backends.polars.aggregates import depends_on_order
from segrules.backends.polars.expressions import Builder
from segrules.backends.polars.gathering import Gathering, as_key
from segrules.backends.polars.ranges import Measured, Range, of_value
from segrules.backends.polars.segments import decided, pick
from segrules.backends.polars.surveying import Surveying
from segrules.language.types import NUMERIC
from segrules.language.values import Value
from segrules.plan.steps import Decision, Extend, Gather, LookUp, Pick, Plan, Step, Survey
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
        frames = dict(tables) if self.engine == "streaming" else {name: _whole(one) for name, one in tables.items()}
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


def _whole(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Return a frame in one piece: the in-memory engine gets what is the same in all rows wrong over pieces."""
    return frame.map_batches(pl.DataFrame.rechunk)


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


def compile_plan(program: Program, made: Plan, references: Mapping[str, Value], known: Measured) -> Query:
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
