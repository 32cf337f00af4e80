from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from segrules.backends.scalar.interpreter import Interpreter
from segrules.backends.scalar.reasons import render
from segrules.language import types
from segrules.language.types import Type
from segrules.language.values import Duration, Value
from segrules.meaning.decisions import Certainty, Outcome
from segrules.meaning.tables import RowAt, Tables
from segrules.program.nodes import Answers, Expression, Field, Step
from segrules.program.program import HitPolicy, Hole, Program, Segmentation
from segrules.program.sensitivity import NOTHING_SENSITIVE
from tests.support.programs import (
    AS_OF,
    SPAN,
    aggregate,
    call,
    computed,
    constant,
    field,
    parameter,
    program,
    reference,
    relation,
    rule,
    segmentation,
    table,
)

CUSTOMERS = table(
    "customers", ["id"],
    {"id": types.STRING, "score": types.INTEGER, "age": types.INTEGER, "country_code": types.STRING},
    relation("country", "countries", "country_code"),
)  # fmt: skip
COUNTRIES = table("countries", ["code"], {"code": types.STRING, "vat": types.NUMBER})
ORDERS = table(
    "orders", [], {"customer_id": types.STRING, "day": types.DATE, "amount": types.INTEGER},
    relation("customer", "customers", "customer_id"),
)  # fmt: skip
BELOW = Step("orders", "customer")
SCORE, AGE = field("score", types.INTEGER), field("age", types.INTEGER)
AMOUNT = field("amount", types.INTEGER, table="orders", child=True)
HERE = RowAt("customers", 0)


def interpreter(rows: Mapping[str, Sequence[Mapping[str, Value]]], **definitions: Any) -> Interpreter:
    found = program([CUSTOMERS, COUNTRIES, ORDERS], **definitions)
    return Interpreter(found, AS_OF, Tables(found, rows))


def customer(**values: Value) -> dict[str, list[dict[str, Value]]]:
    return {"customers": [{"id": "c1", **values}]}


def orders(*amounts: Value) -> dict[str, list[dict[str, Value]]]:
    rows: list[dict[str, Value]] = [{"customer_id": "c1", "amount": amount} for amount in amounts]
    return {"orders": rows}


# Values


def test_a_path_that_finds_no_row_gives_missing() -> None:
    vat = field("vat", types.NUMBER, "country", table="countries")
    countries: dict[str, list[dict[str, Value]]] = {"countries": [{"code": "DE", "vat": 0.19}]}
    found = [interpreter(customer(country_code=code) | countries).evaluate(vat, HERE) for code in ("DE", "XX", None)]
    assert found == [0.19, None, None]


def test_inside_an_aggregate_both_rows_are_read() -> None:
    where = call(">", AMOUNT, SCORE)
    total = aggregate("sum", AMOUNT, types.INTEGER, BELOW, where=where)
    known = interpreter(customer(score=2) | orders(1, 3, None, 4), metrics=[computed("total", total)])
    assert known.value("customers", 0, "total") == 7


def test_a_row_that_where_does_not_decide_is_passed_over() -> None:
    count = aggregate("count", None, types.INTEGER, BELOW, where=call(">", AMOUNT, 2))
    assert interpreter(customer() | orders(3, None, 1)).evaluate(count, HERE) == 1


def test_no_rows_are_those_that_where_leaves() -> None:
    def total(where: Expression) -> Value:
        node = aggregate("sum", AMOUNT, types.INTEGER, BELOW, where=where)
        return interpreter(customer() | orders(None, None)).evaluate(node, HERE)

    assert total(call("is_missing", AMOUNT)) is None
    assert total(call("is_present", AMOUNT)) == 0


def test_references_are_parameters_and_as_of() -> None:
    recent = call("in_last", field("day", types.DATE, table="orders"), reference("as_of", types.DATE),
                  reference("window", types.DURATION))  # fmt: skip
    rows: dict[str, list[dict[str, Value]]] = {"orders": [{"day": date(2026, 5, 31)}, {"day": date(2026, 5, 30)}]}
    known = interpreter(rows, parameters=[parameter("window", Duration(months=1))])
    assert [known.evaluate(recent, RowAt("orders", index)) for index in (0, 1)] == [True, False]


def test_a_derived_column_reads_a_metric_of_the_row_above() -> None:
    total = computed("total", aggregate("sum", AMOUNT, types.INTEGER, BELOW))
    own = field("amount", types.INTEGER, table="orders")
    above = field("total", types.INTEGER, "customer", table="customers")
    rest = computed("rest", call("-", above, own, kind=types.INTEGER), of="orders")
    known = interpreter(customer() | orders(1, 3), metrics=[total], derived=[rest])
    assert [known.value("orders", index, "rest") for index in (0, 1)] == [3, 1]


# Segmentations that read segmentations

TIER = segmentation(
    "tier", HitPolicy.FIRST,
    [rule("gold", call(">", SCORE, 10)), rule("silver", call(">", AGE, 5))],
    default=("basic",), segments=("basic", "silver", "gold"), ordered=True,
)  # fmt: skip
TAGS = segmentation("tags", HitPolicy.COLLECT, [rule("hot", call(">", SCORE, 10)), rule("old", call(">", AGE, 60))])


