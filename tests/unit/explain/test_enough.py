"""What would be enough: where the search stops, what it says of conditions out of its reach, and large numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from segrules.backends.scalar.interpreter import Interpreter
from segrules.explain.asking import why_not
from segrules.explain.changes import Changes, Goal, find_changes, movable
from segrules.explain.enough import Enough, what_would_be_enough
from segrules.explain.influence import Influence
from segrules.explain.row import trace_row
from segrules.explain.wanted import Wanted
from segrules.language.values import Value
from segrules.meaning.tables import RowAt, Tables
from segrules.program.program import Program
from segrules.program.sensitivity import NOTHING_SENSITIVE
from tests.support.rulesets import checked

ROW = RowAt("rows", 0)
START = """\
segrules: 1
ruleset: test
entity: rows
tables:
  rows:
    key: id
    belongs_to: {boss: {table: rows, by: boss_id, as: staff}}
    columns:
      id: string
      boss_id: {type: string, optional: true}
      n: {type: integer, actionable: true}
      m: {type: integer, actionable: {direction: up}}
      money: {type: decimal(2), actionable: true}
      x: {type: number, min: 0, actionable: {step: 0.1}}
      y: {type: integer, optional: true}
      level: {type: string, values: [low, mid, high], ordered: true, actionable: true}
  deals:
    belongs_to: {row: {table: rows, by: row_id}}
    columns: {row_id: string, amount: integer}
    derived: {weighted: amount * row.n}
"""
VALUES: dict[str, Value] = {
    "id": "a", "boss_id": "b", "n": 0, "m": 0, "money": Decimal("1.00"), "x": 0.3, "y": 1, "level": "low",
}  # fmt: skip
OTHER: dict[str, Value] = {**VALUES, "id": "b", "boss_id": None, "n": 5}
DEALS: list[Mapping[str, Value]] = [{"row_id": "a", "amount": 10}, {"row_id": "a", "amount": 20}]


def enough(further: str, segment: str = "yes", **values: Value) -> Enough:
    """What would be enough for the first row to get a segment of `tier`."""
    program = checked(START + further)
    rows: dict[str, list[Mapping[str, Value]]] = {"rows": [{**VALUES, **values}, OTHER], "deals": DEALS}
    known = Interpreter(program, date(2026, 6, 30), Tables(program, rows))
    search = partial(what_would_be_enough, known, ROW, NOTHING_SENSITIVE)
    answer = why_not(trace_row(known, ROW), [Wanted("tier", segment)], search)
    [miss] = answer.misses
    assert answer.text()
    assert miss.enough is not None
    return miss.enough


def when(condition: str) -> str:
    return f'segmentations:\n  tier:\n    hit_policy: first\n    rules: [{{segment: yes, when: "{condition}"}}]\n'


def sets(found: Enough) -> list[dict[str, Value]]:
    return [{change.column: change.value for change in one} for one in found.changes.sets]


def reasons(found: Enough) -> dict[str, str]:
    return {one.text: one.reason for one in found.beyond}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("n >= 1_000_000_007", [{"n": 1_000_000_007}]),
        ("money >= 1_000_000.01", [{"money": Decimal("1000000.01")}]),
        ("money * money > 2", [{"money": Decimal("1.42")}]),
        ("x >= 12.34", [{"x": 12.4}]),
        ("n * n = 49", [{"n": 7}]),
        ("2 * n + 3 * m between 1_000_000 and 1_000_001", [{"n": 500_000}]),
        ("level > 'low'", [{"level": "mid"}]),
        ("if level = 'high' then n >= 2 else false", [{"n": 2, "level": "high"}]),
        ("n / (m + 1) >= 3 and m >= 2", [{"n": 9, "m": 2}]),
        ("round(x) = 2", [{"x": 1.5}]),
        ("-n > 3", [{"n": -4}]),
        ("coalesce(y, n) = 1 and n > 3 and not (n > 4)", [{"n": 4}]),
    ],
)
def test_a_smallest_set_is_found_without_trying_everything(condition: str, expected: list[dict[str, Value]]) -> None:
    found = enough(when(condition))
    assert sets(found)[:1] == expected
    assert found.changes.is_complete


def test_fewer_columns_come_first_then_fewer_steps() -> None:
    found = enough(when("n >= 20 or m >= 10 or (x >= 0.4 and level = 'mid')"))
    assert sets(found) == [{"m": 10}, {"n": 20}, {"x": 0.4, "level": "mid"}]


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ("sum(deals.amount) > 100", "it comes from rows of deals"),
        ("y > 1", "y is not actionable"),
        ("boss.y > 1", "it comes from a row of rows"),
        ("rank(y over all) > 2", "it compares the row with all others"),
        ("m < 0", "no value that m may take would do"),
        ("as_of > 2030-01-01", "it is the same for every row"),
    ],
)
def test_what_is_out_of_reach_is_told_with_its_reason(condition: str, reason: str) -> None:
    found = enough(when(condition))
    assert sets(found) == []
    assert reason in reasons(found).values()


def test_aggregates_that_a_column_of_the_row_has_a_say_in_are_searched_one_by_one() -> None:
    assert sets(enough(when("sum(deals.weighted) > 100"))) == [{"n": 4}]
    assert sets(enough(when("count(deals where deals.amount < m) = 1"))) == [{"m": 11}]


def test_a_place_among_all_rows_moves_with_the_row_itself() -> None:
    assert sets(enough(when("rank(n descending over all) = 1"))) == [{"n": 5}]


def test_a_column_that_moves_what_others_are_compared_by_is_left_alone() -> None:
    found = enough(when("rank(boss.n over all) > 1 or rank(sum(staff.m) over all) > 2"))
    assert sets(found) == []
    assert found.changes.columns == ()


def test_a_search_that_takes_too_long_is_given_up_and_says_so() -> None:
    found = enough(when("weekday(as_of) = n * m * 0 + length(level) * 0 - 1 or sum(deals.weighted) = 31"))
    assert sets(found) == []
    assert not found.changes.is_complete


def test_the_row_has_to_count_still() -> None:
    text = when("n >= 1 or n <= -3")
    kept = START.replace("    belongs_to: {boss", "    where: n <= 0\n    belongs_to: {boss")
    assert by_search(checked(kept + text), {"rows": [VALUES]}) == [{"n": -3}]


def by_search(program: Program, rows: Mapping[str, list[dict[str, Value]]]) -> list[dict[str, Value]]:
    known = Interpreter(program, date(2026, 6, 30), Tables(program, rows))
    around, tier = Influence(known, ROW), program.segmentation("tier")
    changes: Changes = find_changes(Goal(around, tier, "yes"), movable(around, tier))
    return [{change.column: change.value for change in one} for one in changes.sets]
