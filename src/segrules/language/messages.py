"""Every message about the shape of an expression, one small function each; `spelling_messages` has the others."""

from __future__ import annotations

from collections.abc import Sequence

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.diagnostics.source import Span
from segrules.language.problem import end_of, fixed_by, problem, start_of

# Limits


def empty_expression(span: Span) -> Diagnostic:
    """Word an expression of nothing but blanks and comments."""
    return problem(
        catalogue.EMPTY_EXPRESSION,
        "there is no expression here",
        span,
        "empty",
        "write a condition or a value, such as `revenue > 1_000`",
    )


def expression_too_long(span: Span, length: int, limit: int) -> Diagnostic:
    """Word an expression of too many characters."""
    return problem(
        catalogue.EXPRESSION_TOO_LONG,
        f"this expression has {length:,} characters, more than {limit:,}",
        span,
        help="give its parts names of their own under `metrics`",
    )


def expression_too_deep(span: Span, limit: int) -> Diagnostic:
    """Word an expression with too many levels, which also a long row of `or` has."""
    return problem(
        catalogue.EXPRESSION_TOO_DEEP,
        f"more than {limit} operators stand inside one another here",
        span,
        help="list values with `in (…)`, list conditions under `any:` or `all:`, "
        "or give parts names of their own under `metrics`",
    )


# Lists


def square_list(span: Span, brackets: tuple[Span, Span]) -> Diagnostic:
    """Word `in ['a', 'b']`."""
    way_out = "put the list in round brackets"
    return problem(
        catalogue.LIST_WITHOUT_BRACKETS,
        "a list does not stand in square brackets",
        span,
        help=way_out,
        fix=fixed_by(way_out, (brackets[0], "("), (brackets[1], ")"), safe=True),
    )


def list_without_brackets(span: Span, listed: str) -> Diagnostic:
    """Word `in 'a', 'b'`."""
    way_out = f"write `({listed})`"
    return problem(
        catalogue.LIST_WITHOUT_BRACKETS,
        "the list behind `in` stands in brackets",
        span,
        "no brackets",
        way_out,
        fix=fixed_by(way_out, (start_of(span), "("), (end_of(span), ")"), safe=True),
    )


def comma_missing(gap: Span, left: Span, right: Span) -> Diagnostic:
    """Word `('a' 'b')`, `f(a b)`."""
    return problem(
        catalogue.COMMA_MISSING,
        f"a comma is missing between `{left.text}` and `{right.text}`",
        gap,
        "`,` is missing",
        "put a comma between them",
        fix=fixed_by("put a comma", (gap, ",")),
    )


# Brackets


def unclosed_bracket(openers: Sequence[Span], gap: Span, found: str) -> Diagnostic:
    """Word brackets that are still open at the end, or where they have to be closed."""
    closing = ")" * len(openers)
    message = "a bracket is not closed" if len(openers) == 1 else f"{len(openers)} brackets are not closed"
    related = [Label(opener, "opened here") for opener in openers[:3]]
    return problem(
        catalogue.UNCLOSED_BRACKET,
        message,
        gap,
        f"`{closing}` is missing before {found}",
        f"write `{closing}` where it belongs",
        related=related,
        fix=fixed_by(f"write `{closing}`", (gap, closing)),
    )


def stray_bracket(span: Span, found: str) -> Diagnostic:
    """Word brackets that close nothing."""
    return problem(
        catalogue.STRAY_BRACKET,
        f"`{found}` closes nothing",
        span,
        "no bracket is open",
        "take it away, or open a bracket before it",
        fix=fixed_by("take it away", (span, "")),
    )


def brackets_needed(span: Span, found: str, before: str) -> Diagnostic:
    """Word `x = not y`, `1 + if c then a else b`."""
    return problem(
        catalogue.BRACKETS_NEEDED,
        f"`{found}` cannot stand directly behind `{before}`",
        span,
        help=f"put brackets around it, as in `{before} ({found} …)`",
    )


def tests_in_a_row(span: Span, found: str, before: Span) -> Diagnostic:
    """Word `a in (1, 2) in (3)`."""
    return problem(
        catalogue.BRACKETS_NEEDED,
        f"`{found}` cannot test what `{before.text}` has tested",
        span,
        help="join two tests with `and` or `or`, or put brackets around the first",
        related=[Label(before, "the first test")],
    )


# Values and conditions


def value_missing(gap: Span, wanted: str, before: str, found: str) -> Diagnostic:
    """Word an operator, a comma, a point or a bracket with nothing behind it."""
    message = f"a {wanted} is missing behind `{before}`" if before else f"a {wanted} is missing here"
    return problem(
        catalogue.VALUE_EXPECTED,
        message,
        gap,
        f"expected a {wanted}, found {found}",
        f"write the {wanted}, or take away what has none",
    )


