"""The one arrow from a legend and a row's values to a trace that people can read."""

from __future__ import annotations

from functools import partial

from segrules.explain.conditions import compared, condition, rows_trace, value_of
from segrules.explain.legend import MetricEntry, RuleEntry, ScorecardEntry, SegmentationEntry, TermEntry
from segrules.explain.names import names_of
from segrules.explain.provenance import Provenance
from segrules.explain.reasons import reason
from segrules.explain.row import RowTrace
from segrules.explain.scorecard_trace import ScorecardTrace, TermTrace
from segrules.explain.trace import MetricTrace, RuleOutcome, RuleTrace, SegmentationTrace, Trace
from segrules.language.formatting import text_of
from segrules.language.values import Value
from segrules.meaning.decisions import Decision, Outcome
from segrules.program.program import HitPolicy, Template


def read_trace(row: RowTrace, provenance: Provenance) -> Trace:
    """Return the trace of a row."""
    legend = row.legend
    program = legend.program
    together = zip(legend.segmentations, row.decisions, strict=True)
    return Trace(
        program.ruleset,
        provenance,
        legend.as_of,
        program.entity,
        tuple(zip(program.table(program.entity).key, row.key, strict=True)),
        tuple(_segmentation(row, entry, decision) for entry, decision in together),
        tuple(_metric(row, entry) for entry in legend.metrics),
        tuple(_scorecard(row, entry) for entry in legend.scorecards),
        names_of(program).ways_up,
        folder_of(program.span.source.name),
        row.hidden,
    )


def folder_of(file: str) -> str:
    """Return the folder of a file, with the slash at its end."""
    return file[: max(file.rfind("/"), file.rfind("\\")) + 1]


# Segmentations


def _segmentation(row: RowTrace, entry: SegmentationEntry, decision: Decision) -> SegmentationTrace:
    segmentation = entry.segmentation
    collect = segmentation.hit_policy is HitPolicy.COLLECT
    outcomes = zip(entry.rules, rule_outcomes(entry, decision), strict=True)
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
        because(row, entry, decision),
        reason_of(row, entry, decision),
        segmentation.span,
        tuple(_rule(row, rule, outcome) for rule, outcome in outcomes),
        segmentation.title,
        segmentation.hit_policy.value,
    )


def rule_outcomes(entry: SegmentationEntry, decision: Decision) -> tuple[RuleOutcome, ...]:
    """Return how each rule turned out; under `first` those below the one that matched are not reached."""
    found: list[RuleOutcome] = []
    first = entry.segmentation.hit_policy is HitPolicy.FIRST
    for tried in decision.outcomes:
        over = first and "matched" in found and tried.outcome is not Outcome.NOT_IN_FORCE
        found.append("not reached" if over else tried.outcome.value)
    return tuple(found)


def _rule(row: RowTrace, entry: RuleEntry, outcome: RuleOutcome) -> RuleTrace:
    rule = entry.rule
    found = condition(row, entry.when) if entry.in_force else None
    return RuleTrace(rule.id, rule.segment, outcome, rule.span, found, rule.valid_from, rule.valid_until)


def because(row: RowTrace, entry: SegmentationEntry, decision: Decision) -> str | None:
    """Return the author's reasons of the rules that decided, one sentence after another, or None without any."""
    deciding = [one.rule for one in entry.rules if one.rule.id in decision.rules]
    return "; ".join(_sentence(row, rule.because) for rule in deciding if rule.because is not None) or None


def reason_of(row: RowTrace, entry: SegmentationEntry, decision: Decision) -> str:
    """Return the reason of an assignment, as every row has it in `result.reasons()`."""
    return reason(row.legend.program, entry.segmentation, decision, partial(value_of, row))


def _sentence(row: RowTrace, template: Template) -> str:
    return "".join(
        part if isinstance(part, str) else text_of(row.value(part.expression), part.format) for part in template
    )


# Metrics and scorecards


def _metric(row: RowTrace, entry: MetricEntry) -> MetricTrace:
    metric = entry.metric
    return MetricTrace(
        metric.name,
        metric.title,
        row.value(entry.value),
        entry.text,
        metric.value.span,
        tuple(rows_trace(row, one) for one in entry.rows),
        entry.dated,
        tuple(compared(row, one) for one in entry.compared),
        row.legend.units.get(entry.value),
    )


def _scorecard(row: RowTrace, entry: ScorecardEntry) -> ScorecardTrace:
    card = entry.scorecard
    return ScorecardTrace(
        card.name,
        card.title,
        row.value(entry.score),
        row.value(entry.qualifies),
        card.span,
        tuple(_term(row, one) for one in entry.terms),
        tuple(condition(row, floor) for floor in entry.floors),
        tuple((name, row.value(score), row.value(qualifies)) for name, score, qualifies in entry.cards),
        row.value(entry.card) if entry.card else None,
    )


def _term(row: RowTrace, entry: TermEntry) -> TermTrace:
    column = entry.term.column
    points = row.value(entry.points)
    return TermTrace(
        entry.term.name,
        column.title,
        points,
        max((row.value(one) for one in entry.most), key=_as_number),
        column.span,
        entry.text,
        row.value(entry.value) if entry.value is not None else None,
        row.value(entry.target) if entry.target is not None else None,
        condition(row, entry.condition) if entry.condition else None,
        tuple(rows_trace(row, one) for one in entry.rows),
        tuple(compared(row, one) for one in entry.compared),
        tuple(sorted(row.lacking(column.value))) if points is None else (),
        entry.dated,
        row.legend.units.get(entry.value) if entry.value is not None else None,
    )


def _as_number(value: Value) -> float:
    return value if isinstance(value, (int, float)) else float(str(value))
