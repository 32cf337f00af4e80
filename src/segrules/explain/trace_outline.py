"""From a trace to its outline: the answer, then what decided it, and what did not matter folded away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from segrules.diagnostics.listing import counted
from segrules.explain.condition_lines import ConditionLines, distance, nearest
from segrules.explain.names import Names, listed
from segrules.explain.outline import Item, Outline
from segrules.explain.scorecard_lines import scorecard_item
from segrules.explain.sentence import answer, because, sentence
from segrules.explain.shown import dated_text, quoted, rows_text, within_lines
from segrules.explain.trace import Condition, MetricTrace, RuleTrace, SegmentationTrace, Trace
from segrules.explain.treatments import TreatmentTrace, treatment_item
from segrules.program.sensitivity import hidden_note

_FEW = 6
"""How many rules that failed are told one by one."""

_ASIDE = ("not reached", "not in force")


def outline(
    trace: Trace, segmentations: Sequence[str] = (), treatments: Sequence[TreatmentTrace] = ()
) -> Outline:  # fmt: skip
    """Return the outline of a trace with what became of treatments, or of some of its segmentations."""
    told = [one for one in trace.segmentations if not segmentations or one.segmentation in segmentations]
    parts = [_segmentation(one, trace.names, alone=len(told) == 1) for one in told]
    read = "\n".join(_texts(parts, folded=False))
    taken = {str(card.card) for card in trace.scorecards if _names(read, card.scorecard)}
    cards = [
        scorecard_item(card, trace.names, matters=card.scorecard in taken or _names(read, card.scorecard))
        for card in trace.scorecards
    ]
    needed = _needed(trace.metrics, read)
    metrics = [metric_item(metric, trace.names, matters=metric.metric in needed) for metric in trace.metrics]
    parts += _part("treatments", [] if segmentations else [treatment_item(one) for one in treatments])
    parts += _part("scorecards", cards) + _part("metrics", metrics)
    note = hidden_note(trace.hidden) if trace.hidden else ""
    return Outline(sentence(trace, told), tuple(parts), trace.folder, note)


def _part(title: str, items: list[Item]) -> list[Item]:
    return [Item(title, items=tuple(items), matters=any(item.matters for item in items))] if items else []


def _texts(items: Iterable[Item], *, folded: bool) -> Iterator[str]:
    for item in items:
        yield item.brief or item.text
        yield from _texts(item.items if folded else item.shown, folded=folded)


# Segmentations


def _segmentation(trace: SegmentationTrace, names: Names, *, alone: bool) -> Item:
    title = f" - {trace.title}" if trace.title else ""
    why = "" if alone else because(trace, names)
    if why and trace.because and not trace.conflict:
        why = f"because {why}"
    failed = [rule for rule in trace.tried if rule.outcome == "failed" and rule.condition]
    near = sorted(failed, key=lambda rule: _nearness(rule.condition))[:_FEW] if len(failed) > _FEW else failed
    rules = tuple(rule_item(rule, trace, names, matters=_matters(rule, near)) for rule in trace.tried)
    first = (Item(why),) if why else ()
    return Item(f"{trace.segmentation}: {answer(trace)}{title}", trace.span, (*first, *rules), rest=_rest(trace, near))


def _nearness(condition: Condition | None) -> tuple[bool, float]:
    assert condition is not None
    return distance(nearest(condition)[0])


def _matters(rule: RuleTrace, near: Sequence[RuleTrace]) -> bool:
    return rule in near if rule.outcome == "failed" else rule.outcome not in _ASIDE


def rule_item(rule: RuleTrace, trace: SegmentationTrace, names: Names, *, matters: bool = True) -> Item:
    """Return a rule with its conditions; of one that failed the nearest condition stands for all."""
    name = rule.segment if rule.rule == f"{trace.segmentation}.{rule.segment}" else f"{rule.segment} ({rule.rule})"
    items = ConditionLines(names).items(rule.condition) if rule.condition else ()
    text, brief = f"{rule.outcome} {name}", None
    if rule.outcome == "failed" and rule.condition is not None:
        near, count = nearest(rule.condition)
        more = f"; {counted(count - 1, 'more condition')} failed" if count > 1 else ""
        brief = f"{text}: {ConditionLines(names).brief(near)}{more}"
    if rule.outcome == "matched" and rule.rule not in trace.rules:
        brief = f"{text}, but {trace.segment} comes first"
    if rule.outcome == "not in force":
        text += f", which holds {_validity(rule)}"
    return Item(text, rule.span, items, brief, matters, outcome=rule.outcome)


def _validity(rule: RuleTrace) -> str:
    since = f"from {rule.valid_from.isoformat()}" if rule.valid_from else ""
    until = f"until {rule.valid_until.isoformat()}" if rule.valid_until else ""
    return " ".join(filter(None, [since, until]))


def _rest(trace: SegmentationTrace, near: Sequence[RuleTrace]) -> str:
    told = []
    for outcome in ("failed", *_ASIDE):
        rules = [rule for rule in trace.tried if rule.outcome == outcome and rule not in near]
        if rules:
            told.append(f"{outcome}: {_several(rules)}" + (" more" if outcome == "failed" else ""))
    return "; ".join(told)


def _several(rules: Sequence[RuleTrace]) -> str:
    if len(rules) <= _FEW and rules[0].outcome == "not in force":
        return listed([f"{rule.segment} ({_validity(rule)})" for rule in rules])
    names = list(dict.fromkeys(rule.segment for rule in rules))
    several = f" ({counted(len(rules), 'rule')})" if len(rules) > len(names) else ""
    return f"{listed(names)}{several}" if len(names) <= 3 else counted(len(rules), "rule")


# Metrics


def _needed(metrics: Sequence[MetricTrace], read: str) -> frozenset[str]:
    """Return the metrics that what is told names, directly or through others."""
    texts = {metric.metric: metric.text for metric in metrics}
    needed, pending = set[str](), [read]
    while pending:
        text = pending.pop()
        found = [name for name in texts if name not in needed and _names(text, name)]
        needed.update(found)
        pending += [texts[name] for name in found]
    return frozenset(needed)


def _names(text: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", text) is not None


def metric_item(metric: MetricTrace, names: Names, *, matters: bool = True) -> Item:
    """Return a metric with what it is made of; one that is an aggregate is told in one line."""
    title = f" ({metric.title})" if metric.title else ""
    text, brief = f"{metric.metric} is {quoted(metric.value, metric.unit)}", None
    match metric.rows, metric.statistics:
        case [[rows], []] if rows.text == metric.text and not metric.dated:
            brief = f"{text}, {rows_text(rows)}{title}"
    return Item(f"{text}{title}", metric.span, tuple(map(Item, _details(metric, names))), brief, matters)


def _details(metric: MetricTrace, names: Names) -> Iterator[str]:
    alone = {*(rows.text for rows in metric.rows), *(seen.text for seen in metric.statistics)}
    if metric.text not in alone:
        yield metric.text
    yield from map(dated_text, metric.dated)
    yield from within_lines(metric.rows, metric.statistics, names)
