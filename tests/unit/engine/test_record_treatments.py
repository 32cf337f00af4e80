"""The treatments of one record: what is its own business is decided, what all rows share is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from segrules.engine.ruleset import Ruleset, load
from segrules.errors import InputInvalid

AS_OF = date(2026, 6, 30)
TEXT = """
segrules: 1
ruleset: example
entity: partners
tables:
  partners: {key: id, columns: {id: string, revenue: decimal(2), csat: {type: number, optional: true}, out: boolean}}
parameters: {share: 10%, total: 500, months: 12}
suppress: out
groups: {pricing: {stacking: first}}
treatments:
  - {treatment: rebate, kind: pricing, when: true, group: pricing, amount: {value: share * revenue, unit: USD}}
  - {treatment: discount, kind: pricing, when: true, group: pricing}
  - treatment: fund
    kind: marketing_support
    when: revenue >= 1_000
    amount: {value: 5% * revenue, unit: USD}
    budget: {total: total / months, rank_by: revenue}
    attributes: {text: "{revenue:,.0f} USD", goal: "{2 * revenue}"}
  - {treatment: report, kind: support, when: true, requires: fund}
  - {treatment: letter, kind: communication, when: csat < 3}
  - {treatment: control, kind: communication, when: true, holdout: 100%}
"""


@pytest.fixture
def ruleset(tmp_path: Path) -> Ruleset:
    (tmp_path / "ruleset.yaml").write_text(TEXT, "utf-8")
    return load(tmp_path)


def test_what_is_shared_out_is_left_at_eligible(ruleset: Ruleset) -> None:
    found = ruleset.decide({"id": "P1", "revenue": "2000.00", "out": False}, as_of=AS_OF).treatments
    assert {name: one.status for name, one in found.items()} == {
        "rebate": "granted",
        "discount": "outranked",
        "fund": "eligible",
        "report": "eligible",
        "letter": "unknown",
        "control": "held_out",
    }
    assert found["fund"].amount == Decimal("100.00")
    assert found["fund"].attributes == {"text": "2,000 USD", "goal": Decimal("4000.00")}
    assert found["fund"].reason == "its budget is shared out among all rows"
    assert found["report"].reason == "hangs on what it requires, which is settled among all rows"
    assert found["letter"].reason == "not known: csat"
    assert (found["rebate"].amount, found["rebate"].unit) == (Decimal("200.00"), "USD")
    assert (found["discount"].amount, found["discount"].reason) == (None, "`rebate` comes first in `pricing`")


def test_who_is_suppressed_has_no_treatments(ruleset: Ruleset) -> None:
    assert ruleset.decide({"id": "P1", "revenue": "2000.00", "out": True}, as_of=AS_OF).treatments == {}


@pytest.mark.parametrize(
    ("parameter", "value", "said"),
    [
        ("months", 0, "`total` is a number that is not below 0"),
        ("total", -1, "`total` is a number that is not below 0"),
    ],
)
def test_what_parameters_make_of_a_total_is_looked_at(ruleset: Ruleset, parameter: str, value: int, said: str) -> None:
    with pytest.raises(InputInvalid) as refused:
        ruleset.evaluate({"partners": []}, as_of=AS_OF, parameters={parameter: value})
    [found] = refused.value.diagnostics
    assert (found.code.number, found.message) == ("SR356", said)


CHOSEN = """
segrules: 1
ruleset: example
entity: partners
allocation: optimise
tables: {partners: {key: id, columns: {id: string, asks: decimal(2)}}}
groups: {offers: {stacking: best}}
treatments:
  - {treatment: fund, kind: support, when: true, group: offers, amount: {value: asks}, value: asks, budget: {total: 9}}
  - {treatment: call, kind: support, when: true, group: offers, value: 2}
  - {treatment: report, kind: support, when: true, requires: call}
  - {treatment: letter, kind: communication, when: true}
"""


def test_what_is_chosen_among_all_rows_is_left_at_eligible(tmp_path: Path) -> None:
    (tmp_path / "ruleset.yaml").write_text(CHOSEN, "utf-8")
    found = load(tmp_path).decide({"id": "P1", "asks": "5.00"}, as_of=AS_OF).treatments
    chosen = "who gets it is chosen among all rows, for the highest total value"
    assert {name: (one.status, one.reason) for name, one in found.items()} == {
        "fund": ("eligible", chosen),
        "call": ("eligible", chosen),
        "report": ("eligible", "hangs on what it requires, which is settled among all rows"),
        "letter": ("granted", "true"),
    }
    assert found["fund"].amount == Decimal("5.00")
