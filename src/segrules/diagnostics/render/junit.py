"""Diagnostics as JUnit XML, which every CI system shows beside the tests: a suite a ruleset, a test case an error.

CI systems tell test cases from one run to the next by their names. So a case is named by what is wrong and what it
belongs to, not by its line, and a ruleset without an error is one case that passes. Only errors fail, as they alone
give `check` another exit status than 0; the rest is the suite's output.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.paths import path_from_here
from segrules.diagnostics.render import full
from segrules.diagnostics.render.cells import printable
from segrules.diagnostics.scope import scope_of

_PASSED = "no errors"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(checked: Mapping[str, Sequence[Diagnostic]]) -> str:
    """Return what was found in each ruleset, by the ruleset's file, as a JUnit report."""
    root = Element("testsuites", {"name": "segrules check"})
    for file, found in checked.items():
        _add_suite(root, file, found)
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _add_suite(root: Element, file: str, found: Sequence[Diagnostic]) -> None:
    path = path_from_here(file)
    errors = [one for one in found if one.is_error]
    failures = str(len(errors))
    suite = SubElement(root, "testsuite", {"name": _xml(path), "file": _xml(path)})
    suite.attrib |= {"tests": str(len(errors) or 1), "failures": failures, "errors": "0"}
    in_class = {"classname": _xml(".".join(PurePosixPath(path).with_suffix("").parts))}
    if not errors:
        SubElement(suite, "testcase", {"name": _PASSED, **in_class})
    for name, error in zip(_names(errors, path), errors, strict=True):
        case = SubElement(suite, "testcase", {"name": _xml(name), **in_class})
        failure = SubElement(case, "failure", {"type": error.code.number, "message": _xml(error.message)})
        failure.text = _xml(full.render([error]))
    if rest := [one for one in found if not one.is_error]:
        SubElement(suite, "system-out").text = _xml(full.render(rest))


def _names(errors: Sequence[Diagnostic], path: str) -> list[str]:
    """Return a name for each, those of one name numbered from the second on."""
    seen: Counter[str] = Counter()
    names = []
    for name in (_name(error, path) for error in errors):
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def _name(error: Diagnostic, path: str) -> str:
    kind = f"{error.code.number} {error.code.slug}"
    if error.label is None:
        return kind
    span = error.label.span
    file = path_from_here(span.source.name)
    where = " ".join(filter(None, ["" if file == path else file, ".".join(scope_of(span))]))
    return f"{kind} in {where}" if where else kind


def _xml(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", printable(text))
