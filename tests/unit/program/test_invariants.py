from __future__ import annotations

from dataclasses import replace

import pytest

from segrules.language import types
from segrules.program.invariants import check_invariants
from segrules.program.nodes import Expression, Step
from segrules.program.program import HitPolicy
from tests.support.programs import (
    aggregate,
    call,
    computed,
    constant,
    field,
    program,
    relation,
    rule,
    segmentation,
    table,
)

PARTNERS = table("partners", ["id"], {"id": types.STRING, "score": types.INTEGER})
DEALS = table("deals", [], {"id": types.STRING, "net": types.INTEGER}, relation("partner", "partners", "id"))
SCORE = field("score", types.INTEGER, table="partners")
NET = field("net", types.INTEGER, table="deals", child=True)


def of(value: Expression) -> None:
    found = program(
        [PARTNERS, DEALS], metrics=[computed("m", value, of="partners")],
        segmentations=[segmentation("s", HitPolicy.FIRST, [rule("a", call(">", field("m", value.type, table="partners"),
                                                                            constant(1, value.type)))])],
    )  # fmt: skip
    check_invariants(found)


def test_a_program_in_order_passes() -> None:
    of(aggregate("sum", NET, types.INTEGER, Step("deals", "partner"), where=call(">", NET, SCORE)))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (call("+", SCORE, 1.0, kind=types.NUMBER), "the arguments of `\\+`"),
        (field("scroe", types.INTEGER, table="partners"), "nothing is called `partners.scroe`"),
        (field("net", types.INTEGER, table="deals"), "the path to `deals.net`"),
        (NET, "outside any aggregate"),
        (constant(None, types.MISSING), "has no type"),
    ],
)
def test_what_the_checker_should_have_refused_is_named(value: Expression, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        of(value)


def test_an_order_that_reads_ahead_is_named() -> None:
    first, second = computed("a", SCORE, of="partners"), computed("b", field("a", types.INTEGER, table="partners"))
    found = program([PARTNERS], metrics=[first, replace(second, table="partners")])
    with pytest.raises(AssertionError, match="come no earlier"):
        check_invariants(replace(found, order=found.order[::-1]))
    with pytest.raises(AssertionError, match="the order names"):
        check_invariants(replace(found, order=found.order[:1]))
