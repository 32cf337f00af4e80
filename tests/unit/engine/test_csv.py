"""CSV files as people have them."""

from __future__ import annotations

import pytest

from segrules.language import types
from segrules.program.program import FileFormat
from tests.unit.engine.tables import codes, column, complaints, table, taken

PAIRS = table("pairs", column("a", types.STRING, optional=True), column("b", types.STRING, optional=True))


def rows(data: bytes, **source: object) -> list[tuple[object, ...]]:
    with_source = table("pairs", *PAIRS.columns, source=FileFormat(**source))  # type: ignore[arg-type]
    return taken(with_source, data).frames["pairs"].rows()


@pytest.mark.parametrize(
    "data",
    [
        b"a,b\n1,2\n",
        b"a,b\n1,2",
        b"\xef\xbb\xbfa,b\n1,2\n",
        b'\xef\xbb\xbf"a","b"\n"1","2"\n',
        b"a,b\r\n1,2\r\n",
        b"a,b\r1,2\r",
        b"a;b\n1;2\n",
        b"a\tb\n1\t2\n",
        b"a|b\n1|2\n",
        b"\n\na,b\n1,2\n\n\n",
        b"a,b\n\n1,2\n",
        b"a,b\r\n\r\n1,2\r\n",
        b"b,x,a\n2,0,1\n",
        "\ufeffa\tb\r\n1\t2\r\n".encode("utf-16-le"),
        "a\tb\n1\t2\n".encode("utf-16"),
    ],
)
def test_one_table_in_many_spellings(data: bytes) -> None:
    assert rows(data) == [("1", "2")]


def test_an_empty_field_is_missing_quoted_or_not() -> None:
    assert rows(b'a,b\n,""\n" ",x\n') == [(None, None), (" ", "x")]


def test_quotes_hold_separators_quotes_and_line_ends() -> None:
    assert rows(b'a,b\n"1,5","x\ny"\n"say ""hi""",2\n') == [("1,5", "x\ny"), ('say "hi"', "2")]
    assert rows(b'"a","b"\r"1\n5",2\r') == [("1\n5", "2")]


def test_a_header_with_separators_in_quotes_counts_as_one_field() -> None:
    one = table("t", column("x", types.STRING, header="Net, EUR; total"), column("y", types.STRING))
    assert taken(one, b'"Net, EUR; total",y\n1,2\n').frames["t"].rows() == [("1", "2")]


def test_a_single_column_needs_no_separator() -> None:
    one = table("t", column("a", types.STRING, optional=True))
    assert taken(one, b'a\n1\n\n""\n2\n').frames["t"]["a"].to_list() == ["1", None, "2"]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [("a,b\né,2\n".encode("latin-1"), "latin-1"), ("a,b\né,2\n".encode("mac-roman"), "mac-roman")],
)
def test_a_declared_encoding_is_used(data: bytes, encoding: str) -> None:
    assert rows(data, encoding=encoding) == [("é", "2")]


@pytest.mark.parametrize(
    ("separator", "data"), [("#", b"a#b\n1;#2\n"), ("tab", b"a\tb\n1;\t2\n"), ("\\t", b"a\tb\n1;\t2\n")]
)
def test_a_declared_separator_is_used(separator: str, data: bytes) -> None:
    assert rows(data, separator=separator) == [("1;", "2")]


def test_a_separator_beyond_ascii_is_used() -> None:
    assert rows("a§b\n1§2\n".encode(), separator="§") == [("1", "2")]


@pytest.mark.parametrize("spoilt", [b"4", b"5,6,7", b'"4,5"', b'"4,5",6,7'])
@pytest.mark.parametrize("quoted", [b"", b'"x,y",2\n'])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_lines_with_more_or_fewer_fields_are_told_by_their_number(spoilt: bytes, quoted: bytes, end: bytes) -> None:
    data = b"a,b\n1,2\n" + quoted + spoilt + b"\n8,9\n"
    (said,) = complaints(PAIRS, data.replace(b"\n", end))
    line = 4 if quoted else 3
    assert said.code.number == "SR521"
    assert said.notes[0].startswith(f"line {line} has ")


def test_short_and_long_lines_that_make_up_for_each_other_are_found() -> None:
    (said,) = complaints(PAIRS, b"a,b\n1\n2,3,4\n")
    assert said.notes == ("line 2 has 1 field", "line 3 has 3 fields")


def test_only_the_first_ragged_lines_are_listed() -> None:
    (said,) = complaints(PAIRS, b"a,b\n" + b"1\n" * 1_000)
    assert said.message == "1,000 lines of `-` do not have 2 fields, as the header has"
    assert len(said.notes) == 6
    assert said.notes[-1] == "and 995 more"


@pytest.mark.parametrize("data", [b'a,b\n1,"x\n2,3\n', b'a,b\n1,"x"y\n', b'a,b\n1,2\n"x'])
def test_quotes_that_do_not_match_are_told(data: bytes) -> None:
    assert codes(PAIRS, data) == ["SR522"]


@pytest.mark.parametrize("data", [b"", b"\n", b"\r\n\r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told(data: bytes) -> None:
    with_format = table("pairs", *PAIRS.columns, source=FileFormat(format="csv"))
    assert codes(with_format, data) == ["SR518"]


def test_the_line_that_is_not_utf_8_is_told() -> None:
    (said,) = complaints(PAIRS, b"a,b\n1,2\n3,\xe9\n")
    assert said.code.number == "SR520"
    assert said.message == "line 3 of `-` is not UTF-8 text"


@pytest.mark.parametrize("encoding", ["klingon", "ascii"])
def test_an_encoding_that_does_not_fit_is_told(encoding: str) -> None:
    with_source = table("pairs", *PAIRS.columns, source=FileFormat(encoding=encoding))
    assert codes(with_source, b"a,b\n1,\xe9\n") == ["SR520"]


def test_bytes_that_are_no_text_are_told() -> None:
    assert codes(PAIRS, bytes(range(256)) * 10) == ["SR517"]


def test_a_separator_of_two_characters_is_told() -> None:
    assert codes(table("pairs", *PAIRS.columns, source=FileFormat(separator="::")), b"a::b\n1::2\n") == ["SR517"]


def test_rows_are_numbered_without_the_header() -> None:
    one = table("t", column("a", types.INTEGER))
    (said,) = complaints(one, b"a\n1\nx\n")
    assert said.notes == ("row 2: `x`",)
