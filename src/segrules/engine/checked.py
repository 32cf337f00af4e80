"""A ruleset's file, and all that is said of it before there is any data: its form, its meaning, and advice."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from segrules.checker.check import check
from segrules.diagnostics.diagnostic import Diagnostic, in_order
from segrules.document.document import Document, read_document
from segrules.document.files import Reader, read_source
from segrules.document.ignores import pass_over
from segrules.document.project import project_of
from segrules.engine.collector import collector_at_rest
from segrules.lint import lint
from segrules.program.program import Program


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read of a ruleset, and what is said of it.

    The document is None if there is no ruleset in the file, the program None if something is wrong in its form or
    meaning. `unused` are the ignore comments in files that it imports which hide nothing of it.
    """

    document: Document | None
    program: Program | None
    diagnostics: tuple[Diagnostic, ...]
    unused: tuple[Diagnostic, ...] = ()


@collector_at_rest()
def checked(path: Path, read: Reader = read_source) -> Checked:
    """Return the ruleset in a file, or in the folder that holds `ruleset.yaml`, and everything that is said of it.

    Advice is for a ruleset that is right: where something was left out as wrong, it might say what is not so.
    `read` gives the texts of files.
    """
    document, of_form = read_document(path, read)
    project, of_project = project_of(path, read)
    if document is None:
        return Checked(None, None, (*of_project, *of_form))
    program, of_meaning = check(document.ruleset)
    found = (*of_form, *of_meaning)
    if any(one.is_error for one in found):
        program = None
    passed = pass_over((*found, *(lint(program) if program else ())), document)
    unused = passed.unused if program else ()
    imported = [one for one in unused if one.label and one.label.span.source in document.ruleset.imported]
    said = project.weighed((*passed.left, *passed.mistakes, *(one for one in unused if one not in imported)))
    return Checked(document, program, in_order((*of_project, *said)), project.weighed(imported))
