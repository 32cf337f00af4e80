"""No sensitive value stands in anything that explains: texts, JSON, notebooks, reasons, why not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from segrules.engine.result import Result
from segrules.engine.ruleset import Ruleset
from segrules.explain.explanation import Explanation
from segrules.explain.plain import plain
from segrules.language.formatting import text_of
from segrules.language.types import Type
from segrules.language.values import Value
from segrules.program.program import Program
from segrules.program.sensitivity import Sensitivity, sensitivity_of
from tests.properties.answers import given_frames, loaded
from tests.properties.generators.cases import Case, cases

FAR = 7_654_321
"""So far from what generated rulesets write are sensitive values that nothing else is taken for one."""


@given(cases(), st.sampled_from([1, 2, 3]))
def test_no_sensitive_value_and_nothing_that_comes_from_one_is_in_what_explains(case: Case, every: int) -> None:
    ruleset, program = with_sensitive(loaded(case), every)
    secret = given_frames(program, replace(case, rows=far(case, program)))
    hidden = ruleset.evaluate(secret, as_of=case.as_of, invalid="quarantine")
    shown = ruleset.evaluate(secret, as_of=case.as_of, invalid="quarantine", show_sensitive=True)
    sensitivity = sensitivity_of(ruleset.bound(None, case.as_of))
    secrets = {text for key in keys(shown) for text in secrets_of(shown.explain(*key), sensitivity)}
    told = "\n".join(everything_told(hidden, program))
    written = f"{case.text} {case.as_of}"  # what anyone can read there anyway is no secret: mode(2026-03-31 where …)
    assert [text for text in secrets if text in told and text not in written] == []


def with_sensitive(ruleset: Ruleset, every: int) -> tuple[Ruleset, Program]:
    """Return a ruleset with every so many columns declared sensitive, but no keys and none that rows belong by."""
    program = ruleset.program
    number = 0
    tables = []
    for table in program.tables:
        names = {*table.key, *(name for relation in table.relations for name in relation.by)}
        columns = []
        for column in table.columns:
            number += 1
            is_chosen = number % every == 0 and column.name not in names
            columns.append(replace(column, sensitivity="personal" if is_chosen else None))
        tables.append(replace(table, columns=tuple(columns)))
    marked = replace(program, tables=tuple(tables))
    return replace(ruleset, program=marked), marked


def far(case: Case, program: Program) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a case with sensitive values that are recognised."""
    moves = {
        (table.name, column.name): column.type
        for table in program.tables
        for column in table.columns
        if column.sensitivity is not None
    }
    return {
        table: [
            {name: moved(value, moves[table, name]) if (table, name) in moves else value for name, value in row.items()}
            for row in rows
        ]
        for table, rows in case.rows.items()
    }


def moved(value: Any, declared: Type) -> Any:
    match value:
        case list():
            assert declared.item is not None
            return [moved(member, declared.item) for member in value]
        case str():
            return f"secret {value}" if declared.values is None else value
        case date():
            return value + timedelta(16_000 if value.year < 5000 else -16_000)
        case bool() | None:
            return value
        case _:
            return value + FAR if abs(value) < FAR * FAR else value


def keys(result: Result) -> list[tuple[object, ...]]:
    return result.wide.select(result.key).rows()


def secrets_of(explanation: Explanation, sensitivity: Sensitivity) -> set[str]:
    """Return how the values of an explanation stand in a text that are sensitive, or come from what is."""
    row = explanation.row
    told: dict[bool, set[str]] = {True: set(), False: set()}
    for node, value in zip(row.legend.expressions, row.values, strict=True):
        told[sensitivity.hides(node)] |= texts(value)
    return {text for text in told[True] - told[False] if len(text) > 5}


def texts(value: Value) -> set[str]:
    if isinstance(value, tuple):
        return {text for member in value for text in texts(member)}
    if value is None or isinstance(value, bool):
        return set()
    return {
        text_of(value),
        str(plain(value)),
        *([text_of(value, ",")] if isinstance(value, int | float | Decimal) else []),
    }


def everything_told(result: Result, program: Program) -> Iterator[str]:
    yield from result.reasons()["reason"]
    yield from result.quarantine["value"].drop_nulls()
    segments = {name for one in program.segmentations for name in one.segments}
    for key in keys(result):
        found = result.explain(*key)
        yield found.text()
        yield found.text(full=True)
        yield found._repr_html_()
        yield json.dumps(found.to_dict(), ensure_ascii=False)
        for segment in segments:
            yield found.why_not(segment).text()
            yield json.dumps(found.why_not(segment).to_dict(), ensure_ascii=False)
