"""What a generated ruleset declares, and what an expression at one of its tables can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple, TypeVar

from hypothesis import strategies as st

from segrules.language.types import Kind, Type

T = TypeVar("T")


@cache
def _index(size: int) -> st.SearchStrategy[int]:
    return st.integers(0, size - 1)


class Chooser:
    """Choices that shrink towards the first option, and towards no."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def of(self, options: Sequence[T]) -> T:
        return options[self._draw(_index(len(options)))]

    def number(self, low: int, high: int) -> int:
        return low + self._draw(_index(high - low + 1))

    def chance(self, percent: int) -> bool:
        return self._draw(_index(100)) >= 100 - percent

    def some(self, options: Sequence[T], low: int, high: int) -> list[T]:
        """Between `low` and `high` different options, in an order that varies."""
        left = list(options)
        return [left.pop(self._draw(_index(len(left)))) for _ in range(self.number(low, min(high, len(left))))]


class Typed(NamedTuple):
    """An expression as text, in brackets if it needs them, and its type; whether it can be missing does not matter."""

    text: str
    type: Type

    @property
    def kind(self) -> Kind:
        return self.type.kind


@dataclass(frozen=True)
class Relation:
    """A `belongs_to`; `down` is what the way down is called."""

    name: str
    table: str
    by: tuple[str, ...]
    required: bool
    down: str
    renamed: bool = False


@dataclass
class Table:
    """A table; `readable` are its stored columns and what is worked out for its rows, as far as there is any yet."""

    name: str
    key: tuple[str, ...]
    stored: dict[str, Type] = field(default_factory=dict)
    optional: set[str] = field(default_factory=set)
    bounds: dict[str, tuple[int, int]] = field(default_factory=dict)
    actionable: dict[str, object] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    readable: dict[str, Type] = field(default_factory=dict)
    derived: dict[str, str] = field(default_factory=dict)
    where: str | None = None
    keys_from: str | None = None


@dataclass
class World:
    """All that is declared; the first table is the entity.

    In a `changeable` one, most rules go by columns that the owner of a row can change.
    """

    changeable: bool = False
    tables: dict[str, Table] = field(default_factory=dict)
    parameters: dict[str, Typed] = field(default_factory=dict)
    metrics: dict[str, str] = field(default_factory=dict)
    scorecards: dict[str, object] = field(default_factory=dict)
    segmentations: dict[str, object] = field(default_factory=dict)

    @property
    def entity(self) -> Table:
        return next(iter(self.tables.values()))

    def ways_down(self, table: str, steps: int = 3) -> list[tuple[str, str]]:
        """The names by which rows below are called, with their tables; longer ones step by step."""
        found: list[tuple[str, str]] = []
        for child in self.tables.values():
            for relation in child.relations if steps else ():
                if relation.table == table:
                    further = self.ways_down(child.name, steps - 1)
                    found += [(relation.down, child.name), *((f"{relation.down}.{way}", end) for way, end in further)]
        return found

    def fields(self, table: str, prefix: str = "", steps: int = 2) -> list[Typed]:
        """What can be read of a row and of those above it."""
        found = [Typed(prefix + name, kind) for name, kind in self.tables[table].readable.items()]
        for relation in self.tables[table].relations if steps else ():
            found += self.fields(relation.table, f"{prefix}{relation.name}.", steps - 1)
        return found


@dataclass(frozen=True)
class Scope:
    """What an expression can read. `below` are the rows that it can aggregate, `inside` those that it is about.

    `groups` are the names by which statistics can part the rows of the entity; it is None where there can be none.
    """

    fields: tuple[Typed, ...]
    constants: tuple[Typed, ...]
    below: tuple[tuple[str, str], ...] = ()
    inside: str | None = None
    as_of: bool = True
    groups: tuple[str, ...] | None = None

    def of_kind(self, kinds: frozenset[Kind]) -> list[Typed]:
        return [one for one in (*self.fields, *self.constants) if one.kind in kinds]


def row_scope(world: World, table: str) -> Scope:
    """The scope of a metric, a rule or a derived column."""
    constants = tuple(Typed(name, typed.type) for name, typed in world.parameters.items())
    readable = world.tables[table].readable.items()
    groups = tuple(name for name, kind in readable if kind.kind is not Kind.LIST)
    below = tuple(world.ways_down(table))
    return Scope(tuple(world.fields(table)), constants, below, groups=groups if table == world.entity.name else None)


def inner_scope(world: World, scope: Scope, way: str, table: str) -> Scope:
    """The scope inside an aggregate: the rows below, and those around."""
    return Scope((*world.fields(table, f"{way}."), *scope.fields), scope.constants, inside=way)


def stored_scope(world: World, table: str) -> Scope:
    """The scope of a table's `where`."""
    columns = tuple(Typed(name, kind) for name, kind in world.tables[table].stored.items())
    constants = tuple(Typed(name, typed.type) for name, typed in world.parameters.items())
    return Scope(columns, constants, as_of=False)
