"""What is said about a project file, beyond its structure."""

from __future__ import annotations

import re

from segrules.diagnostics import catalogue
from segrules.diagnostics.catalogue import Code, Severity
from segrules.diagnostics.diagnostic import Diagnostic, Label, replacement
from segrules.diagnostics.source import Span

_COLON = re.compile(r"\s*(?P<key>[\w-]+)\s*:\s*(?P<value>[\w-]+)?")
_NO_QUOTES = re.compile(r"\s*(?P<key>[\w-]+)\s*=\s*(?P<value>[A-Za-z][\w-]*)\s*(#.*)?")
_TWICE = re.compile(r"Cannot (?:declare|overwrite|mutate)")


def not_toml(span: Span, said: str) -> Diagnostic:
    """Return what is said of a text that is no TOML; `said` is what the TOML reader calls it."""
    line = span.source.line(span.position.line)
    if found := _COLON.match(line):
        cause, way_out = "a colon where TOML has `=`", _setting(found["key"], found["value"] or "off")
    elif found := _NO_QUOTES.fullmatch(line):
        cause, way_out = f"`{found['value']}` has no quotes", _setting(found["key"], found["value"])
    elif _TWICE.match(said):
        cause, way_out = "it stands twice", "keep one of them"
    else:
        cause, way_out = said[:1].lower() + said[1:], f"below `[severity]`, {_setting('unguarded-optional', 'off')}"
    return Diagnostic(catalogue.NOT_TOML, f"the project file is not TOML: {cause}", Label(span, "here"), help=way_out)


def _setting(key: str, value: str) -> str:
    return f'write `{key} = "{value}"`'


def unknown_code(name: Span, written: str, meant: str | None) -> Diagnostic:
    """Return what is said about a code or slug that no diagnostic has."""
    return Diagnostic(
        catalogue.UNKNOWN_CODE,
        f"there is no diagnostic `{written}`",
        Label(name, "unknown"),
        help=f"did you mean `{meant}`?" if meant else "`segrules explain-code` lists them all",
        fix=replacement(f"write `{meant}`", name, meant) if meant else None,
    )


def fixed_severity(name: Span, code: Code, wanted: str) -> Diagnostic:
    """Return what is said about the severity of what is no advice."""
    what, why = "about data", "a project file is about rulesets"
    if code.severity is Severity.ERROR:
        what, why = "an error", "what it finds has no meaning as it stands"
    message = f"`{code.slug}` is {what}, and cannot be `{wanted}`"
    return Diagnostic(catalogue.FIXED_SEVERITY, message, Label(name, why), help="take the line out")


def severity_twice(name: Span, first: Span, code: Code) -> Diagnostic:
    """Return what is said about a code that is weighed by its number and by its slug."""
    return Diagnostic(
        catalogue.SEVERITY_TWICE,
        f"`{code.number}` and `{code.slug}` are the same diagnostic",
        Label(name, "again"),
        related=(Label(first, "first"),),
        help="keep one of them",
    )
