"""Expressions of the typed program. Few kinds: everything that computes is a `Call` of a named function.

Spans are where a node was written; they take no part in equality, so that equal conditions are found equal. Nodes are
kept in dictionaries a great deal: those with others below them know their hash, which leaves out the type.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from segrules.diagnostics.source import Span
from segrules.language.types import Type
from segrules.language.values import Value


class Scope(StrEnum):
    """Which row an expression starts from: the row it is worked out for, or, inside an aggregate, the row below it."""

    ROW = "row"
    CHILD = "child"


@dataclass(frozen=True, slots=True)
class Row:
    """A row that an expression can read: the scope's own, or one above it reached by `belongs_to` names in turn.

    `table` is the table of the row reached. A path that finds no row makes everything read from it missing.
    """

    scope: Scope
    path: tuple[str, ...]
    table: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that was written. A number stands in the type it met: `1` beside a `number` is the float 1.0."""

    value: Value
    type: Type
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a row: stored, `derived`, or, on the entity, a metric or the assigned segment of a segmentation.

    A `collect` segmentation's field is the list of assigned segments; another's is missing for no segment.
    """

    row: Row
    name: str
    type: Type
    span: Span = field(compare=False, repr=False)

    def __hash__(self) -> int:
        """Return the hash of what is read."""
        return hash((self.name, self.row.scope, self.row.path))


@dataclass(frozen=True, slots=True)
class Reference:
    """A parameter, or `as_of`: the same for every row."""

    name: str
    type: Type
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of values; `segrules.language.functions` says what each means. Casts are calls."""

    function: str
    arguments: tuple[Expression, ...]
    type: Type
    span: Span = field(compare=False, repr=False)
    _hash: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Work out the hash once."""
        object.__setattr__(self, "_hash", hash((self.function, self.arguments)))

    def __hash__(self) -> int:
        """Return the hash."""
        return self._hash


@dataclass(frozen=True, slots=True)
class Step:
    """One step down: to the rows of `table` whose `belongs_to` named `relation` finds the row above.

    `down` is what the author calls these rows: the table's name, or the one that `as` gives them.
    """

    table: str
    relation: str
    down: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A value of the rows below a row.

    `down` are the steps from the row's table to the rows that are aggregated. `value` (None in `count(deals)`),
    `where` and `by` read those rows with `Scope.CHILD` and the row above with `Scope.ROW`. Rows whose `where` is not
    true, whose value is missing or, with `by`, whose `by` is missing are passed over.
    """

    function: str
    down: tuple[Step, ...]
    value: Expression | None
    where: Expression | None
    by: Expression | None
    type: Type
    span: Span = field(compare=False, repr=False)
    _hash: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Work out the hash once."""
        object.__setattr__(self, "_hash", hash((self.function, self.down, self.value, self.where, self.by)))

    def __hash__(self) -> int:
        """Return the hash."""
        return self._hash

    @property
    def table(self) -> str:
        """The table whose rows are aggregated."""
        return self.down[-1].table


@dataclass(frozen=True, slots=True)
class Answers:
    """A comparison that reads a segmentation: true if true of every possible answer, false if of none, else unknown.

    `comparison` reads `segmentation` (a field with the same row and name) as one of its direct arguments, where no
    segment and a conflict are an answer that equals no segment and stands below every ordered one. It is a call of
    `= != < <= > >=`, `between`, `in`, or, for a `collect` segmentation, of `in_list` with the field as its list.
    """

    segmentation: Field
    comparison: Expression
    type: Type
    span: Span = field(compare=False, repr=False)

    def __hash__(self) -> int:
        """Return the hash of what is asked."""
        return hash((self.segmentation, self.comparison))


@dataclass(frozen=True, slots=True)
class Statistic:
    """A value of all rows of the entity that are in the row's group, or the place of the row among them.

    `over` part the rows into groups; without any they are all in one. A row of which one of them is missing, or of
    which `where` is not true, takes no part. `amount` is the number of tiles, or the share of a quantile: the same for
    every row. With `descending` places count from the largest value.
    """

    function: str
    value: Expression
    over: tuple[Field, ...]
    where: Expression | None
    amount: Expression | None
    descending: bool
    type: Type
    span: Span = field(compare=False, repr=False)
    _hash: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Work out the hash once."""
        object.__setattr__(self, "_hash", hash((self.function, self.among, self.amount, self.descending)))

    def __hash__(self) -> int:
        """Return the hash."""
        return self._hash

    @property
    def among(self) -> Among:
        """What says which rows take part, in which groups, and with which value."""
        return self.value, self.over, self.where


Expression = Constant | Field | Reference | Call | Aggregate | Answers | Statistic

Among = tuple[Expression, tuple[Field, ...], Expression | None]
"""The value of a statistic, what parts the rows into groups, and the condition that leaves rows out."""


def children(node: Expression) -> tuple[Expression, ...]:
    """Return the expressions directly below a node."""
    match node:
        case Call():
            return node.arguments
        case Aggregate():
            return tuple(part for part in (node.value, node.where, node.by) if part is not None)
        case Answers():
            return (node.comparison,)
        case Statistic():
            return tuple(part for part in (node.value, *node.over, node.where, node.amount) if part is not None)
        case Constant() | Field() | Reference():
            return ()


def walk(node: Expression) -> list[Expression]:
    """Return a node and everything below it, parents first, in the order written."""
    found = [node]
    for child in children(node):
        found.extend(walk(child))
    return found
