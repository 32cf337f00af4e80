"""TOML as nodes: the values that Python's own reader finds, each with its place."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segrules.diagnostics.catalogue import NOT_TOML
from segrules.diagnostics.source import Source
from segrules.document.nodes import Mapping, Node, Scalar, Sequence, Style
from segrules.document.toml_reader import read_toml

EVERY_FORM = r'''# all that TOML has
plain = "a text" # with a comment = "not a key"
literal = 'C:\folder'
escaped = "a \"quote\" \u00e9"
block = """
several "lines" \
   joined, ""two quotes"" at the end"""""
block_literal = \'\'\'raw \ 'text' = 1\'\'\'
empty = ""
number = -1_000.5e3
flag = true
day = 2026-01-31
moment = 2026-01-31 12:30:00Z
"quoted key" = 1
'literal.key' = 2
dotted . "with blanks" . key = 3
list = [1, "two", [3, 4,], # inside
  { five = 5, "six.seven" = [6] },
]
nothing = []
inline = { }
[table]
x = 1
dotted.y = 2
[ table . below ]
z = { a.b = 1, a.c = "}" }
[other."in quotes"]
[[items]]
name = "first"
[items.below]
x = 1
[[ items ]]
name = "second"
[[items.below_too]]
'''.replace(r"\'", "'")


def values(node: Node) -> Any:
    """The values of nodes; what is no text is the text that is written."""
    match node:
        case Mapping():
            return {entry.key.value: values(entry.value) for entry in node.entries}
        case Sequence():
            return [values(item) for item in node.items]
        case Scalar(style=Style.PLAIN):
            return tomllib.loads(f"value = {node.value}")["value"]
        case Scalar():
            return node.value
    raise AssertionError


def scalars(node: Node) -> list[Scalar]:
    match node:
        case Mapping():
            return [one for entry in node.entries for one in (entry.key, *scalars(entry.value))]
        case Sequence():
            return [one for item in node.items for one in scalars(item)]
        case Scalar():
            return [node]
    raise AssertionError


def read(text: str) -> Mapping:
    node, said = read_toml(Source("segrules.toml", text))
    assert said == ()
    assert node is not None
    return node


@pytest.mark.parametrize("text", [EVERY_FORM, EVERY_FORM.replace("\n", "\r\n"), "", "# only this", "\ufeffa = 1\n"])
def test_the_values_are_those_of_tomllib(text: str) -> None:
    assert values(read(text)) == tomllib.loads(text.removeprefix("\ufeff"))


def test_a_scalar_stands_where_its_text_is_written() -> None:
    found = scalars(read(EVERY_FORM))
    misplaced = [
        one for one in found if one.span.text != one.value and "\\" not in one.span.text and "\n" not in one.value
    ]
    assert misplaced == []
    assert [str(one.span) for one in found[:4]] == [
        f"segrules.toml:{place}" for place in ("2:1", "2:10", "3:1", "3:12")
    ]


def test_every_character_of_a_text_has_a_place_in_it() -> None:
    for one in scalars(read(EVERY_FORM)):
        assert all(one.span.start <= offset <= one.span.end for offset in one.passage.offsets)
        assert len(one.passage.offsets) == len(one.value) + 1


@pytest.mark.parametrize(
    ("text", "place", "cause", "way_out"),
    [
        ("[severity]\nsome-slug: off", "2:10", "a colon where TOML has `=`", 'write `some-slug = "off"`'),
        ("[severity]\nSR601 = off # why", "2:9", "`off` has no quotes", 'write `SR601 = "off"`'),
        ("[severity]\n[severity]", "2:10", "it stands twice", "keep one of them"),
        ("a = 1\na = 2", "2:6", "it stands twice", "keep one of them"),
        ("\ufeffa = 'x", "1:7", "the project file is not TOML", "below `[severity]`"),
        ("a = [1,\n\n", "1:8", "the project file is not TOML", "below `[severity]`"),
        ("a = " + "[" * 10_000, "1:1", "too much inside one another", "below `[severity]`"),
    ],
)
def test_a_text_that_is_no_toml_is_told_with_its_place_and_the_way_out(
    text: str, place: str, cause: str, way_out: str
) -> None:
    node, [said] = read_toml(Source("segrules.toml", text))
    assert (node, said.code) == (None, NOT_TOML)
    assert said.label is not None
    assert str(said.label.span) == f"segrules.toml:{place}"
    assert cause in said.message
    assert way_out in (said.help or "")


SIGNS = "a b.c 'd' \"e\" ' \" \"\"\" ''' [ ] [[ ]] { } , = . # 1 true 2026-01-31 \\u0041 \\ é".split(" ")
TEXTS = st.lists(st.sampled_from([*SIGNS, " ", "\n", "\r\n", "[severity]\n", 'x = "y"\n']), max_size=25).map("".join)


@given(TEXTS)
def test_any_text_is_read_as_tomllib_reads_it_or_refused_with_a_place_in_it(text: str) -> None:
    node, said = read_toml(Source("segrules.toml", text))
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assert node is None
        assert [0 <= one.label.span.start <= len(text) for one in said if one.label] == [True]
    else:
        assert node is not None
        assert values(node) == expected
