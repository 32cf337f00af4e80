"""Columns that Polars would choke on are found in the schema, before anything is read."""

from __future__ import annotations

import ctypes

import polars as pl
import pytest

from segrules.engine.arrow_schema import _is_known, _Schema, foreign_columns, open_stream


def schema(described: bytes, *children: _Schema) -> _Schema:
    pointers = (ctypes.POINTER(_Schema) * len(children))(*(ctypes.pointer(child) for child in children))
    return _Schema(format=described, name=b"x", n_children=len(children), children=pointers)


@pytest.mark.parametrize("described", [b"d:50,2,256", b"d:5,-2", b"+us:0,1", b"+ud:0", b"+r", b"+vl", b"+vL", b"tin"])
def test_types_that_polars_lacks_are_known_by_their_format(described: bytes) -> None:
    assert not _is_known(schema(described))
    assert not _is_known(schema(b"+l", schema(described)))


@pytest.mark.parametrize(
    "described", [b"l", b"u", b"vu", b"d:38,2", b"d:9,2,32", b"tdD", b"tsu:UTC", b"e", b"n", b"w:2"]
)
def test_other_types_pass(described: bytes) -> None:
    assert _is_known(schema(described))
    assert _is_known(schema(b"+s", schema(described), schema(b"l")))


def test_a_dictionary_is_what_it_holds() -> None:
    held = schema(b"c")
    held.dictionary = ctypes.pointer(schema(b"d:50,2,256"))
    assert not _is_known(held)


def test_a_stream_can_be_read_after_its_schema_was() -> None:
    frame = pl.DataFrame({"a": [1, None], "b": [["x"], []], "c": [1.5, 2.5]})
    stream = open_stream(frame)
    assert foreign_columns(stream) == []
    assert pl.DataFrame(stream).equals(frame)


def test_a_stream_of_something_else_than_rows_has_no_columns() -> None:
    assert foreign_columns(open_stream(pl.Series([1]))) is None
