"""The one arrow from a program and a day to the legend of its explanations."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from segrules.explain.build.conditions import numbered, tree, with_operands
from segrules.explain.build.gathering import Gathering
from segrules.explain.build.rows_below import within
from segrules.explain.build.scorecards import scorecard_entry
from segrules.explain.legend import Legend, MetricEntry, RuleEntry, SegmentationEntry
from segrules.explain.reading import read_by_rules
from segrules.explain.units import compared_units
from segrules.explain.wording import written
from segrules.program.expressions import holes
from segrules.program.program import Computed, Program, Rule, Segmentation


@lru_cache(maxsize=64)
def legend_of(program: Program, as_of: date) -> Legend:
    """Return what explanations of a program on a day have in common; the program holds the day's parameters."""
    gathering = Gathering(program, as_of)
    read = read_by_rules(program, as_of)
    cards = [card for card in program.scorecards if not read.isdisjoint(one.name for one in card.columns)]
    conditions = numbered(gathering, cards)
    in_force = [one.expression for one in conditions if one.in_force]
    gathering.need(*in_force)
    gathering.units.update(compared_units(program, in_force))
    found = tuple(with_operands(gathering, one) if one.in_force else one for one in conditions)
    segmentations = tuple(_segmentation(gathering, one) for one in program.segmentations)
    scorecards = tuple(scorecard_entry(gathering, card) for card in cards)
    metrics = tuple(_metric(gathering, metric) for metric in program.metrics if metric.name in read)
    places = {expression: place for place, expression in enumerate(gathering.expressions)}
    return Legend(
        program, as_of, found, segmentations, metrics, scorecards,
        tuple(gathering.expressions), gathering.constants, gathering.answers, gathering.units, places,
    )  # fmt: skip


def _segmentation(gathering: Gathering, segmentation: Segmentation) -> SegmentationEntry:
    return SegmentationEntry(segmentation, tuple(_rule(gathering, rule) for rule in segmentation.rules))


def _rule(gathering: Gathering, rule: Rule) -> RuleEntry:
    in_force = rule.in_force(gathering.as_of)
    if in_force:
        gathering.need(*holes(rule.because))
    return RuleEntry(rule, in_force, tree(gathering, rule.when))


def _metric(gathering: Gathering, metric: Computed) -> MetricEntry:
    column = gathering.own(metric)
    rows, statistics = within(gathering, metric.value)
    return MetricEntry(metric, column, written(metric.value), rows, statistics, gathering.dated(metric.value))
