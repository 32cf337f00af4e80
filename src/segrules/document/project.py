"""The project file, `segrules.toml`: what a team decides about all rulesets in its folder and below.

It is looked for from a ruleset upwards. The nearest one counts, and none above a folder with a `.git`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from segrules.diagnostics.catalogue import Code, Severity
from segrules.diagnostics.diagnostic import Diagnostic, in_order
from segrules.diagnostics.lookup import code_called, nearest_code
from segrules.diagnostics.source import Span
from segrules.document import project_messages as messages
from segrules.document.files import Reader, read_source
from segrules.document.import_paths import real
from segrules.document.project_text import ProjectText
from segrules.document.structure import read_project
from segrules.document.toml_reader import read_toml

PROJECT_FILE = "segrules.toml"
_OFF = "off"


@dataclass(frozen=True, slots=True)
class Project:
    """How bad a project takes advice to be; None for advice that it does not want."""

    severity: Mapping[Code, Severity | None] = field(default_factory=dict)

    def weighed(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Return diagnostics as bad as the project takes them to be, without those that it does not want."""
        wanted = (one for one in diagnostics if self.severity.get(one.code, one.severity) is not None)
        return tuple(replace(one, weight=self.severity.get(one.code)) for one in wanted)


def project_of(ruleset: Path, read: Reader = read_source) -> tuple[Project, tuple[Diagnostic, ...]]:
    """Return what holds for a ruleset's file, or for a folder with one, and what is wrong with the project file."""
    file = project_file(ruleset)
    if file is None:
        return Project(), ()
    source, said = read(file)
    if source is None:
        return Project(), said
    node, of_toml = read_toml(source)
    if node is None:
        return Project(), of_toml
    text, of_structure = read_project(node)
    severity, of_codes = _severity(text)
    return Project(severity), in_order((*of_structure, *of_codes))


def project_file(ruleset: Path) -> Path | None:
    """Return the project file that holds for a ruleset, if there is one, by a relative path if the ruleset's is one."""
    here = real(ruleset)
    for folder in (here, *here.parents):
        file = folder / PROJECT_FILE
        if _is_there(file):
            return file if ruleset.is_absolute() else Path(os.path.relpath(file))
        if _is_there(folder / ".git"):
            return None
    return None


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _severity(text: ProjectText) -> tuple[dict[Code, Severity | None], list[Diagnostic]]:
    found: dict[Code, Severity | None] = {}
    places: dict[Code, Span] = {}
    wrong: list[Diagnostic] = []
    for entry in text.severity:
        name, place, wanted = entry.name.value, entry.name.span, entry.value.value
        code = code_called(name)
        if code is None:
            wrong.append(messages.unknown_code(place, name, nearest_code(name)))
        elif code in places:
            wrong.append(messages.severity_twice(place, places[code], code))
        else:
            places[code] = place
            if code.is_advice:
                found[code] = None if wanted == _OFF else Severity(wanted)
            elif wanted != code.severity:
                wrong.append(messages.fixed_severity(place, code, wanted))
    return found, wrong
