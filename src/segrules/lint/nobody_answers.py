"""SR638: a ruleset that does not say what it is for, or who answers for it."""

from __future__ import annotations

from collections.abc import Iterator

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, told
from segrules.program.program import Program

_MISSING = {
    "objective": "what it is for",
    "owner": "who answers for it",
}
_EXAMPLES = {
    "objective": "`objective: Put training money where it earns most.`",
    "owner": "`owner: partner-operations`",
}


def nobody_answers(program: Program) -> Iterator[Diagnostic]:
    """Yield a diagnostic if the objective or the owner is not there."""
    given = {"objective": program.objective, "owner": program.owner}
    left = [key for key in given if not given[key]]
    if left:
        source, start = program.span.source, program.span.start
        end = source.text.find("\n", start)
        yield told(
            catalogue.NOBODY_ANSWERS,
            f"the ruleset does not say {', nor '.join(_MISSING[key] for key in left)}",
            source.span(start, max(end, start)),
            "",
            f"say so, as in {' and '.join(_EXAMPLES[key] for key in left)}",
        )
