"""Expressions printed and read again are the same, and whatever text there is, the parser answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Source, Span, passage_of
from segrules.language import syntax
from segrules.language.constants import read_constant, refuse_constant
from segrules.language.layout import on_lines, on_one_line
from segrules.language.parser import parse_expression
from segrules.language.printer import print_expression
from segrules.language.template import parse_template
from segrules.language.values import Duration
from segrules.language.words import is_name

# Trees

ALPHABET = st.sampled_from("abcxyz_019äß")
NAMES = st.builds(syntax.Identifier, st.text(ALPHABET, min_size=1, max_size=6).filter(is_name))
PATHS = st.lists(NAMES, min_size=1, max_size=3).map(lambda names: syntax.Path(tuple(names)))
WHOLE = st.integers(0, 10**20)
PLACES = st.decimals(0, 10**6, allow_nan=False, places=3)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=8)
DURATIONS = st.builds(Duration, months=st.integers(1, 999)) | st.builds(Duration, days=st.integers(0, 999))
LITERALS = st.one_of(
    st.builds(
        syntax.Literal,
        st.one_of(
            st.sampled_from([True, False, None]),
            WHOLE,
            PLACES,
            TEXTS,
            st.dates(),
            st.datetimes(),
            DURATIONS,
        ),
    ),
    st.builds(syntax.Literal, PLACES.map(lambda number: Decimal(f"{number}e-2")), st.just(True)),
)


def operator(*texts: str) -> st.SearchStrategy[syntax.Identifier]:
    return st.sampled_from(texts).map(syntax.Identifier)


def comparisons(parts: st.SearchStrategy[syntax.Expression]) -> st.SearchStrategy[syntax.Expression]:
    @st.composite
    def chain(draw: st.DrawFn) -> syntax.Expression:
        direction = draw(st.sampled_from([("<", "<="), (">", ">="), ("=",)]))
        signs = draw(st.lists(operator(*direction), min_size=1, max_size=3) | operator("!=").map(lambda sign: [sign]))
        operands = draw(st.lists(parts, min_size=len(signs) + 1, max_size=len(signs) + 1))
        return syntax.Comparison(tuple(signs), tuple(operands))

    return chain()


def calls(parts: st.SearchStrategy[syntax.Expression]) -> st.SearchStrategy[syntax.Expression]:
    function = NAMES | operator("all", "last")
    some = st.lists(parts, min_size=1, max_size=3).map(tuple)
    over = st.lists(PATHS, max_size=2).map(tuple)
    return st.one_of(
        st.builds(syntax.Call, function, st.just(())),
        st.builds(syntax.Call, function, some, where=st.none() | parts, by=parts),
        st.builds(
            syntax.Call, function, some, where=st.none() | parts, descending=st.booleans(), over=st.none() | over
        ),
    )


def operations(parts: st.SearchStrategy[syntax.Expression]) -> st.SearchStrategy[syntax.Expression]:
    """What has operands, which may need brackets."""
    flag = st.booleans()
    listing = st.lists(parts, min_size=1, max_size=2).map(lambda items: syntax.Listing(tuple(items)))
    matches = operator("contains", "starts with", "ends with", "like")
    durations = PATHS | st.builds(syntax.Literal, DURATIONS)
    return st.one_of(
        st.builds(syntax.Unary, operator("not", "-"), parts),
        st.builds(syntax.Binary, operator("or", "and"), parts, parts),
        st.builds(syntax.Binary, operator("+", "-"), parts, parts),
        st.builds(syntax.Binary, operator("*", "/"), parts, parts),
        comparisons(parts),
        st.builds(syntax.Membership, parts, listing, flag),
        st.builds(syntax.Between, parts, parts, parts, flag),
        st.builds(syntax.Presence, parts, flag),
        st.builds(syntax.Match, matches, parts, parts, flag),
        st.builds(syntax.Window, parts, st.sampled_from(["last", "next"]), durations, flag),
        st.builds(syntax.Conditional, parts, parts, parts),
    )


def anything(parts: st.SearchStrategy[syntax.Expression]) -> st.SearchStrategy[syntax.Expression]:
    lists = st.builds(syntax.Membership, parts, PATHS | calls(parts), st.booleans())
    return operations(parts) | calls(parts) | lists


SHAPES = st.recursive(st.just(syntax.Path((syntax.Identifier("x"),))), operations, max_leaves=6)
EXPRESSIONS = SHAPES | st.recursive(LITERALS | PATHS, anything, max_leaves=12)


def exact(tree: object) -> object:
    """A tree without its places in the text, in which `1`, `1.0` and `true` differ."""
    if isinstance(tree, tuple):
        return tuple(map(exact, tree))
    if isinstance(tree, syntax.Node):
        return (type(tree), *(exact(getattr(tree, field.name)) for field in fields(tree) if field.compare))
    return (type(tree), str(tree))


def parsed(text: str) -> tuple[syntax.Expression | None, tuple[Diagnostic, ...]]:
    return parse_expression(passage_of(Source("expression", text)))


@given(EXPRESSIONS)
def test_an_expression_printed_and_read_is_itself(expression: syntax.Expression) -> None:
    text = print_expression(expression)
    tree, diagnostics = parsed(text)
    assert diagnostics == ()
    assert exact(tree) == exact(expression)
    assert tree is not None
    assert print_expression(tree) == text


@given(EXPRESSIONS, st.integers(20, 100))
def test_an_expression_printed_needs_no_layout_and_laid_out_on_lines_it_is_itself(
    expression: syntax.Expression, width: int
) -> None:
    printed = print_expression(expression)
    assert on_one_line(printed) == printed
    lines = "\n".join(line.text for line in on_lines(printed, width))
    assert parse_expression(passage_of(Source("expression", lines))) == (expression, ())
    assert "\n".join(line.text for line in on_lines(lines, width)) == lines


@given(EXPRESSIONS)
def test_no_pair_of_brackets_that_is_printed_could_be_left_out(expression: syntax.Expression) -> None:
    text = print_expression(expression)
    for opening, closing in grouping_brackets(text):
        without = text[:opening] + " " + text[opening + 1 : closing] + " " + text[closing + 1 :]
        tree, diagnostics = parsed(without)
        assert diagnostics or exact(tree) != exact(expression)


def grouping_brackets(text: str) -> Iterator[tuple[int, int]]:
    """Pairs of brackets that only hold together: those of calls and lists stay."""
    opened: list[int] = []
    quoted = False
    for index, character in enumerate(text):
        quoted ^= character == "'"
        if quoted or character not in "()":
            continue
        if character == "(":
            opened.append(index)
        else:
            start = opened.pop()
            before = text[:start].split(" ")[-2:]
            is_call = start > 0 and (text[start - 1].isalnum() or text[start - 1] in "_²")
            if not is_call and before[-2:] != ["in", ""]:
                yield start, index


# Any text

WORDS = """x y deals.net region f( g( count( ( ) , . and or not in is like contains between starts with ends with
missing present true false null NULL AND OR NOT IN Is if then else IF where by over all descending last next < <= > >=
= == != <> => =< ≥ && || ! | + - * / ** ^ % ; : ? @ $ € [ ] { } 'a' 'b "c" "d ' " “x” ‘y 1 2.5 30% 1_000 1,000 .5 5.
012 1e6 100k 1..5 12months 2026-01-31 2026-02-30 2026-1-5 31.01.2026 2026-01-31T12:50 12 months hours 90 days USD
percent # \n adn betwen nto \u200b ² ٣ \x00 ~ ` \\ distinct to ascending within the past AC* ? _ __1 0""".split(" ")
SOUP = st.lists(st.sampled_from(WORDS), max_size=20).flatmap(
    lambda words: st.sampled_from(["", " "]).map(lambda blank: blank.join(words))
)
ANY_TEXT = SOUP | st.text(max_size=40)


def spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for member in value:
            yield from spans(member)
    elif is_dataclass(value):
        for field in fields(value):
            yield from spans(getattr(value, field.name))


@given(ANY_TEXT)
def test_every_text_has_a_tree_or_a_reason_why_not(text: str) -> None:
    tree, diagnostics = parsed(text)
    assert tree is not None or diagnostics
    assert all(0 <= span.start <= span.end <= len(text) for span in spans(diagnostics))


@given(ANY_TEXT)
def test_what_reads_without_a_mistake_prints_as_itself(text: str) -> None:
    tree, diagnostics = parsed(text)
    if tree is not None and not diagnostics:
        again, no_mistakes = parsed(print_expression(tree))
        assert no_mistakes == ()
        assert exact(again) == exact(tree)


@given(ANY_TEXT)
def test_every_text_with_holes_has_pieces_or_a_reason_why_not(text: str) -> None:
    for written in (text, f"{{{text}}}", f"a {{{text}:,}} b"):
        template, diagnostics = parse_template(passage_of(Source("text", written)))
        assert template is not None or diagnostics
        assert all(0 <= span.start <= span.end <= len(written) for span in spans(diagnostics))


@given(ANY_TEXT)
def test_every_constant_is_read_or_left_as_text(text: str) -> None:
    passage = passage_of(Source("constant", text))
    found, refused = read_constant(passage), refuse_constant(passage)
    assert found is None or refused is None
