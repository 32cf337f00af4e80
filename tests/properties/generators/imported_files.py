"""Rulesets spread over files: what can be shared stands in any of them, and each leads to those after it."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from typing import Any

from tests.properties.generators.emitter import to_yaml
from tests.properties.generators.world import Chooser

RULESET = "rules/ruleset.yaml"
"""The file that imports the others; its folder is not the outermost, so that they can stand beside it."""

_PLACES = (
    "rules/shared.yaml", "shared/tables.yaml", "rules/parts/ruleset.yaml", "rules/parts/of it/metrics.yml",
    "shared/rules/größen.yaml", "shared.d/tables.yaml",
)  # fmt: skip
_SHARED = ("tables", "parameters", "metrics")


def spread(choose: Chooser, parts: Mapping[str, Any]) -> dict[str, str]:
    """Return the text of each file, by its path, for a ruleset that is given as nested dicts."""
    paths = [RULESET, *choose.some(_PLACES, 1, 3)]
    files: dict[str, dict[str, Any]] = {
        path: {"segrules": 1} | ({"imports": imports} if imports else {})
        for path, imports in _imports(choose, paths).items()
    }
    for key, part in parts.items():
        if key not in _SHARED:
            files[RULESET][key] = part
            continue
        for name, entry in part.items():
            files[choose.of(paths)].setdefault(key, {})[name] = entry
    return {path: to_yaml(content) for path, content in files.items()}


def _imports(choose: Chooser, paths: Sequence[str]) -> dict[str, list[str]]:
    """What each file imports: each but the first is imported by some before it, or by one of them more than once."""
    imports: dict[str, list[str]] = {path: [] for path in paths}
    for place, path in enumerate(paths[1:], 1):
        for _ in range(choose.number(1, 3)):
            importer = choose.of(paths[:place])
            found = imports[importer]
            found.insert(choose.number(0, len(found)), _way(choose, importer, path))
    return imports


def _way(choose: Chooser, importer: str, path: str) -> str:
    """A path from a file to another, at times with a detour."""
    folder = posixpath.dirname(importer)
    way = posixpath.relpath(path, folder)
    return choose.of((way, f"./{way}", f"../{posixpath.basename(folder)}/{way}"))
