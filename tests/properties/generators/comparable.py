"""Decision tables, bands and rules over few columns, all of whose rows can be gone through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from segrules.language.values import Value
from tests.properties.generators.world import Chooser


@dataclass(frozen=True)
class Sort:
    """A column's declaration, what its cells can hold, and values on each side of all of these."""

    declared: str
    cells: tuple[str, ...]
    values: tuple[Value, ...]
    has_order: bool = True
    has_ranges: bool = True


def _numbers(*tenths: int) -> tuple[Decimal, ...]:
    return tuple(Decimal(number).scaleb(-1) for number in tenths)


def _moments(*texts: str) -> tuple[datetime, ...]:
    return tuple(map(datetime.fromisoformat, texts))


_DAYS = tuple(map(date.fromisoformat, "2025-12-31 2026-01-01 2026-01-02 2026-01-03 2026-02-01 2026-02-02".split()))
_OF_DAYS = _moments(
    "2025-12-31T23:00",
    "2026-01-01T00:00",
    "2026-01-01T12:00",
    "2026-01-02T00:00",
    "2026-01-02T01:00",
    "2026-01-03T00:00",
)
_OF_BOTH = _moments(
    "2025-12-31T23:00",
    "2026-01-01T00:00",
    "2026-01-01T06:00",
    "2026-01-01T12:00",
    "2026-01-01T13:00",
    "2026-01-02T00:00",
    "2026-01-02T01:00",
)
_OF_HOURS = _moments("2026-01-01T00:00", "2026-01-01T12:00", "2026-01-01T13:00", "2026-01-02T00:00", "2026-01-02T01:00")

SORTS = (
    Sort("integer", ("0", "2", "3", "7"), tuple(range(-1, 9))),
    Sort("integer, min: 0, max: 3", ("0", "1", "3"), (0, 1, 2, 3)),
    Sort("integer", ("0.5", "2", "250%"), (-1, 0, 1, 2, 3)),
    Sort("number", ("-1", "0", "0.3", "2"), (-2.0, -1.0, -0.5, 0.0, 0.1, 0.3, 1.0, 2.0, 3.0)),
    Sort("number", ("0", "0.1", "1.1"), (-1.0, 0.0, 0.05, 0.1, 1.0, 1.05, 1.1, 2.0)),
    Sort("number, min: 0, max: 2", ("0", "0.3", "2"), (0.0, 0.1, 0.3, 1.0, 2.0)),
    Sort("decimal(1)", ("0", "0.5", "2"), _numbers(-1, 0, 1, 4, 5, 6, 19, 20, 21)),
    Sort("decimal(1)", ("0.55", "0.6"), _numbers(0, 5, 6, 7)),
    Sort("date", ("2026-01-01", "2026-01-02", "2026-02-01"), _DAYS),
    Sort("datetime", ("2026-01-01", "2026-01-02"), _OF_DAYS),
    Sort("datetime", ("2026-01-01T12:00", "2026-01-02T00:00"), _OF_HOURS),
    Sort("datetime", ("2026-01-01", "2026-01-01T12:00", "2026-01-02T00:00"), _OF_BOTH, has_ranges=False),
    Sort("string", ("a", "'b c'", "d"), ("a", "b c", "d", "another"), has_order=False),
    Sort("string, values: [a, b, c]", ("a", "b", "c"), ("a", "b", "c"), has_order=False),
    Sort("string, values: [low, mid, high], ordered: true", ("low", "mid", "high"), ("low", "mid", "high")),
    Sort("boolean", ("true", "false"), (False, True), has_order=False),
)

BANDED = tuple(sort for sort in SORTS if sort.declared.split(",")[0] in ("integer", "number", "decimal(1)"))


@dataclass(frozen=True)
class Comparable:
    """A ruleset with one segmentation `s` over the columns `c0`, `c1`, …, and all values that these can have."""

    text: str
    values: tuple[tuple[Value, ...], ...]

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Show the case in Hypothesis' reports."""
        assert not cycle
        printer.text(self.text)


@st.composite
def comparables(draw: st.DrawFn) -> Comparable:
    """A segmentation in one of its three spellings."""
    choose = Chooser(draw)
    spelling = choose.of((_table, _rules, _table, _bands))
    sorts = [choose.of(BANDED)] if spelling is _bands else [choose.of(SORTS) for _ in range(choose.number(1, 3))]
    optional = [choose.chance(40) for _ in sorts]
    columns = "".join(
        f"      c{number}: {{type: {sort.declared}{', optional: true' if may_lack else ''}}}\n"
        for number, (sort, may_lack) in enumerate(zip(sorts, optional, strict=True))
    )
    head = f"segrules: 1\nruleset: r\nentity: t\ntables:\n  t:\n    key: id\n    columns:\n      id: integer\n{columns}"
    text = head + "segmentations:\n  s:\n" + spelling(choose, sorts)
    values = tuple(
        (*sort.values, *((None,) if may_lack else ())) for sort, may_lack in zip(sorts, optional, strict=True)
    )
    return Comparable(text, values)


