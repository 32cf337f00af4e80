"""Scorecards: terms that add up, floors, and the best of several cards; all of it becomes columns of the entity."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from segrules.checker import name_messages, scorecard_messages
from segrules.checker.best_card import best_of
from segrules.checker.expressions import check_condition
from segrules.checker.place import Place, unknown
from segrules.checker.scorecard_terms import check_term, total
from segrules.checker.world import World
from segrules.diagnostics.source import Passage, Span
from segrules.document.ruleset import RulesetText
from segrules.document.scorecard_text import ScorecardText, TermText
from segrules.document.written import Entry, Formula, Word
from segrules.language import types
from segrules.language.parser import parse_expression
from segrules.language.spelling_messages import mistyped_word
from segrules.language.types import Kind
from segrules.language.words import is_reserved
from segrules.program.nodes import Call, Constant, Expression, Field, Row, Scope
from segrules.program.program import Computed, Scorecard, Term

_EVERY_TERM = re.compile(r"\bevery\s+term\b")
_NEARLY_EVERY_TERM = re.compile(r"\b(?:(?:each|all)\s+(?:the\s+)?terms?|every\s+terms)\b")


def declare_scorecards(world: World, ruleset: RulesetText) -> Callable[[], tuple[Scorecard, ...]]:
    """Add the columns of all scorecards to the definitions; return what gives the scorecards when these are checked."""
    cards = [_Card(world, entry.name, entry.value) for entry in ruleset.scorecards]
    for card in cards:
        for column, work_out in card.definitions():
            world.definitions.setdefault((world.entity, column), work_out)
    return lambda: tuple(found for card in cards if (found := card.scorecard()))


@dataclass(slots=True)
class _Card:
    """One scorecard while it is checked; `terms` and `floors` are kept for who explains it."""

    world: World
    name: Word
    written: ScorecardText
    terms: dict[str, Term] = field(default_factory=dict)
    floors: list[Expression] = field(default_factory=list)

    def definitions(self) -> Iterable[tuple[str, Callable[[], Computed | None]]]:
        """Yield the columns with what checks each."""
        for entry in self.written.terms or ():
            yield self._column(entry.name.value), partial(self._term, entry)
        if self.written.best_of is not None:
            if self.written.floors is not None:
                self.world.report(scorecard_messages.useless_key(_span(self.written.floors), "floors", "best_of"))
            yield from best_of(self.world, self.name, self.written)
            return
        yield self.name.value, self._score
        yield self._column("qualifies"), self._qualifies

    def scorecard(self) -> Scorecard | None:
        """Return the scorecard, or None if something is wrong with it."""
        finished = self.world.finished
        columns = (self.name.value, self._column("qualifies"), self._column("card"))
        score, qualifies, card = (finished.get((self.world.entity, column)) for column in columns)
        if not isinstance(score, Computed) or not isinstance(qualifies, Computed):
            return None
        title = self.written.title.value if self.written.title else None
        cards = tuple(word.value for word in self.written.best_of or ())
        terms = tuple(self.terms[entry.name.value] for entry in self.written.terms or ())
        return Scorecard(
            self.name.value, score, qualifies, self.name.span, terms, tuple(self.floors),
            cards, card if isinstance(card, Computed) else None, title,
        )  # fmt: skip

    def _column(self, part: str) -> str:
        return f"{self.name.value}.{part}"

    def _term(self, entry: Entry[TermText]) -> Computed | None:
        name = entry.name
        if is_reserved(name.value):
            self.world.report(name_messages.reserved_name(name.span, name.value, "give it another name"))
        term = check_term(self.world, self.name.value, entry)
        if term is None:
            return None
        self.terms[term.name] = term
        return term.column

    def _score(self) -> Computed | None:
        # terms are a mapping, which has no order: their sum must not depend on one
        names = sorted(entry.name.value for entry in self.written.terms or ())
        terms = [self._read(self._column(name)) for name in names]
        known = [term for term in terms if term is not None]
        if len(known) < len(terms):
            return None
        title = self.written.title.value if self.written.title else None
        return Computed(self.world.entity, self.name.value, total(known, self.name.span), self.name.span, title)

    def _read(self, column: str) -> Field | None:
        definition = self.world.definition(self.world.entity, column, self.name.span)
        if not isinstance(definition, Computed):
            return None
        return Field(Row(Scope.ROW, (), self.world.entity), column, definition.type, self.name.span)

    def _qualifies(self) -> Computed | None:
        written = self.written.floors
        floors = (written,) if isinstance(written, Formula) else written or ()
        self.floors = [condition for floor in floors for condition in self._floor(floor)]
        if any(condition.type.kind is Kind.UNKNOWN for condition in self.floors):
            return None
        return Computed(
            self.world.entity, self._column("qualifies"), _all_of(self.floors, self.name.span), self.name.span
        )

    def _floor(self, floor: Formula) -> list[Expression]:
        """Return a floor, or one for each term where it says `every term`."""
        if nearly := _NEARLY_EVERY_TERM.search(floor.passage.text):
            self.world.report(mistyped_word(floor.passage.span(*nearly.span()), nearly[0], "every term"))
            return [unknown(floor.span)]
        terms = {entry.name.value: self._column(entry.name.value) for entry in self.written.terms or ()}
        passage = _as_one_name(floor.passage)
        tree, diagnostics = parse_expression(passage)
        self.world.diagnostics.extend(diagnostics)
        if tree is None:
            return [unknown(floor.span)]
        every = {_name_of(found) for found in _EVERY_TERM.findall(floor.passage.text)}
        of_terms = [dict.fromkeys(every, terms[term]) for term in sorted(terms)] if every else [{}]
        places = [Place(self.world, self.world.entity, passage, aliases={**terms, **one}) for one in of_terms]
        return [check_condition(place, tree) for place in places]


def _span(floors: Formula | tuple[Formula, ...]) -> Span:
    return floors.span if isinstance(floors, Formula) else floors[0].span.to(floors[-1].span)


def _as_one_name(passage: Passage) -> Passage:
    """Return a floor's text with each `every term` as one name of the same length."""
    text = _EVERY_TERM.sub(lambda found: _name_of(found[0]), passage.text)
    return Passage(text, passage.source, lambda: passage.offsets)


def _name_of(every_term: str) -> str:
    return re.sub(r"\s", "_", every_term)


def _all_of(floors: Sequence[Expression], span: Span) -> Expression:
    if not floors:
        return Constant(True, types.BOOLEAN.present(), span)
    if len(floors) == 1:
        return floors[0]
    nullable = any(floor.type.nullable for floor in floors)
    return Call("and", tuple(floors), types.BOOLEAN.maybe_missing(nullable), span)
