"""A trace says what the run says, and follows from the values that it shows."""

from __future__ import annotations

import json

from hypothesis import given
from jsonschema import Draft7Validator

from segrules.backends.scalar import reasons
from segrules.backends.scalar.interpreter import Interpreter
from segrules.engine.slices import records
from segrules.explain.explanation import Explanation
from segrules.explain.provenance import Provenance
from segrules.explain.read import because
from segrules.explain.row import trace_row
from segrules.explain.schema import trace_schema
from segrules.meaning.tables import RowAt, Tables
from segrules.program.sensitivity import NOTHING_SENSITIVE
from tests.properties.answers import given_frames, loaded
from tests.properties.generators.cases import Case, cases
from tests.support.re_evaluation import follows_from_its_values, says_what_the_run_says

VALIDATOR = Draft7Validator(trace_schema())


@given(cases())
def test_a_trace_says_what_the_run_says_and_follows_from_its_values(case: Case) -> None:
    ruleset = loaded(case)
    program = ruleset.bound(None, case.as_of)
    result = ruleset.evaluate(given_frames(program, case), as_of=case.as_of)
    found = result._intake.frames
    known = Interpreter(program, case.as_of, Tables(program, {name: records(one) for name, one in found.items()}))
    assignments = result.reasons().rows(named=True)
    for index in range(found[program.entity].height):
        at = RowAt(program.entity, index)
        row = trace_row(known, at)
        says_what_the_run_says(row, assignments[index * len(row.decisions) : (index + 1) * len(row.decisions)])
        follows_from_its_values(row)
        for entry, decision in zip(row.legend.segmentations, row.decisions, strict=True):
            told = reasons.because(known, entry.segmentation, decision.rules, at, NOTHING_SENSITIVE)
            assert because(row, entry, decision) == told
        assert can_be_read(Explanation(row, Provenance(ruleset.hash, "", {}), lambda _: None), index)


def can_be_read(explanation: Explanation, index: int) -> bool:
    """Whether a trace can be rendered, and its JSON form, of some rows, is valid."""
    form = json.loads(json.dumps(explanation.to_dict(), allow_nan=False))
    return bool(explanation.text(full=True)) and (index % 5 > 0 or VALIDATOR.is_valid(form))
