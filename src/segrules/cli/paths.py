"""Which rulesets the paths on a command line mean."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import typer

from segrules.document.document import RULESET_FILE, TESTS_FILE, read_document
from segrules.document.imports import imported_files


def rulesets(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files that are meant, each once; a folder gives every `ruleset.yaml` below."""
    return _each_once(file for path in paths for file in (_below(path) if path.is_dir() else [path]))


def files_of_rulesets(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files that are meant, each once; a folder gives its rulesets, their tests, and what they import there.

    What they import from outside of the folder is not meant.
    """
    return _each_once(file for path in paths for file in (_of_rulesets_below(path) if path.is_dir() else [path]))


def _each_once(files: Iterable[Path]) -> Iterator[Path]:
    seen: set[Path] = set()
    for file in files:
        if file.resolve() not in seen:
            seen.add(file.resolve())
            yield file


def _of_rulesets_below(folder: Path) -> Iterator[Path]:
    for file in _below(folder):
        yield file
        tests = file.with_name(TESTS_FILE)
        if tests.is_file():
            yield tests
        document, _ = read_document(file)
        imported = imported_files(document.ruleset, document.source) if document else ()
        yield from (one for one in imported if one.resolve().is_relative_to(folder.resolve()))


def _below(folder: Path) -> list[Path]:
    found = []
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if RULESET_FILE in files:
            found.append(Path(parent, RULESET_FILE))
    if not found:
        raise typer.BadParameter(f"there is no {RULESET_FILE} in `{folder}` or below", param_hint="PATH")
    return found
