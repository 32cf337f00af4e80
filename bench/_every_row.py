"""What it costs to say why in every row, against evaluation that does not: a million partners of the tiering workload.

Each side evaluates the same tables and gives a result nothing was asked of before:

- `result.wide`: every metric, score and segmentation, and no reasons. This is the base.
- conditions: `result.conditions()`, a column for each of the 40 conditions, and `result.wide` from the same run.
- texts: two million reasons, a column for each segmentation, and `result.wide` from the same run.
- `result.assignments`: a row for each partner and segmentation, with certainty and possible answers, and no reasons.
- `result.reasons()`: that table with a reason in each of its two million rows.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
from _timing import medians, report
from tiering import AS_OF, RULESET, partners

import segrules
from segrules.engine.reasons import reasons
from segrules.engine.result import Result
from segrules.plan.plan import Detail

WITH_BECAUSE = Path(__file__).resolve().parent / "explain"
LIMIT_CONDITIONS, LIMIT_TEXTS = 1.3, 4.0

WIDE, CONDITIONS, TEXTS = "result.wide", "conditions of every row", "reason texts of every row"
ASSIGNMENTS, REASONS = "result.assignments", "result.reasons()"


def report_every_row(count: int = 1_000_000, rounds: int = 5) -> None:
    """Print times and ratios for rules without a `because`, and where half of them have one."""
    frame = partners(count)
    for title, folder in (("no rule has a because", RULESET), ("half of the rules have one", WITH_BECAUSE)):
        _report(f"Why, {count:,} partners, median of {rounds}; {title}", folder, frame, rounds)


def _report(title: str, folder: Path, frame: pl.DataFrame, rounds: int) -> None:
    ruleset = segrules.load(folder)

    def side(ask: Callable[[Result], pl.DataFrame]) -> Callable[[], pl.DataFrame]:
        return lambda: ask(ruleset.evaluate({"partners": frame}, as_of=AS_OF))

    sides = {
        WIDE: side(lambda result: result.wide),
        CONDITIONS: side(lambda result: result.conditions().hstack(result.wide.drop(result.key))),
        TEXTS: side(with_reasons),
        ASSIGNMENTS: side(lambda result: result.assignments),
        REASONS: side(Result.reasons),
    }
    told = sides[REASONS]()
    assert told["reason"].null_count() == 0
    assert told.drop("reason").equals(sides[ASSIGNMENTS]().drop("reason"))
    del told
    times = medians(sides, rounds)
    report(title, times, base=WIDE)
    print(f"  the limits are {LIMIT_CONDITIONS} for conditions and {LIMIT_TEXTS} for reason texts")
    print(f"  {REASONS} is {times[REASONS] / times[ASSIGNMENTS]:.2f} times {ASSIGNMENTS}, the same without reasons")


def with_reasons(result: Result) -> pl.DataFrame:
    plan, frame = result._detailed(Detail.LACKS)
    told = [reasons(result.program, one, frame).alias(f"why {one.segmentation.name}") for one in plan.explained]
    return result.wide.hstack(told)
