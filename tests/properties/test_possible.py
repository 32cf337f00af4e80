"""What may come of a row whose columns move is never told too narrowly: whatever comes of it was possible."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from segrules.backends.scalar.interpreter import Interpreter
from segrules.backends.scalar.preparation import prepared
from segrules.explain.changes import Goal, movable
from segrules.explain.choices import Choices, choices
from segrules.explain.influence import Influence
from segrules.explain.possible import Possibilities
from segrules.meaning.tables import RowAt
from tests.properties.answers import loaded, typed_rows
from tests.properties.generators.cases import Case, cases


@given(cases(percent_spread=0), st.data())
def test_every_outcome_in_a_box_is_possible_there(case: Case, data: st.DataObject) -> None:
    program = loaded(case).bound(None, case.as_of)
    known = Interpreter(program, case.as_of, prepared(program, case.as_of, typed_rows(case)))
    for index in range(len(known.tables.rows(program.entity))):
        row = RowAt(program.entity, index)
        around = Influence(known, row)
        for segmentation in program.segmentations:
            moved = [(one, *box_and_point(data, one)) for one in movable(around, segmentation)]
            possible = Possibilities(around, {one.column: one.between(*box) for one, box, _ in moved})
            changed = known.exchanged(row, {one.column: one.value(point) for one, _, point in moved})
            for rule in segmentation.rules:
                assert changed.evaluate(rule.when, row) in possible.truths(rule.when), rule.id
            for segment in segmentation.segments:
                goal = Goal(around, segmentation, segment)
                if goal.is_reached({one.column: one.value(point) for one, _, point in moved}):
                    assert possible.may_get(segmentation, segment)


@given(cases(percent_spread=0, changeable=True), st.data())
def test_a_column_that_a_condition_does_not_read_changes_nothing(case: Case, data: st.DataObject) -> None:
    program = loaded(case).bound(None, case.as_of)
    known = Interpreter(program, case.as_of, prepared(program, case.as_of, typed_rows(case)))
    table = program.table(program.entity)
    for index in range(len(known.tables.rows(table.name))):
        row = RowAt(table.name, index)
        around = Influence(known, row)
        for column in (one for one in table.columns if one.actionable):
            moved = choices(column, known.tables.stored(row, column.name), around.value)
            if not moved.sides:
                continue
            changed = known.exchanged(row, {column.name: moved.value(box_and_point(data, moved)[1])})
            for rule in (rule for segmentation in program.segmentations for rule in segmentation.rules):
                if column.name not in around.reads(rule.when):
                    assert changed.evaluate(rule.when, row) is known.evaluate(rule.when, row), rule.id


def box_and_point(data: st.DataObject, choices: Choices) -> tuple[tuple[int, int], int]:
    """A range of places on one side of the present value, and a place in it; mostly near, as far ones are all alike."""
    near, far = data.draw(st.sampled_from(choices.sides))
    sign = 1 if near > 0 else -1
    steps = sorted(data.draw(st.integers(abs(near), min(abs(far), abs(near) + 9))) for _ in range(3))
    low, point, high = (sign * step for step in steps)
    return (low, high), point
