"""Segmentations: rules, hit policies, defaults; bands and tables become the rules that they stand for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from segrules.checker import segmentation_messages, type_messages
from segrules.checker.ascending import check_ascending
from segrules.checker.coercion import coerced, meeting_type
from segrules.checker.decision_tables import table_outputs, table_rules
from segrules.checker.formulas import check_formula, check_number, check_sentence, check_when
from segrules.checker.world import World
from segrules.diagnostics.source import Span
from segrules.document.condition_text import ValidityText
from segrules.document.segmentation_text import BandsText, RuleText, SegmentationText
from segrules.document.written import Entry, Formula, Text, Word
from segrules.language import types
from segrules.language.types import NUMERIC, Kind
from segrules.program.nodes import Call, Expression
from segrules.program.program import HitPolicy, Rule, Segmentation


def check_segmentation(world: World, name: Word, written: SegmentationText) -> Segmentation | None:
    """Return a segmentation with its rules, or None if it gives no segment at all."""
    bands = written.bands
    policy = HitPolicy(written.hit_policy.value) if written.hit_policy else HitPolicy.FIRST
    if written.table and not written.read:
        return None
    outputs = table_outputs(world, name, written.read, policy) if written.read else {}
    if written.read:
        rules = table_rules(world, name, written.read, outputs)
    else:
        rules = _band_rules(world, name, bands) if bands else _rules(world, name, written.rules or ())
    _report_duplicates(world, rules)
    default = _default(world, written, policy)
    named = list(dict.fromkeys(rule.segment for rule in rules))
    if not named and not default:
        return None
    ordered = bands is not None or (written.ordered is not None and written.ordered.value)
    if policy is HitPolicy.COLLECT and ordered and written.ordered is not None:
        world.report(segmentation_messages.ordered_collect(written.ordered.span, name.value))
        ordered = False
    priority = _priority(world, written, rules, default, policy)
    segments = _segments(list(priority) or named, default or (), ordered=ordered, ascending=bands is not None)
    return Segmentation(
        name.value, policy, rules, segments, name.span, ordered, default, priority,
        written.title.value if written.title else None, tuple(column.output for column in outputs.values()),
    )  # fmt: skip


def _segments(named: Sequence[str], default: Sequence[str], *, ordered: bool, ascending: bool) -> tuple[str, ...]:
    """Return all segments: lowest first when ordered, a default that is not named there below all others."""
    further = [segment for segment in default if segment not in named]
    if not ordered:
        return (*named, *further)
    return (*further, *(named if ascending else reversed(named)))


def _default(world: World, written: SegmentationText, policy: HitPolicy) -> tuple[str, ...] | None:
    default = written.default
    if default is None:
        return None
    if isinstance(default, tuple):
        if policy is not HitPolicy.COLLECT:
            span = default[0].span.to(default[-1].span) if default else written.span
            world.report(segmentation_messages.default_shape(span, collect=False))
        return tuple(dict.fromkeys(text.value for text in default))
    if policy is HitPolicy.COLLECT:
        world.report(segmentation_messages.default_shape(default.span, collect=True))
    return (default.value,)


def _priority(
    world: World, written: SegmentationText, rules: Sequence[Rule], default: Sequence[str] | None, policy: HitPolicy
) -> tuple[str, ...]:
    listed: Sequence[Text] = written.priority or ()
    if policy is not HitPolicy.PRIORITY:
        return ()
    known = {rule.segment for rule in rules} | set(default or ())
    for index, text in enumerate(listed):
        if text.value in {one.value for one in listed[:index]}:
            world.report(segmentation_messages.priority_twice(text.span, text.value))
        elif text.value not in known:
            world.report(segmentation_messages.priority_unknown(text.span, text.value, sorted(known)))
    names = [text.value for text in listed]
    if listed:
        whole = listed[0].span.to(listed[-1].span)
        spans = {rule.segment: rule.span for rule in reversed(rules)}
        for segment, span in reversed(spans.items()):
            if segment not in names:
                world.report(segmentation_messages.not_in_priority(span, segment, whole))
    return tuple(dict.fromkeys(names))


# Rules


def _rules(world: World, name: Word, written: Sequence[RuleText]) -> tuple[Rule, ...]:
    rules = []
    counted: Counter[str] = Counter()
    for rule in written:
        counted[rule.segment.value] += 1
        number = counted[rule.segment.value]
        usual = f"{name.value}.{rule.segment.value}" + (f"_{number}" if number > 1 else "")
        rules.append(_rule(world, rule, usual))
    return tuple(rules)


def _rule(world: World, written: RuleText, usual: str) -> Rule:
    valid_from, valid_until = check_validity(world, written.valid)
    because = check_sentence(world, written.because, world.entity) if written.because else None
    return Rule(
        written.id.value if written.id else usual,
        written.segment.value,
        check_when(world, written.when, world.entity),
        written.segment.span,
        because,
        valid_from,
        valid_until,
    )


def check_validity(world: World, written: ValidityText | None) -> tuple[date | None, date | None]:
    """Return the first and the last day on which something is in force."""
    if written is None:
        return None, None
    first, last = (date.fromisoformat(day.value) if day else None for day in (written.from_, written.until))
    if first and last and last < first and written.until:
        world.report(segmentation_messages.never_in_force(written.until.span))
    return first, last


def _report_duplicates(world: World, rules: Sequence[Rule]) -> None:
    seen: dict[str, Span] = {}
    for rule in rules:
        if rule.id in seen:
            world.report(segmentation_messages.duplicate_rule(rule.span, rule.id, seen[rule.id]))
        seen.setdefault(rule.id, rule.span)


# Bands


def _band_rules(world: World, name: Word, bands: BandsText) -> tuple[Rule, ...]:
    """Return the rules that bands stand for: from each number up to the next, or above the one before up to it."""
    value = check_formula(world, bands.of, world.entity)
    if value.type.kind not in NUMERIC | {Kind.UNKNOWN}:
        world.report(type_messages.number_needed(value.span, "bands", value.type))
        return ()
    entries = bands.from_ if bands.from_ is not None else bands.up_to or ()
    edges = [check_number(world, entry.value) for entry in entries]
    check_ascending(world, edges)
    if value.type.kind is Kind.UNKNOWN or any(edge is None for edge in edges):
        return ()
    known = [edge for edge in edges if edge is not None]
    rules = []
    for index, entry in enumerate(entries):
        low, high = _limits(known, index, upward=bands.from_ is not None)
        condition = _within(value, low, high, upward=bands.from_ is not None, span=_whole(entry))
        rules.append(Rule(f"{name.value}.{entry.name.value}", entry.name.value, condition, entry.name.span))
    return tuple(rules)


def _limits(edges: Sequence[Expression], index: int, *, upward: bool) -> tuple[Expression | None, Expression | None]:
    if upward:
        return edges[index], edges[index + 1] if index + 1 < len(edges) else None
    return edges[index - 1] if index else None, edges[index]


def _whole(entry: Entry[Formula]) -> Span:
    return entry.name.span.to(entry.value.span)


def _within(
    value: Expression, low: Expression | None, high: Expression | None, *, upward: bool, span: Span
) -> Expression:
    above, below = (">=", "<") if upward else (">", "<=")
    parts = []
    for operator, edge in ((above, low), (below, high)):
        if edge is not None:
            meeting = meeting_type([value.type, edge.type])
            assert meeting is not None
            result = types.BOOLEAN.maybe_missing(value.type.nullable or edge.type.nullable)
            parts.append(Call(operator, (coerced(value, meeting), coerced(edge, meeting)), result, span))
    return parts[0] if len(parts) == 1 else Call("and", tuple(parts), parts[0].type, span)
