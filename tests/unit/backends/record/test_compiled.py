from __future__ import annotations

import io
import keyword
import tokenize
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from segrules.backends.record import answers, segmentations
from segrules.backends.record.compiled import compiled, condition_of
from segrules.backends.record.rows import Rows, typed_rows
from segrules.backends.scalar.interpreter import Interpreter
from segrules.language.values import Value
from segrules.meaning.decisions import Certainty, Outcome
from segrules.meaning.tables import RowAt, Tables
from segrules.program.program import Program
from tests.support.rulesets import checked

AS_OF = date(2026, 6, 30)
HEAD = """
segrules: 1
ruleset: r
entity: t
tables:
  t:
    key: id
    columns:
      id: string
      n: {type: integer, optional: true}
      x: {type: number, optional: true}
      y: number
      word: {type: string, optional: true}
      words: {type: list of string, optional: true}
      level: {type: string, values: [low, mid, high], ordered: true, optional: true}
      day: {type: date, optional: true}
  lines:
    belongs_to: {t: {table: t, by: id}}
    columns: {id: string, n: {type: integer, optional: true}}
    derived: {twice: 2 * n}
"""
ROW: dict[str, Value] = {
    "id": "a", "n": None, "x": None, "y": 1.5, "word": None, "words": None, "level": None, "day": None,
}  # fmt: skip


def ruleset(text: str) -> Program:
    return checked(HEAD + text)


def run(program: Program, *, whole: bool = False, lines: Any = (), **values: Any) -> Any:
    tables = Tables(program, {"t": [ROW | values], "lines": [{"id": "a", "n": n} for n in lines]})
    rows = Rows(typed_rows(program, tables))
    return compiled(program, AS_OF, () if whole else None).run(rows, rows.tables[0][0], 0)


def decision(program: Program, name: str = "s", *, whole: bool = False, **values: Any) -> Any:
    return run(program, whole=whole, **values)[2][name].decision


def metric(expression: str, **values: Any) -> Value:
    found: Value = run(ruleset(f"metrics:\n  m: |\n    {expression}\n"), **values)[0]["m"]
    return found


def test_nothing_that_an_author_wrote_stands_in_the_source() -> None:
    program = ruleset("""
parameters: {evil: __import__(1)}
metrics:
  exec: length('); import os') + 12345
  evil_ones: count(lines where lines.twice > 5)
  clear: word like 'exit()*' or word = evil
segmentations:
  lambda_:
    hit_policy: first
    rules:
      - {segment: "quit()", when: words contains 'no' and level >= 'mid', because: "{n} and {word}"}
  after: {hit_policy: collect, rules: [{segment: b, when: "lambda_ = 'quit()'"}]}
""")
    source = compiled(program, AS_OF).source
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    names = {token.string for token in tokens if token.type == tokenize.NAME and not keyword.iskeyword(token.string)}
    made_up = {name for name in names if name[0] in "bcfiknrtv" and name[1:].isdigit()}
    assert names - made_up <= {
        "main", "s", "row", "at", "found", "memo", "get", "tables", "append", "below", "above", "len", "given",
    }  # fmt: skip
    assert not [token for token in tokens if token.type == tokenize.STRING]
    assert {token.string for token in tokens if token.type == tokenize.NUMBER} <= {str(n) for n in range(10)} | {
        "0x1", "0x2", "9223372036854775807", "9223372036854775808",
    }  # fmt: skip


def test_under_first_rules_behind_the_match_are_not_asked_and_do_not_matter() -> None:
    program = ruleset("""
segmentations:
  s:
    hit_policy: first
    rules:
      - {segment: a, when: x > 100}
      - {segment: b, when: y > 1}
      - {segment: c, when: n > 1}
""")
    certain = decision(program, x=5.0)
    assert (certain.segment, certain.certainty, certain.outcomes) == ("b", Certainty.CERTAIN, ())
    provisional = decision(program)
    assert (provisional.segment, provisional.possible) == ("b", ("a", "b"))
    assert [rule.id for rule in provisional.unknown_rules] == ["s.a"]


