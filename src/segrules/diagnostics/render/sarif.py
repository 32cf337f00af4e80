"""Diagnostics for code scanning: SARIF 2.1.0, which GitHub, GitLab and editors read.

Files are named from the folder in which the command runs, the `%SRCROOT%`. A diagnostic with no place in any file is
no result, which some readers would refuse, but a notification of the run.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from segrules.diagnostics.catalogue import Code, Severity
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Edit, Fix, Label
from segrules.diagnostics.fingerprint import fingerprints
from segrules.diagnostics.lookup import family_of
from segrules.diagnostics.page import about, page_of
from segrules.diagnostics.paths import path_from_here
from segrules.diagnostics.scope import scope_of
from segrules.diagnostics.source import Source, Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_ROOT = "%SRCROOT%"
_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
    Severity.HINT: "note",
}

Form = dict[str, Any]


def render(diagnostics: Sequence[Diagnostic], *, version: str) -> str:
    """Return diagnostics as a SARIF log of one run, made by this version of segrules."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(diagnostics, version)]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _run(diagnostics: Sequence[Diagnostic], version: str) -> Form:
    codes = sorted({diagnostic.code for diagnostic in diagnostics}, key=lambda code: code.number)
    rules = {code: index for index, code in enumerate(codes)}
    known = zip(diagnostics, fingerprints(diagnostics), strict=True)
    driver = {"name": "segrules", "semanticVersion": version, "rules": [_rule(code) for code in codes]}
    return {
        "tool": {"driver": driver},
        "invocations": [_invocation([one for one in diagnostics if one.label is None], rules)],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder in which segrules ran."}}},
        "results": [_result(one, one.label, rules, fingerprint) for one, fingerprint in known if one.label],
    }


def _rule(code: Code) -> Form:
    return {
        "id": code.number,
        "name": code.slug,
        "shortDescription": {"text": code.summary},
        "fullDescription": {"text": about(code)},
        "help": {"text": about(code), "markdown": page_of(code)},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
        "properties": {"tags": [family_of(code)]},
    }


def _invocation(without_place: Sequence[Diagnostic], rules: dict[Code, int]) -> Form:
    told = [
        {
            "descriptor": {"id": one.code.number, "index": rules[one.code]},
            "level": _LEVELS[one.severity],
            "message": {"text": _message(one)},
        }
        for one in without_place
    ]
    successful = not any(one.is_error for one in without_place)
    return {"executionSuccessful": successful, **({"toolExecutionNotifications": told} if told else {})}


def _result(diagnostic: Diagnostic, label: Label, rules: dict[Code, int], fingerprint: str) -> Form:
    related = [{"id": number, **_location(other)} for number, other in enumerate(diagnostic.related, start=1)]
    fix = diagnostic.fix
    return {
        "ruleId": diagnostic.code.number,
        "ruleIndex": rules[diagnostic.code],
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _message(diagnostic)},
        "locations": [{**_location(label), **_logical(label.span)}],
        **({"relatedLocations": related} if related else {}),
        **({"fixes": [_fix(fix)]} if fix and fix.applicability is not Applicability.DISPLAY else {}),
        "partialFingerprints": {"primaryLocationLineHash": fingerprint},
    }


def _message(diagnostic: Diagnostic) -> str:
    """Return all that there is to say: a reader may show nothing else. Other places are links to them.

    Braces stand as they are: they would have to be doubled only in a message with arguments.
    """
    lines = [diagnostic.message]
    lines += [f"help: {diagnostic.help}"] if diagnostic.help is not None else []
    lines += [f"note: {note}" for note in diagnostic.notes]
    lines += [
        f"see [{_link_text(label.text or str(label.span))}]({number})"
        for number, label in enumerate(diagnostic.related if diagnostic.label else (), start=1)
    ]
    return "\n".join(lines)


def _link_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


# Places


def _location(label: Label) -> Form:
    place = {"artifactLocation": _artifact(label.span.source), "region": _region(label.span)}
    return {"physicalLocation": place, **({"message": {"text": label.text}} if label.text else {})}


def _logical(span: Span) -> Form:
    scope = scope_of(span)
    return {"logicalLocations": [{"name": scope[-1], "fullyQualifiedName": ".".join(scope)}]} if scope else {}


def _artifact(source: Source) -> Form:
    path = path_from_here(source.name)
    if Path(path).is_absolute():
        return {"uri": Path(path).as_uri()}
    return {"uri": quote(path), "uriBaseId": _ROOT}


def _region(span: Span) -> Form:
    start, end = span.position, span.end_position
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _fix(fix: Fix) -> Form:
    by_file = groupby(sorted(fix.edits, key=lambda edit: edit.span.source.name), key=lambda edit: edit.span.source)
    changes = [
        {"artifactLocation": _artifact(source), "replacements": [_replacement(edit) for edit in edits]}
        for source, edits in by_file
    ]
    return {
        "description": {"text": fix.title},
        "artifactChanges": changes,
        "properties": {"applicability": fix.applicability.value},
    }


def _replacement(edit: Edit) -> Form:
    return {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.replacement}}
