"""What explains a row is worked out on a part of the data, and is what it would be on all of it."""

from __future__ import annotations

from hypothesis import given

from segrules.backends.scalar.interpreter import Interpreter
from segrules.engine.slices import records, slice_for
from segrules.language.values import Value
from segrules.meaning.tables import RowAt, Tables
from segrules.program.populations import statistics_of
from segrules.program.program import Program
from tests.properties.answers import given_frames, loaded
from tests.properties.generators.cases import Case, cases


@given(cases())
def test_a_row_has_the_answers_on_its_slice_that_it_has_among_all(case: Case) -> None:
    ruleset = loaded(case)
    program = ruleset.bound(None, case.as_of)
    result = ruleset.evaluate(given_frames(program, case), as_of=case.as_of)
    found = result._intake.frames
    others = result.population.groups if statistics_of(program) else None
    among_all = Interpreter(program, case.as_of, Tables(program, {name: records(one) for name, one in found.items()}))
    for row in range(found[program.entity].height):
        part = slice_for(program, found, row)
        alone = Interpreter(program, case.as_of, Tables(program, part.rows), others)
        assert answers(program, alone, part.row) == answers(program, among_all, row)


def answers(program: Program, known: Interpreter, row: int) -> tuple[list[Value], list[object]]:
    at = RowAt(program.entity, row)
    values = [known.value(at.table, at.index, metric.name) for metric in program.metrics]
    return values, [known.decide(one.name, at) for one in program.segmentations]
