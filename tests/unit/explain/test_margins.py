"""How far a condition is from being true, as people read it."""

from __future__ import annotations

from datetime import date

from segrules.engine.ruleset import Ruleset
from tests.properties.answers import loaded_text

RULESET = """
segrules: 1
ruleset: margins
entity: partners
tables:
  partners: {key: id, columns: {id: string, now: integer, before: integer}}
metrics:
  growth: now / before - 1
segmentations:
  tier:
    hit_policy: first
    rules:
      - {segment: gold, when: growth >= 20%}
"""


def told(ruleset: Ruleset, now: int) -> str:
    rows = [{"id": "A", "now": now, "before": 50_000}]
    text = ruleset.evaluate({"partners": rows}, as_of=date(2026, 6, 30)).explain("A").text()
    return next(line.strip() for line in text.splitlines() if line.strip().startswith("failed gold"))


def test_a_margin_that_is_too_small_to_be_shown_is_not_nothing() -> None:
    assert told(loaded_text(RULESET), 60_000).startswith(
        "failed gold: growth is 20%, less than 0.01 percentage points short of 20%"
    )


def test_another_is_shown_with_its_places() -> None:
    assert told(loaded_text(RULESET), 55_000).startswith(
        "failed gold: growth is 10%, 10 percentage points short of 20%"
    )
