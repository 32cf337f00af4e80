"""Aggregates in generated code: a loop over the rows below, and the shared meaning of what is found there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from segrules.backends.record.pieces import Here, Piece
from segrules.meaning.aggregates import AGGREGATES, Below
from segrules.program.nodes import Aggregate

if TYPE_CHECKING:
    from segrules.backends.record.writer import Writer


_PRESENT = frozenset({"count", "count_distinct", "list"})
_IN_ORDER = frozenset({"first", "last"})


def aggregated(writer: Writer, node: Aggregate) -> Piece:
    """Return a value of the rows below the row that is written."""
    if node.function == "count" and node.value is None:
        return _counted(writer, node)
    found = writer.local("[]")
    at, row = writer.module.fresh("i"), writer.module.fresh("r")
    places = writer.columns.positions[node.table]
    ordered_by = writer.columns.tables[node.table].key if node.function in _IN_ORDER else ()
    key = "".join(f"{row}[{places[name]}], " for name in ordered_by)
    with _each(writer, node, Here(node.table, row, at)):
        value, by = (writer.value(part).name if part else "None" for part in (node.value, node.by))
        writer.lines.add(f"{found}.append({writer.module.bind(Below)}({value}, {by}, ({key})))")
    meaning, same = writer.module.bind(AGGREGATES[node.function]), writer.module.bind(node)
    return Piece(writer.local(f"{meaning}({same}, {found})"), nullable=node.function not in _PRESENT)


def _counted(writer: Writer, node: Aggregate) -> Piece:
    """Return how many rows there are, or of how many a condition is true."""
    if node.where is None:
        return Piece(writer.local(f"len({writer.rows_below(node.down)})"), nullable=False)
    found = writer.local("0")
    with _each(writer, node, Here(node.table, writer.module.fresh("r"), writer.module.fresh("i"))):
        writer.lines.add(f"{found} += 1")
    return Piece(found, nullable=False)


@contextmanager
def _each(writer: Writer, node: Aggregate, here: Here) -> Iterator[None]:
    """Write a loop over the rows that an aggregate is about, those that its `where` leaves."""
    rows = writer.rows(node.table)
    with writer.each_below(here, f"for {here.at} in {writer.rows_below(node.down)}:"):
        writer.lines.add(f"{here.row} = {rows}[{here.at}]")
        if node.where is not None:
            writer.lines.add(f"if not {writer.truth(node.where).true}: continue")
        yield