def comma_too_many(span: Span, found: str) -> Diagnostic:
    """Word `(a, b, )`, `sum(x, where c)`."""
    return problem(
        catalogue.VALUE_EXPECTED,
        f"there is a comma before {found}",
        span,
        "one comma too many",
        "take it away",
        fix=fixed_by("take it away", (span, ""), safe=True),
    )


def empty_brackets(span: Span) -> Diagnostic:
    """Word `in ()`."""
    return problem(catalogue.VALUE_EXPECTED, "nothing stands in these brackets", span, "empty", "write a value in them")


def left_side_missing(span: Span, found: str, examples: Sequence[str], insertion: str | None) -> Diagnostic:
    """Word `x > 5 and < 10`."""
    way_out = "write what is compared on its left side"
    if examples:
        way_out = "write " + " or ".join(f"`{example}`" for example in examples)
    fix = fixed_by("repeat what is compared", (start_of(span), f"{insertion} "))
    return problem(
        catalogue.LEFT_SIDE_MISSING,
        f"`{found}` has nothing on its left side to compare",
        span,
        help=way_out,
        fix=fix if insertion else None,
    )


def mixed_chain(span: Span, first: Span, middle: str, found: str) -> Diagnostic:
    """Word `a < b > c`, `a != b != c`."""
    way_out = f"write two conditions, as in `… {first.text} {middle} and {middle} {found} …`"
    message = f"`{first.text}` and `{found}` do not make a chain"
    fix = fixed_by("write two conditions", (start_of(span), f"and {middle} "))
    return problem(
        catalogue.MIXED_CHAIN,
        message,
        span,
        "another direction",
        way_out,
        related=[Label(first, "the first comparison")],
        notes=["a chain goes in one direction, as in `18 <= age < 65`"],
        fix=fix,
    )


def operator_missing(span: Span, left: str, right: str, name: str | None) -> Diagnostic:
    """Word two values in a row."""
    way_out = "write an operator between them"
    if name:
        way_out = f"write an operator between them; if it is one name, it has no blanks: `{name}`"
    return problem(
        catalogue.OPERATOR_MISSING,
        f"two values stand in a row: `{left}` and `{right}`",
        span,
        "an operator is missing before this",
        way_out,
    )


def text_without_quotes(span: Span) -> Diagnostic:
    """Word `country = South Africa`."""
    right = f"'{span.text}'"
    way_out = f"write `{right}` if it is a text"
    return problem(
        catalogue.OPERATOR_MISSING,
        f"`{span.text}` is more than one name",
        span,
        help=way_out,
        fix=fixed_by(f"write `{right}`", (start_of(span), "'"), (end_of(span), "'")),
    )


def conditions_not_joined(gap: Span, left: Span, right: Span) -> Diagnostic:
    """Word two conditions in a row."""
    return problem(
        catalogue.CONDITIONS_NOT_JOINED,
        "`and` or `or` is missing between two conditions",
        gap,
        "`and` or `or`?",
        f"write `{left.text} and {right.text}`, or the same with `or`",
        related=[Label(left, "one condition"), Label(right, "another one")],
        fix=fixed_by("join them with `and`", (gap, " and")),
    )


def between_without_and(span: Span, opener: Span, found: str) -> Diagnostic:
    """Word `between 1, 5`, `between 1 to 5`."""
    return problem(
        catalogue.BETWEEN_WITHOUT_AND,
        f"`between` wants `and` between its two ends, not {found}",
        span,
        "`and` belongs here",
        "write `between a and b`; both ends belong",
        related=[Label(opener, "of this `between`")],
    )


def not_before_test(span: Span, left: str, rest: str) -> Diagnostic:
    """Word `x not > 5`."""
    return problem(
        catalogue.UNEXPECTED_TOKEN, "`not` stands before the whole condition", span, help=f"write `not {left} {rest}`"
    )


def pattern_without_quotes(span: Span, right: str) -> Diagnostic:
    """Word `name like AC*`."""
    way_out = f"write `{right}`"
    return problem(
        catalogue.PATTERN_WITHOUT_QUOTES,
        "a pattern stands in quotes",
        span,
        "no quotes",
        way_out,
        fix=fixed_by(way_out, (span, right), safe=True),
    )


def stray_comma(span: Span, way_out: str) -> Diagnostic:
    """Word `x = (1, 2)`, `a, b`."""
    message = "a comma stands only in the list behind `in` and between the values of a function"
    return problem(catalogue.STRAY_COMMA, message, span, "one value ends here", way_out)


# Words in their place


def then_missing(gap: Span, opener: Span) -> Diagnostic:
    """Word `if c a else b`."""
    return problem(
        catalogue.THEN_MISSING,
        "`then` is missing",
        gap,
        "`then` belongs here",
        "write `if condition then value else other value`",
        related=[Label(opener, "of this `if`")],
    )


