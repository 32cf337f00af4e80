"""The renderers: what a person reads, what a line-reading tool reads, what a program reads."""

from __future__ import annotations

import json as json_text
from dataclasses import replace
from textwrap import dedent

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Edit, Fix, Label
from segrules.diagnostics.fingerprint import fingerprints
from segrules.diagnostics.render import concise, full, json
from segrules.diagnostics.render.cells import cells, printable, width
from segrules.diagnostics.source import Source

TEXT = """\
segrules: 1
ruleset: example
rules:
  - when: certifcations > 5
    segment: gold
"""
SOURCE = Source("ruleset.yaml", TEXT)


def label(of: str, text: str = "", source: Source = SOURCE) -> Label:
    start = source.text.index(of)
    return Label(source.span(start, start + len(of)), text)


UNKNOWN = Diagnostic(
    catalogue.UNKNOWN_NAME,
    "`certifcations` is not a name here",
    label("certifcations", "unknown"),
    help="did you mean `certifications`?",
)


def shown(diagnostic: Diagnostic) -> str:
    return full.render([diagnostic])


def expected(text: str) -> str:
    return dedent(text).lstrip("\n")


def underlined(rendered: str) -> str:
    """What stands above the `^` of a rendering."""
    lines = rendered.split("\n")
    [number] = [number for number, line in enumerate(lines) if "^" in line and "|" in line]
    marks, above = lines[number], lines[number - 1]
    start, end = marks.index("^"), marks.rindex("^") + 1
    return above[start:end]


def test_a_diagnostic_shows_the_word_underlined_and_the_way_out() -> None:
    assert shown(UNKNOWN) == expected(
        """
        error[SR204] unknown-name: `certifcations` is not a name here
         --> ruleset.yaml:4:11
          |
        4 |   - when: certifcations > 5
          |           ^^^^^^^^^^^^^ unknown
        help: did you mean `certifications`?
        """
    )


def test_related_places_stand_in_the_order_of_the_file_and_with_the_name_of_another() -> None:
    other = Source("shared.yaml", "tables: {}\n")
    diagnostic = replace(
        UNKNOWN, related=(label("example", "in this ruleset"), label("tables", "declared there", other)), notes=("n",)
    )
    assert shown(diagnostic) == expected(
        """
        error[SR204] unknown-name: `certifcations` is not a name here
         --> ruleset.yaml:4:11
          |
        2 | ruleset: example
          |          ------- in this ruleset
        ...
        4 |   - when: certifcations > 5
          |           ^^^^^^^^^^^^^ unknown
         ::: shared.yaml:1:1
          |
        1 | tables: {}
          | ------ declared there
        help: did you mean `certifications`?
        note: n
        """
    )


def test_several_labels_of_one_line_stand_below_each_other() -> None:
    assert shown(replace(UNKNOWN, related=(label("5", "a number"),), help=None)) == expected(
        """
        error[SR204] unknown-name: `certifcations` is not a name here
         --> ruleset.yaml:4:11
          |
        4 |   - when: certifcations > 5
          |           ^^^^^^^^^^^^^ unknown
          |                           - a number
        """
    )


def test_places_without_a_primary_one_are_shown() -> None:
    diagnostic = Diagnostic(catalogue.TABLE_NOT_GIVEN, "no data", related=(label("gold", "declared here"),))
    assert shown(diagnostic) == expected(
        """
        error[SR513] table-not-given: no data
         --> ruleset.yaml:5:14
          |
        5 |     segment: gold
          |              ---- declared here
        """
    )


def test_a_diagnostic_without_a_place_is_its_headline() -> None:
    diagnostic = Diagnostic(catalogue.UNKNOWN_PARAMETER, "the ruleset has no parameter `x`", help="it has none")
    assert shown(diagnostic) == (
        "error[SR801] unknown-parameter: the ruleset has no parameter `x`\nhelp: it has none\n"
    )


def test_a_span_of_several_lines_is_marked_line_by_line_without_indentation() -> None:
    assert shown(replace(UNKNOWN, label=label("certifcations > 5\n    segment: gold\n", "all of it"), help=None)) == (
        expected(
            """
            error[SR204] unknown-name: `certifcations` is not a name here
             --> ruleset.yaml:4:11
              |
            4 |   - when: certifcations > 5
              |           ^^^^^^^^^^^^^^^^^
            5 |     segment: gold
              |     ^^^^^^^^^^^^^ all of it
            """
        )
    )


def test_the_middle_of_a_long_span_is_left_out() -> None:
    source = Source("long.yaml", "".join(f"line {number}\n" for number in range(1, 21)))
    rendered = shown(replace(UNKNOWN, label=Label(source.span(0, len(source.text)), "long"), help=None))
    assert [line for line in rendered.split("\n") if "line" in line and "yaml" not in line] == [
        " 1 | line 1",
        " 2 | line 2",
        " 3 | line 3",
        "20 | line 20",
    ]
    assert "\n...\n" in rendered


@pytest.mark.parametrize("offset", [len(TEXT), TEXT.index("\n")])
def test_a_place_behind_the_last_character_is_marked(offset: int) -> None:
    rendered = shown(replace(UNKNOWN, label=Label(SOURCE.span(offset, offset), "here"), help=None))
    assert rendered.rstrip().endswith("^ here")


