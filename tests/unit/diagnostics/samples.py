"""Diagnostics of every sort, for the tests of renderers."""

from __future__ import annotations

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Edit, Fix, Label
from segrules.diagnostics.source import Source, Span

TEXT = """\
segmentations:
  tier:
    rules:
      - segment: gold
        when: revnue > 1 and 'é😀' = certifcations
      - segment: silver
        when: x
"""
SOURCE = Source("rulesets/größe & co/ruleset.yaml", TEXT)
SHARED = Source("shared.yaml", "tables: {}\n")


def span(of: str, source: Source = SOURCE) -> Span:
    start = source.text.index(of)
    return source.span(start, start + len(of))


def label(of: str, text: str = "", source: Source = SOURCE) -> Label:
    return Label(span(of, source), text)


UNKNOWN = Diagnostic(
    catalogue.UNKNOWN_NAME,
    "`certifcations` is not a name here",
    label("certifcations", "unknown"),
    (label("tables", "the [tables]", SHARED), label("gold")),
    ("it is 100% wrong: no\nname",),
    "did you mean `certifications`?",
    Fix("write `certifications`", (Edit(span("certifcations"), "certifications"),), Applicability.SAFE),
)
REMARK = Diagnostic(catalogue.UNGUARDED_OPTIONAL, "`revnue` may be missing", label("revnue", "optional"))
WARNING = Diagnostic(catalogue.UNUSED_ANCHOR, "`&a` is used nowhere", label("x"))
LONG = Diagnostic(catalogue.WRONG_SHAPE, "a list stands here", label("gold\n        when", "these lines"))
NOWHERE = Diagnostic(catalogue.FILE_NOT_FOUND, "there is no file `x.yaml`", help="check the name")
