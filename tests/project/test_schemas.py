"""The schemas for editors: fresh, true of everything that is shipped, and of use where something is wrong."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match

import segrules
from segrules.checker.column_types import read_type
from segrules.cli.schema import write_all
from segrules.document.document import read_tests, read_text
from segrules.document.project import project_of
from segrules.document.schema import import_schema, project_schema, ruleset_schema, suite_schema
from segrules.engine.summary_schema import summary_schema
from tests.interfaces.command import RULESET

AS_OF = date(2026, 6, 30)
ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted([*ROOT.glob("rulesets/**/ruleset.yaml"), *ROOT.glob("bench/*/ruleset.yaml")])
SHARED = sorted(ROOT.glob("rulesets/shared/*.yaml"))
SUITES = sorted(ROOT.glob("rulesets/**/tests.yaml"))
VALIDATOR = Draft7Validator(ruleset_schema())

VALID = """\
segrules: 1
ruleset: example
entity: partners
tables:
  partners:
    key: id
    columns:
      id: string
      region: {type: string, values: [NA, 1, true, null], missing: 'n/a', optional: True}
      size: integer
    belongs_to:
      country: {table: countries, by: [region, id]}
    source: {file: data/x.csv, separator: ';'}
parameters:
  rate: 2%
  limits: [1, 2]
  start: {value: 2026-01-31, title: The first day}
  by_day: {2026-01-31: 1, 2027-01-31: 2}
  by_day_too: {value: {2026-01-31: [1]}, title: Lists}
metrics:
  double: 2 * size
  half: {value: size / 2, unit: people}
  one: 1
segmentations:
  tier:
    hit_policy: first
    rules:
      - segment: gold
        when:
          all: [size > 1, any: [size > 2, rate > 1%]]
        valid: {from: 2026-01-01}
      - {segment: silver, when: {at_least: {count: 2, of: [size > 1, true]}}}
      - {segment: 3, when: true}
    default: registered
  band:
    bands: {of: size, from: {very small: 0, large: 1_000}}
  best:
    hit_policy: priority
    priority: [gold, silver]
    rules: [{segment: gold, when: size > 1}, {segment: silver, when: size > 0}]
"""


SUITE = """\
as_of: 2026-06-30
fixtures:
  big: {region: NO, tags: [], Sales Region: EMEA, csat: 4.5, deals: [{amount: 1_000}]}
  other: {use: [big], partner: {id: 1}}
tests:
  - test: a test
    note: Anything.
    as_of: 2026-01-31
    parameters: {rate: 2%, lines: [a, 1]}
    given:
      partners: [{use: big, id: P1}, {use: [big, other]}]
      deals: []
    expect:
      P1: {tier: none, focus: [], revenue: 1.5, certainty: {tier: certain}, rule: {tier: [a, b]}}
      DE, 2: {possible: {tier: [gold, none]}, conflict: {tier: a}, reasons: {tier: 12 USD}, tier.discount: 15%}
      3: {tier: gold}
