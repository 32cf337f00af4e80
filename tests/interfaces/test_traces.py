"""The trace of every partner of the sample says what the run says, and follows from the values that it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import segrules
from segrules.backends.scalar.interpreter import Interpreter
from segrules.engine.slices import records
from segrules.explain.row import trace_row
from segrules.meaning.tables import RowAt, Tables
from segrules.program.printer import print_expression
from tests.support.re_evaluation import follows_from_its_values, says_what_the_run_says

SAMPLE = Path(__file__).parents[2] / "rulesets" / "acme_partner_programme"
AS_OF = date(2026, 6, 30)


def test_a_trace_with_another_value_does_not_follow_from_it() -> None:
    row = segrules.load(SAMPLE).evaluate(as_of=AS_OF).explain("P-017").row
    certifications = next(
        place for place, one in enumerate(row.legend.expressions) if print_expression(one) == "certifications"
    )
    values = [0 if place == certifications else value for place, value in enumerate(row.values)]
    with pytest.raises(AssertionError):
        follows_from_its_values(replace(row, values=tuple(values)))


def test_every_trace_of_the_sample_follows_from_its_values() -> None:
    result = segrules.load(SAMPLE).evaluate(as_of=AS_OF)
    tables = Tables(result.program, {name: records(rows) for name, rows in result._intake.frames.items()})
    known = Interpreter(result.program, AS_OF, tables)
    assigned = result.reasons().rows_by_key("partner_id", named=True)
    for place in range(len(tables.rows("partners"))):
        row = trace_row(known, RowAt("partners", place))
        says_what_the_run_says(row, assigned[row.key[0]])
        follows_from_its_values(row)
        told = result.explain(*row.key)
        assert (told.row.decisions, told.row.values) == (row.decisions, row.values)
