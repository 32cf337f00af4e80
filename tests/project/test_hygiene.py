"""The repository can be cloned anywhere: no machine's paths, no registry's name, pinned builds."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))

HOME_PATH = re.compile(r"(?<![\w.-])(?:/(?:home|Users|root)/\w|/work/(?:main|shared)\b|[A-Z]:\\Users\\)")
REGISTRY = re.compile(r"pypi\.(?:org|python)|pythonhosted\.|(?:--)(?:extra-)?index-url|--find-links|--trusted-host")
SHARED = re.compile(r"\bshared[/\\](?:data|design|facts|hooks|suites)\b")
MAY_NAME_SHARED = ("tests/", "bench/", ".ci/", "Makefile", "README.md", "CONTRIBUTING.md")

PIN = re.compile(
    r"(?P<name>[\w.-]+)==(?P<version>[\w.]+)(?: ; [^\\]+?)?(?P<hashes>(?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n"
)


def project_files() -> dict[str, str]:
    """The text of each file that git knows or would add, by its path from the root."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout: the project's files are not known")
    paths = [path for path in listed.split("\0") if path and (ROOT / path).is_file()]
    return {path: text for path in paths if (text := _text(ROOT / path)) is not None}


def _text(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return None


def places(pattern: re.Pattern[str]) -> list[str]:
    """Each line of the project in which the pattern is found, as `path:line: text`."""
    return [
        f"{path}:{number}: {line.strip()}"
        for path, text in project_files().items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def pins(path: Path) -> dict[str, str]:
    return {canonicalize_name(match["name"]): match["version"] for match in PIN.finditer(path.read_text("utf-8"))}


def declared(group: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = {
        "build": project["build-system"]["requires"],
        "run": project["project"]["dependencies"],
        "dev": project["project"]["dependencies"] + project["dependency-groups"]["dev"],
    }
    return [Requirement(line) for line in groups[group]]


def test_no_file_of_the_project_is_one_that_git_ignores() -> None:
    """A folder called `build` would be left out of a commit without a word."""
    kept = project_files()
    of_python = (path for folder in ("src", "tests", "bench") for path in (ROOT / folder).rglob("*.py"))
    found = (path.relative_to(ROOT).as_posix() for path in of_python)
    assert [path for path in found if path not in kept] == []


def test_no_file_names_a_home_directory() -> None:
    assert places(HOME_PATH) == []


def test_no_file_names_a_package_registry() -> None:
    own_patterns = "tests/project/test_hygiene.py:"
    assert [place for place in places(REGISTRY) if not place.startswith(own_patterns)] == []


def test_real_data_is_named_only_by_tests_benchmarks_and_their_instructions() -> None:
    assert [place for place in places(SHARED) if not place.startswith(MAY_NAME_SHARED)] == []


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.stem)
def test_a_requirements_file_holds_nothing_but_hashed_pins(path: Path) -> None:
    assert PIN.sub("", path.read_text("utf-8")) == ""


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.stem)
def test_a_requirements_file_pins_what_the_project_declares(path: Path) -> None:
    pinned = pins(path)
    unmet = [
        str(requirement)
        for requirement in declared(path.stem)
        if not requirement.specifier.contains(pinned.get(canonicalize_name(requirement.name), "0"))
    ]
    assert unmet == []


def test_tests_run_on_the_versions_that_users_get() -> None:
    run, dev = pins(ROOT / "requirements/run.txt"), pins(ROOT / "requirements/dev.txt")
    assert {name: dev.get(name) for name in run} == run
