"""Decision tables as written: blocks and CSV files, and what is said of files that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Source, passage_of
from segrules.document.document import read_document
from segrules.document.files import LARGEST
from segrules.document.grid import Line, lines_of_block, lines_of_csv

RULESET = """\
segrules: 1
ruleset: example
entity: t
tables: {t: {key: id, columns: {id: string, r: integer}}}
segmentations:
  tier: {hit_policy: first, table: {file: FILE}}
"""


def texts(lines: tuple[Line, ...]) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in lines]


def block(text: str) -> list[list[str]]:
    return texts(lines_of_block(passage_of(Source("", text)))[0])


def csv(text: str) -> list[list[str]]:
    lines, diagnostics = lines_of_csv(Source("", text))
    assert diagnostics == ()
    return texts(lines)


@pytest.mark.parametrize(
    "text",
    [
        "r | segment\n1 | a\n",
        "| r | segment |\n|---|:--:|\n| 1 | a |\n",
        "  r|segment\n\n# a comment | with a bar\n 1|a",
        "r | segment |\n--- | ---\n1 | a |\n",
        "| r | segment\n 1 | a\n",
    ],
)
def test_bars_at_the_ends_dashes_blanks_and_comments_say_nothing(text: str) -> None:
    assert block(text) == [["r", "segment"], ["1", "a"]]


def test_a_bar_in_quotes_is_part_of_the_text_if_the_quote_is_at_its_start() -> None:
    assert block("x = 'a|b' | y | segment | kit\nc, 'a|b' | can't | it's | 'x|y'") == [
        ["x = 'a|b'", "y", "segment", "kit"],
        ["c, 'a|b'", "can't", "it's", "'x|y'"],
    ]


def test_an_empty_last_cell_is_not_taken_for_a_bar_at_the_end() -> None:
    assert block("r | segment | x\n1 | a |") == [["r", "segment", "x"], ["1", "a", ""]]


@pytest.mark.parametrize(
    "text", ["r,segment\n1,a\n", "\ufeffr;segment\r\n1;a", "r\tsegment\r1\ta", '"r","segment"\n"1",a,,\n,,\n']
)
def test_a_file_is_csv_as_spreadsheets_write_it(text: str) -> None:
    assert csv(text) == [["r", "segment"], ["1", "a"]]


def test_quotes_of_a_field_are_those_of_csv() -> None:
    assert csv('r,segment\n"1, 2","a ""b"""\n# it\'s "a comment\n"3\n","c"\n') == [
        ["r", "segment"],
        ["1, 2", 'a "b"'],
        ["3", "c"],
    ]


def test_each_character_of_a_field_knows_its_place() -> None:
    text = 'r,segment\n1,"a ""b"" c"\n'
    lines, _ = lines_of_csv(Source("t.csv", text))
    cell = lines[1].cells[1]
    assert cell.text == 'a "b" c'
    assert cell.span(3, 4).text == "b"
    assert cell.span(6, 7).text == "c"
    assert str(cell.whole) == "t.csv:2:4"


@pytest.mark.parametrize("field", ['"1', '"1" 2', '"1\n2,b\n'])
def test_quotes_that_do_not_match_are_reported(field: str) -> None:
    _, (found,) = lines_of_csv(Source("", f"r,segment\n{field},a\n"))
    assert found.code.slug == "cell-quotes"


def test_a_name_of_a_file_where_the_table_itself_stands_is_put_right(tmp_path: Path) -> None:
    (tmp_path / "ruleset.yaml").write_text(RULESET.replace("{file: FILE}", "tables/rfm.csv"), "utf-8")
    _, (found,) = read_document(tmp_path)
    assert (found.code.slug, found.help) == ("table-heads", "write `{file: tables/rfm.csv}`")


# Files


def the_problem(folder: Path, name: str) -> Diagnostic:
    (folder / "ruleset.yaml").write_text(RULESET.replace("FILE", name), "utf-8")
    _, (found,) = read_document(folder)
    return found


def test_a_file_that_is_not_there_is_named_where_the_ruleset_says_so(tmp_path: Path) -> None:
    (tmp_path / "tier.csv").write_text("r,segment\n1,a\n", "utf-8")
    found = the_problem(tmp_path, "teir.csv")
    assert (found.code.slug, found.help) == ("file-not-found", "did you mean `tier.csv`?")
    assert found.label is not None
    assert found.label.span.text == "teir.csv"


@pytest.mark.parametrize(
    ("content", "slug"),
    [
        (b"r,segment\n1,M\xfcnchen\n", "not-utf-8"), (b"\xff\xfer\x00", "not-utf-8"), (b"PK\x03\x04", "not-text"),
        (b"x" * (LARGEST + 1), "file-too-large"), (b"", "table-without-rows"), (b"\xef\xbb\xbf", "table-without-rows"),
        (b"\n,,\n", "table-without-rows"), (b"r,segment\r\n", "table-without-rows"), (b'"', "cell-quotes"),
        (b"r,sgment\n1,a\n", "table-heads"), (b"r,segment\n" + b'"' * 9, "cell-quotes"),
    ],
)  # fmt: skip
def test_a_file_that_holds_no_table_is_reported(tmp_path: Path, content: bytes, slug: str) -> None:
    (tmp_path / "tier.csv").write_bytes(content)
    (tmp_path / "ruleset.yaml").write_text(RULESET.replace("FILE", "tier.csv"), "utf-8")
    _, found = read_document(tmp_path)
    assert slug in [one.code.slug for one in found]


def test_a_folder_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "tier.csv").mkdir()
    assert the_problem(tmp_path, "tier.csv").code.slug == "not-a-file"


@pytest.mark.parametrize(
    ("name", "slug"),
    [("../../tier.csv", "import-outside"), ("/tier.csv", "import-path"), ("https://x.org/t.csv", "import-path"),
     ("'tables\\tier.csv'", "import-path"), ("'*.csv'", "import-path")],
)  # fmt: skip
def test_a_path_stays_in_the_repository(tmp_path: Path, name: str, slug: str) -> None:
    inner = tmp_path / "rulesets" / "one"
    inner.mkdir(parents=True)
    assert the_problem(inner, name).code.slug == slug


def test_a_quote_that_is_not_closed_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "tier.csv").write_text('r,segment\n"4,a\n5,b\n', "utf-8")
    assert the_problem(tmp_path, "tier.csv").code.slug == "cell-quotes"
