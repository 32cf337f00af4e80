"""Arithmetic written in line where its result surely fits or a plain test says whether it does.

A number too large for its type is missing. How large the operands can be often says that no result is: `size`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import isfinite
from typing import TYPE_CHECKING

from segrules.backends.record.pieces import Piece, guard
from segrules.language.types import Kind, Type
from segrules.language.values import MAX_DIGITS, MAX_INTEGER, MIN_INTEGER
from segrules.program.nodes import Call

if TYPE_CHECKING:
    from segrules.backends.record.writer import Writer

Builder = Callable[["Writer", Call, Sequence[Piece]], Piece | None]

_LARGEST: dict[Kind, float] = {
    Kind.NUMBER: sys.float_info.max,
    Kind.INTEGER: -MIN_INTEGER,
    Kind.DECIMAL: 10**MAX_DIGITS,
}

_FITS = {Kind.NUMBER: "{0} - {0} == 0", Kind.INTEGER: f"{MIN_INTEGER} <= {{0}} <= {MAX_INTEGER}"}


def largest(kind: Type) -> float | None:
    """Return what no value of a type exceeds, or None if it is no number."""
    return _LARGEST.get(kind.kind)


def _calculated(text: str, size: Callable[..., float]) -> Builder:
    """Take an operation on doubles or on integers; `size` is that of its result by those of its operands."""

    def build(writer: Writer, node: Call, pieces: Sequence[Piece]) -> Piece | None:
        if node.type.kind not in _FITS:
            return None
        sizes = [piece.size for piece in pieces]
        result = None if None in sizes else size(*sizes)
        found = strict(writer, text.format(*(piece.name for piece in pieces)), pieces)
        return _fitting(writer, node.type.kind, found, result)

    return build


def _fitting(writer: Writer, kind: Kind, found: Piece, size: float | None) -> Piece:
    """Return a result, which is missing if it does not fit; no larger than `size` it does."""
    if size is not None and size <= (MAX_INTEGER if kind is Kind.INTEGER else sys.float_info.max):
        return replace(found, size=size)
    present = f"{found.name} is not None and " if found.nullable else ""
    writer.lines.add(f"if {present}not {_FITS[kind].format(found.name)}: {found.name} = None")
    return Piece(found.name, nullable=True, size=_LARGEST[kind])


def strict(writer: Writer, text: str, pieces: Sequence[Piece], size: float | None = None) -> Piece:
    """Return a value that is missing if one of its operands is."""
    present = guard(pieces)
    name = writer.local(f"{text} if {present} else None" if present else text)
    return Piece(name, nullable=bool(present), size=size)


def _divided(writer: Writer, _: Call, pieces: Sequence[Piece]) -> Piece | None:
    number, by = pieces
    quotient = f"{number.name} / {by.name}"
    if not by.is_constant:
        found = strict(writer, f"({quotient} if {by.name} else None)", pieces)
        return _fitting(writer, Kind.NUMBER, replace(found, nullable=True), None)
    if not isinstance(by.value, float) or not by.value:
        return None
    size = None if number.size is None else _double(number.size) / abs(by.value)
    return _fitting(writer, Kind.NUMBER, strict(writer, quotient, pieces), size)


def _to_number(writer: Writer, _: Call, pieces: Sequence[Piece]) -> Piece | None:
    [piece] = pieces
    return strict(writer, f"float({piece.name})", pieces, None if piece.size is None else _double(piece.size))


def _clipped(writer: Writer, _: Call, pieces: Sequence[Piece]) -> Piece | None:
    """Where the ends are written and part: `low` and `high` are the language's own, equal values as well."""
    number, low, high = pieces
    if not (low.is_constant and high.is_constant) or low.value is None or high.value is None:
        return None
    if not low.value < high.value:  # type: ignore[operator]
        return None
    x, least, most = number.name, low.name, high.name
    text = f"({most} if {x} > {most} else {x} if {x} > {least} else {least})"
    sizes = [one.size for one in (low, high) if one.size is not None]
    return strict(writer, text, [number], max(sizes) if len(sizes) == 2 else None)


def _chosen(function: str) -> Builder:
    def build(writer: Writer, _: Call, pieces: Sequence[Piece]) -> Piece:
        return strict(writer, f"{function}({', '.join(piece.name for piece in pieces)})", pieces, largest_of(pieces))

    return build


def largest_of(pieces: Sequence[Piece]) -> float | None:
    """Return the size of a value that is one of some pieces."""
    sizes = [piece.size for piece in pieces]
    return None if None in sizes else max(size for size in sizes if size is not None)


def _double(size: float) -> float:
    try:
        return float(size)
    except OverflowError:
        return sys.float_info.max


def _sum(left: float, right: float) -> float:
    return left + right


def _product(left: float, right: float) -> float:
    return left * right


NUMBERS: dict[str, Builder] = {
    "+": _calculated("{} + {}", _sum),
    "-": _calculated("{} - {}", _sum),
    "*": _calculated("{} * {}", _product),
    "negate": _calculated("-{}", lambda size: size),
    "abs": _calculated("abs({})", lambda size: size),
    "/": _divided,
    "to_number": _to_number,
    "clip": _clipped,
    "min": _chosen("min"),
    "max": _chosen("max"),
}


def size_of(value: object) -> float | None:
    """Return the size of a constant, if it is a number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return abs(value) if isfinite(value) else None
