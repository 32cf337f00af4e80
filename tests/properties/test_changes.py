"""What would change it: sets of changes that are offered bring the row into the segment, and no part of one does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from segrules.backends.scalar.interpreter import Interpreter
from segrules.backends.scalar.preparation import prepared
from segrules.engine.ruleset import Ruleset
from segrules.explain.changes import MOST_SETS, Change, Changes, Goal, find_changes, movable
from segrules.explain.influence import Influence
from segrules.explain.why_not import Miss
from segrules.language.values import Value
from segrules.meaning.tables import Key, Record, RowAt, Tables
from segrules.program.nodes import Expression
from segrules.program.program import Column, HitPolicy, Program, Segmentation
from tests.properties.answers import given_frames, loaded, loaded_text, typed_rows
from tests.properties.generators.cases import Case, cases
from tests.properties.generators.emitter import Formula, Words, to_yaml
from tests.properties.generators.world import Chooser

ROW = RowAt("rows", 0)

MOST_ROWS = 3
"""What so many rows of a case are offered is evaluated anew, which takes a run of the engine for each part of it."""

SOON = 200
"""So many looks at a set of columns find what there is; more are spent on conditions that cannot be met."""


# Everything that is offered


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(cases(percent_spread=0, changeable=True))
def test_what_is_offered_is_enough_and_no_part_of_it(case: Case) -> None:
    ruleset = loaded(case)
    with patch("segrules.explain.changes.MOST_LOOKS", SOON):
        offers = list(offered(ruleset, case))
    rows = list(dict.fromkeys(key for key, _, _ in offers))[-MOST_ROWS:]
    event(f"rows that are offered something: {len(rows)}")
    for key, miss, changes in offers:
        if key in rows:
            event(f"changes at once: {len(changes)}, {miss.segmentation.hit_policy.value}")
            hold(ruleset, case, key, miss, changes)


def offered(ruleset: Ruleset, case: Case) -> Iterator[tuple[Key, Miss, tuple[Change, ...]]]:
    """Every set of changes that is offered to a row of a case."""
    program = ruleset.program
    table = program.table(program.entity)
    if not any(column.actionable for column in table.columns):
        return
    result = ruleset.evaluate(given_frames(program, case), as_of=case.as_of)
    for key in result.wide.select(table.key).rows():
        explanation = result.explain(*key)
        for segmentation in program.segmentations:
            for segment in segmentation.segments:
                [miss] = explanation.why_not(f"{segmentation.name}.{segment}").misses
                for changes in miss.enough.changes.sets if miss.enough else ():
                    yield key, miss, changes


def hold(ruleset: Ruleset, case: Case, key: Key, miss: Miss, changes: Sequence[Change]) -> None:
    """The changes bring the row into the segment, and no part of them does: by the engine, and by the interpreter."""
    for size in range(len(changes) + 1):
        for part in combinations(changes, size):
            changed = with_changes(ruleset.program, case, key, part)
            is_all = size == len(changes)
            assert by_engine(ruleset, changed, key, miss.segmentation, miss.segment) in (is_all, None), (
                part, miss.segment,
            )  # fmt: skip
            assert by_interpreter(ruleset, changed, key, miss.segmentation, miss.segment) is is_all, (
                part, miss.segment,
            )  # fmt: skip


def with_changes(program: Program, case: Case, key: Key, changes: Sequence[Change]) -> Case:
    table = program.table(program.entity)
    values = {change.column: change.value for change in changes}
    rows = [
        {**row, **values} if tuple(row[name] for name in table.key) == key else row for row in case.rows[table.name]
    ]
    return replace(case, rows={**case.rows, table.name: rows})


def by_engine(
    ruleset: Ruleset, case: Case, key: Key, segmentation: Segmentation, segment: str
) -> bool | None:  # fmt: skip
    """Whether the row gets the segment for certain, by Polars.

    None where its table does not tell: several segments are the default, and a rule that may yet match is for one of
    them. That one is certain, by the rule or by default, and the others are not.
    """
    result = ruleset.evaluate(given_frames(ruleset.program, case), as_of=case.as_of)
    names = [f"key_{name}" if f"key_{name}" in result.assignments.columns else name for name in result.key]
    found = [
        row
        for row in result.assignments.rows(named=True)
        if tuple(row[name] for name in names) == key and row["segmentation"] == segmentation.name
    ]
    if not found:
        return False
    [row] = found
    if segmentation.hit_policy is HitPolicy.COLLECT:
        is_default = row["rule"] is None and segment in row["segments"]
        if is_default and row["certainty"] != "certain":
            return False if row["possible"] else len(row["segments"]) == 1 or None
        return segment in row["segments"]
    return bool(row["segment"] == segment and row["certainty"] == "certain")


def by_interpreter(
    ruleset: Ruleset, case: Case, key: Key, segmentation: Segmentation, segment: str
) -> bool:  # fmt: skip
    program = ruleset.bound(None, case.as_of)
    known = Interpreter(program, case.as_of, prepared(program, case.as_of, typed_rows(case)))
    at = known.tables.find(program.entity, key)
    return at is not None and gets(known, at, segmentation, segment)


def gets(known: Interpreter, at: RowAt, segmentation: Segmentation, segment: str) -> bool:
    """Whether a row gets a segment for certain."""
    decision = known.decide(segmentation.name, at)
    if segmentation.hit_policy is HitPolicy.COLLECT:
        return all(segment in answer.segments for answer in decision.answers)
    return decision.segment == segment and len(decision.answers) == 1


# All that there is, against trying everything


@dataclass(frozen=True)
class Small:
    """A ruleset of thresholds over few whole numbers, and one row."""

    text: str
    row: Record


@st.composite
def small_cases(draw: st.DrawFn) -> Small:
    choose = Chooser(draw)
    columns: dict[str, object] = {"id": Words("string"), "fixed": Words("integer")}
    row: dict[str, Value] = {"id": "r", "fixed": choose.number(0, 4)}
    for name in "abc"[: choose.number(1, 3)]:
        low, high = choose.of([(0, 4), (-2, 2), (1, 6)])
        column: dict[str, object] = {"type": Words("integer"), "optional": True}
        column |= {"min": Words(str(low)), "max": Words(str(high)), "actionable": _actionable(choose, low, high)}
        columns[name] = column
        row[name] = None if choose.chance(10) else choose.number(low, high)
    names = [*columns][1:]
    segmentations = {"s0": _segmentation(choose, names, ())}
    if choose.chance(50):
        segmentations["s1"] = _segmentation(choose, names, _asked(segmentations["s0"]))
    whole = {
        "segrules": 1, "ruleset": "small", "entity": "rows",
        "tables": {"rows": {"key": "id", "columns": columns}},
        "metrics": {"total": Formula(" + ".join(names[1:])), "double": Formula(f"2 * {names[-1]} - fixed")},
        "segmentations": segmentations,
    }  # fmt: skip
    return Small(to_yaml(whole), row)


def _actionable(choose: Chooser, low: int, high: int) -> object:
    if choose.chance(40):
        return True
    found: dict[str, object] = {"step": Words(str(choose.number(1, 2)))}
    if choose.chance(50):
        found["direction"] = choose.of(["up", "down", "any"])
    if choose.chance(30):
        found["min"], found["max"] = (Words(str(end)) for end in sorted(choose.number(low, high) for _ in range(2)))
    return found


def _asked(segmentation: dict[str, Any]) -> tuple[str, ...]:
    """Conditions that ask the first segmentation."""
    word = "contains" if segmentation["hit_policy"] == "collect" else "="
    return tuple(f"s0 {word} '{rule['segment']}'" for rule in segmentation["rules"])


def _segmentation(choose: Chooser, names: Sequence[str], asked: Sequence[str]) -> dict[str, Any]:
    policy = choose.of(["first", "priority", "unique", "any", "collect"])
    segments = ["x", "y", "z"][: choose.number(1, 3)]
    rules = [
        {"segment": choose.of(segments), "when": _when(choose, names, 2, asked)} for _ in range(choose.number(1, 4))
    ]
    named = list(dict.fromkeys(str(rule["segment"]) for rule in rules))
    found: dict[str, Any] = {"hit_policy": policy, "rules": rules}
    if policy == "priority":
        found["priority"] = named[::-1]
    if choose.chance(40):
        found["default"] = ["other"] if policy == "collect" else "other"
    return found


def _when(choose: Chooser, names: Sequence[str], depth: int, asked: Sequence[str]) -> object:
    if depth == 0 or choose.chance(40):
        return Formula(_atom(choose, names, asked))
    parts = [_when(choose, names, depth - 1, asked) for _ in range(choose.number(1, 3))]
    word = choose.of(["all", "any", "none", "at_least"])
    return {word: {"count": Words(str(choose.number(1, 2))), "of": parts} if word == "at_least" else parts}


def _atom(choose: Chooser, names: Sequence[str], asked: Sequence[str]) -> str:
    name, low = choose.of([*names, "total", "double"]), choose.number(-1, 5)
    forms = [
        f"{name} >= {low}", f"{name} < {low}", f"{name} = {low}", f"{name} between {low} and {low + 1}",
        f"{name} in ({low}, {low + 2})", f"{name} + {choose.of(names)} > {low}", f"abs({name} - 2) <= {low}",
        f"{name} is missing", f"coalesce({name}, 0) > {low}", f"max({name}, {choose.of(names)}) <= {low}",
    ]  # fmt: skip
    return choose.of([*forms, *asked])


@given(small_cases())
def test_every_smallest_set_is_found(small: Small) -> None:
    program = loaded_text(small.text).program
    known = Interpreter(program, date(2026, 6, 30), Tables(program, {"rows": [small.row]}))
    for segmentation in program.segmentations:
        for segment in segmentation.segments:
            if not gets(known, ROW, segmentation, segment):
                around = Influence(known, ROW)
                changes = find_changes(Goal(around, segmentation, segment), movable(around, segmentation))
                assert changes.is_complete
                expected = by_trying_everything(known, segmentation, segment)
                assert sizes(changes) == sorted(expected.values())[:MOST_SETS]
                columns = [frozenset(one.column for one in found) for found in changes.sets]
                assert [expected[names] for names in columns] == sizes(changes)


def sizes(changes: Changes) -> list[tuple[int, int]]:
    return [(len(found), sum(change.steps for change in found)) for found in changes.sets]


def by_trying_everything(
    known: Interpreter, segmentation: Segmentation, segment: str
) -> dict[frozenset[str], tuple[int, int]]:  # fmt: skip
    """The fewest steps for each set of columns that is enough, and none of whose parts is."""
    every = {column: values_of(known, column) for column in known.program.table("rows").columns if column.actionable}
    found: dict[frozenset[str], tuple[int, int]] = {}
    for size in range(1, len(every) + 1):
        for columns in combinations(every, size):
            names = frozenset(column.name for column in columns)
            if any(smaller < names for smaller in found):
                continue
            steps = [
                sum(each for _, each in chosen)
                for chosen in product(*(every[column] for column in columns))
                if gets(with_values(known, columns, chosen), ROW, segmentation, segment)
            ]
            if steps:
                found[names] = (size, min(steps))
    return found


def with_values(known: Interpreter, columns: Sequence[Column], chosen: Sequence[tuple[int, int]]) -> Interpreter:
    return known.exchanged(ROW, {column.name: value for column, (value, _) in zip(columns, chosen, strict=True)})


def values_of(known: Interpreter, column: Column) -> list[tuple[int, int]]:
    """Every value that a column can be changed to, with its number of steps."""
    actionable, present = column.actionable, known.tables.stored(ROW, column.name)
    assert actionable is not None
    step = actionable.step
    low, high = (bound(known, one) for one in (column.minimum, column.maximum))
    if actionable.minimum and actionable.maximum:
        low, high = max(low, bound(known, actionable.minimum)), min(high, bound(known, actionable.maximum))
    assert isinstance(step, int)
    if present is None:
        if actionable.direction == "down":
            return [(high - step * n, n + 1) for n in range(20) if high - step * n >= low]
        return [(low + step * n, n + 1) for n in range(20) if low + step * n <= high]
    assert isinstance(present, int)
    moves = {"up": range(1, 20), "down": range(-20, 0), "any": [*range(-20, 0), *range(1, 20)]}[actionable.direction]
    return [(present + step * n, abs(n)) for n in moves if low <= present + step * n <= high]


def bound(known: Interpreter, node: Expression | None) -> int:
    assert node is not None
    found = known.evaluate(node, ROW)
    assert isinstance(found, int)
    return found
