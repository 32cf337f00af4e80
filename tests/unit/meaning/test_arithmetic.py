from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segrules.language import types
from segrules.language.types import Type
from segrules.language.values import MAX_INTEGER, MIN_INTEGER, Value
from segrules.meaning.functions import MEANINGS
from tests.support.programs import call

LARGEST = Decimal("9" * 36 + ".99")


def worked_out(function: str, kind: Type, *values: Value) -> Value:
    return MEANINGS[function](call(function, *values, kind=kind), values)


@pytest.mark.parametrize(
    ("function", "values"),
    [
        ("+", (MAX_INTEGER, 1)),
        ("-", (MIN_INTEGER, 1)),
        ("*", (2**32, 2**31)),
        ("negate", (MIN_INTEGER,)),
        ("abs", (MIN_INTEGER,)),
    ],
)
def test_an_integer_beyond_64_bits_is_missing(function: str, values: tuple[int, ...]) -> None:
    assert worked_out(function, types.INTEGER, *values) is None


def test_the_largest_integers_are_still_there() -> None:
    assert worked_out("+", types.INTEGER, MAX_INTEGER, 0) == MAX_INTEGER
    assert worked_out("*", types.INTEGER, MIN_INTEGER, 1) == MIN_INTEGER


def test_a_decimal_beyond_38_digits_is_missing() -> None:
    cent = Decimal("0.01")
    assert worked_out("+", types.decimal(2), LARGEST, Decimal("0.00")) == LARGEST
    assert worked_out("+", types.decimal(2), LARGEST, cent) is None
    assert worked_out("*", types.decimal(4), LARGEST, cent) == Decimal("9" * 34 + ".9999")
    assert worked_out("*", types.decimal(4), LARGEST, LARGEST) is None
    assert worked_out("to_decimal", types.decimal(4), LARGEST) is None


@given(st.decimals(-1000, 1000, places=2), st.decimals(-1, 1, places=4))
def test_decimals_are_exact_and_their_places_add_up(amount: Decimal, rate: Decimal) -> None:
    product = worked_out("*", types.decimal(6), amount, rate)
    assert isinstance(product, Decimal)
    assert Fraction(product) == Fraction(amount) * Fraction(rate)
    assert product.as_tuple().exponent == -6
    assert not (product.is_zero() and product.is_signed())


@pytest.mark.parametrize(
    ("function", "values"),
    [("/", (1.0, 0.0)), ("/", (0.0, 0.0)), ("/", (1e300, 1e-300)), ("*", (1e300, 1e300)), ("+", (1.7e308, 1.7e308))],
)
def test_a_number_that_is_not_finite_is_missing(function: str, values: tuple[float, float]) -> None:
    assert worked_out(function, types.NUMBER, *values) is None


@pytest.mark.parametrize(
    ("number", "nearest", "even", "up", "down"),
    [
        (2.5, 3, 2, 3, 2),
        (-2.5, -3, -2, -2, -3),
        (3.5, 4, 4, 4, 3),
        (0.49999999999999994, 0, 0, 1, 0),
        (Decimal("2.50"), 3, 2, 3, 2),
        (Decimal("-0.50"), -1, 0, 0, -1),
        (7, 7, 7, 7, 7),
        (1e300, None, None, None, None),
        (Decimal("9" * 30), None, None, None, None),
    ],
)
def test_without_places_rounding_gives_an_integer(
    number: Value, nearest: Value, even: Value, up: Value, down: Value
) -> None:
    found = [worked_out(name, types.INTEGER, number) for name in ("round", "round_even", "ceil", "floor")]
    assert found == [nearest, even, up, down]
    assert all(isinstance(value, int | None) for value in found)


@pytest.mark.parametrize(
    ("number", "places", "rounded"),
    [
        (2.345, 2, 2.35),
        (1.005, 2, 1.0),
        (2.675, 2, 2.68),
        (1e300, 18, 1e300),
        (-0.125, 2, -0.13),
    ],
)
def test_a_number_is_rounded_as_a_multiple_of_the_place(number: float, places: int, rounded: float) -> None:
    assert worked_out("round", types.NUMBER, number, places) == rounded


def test_an_integer_stays_with_places_and_a_decimal_takes_them() -> None:
    assert worked_out("round", types.INTEGER, 7, 2) == 7
    assert str(worked_out("round", types.decimal(1), Decimal("2.45"), 1)) == "2.5"
    assert str(worked_out("round_even", types.decimal(1), Decimal("2.45"), 1)) == "2.4"
    assert str(worked_out("floor", types.decimal(4), Decimal("-2.45"), 4)) == "-2.4500"
    assert worked_out("round", types.decimal(18), Decimal("9" * 30), 18) is None


def test_the_low_end_of_clip_wins() -> None:
    assert worked_out("clip", types.INTEGER, 12, 0, 10) == 10
    assert worked_out("clip", types.INTEGER, 5, 8, 2) == 8


def test_casts_give_the_nearest_double() -> None:
    assert worked_out("to_number", types.NUMBER, 2**53 + 1) == float(2**53)
    assert worked_out("to_number", types.NUMBER, Decimal("0.1")) == 0.1


def test_the_square_root_of_a_negative_number_is_missing() -> None:
    assert worked_out("sqrt", types.NUMBER, -1.0) is None
    assert worked_out("sqrt", types.NUMBER, 9.0) == 3.0
