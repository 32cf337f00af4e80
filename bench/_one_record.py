"""One decision through `decide`, against zen-engine with the same rules: tier, tags and score of the tiering workload.

What is timed is the whole of each call, from the record as a dict to answers that can be read: segrules takes the
record in, types and constraints and all; zen-engine has its decision loaded. With the trace both keep what every
condition was; segrules makes the text of it when it is read, which is not timed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from math import isclose
from time import perf_counter_ns
from typing import Any

import _zen_tiering
from _timing import RELATIVE_TOLERANCE
from tiering import AS_OF, RULESET, partners

import segrules
from segrules.engine.decision import Decision

Call = Callable[[Any], Any]
Record = Mapping[str, Any]

LIMIT, LIMIT_TRACED = 1 / 3, 1 / 2


def report_one_record(count: int = 10_000, rounds: int = 3) -> None:
    """Print medians and p99s of both engines, in microseconds, and the ratios; skip it without zen-engine."""
    try:
        zen = import_module("zen")
    except ImportError:
        print("\nOne record: skipped, zen-engine is not installed")
        return
    ruleset, decision = segrules.load(RULESET), _zen_tiering.decision(zen)
    records = partners(count).to_dicts()
    for_zen = [_zen_tiering.as_given(record) for record in records]
    assert_same_answers(ruleset, decision, records, for_zen)
    print(f"\nOne record, {count:,} partners, {rounds} times each, microseconds      p50       p99")
    compare(
        ("zen-engine", decision.evaluate, for_zen),
        ("segrules", lambda record: read(ruleset.decide(record, as_of=AS_OF)), records),
        rounds, LIMIT,
    )  # fmt: skip
    compare(
        ("zen-engine, with its trace", lambda record: decision.evaluate(record, {"trace": True}), for_zen),
        ("segrules, with its trace", lambda record: read(ruleset.decide(record, as_of=AS_OF, trace=True)), records),
        rounds, LIMIT_TRACED,
    )  # fmt: skip


def read(decision: Decision) -> tuple[Any, Any, Any]:
    return decision["tier"], decision["tags"], decision.metrics["score"]


def assert_same_answers(
    ruleset: segrules.Ruleset, decision: Any, records: Sequence[Record], for_zen: Sequence[Record]
) -> None:
    """Fail unless both give every record the same tier and tags, and the same score but for the last bits."""
    for record, given in zip(records, for_zen, strict=True):
        ours = read(ruleset.decide(record, as_of=AS_OF))
        theirs = _zen_tiering.answer(decision.evaluate(given))
        assert ours[:2] == theirs[:2], (record, ours, theirs)
        assert isclose(ours[2], theirs[2], rel_tol=RELATIVE_TOLERANCE), (record, ours, theirs)


def compare(
    theirs: tuple[str, Call, Sequence[Record]], ours: tuple[str, Call, Sequence[Record]], rounds: int, limit: float
) -> None:
    """Time both sides record by record, in turn."""
    taken: dict[str, list[int]] = {theirs[0]: [], ours[0]: []}
    for _ in range(rounds):
        for name, call, records in (theirs, ours):
            taken[name] += [nanoseconds(call, record) for record in records]
    base, found = (quantiles(times) for times in taken.values())
    ratios = [one / other for one, other in zip(found, base, strict=True)]
    print(f"  {theirs[0]:<52} {base[0]:9.1f} {base[1]:9.1f}")
    print(f"  {ours[0]:<52} {found[0]:9.1f} {found[1]:9.1f}   {ratios[0]:5.2f} {ratios[1]:5.2f}  limit {limit:.2f}")


def nanoseconds(call: Call, record: Record) -> int:
    start = perf_counter_ns()
    call(record)
    return perf_counter_ns() - start


def quantiles(times: Sequence[int]) -> tuple[float, float]:
    """Median and p99, in microseconds."""
    ordered = sorted(times)
    return ordered[len(ordered) // 2] / 1000, ordered[len(ordered) * 99 // 100] / 1000
