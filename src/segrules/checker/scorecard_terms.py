"""Terms of scorecards as expressions: so many points for so much, rounded so that 70 is 70."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from segrules.checker import scorecard_messages, type_messages
from segrules.checker.ascending import check_ascending
from segrules.checker.coercion import coerced, meeting_type, to_number
from segrules.checker.formulas import check_formula, check_number, check_when
from segrules.checker.world import World
from segrules.diagnostics.source import Span
from segrules.document.scorecard_text import TermBandsText, TermText
from segrules.document.written import Entry, Formula
from segrules.language import types
from segrules.language.types import NUMERIC, Kind
from segrules.program.nodes import Call, Constant, Expression
from segrules.program.program import Computed, Part, Steps, Term, Whole

PLACES = 6
"""To how many places points are rounded."""


def check_term(world: World, card: str, entry: Entry[TermText]) -> Term | None:
    """Return a term with the column that works it out, or None if something is wrong with it."""
    written, name = entry.value, entry.name
    span = name.span
    _report_useless_keys(world, written)
    missing = check_number(world, written.missing) if written.missing else None
    made = _made(world, written, span)
    if made is None or (missing is None) != (written.missing is None):
        return None
    points, gives = made
    value = rounded(points, span)
    if missing is not None:
        value = Call("coalesce", (value, to_number(missing)), types.NUMBER.maybe_missing(missing.type.nullable), span)
    title = written.title.value if written.title else None
    return Term(name.value, gives, Computed(world.entity, f"{card}.{name.value}", value, span, title))


def _report_useless_keys(world: World, written: TermText) -> None:
    beside = "when" if written.when is not None else "bands" if written.bands is not None else None
    if beside is None:
        return
    for key, formula in (("points", written.points if beside == "bands" else None), ("target", written.target)):
        if formula is not None:
            world.report(scorecard_messages.useless_key(formula.span, key, beside))


def total(terms: Sequence[Expression], span: Span) -> Expression:
    """Return the sum of points, rounded."""
    return rounded(reduce(lambda left, right: Call("+", (left, right), types.NUMBER, span), terms), span)


def rounded(points: Expression, span: Span) -> Expression:
    """Return points with six places."""
    return Call("round", (points, Constant(PLACES, types.INTEGER.present(), span)), types.NUMBER, span)


_Made = tuple[Expression, Part | Whole | Steps]
"""The points, and how they are given."""


def _made(world: World, written: TermText, span: Span) -> _Made | None:
    if written.bands is not None:
        return _by_steps(world, written.bands, span)
    points = check_number(world, written.points) if written.points else None
    if written.when is not None:
        when = check_when(world, written.when, world.entity)
        if points is None or when.type.kind is Kind.UNKNOWN:
            return None
        return _choice(when, to_number(points), _number(0, span), span), Whole(points, when)
    value = _valued(world, written.value, "value")
    target = check_number(world, written.target) if written.target else None
    if points is None or value is None or target is None:
        return None
    share = Call("/", (to_number(value), to_number(target)), types.NUMBER, span)
    clipped = Call("clip", (share, _number(0, span), _number(1, span)), types.NUMBER, span)
    return Call("*", (to_number(points), clipped), types.NUMBER, span), Part(points, value, target)


def _valued(world: World, formula: Formula | None, key: str) -> Expression | None:
    if formula is None:
        return None
    value = check_formula(world, formula, world.entity)
    if value.type.kind in NUMERIC:
        return value
    if value.type.kind is not Kind.UNKNOWN:
        world.report(type_messages.number_needed(value.span, key, value.type))
    return None


def _by_steps(world: World, bands: TermBandsText, span: Span) -> _Made | None:
    value = _valued(world, bands.of, "of")
    edges = [check_number(world, Formula(entry.name.value, entry.name.passage)) for entry in bands.points]
    points = [check_number(world, entry.value) for entry in bands.points]
    check_ascending(world, edges)
    steps = [(edge, given) for edge, given in zip(edges, points, strict=True) if edge and given]
    if value is None or len(steps) < len(edges):
        return None
    found: Expression = _number(0, span)
    for edge, given in steps:
        found = _choice(_reached(value, edge), to_number(given), found, span)
    return found, Steps(value, tuple(steps))


def _reached(value: Expression, edge: Expression) -> Expression:
    meeting = meeting_type((value.type, edge.type))
    assert meeting is not None
    kind = types.BOOLEAN.maybe_missing(value.type.nullable or edge.type.nullable)
    return Call(">=", (coerced(value, meeting), coerced(edge, meeting)), kind, edge.span)


def _choice(condition: Expression, then: Expression, otherwise: Expression, span: Span) -> Expression:
    nullable = any(part.type.nullable for part in (condition, then, otherwise))
    return Call("if", (condition, then, otherwise), types.NUMBER.maybe_missing(nullable), span)


def _number(value: int, span: Span) -> Expression:
    return Constant(float(value), types.NUMBER.present(), span)