def _bands(choose: Chooser, sorts: Sequence[Sort]) -> str:
    cells = [cell for cell in sorts[0].cells if choose.chance(75)] or [sorts[0].cells[0]]
    named = ", ".join(f"b{number}: {cell}" for number, cell in enumerate(cells))
    return f"    bands: {{of: c0, {choose.of(('from', 'up_to'))}: {{{named}}}}}\n"


def _policy(choose: Chooser, segments: int) -> str:
    policy = choose.of(("unique", "first", "any", "priority", "collect"))
    named = choose.some([f"g{number}" for number in range(segments)], segments, segments)
    listed = f"    priority: [{', '.join(named)}]\n" if policy == "priority" else ""
    return f"    hit_policy: {policy}\n{listed}"


def _table(choose: Chooser, sorts: Sequence[Sort]) -> str:
    segments = choose.number(1, 3)
    rows = [
        " | ".join([*(_cell(choose, sort) for sort in sorts), f"g{number % segments}"])
        for number in range(choose.number(segments, 5))
    ]
    heads = " | ".join([*(f"c{number}" for number in range(len(sorts))), "segment"])
    return _policy(choose, segments) + "    table: |\n" + "".join(f"      {line}\n" for line in (heads, *rows))


def _cell(choose: Chooser, sort: Sort) -> str:
    if choose.chance(20):
        return "-"
    items = [_item(choose, sort) for _ in range(choose.of((1, 1, 2)))]
    return ("not " if choose.chance(20) else "") + ", ".join(items)


def _item(choose: Chooser, sort: Sort) -> str:
    if choose.chance(12):
        return "missing"
    if not sort.has_order or choose.chance(30):
        return choose.of(sort.cells)
    if not sort.has_ranges or choose.chance(50):
        return f"{choose.of(('>=', '<', '>', '<='))} {choose.of(sort.cells)}"
    low = choose.number(0, len(sort.cells) - 2)
    return f"{sort.cells[low]}{choose.of(('..', '..<'))}{sort.cells[choose.number(low + 1, len(sort.cells) - 1)]}"


def _rules(choose: Chooser, sorts: Sequence[Sort]) -> str:
    segments = choose.number(1, 3)
    rules = [
        f"      - segment: g{number % segments}\n        when: |\n          {_condition(choose, sorts, 2)}\n"
        for number in range(choose.number(segments, 5))
    ]
    return _policy(choose, segments) + "    rules:\n" + "".join(rules)


def _condition(choose: Chooser, sorts: Sequence[Sort], depth: int) -> str:
    if depth and choose.chance(60):
        parts = [_condition(choose, sorts, depth - 1) for _ in range(choose.number(2, 3))]
        match choose.of(("and", "or", "not", "if")):
            case "not":
                return f"not ({parts[0]})"
            case "if":
                return f"(if {parts[0]} then {parts[1]} else {parts[-1]})"
            case word:
                return "(" + f" {word} ".join(parts) + ")"
    number = choose.number(0, len(sorts) - 1)
    return _comparison(choose, f"c{number}", sorts[number])


def _comparison(choose: Chooser, column: str, sort: Sort) -> str:
    one, other = (_written(sort, choose.of(sort.cells)) for _ in range(2))
    if choose.chance(15):
        return f"{column} is {choose.of(('missing', 'present'))}"
    # `coalesce` of ordered texts is a text without order.
    subject = f"coalesce({column}, {one})" if choose.chance(15) and "ordered" not in sort.declared else column
    if not sort.has_order or choose.chance(25):
        return choose.of((f"{subject} = {one}", f"{subject} != {one}", f"{subject} in ({one}, {other})"))
    if sort.has_ranges and choose.chance(25):
        return f"{subject} between {one} and {other}"
    sign = choose.of(("<", "<=", ">", ">="))
    return f"{subject} {sign} {one}" if "T" not in one and choose.chance(70) else f"{one} {sign} {subject}"


def _written(sort: Sort, cell: str) -> str:
    is_text = sort.declared.startswith("string")
    return f"'{cell.strip(chr(39))}'" if is_text else cell
