"""Which rulesets the paths on a command line mean."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from segrules.document.document import RULESET_FILE


def rulesets(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files that are meant, each once; a folder gives every `ruleset.yaml` below."""
    seen: set[Path] = set()
    for path in paths:
        for file in _below(path) if path.is_dir() else [path]:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def _below(folder: Path) -> list[Path]:
    found = []
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if RULESET_FILE in files:
            found.append(Path(parent, RULESET_FILE))
    if not found:
        raise typer.BadParameter(f"there is no {RULESET_FILE} in `{folder}` or below", param_hint="PATH")
    return found
