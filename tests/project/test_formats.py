"""What is said of every bad text of the catalogue, in the formats of other tools: as their owners define them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import xmlschema
from jsonschema import Draft7Validator

from segrules.diagnostics.catalogue import all_codes
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.fingerprint import fingerprints
from segrules.diagnostics.render import github, junit, sarif
from segrules.diagnostics.render import json as json_format
from segrules.diagnostics.render.json_form import diagnostics_schema
from tests.project.test_codes import PAGES
from tests.support import spec
from tests.support.markdown import read_page

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[Diagnostic]]]:
    """What is said of the bad text of each page, by its code."""
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        for code in all_codes():
            folder = tmp_path_factory.mktemp(code.number)
            patch.chdir(folder)
            found[code.number] = spec.diagnostics_of(
                read_page(PAGES / f"{code.number}.md").section("Bad"), folder, hints=True
            )
        yield found


def test_the_catalogue_as_sarif_is_valid_by_the_schema_of_oasis(said: dict[str, list[Diagnostic]]) -> None:
    schema = json.loads((DATA / "sarif-2.1.0.schema.json").read_text("utf-8"))
    log = json.loads(sarif.render([one for found in said.values() for one in found], version="1.0.0"))
    assert [error.message for error in Draft7Validator(schema).iter_errors(log)] == []
    assert len(log["runs"][0]["tool"]["driver"]["rules"]) == len(all_codes())


def test_the_catalogue_as_junit_is_valid_by_the_schema_that_ci_systems_follow(
    said: dict[str, list[Diagnostic]],
) -> None:
    report = junit.render({f"{number}.yaml": found for number, found in said.items()})
    xmlschema.XMLSchema(DATA / "junit-10.xsd").validate(report)


def test_the_catalogue_as_json_is_valid_by_our_schema(said: dict[str, list[Diagnostic]]) -> None:
    found = json.loads(json_format.render([one for found in said.values() for one in found]))
    assert [error.message for error in Draft7Validator(diagnostics_schema()).iter_errors(found)] == []


def test_each_annotation_of_the_catalogue_is_one_line(said: dict[str, list[Diagnostic]]) -> None:
    for number, found in said.items():
        lines = github.render(found).splitlines()
        assert len(lines) == len(found), number
        assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)


def test_what_is_said_of_one_text_has_fingerprints_of_its_own(said: dict[str, list[Diagnostic]]) -> None:
    for number, found in said.items():
        assert len(set(fingerprints(found))) == len(found), number
