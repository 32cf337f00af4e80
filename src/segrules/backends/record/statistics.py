"""Statistics in generated code: what a row brings, and its place among the rows of a population."""

from __future__ import annotations

from typing import TYPE_CHECKING

from segrules.backends.record.pieces import Piece
from segrules.backends.record.rows import Others
from segrules.language.values import Value
from segrules.meaning.population import Group, Member
from segrules.meaning.statistics import value_among
from segrules.meaning.tables import Key
from segrules.program.nodes import Statistic

if TYPE_CHECKING:
    from segrules.backends.record.writer import Writer


def statistic(writer: Writer, node: Statistic) -> Piece:
    """Return a statistic of the row that is written."""
    own, places = writer.own, writer.columns.positions[writer.own.table]
    key = "".join(f"{own.row}[{places[name]}], " for name in writer.columns.tables[own.table].key)
    over = "".join(f"{writer.value(name).name}, " for name in node.over)
    takes_part = "True" if node.where is None else writer.truth(node.where).true
    amount = "None" if node.amount is None else writer.value(node.amount).name
    bring, same = writer.module.bind(_among_others), writer.module.bind(node)
    value = writer.value(node.value).name
    text = f"{bring}({same}, s.others, ({key}), ({over}), {value}, {takes_part}, {amount})"
    return Piece(writer.local(text), nullable=True)


def _among_others(
    node: Statistic, others: Others, key: Key, over: tuple[Value, ...], value: Value, takes_part: bool, amount: Value
) -> Value:
    """Return a statistic of a row that stands in the place of the one with its key, or as one more."""
    if None in over:
        return None
    member = Member(key, value) if takes_part else None
    group = others(node).get(over, Group(node.value.type, ())).exchanged(key, member)
    return value_among(node, amount, group, member)
