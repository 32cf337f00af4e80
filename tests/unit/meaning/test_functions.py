from __future__ import annotations

from datetime import date, datetime

import pytest

from segrules.language import types
from segrules.language.functions import aggregates, functions
from segrules.language.types import Type
from segrules.language.values import Duration, Value
from segrules.meaning.aggregates import AGGREGATES
from segrules.meaning.functions import MEANINGS
from tests.support.programs import call

CORE = frozenset(
    "and or not at_least = != < <= > >= between in in_list contains_text starts_with ends_with like is_missing "
    "is_present if in_last in_next + - * / negate to_number to_decimal to_date to_amount to_worth add_duration "
    "subtract_duration".split()
)
LEVELS = Type(types.STRING.kind, values=("low", "mid", "high"), ordered=True)


def meaning(function: str, *values: Value, of: Type = types.STRING) -> Value:
    node = call(function, *values)
    arguments = tuple(call("is_missing", value, kind=of) for value in values)
    return MEANINGS[function](type(node)(function, arguments, types.BOOLEAN, node.span), values)


def test_every_function_and_every_core_call_has_a_meaning_and_nothing_else_has() -> None:
    assert set(MEANINGS) == CORE | set(functions())


def test_every_aggregate_has_a_meaning_and_nothing_else_has() -> None:
    assert set(AGGREGATES) == set(aggregates())


STRICT = sorted(
    set(MEANINGS) - {"and", "or", "at_least", "in", "in_list", "is_missing", "is_present", "coalesce", "if"}
)
FURTHER: dict[str, tuple[Value, ...]] = {
    name: values
    for names, values in [
        ("= != < <= > >= + - * / min max", (1,)),
        ("between clip", (1, 2)),
        ("in_last in_next", (date(2026, 1, 1), Duration(months=1))),
        ("add_duration subtract_duration", (Duration(months=1),)),
        ("days_between months_between", (date(2026, 1, 1),)),
        ("contains_text starts_with ends_with like", ("a",)),
    ]
    for name in names.split()
}


@pytest.mark.parametrize("function", STRICT)
def test_a_function_of_missing_is_missing(function: str) -> None:
    assert meaning(function, None, *FURTHER.get(function, ())) is None


def test_an_option_that_is_missing_leaves_in_open_unless_another_is_found() -> None:
    assert meaning("in", 1, 2, 1) is True
    assert meaning("in", 1, 2, 3) is False
    assert meaning("in", 1, 2, None) is None
    assert meaning("in", 1, 1, None) is True
    assert meaning("in", None, 1) is None


def test_a_list_with_a_missing_member_contains_a_value_or_perhaps() -> None:
    assert meaning("in_list", "a", ("a", None)) is True
    assert meaning("in_list", "b", ("a", None)) is None
    assert meaning("in_list", "b", ("a",)) is False
    assert meaning("in_list", "b", ()) is False
    assert meaning("in_list", None, ("a",)) is None
    assert meaning("in_list", None, ()) is False
    assert meaning("in_list", "a", None) is None


def test_ordered_texts_are_compared_by_their_place() -> None:
    assert meaning("<", "mid", "high", of=LEVELS) is True
    assert meaning(">=", "low", "mid", of=LEVELS) is False
    assert meaning("between", "mid", "low", "high", of=LEVELS) is True


def test_between_is_decided_by_one_end_that_fails() -> None:
    assert meaning("between", 5, None, 4) is False
    assert meaning("between", 5, None, 6) is None


def test_texts_are_looked_through_by_code_point() -> None:
    assert meaning("contains_text", "Straße", "raß") is True
    assert meaning("starts_with", "Acme", "ac") is False
    assert meaning("ends_with", "Acme", "me") is True
    assert meaning("trim", "\t a\u00a0 \n") == "a\u00a0"
    assert meaning("length", "Zoë") == 3
    assert meaning("length", ("a", None)) == 2


def test_an_unknown_condition_gives_no_branch() -> None:
    assert meaning("if", True, 1, 2) == 1
    assert meaning("if", False, 1, None) is None
    assert meaning("if", None, 1, 1) is None


def test_coalesce_takes_the_first_that_is_present() -> None:
    assert meaning("coalesce", None, False, True) is False
    assert meaning("coalesce", None, None) is None


@pytest.mark.parametrize(
    ("function", "moment", "part"),
    [
        ("year", date(2026, 1, 31), 2026),
        ("quarter", date(2026, 5, 1), 2),
        ("month", datetime.fromisoformat("2026-01-31T23:59"), 1),
        ("day", date(2026, 1, 31), 31),
        ("weekday", date(2026, 1, 31), 6),
        ("weekday", date(2026, 2, 1), 7),
        ("date", datetime.fromisoformat("2026-01-31T23:59"), date(2026, 1, 31)),
        ("to_date", datetime.fromisoformat("2026-01-31T23:59"), date(2026, 1, 31)),
    ],
)
def test_parts_of_a_date(function: str, moment: date, part: Value) -> None:
    assert meaning(function, moment) == part
