"""The pages of `tests/spec` say what happens; `pytest -n 0 --update tests/test_spec.py` writes it into them.

So do `docs/trace.md` and the pages of diagnostics, `src/segrules/diagnostics/pages/SRnnn.md`.

The page of a diagnostic has a `## Bad` and a `## Good`; the other pages have any headings. Under a heading stand what
goes in and what comes out, all of it optional:

    yaml ruleset        a whole ruleset                csv table=NAME     the data of a table
    yaml tests          tests of the ruleset, which are then run
    yaml file           a file for the YAML reader     TYPE file=NAME     a file beside the ruleset
    expression          an expression by itself        python             code that raises diagnostics
    cases               `expression ; column: type … ; value`, the value of the expression for each line

    text diagnostics    everything that is said about it
    csv wide, assignments, reasons, treatments, conditions, legend, quarantine, missing_impact, passed_over
                        the tables of the result; `csv counts` are those of the conditions in its summary
    text explain KEY    why a row is where it is; text why-not KEY SEGMENT, why it is not there
    json trace KEY      the same for programs
    yaml before         a file, and `yaml after` the same as `segrules fmt` lays it out
    text function=NAME, text aggregate=NAME, text statistic=NAME
                        what is so of a function, from its declaration and both backends

A table of the result leaves out the columns in which every value is missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from segrules.diagnostics.catalogue import Severity, all_codes
from segrules.diagnostics.render import full
from segrules.diagnostics.source import Source
from segrules.formatter.format import lay_out
from segrules.language.functions import functions
from tests.support import spec
from tests.support.cases import in_line
from tests.support.markdown import Fence, Section, fill, read_page

PAGES = Path(__file__).parent / "spec"
ROOT = PAGES.parents[1]
ERRORS = sorted((ROOT / "src" / "segrules" / "diagnostics" / "pages").glob("*.md"))
LAYOUTS = [(PAGES / "fmt.md", section.title) for section in read_page(PAGES / "fmt.md").sections if section.fences]
TOPICS = [
    (page, section.title)
    for page in sorted([*PAGES.glob("*.md"), *PAGES.glob("functions/*.md"), ROOT / "docs" / "trace.md"])
    for section in read_page(page).sections
    if any(fence.info in ("yaml ruleset", "cases") for fence in section.fences)
]
DIAGNOSTICS = "text diagnostics"

Held = dict[str, str]


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update"))


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def hold(path: Path, section: Section, happened: Held, *, update: bool) -> None:
    """Hold the fences of a section against what happened, or with `update` write that into them."""
    for info, text in happened.items():
        fence = section.one(info)
        assert fence is not None
        if update and fence.text != text:
            fill(path, section.title, info, text)
        elif not update:
            assert not fence.is_empty, f"`{info}` is empty; pytest --update fills it"
            assert fence.text == text


def codes(found: Iterable[object]) -> set[str]:
    return {one.code.number for one in found}  # type: ignore[attr-defined]


def is_hint(page: Path) -> bool:
    return any(code.number == page.stem and code.severity is Severity.HINT for code in all_codes())


@pytest.mark.parametrize("path", ERRORS, ids=lambda path: path.stem)
def test_the_bad_text_of_a_page_gives_its_diagnostic(path: Path, tmp_path: Path, update: bool) -> None:
    bad = read_page(path).section("Bad")
    found = spec.diagnostics_of(bad, tmp_path, hints=is_hint(path))
    assert path.stem in codes(found)
    assert bad.one(DIAGNOSTICS) is not None
    hold(path, bad, {DIAGNOSTICS: full.render(found)}, update=update)


@pytest.mark.parametrize("path", ERRORS, ids=lambda path: path.stem)
def test_the_good_text_of_a_page_is_right(path: Path, tmp_path: Path) -> None:
    good = read_page(path).section("Good")
    found = spec.diagnostics_of(good, tmp_path, hints=is_hint(path))
    assert path.stem not in codes(found)
    assert [diagnostic for diagnostic in found if diagnostic.is_error] == []


@pytest.mark.parametrize(("path", "title"), TOPICS, ids=lambda value: getattr(value, "stem", value))
def test_a_topic_says_what_happens(path: Path, title: str, tmp_path: Path, update: bool) -> None:
    section = read_page(path).section(title)
    hold(path, section, spec.outputs_of(section, tmp_path), update=update)


@pytest.mark.parametrize(("path", "title"), TOPICS, ids=lambda value: getattr(value, "stem", value))
def test_a_topic_means_the_same_to_the_interpreter(path: Path, title: str, tmp_path: Path) -> None:
    wide, interpreted = spec.on_both_backends(read_page(path).section(title), tmp_path)
    assert interpreted == wide


@pytest.mark.parametrize(("path", "title"), LAYOUTS, ids=lambda value: getattr(value, "stem", value))
def test_a_file_is_laid_out_as_the_page_says(path: Path, title: str, update: bool) -> None:
    section = read_page(path).section(title)
    before = section.one("yaml before")
    assert before is not None
    after = lay_out(Source("before", before.text))
    assert (after.diagnostics, after.unproven) == ((), False)
    assert lay_out(Source("after", after.text)) == after
    hold(path, section, {"yaml after": after.text}, update=update)


def test_every_function_does_what_its_example_says(tmp_path: Path) -> None:
    examples = [function.example for function in functions().values()]
    text = "".join(f"{expression} ; {value}\n" for expression, value in (("expression", "value"), *examples))
    section = Section("examples", (Fence("cases", text, 0),))
    assert spec.outputs_of(section, tmp_path) == {"cases": in_line(text)}
