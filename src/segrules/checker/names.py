"""One namespace a table: who has which name, and names that could mean two things."""

from __future__ import annotations

from collections.abc import Iterator

from segrules.checker import hierarchy_messages, name_messages
from segrules.checker.world import Meaning, Sort, World
from segrules.diagnostics.source import Span
from segrules.document.ruleset import RulesetText
from segrules.document.scorecard_text import ScorecardText
from segrules.document.segmentation_text import SegmentationText
from segrules.document.written import Entry, Word
from segrules.language.words import is_reserved

_Declared = tuple[Word, Sort]


def declare_names(world: World, ruleset: RulesetText) -> None:
    """Say for every table what each name means in its expressions."""
    reported: set[Span] = set()
    for entry in ruleset.tables:
        names: dict[str, Meaning] = {}
        for word, sort in _of_table(world, ruleset, entry.name.value):
            _declare(world, names, word, sort, reported)
        names.setdefault("as_of", Meaning(Sort.AS_OF, ruleset.entity.span))
        for column in world.tables[entry.name.value].columns:
            names.setdefault(column.name, Meaning(Sort.COLUMN, column.span))
        for way in world.long_ways(entry.name.value):
            relation = world.tables[way[-1].table].relation(way[-1].relation)
            names.setdefault(relation.down, Meaning(Sort.BELOW, relation.span))
        world.names[entry.name.value] = names


def _of_table(world: World, ruleset: RulesetText, table: str) -> Iterator[_Declared]:
    """Yield what is declared for a table, and for every table, in the order of who keeps the name."""
    written = next(entry.value for entry in ruleset.tables if entry.name.value == table)
    yield from ((entry.name, Sort.COLUMN) for entry in written.columns)
    yield from ((entry.name, Sort.RELATION) for entry in written.belongs_to)
    yield from ((entry.name, Sort.DERIVED) for entry in written.derived)
    for entry in ruleset.tables:
        for relation in entry.value.belongs_to:
            if relation.value.table.value == table and (relation.value.as_ or entry.name.value != table):
                yield (relation.value.as_ or Word(entry.name.value, relation.name.passage), Sort.BELOW)
    yield from ((entry.name, Sort.PARAMETER) for entry in ruleset.parameters)
    if table == world.entity:
        yield from ((entry.name, Sort.METRIC) for entry in ruleset.metrics)
        for scorecard in ruleset.scorecards:
            yield from _of_scorecard(scorecard)
        yield from ((entry.name, Sort.SEGMENTATION) for entry in ruleset.segmentations)
        yield from ((output, Sort.OUTPUT) for entry in ruleset.segmentations for output in written_outputs(entry))


def written_outputs(entry: Entry[SegmentationText]) -> list[Word]:
    """Return the names by which the further outputs of a segmentation are read: `tier.discount`."""
    heads = entry.value.read.outputs if entry.value.read else ()
    return [Word(f"{entry.name.value}.{head.text}", head) for head in heads]


def _of_scorecard(entry: Entry[ScorecardText]) -> Iterator[_Declared]:
    """Yield a scorecard's name, and what is read behind it and a dot."""
    card = entry.name
    yield card, Sort.SCORECARD
    yield Word(f"{card.value}.qualifies", card.passage), Sort.QUALIFIES
    if entry.value.best_of:
        yield Word(f"{card.value}.card", card.passage), Sort.CARD
    for term in entry.value.terms or ():
        yield Word(f"{card.value}.{term.name.value}", term.name.passage), Sort.TERM


def _declare(world: World, names: dict[str, Meaning], word: Word, sort: Sort, reported: set[Span]) -> None:
    span, name = word.span, word.value
    known = names.get(name)
    if span in reported:
        pass
    elif is_reserved(name) or name == "as_of":
        reported.add(span)
        way_out = "give it another name"
        if sort is Sort.COLUMN:
            way_out += f" and say `header: {name}` for its spelling in the file"
        world.report(name_messages.reserved_name(span, name, way_out))
    elif known is not None and sort is known.sort is Sort.BELOW:
        reported.add(span)
        world.report(hierarchy_messages.two_ways_down(span, name, known.span))
    elif known is not None:
        reported.add(span)
        world.report(name_messages.name_clash(span, name, sort.value, known.sort.value, known.span))
    names.setdefault(name, Meaning(sort, span))
