"""YAML text to nodes."""

from __future__ import annotations

from segrules.diagnostics.diagnostic import Diagnostic, in_order
from segrules.diagnostics.source import Source
from segrules.document.draft import draft_of
from segrules.document.nodes import Node, Scalar, Style
from segrules.document.yaml_recovery import build_with_recovery
from segrules.document.yaml_refusals import empty_file

_A_RULESET = "write a ruleset in it; it begins with `segrules: 1`"


def read_yaml(source: Source, *, if_empty: str = _A_RULESET) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Read a file's text as YAML: its root, and all that is wrong with it, in the order of the file.

    Where there is no root, a diagnostic says why. A root may come with diagnostics too; what could not be read is
    `Unreadable` in it. `if_empty` is what to write in a file that holds nothing.
    """
    root, diagnostics = build_with_recovery(draft_of(source))
    if isinstance(root, Scalar) and root.style is Style.PLAIN and not root.value:
        root = None
    if root is None and not diagnostics:
        diagnostics = (empty_file(source.span(0, 0), if_empty),)
    return root, in_order(diagnostics)
