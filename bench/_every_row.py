"""What it costs to say why in every row of a table: a million partners of the tiering workload.

Each side starts from the tables, and what it asks for comes of one run. Against `result.wide`, which is every metric,
score and segmentation, stand

- the conditions: `result.conditions()`, a column for each of the 40, and `result.wide`;
- the reason texts: two million, a column for each segmentation, and `result.wide`;
- the same texts, finished and only copied, and `result.wide`: what any way of making them takes at least.

Against `result.assignments`, a row for each partner and segmentation with certainty and possible answers, stands

- `result.reasons()`, the same table with the reason in each of its two million rows.
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
from segrules.program.sensitivity import NOTHING_SENSITIVE

WITH_BECAUSE = Path(__file__).resolve().parent / "explain"
LIMIT_CONDITIONS, LIMIT_REASONS = 1.3, 4.0

WIDE, CONDITIONS, TEXTS = "result.wide", "conditions of every row", "reason texts of every row"
COPIED = "the same texts, only copied"
ASSIGNMENTS, REASONS = "result.assignments", "result.reasons()"


def report_every_row(count: int = 1_000_000, rounds: int = 5) -> None:
    """Print times and ratios for rules without a `because`, and where half of them have one."""
    frame = partners(count)
    for title, folder in (("no rule has a because", RULESET), ("half of the rules have one", WITH_BECAUSE)):
        _report(f"{count:,} partners, median of {rounds}, {title}", folder, frame, rounds)


def _report(title: str, folder: Path, frame: pl.DataFrame, rounds: int) -> None:
    ruleset = segrules.load(folder)

    def side(ask: Callable[[Result], pl.DataFrame]) -> Callable[[], pl.DataFrame]:
        return lambda: ask(ruleset.evaluate({"partners": frame}, as_of=AS_OF))

    rows = {ASSIGNMENTS: side(lambda result: result.assignments), REASONS: side(Result.reasons)}
    told = rows[REASONS]()
    assert told["reason"].null_count() == 0
    assert told.drop("reason").equals(rows[ASSIGNMENTS]().drop("reason"))
    del told
    columns = {WIDE: side(lambda result: result.wide), CONDITIONS: side(with_conditions), TEXTS: side(with_reasons)}
    texts = columns[TEXTS]().select(pl.selectors.starts_with("why "))
    columns[COPIED] = side(lambda result: result.wide.hstack(copied(texts)))
    report(f"Why, in columns: {title}", medians(columns, rounds), base=WIDE)
    print(f"  the limit for conditions is {LIMIT_CONDITIONS}, for reason texts {LIMIT_REASONS}")
    report(f"Why, in rows: {title}", medians(rows, rounds), base=ASSIGNMENTS)


def with_conditions(result: Result) -> pl.DataFrame:
    return result.conditions().hstack(result.wide.drop(result.key))


def with_reasons(result: Result) -> pl.DataFrame:
    plan, frame = result._detailed(Detail.LACKS)
    told = reasons(result.program, plan.explained, frame, NOTHING_SENSITIVE)
    names = (f"why {one.segmentation.name}" for one in plan.explained)
    return result.wide.hstack([texts.alias(name) for name, texts in zip(names, told, strict=True)])


def copied(texts: pl.DataFrame) -> pl.DataFrame:
    return texts.select(pl.concat_str(name, pl.lit("")) for name in texts.columns)
