"""Values of numpy in rows of Python mean what Python's mean."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from segrules.engine.faults import Unreadable
from segrules.engine.reading import reader
from segrules.engine.spelling import Spelling
from segrules.language import types
from segrules.language.types import Kind, Type
from segrules.language.values import Value

numpy: Any = pytest.importorskip("numpy")


@pytest.mark.parametrize(
    ("kind", "name", "given", "meant"),
    [
        (Kind.INTEGER, "int64", 7, 7),
        (Kind.INTEGER, "uint8", 7, 7),
        (Kind.NUMBER, "float32", 2.5, 2.5),
        (Kind.NUMBER, "int16", 7, 7.0),
        (Kind.NUMBER, "float32", float("nan"), None),
        (Kind.BOOLEAN, "bool_", True, True),
        (Kind.STRING, "int64", 7, "7"),
        (Kind.DATE, "datetime64", "2026-06-30", date(2026, 6, 30)),
    ],
)
def test_a_value_means_what_it_holds(kind: Kind, name: str, given: object, meant: Value) -> None:
    assert reader(Type(kind), Spelling())(getattr(numpy, name)(given)) == meant


def test_an_array_is_a_list() -> None:
    texts, numbers = types.list_of(types.STRING), types.list_of(types.INTEGER)
    assert reader(texts, Spelling())(numpy.array(["a", "b"])) == ("a", "b")
    assert reader(numbers, Spelling())(numpy.array([1, 2])) == (1, 2)
    with pytest.raises(Unreadable):
        reader(Type(Kind.INTEGER), Spelling())(numpy.array([1]))


@pytest.mark.parametrize(
    ("kind", "name", "given"),
    [(Kind.INTEGER, "bool_", True), (Kind.BOOLEAN, "int64", 1), (Kind.NUMBER, "longdouble", 1)],
)
def test_a_value_of_another_sort_is_not_read(kind: Kind, name: str, given: object) -> None:
    with pytest.raises(Unreadable):
        reader(Type(kind), Spelling())(getattr(numpy, name)(given))
