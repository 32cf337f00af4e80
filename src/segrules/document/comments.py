"""Comments beside values."""

from __future__ import annotations

import re

from segrules.diagnostics.source import Span
from segrules.document.nodes import Scalar, Style

_COMMENT = re.compile(r"[ \t]*(?P<comment>#[^\r\n]*)")


def comment_follows(scalar: Scalar) -> Span | None:
    """Return the YAML comment directly behind a scalar on its line, or None.

    To YAML, `when: name = "x #y"` is the value `name = "x` and a comment.
    """
    span = scalar.span
    if scalar.style in (Style.LITERAL, Style.FOLDED):
        return None
    found = _COMMENT.match(span.source.text, span.end)
    return Span(span.source, found.start("comment"), found.end()) if found else None
