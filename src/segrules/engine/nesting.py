"""A nested record as rows by table: children under their table's name, a row above under its `belongs_to` name.

Rows that nest in each other belong to each other, so the one that lacks the columns of the `belongs_to` gets them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.spelling import nearest
from segrules.engine import input_messages
from segrules.program.program import Program, Relation, Table

Raw = Mapping[str, object]

PLAIN = (str, int, float, type(None))
"""Types of values in which no row nests."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two rows, by their places in their tables, of which one nests in the other."""

    child: str
    child_at: int
    relation: Relation
    parent_at: int


@dataclass(frozen=True, slots=True)
class Unnested:
    """The rows of a record by table, as they were written, and what nests in what.

    `above` are the places, by table, of rows that nest in rows that belong to them: the same row may do so often.
    `strange` are the tables and names under which rows nest that the ruleset does not know. `no_rows` are those that it
    does know under which something else stands, with what it is.
    """

    rows: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    above: dict[str, set[int]] = field(default_factory=dict)
    strange: list[tuple[str, str]] = field(default_factory=list)
    no_rows: list[tuple[str, str, object]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shape:
    """What may stand in a row of a table: columns by their `header`, and the names under which other rows nest.

    `below` are the `belongs_to` of the rows that nest under a name, with their table.
    """

    table: Table
    headers: Mapping[str, str]
    above: Mapping[str, Relation]
    below: Mapping[str, tuple[str, Relation]]

    def written(self, row: Raw, name: str) -> object:
        """Return what stands in a column of a row, under its `header` or else under its name."""
        header = self.headers[name]
        return row[header] if header in row else row.get(name)

    def has_column(self, name: str) -> bool:
        """Whether a name in a row may be that of a column."""
        return name in self.headers or name in self.headers.values()

    def knows(self, name: str) -> bool:
        """Whether a name in a row means something."""
        return name in self.above or name in self.below or self.has_column(name)


def shapes(program: Program) -> dict[str, Shape]:
    """Return what may stand in the rows of each table of a program."""
    return {table.name: _shape(program, table) for table in program.tables}


def unnest(shapes: Mapping[str, Shape], entity: str, record: Raw) -> Unnested:
    """Return the rows of a record of the entity, the entity's row first."""
    found = Unnested()
    _add(shapes, entity, record, found)
    return found


def misspelt(shape: Shape, names: Collection[object]) -> Iterator[Diagnostic]:
    """Yield what is said about optional columns that a row lacks, although something stands under a similar name."""
    unknown = [name for name in names if isinstance(name, str) and not shape.knows(name)]
    for column in shape.table.columns if unknown else ():
        if column.type.nullable and not {column.name, column.header} & set(names):
            near = nearest(column.header, unknown)
            if near is not None:
                yield input_messages.absent_field(shape.table, column, near)


def _shape(program: Program, table: Table) -> Shape:
    return Shape(
        table,
        {column.name: column.header for column in table.columns},
        {relation.name: relation for relation in table.relations},
        {
            relation.down: (child.name, relation)
            for child in program.tables
            for relation in child.relations
            if relation.table == table.name
        },
    )


def _add(shapes: Mapping[str, Shape], name: str, row: Raw, found: Unnested) -> int:
    """Add a row and everything that nests in it; return its place."""
    shape = shapes[name]
    rows = found.rows.setdefault(name, [])
    at = len(rows)
    rows.append(dict(row))
    for key, value in row.items():
        if value is None:
            continue
        if key in shape.above and isinstance(value, Mapping):
            _add_above(shapes, name, at, shape.above[key], value, found)
        elif key in shape.below and isinstance(value, list | tuple):
            _add_below(shapes, at, key, *shape.below[key], value, found)
        elif (key in shape.above or key in shape.below) and not shape.has_column(key):
            found.no_rows.append((name, key, value))
        elif _nests(value) and not shape.knows(key):
            found.strange.append((name, str(key)))
    return at


def _add_above(
    shapes: Mapping[str, Shape], name: str, at: int, relation: Relation, nested: Raw, found: Unnested
) -> None:
    """Add a row that nests in a row that belongs to it."""
    parent_at = _add(shapes, relation.table, nested, found)
    found.above.setdefault(relation.table, set()).add(parent_at)
    _join(shapes, found, Link(name, at, relation, parent_at))


def _add_below(
    shapes: Mapping[str, Shape],
    at: int,
    down: str,
    name: str,
    relation: Relation,
    nested: Iterable[object],
    found: Unnested,
) -> None:
    """Add the rows that nest in the row they belong to; the key goes down before what nests deeper needs it."""
    shape, above = shapes[name], shapes[relation.table]
    parent = found.rows[relation.table][at]
    keys = {by: above.written(parent, key) for by, key in zip(relation.by, above.table.key, strict=True)}
    for row in nested:
        if isinstance(row, Mapping):
            given = {shape.headers[by]: key for by, key in keys.items() if shape.written(row, by) is None}
            child_at = _add(shapes, name, {**row, **given}, found)
            _join(shapes, found, Link(name, child_at, relation, at))
        elif not above.has_column(down):
            found.no_rows.append((relation.table, down, [row]))


def _join(shapes: Mapping[str, Shape], found: Unnested, link: Link) -> None:
    """Note that two rows belong to each other, and give each the key that only the other has."""
    child, above = shapes[link.child], shapes[link.relation.table]
    lower = found.rows[link.child][link.child_at]
    upper = found.rows[link.relation.table][link.parent_at]
    for by, key in zip(link.relation.by, above.table.key, strict=True):
        down, up = child.written(lower, by), above.written(upper, key)
        if down is None:
            lower[child.headers[by]] = up
        elif up is None:
            upper[above.headers[key]] = down
    found.links.append(link)


def _nests(value: object) -> bool:
    several = value if isinstance(value, list | tuple) else (value,)
    return any(isinstance(one, Mapping) for one in several)
