"""Every expression of a program is told of, once, with what it is there for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from segrules.program.expressions import expressions, expressions_of
from segrules.program.nodes import Expression
from segrules.program.program import Program
from tests.support.rulesets import program_of

PROGRAM = program_of("""
    entity: shops
    tables:
      shops:
        key: id
        where: size > 0
        columns:
          id: string
          size: {type: integer, min: 1 + 1, max: 90, actionable: {min: 3, max: 80}}
          region: string
        derived: {twice: 2 * size}
      sales:
        belongs_to: {shop: {table: shops, by: shop_id}}
        columns: {shop_id: string, net: integer}
        derived: {gross: net + 1}
    metrics: {sold: sum(sales.net)}
    scorecards:
      health:
        terms:
          part: {points: 40, value: sold, target: 50}
          steps: {bands: {of: size, points: {5: 10, 6: 20}}}
          whole: {points: 30, when: size > 7}
        floors: part >= 8
    segmentations:
      tier:
        hit_policy: first
        rules:
          - {segment: gold, when: size > 10, because: "{size} of {sold}", valid: {until: 2024-12-31}}
          - {segment: silver, when: size > 11}
    groups: {fees: {stacking: capped_sum, cap: 70}}
    suppress: size = 12
    treatments:
      - treatment: fee
        kind: incentive
        group: fees
        when: size > 13
        amount: {value: size + 14}
        attributes: {text: "{size + 15}!", days: 16}
        budget: {total: 17, per: region, rank_by: -size}
        limit: {count: {north: 18}, per: region}
        holdout: 19%
        valid: {from: 2025-01-01}
      - {treatment: call, kind: support, when: size > 20}
""")
OPTIMISED = program_of("""
    entity: shops
    tables:
      shops: {key: id, columns: {id: string, size: integer}}
    allocation: optimise
    treatments:
      - {treatment: fee, kind: incentive, when: size > 1, value: size * 2, limit: {count: 3}}
""")


def told(program: Program, day: date | None = None) -> list[str]:
    return [
        f"{one.role} of {one.table}: {one.expression.span.text}"
        for one in expressions(program)
        if day is None or one.in_force(day)
    ]


def test_every_expression_is_told_in_order_with_its_role_and_its_table() -> None:
    assert told(PROGRAM) == [
        "where of shops: size > 0",
        "bound of shops: 1 + 1",
        "bound of shops: 90",
        "bound of shops: 3",
        "bound of shops: 80",
        "value of shops: 2 * size",
        "value of sales: net + 1",
        "value of shops: sum(sales.net)",
        "value of shops: part",
        "value of shops: steps",
        "value of shops: whole",
        "value of shops: health",
        "value of shops: part >= 8",
        "term of shops: part >= 8",
        "term of shops: 40",
        "term of shops: sold",
        "term of shops: 50",
        "term of shops: size",
        "term of shops: 5",
        "term of shops: 10",
        "term of shops: 6",
        "term of shops: 20",
        "term of shops: 30",
        "term of shops: size > 7",
        "condition of shops: size > 10",
        "reason of shops: size",
        "reason of shops: sold",
        "condition of shops: size > 11",
        "condition of shops: size = 12",
        "grant of shops: 70",
        "condition of shops: size > 13",
        "grant of shops: size + 14",
        "grant of shops: size + 15",
        "grant of shops: 16",
        "grant of shops: -size",
        "grant of shops: 17",
        "grant of shops: 18",
        "grant of shops: 19%",
        "grant of shops: region",
        "grant of shops: region",
        "condition of shops: size > 20",
    ]


def test_rules_and_treatments_tell_whether_they_are_in_force() -> None:
    past = [text for text in told(PROGRAM) if text not in told(PROGRAM, date(2026, 6, 30))]
    assert past == ["condition of shops: size > 10", "reason of shops: size", "reason of shops: sold"]
    future = [text for text in told(PROGRAM) if text not in told(PROGRAM, date(2024, 6, 30))]
    assert (future[0], future[-1]) == ("condition of shops: size > 13", "grant of shops: region")


@pytest.mark.parametrize("program", [PROGRAM, OPTIMISED])
def test_no_expression_of_a_program_is_left_out(program: Program) -> None:
    assert {id(one.expression) for one in expressions(program)} == {id(one) for one in held(program)}


def held(value: object) -> Iterator[Expression]:
    """The expressions that stand anywhere in a program, whatever holds them."""
    if isinstance(value, Expression):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from held(part)
    elif is_dataclass(value):
        for one in fields(value):
            yield from held(getattr(value, one.name))


def test_a_column_and_a_treatment_tell_their_own() -> None:
    tier = expressions_of(PROGRAM.segmentation("tier"))
    assert [one.span.text for one in tier] == ["size > 10", "size", "sold", "size > 11"]
    assert [one.span.text for one in expressions_of(PROGRAM.metrics[0])] == ["sum(sales.net)"]
    assert [one.span.text for one in expressions_of(PROGRAM.treatment("call"))] == ["size > 20"]
    assert list(expressions_of(None)) == []
