"""A ruleset's file, and all that is said of it before there is any data: its form, its meaning, and advice."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from segrules.checker.check import check
from segrules.diagnostics.diagnostic import Diagnostic, in_order
from segrules.document.document import Document, read_document
from segrules.document.project import project_of
from segrules.engine.collector import collector_at_rest
from segrules.lint import lint
from segrules.program.program import Program


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read of a ruleset, and what is said of it.

    The document is None if there is no ruleset in the file, the program None if something is wrong in its form or
    meaning.
    """

    document: Document | None
    program: Program | None
    diagnostics: tuple[Diagnostic, ...]


@collector_at_rest()
def checked(path: Path) -> Checked:
    """Return the ruleset in a file, or in the folder that holds `ruleset.yaml`, and everything that is said of it.

    Advice is for a ruleset that is right: where something was left out as wrong, it might say what is not so.
    """
    document, of_form = read_document(path)
    project, of_project = project_of(path)
    if document is None:
        return Checked(None, None, (*of_project, *of_form))
    program, of_meaning = check(document.ruleset)
    found = (*of_form, *of_meaning)
    if any(one.is_error for one in found):
        program = None
    advice = lint(program) if program else ()
    return Checked(document, program, in_order((*of_project, *project.weighed((*found, *advice)))))
