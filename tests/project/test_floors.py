"""ARCHITECTURE.md, the import contract in pyproject.toml and the packages say the same."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from typing import Any

from importlinter.api import read_configuration

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "segrules"
ROW = re.compile(r"^\| (?P<floor>[\d½¾]+) \| `(?P<package>\w+)(?:/|\.py)` \|", re.MULTILINE)


def drawn_floors() -> list[set[str]]:
    """The table of ARCHITECTURE.md, from the ground up."""
    rows = [match.group("floor", "package") for match in ROW.finditer((ROOT / "ARCHITECTURE.md").read_text("utf-8"))]
    return [{package for _, package in floor} for _, floor in groupby(rows, key=lambda row: row[0])]


def contracts() -> list[dict[str, Any]]:
    options: dict[str, list[dict[str, Any]]] = read_configuration(str(ROOT / "pyproject.toml"))
    return options["contracts_options"]


def contract_floors() -> list[set[str]]:
    """The layers of the import contract, from the ground up."""
    [layers] = [contract["layers"] for contract in contracts() if contract["type"] == "layers"]
    return [set(re.findall(r"\w+", layer)) for layer in reversed(layers)]


def packages() -> set[str]:
    """What stands directly under `src/segrules`: packages, and modules that are not the root's own."""
    folders = {path.parent.name for path in PACKAGE.glob("*/*.py")}
    modules = {path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("_")}
    return folders | modules


def test_architecture_draws_the_floors_of_the_contract_in_the_same_order() -> None:
    assert drawn_floors() == contract_floors()


def test_every_package_has_a_floor_and_every_floor_is_built() -> None:
    assert set().union(*drawn_floors()) == packages()


def test_every_folder_with_modules_is_a_package() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_imports_keep_the_contracts() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
