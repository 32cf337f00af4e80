"""A scorecard as lines: its score, then its terms, and its floors."""

from __future__ import annotations

from collections.abc import Iterator

from segrules.explain.condition_lines import ConditionLines
from segrules.explain.names import Names
from segrules.explain.outline import Item
from segrules.explain.scorecard_trace import ScorecardTrace, TermTrace
from segrules.explain.shown import dated_text, quoted, shown, within_lines
from segrules.language.values import Value

_VERDICTS = {True: "qualifies", False: "does not qualify", None: "may qualify or not"}


def scorecard_item(card: ScorecardTrace, names: Names, *, matters: bool = True) -> Item:
    """Return a scorecard; of the floors those matter that do not hold."""
    title = f" ({card.title})" if card.title else ""
    best = tuple(Item(f"{name} is {shown(score)}, {_verdict(verdict)}") for name, score, verdict in card.cards)
    terms = tuple(_term(term, names) for term in card.terms)
    floors = tuple(
        Item(f"floor {item.text}", item.span, item.items, matters=floor.outcome is not True)
        for floor in card.floors
        for item in ConditionLines(names).items(floor)
    )
    return Item(f"{card.scorecard} is {_score(card)}{title}", card.span, (*best, *terms, *floors), matters=matters)


def _score(card: ScorecardTrace) -> str:
    most = [float(str(term.most)) for term in card.terms if term.most is not None]
    of = f" of {shown(sum(most))} points" if most and card.score is not None else ""
    taken = f", that of {card.card}" if card.card is not None else ""
    floors = f", and {_verdict(card.qualifies)}" if card.floors or card.cards else ""
    return f"{shown(card.score)}{of}{taken}{floors}"


def _verdict(qualifies: Value) -> str:
    return _VERDICTS[None if qualifies is None else bool(qualifies)]


def _term(term: TermTrace, names: Names) -> Item:
    told = ", ".join(_reasons(term, names))
    points = "is missing" if term.points is None else f"gives {shown(term.points)} of {shown(term.most)}"
    text = f"{term.term} {points}" + (f": {told}" if told else "")
    items = (
        *(ConditionLines(names).items(term.condition) if term.condition else ()),
        *map(Item, within_lines(term.rows, term.statistics, names)),
    )
    return Item(text, term.span, items)


def _reasons(term: TermTrace, names: Names) -> Iterator[str]:
    if term.text is not None and (term.value is not None or not term.missing):
        yield f"{term.text} is {quoted(term.value, term.unit)}"
    if term.target is not None:
        yield f"target {shown(term.target, term.unit)}"
    if term.condition is not None:
        return  # which says the rest
    yield from map(dated_text, term.dated)
    if term.missing:
        yield names.lacking(term.missing)
