"""What would be enough for a row to get a segment: changes to actionable columns, and what no such change can reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from segrules.backends.scalar.interpreter import Interpreter
from segrules.diagnostics.source import Span
from segrules.explain.changes import Changes, Goal, find_changes, movable, without_values
from segrules.explain.choices import Choices
from segrules.explain.influence import Influence
from segrules.explain.names import listed
from segrules.explain.possible import Possibilities
from segrules.explain.shortfall import Shortfall
from segrules.meaning.tables import RowAt
from segrules.program.conditions import atoms
from segrules.program.nodes import Aggregate, Expression, Field, Statistic, walk
from segrules.program.sensitivity import Sensitivity

if TYPE_CHECKING:
    from segrules.explain.why_not import Miss


@dataclass(frozen=True, slots=True)
class Beyond:
    """A condition that no change to an actionable column turns as it would have to be, and why."""

    text: str
    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Enough:
    """The smallest sets of changes that bring the row into the segment, and the conditions that are beyond them."""

    changes: Changes
    beyond: tuple[Beyond, ...]


def what_would_be_enough(known: Interpreter, row: RowAt, sensitivity: Sensitivity, miss: Miss) -> Enough | None:
    """Return what would be enough for a row to be in a segment for certain; None where no column is actionable.

    Values that are sensitive, or tell one that is, are hidden.
    """
    columns = known.program.table(known.program.entity).columns
    if not any(column.actionable for column in columns):
        return None
    around = Influence(known, row)
    every = movable(around, miss.segmentation)
    changes = find_changes(Goal(around, miss.segmentation, miss.segment), every)
    telling = [column for column in changes.columns if _tells(around, column, sensitivity)]
    return Enough(without_values(changes, telling), tuple(_beyond(around, miss, every)))


def _tells(around: Influence, column: str, sensitivity: Sensitivity) -> bool:
    """Whether values of a column tell what is sensitive: it is so itself, or is compared with something that is."""
    mixed = (atom for one in sensitivity.outcomes for atom in atoms(one) if sensitivity.sources_of(atom))
    return (around.program.entity, column) in sensitivity.stored or any(
        column in around.reads_anywhere(one) for one in mixed
    )


def _beyond(around: Influence, miss: Miss, every: Sequence[Choices]) -> Iterator[Beyond]:
    anywhere = Possibilities(around, {one.column: one.anywhere for one in every})
    moved, stirring = [one.column for one in every], around.stirs(miss.segmentation)
    told = set()
    for leaf in _leaves(miss):
        node = leaf.expression
        if node is not None and leaf.wanted not in anywhere.truths(node) and leaf.condition.text not in told:
            told.add(leaf.condition.text)
            yield Beyond(leaf.condition.text, leaf.condition.span, _reason(around, node, moved, stirring))


def _leaves(miss: Miss) -> Iterator[Shortfall]:
    for near in miss.rules:
        yield from near.lacks.leaves if near.lacks else ()
    for one in (*(one for near in miss.rules for one in near.in_the_way), *miss.in_the_way):
        yield from one.to_fail.leaves


def _reason(around: Influence, node: Expression, moved: Sequence[str], stirring: frozenset[str]) -> str:
    read, parts = around.reads(node), around.below(node)
    if near := sorted(read.intersection(moved)):
        return f"no value that {listed(near)} may take would do"
    if any(isinstance(part, Statistic) for part in parts):
        return "it compares the row with all others"
    if above := next((part for part in walk(node) if isinstance(part, Field) and part.row.path), None):
        return f"it comes from a row of {above.row.table}"
    if rows := next((part for part in parts if isinstance(part, Aggregate)), None):
        return f"it comes from rows of {rows.down[-1].down or rows.table}"
    if above := next((part for part in parts if isinstance(part, Field) and part.row.path), None):
        return f"it comes from a row of {above.row.table}"
    if read & stirring:
        return f"{listed(sorted(read & stirring))} moves what other rows are compared by"
    if read:
        return f"{listed(sorted(read))} {'is' if len(read) == 1 else 'are'} not actionable"
    return "it is the same for every row"