def read(of: Segmentation) -> Field:
    segments = Type(types.STRING.kind, values=of.segments, ordered=of.ordered)
    return field(of.name, types.list_of(segments) if of.hit_policy is HitPolicy.COLLECT else segments)


def over(of: Segmentation, function: str, *others: Value | Expression, last: bool = False) -> Answers:
    segments = Type(types.STRING.kind, values=of.segments, ordered=of.ordered)
    written = [constant(one, segments) if isinstance(one, str) else one for one in others]
    arguments = (*written, read(of)) if last else (read(of), *written)
    return Answers(read(of), call(function, *arguments), types.BOOLEAN, SPAN)


@pytest.mark.parametrize(
    ("comparison", "score", "age", "expected"),
    [
        (over(TIER, "=", "gold"), 11, None, True),
        (over(TIER, "=", "gold"), None, 1, None),
        (over(TIER, "=", "silver"), 1, 6, True),
        (over(TIER, "!=", "silver"), None, 1, True),
        (over(TIER, ">=", "silver"), None, 6, True),
        (over(TIER, ">=", "silver"), None, None, None),
        (over(TIER, ">=", "basic"), None, None, True),
        (over(TIER, "<=", "gold", last=True), None, 1, None),
        (over(TIER, "in", "basic", "gold"), None, 1, True),
        (over(TIER, "between", "silver", "gold"), 1, 1, False),
        (over(TAGS, "in_list", "hot", last=True), 11, None, True),
        (over(TAGS, "in_list", "old", last=True), 11, None, None),
        (over(TAGS, "in_list", "old", last=True), None, 1, False),
    ],
)
def test_a_comparison_is_known_when_all_possible_answers_agree(
    comparison: Answers, score: Value, age: Value, expected: bool | None
) -> None:
    known = interpreter(customer(score=score, age=age), segmentations=[TIER, TAGS])
    assert known.evaluate(comparison, HERE) is expected


NOBODY = segmentation(
    "nobody", HitPolicy.FIRST, [rule("a", False), rule("b", False)], segments=("b", "a"), ordered=True
)
CLASH = segmentation("clash", HitPolicy.UNIQUE, [rule("a", True), rule("b", True)], segments=("b", "a"), ordered=True)


@pytest.mark.parametrize("of", [NOBODY, CLASH], ids=lambda of: of.name)
def test_no_segment_and_a_conflict_equal_nothing_and_stand_below_all(of: Segmentation) -> None:
    known = interpreter(customer(), segmentations=[NOBODY, CLASH])
    comparisons = {
        over(of, "=", "b"): False, over(of, "!=", "b"): True, over(of, "in", "a", "b"): False,
        over(of, "<", "b"): True, over(of, "<=", "b"): True, over(of, ">", "b"): False, over(of, ">=", "b"): False,
        over(of, "between", "b", "a"): False,
        over(of, ">", "b", last=True): True, over(of, "<=", "b", last=True): False,
        over(of, "=", field("country_code", types.STRING)): None,
    }  # fmt: skip
    assert {one: known.evaluate(one, HERE) for one in comparisons} == comparisons


def test_two_segmentations_are_compared_over_the_answers_of_both() -> None:
    other = segmentation("other", HitPolicy.FIRST, [rule("gold", call(">", AGE, 5))], default=("basic",))
    compared = Answers(read(other), over(TIER, "=", read(other)), types.BOOLEAN, SPAN)

    def same(score: Value, age: Value) -> Value:
        return interpreter(customer(score=score, age=age), segmentations=[TIER, other]).evaluate(compared, HERE)

    assert [same(11, 6), same(1, 6), same(11, None), same(1, 1)] == [True, False, None, True]
    nothing = Answers(read(NOBODY), over(CLASH, "=", read(NOBODY)), types.BOOLEAN, SPAN)
    assert interpreter(customer(), segmentations=[NOBODY, CLASH]).evaluate(nothing, HERE) is False


def test_a_segmentation_of_a_row_that_is_not_there_is_unknown() -> None:
    field_above = field("tier", types.STRING, "customer", table="customers")
    comparison = Answers(field_above, call("=", field_above, "gold"), types.BOOLEAN, SPAN)
    rows: dict[str, list[dict[str, Value]]] = {"orders": [{"customer_id": "c1"}, {"customer_id": "c2"}]}
    known = interpreter(rows | customer(score=11), segmentations=[TIER])
    assert [known.evaluate(comparison, RowAt("orders", index)) for index in (0, 1)] == [True, None]


def test_elsewhere_a_segmentation_is_what_was_assigned() -> None:
    known = interpreter(customer(score=None, age=6), segmentations=[TIER, TAGS, NOBODY])
    assert known.value("customers", 0, "tier") == "silver"
    assert known.value("customers", 0, "tags") == ()
    assert known.evaluate(call("is_missing", read(NOBODY)), HERE) is True
    assert known.evaluate(call("is_missing", read(TIER)), HERE) is False


