"""Make the trace of one row by asking the scalar interpreter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from segrules.backends.scalar.blame import blame
from segrules.backends.scalar.interpreter import Interpreter
from segrules.backends.scalar.reasons import render
from segrules.explain.scorecards import read_by_rules, scorecard_traces
from segrules.explain.trace import (
    Among,
    Condition,
    DatedValue,
    Margin,
    MetricTrace,
    RowsTrace,
    RuleTrace,
    Seen,
    SegmentationTrace,
    Trace,
)
from segrules.explain.wording import written
from segrules.language.values import Value
from segrules.meaning.decisions import Outcome, Tried
from segrules.meaning.tables import RowAt
from segrules.program.nodes import (
    Aggregate,
    Answers,
    Call,
    Constant,
    Expression,
    Reference,
    Statistic,
    children,
    walk,
)
from segrules.program.program import Computed, HitPolicy, Program, Rule, Segmentation

NOT_REACHED = "not reached"

_TOGETHER = frozenset({"and", "or", "not", "at_least"})
_CASTS = frozenset({"to_number", "to_decimal", "to_date"})
_FALLS_SHORT = frozenset({">", ">="})
_GOES_OVER = frozenset({"<", "<="})


def build_trace(known: Interpreter, row: RowAt, ruleset_hash: str) -> Trace:
    """Return the trace of a row of the entity."""
    program = known.program
    table = program.table(program.entity)
    segmentations = tuple(_segmentation(known, one, row) for one in program.segmentations)
    return Trace(
        program.ruleset,
        ruleset_hash,
        known.as_of,
        program.entity,
        tuple(zip(table.key, known.tables.key(row), strict=True)),
        segmentations,
        tuple(_metric(known, metric, row) for metric in _read_metrics(known)),
        scorecard_traces(known, row, _condition, dated_values),
    )


def _segmentation(known: Interpreter, segmentation: Segmentation, row: RowAt) -> SegmentationTrace:
    decision = known.decide(segmentation.name, row)
    collect = segmentation.hit_policy is HitPolicy.COLLECT
    return SegmentationTrace(
        segmentation.name,
        decision.segment,
        decision.segments if collect else None,
        decision.rules,
        decision.certainty.value,
        decision.possible,
        decision.conflict,
        tuple((output.name, value) for output, value in zip(segmentation.outputs, decision.outputs, strict=True)),
        decision.missing,
        because(known, segmentation, decision.rules, row),
        segmentation.span,
        tuple(_tried(known, segmentation, decision.outcomes, row)),
    )


def because(known: Interpreter, segmentation: Segmentation, rules: tuple[str, ...], row: RowAt) -> str | None:
    """Return the author's reasons of the rules that decided, one sentence after another, or None without any."""
    deciding = [rule for rule in segmentation.rules if rule.id in rules and rule.because is not None]
    texts = [render(known, rule.because, row) for rule in deciding if rule.because is not None]
    return "; ".join(texts) or None


def _tried(known: Interpreter, segmentation: Segmentation, outcomes: tuple[Tried, ...], row: RowAt) -> list[RuleTrace]:
    found = []
    matched = False
    for tried in outcomes:
        rule = tried.rule
        reached = not (matched and segmentation.hit_policy is HitPolicy.FIRST)
        if tried.outcome is Outcome.NOT_IN_FORCE or not reached:
            outcome = tried.outcome.value if tried.outcome is Outcome.NOT_IN_FORCE else NOT_REACHED
            found.append(RuleTrace(rule.id, rule.segment, outcome, rule.span, None))
        else:
            found.append(_rule(known, rule, tried.outcome, row))
        matched = matched or tried.outcome is Outcome.MATCHED
    return found


def _rule(known: Interpreter, rule: Rule, outcome: Outcome, row: RowAt) -> RuleTrace:
    return RuleTrace(rule.id, rule.segment, outcome.value, rule.span, _condition(known, rule.when, row))


def _condition(known: Interpreter, node: Expression, row: RowAt) -> Condition:
    outcome = known.evaluate(node, row)
    assert outcome is None or isinstance(outcome, bool)
    if isinstance(node, Call) and node.function in _TOGETHER and not _is_denied(node):
        parts = node.arguments[1:] if node.function == "at_least" else node.arguments
        conditions = tuple(_condition(known, part, row) for part in parts)
        together = node.function
        if node.function == "at_least":
            together = f"at least {known.evaluate(node.arguments[0], row)}"
        return Condition(written(node), outcome, node.span, together, conditions)
    missing = tuple(sorted(blame(known, node, row))) if outcome is None else ()
    margin = _margin(known, node, row) if outcome is False else None
    seen = _seen(known, node, row)
    dated = dated_values(known.program, node)
    return Condition(written(node), outcome, node.span, seen=seen, margin=margin, missing=missing, dated=dated)


