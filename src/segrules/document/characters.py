"""Characters that no one can see and YAML does not allow, or takes for the end of a line."""

from __future__ import annotations

import re

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.document.draft import Draft, Finding, Replacement

INVISIBLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"


def invisible_characters(draft: Draft) -> Finding | None:
    """Return what to say about the characters of a text that cannot be seen; all are taken out at once."""
    found = list(INVISIBLE.finditer(draft.text))
    if not found:
        return None
    first = found[0]
    diagnostic = Diagnostic(
        catalogue.INVISIBLE_CHARACTER,
        "the file holds a character that cannot be seen",
        Label(draft.span(first.start(), first.end()), f"the character U+{ord(first[0]):04X}"),
        notes=(f"and {len(found) - 1} more of this sort",) if len(found) > 1 else (),
        help="delete it, or put a blank or a line end in its place",
    )
    return Finding(diagnostic, tuple(Replacement(m.start(), m.end(), " " if m[0] in _LINE_ENDS else "") for m in found))
