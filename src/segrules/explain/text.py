"""A trace as text for a terminal: the answer in one sentence, then what decided it; `full` folds nothing."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from segrules.explain.scorecard_text import scorecard_lines
from segrules.explain.scorecard_trace import ScorecardTrace
from segrules.explain.trace import Condition, DatedValue, Margin, MetricTrace, RuleTrace, Seen, SegmentationTrace, Trace
from segrules.language.formatting import text_of
from segrules.language.values import Value

_OUT_OF_IT = ("not reached", "not in force")
_WORDS = {True: "true", False: "false", None: "unknown"}


def render(trace: Trace, *, full: bool = False, width: int = 100) -> str:
    """Return the text of a trace, wrapped to `width` columns."""
    lines = list(_sentences(trace))
    for segmentation in trace.segmentations:
        lines += ["", *_segmentation(segmentation, full=full)]
    told = {card.scorecard for card in trace.scorecards if full or _names(trace, card.scorecard)}
    told |= {str(card.card) for card in trace.scorecards if card.scorecard in told}  # what a best card was made of
    scorecards = [card for card in trace.scorecards if card.scorecard in told]
    if scorecards:
        lines += ["", "scorecards"]
        lines += [line for card in scorecards for line in scorecard_lines(card, shown, _condition, _dated, full=full)]
    metrics = [metric for metric in trace.metrics if full or _names(trace, metric.metric)]
    if metrics:
        lines += ["", "metrics"]
        lines += [line for metric in metrics for line in _metric(metric)]
    return "\n".join(_wrapped(lines, width)) + "\n"


def sentence(trace: Trace) -> str:
    """Return the answer of a trace in one sentence."""
    return next(_sentences(trace))


def rule_lines(rule: RuleTrace) -> tuple[str, ...]:
    """Return how one rule turned out: a line with its place, then the conditions that decided it."""
    first, *further = _rule(rule, full=False)
    return (" ".join(first.split()), *(line.removeprefix("    ") for line in further))


def metric_lines(metric: MetricTrace) -> tuple[str, ...]:
    """Return a metric's value with its place, then the rows that it comes from."""
    first, *further = _metric(metric)
    return (first.strip(), *(line.removeprefix("    ") for line in further))


def score_lines(card: ScorecardTrace) -> tuple[str, ...]:
    """Return a scorecard's score with its place, then the terms that it is made of."""
    first, *further = scorecard_lines(card, shown, _condition, _dated, full=False)
    return (first.strip(), *(line.removeprefix("    ") for line in further))


def _wrapped(lines: list[str], width: int) -> Iterator[str]:
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()))
        folded = textwrap.wrap(
            line, width, subsequent_indent=indent + "    ", break_long_words=False, break_on_hyphens=False
        )
        yield from folded or [""]


def _sentences(trace: Trace) -> Iterator[str]:
    """Yield the answer: which segments the row is in, and what is not certain about it."""
    key = " ".join(text_of(value) for _, value in trace.key)
    answers = [f"{one.segmentation} {_answer(one)}" for one in trace.segmentations]
    yield f"{key}: " + "; ".join(answers) + f" (as of {trace.as_of.isoformat()})"


def _answer(segmentation: SegmentationTrace) -> str:
    if segmentation.segments is not None:
        answer = ", ".join(segmentation.segments) if segmentation.segments else "none"
    elif segmentation.conflict:
        answer = "in conflict"
    else:
        answer = segmentation.segment if segmentation.segment is not None else "none"
    return answer if segmentation.certainty == "certain" else f"{answer}, provisional"


def _segmentation(trace: SegmentationTrace, *, full: bool) -> Iterator[str]:
    decided = f" by {', '.join(trace.rules)}" if trace.rules else " by default" if _has_answer(trace) else ""
    yield f"{trace.segmentation} = {_answer(trace)}{decided}"
    if trace.outputs and trace.segment is not None:
        yield "  with " + ", ".join(f"{name} {shown(value)}" for name, value in trace.outputs)
    if trace.because:
        yield f"  because {trace.because}"
    if trace.conflict:
        yield f"  in conflict: {', '.join(trace.conflict)}"
    if trace.certainty != "certain":
        verb = "could also be there" if trace.segments is not None else "possible"
        yield f"  {verb}: {', '.join(trace.possible)}; missing: {', '.join(trace.missing)}"
    for rule in trace.tried:
        if full or rule.outcome not in _OUT_OF_IT:
            yield from _rule(rule, full=full)


def _has_answer(trace: SegmentationTrace) -> bool:
    return trace.segment is not None or bool(trace.segments)


