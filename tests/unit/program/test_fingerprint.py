from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from segrules.language import types
from segrules.program.canonical import print_program
from segrules.program.fingerprint import ruleset_hash
from segrules.program.nodes import Step
from segrules.program.program import FileFormat, HitPolicy, Hole, Program
from tests.support.programs import (
    aggregate,
    call,
    computed,
    constant,
    field,
    parameter,
    program,
    relation,
    rule,
    segmentation,
    table,
)

BELOW = Step("deals", "partner")
SCORE = field("score", types.INTEGER)
PARTNERS = table("partners", ["id"], {"id": types.STRING, "score": types.INTEGER})
DEALS = table(
    "deals", [], {"id": types.STRING, "net": types.decimal(2)}, relation("partner", "partners", "id", down="deals"),
    where=call(">", field("net", types.decimal(2), table="deals"), Decimal("0.00")),
)  # fmt: skip
GOLD = rule("gold", call(">", SCORE, 5), because=("score ", Hole(SCORE, ",")))
TIER = segmentation("tier", HitPolicy.FIRST, [GOLD], default=("basic",))
REVENUE = aggregate("sum", field("net", types.decimal(2), table="deals", child=True), types.decimal(2), BELOW)
WHOLE = program(
    [PARTNERS, DEALS], parameters=[parameter("limit", 5)], metrics=[computed("revenue", REVENUE, of="partners")],
    segmentations=[TIER],
)  # fmt: skip


def with_column(**changes: Any) -> Program:
    column = replace(PARTNERS.columns[1], **changes)
    return replace(WHOLE, tables=(replace(PARTNERS, columns=(PARTNERS.columns[0], column)), DEALS))


def with_rule(**changes: Any) -> Program:
    return replace(WHOLE, segmentations=(replace(TIER, rules=(replace(TIER.rules[0], **changes),)),))


def with_deals(**changes: Any) -> Program:
    return replace(WHOLE, tables=(PARTNERS, replace(DEALS, **changes)))


def with_tier(**changes: Any) -> Program:
    return replace(WHOLE, segmentations=(replace(TIER, **changes),))


OTHERS: dict[str, Callable[[], Program]] = {
    "the ruleset's name": lambda: replace(WHOLE, ruleset="other"),
    "the time zone": lambda: replace(WHOLE, timezone="Europe/Berlin"),
    "a parameter": lambda: replace(WHOLE, parameters=(parameter("limit", 6),)),
    "a parameter's type": lambda: replace(WHOLE, parameters=(parameter("limit", 5.0),)),
    "a column's type": lambda: with_column(type=types.NUMBER),
    "whether a column is optional": lambda: with_column(type=types.INTEGER.present()),
    "a minimum": lambda: with_column(minimum=constant(0)),
    "a header": lambda: with_column(header="Score"),
    "uniqueness": lambda: with_column(unique=True),
    "spellings of missing": lambda: with_column(missing=("n/a",)),
    "a belongs_to": lambda: with_deals(relations=(replace(DEALS.relations[0], required=True),)),
    "a where": lambda: with_deals(where=None),
    "how a file is read": lambda: with_deals(source=FileFormat(separator=";")),
    "a metric": lambda: replace(WHOLE, metrics=(replace(WHOLE.metrics[0], name="turnover"),)),
    "a constant": lambda: with_rule(when=call(">", SCORE, 6)),
    "a cast": lambda: with_rule(when=call(">", call("to_decimal", SCORE, kind=types.decimal(1)), Decimal("5.0"))),
    "the places of a cast": lambda: with_rule(
        when=call(">", call("to_decimal", SCORE, kind=types.decimal(2)), Decimal("5.0"))
    ),
    "an id": lambda: with_rule(id="golden"),
    "a reason": lambda: with_rule(because=("score ", Hole(SCORE, None))),
    "a reason's text": lambda: with_rule(because=("score {score:,}",)),
    "a validity": lambda: with_rule(valid_from=date(2026, 1, 1)),
    "the other validity": lambda: with_rule(valid_until=date(2026, 1, 1)),
    "a hit policy": lambda: with_tier(hit_policy=HitPolicy.UNIQUE),
    "a default": lambda: with_tier(default=None),
    "an order of segments": lambda: with_tier(ordered=True),
}


@pytest.mark.parametrize("what", OTHERS)
def test_a_change_of_meaning_changes_the_hash(what: str) -> None:
    hashes = {ruleset_hash(WHOLE), *(ruleset_hash(OTHERS[name]()) for name in OTHERS if name != what)}
    assert ruleset_hash(OTHERS[what]()) not in hashes


SAME: dict[str, Callable[[], Program]] = {
    "a title": lambda: replace(WHOLE, title="Title", objective="Objective", owner="owner"),
    "a column's title": lambda: with_column(title="Score"),
    "the sample file": lambda: with_deals(source=FileFormat(file="deals.csv")),
    "the order of tables": lambda: replace(WHOLE, tables=(DEALS, PARTNERS)),
    "the order of columns": lambda: with_deals(columns=DEALS.columns[::-1]),
    "a metric's title": lambda: replace(WHOLE, metrics=(replace(WHOLE.metrics[0], title="Revenue"),)),
}


@pytest.mark.parametrize("what", SAME)
def test_what_does_not_change_the_meaning_does_not_change_the_hash(what: str) -> None:
    assert ruleset_hash(SAME[what]()) == ruleset_hash(WHOLE)


def test_the_canonical_text_has_a_declaration_a_line() -> None:
    assert (
        print_program(WHOLE)
        == """\
ruleset "test" entity=partners timezone="UTC"
table deals where=>(row.net,0:decimal(2))
column deals.id type=string/optional header="id"
column deals.net type=decimal(2)/optional header="net"
belongs_to deals.partner table=partners by=id down=deals
table partners key=id
column partners.id type=string/optional header="id"
column partners.score type=integer/optional header="score"
parameter limit type=integer/optional value=5
metric partners.revenue value=sum[deals.partner](child.net,,)
segmentation tier hit_policy=first segments=["gold","basic"] default=["basic"]
rule tier."gold" segment="gold" when=>(row.score,5:integer) because="score "{row.score:,}
"""
    )
