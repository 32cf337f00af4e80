"""Conditions written in line: comparisons of values of one type, and what puts conditions together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from segrules.backends.record.pieces import (
    ALWAYS,
    NEVER,
    Piece,
    Truth,
    both,
    deeper,
    denied,
    either,
    gaps_of,
    guard,
    tested,
)
from segrules.language.like import like_regex
from segrules.language.types import Kind, Type
from segrules.language.values import Duration
from segrules.meaning.calendar import earlier, later
from segrules.program.nodes import Call

if TYPE_CHECKING:
    from segrules.backends.record.writer import Writer

Builder = Callable[["Writer", Call], Truth | None]


def _compared(operator: str) -> Builder:
    """Take a comparison of two values by their order."""

    def build(writer: Writer, node: Call) -> Truth:
        pieces = [writer.value(one) for one in node.arguments]
        left, right = (_placed(writer, node.arguments[0].type, piece) for piece in pieces)
        return tested(f"{left} {operator} {right}", pieces)

    return build


def _placed(writer: Writer, kind: Type, piece: Piece) -> str:
    """Return what a value is ordered by: a text with ordered `values` by its position among them."""
    if kind.kind is not Kind.STRING or not kind.ordered or kind.values is None:
        return piece.name
    return f"{writer.places(kind.values)}[{piece.name}]"


def _between(writer: Writer, node: Call) -> Truth:
    pieces = [writer.value(one) for one in node.arguments]
    value, low, high = (_placed(writer, node.arguments[0].type, piece) for piece in pieces)
    if pieces[1].nullable or pieces[2].nullable:
        return both([tested(f"{low} <= {value}", pieces[:2]), tested(f"{value} <= {high}", pieces[::2])])
    return tested(f"{low} <= {value} <= {high}", pieces[:1])


def _equal(operator: str) -> Builder:
    def build(writer: Writer, node: Call) -> Truth:
        left, right = (writer.value(one) for one in node.arguments)
        return tested(f"{left.name} {operator} {right.name}", [left, right])

    return build


def _among(writer: Writer, node: Call) -> Truth | None:
    """Where all options are written."""
    item, *options = (writer.value(one) for one in node.arguments)
    return _among_constants(writer, item, options) if all(one.is_constant for one in options) else None


def _among_constants(writer: Writer, item: Piece, options: Sequence[Piece]) -> Truth | None:
    values = frozenset(one.value for one in options)
    if not values or None in values:
        return None
    return tested(f"{item.name} in {writer.module.bind(values)}", [item])


def _in_list(writer: Writer, node: Call) -> Truth | None:
    item, members = (writer.value(one) for one in node.arguments)
    if members.is_constant:
        if not isinstance(members.value, tuple):
            return None
        return _among_constants(writer, item, [writer.constant(one) for one in members.value])
    x, rows = item.name, members.name
    here, present = guard([members]), guard([item])
    found = " and ".join(part for part in (here, present, f"{x} in {rows}") if part)
    absent = " and ".join(part for part in (present, f"{x} not in {rows}", f"None not in {rows}") if part)
    denied_by = " and ".join(part for part in (here, f"(not {rows} or {absent})") if part)
    unknown = f"({rows} is None or None in {rows})" if here else f"None in {rows}"
    return Truth(f"({found})", f"({denied_by})", (*((f"{x} is None",) if present else ()), unknown))


def _text(test: str) -> Builder:
    """Take a question about two texts."""

    def build(writer: Writer, node: Call) -> Truth:
        text, part = (writer.value(one) for one in node.arguments)
        return tested(test.format(text.name, part.name), [text, part])

    return build


def _like(writer: Writer, node: Call) -> Truth | None:
    """Where the pattern is written."""
    text, pattern = (writer.value(one) for one in node.arguments)
    if not isinstance(pattern.value, str):
        return None
    covers = writer.module.bind(re.compile(like_regex(pattern.value)).fullmatch)
    return tested(f"{covers}({text.name}) is not None", [text])


def _is_missing(writer: Writer, node: Call) -> Truth:
    [piece] = (writer.value(one) for one in node.arguments)
    return Truth(f"{piece.name} is None", f"{piece.name} is not None") if piece.nullable else NEVER


def _is_present(writer: Writer, node: Call) -> Truth:
    return denied(_is_missing(writer, node))


def _window(*, ahead: bool) -> Builder:
    """Take `in last` and `in next`, where both ends of the window exist."""

    def build(writer: Writer, node: Call) -> Truth | None:
        day, as_of, duration = (writer.value(one) for one in node.arguments)
        if as_of.value != writer.as_of or not isinstance(duration.value, Duration):
            return None
        start, end = writer.as_of, writer.as_of
        found = later(end, duration.value) if ahead else earlier(start, duration.value)
        if found is None:
            return None
        start, end = (start, found) if ahead else (found, end)
        low, high = (writer.module.bind(one) for one in (start, end))
        return tested(f"{low} < {day.name} <= {high}", [day])

    return build


def _every(writer: Writer, node: Call) -> Truth:
    return both(writer.truth(one) for one in node.arguments)


def _any(writer: Writer, node: Call) -> Truth:
    return either(writer.truth(one) for one in node.arguments)


def _not(writer: Writer, node: Call) -> Truth:
    return denied(writer.truth(node.arguments[0]))


def _at_least(writer: Writer, node: Call) -> Truth | None:
    """Where the count is written."""
    count, *parts = node.arguments
    number = writer.value(count)
    if not isinstance(number.value, int):
        return None
    truths = [writer.truth(one) for one in parts]
    if number.value <= 0:
        return ALWAYS
    true, false = ("+".join(f"({test})" for test in tests) for tests in _tests(truths))
    return Truth(
        f"({true} >= {writer.module.bind(number.value)})",
        f"({false} > {writer.module.bind(len(truths) - number.value)})",
        gaps_of(truths),
        deeper(truths) + 1,
    )


def _tests(truths: Sequence[Truth]) -> tuple[list[str], list[str]]:
    return [truth.true for truth in truths], [truth.false for truth in truths]


CONDITIONS: dict[str, Builder] = {
    "and": _every,
    "or": _any,
    "not": _not,
    "at_least": _at_least,
    "=": _equal("=="),
    "!=": _equal("!="),
    "<": _compared("<"),
    "<=": _compared("<="),
    ">": _compared(">"),
    ">=": _compared(">="),
    "between": _between,
    "in": _among,
    "in_list": _in_list,
    "contains_text": _text("{1} in {0}"),
    "starts_with": _text("{0}.startswith({1})"),
    "ends_with": _text("{0}.endswith({1})"),
    "like": _like,
    "is_missing": _is_missing,
    "is_present": _is_present,
    "in_last": _window(ahead=False),
    "in_next": _window(ahead=True),
}
