"""The project file as written: what each key holds, with its place; the JSON Schema is generated from this class.

The text below a key is its description in the JSON Schema, and so what an editor shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from segrules.document.written import Choice, MayBeEmpty, Record, SegmentEntries

SeverityWord = Annotated[Choice, Literal["error", "warning", "info", "hint", "off"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectText(Record):
    """What holds for all rulesets in the folder of a `segrules.toml` and below."""

    severity: Annotated[SegmentEntries[SeverityWord], MayBeEmpty] = ()
    """How bad advice is taken to be, by its slug or code; `off` for advice that is not wanted. Errors stay errors."""