def dated_values(program: Program, node: Expression) -> tuple[DatedValue, ...]:
    """Return the values of the parameters with values by day that an expression reads."""
    read = {one.name for one in walk(node) if isinstance(one, Reference)}
    return tuple(
        DatedValue(one.name, one.value, one.since.day, one.since.span)
        for one in program.parameters
        if one.name in read and one.since
    )


def _is_denied(node: Expression) -> bool:
    """Whether a node is a `not` of one condition, which is told as one."""
    if not isinstance(node, Call) or node.function != "not":
        return False
    inner = node.arguments[0]
    return not isinstance(inner, Call) or inner.function not in _TOGETHER


def _seen(known: Interpreter, node: Expression, row: RowAt) -> tuple[Seen, ...]:
    """Return the values that a condition compares, those written in the rule left out."""
    comparison = node
    while isinstance(comparison, Answers) or _is_denied(comparison):
        comparison = comparison.comparison if isinstance(comparison, Answers) else children(comparison)[0]
    operands = comparison.arguments if isinstance(comparison, Call) else (comparison,)
    bare = [operand for operand in map(_bare, operands) if not isinstance(operand, Constant)]
    told = dict.fromkeys([*bare, *_statistics(bare)])
    return tuple(_seen_value(known, operand, row) for operand in told)


def _statistics(nodes: Iterable[Expression]) -> list[Statistic]:
    return [found for node in nodes for found in walk(node) if isinstance(found, Statistic)]


def _seen_value(known: Interpreter, node: Expression, row: RowAt) -> Seen:
    """Return a value with what it is called, a statistic's with the rows among which it is."""
    value = known.evaluate(node, row)
    found = known.among(node, row) if isinstance(node, Statistic) else None
    if found is None or not isinstance(node, Statistic):
        return Seen(written(node), value)
    taking_part = sum(member.value is not None for member in found[0].members)
    names = tuple((name.name, known.evaluate(name, row)) for name in node.over)
    return Seen(written(node), value, Among(taking_part, names))


def _bare(node: Expression) -> Expression:
    while isinstance(node, Call) and node.function in _CASTS:
        node = node.arguments[0]
    return node


def _margin(known: Interpreter, node: Expression, row: RowAt) -> Margin | None:
    if not isinstance(node, Call) or node.function not in _FALLS_SHORT | _GOES_OVER:
        return None
    left, right = (known.evaluate(operand, row) for operand in node.arguments)
    amount = _distance(left, right)
    if amount is None:
        return None
    return Margin(amount, known.evaluate(_bare(node.arguments[1]), row), short=node.function in _FALLS_SHORT)


def _distance(left: Value, right: Value) -> int | float | Decimal | None:
    """Return how far two values of one type are apart, in days for dates, or None where that means nothing."""
    if isinstance(left, date) and isinstance(right, date):
        return abs(left - right).days
    if isinstance(left, bool) or isinstance(right, bool):
        return None
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return abs(left - right)
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return abs(left - right)
    return None


# Metrics


def _read_metrics(known: Interpreter) -> list[Computed]:
    """Return the metrics that rules read, directly or through others, as they stand in the ruleset."""
    read = read_by_rules(known.program)
    return [metric for metric in known.program.metrics if metric.name in read]


def _metric(known: Interpreter, metric: Computed, row: RowAt) -> MetricTrace:
    aggregates = dict.fromkeys(node for node in walk(metric.value) if isinstance(node, Aggregate))
    return MetricTrace(
        metric.name,
        metric.title,
        known.value(row.table, row.index, metric.name),
        written(metric.value),
        metric.value.span,
        tuple(_rows(known, aggregate, row) for aggregate in aggregates),
        dated_values(known.program, metric.value),
        tuple(_seen_value(known, one, row) for one in dict.fromkeys(_statistics([metric.value]))),
    )


def _rows(known: Interpreter, aggregate: Aggregate, row: RowAt) -> RowsTrace:
    below = known.tables.below(row, aggregate.down)
    where = aggregate.where
    truths = [True if where is None else known.evaluate(where, row, at) for at in below]
    kept = [at for at, truth in zip(below, truths, strict=True) if truth]
    needed = [part for part in (aggregate.value, aggregate.by) if part is not None]
    return RowsTrace(
        written(aggregate),
        known.evaluate(aggregate, row),
        len(below),
        len(kept),
        sum(truth is None for truth in truths),
        sum(any(known.evaluate(part, row, at) is None for part in needed) for at in kept),
    )
