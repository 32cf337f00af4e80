"""The rows that are set apart, why, and those that they take with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from segrules.engine.broken import Constraint
from segrules.engine.constraints import unmatched
from segrules.engine.violations import TakenTable, Violation
from segrules.program.program import Relation

SCHEMA = {
    "table": pl.String(),
    "row": pl.Int64(),
    "key": pl.String(),
    "column": pl.String(),
    "constraint": pl.String(),
    "value": pl.String(),
}
_NOTHING = pl.DataFrame(schema=SCHEMA)


def with_dependents(taken: Mapping[str, TakenTable], violations: Sequence[Violation]) -> list[Violation]:
    """Return the violations and those of the rows whose `required` row above is set apart, as far as that goes."""
    found = list(violations)
    links = [
        (child, relation, taken[relation.table])
        for child in taken.values()
        for relation in child.table.relations
        if relation.required and relation.table in taken
    ]
    while True:
        further = [violation for link in links if (violation := _orphans(*link, found)) is not None]
        if not further:
            return found
        found += further


def set_apart(table: str, violations: Sequence[Violation]) -> pl.Series:
    """Return the positions in the file of a table's rows that break something, ascending."""
    rows = [violation.rows for violation in violations if violation.taken.table.name == table]
    return pl.concat(rows).unique().sort() if rows else pl.Series(dtype=pl.UInt32)


def quarantine(violations: Sequence[Violation]) -> pl.DataFrame:
    """Return one entry for each row set apart and each constraint it breaks: table by table, by row of the file."""
    tables: dict[str, list[pl.DataFrame]] = {}
    for violation in violations:
        tables.setdefault(violation.taken.table.name, []).append(_entries(violation))
    parts = [pl.concat(entries).sort("row", maintain_order=True) for entries in tables.values()]
    return pl.concat([_NOTHING, *parts])


def _entries(violation: Violation) -> pl.DataFrame:
    rows = violation.rows.to_list()
    return pl.DataFrame(
        {
            "table": pl.repeat(violation.taken.table.name, len(rows), eager=True),
            "row": violation.rows.cast(pl.Int64) + 1,
            "key": violation.taken.keys(rows),
            "column": pl.repeat(violation.subject, len(rows), eager=True),
            "constraint": pl.repeat(violation.constraint.value, len(rows), eager=True),
            "value": violation.values(rows),
        },
        schema=SCHEMA,
    )


def _orphans(child: TakenTable, relation: Relation, parent: TakenTable, found: Sequence[Violation]) -> Violation | None:
    """Return the rows left of `child` whose row above is among those set apart, and which are not so themselves."""
    gone = set_apart(parent.table.name, found)
    if gone.is_empty():
        return None
    positions = child.positions()
    left = ~positions.is_in(set_apart(child.table.name, found).implode())
    here = child.kept.filter(left)
    above = parent.kept.filter(~parent.positions().is_in(gone.implode()))
    rows = positions.filter(left).gather(unmatched(here, relation.by, above, parent.table.key))
    if rows.is_empty():
        return None
    return Violation(child, relation.name, relation.by, Constraint.PARENT, rows)
