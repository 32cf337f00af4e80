"""Scorecards of a trace as text for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from segrules.explain.scorecard_trace import ScorecardTrace, TermTrace
from segrules.explain.trace import Condition, DatedValue
from segrules.language.values import Value

Shown = Callable[[Value], str]
OfCondition = Callable[[Condition, str], Iterator[str]]
OfDated = Callable[[DatedValue], str]

_VERDICTS = {True: "qualifies", False: "does not qualify", None: "may qualify or not"}
_INDENT = "      "


def scorecard_lines(
    card: ScorecardTrace, shown: Shown, of_condition: OfCondition, of_dated: OfDated, *, full: bool
) -> Iterator[str]:
    """Yield a scorecard: its score, then its terms, and the floors that do not hold, or with `full` all of them."""
    taken = f" from {card.card}" if card.card is not None else ""
    floors = f", {_VERDICTS[card.qualifies]}" if card.floors or card.cards else ""  # type: ignore[index]
    yield f"  {card.scorecard} = {shown(card.score)}{taken}{floors}  ({card.span})"
    for name, score, verdict in card.cards:
        yield f"{_INDENT}{name} = {shown(score)}, {_VERDICTS[verdict]}"  # type: ignore[index]
    for term in card.terms:
        yield from _term(term, shown, of_condition, of_dated)
    for floor in card.floors:
        if full or floor.outcome is not True:
            first, *further = of_condition(floor, "")
            yield f"{_INDENT}floor {first}"
            yield from (f"{_INDENT}{line}" for line in further)


def _term(term: TermTrace, shown: Shown, of_condition: OfCondition, of_dated: OfDated) -> Iterator[str]:
    told = [f"{term.text} is {shown(term.value)}"] if term.text is not None and term.value is not None else []
    told += [f"target {shown(term.target)}"] if term.target is not None else []
    told += [of_dated(dated) for dated in term.dated]
    told += [f"missing: {', '.join(term.missing)}"] if term.missing else []
    details = f": {', '.join(told)}" if told else ""
    yield f"{_INDENT}{term.term} {shown(term.points)} of {shown(term.most)}{details}"
    if term.condition is not None:
        yield from of_condition(term.condition, _INDENT + "  ")
