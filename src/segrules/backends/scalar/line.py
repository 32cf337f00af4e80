"""Rows in line for what is shared out of a treatment: their order, and what each of them asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from segrules.backends.scalar.interpreter import Interpreter
from segrules.language.formatting import text_of
from segrules.language.values import Value
from segrules.meaning.comparisons import place
from segrules.meaning.sharing import Claim
from segrules.meaning.tables import RowAt
from segrules.program.nodes import Field
from segrules.program.treatments import Rank, Treatment


def by_key(known: Interpreter, rows: Iterable[int]) -> list[int]:
    """Return rows of the entity in the order of their keys."""
    entity = known.program.entity
    return sorted(rows, key=lambda row: known.tables.key(RowAt(entity, row)))


def in_line(known: Interpreter, treatment: Treatment, rows: Iterable[int]) -> list[int]:
    """Return rows in the order of a treatment's ranking; equal ones by their key."""
    line = by_key(known, rows)
    for rank in reversed(treatment.ranks):
        line = _ranked(known, rank, line)
    return line


def _ranked(known: Interpreter, rank: Rank, rows: Sequence[int]) -> list[int]:
    values = {row: known.evaluate(rank.value, RowAt(known.program.entity, row)) for row in rows}
    present = [row for row in rows if values[row] is not None]
    present.sort(key=lambda row: place(rank.value.type, values[row]), reverse=rank.descending)
    return [*present, *(row for row in rows if values[row] is None)]


def claim_of(known: Interpreter, treatment: Treatment, row: int, asked: int) -> Claim:
    """Return what a row claims that asks for so much."""
    budget, limit = treatment.budget, treatment.limit
    money = _pot_of(known, budget.per if budget else None, row)
    return Claim(asked, money, _pot_of(known, limit.per if limit else None, row))


def _pot_of(known: Interpreter, per: Field | None, row: int) -> str:
    value: Value = "" if per is None else known.evaluate(per, RowAt(known.program.entity, row))
    return text_of(value)
