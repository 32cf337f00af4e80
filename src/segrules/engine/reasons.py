"""A reason for every assignment of a segmentation, as `explain.reasons.reason` has it, many rows at a time.

Texts are made at once for rows of which the same is to be said: of which rules, of which of their conditions, and of
what is in doubt. Each row then takes its text out of one pool.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import polars as pl

from segrules.engine.alike_rows import AlikeRows, numbered
from segrules.engine.doubts import doubts
from segrules.engine.joined_reasons import joined
from segrules.engine.looked_up import LookedUp, look_up
from segrules.engine.rule_reasons import RuleReasons
from segrules.engine.rule_rows import rows_of_none, rule_rows
from segrules.engine.rule_values import RuleValues
from segrules.engine.several_rows import several_rows
from segrules.engine.told import RowTexts, in_rows, pooled, tell
from segrules.explain import reasons as wording
from segrules.plan.steps import Explained
from segrules.program.expressions import holes
from segrules.program.program import Program, Rule
from segrules.program.sensitivity import Sensitivity


def reasons(
    program: Program, explained: Sequence[Explained], frame: pl.DataFrame, sensitivity: Sensitivity
) -> list[pl.Series]:
    """Return the reasons of every row of a frame, for each of the segmentations whose columns it has.

    Sensitive values are hidden.
    """
    values = [RuleValues(program, one, sensitivity) for one in explained]
    frame = numbered(frame)
    with ThreadPoolExecutor() as threads:
        looked_up = threads.submit(look_up, frame, [column for one in values for column in one.all_columns()])
        return list(threads.map(partial(_reasons, frame, looked_up), explained, values))


def _reasons(frame: pl.DataFrame, looked_up: Future[LookedUp], explained: Explained, values: RuleValues) -> pl.Series:
    """Return the reason of every row."""
    return in_rows(*pooled(_told(frame, looked_up, explained, values), frame.height, wording.NO_RULE))


def _told(frame: pl.DataFrame, looked_up: Future[LookedUp], explained: Explained, values: RuleValues) -> list[RowTexts]:
    """Return all that is told; of rows in which several rules say what is rare, it is joined together."""
    several = several_rows(explained, frame)
    alike = [*rows_of_none(explained, frame), *rule_rows(explained, frame, several.alone), *several.alike]
    left = rule_rows(explained, frame, several.left)
    in_doubt = doubts(explained, frame)
    rules = RuleReasons(values, looked_up.result(), in_doubt, [*alike, *left])
    with ThreadPoolExecutor(1) as thread:
        told = thread.submit(tell, [telling for part in alike for telling in rules.tellings(part)])
        rare = joined(explained, frame, in_doubt, _said(rules, left), several.left)
        return [*tell(list(rare)), *told.result()]


def _said(rules: RuleReasons, parts: Sequence[AlikeRows]) -> dict[Rule, list[RowTexts]]:
    """Return what each rule says by itself in rows."""
    tellings = [
        (rule, telling)
        for part in parts
        for rule, _ in part.rules
        for telling in rules.tellings(replace(part, provisional=False))
    ]
    said: dict[Rule, list[RowTexts]] = {}
    for (rule, _), one in zip(tellings, tell([telling for _, telling in tellings]), strict=True):
        said.setdefault(rule, []).append(one)
    return said


def hidden(explained: Explained, sensitivity: Sensitivity) -> frozenset[str]:
    """Return the sensitive columns that the reasons of a segmentation have to do with, and hide."""
    seen = [node for _, parts in explained.told for told in parts for node in told.seen]
    seen += [node for rule, _ in explained.deciding for node in holes(rule.because)]
    return frozenset().union(*(sensitivity.sources_of(node) for node in seen if sensitivity.hides(node)))
