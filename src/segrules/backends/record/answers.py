"""Comparisons that read a segmentation, in generated code: asked of every answer that is possible."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING

from segrules.backends.record.columns import decided_at, reach
from segrules.backends.record.pieces import Piece
from segrules.backends.record.segmentations import Decided
from segrules.language.values import Value
from segrules.meaning.comparisons import Operand
from segrules.meaning.functions import MEANINGS
from segrules.program.nodes import Answers, Call, Expression

if TYPE_CHECKING:
    from segrules.backends.record.writer import Writer

_MOST = 10_000


class Comparison:
    """A call of which some arguments are segmentations: `places` say which of them stands where, None for a value."""

    def __init__(self, call: Call, places: Sequence[int | None]) -> None:
        self._call = call
        self._places = places

    def of(self, decided: Sequence[Decided | None], values: Sequence[Operand]) -> Value:
        """Return the comparison if it is the same for every answer; without a row to read them from it is unknown."""
        every = [one.operands for one in decided if one is not None]
        if len(every) < len(decided):
            return None
        found = {self._asked(answers, values) for answers in product(*every)}
        return found.pop() if len(found) == 1 else None

    def _asked(self, answers: Sequence[Operand], values: Sequence[Operand]) -> Value:
        arguments = [
            value if place is None else answers[place] for place, value in zip(self._places, values, strict=True)
        ]
        return MEANINGS[self._call.function](self._call, arguments)


class Settled(dict["Decided | None", Value]):
    """A comparison of one segmentation with what is written, by what the segmentation says."""

    def __init__(self, comparison: Comparison, values: Sequence[Operand]) -> None:
        super().__init__()
        self._comparison = comparison
        self._values = values

    def __missing__(self, decided: Decided | None) -> Value:
        if len(self) >= _MOST:
            self.clear()
        found = self[decided] = self._comparison.of([decided], self._values)
        return found


def answered(writer: Writer, node: Answers) -> Piece:
    """Return a comparison that reads segmentations."""
    fields: dict[Expression, str] = {}
    asked: Expression = node
    while isinstance(asked, Answers):
        field, asked = asked.segmentation, asked.comparison
        segmentation = writer.columns.segmentations[field.name]
        with writer.where_it_belongs(field):
            fields[field] = decided_at(writer, reach(writer, field.row), segmentation)
    assert isinstance(asked, Call)
    places = [list(fields).index(one) if one in fields else None for one in asked.arguments]
    pieces = [writer.constant(None) if one in fields else writer.value(one) for one in asked.arguments]
    comparison = Comparison(asked, places)
    if len(fields) == 1 and all(piece.is_constant for piece in pieces):
        settled = writer.module.bind(Settled(comparison, [piece.value for piece in pieces]))
        return Piece(writer.local(f"{settled}[{fields.popitem()[1]}]"), nullable=True)
    decided, values = "".join(f"{one}, " for one in fields.values()), "".join(f"{piece.name}, " for piece in pieces)
    return Piece(writer.local(f"{writer.module.bind(comparison)}.of(({decided}), ({values}))"), nullable=True)
