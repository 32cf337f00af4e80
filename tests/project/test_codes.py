"""Every diagnostic has one code, one slug, one name, and a page with an example that gives it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from segrules.diagnostics import catalogue
from segrules.diagnostics.catalogue import Code, all_codes
from segrules.diagnostics.diagnostic import Applicability
from segrules.diagnostics.lookup import FAMILIES
from segrules.fixing.fix import fix
from tests.support import spec
from tests.support.markdown import read_page

ROOT = Path(__file__).resolve().parents[2]
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FORMS = ("yaml ruleset", "yaml file", "yaml tests", "expression", "python")
"""What a text is about which something is said; `python` for calls, commands and what is on a disk."""

PAGES = ROOT / "src" / "segrules" / "diagnostics" / "pages"


def entries() -> list[tuple[str, str, str]]:
    """The name, number and slug of every entry, as the catalogue's source has them."""
    tree = ast.parse(Path(catalogue.__file__).read_text("utf-8"))
    calls = [node for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)]
    return [(ast.unparse(node.targets[0]), *_texts(node.value)) for node in calls]


def _texts(call: ast.expr) -> tuple[str, str]:
    assert isinstance(call, ast.Call)
    number, slug = (ast.literal_eval(argument) for argument in call.args[:2])
    return number, slug


def repeated(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def test_no_name_number_or_slug_stands_twice() -> None:
    names, numbers, slugs = zip(*entries(), strict=True)
    assert (repeated(names), repeated(numbers), repeated(slugs)) == ([], [], [])


def test_slugs_are_words_with_hyphens_and_numbers_stand_in_a_family() -> None:
    odd = [code for code in all_codes() if not SLUG.fullmatch(code.slug) or code.number[:3] not in FAMILIES]
    assert odd == []


def test_the_codes_stand_in_order_of_their_numbers() -> None:
    numbers = [number for _, number, _ in entries()]
    assert numbers == sorted(numbers)


def test_every_page_is_about_a_code() -> None:
    assert {path.name for path in PAGES.iterdir()} <= {f"{code.number}.md" for code in all_codes()}


def test_no_page_stands_elsewhere() -> None:
    elsewhere = sorted(ROOT.glob("tests/**/SR[0-9]*.md"))
    assert elsewhere == [], f"the page of a diagnostic belongs in {PAGES.relative_to(ROOT)}: git mv it there"


@pytest.mark.parametrize("code", all_codes(), ids=lambda code: code.number)
def test_every_code_has_a_page_whose_bad_text_gives_it(
    code: Code, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = PAGES / f"{code.number}.md"
    assert path.is_file(), f"{code.number} {code.slug} has no page {path.relative_to(ROOT)}"
    page = read_page(path)
    monkeypatch.chdir(tmp_path)
    found = spec.diagnostics_of(page.section("Bad"), tmp_path, hints=True)
    assert code in [diagnostic.code for diagnostic in found]


@pytest.mark.parametrize("code", all_codes(), ids=lambda code: code.number)
def test_every_page_says_what_it_is_about_and_has_a_bad_text_what_is_said_and_a_good_text(code: Code) -> None:
    path = PAGES / f"{code.number}.md"
    _, heading, bad, good = read_page(path).sections
    assert (heading.title, bad.title, good.title) == (f"{code.number} {code.slug}", "Bad", "Good")
    about = path.read_text("utf-8").partition("\n")[2].partition("\n## Bad\n")[0].strip()
    assert about.endswith(".")
    said = bad.one("text diagnostics")
    assert said is not None
    assert code.number in said.text
    assert good.one("text diagnostics") is None
    for section in (bad, good):
        assert any(fence.info in FORMS and not fence.is_empty for fence in section.fences)


def test_a_code_that_offers_a_fix_is_rid_of_by_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On every page: what can be mended is, and is not said again; some of it shows what it had hidden."""
    in_vain = []
    for code in all_codes():
        folder = tmp_path / code.number
        folder.mkdir()
        monkeypatch.chdir(folder)
        bad = read_page(PAGES / f"{code.number}.md").section("Bad")
        spec.lay_out(bad, folder)
        if text := bad.one("yaml file"):
            Path(spec.RULESET).write_text(text.text, "utf-8")
        if Path(spec.RULESET).is_file():
            fixed = fix([Path(spec.RULESET)], tuple(Applicability), lambda _: True)
            in_vain += [(code.number, one.message) for one in fixed.left if one.fix]
    assert in_vain == []
