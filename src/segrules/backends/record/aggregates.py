"""Aggregates in generated code: a loop over the rows below, and the shared meaning of what is found there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from segrules.backends.record.pieces import Here, Piece
from segrules.meaning.aggregates import AGGREGATES, Below
from segrules.program.nodes import Aggregate

if TYPE_CHECKING:
    from segrules.backends.record.writer import Writer


def aggregated(writer: Writer, node: Aggregate) -> Piece:
    """Return a value of the rows below the row that is written."""
    number, table = writer.columns.numbers[node.table], writer.columns.tables[node.table]
    ways = writer.module.bind(tuple(writer.columns.down(step) for step in node.down))
    at, row, found = (writer.module.fresh(letter) for letter in ("i", "r", "n"))
    writer.lines.add(f"{found} = []")
    key = "".join(f"{row}[{writer.columns.positions[node.table][name]}], " for name in table.key)
    with writer.each_below(Here(node.table, row, at), f"for {at} in s.below({writer.own.at}, {ways}):"):
        writer.lines.add(f"{row} = s.tables[{number}][{at}]")
        if node.where is not None:
            writer.lines.add(f"if not {_test(writer, node)}: continue")
        value, by = (writer.value(part).name if part else "None" for part in (node.value, node.by))
        writer.lines.add(f"{found}.append({writer.module.bind(Below)}({value}, {by}, ({key})))")
    meaning, same = writer.module.bind(AGGREGATES[node.function]), writer.module.bind(node)
    return Piece(writer.local(f"{meaning}({same}, {found})"), nullable=node.function not in _PRESENT)


def _test(writer: Writer, node: Aggregate) -> str:
    assert node.where is not None
    return f"({writer.truth(node.where).true})"


_PRESENT = frozenset({"count", "count_distinct", "list"})
