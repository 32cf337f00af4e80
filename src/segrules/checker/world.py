"""What a ruleset declares, while it is being checked: who has which name, and what is already worked out.

Definitions (derived columns, metrics, segmentations) are checked when something first reads them, so that they end up
in order of need wherever they stand; one that is met again before it is finished closes a circle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from segrules.checker import hierarchy_messages, name_messages
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Span
from segrules.language.types import Type
from segrules.program.nodes import Step
from segrules.program.program import Definition, Parameter, Relation, Table

Key = tuple[str, str]


class Sort(StrEnum):
    """What a name can mean; the value is how it is called in messages."""

    COLUMN = "a column"
    DERIVED = "a derived column"
    RELATION = "a `belongs_to`"
    BELOW = "a table below"
    PARAMETER = "a parameter"
    METRIC = "a metric"
    SCORECARD = "a scorecard"
    TERM = "a term of a scorecard"
    QUALIFIES = "whether a scorecard qualifies"
    CARD = "the card that a scorecard takes"
    SEGMENTATION = "a segmentation"
    OUTPUT = "a further output"
    AS_OF = "the day of the evaluation"


COMPUTED = frozenset(
    {
        Sort.DERIVED,
        Sort.METRIC,
        Sort.SCORECARD,
        Sort.TERM,
        Sort.QUALIFIES,
        Sort.CARD,
        Sort.SEGMENTATION,
        Sort.OUTPUT,
    }
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name means in a table's expressions, and where that is declared."""

    sort: Sort
    span: Span


@dataclass
class World:
    """Everything declared. `definitions` check one definition each, and give its type to whoever reads it.

    In `names` a computed column that belongs to another has both names with a dot between them: `tier.discount`.
    """

    entity: str
    tables: dict[str, Table] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    names: dict[str, dict[str, Meaning]] = field(default_factory=dict)
    definitions: dict[Key, Callable[[], Definition | None]] = field(default_factory=dict)
    finished: dict[Key, Definition | None] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _open: list[Key] = field(default_factory=list)

    def report(self, diagnostic: Diagnostic) -> None:
        """Take down one thing that is wrong."""
        self.diagnostics.append(diagnostic)

    def definition(self, table: str, name: str, reader: Span | None) -> Definition | None:
        """Return what a name of a table is worked out by, checked; None if it is wrong or closes a circle."""
        key = (table, name)
        if key in self.finished:
            return self.finished[key]
        if key in self._open:
            self._report_cycle(key, reader)
            return None
        self._open.append(key)
        found = self.definitions[key]()
        self._open.pop()
        self.finished[key] = found
        return found

    def _report_cycle(self, key: Key, reader: Span | None) -> None:
        circle = [*self._open[self._open.index(key) :], key]
        names = [name if table == self.entity else f"{table}.{name}" for table, name in circle]
        places = [(name, self.names[table][name].span) for name, (table, _) in zip(names, circle, strict=True)]
        if reader is not None and self._goes_on_for_ever(key[0], reader):
            self.report(hierarchy_messages.endless(reader, names, places[:-1]))
            return
        self.report(name_messages.cycle(reader or places[0][1], names, places[:-1]))

    def _goes_on_for_ever(self, table: str, reader: Span) -> bool:
        """Whether what closes a circle is read along a hierarchy: every row would need the next one's value."""
        own = [relation for relation in self.tables[table].relations if relation.table == table]
        return any(word in (relation.name, relation.down) for relation in own for word in reader.text.split(".")[:-1])

    def members(self, table: str, name: str) -> list[str]:
        """Return what belongs to a name of a table, and is read behind a dot."""
        return [one.removeprefix(f"{name}.") for one in self.names[table] if one.startswith(f"{name}.")]

    def stored_type(self, table: str, name: str) -> Type:
        """Return the type of a stored column."""
        return self.tables[table].column(name).type

    def relation(self, table: str, name: str) -> Relation | None:
        """Return a table's `belongs_to`; None if it was refused where it is declared."""
        return next((one for one in self.tables[table].relations if one.name == name), None)

    def links_down(self, table: str) -> Iterator[tuple[Step, str]]:
        """Yield every single step down from a table, with the name of that way."""
        for child in self.tables.values():
            for relation in child.relations:
                if relation.table == table:
                    yield Step(child.name, relation.name, relation.down), relation.down

    def ways_down(self, table: str, name: str) -> list[tuple[Step, ...]]:
        """Return the ways down from a table to what `name` calls: direct ones if there are any, else longer ones."""
        direct: list[tuple[Step, ...]] = [(step,) for step, down in self.links_down(table) if down == name]
        return direct or [way for way in self.long_ways(table) if self._name_of(way[-1]) == name]

    def direct_way(self, table: str, name: str) -> tuple[Step, ...] | None:
        """Return the single step down from a table that has that name, if there is one."""
        return next(((step,) for step, down in self.links_down(table) if down == name), None)

    def has_column_below(self, table: str, name: str, column: str) -> bool:
        """Whether the rows that `name` calls from a table have a column of that name."""
        found = (self.names[way[-1].table].get(column) for way in self.ways_down(table, name))
        return any(meaning is not None and meaning.sort in COMPUTED | {Sort.COLUMN} for meaning in found)

    def long_ways(self, table: str) -> list[tuple[Step, ...]]:
        """Return all ways down of two steps and more, none through a table twice."""
        found: list[tuple[Step, ...]] = []
        pending: list[tuple[Step, ...]] = [(step,) for step, _ in self.links_down(table) if step.table != table]
        while pending:
            way = pending.pop(0)
            seen = {table, *(step.table for step in way)}
            longer = [(*way, step) for step, _ in self.links_down(way[-1].table) if step.table not in seen]
            found.extend(longer)
            pending.extend(longer)
        return found

    def _name_of(self, step: Step) -> str:
        return self.tables[step.table].relation(step.relation).down

    def written(self, way: tuple[Step, ...]) -> str:
        """Return a way down as an author writes it: `orders.order_lines`."""
        return ".".join(self._name_of(step) for step in way)

    def names_below(self, table: str) -> list[str]:
        """Return the names by which rows below a table can be called, nearest first."""
        direct = [down for _, down in self.links_down(table)]
        return list(dict.fromkeys([*direct, *(self._name_of(way[-1]) for way in self.long_ways(table))]))
