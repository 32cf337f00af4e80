"""docs/coverage.md goes through the founding documents item by item: its names exist, and nothing is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from segrules.checker.check import check
from segrules.document.document import read_document, read_tests
from segrules.program.program import Program

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "coverage.md"
FOLDERS = ("industries", "guides")
HEAD = ["item", "ruleset", "carried out by", "shown by"]
EVERYBODY = "partner_desk"
"""What those get who are in no programme of an industry: no item of its own."""


@dataclass(frozen=True)
class Item:
    """A row of the page."""

    item: str
    ruleset: str
    by: str
    shown: str


def rows() -> Iterator[list[str]]:
    """Yield the cells of each line of a table, heads and lines of dashes included."""
    for line in PAGE.read_text("utf-8").splitlines():
        if line.startswith("|"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def items() -> list[Item]:
    return [Item(*cells) for cells in rows() if cells != HEAD and set("".join(cells)) != {"-"}]


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@cache
def program_of(ruleset: str) -> Program:
    document, _ = read_document(ROOT / "rulesets" / ruleset / "ruleset.yaml")
    assert document is not None, ruleset
    program, _ = check(document.ruleset)
    assert program is not None, ruleset
    return program


@cache
def known_names(ruleset: str) -> frozenset[str]:
    """Return all that a ruleset has a name for; what is in something has its name before it, a dot between."""
    program = program_of(ruleset)
    found = {one.name for one in program.parameters} | {one.name for one in program.metrics}
    found |= {one.name for one in program.scorecards} | {one.name for one in program.segmentations}
    found |= {one.name for one in program.treatments} | {one.name for one in program.groups}
    found |= {f"{card.name}.{term.name}" for card in program.scorecards for term in card.terms}
    found |= {rule.id for segmentation in program.segmentations for rule in segmentation.rules}
    found |= {f"{one.name}.{output.name}" for one in program.segmentations for output in one.outputs}
    found |= {word for word, said in (("objective", program.objective), ("suppress", program.suppress)) if said}
    return frozenset(found | table_names(program))


def table_names(program: Program) -> set[str]:
    """Return the names of tables and of their columns; those of the entity stand without their table, too."""
    columns = [(table.name, column.name) for table in program.tables for column in table.columns]
    own = {name for table, name in columns if table == program.entity}
    return {table.name for table in program.tables} | {f"{table}.{name}" for table, name in columns} | own


@cache
def named_tests(ruleset: str) -> dict[str, set[str]]:
    """Return the names of a ruleset's tests, each with the treatments of which it expects something."""
    suite, _ = read_tests(ROOT / "rulesets" / ruleset / "tests.yaml")
    assert suite is not None, ruleset
    return {
        case.test.value: {entry.name.value for row in case.expect for entry in row.value.treatments}
        for case in suite.tests
    }


def is_there(path: str) -> bool:
    """Whether a file of the project, or the test after `::` in it, exists."""
    file, _, test = path.partition("::")
    found = ROOT / file
    return found.is_file() and (not test or f"def {test}(" in found.read_text("utf-8"))


def test_every_table_has_the_same_columns_and_no_empty_cell() -> None:
    assert items()
    assert [cells for cells in rows() if len(cells) != len(HEAD)] == []
    assert [cells for cells in rows() if not all(re.search(r"\w|-", cell) for cell in cells)] == []


@pytest.mark.parametrize("ruleset", sorted({item.ruleset for item in items()}))
def test_what_is_said_to_carry_items_out_exists(ruleset: str) -> None:
    [known] = [known_names(name) for name in names(ruleset)]
    said = [(item.item, set(names(item.by))) for item in items() if item.ruleset == ruleset]
    assert [(item, found - known) for item, found in said if not found or found - known] == []


@pytest.mark.parametrize("ruleset", sorted({item.ruleset for item in items()}))
def test_what_is_said_to_show_items_exists(ruleset: str) -> None:
    said = [item.shown for item in items() if item.ruleset == ruleset]
    [named] = [named_tests(name) for name in names(ruleset)]
    assert [shown for shown in said if not shown.startswith("`") and shown not in named] == []
    assert [shown for shown in said if shown.startswith("`") and not is_there(*names(shown))] == []


@pytest.mark.parametrize("ruleset", sorted({item.ruleset for item in items()}))
def test_a_test_that_is_said_to_show_a_treatment_expects_something_of_it(ruleset: str) -> None:
    [name] = names(ruleset)
    treatments = {one.name for one in program_of(name).treatments}
    said = [(item, treatments & set(names(item.by))) for item in items() if item.ruleset == ruleset]
    shown = [(item.item, found, named_tests(name).get(item.shown, found)) for item, found in said if found]
    assert [(item, found) for item, found, expected in shown if not found & expected] == []


def test_every_ruleset_for_the_documents_is_there() -> None:
    shipped = {
        path.parent.relative_to(ROOT / "rulesets").as_posix()
        for folder in FOLDERS
        for path in ROOT.glob(f"rulesets/{folder}/*/ruleset.yaml")
    }
    assert {name for item in items() for name in names(item.ruleset)} == shipped


def test_every_treatment_is_there_and_the_industries_have_thirty_nine() -> None:
    told: dict[str, set[str]] = {}
    for item in items():
        told.setdefault(names(item.ruleset)[0], set()).update(names(item.by))
    treatments = {ruleset: {one.name for one in program_of(ruleset).treatments} - {EVERYBODY} for ruleset in told}
    assert {ruleset: untold for ruleset, found in treatments.items() if (untold := found - told[ruleset])} == {}
    assert sum(len(found) for ruleset, found in treatments.items() if ruleset.startswith("industries/")) == 39
