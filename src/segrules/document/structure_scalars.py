"""A scalar as what its key asks for: a text, a name, a date, true or false, one of some words.

Where it is plain what a wrong one was meant to be, reading goes on with that: one slip should not bring on others.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from segrules.diagnostics.spelling import nearest
from segrules.document import structure_messages as messages
from segrules.document.foreign_spellings import known_word
from segrules.document.nodes import Scalar, Style
from segrules.document.shapes import Shape
from segrules.document.structure_place import Findings, Place
from segrules.document.written import Choice, ConstantText, Day, Flag, Formula, TableBlock, Text, Word, Written

_PART = re.compile(r"[^,\s](?:[^,]*[^,\s])?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY_AND_MORE = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})[T ].*")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")

_FLAGS = {
    "yes": "true",
    "on": "true",
    "y": "true",
    "1": "true",
    "no": "false",
    "off": "false",
    "n": "false",
    "0": "false",
}


def is_empty(node: Scalar, shape: Shape) -> bool:
    """Return whether nothing is written, or quotes with nothing in them where that is no value."""
    return not node.value and (node.style is Style.PLAIN or shape.scalar not in (Text, ConstantText))


def read_scalar(node: Scalar, shape: Shape, place: Place, findings: Findings) -> Written | Flag | Choice | None:
    """Return a scalar as its key wants it, None if that cannot be."""
    kind = shape.scalar
    if kind is Flag:
        return _read_flag(node, place, findings)
    if kind is Choice:
        return _read_choice(node, shape, place, findings)
    if kind is Word:
        return read_name(node, place, findings)
    if kind is Day:
        return read_day(node, place, findings)
    if kind is Formula or kind is TableBlock:
        return kind(node.expression.text, node.expression)
    assert kind is not None
    assert issubclass(kind, Written)
    return kind(node.value, node.passage)


def listed(node: Scalar, kind: type[Text] | type[Word]) -> tuple[Text | Word, ...]:
    """Return the parts between the commas of a scalar."""
    parts = _PART.finditer(node.value)
    return tuple(kind(part.group(), node.passage.part(part.start(), part.end())) for part in parts)


def _read_flag(node: Scalar, place: Place, findings: Findings) -> Flag | None:
    word = node.value.casefold()
    if word not in ("true", "false"):
        meant = _FLAGS.get(word) or nearest(word, ("true", "false"))
        findings.report(messages.not_a_flag(place, node, meant))
        if meant is None:
            return None
        word = meant
    return Flag(word == "true", node.span)


def _read_choice(node: Scalar, shape: Shape, place: Place, findings: Findings) -> Choice | None:
    if node.value in shape.words:
        return Choice(node.value, node.span)
    if place.key == "segrules":
        findings.report(messages.unknown_version(node, shape.words))
        return Choice(shape.words[-1], node.span)
    foreign = known_word(node.value)
    meant = foreign if foreign in shape.words else nearest(node.value, shape.words)
    findings.report(messages.unknown_choice(place, node, shape.words, meant))
    return Choice(meant, node.span) if meant else None


def read_name(node: Scalar, place: Place, findings: Findings) -> Word | None:
    """Return a name, mended where it is none; None where that leaves nothing."""
    if node.value.isidentifier():
        return Word(node.value, node.passage)
    meant = as_name(node.value)
    findings.report(messages.not_a_name(place, node, meant))
    return Word(meant, node.passage) if meant else None


def as_name(text: str) -> str | None:
    """Return the name that a text was meant to be, None if there is no letter in it."""
    name = re.sub(r"\W+", "_", text).strip("_").lower()
    if name[:1].isdigit():
        name = f"_{name}"
    return name if name.isidentifier() else None


def read_day(node: Scalar, place: Place, findings: Findings) -> Day | None:
    """Return a date, mended where it is plain what was meant; None where it is not."""
    if is_day(node.value):
        return Day(node.value, node.passage)
    meant = as_day(node.value)
    findings.report(messages.not_a_day(place, node, meant))
    return replace(Day(node.value, node.passage), value=meant) if meant else None


def is_day(text: str) -> bool:
    """Return whether a text is a date as rulesets write it."""
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def as_day(text: str) -> str | None:
    """Return the day that a text means, if it can mean only one."""
    if found := _DAY_AND_MORE.fullmatch(text):
        day = found["day"]
    elif found := _DAY_FIRST.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        day = f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"
    else:
        return None
    return day if is_day(day) else None
