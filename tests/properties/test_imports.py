"""A ruleset whose tables, parameters and metrics are spread over files that it imports means what it means whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

import segrules
from segrules.program.canonical import print_program
from tests.properties.answers import loaded
from tests.properties.generators.cases import Case, cases

SHARED = ("tables", "parameters", "metrics")
FILES = ("ruleset.yaml", "shared/first.yaml", "shared/more/second.yaml")
IMPORTS = {
    "ruleset.yaml": ["shared/first.yaml", "shared/more/second.yaml"],
    "shared/first.yaml": ["more/second.yaml", "../shared/./more/second.yaml"],
    "shared/more/second.yaml": [],
}


@given(cases(), st.data())
def test_parts_of_a_ruleset_may_stand_in_files_that_it_imports(case: Case, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        for name, content in spread(case.text, data).items():
            path = Path(folder, "rules", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
        imported = segrules.load(Path(folder, "rules", "ruleset.yaml"))
    whole = loaded(case.text)
    assert print_program(imported.program) == print_program(whole.program)
    assert imported.hash == whole.hash


def spread(text: str, data: st.DataObject) -> dict[str, str]:
    """The text of each file, with what can be shared in any of them."""
    files = {name: "segrules: 1\n" + imports(IMPORTS[name]) for name in FILES}
    for key, lines in sections(text):
        if key not in SHARED:
            files["ruleset.yaml"] += "".join([f"{key}:", *lines]) if key != "segrules" else ""
            continue
        chosen: dict[str, list[str]] = {name: [] for name in FILES}
        for entry in entries(lines):
            chosen[data.draw(st.sampled_from(FILES))] += entry
        for name, found in chosen.items():
            files[name] += "".join([f"{key}:\n", *found]) if found else ""
    return files


def imports(paths: Sequence[str]) -> str:
    return f"imports: [{', '.join(paths)}]\n" if paths else ""


def sections(text: str) -> list[tuple[str, list[str]]]:
    """Each key of the ruleset with what follows it, line by line."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines(keepends=True):
        if line[:1].strip():
            key, _, rest = line.partition(":")
            found.append((key, [rest]))
        else:
            found[-1][1].append(line)
    return found


def entries(lines: Sequence[str]) -> list[list[str]]:
    """The lines of each entry below a key."""
    found: list[list[str]] = []
    for line in lines[1:]:
        if line.startswith("  ") and line[2:3].strip():
            found.append([line])
        else:
            found[-1].append(line)
    return found
