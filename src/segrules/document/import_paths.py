"""Where an import, or the file of a decision table, leads: to a file of the repository that the ruleset is part of.

The path is relative to the file in which it stands.

The repository is the nearest folder upwards with a `.git` or a `segrules.toml`. Without one it is the folder around
the ruleset's own, so that rulesets beside each other can share files.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Source
from segrules.document import import_messages as messages
from segrules.document.import_messages import Named
from segrules.document.written import Text

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_DRIVE = re.compile(r"[A-Za-z]:")
_MARKS = (".git", "segrules.toml")


@dataclass(frozen=True, slots=True)
class Location:
    """A file to be read: the name it has in messages, and the one path by which it is known however it is reached."""

    name: str
    path: Path


def repository_of(folder: Path) -> Path:
    """Return the folder that the imports of a ruleset in a folder cannot leave."""
    here = real(folder)
    return next((one for one in (here, *here.parents) if _is_marked(one)), here.parent)


def real(path: Path) -> Path:
    """Return a path without links, or as it is where links lead nowhere; reading it then says what is wrong."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _is_marked(folder: Path) -> bool:
    try:
        return any((folder / mark).exists() for mark in _MARKS)
    except OSError:
        return False


def locate(written: Text, importer: Source, repository: Path, what: Named = messages.IMPORTS) -> Location | Diagnostic:
    """Return where a path that is written in a file leads, or why it may not lead there."""
    if refused := _refused(written, what):
        return refused
    folder = Path(importer.name).parent
    joined = folder / written.value
    path = real(joined)
    if not path.is_relative_to(repository):
        return _outside(written, real(folder), repository)
    plain = Path(os.path.normpath(joined))
    return Location(os.fspath(plain if real(plain) == path else joined), path)


def _outside(written: Text, folder: Path, repository: Path) -> Diagnostic:
    limit = Path(os.path.relpath(repository, folder)).as_posix()
    by_link = Path(os.path.normpath(folder / written.value)).is_relative_to(repository)
    return messages.outside(written.span, written.value, limit, by_link=by_link)


def _refused(written: Text, what: Named) -> Diagnostic | None:
    """Return what is said of a text that is no relative path of one file."""
    text = written.value
    if not text.isprintable():
        return messages.not_a_path(written.span, what)
    if _DRIVE.match(text) and not _URL.match(text):
        return messages.absolute(written.span, text, what)
    if _URL.match(text):
        return messages.url(written.span, text, what)
    if text.startswith(("/", "~", "\\\\")):
        return messages.absolute(written.span, text, what)
    if "\\" in text:
        return messages.backslashes(written.span, text)
    if set(text) & set("*?["):
        return messages.pattern(written.span, text, what)
    return None