"""


class EditorLoader(yaml.SafeLoader):
    """Resolves plain scalars as YAML 1.2 says and editors do: `yes` is text, and so are dates and `1_000`."""


EditorLoader.yaml_implicit_resolvers = {}


def _resolve(tag: str, pattern: str, first: list[str] | None) -> None:
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)


_resolve("null", r"^(?:~|null|Null|NULL|)$", None)
_resolve("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF"))
_resolve("int", r"^[-+]?[0-9]+$", list("-+0123456789"))
_resolve("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789"))
EditorLoader.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))  # `012` is twelve


def read(text: str) -> Any:
    return yaml.load(text, EditorLoader)


def complaint(text: str) -> str | None:
    """What an editor says about a ruleset: the most telling message, with its place."""
    error = best_match(VALIDATOR.iter_errors(read(text)))
    return f"{'/'.join(str(part) for part in error.absolute_path)}: {error.message}" if error else None


def test_the_schemas_in_the_repository_are_fresh(tmp_path: Path) -> None:
    for written in write_all(tmp_path):
        committed = ROOT / "schemas" / written.name
        assert committed.read_text("utf-8") == written.read_text("utf-8"), "run `make schema`"


def test_no_schema_is_left_over(tmp_path: Path) -> None:
    written = {path.name for path in write_all(tmp_path)}
    assert {path.name for path in (ROOT / "schemas").iterdir()} == written


def test_the_schemas_are_schemas(tmp_path: Path) -> None:
    for written in write_all(tmp_path):
        Draft7Validator.check_schema(json.loads(written.read_text("utf-8")))


def test_the_summary_of_a_run_is_valid(tmp_path: Path) -> None:
    validator = Draft7Validator(summary_schema())
    (tmp_path / "ruleset.yaml").write_text(RULESET, "utf-8")
    rows = [{"id": "a", "revenue": 200}, {"id": "b", "revenue": None}]
    in_memory = segrules.load(tmp_path).evaluate({"partners": rows}, as_of=AS_OF, invalid="quarantine")
    of_files = segrules.load(ROOT / "rulesets" / "acme_partner_programme").evaluate({}, as_of=AS_OF)
    for result in (in_memory, of_files):
        summary = json.loads(result.summary.model_dump_json())
        assert [error.message for error in validator.iter_errors(summary)] == []
        assert summary.keys() == summary_schema()["properties"].keys()


def test_there_are_shipped_rulesets_to_look_at() -> None:
    assert len(SHIPPED) >= 5


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_a_shipped_ruleset_is_valid(path: Path) -> None:
    assert complaint(path.read_text("utf-8")) is None


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_a_shipped_ruleset_is_in_form_for_the_reader(path: Path) -> None:
    document, diagnostics = read_text(path.read_text("utf-8"), str(path.relative_to(ROOT)))
    assert document is not None
    assert [f"{found.label and found.label.span}: {found.message}" for found in diagnostics] == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_a_shipped_ruleset_names_the_schema(path: Path) -> None:
    assert named_schema(path) == ROOT / "schemas" / "ruleset.schema.json"


@pytest.mark.parametrize("path", SHARED, ids=lambda path: path.name)
def test_a_shipped_import_is_valid_and_names_the_schema(path: Path) -> None:
    assert list(Draft7Validator(import_schema()).iter_errors(read(path.read_text("utf-8")))) == []
    assert named_schema(path) == ROOT / "schemas" / "import.schema.json"


def named_schema(path: Path) -> Path:
    first, _, _ = path.read_text("utf-8").partition("\n")
    _, _, schema = first.partition("# yaml-language-server: $schema=")
    return (path.parent / schema).resolve()


@pytest.mark.parametrize("path", SUITES, ids=lambda path: path.parent.name)
def test_the_tests_of_a_shipped_ruleset_are_valid_and_name_their_schema(path: Path) -> None:
    text = path.read_text("utf-8")
    assert best_match(Draft7Validator(suite_schema()).iter_errors(read(text))) is None
    _, _, schema = text.partition("\n")[0].partition("# yaml-language-server: $schema=")
    assert (path.parent / schema).resolve() == ROOT / "schemas" / "tests.schema.json"


def test_the_schema_of_tests_takes_what_the_reader_takes(tmp_path: Path) -> None:
    suite = tmp_path / "tests.yaml"
    suite.write_text(SUITE, "utf-8")
    assert read_tests(suite)[1] == ()
    assert best_match(Draft7Validator(suite_schema()).iter_errors(read(SUITE))) is None


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("", True),
        ("[severity]\n", True),
        ('severity = {unguarded-optional = "warning", SR611 = "off"}', True),
        ("severity = 1", False),
        ('[severity]\nunguarded-optional = "fatal"', False),
        ("[severity]\nunguarded-optional = true", False),
        ('[sevrity]\nunguarded-optional = "off"', False),
    ],
)
def test_the_schema_of_a_project_file_takes_what_the_reader_takes(text: str, right: bool, tmp_path: Path) -> None:
    (tmp_path / "segrules.toml").write_text(text, "utf-8")
    assert (not project_of(tmp_path)[1]) == right
    assert Draft7Validator(project_schema()).is_valid(tomllib.loads(text)) == right


def test_reader_and_schema_accept_the_same_forms() -> None:
    assert complaint(VALID) is None
    assert read_text(VALID)[1] == ()


TYPES = [
    "integer",
    " date ",
    "decimal(2)",
    "decimal ( 18 )",
    "list of string",
    "list  of decimal(4)",
    "strin",
    "Integer",
]
TYPES += ["decimal", "decimal(2.5)", "list", "list of", "list of list of date", "string?", "int", ""]


@pytest.mark.parametrize("text", TYPES)
def test_the_schema_knows_the_types_that_the_checker_knows(text: str) -> None:
    said = complaint(VALID.replace("size: integer", f"size: {text!r}"))
    assert (said is None) == (read_type(text) is not None)


MISTAKES = [
    ("entity: partners\n", "", "", "'entity' is a required property"),
    ("segrules: 1", "segrules: 2", "segrules", "2 is not one of [1, '1']"),
    ("ruleset: example", "titel: Example\nruleset: example", "", "'titel' was unexpected"),
    ("key: id", "key: partner-id", "tables/partners/key", "'partner-id' does not match"),
    ("id: string", "partner-id: string", "tables/partners/columns", "'partner-id' does not match"),
    ("size: integer", "size:", "tables/partners/columns/size", "None is not of type 'string', 'object'"),
    ("size: integer", "size: {title: Size}", "tables/partners/columns/size", "'type' is a required property"),
    ("values: [NA, 1, true, null]", "values: NA", "tables/partners/columns/region/values", "is not of type 'array'"),
    ("optional: True", "optional: yes", "tables/partners/columns/region/optional", "'yes' is not of type 'boolean'"),
    ("by: [region, id]", "by: []", "tables/partners/belongs_to/country/by", "[] should be non-empty"),
    ("rate: 2%", "rate: {2025-01-01: {value: 1%}}", "parameters/rate/2025-01-01", "is not of type 'string', 'number'"),
    ("rate: 2%", "rate: {2025-01-01: 1%, title: a}", "parameters/rate", "'2025-01-01' was unexpected"),
    ("one: 1", "one: [1]", "metrics/one", "is not of type 'string', 'number', 'boolean', 'object'"),
    ("hit_policy: first", "ordered: true", "segmentations/tier", "'hit_policy' is a dependency of 'rules'"),
    ("hit_policy: first", "hit_policy: frist", "segmentations/tier/hit_policy", "'frist' is not one of ['first',"),
    ("hit_policy: first", "hit_policy: priority", "segmentations/tier", "'priority' is a required property"),
    ("hit_policy: priority", "hit_policy: first", "segmentations/best", "does not allow ['gold', 'silver']"),
    ("- {segment: 3, when: true}", "- {segment: 3}", "segmentations/tier/rules/2", "'when' is a required property"),
    ("{from: 2026-01-01}", "{from: 1.1.2026}", "segmentations/tier/rules/0/valid/from", "'1.1.2026' does not match"),
    ("{count: 2, of:", "{of:", "segmentations/tier/rules/1/when/at_least", "'count' is a required property"),
    ("any: [size > 2", "either: [size > 2", "segmentations/tier/rules/0/when/all/1", "'either' was unexpected"),
    ("of: size, from:", "of: size, form:", "segmentations/band/bands", "'form' was unexpected"),
    (
        "{of: size, from: {very small: 0, large: 1_000}}",
        "{of: size}",
        "segmentations/band/bands",
        "'from' is a required",
    ),
    (
        "bands: {of: size, from: {very small: 0, large: 1_000}}",
        "title: A",
        "segmentations/band",
        "'rules' is a required",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "place", "message"), MISTAKES, ids=[mistake[1] for mistake in MISTAKES])
def test_a_mistake_is_named_at_its_place(right: str, wrong: str, place: str, message: str) -> None:
    assert VALID.count(right) == 1
    text = VALID.replace(right, wrong)
    said = complaint(text)
    assert said is not None
    assert said.startswith(f"{place}: ")
    assert message in said
    assert any(found.is_error for found in read_text(text)[1])
