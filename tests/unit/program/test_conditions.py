from __future__ import annotations

from dataclasses import replace

from segrules.diagnostics.source import Source
from segrules.language import types
from segrules.program.conditions import conditions
from segrules.program.nodes import Answers
from segrules.program.printer import print_expression
from segrules.program.program import HitPolicy
from tests.support.programs import SPAN, call, field, program, rule, segmentation, table

X, Y = field("x", types.INTEGER), field("y", types.INTEGER)
ELSEWHERE = Source("ruleset.yaml", "x > 1").span(0, 5)


def test_each_condition_is_numbered_once_in_order_of_appearance() -> None:
    first, second, third = call(">", X, 1), call(">", Y, 2), call("is_missing", X)
    tier = field("tier", types.STRING)
    reads = Answers(tier, call("=", tier, "a"), types.BOOLEAN, SPAN)
    rules = [
        rule("a", call("and", second, call("not", call("or", first, third)))),
        rule("b", call("at_least", 2, replace(first, span=ELSEWHERE), call("if", first, second, third), second)),
    ]
    found = program(
        [table("t", ["x"], {"x": types.INTEGER, "y": types.INTEGER})],
        segmentations=[
            segmentation("tier", HitPolicy.FIRST, rules),
            segmentation("s", HitPolicy.ANY, [rule("c", third), rule("d", call("not", reads))]),
        ],
    )
    numbered = [(one.number, print_expression(one.expression)) for one in conditions(found)]
    assert numbered == [
        (1, "y > 2"),
        (2, "x > 1"),
        (3, "x is missing"),
        (4, "if x > 1 then y > 2 else x is missing"),
        (5, "tier = 'a'"),
    ]
