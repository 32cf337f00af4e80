"""What values mean under each declared type, wherever they come from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from segrules.engine.conversion import converted
from segrules.engine.spelling import Spelling
from segrules.language import types
from segrules.language.types import Kind, Type
from segrules.program.program import FileFormat
from tests.unit.engine.tables import apart, column, program, table, taken

REGION = Type(Kind.STRING, values=("NA", "EMEA"))
BERLIN = "Europe/Berlin"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def read(
    declared: Type, values: Sequence[object] | pl.Series, dtype: Any, *, zone: str = "UTC", **options: Any
) -> list[Any]:
    """Return what values are read as; a text is what is wrong with it."""
    source = options.pop("source", FileFormat())
    one = program(table("t", column("x", declared, optional=True, **options), source=source), timezone=zone)
    found = apart(one, {"t": pl.DataFrame({"x": pl.Series(values, dtype=dtype)})})
    wrong = dict(zip(found.quarantine["row"], found.quarantine["constraint"], strict=True))
    good = iter(found.frames["t"]["x"].to_list())
    return [wrong[row] if row in wrong else next(good) for row in range(1, len(values) + 1)]


def same(found: Sequence[Any], expected: Sequence[Any]) -> None:
    """Check values and their types: 1 is not 1.0."""
    assert [(type(value), value) for value in found] == [(type(value), value) for value in expected]


@pytest.mark.parametrize(
    ("declared", "text", "expected"),
    [
        (types.BOOLEAN, "true", True),
        (types.BOOLEAN, "FALSE", False),
        (types.BOOLEAN, "Yes", "type"),
        (types.BOOLEAN, "0", "type"),
        (types.INTEGER, "42", 42),
        (types.INTEGER, "+42", 42),
        (types.INTEGER, "-0", 0),
        (types.INTEGER, "007", 7),
        (types.INTEGER, "9223372036854775807", 2**63 - 1),
        (types.INTEGER, "9223372036854775808", "type"),
        (types.INTEGER, "2.0", "type"),
        (types.INTEGER, "1_000", "type"),
        (types.INTEGER, "1e3", "type"),
        (types.INTEGER, " 1", "type"),
        (types.INTEGER, "", "type"),
        (types.INTEGER, "9" * 5_000, "type"),
        (types.NUMBER, "2", 2.0),
        (types.NUMBER, "-2.5e-3", -0.0025),
        (types.NUMBER, ".5", 0.5),
        (types.NUMBER, "5.", 5.0),
        (types.NUMBER, "NaN", None),
        (types.NUMBER, "-Infinity", None),
        (types.NUMBER, "1e400", None),
        (types.NUMBER, " ", "type"),
        (types.NUMBER, "1,5", "type"),
        (types.NUMBER, "0x1F", "type"),
        (types.decimal(2), "19.99", Decimal("19.99")),
        (types.decimal(2), "19.990000", Decimal("19.99")),
        (types.decimal(2), "-.5", Decimal("-0.50")),
        (types.decimal(2), "2e3", Decimal("2000.00")),
        (types.decimal(2), "1999e-2", Decimal("19.99")),
        (types.decimal(2), "19.999", "places"),
        (types.decimal(2), "1e-3", "places"),
        (types.decimal(2), "9" * 36 + ".99", Decimal("9" * 36 + ".99")),
        (types.decimal(2), "9" * 37 + ".9", "type"),
        (types.decimal(2), "1e999999999999999999999", "type"),
        (types.decimal(0), "7.0", Decimal(7)),
        (types.decimal(2), "NaN", "type"),
        (types.STRING, "00123", "00123"),
        (types.STRING, " x ", " x "),
        (types.STRING, "", ""),
        (REGION, "EMEA", "EMEA"),
        (REGION, "emea", "values"),
        (REGION, "", "values"),
        (types.DATE, "2024-02-29", date(2024, 2, 29)),
        (types.DATE, "1996-07-04 00:00:00.000", date(1996, 7, 4)),
        (types.DATE, "1996-07-04T00:00", date(1996, 7, 4)),
        (types.DATE, "1996-07-04T00:00:01", "type"),
        (types.DATE, "2023-02-29", "type"),
        (types.DATE, "0000-01-01", "type"),
        (types.DATE, "24-02-29", "type"),
        (types.DATE, "2024-2-9", "type"),
        (types.DATE, "29.02.2024", "type"),
        (types.DATETIME, "2024-02-29", at("2024-02-29")),
        (types.DATETIME, "2024-02-29 12:50", at("2024-02-29T12:50")),
        (types.DATETIME, "2024-02-29T12:50:01.5", at("2024-02-29T12:50:01.500000")),
        (types.DATETIME, "2024-02-29T12:50:01.1234567899", at("2024-02-29T12:50:01.123456")),
        (types.DATETIME, "2024-02-29T12:50:01Z", at("2024-02-29T12:50:01")),
        (types.DATETIME, "2024-02-29T12:50+02:00", at("2024-02-29T10:50")),
        (types.DATETIME, "2024-02-29T24:00", "type"),
        (types.DATETIME, "2024-02-29T12:50:60", "type"),
        (types.DATETIME, "12:50", "type"),
        (types.list_of(types.STRING), '["a", null]', ["a", None]),
        (types.list_of(types.STRING), "[]", []),
        (types.list_of(types.STRING), "a;b", "type"),
        (types.list_of(types.STRING), "[" * 100_000, "type"),
        (types.list_of(types.INTEGER), "[1, 2.0]", [1, 2]),
        (types.list_of(types.INTEGER), "[1, 2.5]", "type"),
        (types.list_of(types.decimal(2)), "[1.10]", [Decimal("1.10")]),
        (types.list_of(types.decimal(2)), "[1.105]", "places"),
        (types.list_of(types.DATE), '["2024-02-29"]', [date(2024, 2, 29)]),
        (types.list_of(REGION), '["NA"]', ["NA"]),
        (types.list_of(REGION), '["LATAM"]', "values"),
    ],
)  # fmt: skip
def test_a_text_is_read_strictly(declared: Type, text: str, expected: object) -> None:
    same(read(declared, [text], pl.String), [expected])


@pytest.mark.parametrize(
    ("declared", "dtype", "value", "expected"),
    [
        (types.BOOLEAN, pl.Boolean, True, True),
        (types.BOOLEAN, pl.Int64, 1, "type"),
        (types.INTEGER, pl.UInt8, 255, 255),
        (types.INTEGER, pl.UInt64, 2**63, "type"),
        (types.INTEGER, pl.Int128, 2**100, "type"),
        (types.INTEGER, pl.Float64, 3.0, 3),
        (types.INTEGER, pl.Float64, 2.5, "type"),
        (types.INTEGER, pl.Float64, float("nan"), None),
        (types.INTEGER, pl.Float64, 2.0**63, "type"),
        (types.INTEGER, pl.Decimal(38, 2), Decimal("3.00"), 3),
        (types.INTEGER, pl.Decimal(38, 2), Decimal("3.10"), "type"),
        (types.INTEGER, pl.Boolean, True, "type"),
        (types.INTEGER, pl.Date, date(2024, 1, 1), "type"),
        (types.NUMBER, pl.Int8, 3, 3.0),
        (types.NUMBER, pl.Float32, 0.1, 0.1),
        (types.NUMBER, pl.Float64, float("inf"), None),
        (types.NUMBER, pl.Decimal(38, 2), Decimal("0.10"), 0.1),
        (types.decimal(2), pl.Int64, -5, Decimal("-5.00")),
        (types.decimal(2), pl.Float64, 19.99, Decimal("19.99")),
        (types.decimal(2), pl.Float64, 1.005, "places"),
        (types.decimal(3), pl.Float64, 1.005, Decimal("1.005")),
        (types.decimal(2), pl.Float64, 0.1 + 0.2, "places"),
        (types.decimal(2), pl.Float64, 12345678901234.56, Decimal("12345678901234.56")),
        (types.decimal(2), pl.Float64, 1e22, Decimal("1e22").quantize(Decimal("0.01"))),
        (types.decimal(2), pl.Float64, 1e37, "type"),
        (types.decimal(2), pl.Float32, 0.1, Decimal("0.10")),
        (types.decimal(2), pl.Decimal(20, 4), Decimal("1.5000"), Decimal("1.50")),
        (types.decimal(2), pl.Decimal(20, 4), Decimal("1.5050"), "places"),
        (types.decimal(2), pl.Decimal(38, 0), Decimal(10**37), "type"),
        (types.STRING, pl.Int64, 17850, "17850"),
        (types.STRING, pl.UInt64, 2**64 - 1, str(2**64 - 1)),
        (types.STRING, pl.Float64, 17850.0, "17850"),
        (types.STRING, pl.Float64, 2.5, "type"),
        (types.STRING, pl.Float64, 1e300, "type"),
        (types.STRING, pl.Decimal(38, 0), Decimal(7), "7"),
        (types.STRING, pl.Categorical, "x", "x"),
        (types.STRING, pl.Enum(["x"]), "x", "x"),
        (types.STRING, pl.Binary, b"x", "x"),
        (types.STRING, pl.Binary, b"\xff", "type"),
        (types.STRING, pl.Boolean, True, "type"),
        (types.STRING, pl.Date, date(2024, 1, 1), "type"),
        (REGION, pl.Categorical, "NA", "NA"),
        (REGION, pl.Enum(["x", "NA"]), "x", "values"),
        (types.DATE, pl.Datetime("ms"), at("2024-01-31"), date(2024, 1, 31)),
        (types.DATE, pl.Datetime("us"), at("2024-01-31T00:00:00.000001"), "type"),
        (types.DATE, pl.Int64, 20240131, "type"),
        (types.DATETIME, pl.Date, date(2024, 1, 31), at("2024-01-31")),
        (types.DATETIME, pl.Datetime("ns"), at("2024-01-31T10:00"), at("2024-01-31T10:00")),
        (types.DATETIME, pl.Time, at("2024-01-31T10:00").time(), "type"),
        (types.DATETIME, pl.Duration, timedelta(1), "type"),
        (types.list_of(types.STRING), pl.List(pl.Int64), [1, None], ["1", None]),
        (types.list_of(types.NUMBER), pl.List(pl.Float64), [1.5, float("nan")], [1.5, None]),
        (types.list_of(types.INTEGER), pl.List(pl.Float64), [1.5], "type"),
        (types.list_of(types.INTEGER), pl.Array(pl.Int8, 2), [1, 2], [1, 2]),
        (types.list_of(REGION), pl.List(pl.String), ["NA", "x"], "values"),
        (types.list_of(types.STRING), pl.Struct({"a": pl.Int64}), {"a": 1}, "type"),
        (types.STRING, pl.Null, None, None),
    ],
)
def test_a_typed_value_is_read_strictly(declared: Type, dtype: Any, value: object, expected: object) -> None:
    same(read(declared, [value], dtype), [expected])


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        (types.BOOLEAN, "True"),
        (types.INTEGER, "-12"),
        (types.NUMBER, "1.5e3"),
        (types.decimal(2), "19.9900"),
        (REGION, "NA"),
        (types.DATE, "2024-02-29"),
        (types.DATETIME, "2024-02-29"),
        (types.DATETIME, "2024-02-29 12:50"),
        (types.DATETIME, "2024-02-29T12:50:01.25"),
        (types.DATETIME, "2024-02-29 12:50:01+01:00"),
    ],
)
def test_usual_spellings_are_read_a_whole_column_at_once(declared: Type, text: str) -> None:
    frame = pl.DataFrame({"x": [text]})
    assert frame.select(converted(pl.col("x"), pl.String(), declared, Spelling())).to_series().null_count() == 0


def test_dates_beyond_the_calendar_are_data_errors() -> None:
    far = pl.Series([3_000_000, 0], dtype=pl.Int32).cast(pl.Date)
    assert read(types.DATE, far, pl.Date) == ["type", date(1970, 1, 1)]
    assert read(types.DATETIME, far.cast(pl.Datetime("us")), pl.Datetime("us")) == ["type", at("1970-01-01")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-07-01T12:00Z", "2024-07-01T14:00"),
        ("2024-01-01 00:30+02:00", "2023-12-31T23:30"),
        ("2024-07-01T12:00", "2024-07-01T12:00"),
        ("2150-07-01T12:00Z", "2150-07-01T14:00"),
    ],
)
def test_a_moment_with_an_offset_becomes_local_time(text: str, expected: str) -> None:
    assert read(types.DATETIME, [text, "2024-01-01T00:00"], pl.String, zone=BERLIN)[0] == at(expected)


def test_a_column_with_a_time_zone_becomes_local_time() -> None:
    moments = [datetime(year, 7, 1, 12, tzinfo=UTC) for year in (2024, 2150)]
    found = read(types.DATETIME, moments, pl.Datetime("ms", "UTC"), zone=BERLIN)
    assert found == [at("2024-07-01T14:00"), at("2150-07-01T14:00")]
    assert read(types.DATE, moments[:1], pl.Datetime("us", "UTC"), zone=BERLIN) == ["type"]


def test_declared_values_keep_their_order() -> None:
    found = taken(table("t", column("x", REGION)), pl.DataFrame({"x": ["EMEA", "NA"]})).frames["t"]
    assert found.schema["x"] == pl.Enum(["NA", "EMEA"])


@pytest.mark.parametrize(
    ("declared", "values", "dtype", "missing", "expected"),
    [
        (types.NUMBER, [" ", "Not Available", "1"], pl.String, (" ", "Not Available"), [None, None, 1.0]),
        (types.STRING, ["Select", "select", ""], pl.String, ("Select",), [None, "select", ""]),
        (REGION, ["-", "NA"], pl.String, ("-",), [None, "NA"]),
        (types.INTEGER, [999, 1], pl.Int64, ("999", "unknown"), [None, 1]),
        (types.INTEGER, ["0999", "999"], pl.String, ("999",), [999, None]),
        (types.decimal(2), [-1.0, 1.0], pl.Float64, ("-1",), [None, Decimal("1.00")]),
        (types.STRING, [999, 1], pl.Int64, ("999",), [None, "1"]),
        (types.list_of(types.STRING), ["-", '["-", "a"]'], pl.String, ("-",), [None, [None, "a"]]),
    ],
)
def test_spellings_of_missing_are_exact(
    declared: Type, values: list[Any], dtype: Any, missing: tuple[str, ...], expected: list[Any]
) -> None:
    same(read(declared, values, dtype, missing=missing), expected)
    same(read(declared, values, dtype, source=FileFormat(missing=missing)), expected)


@pytest.mark.parametrize(
    ("declared", "text", "expected"),
    [
        (types.NUMBER, "1.234,5", 1234.5),
        (types.NUMBER, "1234,5", 1234.5),
        (types.NUMBER, ",5", 0.5),
        (types.NUMBER, "1.5", "type"),
        (types.NUMBER, "1.23,4", "type"),
        (types.decimal(2), "-1.234.567,89", Decimal("-1234567.89")),
        (types.decimal(2), "1,234", "places"),
        (types.INTEGER, "1.234", 1234),
        (types.INTEGER, "1234", 1234),
        (types.INTEGER, "1,0", "type"),
    ],
)
def test_a_decimal_comma_is_read_where_it_is_declared(declared: Type, text: str, expected: object) -> None:
    same(read(declared, [text], pl.String, source=FileFormat(decimal_comma=True)), [expected])


def test_a_decimal_comma_leaves_typed_numbers_alone() -> None:
    assert read(types.NUMBER, [1.5], pl.Float64, source=FileFormat(decimal_comma=True)) == [1.5]


def test_a_split_text_is_a_list() -> None:
    declared = types.list_of(types.INTEGER)
    assert read(declared, ["1;2", "3", "1;;2", "1;x"], pl.String, split=";") == [[1, 2], [3], [1, None, 2], "type"]
    assert read(types.list_of(types.STRING), ["a; b"], pl.String, split=";") == [["a", " b"]]


def test_date_formats_are_tried_in_order_for_the_whole_column() -> None:
    formats = ("%m/%d/%Y", "%d/%m/%Y")
    assert read(types.DATE, ["1/2/2024", "2/12/2024"], pl.String, date_formats=formats)[0] == date(2024, 1, 2)
    assert read(types.DATE, ["1/2/2024", "13/2/2024"], pl.String, date_formats=formats)[0] == date(2024, 2, 1)
    assert read(types.DATE, ["2024-01-02"], pl.String, date_formats=formats) == [date(2024, 1, 2)]
    assert read(types.DATE, ["1/2/2024", "13/2/2024", "2024-01-02"], pl.String, date_formats=formats)[2] == "type"


@pytest.mark.parametrize(
    ("text", "spelt", "expected"),
    [
        ("31.01.2024", "%d.%m.%Y", "2024-01-31"),
        ("1.1.2024", "%d.%m.%Y", "2024-01-01"),
        ("31.01.24", "%d.%m.%y", "2024-01-31"),
        ("31.01.69", "%d.%m.%y", "1969-01-31"),
        ("20240131", "%Y%m%d", "2024-01-31"),
        ("31 Jan 2024", "%d %b %Y", "2024-01-31"),
        ("January 31, 2024", "%B %d, %Y", "2024-01-31"),
        ("12/1/2010 8:26", "%m/%d/%Y %H:%M", "2010-12-01T08:26"),
        ("1/31/2024 1:05 PM", "%m/%d/%Y %I:%M %p", "2024-01-31T13:05"),
        ("2024", "%Y", "2024-01-01"),
        ("31.01.24", "%d.%m.%Y", None),
        ("2024131", "%Y%m%d", None),
        ("31.02.2024", "%d.%m.%Y", None),
        ("31.01.2024 ", "%d.%m.%Y", None),
        ("x", "%Q", None),
    ],
)
def test_a_date_format_is_strict(text: str, spelt: str, expected: str | None) -> None:
    found = read(types.DATETIME, [text], pl.String, date_formats=(spelt,))
    assert found == [at(expected) if expected else "type"]


def test_a_wrong_value_that_stands_often_is_read_once_and_told_every_time() -> None:
    assert read(types.INTEGER, ["x", "1", "x", "x"], pl.String) == ["type", 1, "type", "type"]


def test_python_values_that_frames_cannot_hold_are_read_too() -> None:
    one = table("t", column("x", types.STRING, optional=True))
    assert apart(one, [{"x": "\ud800"}, {"x": "a"}, {}]).frames["t"]["x"].to_list() == ["a", None]
    many = table("t", column("x", types.NUMBER, optional=True))
    found = apart(many, [{"x": 10**400}, {"x": Decimal("1.5")}, {"x": Decimal("NaN")}, {"x": True}])
    assert found.frames["t"]["x"].to_list() == [1.5, None]