def _rule(rule: RuleTrace, *, full: bool) -> Iterator[str]:
    yield f"  {rule.outcome:<9} {rule.rule}  ({rule.span})"
    if rule.condition is not None and (full or rule.outcome not in _OUT_OF_IT):
        shown = rule.condition if full else _telling(rule.condition)
        yield from _condition(shown, "      ", top=True)


def _telling(condition: Condition) -> Condition:
    """Return a condition without the parts that did not matter: the true ones of a failed `and`, and so on."""
    if condition.together not in ("and", "or"):
        return condition
    mattering = [part for part in condition.parts if part.outcome is condition.outcome]
    return replace(condition, parts=tuple(_telling(part) for part in mattering or condition.parts))


def _condition(condition: Condition, indent: str, *, top: bool = False) -> Iterator[str]:
    if not condition.together:
        yield f"{indent}{condition.text}: {_WORDS[condition.outcome]}{_details(condition)}"
        return
    inner = indent
    if not (top and condition.together == "and"):
        names = {"and": "all of", "or": "any of", "not": "not"}
        yield f"{indent}{names.get(condition.together, condition.together + ' of')}: {_WORDS[condition.outcome]}"
        inner = indent + "  "
    for part in condition.parts:
        yield from _condition(part, inner)


def _details(condition: Condition) -> str:
    read = {dated.parameter for dated in condition.dated}
    values = [seen for seen in condition.seen if seen.value is not None and seen.text not in read]
    told = [f"{seen.text} is {shown(seen.value)}{_among(seen)}" for seen in values]
    told += [_dated(dated) for dated in condition.dated]
    if condition.margin and condition.margin.amount:
        told.append(_margin(condition.margin))
    if condition.missing:
        told.append(f"missing: {', '.join(condition.missing)}")
    return f"; {', '.join(told)}" if told else ""


def _dated(dated: DatedValue) -> str:
    return f"{dated.parameter} is {shown(dated.value)} from {dated.since.isoformat()}"


def _among(seen: Seen) -> str:
    """Return among which rows a statistic is what it is, nothing for any other value."""
    if seen.among is None:
        return ""
    group = ", ".join(f"{name} {shown(value)}" for name, value in seen.among.group)
    return f" among {_rows(seen.among.rows)}{' with ' + group if group else ''}"


def _margin(margin: Margin) -> str:
    days = " days" if not isinstance(margin.limit, (int, float, Decimal)) else ""
    side = "short of" if margin.short else "over"
    amount = shown(margin.amount)
    return f"{_LEAST if amount == '0' else amount}{days} {side} {shown(margin.limit)}"


_LEAST = "less than 0.0001"
"""How a margin is told that has no places to be seen: `60_000 / 50_000 - 1` is a little less than 20%."""


def shown(value: Value) -> str:
    """Return a value as people read it: thousands parted, no zeros at the end, no more than four places of a double."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return text_of(value)
    text = text_of(round(value, 4) if isinstance(value, float) else value, ",")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _metric(metric: MetricTrace) -> Iterator[str]:
    yield f"  {metric.metric} = {shown(metric.value)}  ({metric.span})"
    if metric.text not in {*(rows.text for rows in metric.rows), *(seen.text for seen in metric.statistics)}:
        yield f"      {metric.text}"
    for dated in metric.dated:
        yield f"      {_dated(dated)}"
    for rows in metric.rows:
        kept = f"{rows.kept} of {rows.rows} rows" if rows.kept != rows.rows else _rows(rows.rows)
        unknown = f", {rows.unknown} unknown" if rows.unknown else ""
        missing = f", {rows.missing} without a value" if rows.missing else ""
        yield f"      {rows.text} = {shown(rows.value)} from {kept}{unknown}{missing}"
    for statistic in metric.statistics:
        yield f"      {statistic.text} = {shown(statistic.value)}{_among(statistic)}"


def _rows(count: int) -> str:
    return f"{count} row" + ("" if count == 1 else "s")


def _names(trace: Trace, name: str) -> bool:
    """Whether a condition that is shown names a metric or a scorecard."""
    told = (
        seen.text
        for segmentation in trace.segmentations
        for rule in segmentation.tried
        if rule.condition is not None and rule.outcome not in _OUT_OF_IT
        for seen in _all_seen(_telling(rule.condition))
    )
    return any(name in text for text in told)


def _all_seen(condition: Condition) -> Iterator[Seen]:
    yield from condition.seen
    for part in condition.parts:
        yield from _all_seen(part)
