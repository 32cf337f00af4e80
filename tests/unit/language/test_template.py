from __future__ import annotations

import pytest

from segrules.language.syntax import Hole
from segrules.language.template import parse_template
from tests.unit.language.parsing import bracketed, marked, passage


def pieces(text: str) -> list[str | tuple[str, str | None]]:
    template, diagnostics = parse_template(passage(text))
    assert diagnostics == ()
    assert template is not None
    return [(bracketed(part.expression), part.format) if isinstance(part, Hole) else part for part in template]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("no hole", ["no hole"]),
        ("{x}", [("x", None)]),
        ("{x:,.0f} USD and {y + 1:.1%}", [("x", ",.0f"), " USD and ", ("(y + 1)", ".1%")]),
        ("{{x}} {{", ["{x} {"]),
        ("{{{x}}}", ["{", ("x", None), "}"]),
        ("{if x = 'a:b}' then 1 else 2 : ,}", [("(if (x = 'a:b}') then 1 else 2)", ",")]),
        ('{"it""s: {"}', [("'it\"s: {'", None)]),
        ("{2026-01-31T12:50:07}", [("2026-01-31T12:50:07", None)]),
        ("{max(x, 2026-01-31T12:50):,}", [("max(x, 2026-01-31T12:50)", ",")]),
        ("# {x}", ["# ", ("x", None)]),
    ],
)
def test_a_text_is_cut_into_pieces_and_holes(text: str, expected: list[str | tuple[str, str | None]]) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize("written", [",", ".2f", ",.0f", ",.2f", ".1%", ",.1%", ".18f"])
def test_a_format_is_thousands_or_places_or_both(written: str) -> None:
    assert pieces(f"{{x:{written}}}") == [("x", written)]


@pytest.mark.parametrize(
    ("place", "slug", "way_out"),
    [
        ("{x:«d»}", "unknown-format", "did you mean `.0f`?"),
        ("{x:«.2»}", "unknown-format", "did you mean `.2f`?"),
        ("{x:«0.2f»}", "unknown-format", "did you mean `.2f`?"),
        ("{x:«%»}", "unknown-format", "did you mean `.1%`?"),
        ("{x:«»}", "unknown-format", "write one of these"),
        ("{x:«.99f»}", "unknown-format", "write one of these"),
        ("a «{»x", "unclosed-hole", "close it with `}`, or write `{{` for a brace"),
        ("«{»'}'", "unclosed-hole", "close it with `}`, or write `{{` for a brace"),
        ("x«}» y", "stray-brace", "write `}}` for a brace"),
        ("a «{ }» b", "empty-hole", "write a value in it, as in `{revenue}`, or `{{}}` for two braces"),
        ("rated {«TRUE»:,} or", "word-case", "write `true`"),
        ("a {x >«»} b", "value-expected", "write the value, or take away what has none"),
    ],
)
def test_a_mistake_is_named_at_its_place_in_the_whole_text(place: str, slug: str, way_out: str) -> None:
    text = place.replace("«", "").replace("»", "")
    _, (diagnostic,) = parse_template(passage(text))
    assert marked(text, diagnostic) == place
    assert (diagnostic.code.slug, diagnostic.help) == (slug, way_out)


def test_the_mistakes_of_all_holes_are_found() -> None:
    template, diagnostics = parse_template(passage("{a ++} {} {b:x} }"))
    assert template is None
    assert [one.code.slug for one in diagnostics] == ["value-expected", "empty-hole", "unknown-format", "stray-brace"]


def test_places_in_a_hole_are_places_in_the_whole_text() -> None:
    text = "spent {revenue + 1:,} USD"
    template, _ = parse_template(passage(text))
    assert template is not None
    hole = template[1]
    assert isinstance(hole, Hole)
    assert text[hole.start : hole.end] == "{revenue + 1:,}"
    assert text[hole.expression.start : hole.expression.end] == "revenue + 1"
