"""Scorecards and their terms."""

from __future__ import annotations

from segrules.explain.build.conditions import tree
from segrules.explain.build.gathering import Gathering
from segrules.explain.build.rows_below import within
from segrules.explain.legend import Node, ScorecardEntry, TermEntry
from segrules.explain.wording import written
from segrules.program.nodes import Expression
from segrules.program.program import Part, Scorecard, Steps, Term, Whole


def scorecard_entry(gathering: Gathering, card: Scorecard) -> ScorecardEntry:
    """Return what a legend has of a scorecard that rules read."""
    named = {one.name: one for one in gathering.program.scorecards}
    cards = tuple((name, gathering.own(named[name].score), gathering.own(named[name].qualifies)) for name in card.cards)
    return ScorecardEntry(
        card,
        gathering.own(card.score),
        gathering.own(card.qualifies),
        tuple(_term(gathering, term) for term in card.terms),
        tuple(tree(gathering, floor) for floor in card.floors),
        cards,
        gathering.own(card.card) if card.card else None,
    )


def _term(gathering: Gathering, term: Term) -> TermEntry:
    value: Expression | None = None
    target: Expression | None = None
    condition: Node | None = None
    most: tuple[Expression, ...]
    match term.gives:
        case Part(points=given, value=looked_at, target=aim):
            most, value, target = (given,), looked_at, aim
        case Whole(points=given, when=when):
            most, condition = (given,), tree(gathering, when)
        case Steps(value=looked_at, steps=steps):
            most, value = tuple(given for _, given in steps), looked_at
    gathering.need(value, target, *most)
    text = written(value) if value is not None else None
    dated = gathering.dated(term.column.value)
    rows, statistics = ((), ()) if value is None else within(gathering, value)
    return TermEntry(
        term, gathering.own(term.column), most, text, value, target, condition, rows, statistics, dated
    )  # fmt: skip
