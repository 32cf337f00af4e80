"""The schemas refuse what the catalogue has of mistakes in the form of a file, and nothing that is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import pytest
from jsonschema import Draft7Validator

from segrules.diagnostics import catalogue
from segrules.diagnostics.catalogue import Code, all_codes
from segrules.document.schema import import_schema, ruleset_schema, suite_schema
from tests.project.test_codes import PAGES
from tests.project.test_schemas import read
from tests.support.markdown import Section, read_page

RULESET, TESTS, IMPORTED = "yaml ruleset", "yaml tests", "yaml file="
SCHEMAS = {
    RULESET: Draft7Validator(ruleset_schema()),
    TESTS: Draft7Validator(suite_schema()),
    IMPORTED: Draft7Validator(import_schema()),
}

STRUCTURAL = {
    catalogue.UNKNOWN_TYPE,
    catalogue.UNKNOWN_KEY,
    catalogue.MISSING_KEY,
    catalogue.WRONG_SHAPE,
    catalogue.EMPTY_VALUE,
    catalogue.NOT_TRUE_OR_FALSE,
    catalogue.UNKNOWN_CHOICE,
    catalogue.NOT_A_NAME,
    catalogue.NOT_A_DAY,
    catalogue.CONFLICTING_KEYS,
    catalogue.KEY_WITHOUT_USE,
    catalogue.MISPLACED_KEY,
    catalogue.IMPORT_OF_RULESET,
}
"""What the form of a file shows, key by key."""

INSIDE_A_TEXT = {
    catalogue.CELL_COUNT,
    catalogue.EMPTY_CELL,
    catalogue.TABLE_HEADS,
    catalogue.REPEATED_HEAD,
    catalogue.CELL_QUOTES,
    catalogue.CELL_FORM,
    catalogue.TABLE_WITHOUT_ROWS,
}
"""What is wrong inside a decision table, which to a schema is one text."""

ABOUT_FILES = {
    catalogue.IMPORT_PATH,
    catalogue.IMPORT_OUTSIDE,
    catalogue.IMPORT_CYCLE,
    catalogue.IMPORT_NOT_READ,
    catalogue.NO_RULESET,
}
"""What shows only with the files that are named."""

ABOUT_NAMES = {
    catalogue.UNKNOWN_FIXTURE,
    catalogue.FIXTURE_CYCLE,
    catalogue.UNKNOWN_COLUMN,
    catalogue.MISPLACED_ROW,
    catalogue.UNKNOWN_EXPECTATION,
    catalogue.REPEATED_TEST,
    catalogue.UNKNOWN_KIND,
    catalogue.REPEATED_TREATMENT,
    catalogue.UNKNOWN_TREATMENT,
    catalogue.TREATMENT_CYCLE,
    catalogue.REQUIRES_EXCLUDED,
    catalogue.UNKNOWN_GROUP,
}
"""What shows only with what a name elsewhere in the file, or in another, stands for."""

ABOUT_THE_WHOLE = {
    catalogue.NO_DAY,
    catalogue.AMOUNT_NEEDED,
    catalogue.AMOUNT_PLACES,
    catalogue.RANK_NEEDED,
    catalogue.TWO_RANKINGS,
    catalogue.RANK_TYPE,
    catalogue.SHARED_PER,
    catalogue.SHARED_NUMBER,
    catalogue.VALUE_NEEDED,
    catalogue.VALUE_WITHOUT_USE,
    catalogue.RANKING_WITHOUT_USE,
}
"""What depends on several keys together, or on what an expression means."""

OTHERS = (INSIDE_A_TEXT, ABOUT_FILES, ABOUT_NAMES, ABOUT_THE_WHOLE)


def in_order(codes: Iterable[Code]) -> list[Code]:
    return sorted(codes, key=lambda code: code.number)


def complaints(section: Section) -> Iterator[str]:
    """What the schemas say of the files in a section."""
    for fence in section.fences:
        schema = next((schema for info, schema in SCHEMAS.items() if fence.info.startswith(info)), None)
        if schema is not None:
            yield from (error.message for error in schema.iter_errors(read(fence.text)))


def test_every_code_of_structure_is_sorted_by_what_shows_it() -> None:
    of_structure = {code for code in all_codes() if code.number.startswith("SR3")}
    lists = [STRUCTURAL, *OTHERS]
    assert of_structure - set[Code]().union(*lists) == set(), (
        "is it in the form of a file? then the schemas must refuse it"
    )
    assert sum(len(one) for one in lists) == len(set[Code]().union(*lists))


@pytest.mark.parametrize("code", in_order(STRUCTURAL), ids=lambda code: code.slug)
def test_a_schema_refuses_every_mistake_in_the_form_of_a_file(code: Code) -> None:
    assert list(complaints(read_page(PAGES / f"{code.number}.md").section("Bad")))


@pytest.mark.parametrize("code", in_order(chain(*OTHERS)), ids=lambda code: code.slug)
def test_what_the_form_does_not_show_is_left_to_the_checker(code: Code) -> None:
    assert list(complaints(read_page(PAGES / f"{code.number}.md").section("Bad"))) == []


@pytest.mark.parametrize("code", all_codes(), ids=lambda code: code.slug)
def test_a_good_text_of_the_catalogue_is_valid(code: Code) -> None:
    good = [one for one in read_page(PAGES / f"{code.number}.md").sections if one.title == "Good"]
    assert [text for section in good for text in complaints(section)] == []
