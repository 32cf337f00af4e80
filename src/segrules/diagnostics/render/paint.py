"""Colours for a terminal, or none."""

from __future__ import annotations

from enum import StrEnum

from segrules.diagnostics.catalogue import Severity


class Style(StrEnum):
    """How a stretch of text looks: the codes of ANSI's "select graphic rendition"."""

    ERROR = "1;31"
    WARNING = "1;33"
    INFO = "1;36"
    RELATED = "1;34"
    HELP = "1;32"
    BOLD = "1"
    FRAME = "34"


OF_SEVERITY = {
    Severity.ERROR: Style.ERROR,
    Severity.WARNING: Style.WARNING,
    Severity.INFO: Style.INFO,
    Severity.HINT: Style.INFO,
}


def painted(text: str, style: Style, *, colour: bool) -> str:
    """Return a text in a style, or as it is."""
    return f"\x1b[{style}m{text}\x1b[0m" if colour and text else text
