from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import polars as pl
import pytest

from segrules.backends.polars.segments import decided, joined, listed
from segrules.meaning.decisions import Outcome, Tried, decide
from segrules.plan.steps import Decision
from segrules.program.program import HitPolicy, Segmentation
from tests.support.programs import rule, segmentation

TRUTHS = (True, False, None)
OUTCOMES = {True: Outcome.MATCHED, False: Outcome.FAILED, None: Outcome.UNKNOWN}


def made(policy: HitPolicy, segments: list[str], default: tuple[str, ...] | None) -> Segmentation:
    rules = [rule(segment, True, id=f"{segment}_{number}") for number, segment in enumerate(segments)]
    priority = tuple(sorted(set(segments))) if policy is HitPolicy.PRIORITY else ()
    return segmentation("s", policy, rules, default=default, priority=priority)


def assigned(found: Segmentation, outcomes: Sequence[tuple[bool | None, ...]]) -> list[object]:
    columns = {str(place): [row[place] for row in outcomes] for place in range(len(found.rules))}
    frame = pl.LazyFrame(columns, schema=dict.fromkeys(columns, pl.Boolean()))
    numbered = tuple((one, str(found.rules.index(one))) for one in found.ranked(found.rules))
    return frame.with_columns(found=decided(Decision(found, numbered))).collect()["found"].to_list()


@pytest.mark.parametrize("default", [None, ("a",), ("z",)])
@pytest.mark.parametrize("segments", [["a"], ["b", "a", "c"], ["a", "b", "a"], ["b", "b", "a", "b"]])
@pytest.mark.parametrize("policy", HitPolicy)
def test_every_hit_policy_assigns_as_the_scalar_backend_does(
    policy: HitPolicy, segments: list[str], default: tuple[str, ...] | None
) -> None:
    found = made(policy, segments, default)
    outcomes = list(product(TRUTHS, repeat=len(segments)))
    for row, got in zip(outcomes, assigned(found, outcomes), strict=True):
        decision = decide(found, [Tried(one, OUTCOMES[truth]) for one, truth in zip(found.rules, row, strict=True)])
        collects = policy is HitPolicy.COLLECT
        assert got == (list(decision.segments) if collects else decision.segment), row


@pytest.mark.parametrize("count", [255, 256, 300])
def test_there_can_be_more_segments_than_one_byte_can_number(count: int) -> None:
    found = made(HitPolicy.FIRST, [f"s{number}" for number in range(count)], None)
    outcomes = [tuple(place == at for place in range(count)) for at in (0, 254, count - 1)]
    assert assigned(found, outcomes) == ["s0", "s254", f"s{count - 1}"]


@pytest.mark.parametrize("count", [1, 8, 9, 12, 13, 64, 65, 140])
def test_lists_may_have_any_number_of_members(count: int) -> None:
    conditions = [(f"s{number}", pl.col("n") % (number + 2) == 0) for number in range(count)]
    numbers = list(range(1, 400))
    frame = pl.LazyFrame({"n": numbers}).select(found=listed(conditions, pl.String(), ["none"]))
    expected = [[f"s{at}" for at in range(count) if number % (at + 2) == 0] or ["none"] for number in numbers]
    assert frame.collect()["found"].to_list() == expected
    assert frame.collect(engine="in-memory")["found"].to_list() == expected


@pytest.mark.parametrize("count", [12, 13, 70])
def test_texts_may_stand_behind_a_condition(count: int) -> None:
    conditions = [(f"s{number}", pl.col("n") % (number + 2) == 0) for number in range(count)]
    frame = pl.LazyFrame({"n": [1, 2, 3, 4, 5, 6]})
    large = pl.col("n") > 3
    texts, lists = joined(conditions, "+"), listed(conditions, pl.String())
    columns = {
        "text": pl.when(large).then(texts),
        "other": pl.when(~large).then(texts),
        "list": pl.when(large).then(lists),
    }
    found = frame.select(**columns).collect(engine="in-memory")
    assert found["text"].to_list() == [None, None, None, "s0+s2", "s3", "s0+s1+s4"]
    assert found["other"].to_list() == [None, "s0", "s1", None, None, None]
    assert found["list"].to_list() == [None, None, None, ["s0", "s2"], ["s3"], ["s0", "s1", "s4"]]


def test_a_segmentation_of_which_no_rule_is_in_force_gives_its_default() -> None:
    frame = pl.LazyFrame({"x": [1, 2]})
    for policy in HitPolicy:
        found = made(policy, ["a"], ("z",))
        got = frame.with_columns(found=decided(Decision(found, ()))).collect()["found"].to_list()
        assert got == [["z"] if policy is HitPolicy.COLLECT else "z"] * 2