def test_uncertainty_travels() -> None:
    offer = segmentation("offer", HitPolicy.FIRST, [rule("yes", over(TIER, "=", "gold"))], default=("no",))
    decision = interpreter(customer(age=6), segmentations=[TIER, offer]).decide("offer", HERE)
    assert (decision.segment, decision.certainty, decision.possible) == ("no", Certainty.PROVISIONAL, ("yes", "no"))
    assert decision.missing == ("score",)


def test_a_rule_out_of_force_does_not_exist() -> None:
    before = date(2026, 6, 29)
    rules = [rule("old", True, valid_until=before), rule("new", True, valid_from=AS_OF, valid_until=AS_OF)]
    found = segmentation("s", HitPolicy.FIRST, rules)
    decision = interpreter(customer(), segmentations=[found]).decide("s", HERE)
    assert decision.segment == "new"
    assert [tried.outcome for tried in decision.outcomes] == [Outcome.NOT_IN_FORCE, Outcome.MATCHED]


# What is missing

MEAN = aggregate("mean", AMOUNT, types.NUMBER, BELOW)
VAT = field("vat", types.NUMBER, "country", table="countries")
HALF = call(
    "/", call("to_number", SCORE, kind=types.NUMBER), call("to_number", AGE, kind=types.NUMBER), kind=types.NUMBER
)


@pytest.mark.parametrize(
    ("when", "values", "missing"),
    [
        (call(">", SCORE, AGE), {"age": 1}, ("score",)),
        (call(">", SCORE, AGE), {}, ("age", "score")),
        (call("or", call(">", SCORE, 1), call(">", AGE, 1)), {"age": 1}, ("score",)),
        (call("not", call(">", AGE, 1)), {}, ("age",)),
        (call(">", HALF, 1.5), {"score": 3, "age": 0}, ("score / age",)),
        (call(">", MEAN, 1.5), {}, ("mean(orders.amount)",)),
        (call(">", VAT, 0.1), {}, ("country_code",)),
        (call(">", VAT, 0.1), {"country_code": "XX"}, ("country",)),
        (call(">", VAT, 0.1), {"country_code": "DE"}, ("countries.vat",)),
        (call(">", field("twice", types.INTEGER), 1), {}, ("score",)),
        (call(">", call("if", call(">", AGE, 1), SCORE, 1, kind=types.INTEGER), 1), {}, ("age",)),
        (call(">", call("if", call(">", AGE, 1), SCORE, 1, kind=types.INTEGER), 1), {"age": 2}, ("score",)),
        (call(">", call("coalesce", SCORE, AGE, kind=types.INTEGER), 1), {}, ("age", "score")),
        (call("in", SCORE, AGE, 1), {"score": 2}, ("age",)),
        (over(TIER, "=", "gold"), {"age": 1}, ("score",)),
        (over(TIER, "=", "gold"), {}, ("age", "score")),
        (over(TIER, "=", field("country_code", types.STRING)), {"score": 11}, ("country_code",)),
        (call("=", call("length", read(NOBODY), kind=types.INTEGER), 1), {}, ("nobody",)),
    ],
)  # fmt: skip
def test_a_decision_names_what_it_lacks(when: Expression, values: dict[str, Value], missing: tuple[str, ...]) -> None:
    twice = computed("twice", call("+", SCORE, SCORE, kind=types.INTEGER))
    found = segmentation("s", HitPolicy.FIRST, [rule("a", when)])
    countries: dict[str, list[dict[str, Value]]] = {"countries": [{"code": "DE"}]}
    known = interpreter(customer(**values) | countries, metrics=[twice], segmentations=[TIER, NOBODY, found])
    assert known.decide("s", HERE).missing == missing


def test_a_rule_that_does_not_matter_lacks_nothing() -> None:
    found = segmentation("s", HitPolicy.FIRST, [rule("a", call(">", AGE, 1)), rule("b", call(">", SCORE, 1))])
    decision = interpreter(customer(age=2), segmentations=[found]).decide("s", HERE)
    assert (decision.certainty, decision.missing) == (Certainty.CERTAIN, ())


# Reasons


def test_a_reason_shows_values_in_their_format() -> None:
    template = ("score ", Hole(SCORE, ",.1f"), ", age ", Hole(AGE, None), ", mean ", Hole(MEAN, ".1%"))
    known = interpreter(customer(score=1234) | orders(1, 2))
    assert render(known, template, HERE, NOTHING_SENSITIVE) == "score 1,234.0, age missing, mean 150.0%"


def test_values_are_worked_out_once() -> None:
    """A chain in which each definition reads the one before twice would otherwise take 2^60 steps."""
    chain = [computed("x0", SCORE)]
    for number in range(1, 61):
        before = field(f"x{number - 1}", types.INTEGER)
        chain.append(computed(f"x{number}", call("max", before, before, kind=types.INTEGER)))
    found: Program = program([CUSTOMERS], metrics=chain)
    known = Interpreter(found, AS_OF, Tables(found, customer(score=7)))
    assert known.value("customers", 0, "x60") == 7
