"""The one arrow of this floor: a ruleset's file, with the files that it names, and that of its tests, as written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from segrules.diagnostics.diagnostic import Diagnostic, in_order
from segrules.diagnostics.source import Source
from segrules.document.files import Reader, read_source
from segrules.document.imports import with_imports
from segrules.document.ruleset import RulesetText
from segrules.document.structure import read_ruleset, read_suite
from segrules.document.structure_messages import BEGINNING_OF_TESTS
from segrules.document.suite import SuiteText
from segrules.document.table_reader import with_tables
from segrules.document.yaml_reader import read_yaml

RULESET_FILE = "ruleset.yaml"
TESTS_FILE = "tests.yaml"


@dataclass(frozen=True, slots=True)
class Document:
    """A ruleset's file, and what is written in it and in the files that it imports."""

    source: Source
    ruleset: RulesetText


def read_document(path: Path, read: Reader = read_source) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Return the ruleset in a file, or in the folder that holds `ruleset.yaml`, and all that is wrong with its form.

    The document is None if there is no ruleset in it at all; otherwise what could be read is there, and may be
    checked further even if there are errors. `read` gives the texts of this file and those that it names.
    """
    source, diagnostics = read(_ruleset_file(path))
    return (None, diagnostics) if source is None else _read(source, read)


def read_text(text: str, name: str = RULESET_FILE) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Return the ruleset in a text, as `read_document` does; in diagnostics the text has this name."""
    return _read(Source(name, text), read_source)


def read_tests(path: Path) -> tuple[SuiteText | None, tuple[Diagnostic, ...]]:
    """Return the tests in a file, and all that is wrong with its form; None if there are none in it."""
    source, diagnostics = read_source(path)
    if source is None:
        return None, diagnostics
    node, of_yaml = read_yaml(source, if_empty=BEGINNING_OF_TESTS)
    suite, of_structure = read_suite(node)
    return suite, in_order((*of_yaml, *of_structure))


def _read(source: Source, read: Reader) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    node, of_yaml = read_yaml(source)
    ruleset, of_structure = read_ruleset(node, source)
    if ruleset is None:
        return None, in_order((*of_yaml, *of_structure))
    whole, of_imports = with_imports(ruleset, source, read)
    complete, of_tables = with_tables(whole, source, read)
    return Document(source, complete), in_order((*of_yaml, *of_structure, *of_imports, *of_tables))


def _ruleset_file(path: Path) -> Path:
    try:
        return path / RULESET_FILE if path.is_dir() else path
    except OSError:
        return path  # reading it says what is wrong
