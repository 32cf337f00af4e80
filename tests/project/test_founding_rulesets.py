"""Rulesets for the founding documents: no remarks, a test of every segment and treatment, a sample for each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import segrules
from segrules.checker.check import check
from segrules.diagnostics.catalogue import Severity
from segrules.document.document import read_document, read_tests
from segrules.document.suite import ExpectationText, SuiteText
from segrules.lint import lint
from segrules.program.program import Program

ROOT = Path(__file__).resolve().parents[2]
FOUNDING = sorted(
    path for folder in ("industries", "guides") for path in ROOT.glob(f"rulesets/{folder}/*/ruleset.yaml")
)
GIVEN = {"granted", "reduced"}

each_ruleset = pytest.mark.parametrize("path", FOUNDING, ids=lambda path: path.parent.name)


def program_of(path: Path) -> Program:
    document, _ = read_document(path)
    assert document is not None
    program, _ = check(document.ruleset)
    assert program is not None
    return program


def suite_of(path: Path) -> SuiteText:
    suite, _ = read_tests(path.with_name("tests.yaml"))
    assert suite is not None
    return suite


def expectations(suite: SuiteText) -> Iterator[ExpectationText]:
    return (entry.value for case in suite.tests for entry in case.expect)


def expected_segments(suite: SuiteText) -> set[tuple[str, str]]:
    """Return each segmentation with each text that a test expects of it."""
    found = set()
    for expectation in expectations(suite):
        for entry in expectation.values:
            written = entry.value if isinstance(entry.value, tuple) else (entry.value,)
            found |= {(entry.name.value, text.value) for text in written}
    return found


@each_ruleset
def test_it_is_checked_without_errors_and_warnings(path: Path) -> None:
    document, of_form = read_document(path)
    assert document is not None
    program, of_meaning = check(document.ruleset)
    assert program is not None
    said = (*of_form, *of_meaning, *lint(program))
    assert [one.message for one in said if one.code.severity in (Severity.ERROR, Severity.WARNING)] == []


@each_ruleset
def test_it_says_what_it_is_for_and_what_its_numbers_are(path: Path) -> None:
    program = program_of(path)
    assert all((program.title, program.objective, program.owner))
    assert [one.name for one in program.parameters if not one.title] == []
    assert [one.name for one in program.metrics if not one.title] == []
    assert [one.name for one in program.scorecards if not one.title] == []


@each_ruleset
def test_its_readme_names_the_sentence_and_the_command(path: Path) -> None:
    said = " ".join(path.with_name("README.md").read_text("utf-8").split())
    assert "**Carries out.**" in said
    assert "Illustrative" in said
    assert f"segrules evaluate {path.parent.relative_to(ROOT).as_posix()} --as-of" in said


@each_ruleset
def test_each_of_its_segments_is_tested(path: Path) -> None:
    expected = expected_segments(suite_of(path))
    segments = {(one.name, segment) for one in program_of(path).segmentations for segment in one.segments}
    assert segments - expected == set()


@each_ruleset
def test_each_of_its_treatments_is_tested_for_who_gets_it_and_who_does_not(path: Path) -> None:
    statuses: dict[str, set[str]] = {one.name: set() for one in program_of(path).treatments}
    for expectation in expectations(suite_of(path)):
        for entry in expectation.treatments:
            if entry.value.status is not None:
                statuses[entry.name.value].add(entry.value.status.value)
    assert [name for name, found in statuses.items() if not found & GIVEN or not found - GIVEN] == []


@each_ruleset
def test_on_its_sample_somebody_gets_each_treatment(path: Path) -> None:
    as_of = suite_of(path).as_of
    assert as_of is not None
    result = segrules.load(path).evaluate(as_of=date.fromisoformat(as_of.value))
    assert result.quarantine.height == 0
    counts = result.summary.treatments
    assert [name for name, one in counts.items() if one.granted + one.reduced == 0] == []


def test_customers_whose_data_breaks_its_declaration_are_set_apart_with_the_reason() -> None:
    folder = ROOT / "rulesets" / "guides" / "customer_five_types"
    customers = pl.read_csv(folder / "data" / "customers.csv", infer_schema=False)
    first = pl.col("customer_id") == "C-01"
    wrong = customers.with_columns(age=pl.when(first).then(pl.lit("180")).otherwise("age"))
    ruleset = segrules.load(folder)
    result = ruleset.evaluate({"customers": wrong}, as_of=date(2026, 6, 30), invalid="quarantine")
    assert result.wide["customer_id"].to_list() == customers["customer_id"].to_list()[1:]
    assert result.quarantine.filter(pl.col("table") == "customers")["column"].to_list() == ["age"]


def test_segments_are_not_static_the_same_data_another_day_moves_customers() -> None:
    ruleset = segrules.load(ROOT / "rulesets" / "guides" / "distributor_customers")
    then, now = (ruleset.evaluate(as_of=day).wide["course"] for day in (date(2026, 1, 31), date(2026, 6, 30)))
    assert then.to_list() != now.to_list()
