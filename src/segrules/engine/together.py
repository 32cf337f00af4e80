"""What is said of several rulesets, some of which import the same files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from segrules.diagnostics.diagnostic import Diagnostic, in_order
from segrules.engine.checked import Checked


def together(rulesets: Mapping[str, Checked]) -> dict[str, tuple[Diagnostic, ...]]:
    """Return what is said of each ruleset, by the same names.

    An ignore comment in an imported file is said to be unused if no ruleset that reads the file has a use for it.
    """
    readers = Counter(path for one in rulesets.values() for path in _imported(one))
    without_use = Counter(_comment(said) for one in rulesets.values() for said in one.unused)

    def is_unused(said: Diagnostic) -> bool:
        path, *_ = comment = _comment(said)
        return without_use[comment] == readers[path]

    return {name: in_order((*one.diagnostics, *filter(is_unused, one.unused))) for name, one in rulesets.items()}


def _comment(unused: Diagnostic) -> tuple[Path, int, str]:
    """Return which comment is meant, and what of it."""
    assert unused.label is not None
    span = unused.label.span
    return Path(span.source.name).resolve(), span.start, unused.message


def _imported(ruleset: Checked) -> list[Path]:
    sources = ruleset.document.ruleset.imported if ruleset.document else ()
    return [Path(source.name).resolve() for source in sources]