def test_with_something_watched_every_rule_is_asked() -> None:
    program = ruleset("""
segmentations:
  s: {hit_policy: first, rules: [{segment: b, when: y > 1}, {segment: c, when: n > 1}, {segment: d, when: y > 9}]}
""")
    outcomes = [tried.outcome for tried in decision(program, whole=True).outcomes]
    assert outcomes == [Outcome.MATCHED, Outcome.UNKNOWN, Outcome.FAILED]


@pytest.mark.parametrize(
    ("expression", "values", "expected"),
    [
        ("x * 10", {"x": 1e308}, None),
        ("x * y", {"x": 1e308, "y": 1e308}, None),
        ("coalesce(x * 10, 7)", {"x": -1e308}, 7.0),
        ("x / 1_000_000", {"x": 1.75e308}, 1.75e302),
        ("x / 0.001", {"x": 1.7e308}, None),
        ("x / y", {"x": 1.0, "y": 0.0}, None),
        ("x / y", {"x": 1.0, "y": 4.0}, 0.25),
        ("n + 1", {"n": 2**63 - 1}, None),
        ("n + 1", {"n": 2**63 - 2}, 2**63 - 1),
        ("-n", {"n": -(2**63)}, None),
        ("abs(n)", {"n": -(2**63)}, None),
        ("n * n", {"n": 2**32}, None),
        ("n * n - 1", {"n": 3}, 8),
        ("clip(x, 0, 1)", {"x": -0.5}, 0.0),
        ("clip(x, 2, 1)", {"x": 1.5}, 2.0),
        ("clip(x, y, 1)", {"x": 0.5, "y": 0.75}, 0.75),
        ("clip(x, 0, 1)", {}, None),
        ("if x > 1 then 1 else 2", {}, None),
        ("if y > 1 then n else 2", {"n": 3}, 3),
        ("2 * 3 + 1", {}, 7),
        ("n in (1, 2)", {}, None),
        ("words contains 'a'", {"words": ("b", None)}, None),
        ("words contains 'a'", {"words": ("a", None)}, True),
        ("words contains word", {"words": ()}, False),
        ("words contains word", {"words": ("a",)}, None),
        ("y between x and 2", {"y": 3.0}, False),
        ("y between x and 2", {"y": 1.0}, None),
        ("level >= 'mid'", {"level": "high"}, True),
        ("level between 'low' and 'mid'", {"level": "high"}, False),
        ("word like 'a*'", {"word": "ab"}, True),
        ("day in last 10 days", {"day": date(2026, 6, 20)}, False),
        ("day in next 1 month", {"day": date(2026, 7, 30)}, True),
        ("not (x > 1 or n > 1)", {"x": 2.0}, False),
        ("sum(lines.twice)", {"lines": (1, None, 3)}, 8),
        ("count(lines where lines.n > n)", {"lines": (1, None, 3), "n": 2}, 1),
        ("any(lines.n > 2)", {"lines": (1, None)}, None),
    ],
)
def test_what_is_written_in_line_means_what_the_interpreter_means(
    expression: str, values: dict[str, Any], expected: Value
) -> None:
    program = ruleset(f"metrics:\n  m: |\n    {expression}\n")
    below = [{"id": "a", "n": n} for n in values.get("lines", ())]
    row = ROW | {name: value for name, value in values.items() if name != "lines"}
    assert Interpreter(program, AS_OF, Tables(program, {"t": [row], "lines": below})).value("t", 0, "m") == expected
    found = metric(expression, **values)
    assert (type(found), found) == (type(expected), expected)


def test_at_least_counts_what_is_unknown() -> None:
    program = ruleset("""
segmentations:
  s:
    hit_policy: collect
    rules:
      - {segment: two, when: {at_least: {count: 2, of: [x > 1, y > 1, n > 1]}}}
      - {segment: none, when: {at_least: {count: 0, of: [x > 1]}}}
""")
    assert decision(program).segments == ("none",)
    assert decision(program).possible == ("two",)
    assert decision(program, x=2.0).segments == ("two", "none")
    assert decision(program, x=0.0, n=0).answers == decision(program, x=0.0, n=0).answers[:1]


