"""Texts of the file that are expressions: parsed, then checked for where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from segrules.checker import call_messages, type_messages
from segrules.checker.coercion import coerced, meeting_type
from segrules.checker.expressions import check_condition, check_expression
from segrules.checker.place import Place, Reads, unknown
from segrules.checker.world import World
from segrules.diagnostics.source import Passage, Span
from segrules.document.condition_text import ConditionText
from segrules.document.written import Formula, Sentence
from segrules.language import syntax, types
from segrules.language.parser import parse_expression
from segrules.language.template import parse_template
from segrules.language.types import NUMERIC, Kind, Type
from segrules.program.nodes import Call, Expression
from segrules.program.program import Hole, Template


def check_formula(world: World, formula: Formula, table: str, reads: Reads = Reads.EVERYTHING) -> Expression:
    """Return a formula as a typed expression of a table's rows."""
    tree = _parsed(world, formula.passage)
    if tree is None:
        return unknown(formula.span)
    return check_expression(Place(world, table, formula.passage, reads), tree)


def check_where(world: World, formula: Formula, table: str) -> Expression:
    """Return a table's `where`, which reads its own columns and parameters."""
    return _condition(world, formula, table, Reads.STORED)


def check_constant(world: World, formula: Formula, wanted: Type) -> Expression | None:
    """Return a number or a day that is the same for every row, in the type of what it bounds."""
    found = check_formula(world, formula, world.entity, Reads.PARAMETERS)
    if found.type.kind is Kind.UNKNOWN:
        return None
    meeting = meeting_type([found.type, wanted])
    if meeting is None or found.type.kind is Kind.MISSING:
        place = f"a bound of {type_messages.described(wanted)}"
        world.report(
            type_messages.type_mismatch(
                found.span,
                f"used as {place}, which is",
                (found.span, found.type),
                (found.span, wanted),
                f"write {type_messages.described(wanted)}",
            )
        )
        return None
    return coerced(found, meeting)


def check_number(world: World, formula: Formula) -> Expression | None:
    """Return a number that is the same for every row."""
    found = check_formula(world, formula, world.entity, Reads.PARAMETERS)
    if found.type.kind in NUMERIC:
        return found
    if found.type.kind is not Kind.UNKNOWN:
        world.report(type_messages.number_needed(found.span, "this place", found.type))
    return None


def check_when(world: World, written: Formula | ConditionText, table: str) -> Expression:
    """Return the condition of a rule: one expression, or a tree of `all`, `any`, `none` and `at_least`."""
    if isinstance(written, Formula):
        return _condition(world, written, table, Reads.EVERYTHING)
    if written.at_least is not None:
        count = check_number(world, written.at_least.count)
        parts = _parts(world, written.at_least.of, table)
        if count is None or count.type.kind is not Kind.INTEGER:
            if count is not None:
                world.report(
                    call_messages.wrong_argument(count.span, "at_least", "count", "a whole number", count.type)
                )
            return unknown(written.span)
        return _together("at_least", (count, *parts), written.span)
    if written.none is not None:
        found = _together("or", _parts(world, written.none, table), written.span)
        return found if found.type.kind is Kind.UNKNOWN else Call("not", (found,), found.type, written.span)
    parts = _parts(world, written.all or written.any or (), table)
    return _together("and" if written.all is not None else "or", parts, written.span)


def _parts(world: World, written: Sequence[Formula | ConditionText], table: str) -> tuple[Expression, ...]:
    return tuple(check_when(world, part, table) for part in written)


def _together(function: str, parts: tuple[Expression, ...], span: Span) -> Expression:
    if not parts or any(part.type.kind is Kind.UNKNOWN for part in parts):
        return unknown(span)
    nullable = any(part.type.nullable for part in parts)
    return Call(function, parts, types.BOOLEAN.maybe_missing(nullable), span)


def _condition(world: World, formula: Formula, table: str, reads: Reads) -> Expression:
    tree = _parsed(world, formula.passage)
    if tree is None:
        return unknown(formula.span)
    return check_condition(Place(world, table, formula.passage, reads), tree)


def _parsed(world: World, passage: Passage) -> syntax.Expression | None:
    tree, diagnostics = parse_expression(passage)
    world.diagnostics.extend(diagnostics)
    return tree


def check_sentence(world: World, sentence: Sentence, table: str) -> Template | None:
    """Return a text with holes, each hole checked, its format fitting its value."""
    template, diagnostics = parse_template(sentence.passage)
    world.diagnostics.extend(diagnostics)
    if template is None:
        return None
    place = Place(world, table, sentence.passage)
    return tuple(part if isinstance(part, str) else _hole(place, part) for part in template)


def _hole(place: Place, hole: syntax.Hole) -> Hole:
    found = check_expression(place, hole.expression)
    if hole.format and found.type.kind not in NUMERIC | {Kind.UNKNOWN, Kind.MISSING}:
        place.report(type_messages.wrong_format(found.span, found.type, hole.format))
    return Hole(found, hole.format)
