"""A path, or a text, to a ruleset as written with everything that is wrong with its form."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from segrules.document.document import read_document, read_text

TEXT = "segrules: 1\nruleset: example\nentity: partners\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ruleset.yaml").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_a_folder_stands_for_the_ruleset_in_it(folder: Path) -> None:
    by_folder, by_file = read_document(folder)[0], read_document(folder / "ruleset.yaml")[0]
    assert by_folder is not None
    assert by_file is not None
    assert by_folder.source.name == by_file.source.name == str(folder / "ruleset.yaml")
    assert by_folder.ruleset.ruleset.value == "example"


def test_a_file_may_have_any_name(folder: Path) -> None:
    other = folder / "draft.yml"
    other.write_text(TEXT, encoding="utf-8")
    document, found = read_document(other)
    assert document is not None
    assert found == ()


@pytest.mark.parametrize("name", ["", "missing.yaml", "ruleset.yaml/deeper", "a" * 5000, "nul\0"])
def test_a_path_that_leads_to_no_ruleset_is_one_diagnostic(tmp_path: Path, name: str) -> None:
    document, found = read_document(tmp_path / name)
    assert document is None
    assert [one.is_error for one in found] == [True]


def test_mistakes_of_yaml_and_of_structure_are_shown_together_in_the_order_of_the_file() -> None:
    document, found = read_text("titel: a\n" + TEXT + "title: > b\nowner: [c]\n", "rules.yaml")
    assert document is not None
    assert [str(one.label.span) for one in found if one.label] == ["rules.yaml:1:1", "rules.yaml:5:8", "rules.yaml:6:8"]


def test_a_text_without_keys_is_no_document() -> None:
    document, found = read_text("just a text")
    assert document is None
    assert len(found) == 1


def test_reading_loads_neither_models_nor_tables() -> None:
    program = (
        "import sys; from segrules.document.document import read_text; read_text('segrules: 1');"
        "sys.exit(', '.join({'pydantic', 'polars', 'jsonschema', 'lark'} & sys.modules.keys()))"
    )
    outcome = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert outcome.stderr.strip() == ""
