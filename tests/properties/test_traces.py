"""A trace says what the run says, and follows from the values that it shows."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from jsonschema import Draft7Validator

from segrules.backends.scalar import reasons
from segrules.backends.scalar.interpreter import Interpreter
from segrules.engine.slices import records
from segrules.explain.explanation import Explanation
from segrules.explain.provenance import Provenance
from segrules.explain.read import because, reason_of
from segrules.explain.row import RowTrace, trace_row
from segrules.explain.schema import trace_schema
from segrules.language.formatting import json_text
from segrules.meaning.decisions import Certainty, Decision
from segrules.meaning.tables import RowAt, Tables
from segrules.program.nodes import Field
from segrules.program.program import HitPolicy, Segmentation
from tests.properties.answers import given_frames, loaded
from tests.properties.generators.cases import Case, cases
from tests.support.re_evaluation import decisions_again, outcomes_again, without_missing

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
            assert because(row, entry, decision) == reasons.because(known, entry.segmentation, decision.rules, at)
        assert can_be_read(Explanation(row, Provenance(ruleset.hash, "", {}), lambda _: None), index)


def can_be_read(explanation: Explanation, index: int) -> bool:
    """Whether a trace can be rendered, and its JSON form, of some rows, is valid."""
    form = json.loads(json.dumps(explanation.to_dict(), allow_nan=False))
    return bool(explanation.text(full=True)) and (index % 5 > 0 or VALIDATOR.is_valid(form))


def says_what_the_run_says(row: RowTrace, assignments: list[dict[str, Any]]) -> None:
    for entry, decision, told in zip(row.legend.segmentations, row.decisions, assignments, strict=True):
        expected = _assignment(entry.segmentation, decision)
        assert {name: told[name] for name in expected} == expected
        assert told["reason"] == reason_of(row, entry, decision)


def _assignment(segmentation: Segmentation, decision: Decision) -> dict[str, object]:
    provisional = decision.certainty is Certainty.PROVISIONAL
    names = [output.name for output in segmentation.outputs]
    outputs = json_text(dict(zip(names, decision.outputs, strict=True)))
    return {
        "segmentation": segmentation.name,
        "segment": decision.segment,
        "segments": list(decision.segments) if segmentation.hit_policy is HitPolicy.COLLECT else None,
        "rule": None if decision.conflict else ", ".join(decision.rules) or None,
        "certainty": decision.certainty.value,
        "possible": list(decision.possible) if provisional else None,
        "conflict": list(decision.conflict) or None,
        "outputs": outputs if names and decision.segment else None,
    }


def follows_from_its_values(row: RowTrace) -> None:
    conditions = [one for one in row.legend.conditions if one.in_force]
    assert outcomes_again(row) == {one.number: row.value(one.expression) for one in conditions}
    assert decisions_again(row) == tuple(map(without_missing, row.decisions))
    own = {
        entry.segmentation: decision for entry, decision in zip(row.legend.segmentations, row.decisions, strict=True)
    }
    for segmentation, decision in own.items():
        collects = segmentation.hit_policy is HitPolicy.COLLECT
        for node in row.legend.expressions:
            if isinstance(node, Field) and not node.row.path and node.name == segmentation.name:
                assert row.value(node) == (decision.segments if collects else decision.segment)
