"""Diagnostics for programs: a JSON list, in the form that `json_form` declares."""

from __future__ import annotations

import json
from collections.abc import Sequence

from segrules.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from segrules.diagnostics.fingerprint import fingerprints
from segrules.diagnostics.render.json_form import DiagnosticForm, EditForm, FixForm, LabelForm, SpanForm
from segrules.diagnostics.source import Span


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """Return diagnostics as a JSON list, in their order."""
    found = [_form(*pair) for pair in zip(diagnostics, fingerprints(diagnostics), strict=True)]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _form(diagnostic: Diagnostic, fingerprint: str) -> DiagnosticForm:
    label = diagnostic.label
    return {
        "code": diagnostic.code.number,
        "slug": diagnostic.code.slug,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "file": label.span.source.name if label else None,
        "span": _span(label.span) if label else None,
        "label": label.text if label else None,
        "related": [_label(label) for label in diagnostic.related],
        "notes": list(diagnostic.notes),
        "help": diagnostic.help,
        "fix": _fix(diagnostic.fix) if diagnostic.fix else None,
        "fingerprint": fingerprint,
    }


def _label(label: Label) -> LabelForm:
    return {"file": label.span.source.name, "span": _span(label.span), "label": label.text}


def _fix(fix: Fix) -> FixForm:
    return {
        "title": fix.title, "applicability": fix.applicability.value, "edits": [_edit(edit) for edit in fix.edits],
    }  # fmt: skip


def _edit(edit: Edit) -> EditForm:
    return {"file": edit.span.source.name, "span": _span(edit.span), "replacement": edit.replacement}


def _span(span: Span) -> SpanForm:
    start, end = span.position, span.end_position
    return {
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "offset": span.start,
        "end_offset": span.end,
    }
