"""Decision tables: heads that can be read, cells that fit them, further outputs, and their spellings as text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from segrules.language import types
from segrules.language.types import NUMERIC, TEMPORAL, Kind, Type, decimal
from tests.properties.generators.expressions import Expressions
from tests.properties.generators.literals import DATES, TEXTS
from tests.properties.generators.world import Chooser, Scope, Typed, World

NUMBERS = ("-1", "0", "30%", "0.5", "1", "1_000")
MANY = 14
"""So many rules have more sets than Polars' backend makes beforehand."""

WHOLE = ("-1", "0", "1", "2", "1_000")
"""What a list of whole numbers can hold."""

BARE = re.compile(r"[^\W\d]+(?: [^\W\d]+)*")

OUTPUTS = {
    "x": (types.INTEGER, ("0", "1", "2")),
    "rate": (decimal(2), ("0.25", "15%", "1.00")),
    "kit": (types.STRING, ("a", "'it''s'", "b c")),
    "day": (types.DATE, DATES),
    "flag": (types.BOOLEAN, ("true", "false")),
}


@dataclass(frozen=True)
class Grid:
    """A table's cells as text, its heads first, and the further outputs by name."""

    lines: tuple[tuple[str, ...], ...]
    outputs: dict[str, Type]
    segments: tuple[str, ...]


def decision_table(choose: Chooser, world: World, scope: Scope, segments: tuple[str, ...], *, outputs: bool) -> Grid:
    """A table with one to four conditions and, if wanted, none to two outputs."""
    heads = _heads(choose, world, scope)
    named = choose.some(list(OUTPUTS), 0, 2) if outputs else []
    further = [name for name in ("id", "because") if choose.chance(15)]
    rows: list[tuple[str, ...]] = []
    for number in range(MANY if choose.chance(5) else choose.number(1, 4)):
        conditions = [_cell(choose, scope, head) for head in heads]
        given = [choose.of(("-", *OUTPUTS[name][1])) if number else OUTPUTS[name][1][0] for name in named]
        own = [_own(choose, scope, name, number) for name in further]
        rows.append((*conditions, choose.of(segments), *given, *own))
    at = len(heads)
    lines = ((*(head.text for head in heads), "segment", *named, *further), *rows)
    kinds = {name: _type(name, [row[at + 1 + place] for row in rows]) for place, name in enumerate(named)}
    return Grid(lines, kinds, tuple(dict.fromkeys(row[at] for row in rows)))


def _type(name: str, cells: list[str]) -> Type:
    kind = OUTPUTS[name][0]
    if kind.kind is not Kind.STRING:
        return kind
    return replace(kind, values=tuple(dict.fromkeys(_text(cell) for cell in cells if cell != "-")))


def _text(cell: str) -> str:
    return cell[1:-1].replace("''", "'") if cell.startswith("'") else cell


def _own(choose: Chooser, scope: Scope, name: str, number: int) -> str:
    if choose.chance(30):
        return "-"
    if name == "id":
        return f"row {number}"
    return f"row {{{choose.of(scope.fields).text}}}, so" if scope.fields else "'always'"


def _heads(choose: Chooser, world: World, scope: Scope) -> list[Typed]:
    """Different expressions; what is made of several stands alone, lest it mean the same as another."""
    readable = [one for one in scope.fields if _can_be_asked(one.type)]
    heads = choose.some(readable, 1, 3) if readable else []
    if not heads or choose.chance(25):
        expressions = Expressions(choose, world, scope)
        made = choose.of([expressions.number, expressions.condition])(1)
        if made.text.strip("()") not in [head.text for head in heads]:
            heads.append(made)
    return heads


def _can_be_asked(kind: Type) -> bool:
    member = kind.item or kind
    return member.kind in NUMERIC | TEMPORAL | {Kind.STRING, Kind.BOOLEAN}


def _cell(choose: Chooser, scope: Scope, head: Typed) -> str:
    if choose.chance(20):
        return "-"
    items = [_item(choose, scope, head.type) for _ in range(choose.of((1, 1, 2, 3)))]
    return ("not " if choose.chance(20) else "") + ", ".join(items)


def _item(choose: Chooser, scope: Scope, kind: Type) -> str:
    if choose.chance(12):
        return "missing"
    member = kind.item or kind
    values = _values(scope, member) if kind.item is None or member.kind not in NUMERIC else list(WHOLE)
    has_order = member.kind in NUMERIC | TEMPORAL or member.ordered
    if kind.item is None and has_order and choose.chance(60):
        written = _values(None, member)
        if choose.chance(50) or len(written) == 1:
            return f"{choose.of(('>=', '<', '>', '<='))}{choose.of(('', ' '))}{choose.of(values)}"
        low = choose.number(0, len(written) - 2)
        return f"{written[low]}{choose.of(('..', '..<', ' .. '))}{written[choose.number(low + 1, len(written) - 1)]}"
    return choose.of(values)


def _values(scope: Scope | None, kind: Type) -> list[str]:
    """What can stand in a cell, lowest first where there is an order; parameters only with a scope."""
    if kind.kind in NUMERIC:
        parameters = scope.constants if scope else ()
        return [*NUMBERS, *(one.text for one in parameters if one.kind in NUMERIC)]
    if kind.kind in TEMPORAL:
        return sorted(DATES)
    if kind.kind is Kind.BOOLEAN:
        return ["true", "false"]
    if kind.values is not None:
        return [cell_of(value) for value in kind.values]
    return list(TEXTS)


def cell_of(text: str) -> str:
    """A text as a cell has it, in quotes if it needs them."""
    if BARE.fullmatch(text) and text != "missing" and not text.startswith("not "):
        return text
    return "'" + text.replace("'", "''") + "'"


# Spellings


def as_block(choose: Chooser, grid: Grid) -> str:
    """A table between bars, spelt in one of the ways that are allowed, at the margin."""
    ends = choose.of((("", ""), ("| ", " |"), ("", "  |")))
    widths = [max(map(len, column)) for column in zip(*grid.lines, strict=True)] if choose.chance(50) else None
    lines = [_barred(line, widths, ends) for line in grid.lines]
    if choose.chance(50):
        lines.insert(1, "|".join("---" for _ in grid.lines[0]))
    if choose.chance(30):
        lines.insert(choose.number(0, len(lines)), choose.of(("# it's | a 'comment", "")))
    return "\n".join(lines)


def _barred(line: tuple[str, ...], widths: list[int] | None, ends: tuple[str, str]) -> str:
    cells = line if widths is None else [cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
    return ends[0] + " | ".join(cells) + ends[1]


def as_csv(choose: Chooser, grid: Grid) -> str:
    """The same table as a CSV file, in one of the ways that spreadsheets write."""
    separator, end = choose.of((",", ";", "\t")), choose.of(("\n", "\r\n"))
    trailing = separator * choose.of((0, 0, 2))
    lines = [separator.join(_field(choose, cell, separator) for cell in line) + trailing for line in grid.lines]
    mark = choose.of(("", "\ufeff"))
    return mark + end.join(lines) + choose.of(("", end, end + trailing))


def _field(choose: Chooser, cell: str, separator: str) -> str:
    needs_quotes = any(one in cell for one in (",", ";", "\t", '"', separator)) or cell.startswith("#")
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if needs_quotes or choose.chance(20) else cell
