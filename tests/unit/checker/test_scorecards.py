"""Scorecards: what is wrong with them, what can be read of them, and what they leave in the program."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import segrules
from segrules.program.fingerprint import ruleset_hash
from segrules.program.invariants import check_invariants
from segrules.program.program import Program
from tests.support.rulesets import with_diagnostics

START = """\
segrules: 1
ruleset: test
entity: rows
tables:
  rows:
    key: id
    columns: {id: string, n: integer, m: {type: integer, optional: true}, t: string, usd: {type: number, unit: USD}}
  deals:
    belongs_to: {row: {table: rows, by: row_id}}
    columns: {row_id: string, amount: integer}
parameters: {most: 30, eur: {value: 5, unit: EUR}}
"""
CARD = """\
scorecards:
  card:
    terms:
      a: {points: 30, value: n, target: 10}
      b: {points: 70, when: n > 5}
"""


def checked(text: str) -> tuple[Program | None, list[str]]:
    program, found = with_diagnostics(START + text)
    return program, [f"{one.code.number} {one.message}" for one in found]


def said(text: str) -> list[str]:
    return checked(text)[1]


def of_term(term: str) -> list[str]:
    return said(f"scorecards: {{card: {{terms: {{a: {term}}}}}}}\n")


def program(text: str) -> Program:
    found, messages = checked(text)
    assert found is not None, messages
    return found


@pytest.mark.parametrize(
    ("term", "message"),
    [
        ("{points: 30, value: t, target: 10}", "SR201 `value` needs numbers"),
        ("{points: t, value: n, target: 10}", "SR231 `t` is a column"),
        ("{points: 30, value: n, target: m}", "SR231 `m` is a column"),
        ("{points: 30, value: n}", "SR302 the term `a` has no `target`"),
        ("{value: n, target: 10}", "SR302 the term `a` has no `points`"),
        ("{when: n > 5}", "SR302 the term `a` has no `points`"),
        ("{points: 30}", "SR302 the term `a` has none of `value`, `when` and `bands`"),
        ("{points: 30, when: n > 5, bands: {of: n, points: {1: 5}}}", "SR309 `when` and `bands` cannot"),
        ("{points: 30, when: n > 5, target: 10}", "SR310 `target` means nothing beside `when`"),
        ("{points: 30, bands: {of: n, points: {1: 5}}}", "SR310 `points` means nothing beside `bands`"),
        ("{points: 30, when: n}", "SR202"),
        ("{bands: {of: n, points: {5: 10, 1: 20}}}", "SR230 the bands' numbers must go up from one to the next"),
        ("{bands: {of: t, points: {5: 10}}}", "SR201 `of` needs numbers"),
        ("{bands: {of: n, points: {}}}", "SR30"),
        ("{points: 30, value: usd, target: eur}", "SR256 a number in `USD` cannot be held against a number in `EUR`"),
        ("{points: 30, value: n, target: eur}", "SR256 a number without a unit cannot be held"),
        ("{bands: {of: usd, points: {eur: 10}}}", "SR256 a number in `USD` cannot be compared with a number in `EUR`"),
        ("{points: 30, value: card, target: 5}", "SR209"),
        ("{points: 30, value: nn, target: 5}", "SR204"),
        ("{points: 30, value: sum(deals.amount), target: 5, missing: t}", "SR231"),
        ("{weight: 30, value: n, target: 5}", "SR301"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_term_is_said_once(term: str, message: str) -> None:
    found = of_term(term)
    assert len(found) == 1, found
    assert found[0].startswith(message)


@pytest.mark.parametrize(
    ("floors", "message"),
    [
        ("every term > 'x'", "SR201"),
        ("c > 0", "SR204 `c` is not a name that a rule for `rows` can read"),
        ("a", "SR202"),
        ("every term >", "SR115"),
        ("[a > 0, every trem > 0]", "SR112"),
    ],
)
def test_what_is_wrong_with_a_floor_is_said_once(floors: str, message: str) -> None:
    found = said(CARD + f"    floors: {floors}\n")
    assert len(found) == 1, found
    assert found[0].startswith(message)


@pytest.mark.parametrize(
    ("best", "message"),
    [
        ("{best_of: [card, crad]}", "SR204 `crad` is not a name of a scorecard"),
        ("{best_of: [n]}", "SR204 `n` is not a name of a scorecard"),
        ("{best_of: [card, card]}", "SR258 the scorecard `card` is listed twice"),
        ("{best_of: [card, best]}", "SR209"),
        ("{best_of: [card], floors: card > 5}", "SR310 `floors` means nothing beside `best_of`"),
        ("{best_of: card}", "SR303"),
        ("{best_of: [card], terms: {a: {points: 1, when: n > 1}}}", "SR309"),
        ("{title: Nothing}", "SR302"),
    ],
)
def test_what_is_wrong_with_a_best_card_is_said_once(best: str, message: str) -> None:
    found = said(CARD + f"  best: {best}\n")
    assert len(found) == 1, found
    assert found[0].startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("metrics: {card: n}\n" + CARD, "SR207"),
        (CARD + "      qualifies: {points: 1, when: n > 1}\n", "SR207"),
        (CARD + "      last: {points: 1, when: n > 1}\n", "SR208"),
        (CARD + "metrics: {x: card.c}\n", "SR204 `card` has no `c`"),
        (CARD + "metrics: {x: card.qualifes}\n", "SR204 `card` has no `qualifes`"),
        (CARD + "metrics: {x: deals.card}\n", "SR210"),
    ],
)
def test_names_that_clash_or_are_not_there_are_said(text: str, message: str) -> None:
    found = said(text)
    assert len(found) == 1, found
    assert found[0].startswith(message)


def test_a_term_of_a_floor_comes_before_a_column_of_that_name() -> None:
    text = "scorecards:\n  card:\n    terms:\n      n: {points: 30, value: n, target: 10}\n    floors: n > 0\n"
    (card,) = program(text).scorecards
    assert [str(floor.arguments[0].name) for floor in card.floors] == ["card.n"]  # type: ignore[union-attr]


def test_a_card_is_read_from_rows_below() -> None:
    derived = START.replace("columns: {row_id", "derived: {points: row.card.a}\n    columns: {row_id")
    found, diagnostics = with_diagnostics(derived + CARD)
    assert diagnostics == []
    assert found is not None


def test_a_program_with_scorecards_keeps_its_invariants() -> None:
    found = program(CARD + "    floors: every term > 0\n  best: {best_of: [other, card]}\n" + OTHER)
    check_invariants(found)
    assert found.results == ("card", "best", "other")
    names = [column.name for card in found.scorecards for column in card.columns]
    assert names == ["card.a", "card.b", "card", "card.qualifies", "best", "best.qualifies", "best.card",
                     "other.a", "other", "other.qualifies"]  # fmt: skip


OTHER = "  other: {terms: {a: {points: most, value: n, target: 7, missing: 0}}}\n"


def test_the_order_of_terms_changes_neither_sum_nor_hash() -> None:
    terms = ["      a: {points: 30, value: n, target: 10}\n", "      b: {points: 70, when: n > 5}\n"]
    around = ("scorecards:\n  card:\n    terms:\n", "    floors: every term > 0\n")
    texts = ["".join(some).join(around) for some in (terms, terms[::-1])]
    first, second = (ruleset_hash(program(text)) for text in texts)
    assert first == second
    assert ruleset_hash(program(texts[0].replace("30", "31"))) != first


def test_decide_gives_the_scores_and_a_trace_the_terms(tmp_path: Path) -> None:
    rule = "segmentations:\n  s: {hit_policy: first, rules: [{segment: gold, when: card >= 70 and card.qualifies}]}\n"
    (tmp_path / "ruleset.yaml").write_text(START + CARD + "    floors: every term > 0\n" + rule, "utf-8")
    record = {"id": "x", "n": 5, "t": "", "usd": 1.0}
    decision = segrules.load(tmp_path).decide(record, as_of=date(2026, 6, 30), trace=True)
    assert decision.scorecards == {"card": 15.0}
    assert decision.explanation is not None
    (card,) = decision.explanation.trace.scorecards
    assert (card.score, card.qualifies) == (15.0, False)
    a, b = card.terms
    assert (a.points, a.most, a.text, a.value, a.target) == (15.0, 30, "n", 5, 10)
    assert (b.points, b.condition and b.condition.outcome) == (0.0, False)
    assert [(floor.text, floor.outcome) for floor in card.floors] == [
        ("card.a > 0", True),
        ("card.b > 0", False),
    ]


@pytest.mark.parametrize("words", ["every terms", "each term", "all the terms"])
def test_a_slip_in_every_term_is_told(words: str) -> None:
    found = said(CARD + f"    floors: {words} > 0\n")
    assert found == [f"SR110 `{words}` is not a word of the language"]
