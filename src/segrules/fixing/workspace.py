"""Rulesets as they are with new texts in the place of what is in their files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from segrules.diagnostics.diagnostic import Diagnostic, each_once
from segrules.diagnostics.source import Source
from segrules.document.files import read_source
from segrules.engine.checked import Checked, checked
from segrules.engine.together import together


@dataclass(frozen=True, slots=True)
class Reading:
    """What is said of a ruleset, and the files that it was read from."""

    checked: Checked
    files: frozenset[Path]


@dataclass(frozen=True, slots=True)
class Workspace:
    """The texts of files that have new ones, and what is said of every ruleset."""

    texts: Mapping[Path, str]
    readings: Mapping[Path, Reading]

    def readers(self, file: Path) -> list[Path]:
        """Return the rulesets that read a file."""
        return [ruleset for ruleset, reading in self.readings.items() if file in reading.files]

    def with_text(self, file: Path, text: str) -> Workspace:
        """Return what it is with another text of a file, after checking again the rulesets that read it."""
        texts = {**self.texts, file: text}
        again = {ruleset: _read(ruleset, texts) for ruleset in self.readers(file)}
        return Workspace(texts, {**self.readings, **again})

    def by_ruleset(self) -> dict[str, tuple[Diagnostic, ...]]:
        """Return what is said of each ruleset, by its path."""
        return together({str(ruleset): reading.checked for ruleset, reading in self.readings.items()})

    def diagnostics(self) -> list[Diagnostic]:
        """Return what is said of all rulesets, each thing once."""
        return each_once(one for found in self.by_ruleset().values() for one in found)


def workspace_of(rulesets: Iterable[Path]) -> Workspace:
    """Return rulesets as they are in their files."""
    return Workspace({}, {ruleset: _read(ruleset, {}) for ruleset in rulesets})


def _read(ruleset: Path, texts: Mapping[Path, str]) -> Reading:
    files: set[Path] = set()

    def read(path: str | os.PathLike[str]) -> tuple[Source | None, tuple[Diagnostic, ...]]:
        name = os.fspath(path)
        file = Path(name).resolve()
        files.add(file)
        return (Source(name, texts[file]), ()) if file in texts else read_source(name)

    return Reading(checked(ruleset, read), frozenset(files))