@pytest.mark.parametrize(
    "line",
    [
        "when: größe = 'x' and wrong > 1",
        "when: 都市 = '東京' and wrong > 1",
        "when: name = '👍🏽 ☎️' and wrong > 1",
        "when: e\u0301 = 'cafe\u0301' and wrong > 1",
        "\t\twhen:\twrong > 1",
        "when: x > 1 # " + "y" * 200 + " wrong",
        "東" * 100 + " wrong " + "京" * 100,
    ],
    ids=["umlauts", "wide", "emoji", "combining", "tabs", "long", "long and wide"],
)
def test_the_underline_stands_below_its_word_whatever_stands_before(line: str) -> None:
    source = Source("ruleset.yaml", f"first: 1\n{line}\n")
    lines = shown(replace(UNKNOWN, label=label("wrong", "", source), help=None)).split("\n")
    [number] = [number for number, shown_line in enumerate(lines) if "^" in shown_line]
    above = cells(lines[number - 1])
    start, end = lines[number].index("^"), lines[number].rindex("^") + 1
    columns = [(width(above[:index]), cell) for index, cell in enumerate(above)]
    assert "".join(cell.shown for column, cell in columns if start <= column < end and cell.width) == "wrong"
    assert width(above) <= 130


def test_a_byte_order_mark_moves_nothing() -> None:
    source = Source("ruleset.yaml", "\ufeffwrong: 1\n")
    rendered = shown(replace(UNKNOWN, label=label("wrong", "", source), help=None))
    assert "ruleset.yaml:1:1" in rendered
    assert underlined(rendered) == "wrong"


def test_a_label_outside_the_window_of_a_long_line_gets_its_own() -> None:
    source = Source("ruleset.yaml", f"key: {'x' * 300} wrong\n")
    rendered = shown(replace(UNKNOWN, label=label("wrong", "", source), related=(label("key", "", source),)))
    assert [line[:3] for line in rendered.split("\n") if line.startswith("1")] == ["1 |", "1 |"]
    assert "| key: xxx" in rendered
    assert "| …xxx" in rendered


def test_no_text_of_the_user_reaches_the_terminal_as_a_command() -> None:
    source = Source("ru\x1bleset.yaml", "when: \x1b[31mwrong\u202e\n")
    rendered = full.render(
        [Diagnostic(catalogue.UNKNOWN_NAME, "`\x1b[31m`", label("wrong", "\x07", source), help="\x1b]0;x\x07")]
    )
    assert not {"\x1b", "\x07", "\u202e"} & set(rendered)


def test_colour_is_only_added() -> None:
    coloured = full.render([UNKNOWN], colour=True)
    assert "\x1b[1;31merror[SR204]\x1b[0m" in coloured
    assert coloured != full.render([UNKNOWN])
    plain = coloured
    while "\x1b[" in plain:
        before, _, behind = plain.partition("\x1b[")
        plain = before + behind.partition("m")[2]
    assert plain == full.render([UNKNOWN])


def test_concise_is_one_line_each() -> None:
    nowhere = Diagnostic(catalogue.UNKNOWN_PARAMETER, "no parameter\n`x`")
    assert concise.render([UNKNOWN, nowhere]) == (
        "ruleset.yaml:4:11: error[SR204] `certifcations` is not a name here (did you mean `certifications`?)\n"
        "error[SR801] no parameter `x`\n"
    )


def test_json_has_every_part_of_a_diagnostic() -> None:
    place = label("certifcations").span
    fix = Fix("write `certifications`", (Edit(place, "certifications"),), Applicability.SAFE)
    diagnostic = replace(UNKNOWN, related=(label("example", "here"),), notes=("a note",), fix=fix)
    span = {"line": 4, "column": 11, "end_line": 4, "end_column": 24, "offset": 46, "end_offset": 59}
    assert TEXT[46:59] == "certifcations"
    [found] = json_text.loads(json.render([diagnostic]))
    assert found.pop("fingerprint") == fingerprints([diagnostic])[0]
    assert found == {
        "code": "SR204",
        "slug": "unknown-name",
        "severity": "error",
        "message": "`certifcations` is not a name here",
        "file": "ruleset.yaml",
        "span": span,
        "label": "unknown",
        "related": [
            {
                "file": "ruleset.yaml",
                "span": {"line": 2, "column": 10, "end_line": 2, "end_column": 17, "offset": 21, "end_offset": 28},
                "label": "here",
            }
        ],
        "notes": ["a note"],
        "help": "did you mean `certifications`?",
        "fix": {
            "title": "write `certifications`",
            "applicability": "safe",
            "edits": [{"file": "ruleset.yaml", "span": span, "replacement": "certifications"}],
        },
    }


def test_json_without_a_place_has_the_same_keys() -> None:
    with_place, without = json_text.loads(
        json.render([UNKNOWN, Diagnostic(catalogue.UNKNOWN_PARAMETER, "no parameter `x`")])
    )
    assert without.keys() == with_place.keys()
    assert (without["file"], without["span"], without["label"], without["fix"]) == (None, None, None, None)


def test_nothing_is_an_empty_text_and_an_empty_list() -> None:
    assert (full.render([]), concise.render([]), json.render([])) == ("", "", "[]\n")


@given(st.text(alphabet=st.characters(), max_size=300), st.data())
def test_any_place_of_any_text_can_be_shown(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    rendered = full.render([replace(UNKNOWN, label=Label(Source("any.yaml", text).span(start, end), text))])
    assert "^" in rendered
    rendered.encode()
    assert printable(rendered) == rendered.removesuffix("\n")


@example("\x1e\x1e")
@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_printable_is_idempotent(text: str) -> None:
    assert printable(printable(text)) == printable(text)