def else_missing(gap: Span, opener: Span) -> Diagnostic:
    """Word `if c then a`."""
    return problem(
        catalogue.ELSE_MISSING,
        "`else` is missing",
        gap,
        "`else` belongs here",
        "write the value for all other cases; `else missing` if there is none",
        related=[Label(opener, "of this `if`")],
        fix=fixed_by("write `else missing`", (gap, " else missing")),
    )


def word_without_if(span: Span, found: str) -> Diagnostic:
    """Word `then` or `else` without `if`."""
    return problem(
        catalogue.UNEXPECTED_TOKEN,
        f"`{found}` belongs to an `if`, and there is none here",
        span,
        help="write `if condition then value else other value`",
    )


def if_as_function(span: Span) -> Diagnostic:
    """Word `if(c, a)`."""
    way_out = "write `if condition then value else other value`"
    return problem(catalogue.IF_AS_FUNCTION, "`if` is not a function here", span, help=way_out)


def if_with_commas(span: Span, opening: Span, commas: Sequence[Span], right: str) -> Diagnostic:
    """Word `if(c, a, b)`."""
    fix = fixed_by("write `then` and `else`", (opening, "(if "), (commas[0], " then"), (commas[1], " else"), safe=True)
    return problem(catalogue.IF_AS_FUNCTION, "`if` is not a function here", span, help=f"write `{right}`", fix=fix)


def reserved_word(span: Span, found: str) -> Diagnostic:
    """Word a word of the language where a name is needed."""
    return problem(
        catalogue.RESERVED_WORD,
        f"`{found}` is a word of the language and cannot be a name",
        span,
        help="give the column another name, and say by `header` what it is called in the file",
    )


def misplaced_clause(span: Span, found: str) -> Diagnostic:
    """Word `sum(x) where c`."""
    return problem(
        catalogue.MISPLACED_CLAUSE,
        f"`{found}` stands inside the brackets of a function",
        span,
        help=f"write it behind the value in the brackets, as in `sum(deals.net {found} …)`",
    )


def clause_order(span: Span, found: str) -> Diagnostic:
    """Word `where` twice, or `over` behind `where`."""
    return problem(
        catalogue.MISPLACED_CLAUSE,
        f"`{found}` stands twice, or behind what it belongs before",
        span,
        help="write `descending`, `over` and `where` in this order; `by` and `where` in any; each once",
    )


def sql_count(span: Span, right: str, *, certain: bool) -> Diagnostic:
    """Word `count(*)`, `count(distinct x)`."""
    message = "`count` takes the name of a table or a value" if not certain else "`distinct` is a function of its own"
    fix = fixed_by(f"write `{right}`", (span, right), safe=True) if certain else None
    way_out = f"write `{right}`" if certain else f"write `{right}` for the rows of `deals`"
    return problem(catalogue.SQL_COUNT, message, span, help=way_out, fix=fix)


def unexpected_token(span: Span, wanted: str, found: str) -> Diagnostic:
    """Word whatever has no better words."""
    return problem(
        catalogue.UNEXPECTED_TOKEN,
        f"expected {wanted}, found {found}",
        span,
        "unexpected",
        "take it away, or write what is missing before it",
    )


# Texts with holes


def unclosed_hole(span: Span) -> Diagnostic:
    """Word `{x`."""
    return problem(
        catalogue.UNCLOSED_HOLE,
        "this `{` is not closed",
        span,
        "a hole begins here",
        "close it with `}`, or write `{{` for a brace",
    )


def stray_brace(span: Span) -> Diagnostic:
    """Word `x}`."""
    return problem(
        catalogue.STRAY_BRACE,
        "`}` closes no hole",
        span,
        help="write `}}` for a brace",
        fix=fixed_by("write `}}`", (span, "}}"), safe=True),
    )


def empty_hole(span: Span) -> Diagnostic:
    """Word `{}`."""
    return problem(
        catalogue.EMPTY_HOLE,
        "nothing stands in this hole",
        span,
        "empty",
        "write a value in it, as in `{revenue}`, or `{{}}` for two braces",
    )


def unknown_format(span: Span, found: str, near: str | None) -> Diagnostic:
    """Word `{x:d}`."""
    way_out = f"did you mean `{near}`?" if near else "write one of these"
    return problem(
        catalogue.UNKNOWN_FORMAT,
        f"`{found}` is not a format",
        span,
        help=way_out,
        notes=["`,` 1,234,567 · `.2f` two places · `,.2f` both · `.1%` a share as a percent"],
        fix=fixed_by(f"write `{near}`", (span, near)) if near else None,
    )


# Constants outside expressions


def quoted_constant(span: Span, inner: str) -> Diagnostic:
    """Word `'Germany'` as the value of a parameter."""
    way_out = f"write `{inner}` without the inner quotes"
    return problem(
        catalogue.QUOTED_CONSTANT,
        "a text outside expressions stands without quotes of its own",
        span,
        help=way_out,
        fix=fixed_by(way_out, (span, inner)),
    )
