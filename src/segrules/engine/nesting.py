"""A nested record as rows by table: children under their table's name, a row above under its `belongs_to` name.

Rows that nest in each other belong to each other, so the one that lacks the columns of the `belongs_to` gets them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from segrules.program.program import Program, Relation, Table

Raw = Mapping[str, object]


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
    `strange` are the tables and names under which rows nest that the ruleset does not know.
    """

    rows: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    above: dict[str, set[int]] = field(default_factory=dict)
    strange: list[tuple[str, str]] = field(default_factory=list)


def unnest(program: Program, record: Raw) -> Unnested:
    """Return the rows of a record of the entity, the entity's row first."""
    found = Unnested()
    _add(program, program.table(program.entity), record, found)
    return found


def names_below(program: Program, table: Table) -> dict[str, tuple[Table, Relation]]:
    """Return the tables whose rows nest in a row, by the name under which they do."""
    return {
        relation.down: (child, relation)
        for child in program.tables
        for relation in child.relations
        if relation.table == table.name
    }


def written(table: Table, row: Raw, name: str) -> object:
    """Return what stands in a column of a row, under its `header` or else under its name."""
    header = table.column(name).header
    return row[header] if header in row else row.get(name)


def _add(program: Program, table: Table, row: Raw, found: Unnested) -> int:
    """Add a row and everything that nests in it; return its place."""
    rows = found.rows.setdefault(table.name, [])
    at = len(rows)
    rows.append(dict(row))
    for relation in table.relations:
        if isinstance(above := row.get(relation.name), Mapping):
            parent_at = _add(program, program.table(relation.table), above, found)
            found.above.setdefault(relation.table, set()).add(parent_at)
            _join(program, found, Link(table.name, at, relation, parent_at))
    below = names_below(program, table)
    for name, (child, relation) in below.items():
        for nested in _mappings(row.get(name)):
            child_at = _add_below(program, child, relation, rows[at], nested, found)
            _join(program, found, Link(child.name, child_at, relation, at))
    known = {*below, *(relation.name for relation in table.relations)}
    known |= {name for column in table.columns for name in (column.name, column.header)}
    found.strange.extend((table.name, key) for key, value in row.items() if _nests(value) and key not in known)
    return at


def _add_below(program: Program, child: Table, relation: Relation, parent: Raw, nested: Raw, found: Unnested) -> int:
    """Add a row that nests in the row it belongs to; the key goes down before what nests deeper needs it."""
    above = program.table(relation.table)
    filled = dict(nested)
    for name, key in zip(relation.by, above.key, strict=True):
        if written(child, nested, name) is None:
            filled[child.column(name).header] = written(above, parent, key)
    return _add(program, child, filled, found)


def _join(program: Program, found: Unnested, link: Link) -> None:
    """Note that two rows belong to each other, and give each the key that only the other has."""
    child, above = program.table(link.child), program.table(link.relation.table)
    lower, upper = found.rows[child.name][link.child_at], found.rows[above.name][link.parent_at]
    for name, key in zip(link.relation.by, above.key, strict=True):
        down, up = written(child, lower, name), written(above, upper, key)
        if down is None:
            lower[child.column(name).header] = up
        elif up is None:
            upper[above.column(key).header] = down
    found.links.append(link)


def _mappings(value: object) -> Iterator[Raw]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        yield from (one for one in value if isinstance(one, Mapping))


def _nests(value: object) -> bool:
    return isinstance(value, Mapping) or any(True for _ in _mappings(value))
