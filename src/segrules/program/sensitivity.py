"""Which values come from columns that are declared sensitive: these are explained only to who asks to see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from segrules.language.values import Value
from segrules.program.conditions import parts
from segrules.program.nodes import Expression, Field, walk
from segrules.program.program import Computed, Program, Whole

Place = tuple[str, str]
"""A table and a column of it."""


class Hidden(str):
    """What stands in the place of a value that is hidden."""

    __slots__ = ()


HIDDEN = Hidden("hidden")


WAY_OUT = "--show-sensitive shows them (in Python show_sensitive=True)"


def hidden_note(columns: Iterable[str]) -> str:
    """Return what explanations say that hide values of columns, and what comes from them, with the way out."""
    names = [f"`{name}`" for name in columns]
    listed = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    return f"values of {listed}, and what comes from them, are hidden: {WAY_OUT}"


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """What comes from which sensitive columns.

    `stored` are these columns. `sources` has what they are called, for each of them and for every column that is worked
    out from some, directly or through others; a segment does not count as worked out from what its rules read.
    `outcomes` are conditions of rules and scorecards: how they turn out is no secret.
    """

    stored: frozenset[Place]
    sources: Mapping[Place, frozenset[str]]
    outcomes: frozenset[Expression]

    def sources_of(self, node: Expression) -> frozenset[str]:
        """Return the sensitive columns that an expression reads, itself or through others."""
        if not self.stored:
            return frozenset()
        read = ((one.row.table, one.name) for one in walk(node) if isinstance(one, Field))
        return frozenset().union(*(self.sources.get(place, frozenset()) for place in read))

    def hides(self, node: Expression) -> bool:
        """Whether the value of an expression is hidden."""
        return bool(self.sources_of(node)) and node not in self.outcomes

    def shown(self, node: Expression, value: Value) -> Value:
        """Return the value of an expression as it is shown: a missing one can be told."""
        return HIDDEN if value is not None and self.hides(node) else value


NOTHING_SENSITIVE = Sensitivity(frozenset(), {}, frozenset())


@lru_cache(maxsize=64)
def sensitivity_of(program: Program) -> Sensitivity:
    """Return what is sensitive in a program."""
    called = {
        (table.name, column.name): column.name if table.name == program.entity else f"{table.name}.{column.name}"
        for table in program.tables
        for column in table.columns
        if column.sensitivity is not None
    }
    if not called:
        return NOTHING_SENSITIVE
    sources = {place: frozenset([name]) for place, name in called.items()}
    known = Sensitivity(frozenset(called), sources, frozenset(_outcomes(program)))
    qualify = {(program.entity, card.qualifies.name) for card in program.scorecards}
    for place in program.order:
        definition = program.definition(*place)
        if isinstance(definition, Computed) and place not in qualify and (found := known.sources_of(definition.value)):
            sources[place] = found
    return known


def _outcomes(program: Program) -> Iterator[Expression]:
    for segmentation in program.segmentations:
        yield from (part for rule in segmentation.rules for part in parts(rule.when))
    for card in program.scorecards:
        whens = [*card.floors, *(term.gives.when for term in card.terms if isinstance(term.gives, Whole))]
        yield from (part for when in whens for part in parts(when))
