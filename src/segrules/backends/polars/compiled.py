"""A program compiled for a day: what can be asked of it, with tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from segrules.backends.polars.expressions import Builder, fold
from segrules.backends.polars.query import Query, compile_plan
from segrules.backends.polars.ranges import UNMEASURED, Measured
from segrules.backends.polars.treatments import Treatments, treat
from segrules.language.values import Value
from segrules.plan.plan import Detail, plan, plan_of_passed_over
from segrules.plan.population import Compared, plan_population
from segrules.plan.steps import PassedOver, Plan, named
from segrules.plan.treatments import TreatmentTexts, plan_treatment_texts, plan_treatments
from segrules.program.nodes import Expression
from segrules.program.program import Program


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
