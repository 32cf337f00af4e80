"""What the schemas say teaches the language: every key is described, and every example and snippet is right."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from segrules.checker.check import check
from segrules.diagnostics.source import Source, passage_of
from segrules.document.document import read_text
from segrules.document.ruleset import ImportText, RulesetText
from segrules.document.schema_texts import texts_of
from segrules.document.shapes import keys_of, others_of, records_below
from segrules.document.suite import SuiteText
from segrules.document.written import Formula, Record
from segrules.language.parser import parse_expression

SCHEMAS = sorted((Path(__file__).resolve().parents[2] / "schemas").glob("*.schema.json"))
AUTHORED = [path for path in SCHEMAS if path.name.split(".")[0] in ("ruleset", "import", "tests")]
PLACE = re.compile(r"\$\{\d+:((?:[^{}]|\{[^{}]*\})*)\}")


def schema(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def parts(value: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of a schema, with its place."""
    if isinstance(value, dict):
        yield place, value
        for key, inner in value.items():
            yield from parts(inner, f"{place}/{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from parts(inner, f"{place}/{index}")


def properties(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property of a schema that is declared, not ruled out; with its place."""
    for place, value in parts(schema(path)):
        if place.rpartition("/")[2] == "properties" and "/then/" not in place and "/if/" not in place:
            yield from ((f"{place}/{name}", one) for name, one in value.items())


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_every_property_is_described_in_a_sentence(path: Path) -> None:
    found = dict(properties(path))
    assert found
    texts = {place: one.get("description", "") for place, one in found.items()}
    assert [place for place, text in texts.items() if not re.match(r"[A-Z`].*[.]$", text)] == []


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_every_definition_that_is_no_long_form_is_described(path: Path) -> None:
    long_forms = {"condition", "actionable", "table_file"}
    definitions = schema(path)["definitions"].items()
    assert [name for name, one in definitions if "description" not in one and name not in long_forms] == []


@pytest.mark.parametrize("path", AUTHORED, ids=lambda path: path.name)
def test_every_word_to_choose_is_explained(path: Path) -> None:
    choices = [(place, one) for place, one in properties(path) if "enum" in one]
    assert choices
    assert [place for place, one in choices if len(one["enumDescriptions"]) != len(one["enum"])] == []


@pytest.mark.parametrize("path", AUTHORED, ids=lambda path: path.name)
def test_every_example_is_valid_where_it_stands(path: Path) -> None:
    whole = schema(path)
    offered = [(place, one, value) for place, one in properties(path) for value in one.get("examples", ())]
    assert len(offered) > 5
    for place, one, value in offered:
        errors = Draft7Validator({**one, "definitions": whole["definitions"]}).iter_errors(value)
        assert [error.message for error in errors] == [], place


def records(record: type[Record]) -> dict[type[Record], None]:
    """A record and all that stand below it."""
    found = {record: None}
    pending = [record]
    while pending:
        current = pending.pop()
        shapes = [one.shape for one in (*keys_of(current), others_of(current)) if one]
        for below in (below for shape in shapes for below in records_below(shape) if below not in found):
            found[below] = None
            pending.append(below)
    return found


@pytest.mark.parametrize("root", [RulesetText, ImportText, SuiteText], ids=lambda root: root.__name__)
def test_an_example_names_its_key_and_an_expression_in_it_can_be_read(root: type[Record]) -> None:
    examples = [
        (key, example) for record in records(root) for key in keys_of(record)
        for example in texts_of(record)[key.name].examples
    ]  # fmt: skip
    assert len(examples) > 15
    for key, example in examples:
        [(name, value)] = yaml.load(example, yaml.BaseLoader).items()
        assert name == key.name, example
        if key.shape.scalar is Formula and isinstance(value, str) and name not in ("floors", "rank_by"):
            assert not parse_expression(passage_of(Source("example", value)))[1], example


def filled_in(value: Any) -> Any:
    """A snippet with what stands at first in each place to fill in."""
    if isinstance(value, dict):
        return {filled_in(key): filled_in(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled_in(inner) for inner in value]
    return PLACE.sub(lambda place: place[1], value)


@pytest.mark.parametrize("path", AUTHORED, ids=lambda path: path.name)
def test_every_snippet_is_valid_where_it_is_offered(path: Path) -> None:
    whole = schema(path)
    offering = [(place, one) for place, one in parts(whole) if "defaultSnippets" in one]
    assert offering
    for place, one in offering:
        for snippet in one["defaultSnippets"]:
            errors = Draft7Validator({**one, "definitions": whole["definitions"]}).iter_errors(
                filled_in(snippet["body"])
            )
            assert [error.message for error in errors] == [], f"{place} {snippet['label']}"
            assert snippet["description"]


def test_the_snippet_of_a_whole_ruleset_is_a_ruleset_without_errors() -> None:
    [snippet] = schema(next(path for path in AUTHORED if path.name == "ruleset.schema.json"))["defaultSnippets"]
    document, of_form = read_text(yaml.safe_dump(filled_in(snippet["body"]), sort_keys=False))
    assert document is not None
    assert [one.message for one in (*of_form, *check(document.ruleset)[1])] == []
