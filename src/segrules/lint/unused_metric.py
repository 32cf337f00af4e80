"""SR634: a metric that nothing reads: it comes out with the results, and decides nothing."""

from __future__ import annotations

from collections.abc import Iterator

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, told
from segrules.lint.reading import is_own, read_in
from segrules.program.program import Program


def unused_metric(program: Program) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each metric of the ruleset's own file that nothing reads.

    A ruleset that has metrics and nothing else is there for their sake.
    """
    if not (program.segmentations or program.treatments or program.scorecards):
        return
    read = read_in(program).columns
    for metric in program.metrics:
        if (program.entity, metric.name) not in read and is_own(program, metric.span):
            yield told(
                catalogue.UNUSED_METRIC,
                f"no rule, score or treatment reads the metric `{metric.name}`",
                metric.span,
                "decides nothing",
                "take it out, unless it is meant for those who read the results",
            )
