"""The project file as written: what each key holds, with its place; the JSON Schema is generated from this class.

The text below a key is its description in the JSON Schema, and so what an editor shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from segrules.document.written import Choice, MayBeEmpty, Record, SegmentEntries, Words

SeverityWord = Annotated[
    Choice,
    Words(
        {
            "error": "Nobody may go on with it: check fails.",
            "warning": "It has a meaning that is hardly what was meant.",
            "info": "It is worth knowing.",
            "hint": "It is worth a thought.",
            "off": "It is not wanted, and not said.",
        }
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectText(Record):
    """What holds for all rulesets in the folder of a `segrules.toml` and below."""

    severity: Annotated[SegmentEntries[SeverityWord], MayBeEmpty] = ()
    """How bad advice is taken to be, by its slug or code; `off` for advice that is not wanted. Errors stay errors."""
