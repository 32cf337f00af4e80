"""Make what a trace tells of scorecards by asking the scalar interpreter."""

from __future__ import annotations

from collections.abc import Callable

from segrules.backends.scalar.blame import blame
from segrules.backends.scalar.interpreter import Interpreter
from segrules.explain.scorecard_trace import ScorecardTrace, TermTrace
from segrules.explain.trace import Condition, DatedValue
from segrules.explain.wording import written
from segrules.language.values import Value
from segrules.meaning.tables import RowAt
from segrules.program.nodes import Expression, Field, walk
from segrules.program.program import Part, Program, Scorecard, Steps, Term, Whole

OfCondition = Callable[[Interpreter, Expression, RowAt], Condition]
DatedValues = Callable[[Program, Expression], tuple[DatedValue, ...]]


def read_by_rules(program: Program) -> frozenset[str]:
    """Return the names of metrics and columns of scorecards that rules read, directly or through others."""
    computed = {one.name: one for one in program.computed if one.table == program.entity}
    pending = [rule.when for segmentation in program.segmentations for rule in segmentation.rules]
    read: set[str] = set()
    while pending:
        for node in walk(pending.pop()):
            own = isinstance(node, Field) and not node.row.path and node.row.table == program.entity
            if isinstance(node, Field) and own and node.name in computed and node.name not in read:
                read.add(node.name)
                pending.append(computed[node.name].value)
    return frozenset(read)


def scorecard_traces(
    known: Interpreter, row: RowAt, of_condition: OfCondition, dated: DatedValues
) -> tuple[ScorecardTrace, ...]:
    """Return the scorecards that rules read, as they stand in the ruleset."""
    read = read_by_rules(known.program)
    cards = [card for card in known.program.scorecards if not read.isdisjoint(one.name for one in card.columns)]
    return tuple(_scorecard(known, card, row, of_condition, dated) for card in cards)


def _scorecard(
    known: Interpreter, card: Scorecard, row: RowAt, of_condition: OfCondition, dated: DatedValues
) -> ScorecardTrace:
    def value(name: str) -> Value:
        return known.value(row.table, row.index, name)

    return ScorecardTrace(
        card.name,
        card.title,
        value(card.name),
        value(card.qualifies.name),
        card.span,
        tuple(_term(known, term, row, of_condition, dated) for term in card.terms),
        tuple(of_condition(known, floor, row) for floor in card.floors),
        tuple((name, value(name), value(f"{name}.qualifies")) for name in card.cards),
        value(card.card.name) if card.card else None,
    )


def _term(known: Interpreter, term: Term, row: RowAt, of_condition: OfCondition, dated: DatedValues) -> TermTrace:
    column = term.column
    points = known.value(row.table, row.index, column.name)
    text = value = target = condition = None
    match term.gives:
        case Part(points=given, value=looked_at, target=aim):
            most = known.evaluate(given, row)
            text, value, target = written(looked_at), known.evaluate(looked_at, row), known.evaluate(aim, row)
        case Whole(points=given, when=when):
            most, condition = known.evaluate(given, row), of_condition(known, when, row)
        case Steps(value=looked_at, steps=steps):
            text, value = written(looked_at), known.evaluate(looked_at, row)
            most = _largest([known.evaluate(given, row) for _, given in steps])
    missing = tuple(sorted(blame(known, column.value, row))) if points is None else ()
    return TermTrace(
        term.name, column.title, points, most, column.span, text, value, target, condition, missing,
        dated(known.program, column.value),
    )  # fmt: skip


def _largest(points: list[Value]) -> Value:
    return max(points, key=lambda value: value if isinstance(value, (int, float)) else float(str(value)))
