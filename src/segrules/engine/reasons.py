"""A reason for every assignment of a segmentation, as `explain.reasons.reason` has it, many rows at a time.

Texts are made rule by rule, for the rows that it decides. What several rules have to say of a row is joined together,
and so is what is in doubt. Each row then takes its text out of one pool.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import polars as pl

from segrules.engine.joined_reasons import joined
from segrules.engine.rule_reasons import RuleReasons
from segrules.engine.rule_rows import rule_rows
from segrules.engine.told import Told, pooled, tell
from segrules.explain import reasons as wording
from segrules.plan.steps import Explained
from segrules.program.program import Hole, Program, Rule
from segrules.program.sensitivity import Sensitivity


def reasons(
    program: Program, explained: Sequence[Explained], frame: pl.DataFrame, sensitivity: Sensitivity
) -> list[pl.Series]:
    """Return the reasons of every row of a frame, for each of the segmentations whose columns it has.

    Sensitive values are hidden.
    """
    parts = list(rule_rows(explained, frame))
    rules = RuleReasons(program, explained, frame, sensitivity, parts)
    told: dict[Rule, list[Told]] = {}
    to_tell = [(part.rule, telling) for part in parts for telling in rules.tellings(part)]
    for (rule, _), one in zip(to_tell, tell([telling for _, telling in to_tell]), strict=True):
        told.setdefault(rule, []).append(one)
    with ThreadPoolExecutor() as threads:
        return list(threads.map(partial(_put_together, frame, told), explained))


def _put_together(frame: pl.DataFrame, told: Mapping[Rule, Sequence[Told]], explained: Explained) -> pl.Series:
    """Return the reason of every row, where rules tell these things."""
    of_rules = [one for rule, _ in explained.deciding for one in told.get(rule, ())]
    of_several = tell(list(joined(explained, frame, told)))
    pool, at = pooled([*of_rules, *of_several], frame.height, wording.NO_RULE)
    return pool.gather(at)


def hidden(explained: Explained, sensitivity: Sensitivity) -> frozenset[str]:
    """Return the sensitive columns that the reasons of a segmentation have to do with, and hide."""
    seen = [node for _, parts in explained.told for told in parts for node in told.seen]
    holes = [part.expression for rule, _ in explained.deciding for part in rule.because or () if isinstance(part, Hole)]
    return frozenset().union(*(sensitivity.sources_of(node) for node in (*seen, *holes) if sensitivity.hides(node)))
