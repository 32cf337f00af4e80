"""One generated function: every value of its row is worked out once and held by a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from segrules.backends.record.aggregates import aggregated
from segrules.backends.record.answers import answered
from segrules.backends.record.columns import read
from segrules.backends.record.conditions import CONDITIONS
from segrules.backends.record.numbers import NUMBERS, largest_of, size_of, strict
from segrules.backends.record.pieces import Here, Piece, Truth, held
from segrules.backends.record.source import Lines
from segrules.backends.record.statistics import statistic
from segrules.language.values import Value
from segrules.meaning.functions import MEANINGS
from segrules.program.nodes import (
    Aggregate,
    Answers,
    Call,
    Constant,
    Expression,
    Field,
    Reference,
    Scope,
    Statistic,
    Step,
    walk,
)

if TYPE_CHECKING:
    from datetime import date

    from segrules.backends.record.columns import Columns
    from segrules.backends.record.source import Module

_DEEPEST = 8
"""How deep tests may nest; what is deeper is held by names, as Python reads no text that nests without end."""

_PARTS = {
    "year": "{}.year", "month": "{}.month", "day": "{}.day", "weekday": "{}.isoweekday()", "length": "len({})",
    "lower": "{}.lower()", "upper": "{}.upper()",
}  # fmt: skip


class Writer:
    """Writes the statements that work out expressions at a row: `own`, or inside an aggregate `below`, a row below it.

    A value is worked out where it is first asked for; a name that holds it serves every later one.
    """

    def __init__(self, columns: Columns, own: Here) -> None:
        self.columns = columns
        self.module: Module = columns.module
        self.as_of: date = columns.as_of
        self.lines = Lines()
        self.own = own
        self.below: Here | None = None
        self.computed: dict[str, Piece] = {}
        self.decided: dict[str, str] = {}
        self.reached: list[dict[tuple[Scope, tuple[str, ...]], Here]] = [{}]
        self._rows: dict[str, str] = {}
        self._rows_below: dict[tuple[Step, ...], str] = {}
        self._values: list[dict[Expression, Piece]] = [{}]
        self._truths: list[dict[Expression, Truth]] = [{}]

    # Names

    def local(self, text: str) -> str:
        """Return a new name that holds what a text says."""
        name = self.module.fresh("v")
        self.lines.add(f"{name} = {text}")
        return name

    def constant(self, value: Value) -> Piece:
        """Return a value that is known now."""
        return Piece(self.module.bind(value), value is None, is_constant=True, value=value, size=size_of(value))

    def places(self, values: tuple[str, ...]) -> str:
        """Return the name of the positions of ordered texts."""
        return self.columns.places(values)

    def rows(self, table: str) -> str:
        """Return the name of the rows of a table."""
        if table not in self._rows:
            self._rows[table] = self._outside("t", f"s.tables[{self.columns.numbers[table]}]")
        return self._rows[table]

    def rows_below(self, down: tuple[Step, ...]) -> str:
        """Return the name of the places of the rows that belong to the row, through all steps."""
        if down not in self._rows_below:
            ways = self.module.bind(tuple(self.columns.down(step) for step in down))
            self._rows_below[down] = self._outside("b", f"s.below({self.own.at}, {ways})")
        return self._rows_below[down]

    def _outside(self, letter: str, text: str) -> str:
        """Return a new name that holds what a text says from before the loop that is being written, if one is."""
        name = self.module.fresh(letter)
        with nullcontext() if self.below is None else self.lines.before():
            self.lines.add(f"{name} = {text}")
        return name

    # Values and conditions

    def value(self, node: Expression) -> Piece:
        """Return the value of an expression."""
        for known in self._values:
            if node in known:
                return known[node]
        with self.where_it_belongs(node):
            found = self._values[-1][node] = self._worked_out(node)
        return found

    def truth(self, node: Expression) -> Truth:
        """Return an expression as a condition."""
        for known in self._truths:
            if node in known:
                return known[node]
        found = self._condition(node) or held(self._without_condition(node))
        if found.depth > _DEEPEST:
            found = Truth(self.local(found.true), self.local(found.false), found.gaps)
        self._truths[-1][node] = found
        return found

    def _condition(self, node: Expression) -> Truth | None:
        builder = CONDITIONS.get(node.function) if isinstance(node, Call) else None
        return builder(self, node) if builder is not None and isinstance(node, Call) else None

    def _without_condition(self, node: Expression) -> Piece:
        plain = isinstance(node, Call) and node.function in CONDITIONS
        return self._by_meaning(node, self._arguments(node)) if plain and isinstance(node, Call) else self.value(node)

    def _worked_out(self, node: Expression) -> Piece:
        match node:
            case Constant():
                return self.constant(node.value)
            case Reference():
                return self.constant(self.columns.references[node.name])
            case Field():
                return read(self, node)
            case Call():
                return self._call(node)
            case Aggregate():
                return aggregated(self, node)
            case Answers():
                return answered(self, node)
            case Statistic():
                return statistic(self, node)

    def _call(self, node: Call) -> Piece:
        if node.function in CONDITIONS:
            return self._held(self.truth(node))
        if node.function == "if":
            return self._choice(node)
        pieces = self._arguments(node)
        if all(piece.is_constant for piece in pieces):
            return self.constant(MEANINGS[node.function](node, [piece.value for piece in pieces]))
        if node.function in NUMBERS and (found := NUMBERS[node.function](self, node, pieces)) is not None:
            return found
        if node.function in _PARTS:
            return strict(self, _PARTS[node.function].format(pieces[0].name), pieces)
        return self._first_present(pieces) if node.function == "coalesce" else self._by_meaning(node, pieces)

    def _arguments(self, node: Call) -> list[Piece]:
        return [self.value(one) for one in node.arguments]

    def _by_meaning(self, node: Call, pieces: Sequence[Piece]) -> Piece:
        """Return what the shared meaning of a function gives."""
        meaning, call = self.module.bind(MEANINGS[node.function]), self.module.bind(node)
        arguments = "".join(f"{piece.name}, " for piece in pieces)
        return Piece(self.local(f"{meaning}({call}, ({arguments}))"), nullable=True)

    def _held(self, truth: Truth) -> Piece:
        """Return a condition as a value."""
        if not truth.gaps:
            return Piece(self.local(truth.true), nullable=False)
        return Piece(self.local(f"True if {truth.true} else False if {truth.false} else None"), nullable=True)

    def _choice(self, node: Call) -> Piece:
        condition, *either = node.arguments
        truth, (then, otherwise) = self.truth(condition), [self.value(one) for one in either]
        rest = f"{otherwise.name} if {truth.false} else None" if truth.gaps else otherwise.name
        name = self.local(f"{then.name} if {truth.true} else {rest}")
        nullable = bool(truth.gaps) or then.nullable or otherwise.nullable
        return Piece(name, nullable, size=largest_of([then, otherwise]))

    def _first_present(self, pieces: Sequence[Piece]) -> Piece:
        asked = []
        for piece in pieces:
            asked.append(piece)
            if not piece.nullable:
                break
        *others, last = asked
        text = "".join(f"{piece.name} if {piece.name} is not None else " for piece in others)
        return Piece(self.local(text + last.name), last.nullable, size=largest_of(asked))

    # Loops

    @contextmanager
    def each_below(self, row: Here, head: str) -> Iterator[None]:
        """Write a loop over rows below; what does not read them is put before it."""
        self.below = row
        self.reached.append({})
        self._values.append({})
        self._truths.append({})
        with self.lines.apart(), self.lines.indented(head):
            yield
        self.below = None
        self.reached.pop()
        self._values.pop()
        self._truths.pop()

    @contextmanager
    def where_it_belongs(self, node: Expression) -> Iterator[None]:
        """Write before the loop that is being written, if one is and an expression does not read its rows."""
        if self.below is None or _reads_below(node):
            yield
            return
        below, reached, values, truths = self.below, self.reached.pop(), self._values.pop(), self._truths.pop()
        self.below = None
        with self.lines.before():
            yield
        self.below = below
        self.reached.append(reached)
        self._values.append(values)
        self._truths.append(truths)


def _reads_below(node: Expression) -> bool:
    return any(isinstance(one, Field) and one.row.scope is Scope.CHILD for one in walk(node))
