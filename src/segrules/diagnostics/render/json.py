"""Diagnostics for programs: a JSON list; keys are added in later versions, never renamed or taken away."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from segrules.diagnostics.diagnostic import Diagnostic, Fix, Label
from segrules.diagnostics.source import Span


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """Return diagnostics as a JSON list, in their order, each of them an object with these keys.

    `code` (`SR204`), `slug` (`unknown-name`), `severity` (error, warning, info or hint), `message`; `file`, `span`
    and `label` (the local fact), which are null where there is no text to point at; `related` (objects with `file`,
    `span`, `label`); `notes` (a list of texts); `help` (a text or null); `fix` (null, or `title`, `applicability`:
    safe, unsafe or display, and `edits`: objects with `file`, `span`, `replacement`).

    A `span` has `line`, `column`, `end_line`, `end_column`, all from 1, and `offset`, `end_offset` from 0: code
    points of the file, the end not included.
    """
    return json.dumps([_diagnostic(one) for one in diagnostics], ensure_ascii=False, indent=2) + "\n"


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    place = _label(diagnostic.label) if diagnostic.label else {"file": None, "span": None, "label": None}
    return {
        "code": diagnostic.code.number,
        "slug": diagnostic.code.slug,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        **place,
        "related": [_label(label) for label in diagnostic.related],
        "notes": list(diagnostic.notes),
        "help": diagnostic.help,
        "fix": _fix(diagnostic.fix) if diagnostic.fix else None,
    }


def _label(label: Label) -> dict[str, Any]:
    return {**_place(label.span), "label": label.text}


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{**_place(edit.span), "replacement": edit.replacement} for edit in fix.edits]
    return {"title": fix.title, "applicability": fix.applicability.value, "edits": edits}


def _place(span: Span) -> dict[str, Any]:
    start, end = span.position, span.end_position
    return {
        "file": span.source.name,
        "span": {
            "line": start.line,
            "column": start.column,
            "end_line": end.line,
            "end_column": end.column,
            "offset": span.start,
            "end_offset": span.end,
        },
    }
