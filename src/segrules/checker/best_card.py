"""The best of several scorecards: the whole card with the highest score of those that qualify, or else of all.

Ties go to the first named. A card whose score is missing takes no part; one of which it is unknown whether it qualifies
counts as one that does not. Without any card that takes part, what is read of the best one is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from segrules.checker import scorecard_messages
from segrules.checker.world import Sort, World
from segrules.diagnostics.source import Span
from segrules.document.scorecard_text import ScorecardText
from segrules.document.written import Word
from segrules.language import types
from segrules.language.types import Kind, Type
from segrules.language.values import Value
from segrules.program.nodes import Call, Constant, Expression, Field, Row, Scope
from segrules.program.program import Computed


def best_of(world: World, name: Word, written: ScorecardText) -> Iterable[tuple[str, Callable[[], Computed | None]]]:
    """Yield the columns of a best card, each with what checks it: its score, whether it qualifies, which card it is."""
    title = written.title.value if written.title else None
    best = _Best(world, name, written.best_of or (), title)
    yield name.value, best.score
    yield f"{name.value}.qualifies", best.qualifies
    yield f"{name.value}.card", best.card


@dataclass(frozen=True, slots=True)
class _Card:
    """A card that might be the best: its name, and its columns as they are read."""

    name: str
    score: Field
    qualifies: Field


@dataclass(frozen=True, slots=True)
class _Best:
    """Works out the columns of the best of some cards."""

    world: World
    name: Word
    named: tuple[Word, ...]
    title: str | None

    def score(self) -> Computed | None:
        """Return the column with the score of the card that was taken."""
        return self._of_the_taken(self.name.value, lambda card: card.score)

    def qualifies(self) -> Computed | None:
        """Return the column that says whether the card that was taken qualifies."""
        return self._of_the_taken(f"{self.name.value}.qualifies", lambda card: card.qualifies)

    def card(self) -> Computed | None:
        """Return the column with the name of the best card, missing for want of the scores where none takes part."""
        cards = self._cards(report=True)
        if cards is None:
            return None
        kind = Type(Kind.STRING, values=tuple(card.name for card in cards))
        names = [Constant(card.name, kind.present(), self.span) for card in cards]
        found: Expression = Call("if", (self._has_score(cards), names[0], names[0]), kind, self.span)
        for card, name in reversed(list(zip(cards, names, strict=True))):
            found = Call("if", (self._is_best(card, cards), name, found), kind, self.span)
        return self._column(f"{self.name.value}.card", found)

    def _of_the_taken(self, column: str, value: Callable[[_Card], Field]) -> Computed | None:
        """Return a column with what belongs to the card that was taken, missing if none was."""
        taken = self._read(f"{self.name.value}.card", self.name)
        cards = self._cards(report=False) if taken else None
        if taken is None or cards is None:
            return None
        kind = value(cards[0]).type.maybe_missing()
        found: Expression = value(cards[-1])
        for card in reversed(cards):
            name = Constant(card.name, taken.type.present(), self.span)
            is_taken = Call("=", (taken, name), types.BOOLEAN, self.span)
            found = Call("if", (is_taken, value(card), found), kind, self.span)
        return self._column(column, found)

    def _column(self, name: str, value: Expression) -> Computed:
        return Computed(self.world.entity, name, value, self.name.span, self.title)

    @property
    def span(self) -> Span:
        return self.name.span

    def _cards(self, *, report: bool) -> list[_Card] | None:
        found = []
        seen: dict[str, Span] = {}
        names = self.world.names[self.world.entity]
        for word in self.named:
            meaning = names.get(word.value)
            if meaning is None or meaning.sort is not Sort.SCORECARD:
                known = [name for name, one in names.items() if one.sort is Sort.SCORECARD and name != self.name.value]
                if report:
                    self.world.report(scorecard_messages.unknown_card(word.span, word.value, known))
                return None
            if word.value in seen and report:
                self.world.report(scorecard_messages.card_twice(word.span, word.value, seen[word.value]))
            seen.setdefault(word.value, word.span)
            score = self._read(word.value, word)
            qualifies = self._read(f"{word.value}.qualifies", word) if score else None
            if score is None or qualifies is None:
                return None
            found.append(_Card(word.value, score, qualifies))
        return found

    def _read(self, column: str, reader: Word) -> Field | None:
        definition = self.world.definition(self.world.entity, column, reader.span)
        if not isinstance(definition, Computed):
            return None
        return Field(Row(Scope.ROW, (), self.world.entity), column, definition.type, reader.span)

    # --- which card is the best --------------------------------------------------------------------------------------

    def _is_best(self, card: _Card, cards: Sequence[_Card]) -> Expression:
        """Whether a card takes part and no card before it is as good, none behind it better."""
        beats = []
        operator = ">"
        for other in cards:
            if other.name == card.name:
                operator = ">="
                continue
            better = Call(operator, (card.score, other.score), types.BOOLEAN, self.span)
            absent = self._not(self._takes_part(other, cards))
            beats.append(Call("or", (absent, better), types.BOOLEAN, self.span))
        best = Call("and", (self._takes_part(card, cards), *beats), types.BOOLEAN, self.span)
        return self._surely(best)

    def _takes_part(self, card: _Card, cards: Sequence[_Card]) -> Expression:
        nobody = self._not(self._truth("or", *(self._in_front(one) for one in cards)))
        return self._truth("or", self._in_front(card), self._truth("and", self._has(card.score), nobody))

    def _in_front(self, card: _Card) -> Expression:
        """Whether a card has a score and qualifies."""
        return self._truth("and", self._has(card.score), self._surely(card.qualifies))

    def _surely(self, condition: Expression) -> Expression:
        return self._truth("coalesce", condition, self._constant(False, types.BOOLEAN))

    def _has(self, score: Expression) -> Expression:
        return self._truth("is_present", score)

    def _has_score(self, cards: Sequence[_Card]) -> Expression:
        """Return a condition that is unknown where no card has a score, for want of these scores."""
        return Call(">=", (self._highest(cards), self._constant(0.0, types.NUMBER)), types.BOOLEAN, self.span)

    def _highest(self, cards: Sequence[_Card]) -> Expression:
        scores = tuple(card.score for card in cards)
        return scores[0] if len(scores) == 1 else Call("max", scores, types.NUMBER, self.span)

    def _not(self, condition: Expression) -> Expression:
        return self._truth("not", condition)

    def _truth(self, function: str, *arguments: Expression) -> Expression:
        return Call(function, arguments, types.BOOLEAN.present(), self.span)

    def _constant(self, value: Value, kind: Type) -> Expression:
        return Constant(value, kind.present(), self.span)
