"""What a column that is actionable can be changed to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from segrules.explain.choices import FARTHEST, Choices, choices
from segrules.language import types
from segrules.language.types import Kind, Type
from segrules.language.values import MAX_INTEGER, Value
from segrules.program.nodes import Constant, Expression
from segrules.program.program import Actionable, Column
from tests.support.programs import SPAN, type_of


def constant(value: Value) -> Constant | None:
    return None if value is None else Constant(value, type_of(value), SPAN)


def choices_of(
    kind: Type, present: Value, *, low: Value = None, high: Value = None, step: Value = None, direction: str = "any",
    to: tuple[Value, ...] = (),
) -> Choices:  # fmt: skip
    actionable = Actionable(step, constant(low), constant(high), direction, to)
    return choices(Column("x", kind, "x", SPAN, actionable=actionable), present, value_of)


def value_of(node: Expression) -> Value:
    assert isinstance(node, Constant)
    return node.value


def values(found: Choices) -> list[Value]:
    """The values in the order of the places, those of the far ends of each side first and last."""
    return [found.value(place) for place in range(found.low, found.high + 1) if place]


def test_whole_numbers_move_by_steps_within_their_bounds() -> None:
    assert values(choices_of(types.INTEGER, 3, low=0, high=5, step=1)) == [0, 1, 2, 4, 5]
    assert values(choices_of(types.INTEGER, 3, low=0, high=9, step=2)) == [1, 5, 7, 9]


@pytest.mark.parametrize(("direction", "expected"), [("up", [4, 5]), ("down", [1, 2]), ("any", [1, 2, 4, 5])])
def test_they_move_in_their_direction(direction: str, expected: list[Value]) -> None:
    assert values(choices_of(types.INTEGER, 3, low=1, high=5, step=1, direction=direction)) == expected


@pytest.mark.parametrize(
    ("present", "direction", "sides"), [(9, "down", ((-4, -9),)), (9, "up", ()), (-3, "up", ((3, 8),))]
)
def test_a_value_beyond_its_bounds_moves_only_into_them(
    present: int, direction: str, sides: tuple[tuple[int, int], ...]
) -> None:
    assert choices_of(types.INTEGER, present, low=0, high=5, step=1, direction=direction).sides == sides


def test_doubles_move_from_one_short_spelling_to_another() -> None:
    assert values(choices_of(types.NUMBER, 4.1, low=3.8, high=4.5, step=0.1)) == [3.8, 3.9, 4.0, 4.2, 4.3, 4.4, 4.5]


def test_decimals_keep_their_places() -> None:
    cent, one = Decimal("0.01"), Decimal("1.00")
    found = choices_of(types.decimal(2), one, low=one - cent, high=one + cent, step=cent)
    assert [str(value) for value in values(found)] == ["0.99", "1.01"]


def test_numbers_stay_within_their_type() -> None:
    assert choices_of(types.INTEGER, MAX_INTEGER, step=1).sides == ((-1, -FARTHEST),)
    most = Decimal("9" * 36 + ".99")
    assert choices_of(types.decimal(2), most, step=Decimal("0.01"), direction="up").sides == ()


@pytest.mark.parametrize(
    ("low", "high", "direction", "expected"),
    [
        (2, 4, "any", [2, 3, 4]),
        (2, 4, "down", [2, 3, 4]),
        (None, 1, "up", [0, 1]),
    ],
)
def test_a_missing_number_is_filled_from_one_end(
    low: Value, high: Value, direction: str, expected: list[Value]
) -> None:
    found = choices_of(types.INTEGER, None, low=low, high=high, step=1, direction=direction)
    assert sorted(values(found), key=str) == expected
    assert found.value(found.sides[0][0]) == (high if direction == "down" else expected[0])
    assert found.cost(found.sides[0][0]) == 1


def test_a_missing_number_without_bounds_is_counted_from_0() -> None:
    found = choices_of(types.INTEGER, None, step=5)
    assert [found.value(place) for place in (1, 2, -1, -2)] == [0, 5, 0, -5]


def test_texts_and_booleans_change_to_their_other_values() -> None:
    text = Type(Kind.STRING, values=("a", "b", "c"))
    assert values(choices_of(text, "b")) == ["a", "c"]
    assert values(choices_of(text, "b", to=("c", "b"))) == ["c"]
    assert values(choices_of(text, None)) == ["a", "b", "c"]
    assert values(choices_of(types.BOOLEAN, True)) == [False]
    assert values(choices_of(types.BOOLEAN, None, to=(False,))) == [False]
    assert values(choices_of(types.BOOLEAN, False, to=(False,))) == []
    assert choices_of(replace(text, nullable=False), "b").cost(2) == 1