def test_rulesets_as_deep_and_as_long_as_generated_ones_are_compiled() -> None:
    """Python's parser takes no text that nests without end, nor its functions blocks within blocks."""
    deep = "y > 1"
    for number in range(20):
        deep = f"(not ({deep}) and x > {number}) or n = {number}"
    tree = "n > 5"
    for number in range(14):
        tree = f"{{all: [x > {number}, {{any: [n = {number}, {tree}]}}]}}"
    long = ", ".join(f'"(n = {number} and y < {number})"' for number in range(200))
    rules = "\n".join(f"      - {{segment: s{number}, when: n = {number + 1_000}}}" for number in range(300))
    arguments = ", ".join(f"n + {number}" for number in range(300))
    program = ruleset(f"""
metrics:
  m: |
    max({arguments})
segmentations:
  s:
    hit_policy: first
    rules:
      - segment: deep
        when: |
          {deep}
      - {{segment: tree, when: {tree}}}
      - {{segment: long, when: {{any: [{long}]}}}}
{rules}
""")
    for values in ({"n": 1_299, "x": -1.0}, {"n": 1_299}, {"n": 55, "x": -1.0}, {"n": 70, "x": 100.0}, {"x": 14.5}):
        known = Interpreter(program, AS_OF, Tables(program, {"t": [ROW | values]}))
        expected = replace(known.decide("s", RowAt("t", 0)), missing=())
        assert decision(program, whole=True, **values) == expected
        assert decision(program, **values) == replace(expected, outcomes=())
        assert run(program, **values)[0]["m"] == known.value("t", 0, "m")


def test_what_is_kept_of_many_different_records_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segmentations, "_MOST", 2)
    monkeypatch.setattr(answers, "_MOST", 2)
    program = ruleset("""
segmentations:
  s: {hit_policy: collect, rules: [{segment: a, when: n > 1}, {segment: b, when: n > 2}, {segment: c, when: x > 1}]}
  of_s: {hit_policy: collect, rules: [{segment: has_a, when: s contains 'a'}]}
""")
    code = compiled(program, AS_OF)
    tables = Tables(program, {"t": [ROW | {"n": n, "x": x} for n in (0, 2, 3) for x in (0.5, 2.0, None)]})
    rows = Rows(typed_rows(program, tables))
    found = [code.run(rows, row, at)[2] for at, row in enumerate(rows.tables[0])]
    assert [one["of_s"].given for one in found] == [()] * 3 + [("has_a",)] * 6
    kept = [one for one in code.run.__globals__.values() if isinstance(one, segmentations.Known | answers.Settled)]
    assert [len(one) <= 2 for one in kept] == [True] * 3


def test_threads_share_what_is_compiled() -> None:
    program = ruleset("""
segmentations:
  s: {hit_policy: unique, rules: [{segment: a, when: n < 50}, {segment: b, when: n >= 50}]}
""")
    code = compiled(program, AS_OF)

    def segment(n: int) -> str | None:
        rows = Rows(typed_rows(program, Tables(program, {"t": [ROW | {"n": n}]})))
        found: str | None = code.run(rows, rows.tables[0][0], 0)[2]["s"].given  # type: ignore[assignment]
        return found

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(segment, range(100))) == ["a"] * 50 + ["b"] * 50


def test_a_condition_of_stored_columns_is_a_function_of_a_row() -> None:
    program = ruleset("metrics: {m: x > y}")
    holds = condition_of(program, AS_OF, "t", program.metrics[0].value)
    row = tuple(ROW.values())
    assert not holds(row)
    assert holds((*row[:2], 2.0, *row[3:]))


ABOVE = """
segrules: 1
ruleset: r
entity: t
tables:
  t:
    key: id
    columns: {id: string, up_id: {type: string, optional: true}, n: integer}
    belongs_to: {up: {table: t, by: up_id, as: downs}}
metrics:
  same: count(downs where up.s = downs.id)
  far: up.n
segmentations:
  s:
    hit_policy: first
    rules: [{segment: big, when: n > 5}]
    default: small
"""


def test_what_a_loop_reads_of_a_row_above_serves_behind_it_though_the_loop_has_no_rows() -> None:
    program = checked(ABOVE)
    found: list[dict[str, Value]] = [{"id": "a", "up_id": "b", "n": 1}, {"id": "b", "up_id": None, "n": 9}]
    rows = Rows(typed_rows(program, Tables(program, {"t": found})))
    metrics, *_ = compiled(program, AS_OF).run(rows, rows.tables[0][0], 0)
    assert metrics == {"same": 0, "far": 9}
