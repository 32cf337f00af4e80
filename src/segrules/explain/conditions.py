"""The conditions of a trace: read off a row's values, put together as the ruleset puts them, with their margins."""

from __future__ import annotations

from segrules.explain.legend import AnswersAbove, Compared, Node, Numbered, Operand, RowsBelow
from segrules.explain.margins import margin
from segrules.explain.row import RowTrace
from segrules.explain.trace import Among, Condition, RowsTrace, Seen
from segrules.language.values import Value
from segrules.meaning import logic
from segrules.meaning.functions import MEANINGS
from segrules.meaning.logic import Truth
from segrules.program.nodes import Call, Constant, Expression, Field
from segrules.program.program import NO_SEGMENT
from segrules.program.sensitivity import HIDDEN


def outcome(row: RowTrace, node: Node) -> Truth:
    """Return how a condition turned out: a numbered one by its value, others by Kleene's logic from their parts."""
    if node.number is not None:
        found = row.value(node.expression)
        assert found is None or isinstance(found, bool)
        return found
    truths = [outcome(row, part) for part in node.parts]
    match node.together:
        case "and":
            return logic.conjunction(truths)
        case "or":
            return logic.disjunction(truths)
        case "not":
            return logic.negation(truths[0])
        case _:
            return logic.at_least(node.count, *truths)


def value_of(row: RowTrace, node: Expression) -> Value:
    """Return the value of an expression of the legend, or of conditions of it put together."""
    match node:
        # such as both sides of `(a and b) = c`, whose parts are not in the legend
        case _ if node in row.legend.places or node in row.legend.constants:
            return row.value(node)
        case Call(function="and" | "or" | "not" | "at_least" as function, arguments=parts):
            return MEANINGS[function](node, [value_of(row, part) for part in parts])
        case Constant():
            return node.value
        case _:
            return row.value(node)


def condition(row: RowTrace, node: Node) -> Condition:
    """Return a condition with what it saw; the `not` of a single one is told as one."""
    if node.number is not None:
        return _alone(row, node, row.legend.condition(node.number), denied=False)
    if node.is_denial:
        number = node.parts[0].number
        assert number is not None
        return _alone(row, node, row.legend.condition(number), denied=True)
    together = node.together if node.count is None else f"at least {node.count}"
    parts = tuple(condition(row, part) for part in node.parts)
    return Condition(node.text, outcome(row, node), node.span, together, parts)


def _alone(row: RowTrace, node: Node, numbered: Numbered, *, denied: bool) -> Condition:
    found = outcome(row, node)
    return Condition(
        node.text,
        found,
        node.span,
        seen=tuple(_seen(row, operand) for operand in numbered.operands),
        margin=margin(row, numbered, denied=denied) if found is False else None,
        missing=tuple(sorted(row.lacking(numbered.expression))) if found is None else (),
        dated=numbered.dated,
        number=numbered.number,
    )


def _seen(row: RowTrace, operand: Operand) -> Seen:
    node = operand.expression
    return Seen(
        operand.text,
        row.value(node),
        among(row, operand.compared) if operand.compared else None,
        rows_trace(row, operand.rows) if operand.rows else None,
        _possible(row, node) if isinstance(node, Field) else (),
        row.legend.units.get(node),
    )


def compared(row: RowTrace, one: Compared) -> Seen:
    """Return a statistic with the rows among which it is."""
    unit = row.legend.units.get(one.statistic)
    return Seen(one.text, row.value(one.statistic), among(row, one), unit=unit)


def among(row: RowTrace, one: Compared) -> Among | None:
    """Return the rows that a statistic compares, None for a row without a group."""
    group = tuple((name.name, row.value(name)) for name in one.statistic.over)
    rows = row.value(one.rows)
    return Among(rows, group) if isinstance(rows, int) else None


def rows_trace(row: RowTrace, one: RowsBelow) -> RowsTrace:
    """Return an aggregate with the rows that it comes from."""

    def count(node: Expression | None) -> int | None:
        found = 0 if node is None else row.value(node)
        if found is HIDDEN:
            return None
        assert isinstance(found, int)
        return found

    rows = count(one.rows)
    assert rows is not None  # whether there are rows is no secret
    return RowsTrace(
        one.text,
        row.value(one.aggregate),
        one.table,
        rows,
        count(one.kept or one.rows),
        count(one.unknown),
        count(one.missing),
        one.first,
        one.last,
        row.legend.units.get(one.aggregate),
    )


def _possible(row: RowTrace, node: Field) -> tuple[str, ...]:
    """Return the answers that a segmentation may have, where there are several; under `collect` those besides."""
    if node in row.legend.answers:
        return possible_above(row, row.legend.answers[node])
    if node.row.path:
        return ()
    decided = [one for one in row.legend.segmentations if one.segmentation.name == node.name]
    decision = row.decision(node.name) if decided else None
    return decision.possible if decision and len(decision.answers) > 1 else ()


def possible_above(row: RowTrace, asked: AnswersAbove) -> tuple[str, ...]:
    """Return the answers that a segmentation of a row above may have, where there is such a row and several are."""
    if row.value(asked.key) is None:
        return ()
    if asked.any_of_them is None:
        return tuple(segment for segment, node in asked.segments if row.value(node) is None)
    found = [segment for segment, node in asked.segments if row.value(node) is not False]
    found += [] if row.value(asked.any_of_them) is True else [NO_SEGMENT]
    return tuple(found) if len(found) > 1 else ()
