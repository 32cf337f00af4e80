"""Every message about the spelling and the shape of expressions, one small function each: all wording in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from segrules.diagnostics import catalogue
from segrules.diagnostics.catalogue import Code
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Edit, Fix, Label
from segrules.diagnostics.source import Span
from segrules.language.words import UNITS

_UNITS_LISTED = ", ".join(f"{unit}s" for unit in UNITS[:-1]) + f" or {UNITS[-1]}s"


def _problem(
    code: Code,
    message: str,
    span: Span,
    label: str = "",
    help: str | None = None,  # noqa: A002
    *,
    related: Sequence[Label] = (),
    notes: Sequence[str] = (),
    fix: Fix | None = None,
) -> Diagnostic:
    return Diagnostic(code, message, Label(span, label), tuple(related), tuple(notes), help, fix)


def _fix(title: str, *edits: tuple[Span, str], safe: bool = False) -> Fix:
    applicability = Applicability.SAFE if safe else Applicability.UNSAFE
    return Fix(title, tuple(Edit(span, text) for span, text in edits), applicability)


def _respelled(code: Code, message: str, span: Span, right: str, *, notes: Sequence[str] = ()) -> Diagnostic:
    way_out = f"write `{right}`"
    fix = _fix(way_out, (span, _apart(span, right)), safe=True)
    return _problem(code, message, span, help=way_out, notes=notes, fix=fix)


def _apart(span: Span, word: str) -> str:
    """Return a word with a blank on each side where it would grow together with its neighbour: `a&&b`."""
    if not word[:1].isalpha():
        return word
    before, after = span.source.text[max(0, span.start - 1) : span.start], span.source.text[span.end : span.end + 1]
    return f"{' ' * before.isalnum()}{word}{' ' * after.isalnum()}"


def doubtful(diagnostic: Diagnostic) -> Diagnostic:
    """Return a diagnostic whose fix is offered and not applied unasked."""
    fix = diagnostic.fix
    return replace(diagnostic, fix=replace(fix, applicability=Applicability.UNSAFE)) if fix else diagnostic


# Limits


def empty_expression(span: Span) -> Diagnostic:
    """Word an expression of nothing but blanks and comments."""
    return _problem(catalogue.EMPTY_EXPRESSION, "there is no expression here", span, "empty",
                    "write a condition or a value, such as `revenue > 1_000`")


def expression_too_long(span: Span, length: int, limit: int) -> Diagnostic:
    """Word an expression of too many characters."""
    return _problem(catalogue.EXPRESSION_TOO_LONG, f"this expression has {length:,} characters, more than {limit:,}",
                    span, help="give its parts names of their own under `metrics`")


def expression_too_deep(span: Span, limit: int) -> Diagnostic:
    """Word an expression with too many levels, which also a long row of `or` has."""
    return _problem(catalogue.EXPRESSION_TOO_DEEP, f"more than {limit} operators stand inside one another here", span,
                    help="list values with `in (…)`, list conditions under `any:` or `all:`, "
                         "or give parts names of their own under `metrics`")


# Spelling


def operator_spelling(span: Span, found: str, right: str) -> Diagnostic:
    """Word `=>`, `<>`, `&&`, `at least`."""
    return _respelled(catalogue.OPERATOR_SPELLING, f"`{found}` is not an operator here", span, right)


def no_power(span: Span) -> Diagnostic:
    """Word `x ** 2`."""
    return _problem(catalogue.OPERATOR_SPELLING, f"there is no power operator `{span.text}`", span,
                    help="multiply instead, as in `x * x`")


def word_case(span: Span, found: str, right: str) -> Diagnostic:
    """Word `AND`, `Is Missing`."""
    return _respelled(catalogue.WORD_CASE, f"`{found}` is a word of the language only in small letters", span, right)


def mistyped_word(span: Span, found: str, right: str) -> Diagnostic:
    """Word `adn`, `betwen`."""
    way_out = f"did you mean `{right}`?"
    fix = _fix(f"write `{right}`", (span, right))
    return _problem(catalogue.MISTYPED_WORD, f"`{found}` is not a word of the language", span, "unknown word", way_out,
                    fix=fix)


def curly_quotes(span: Span, right: str) -> Diagnostic:
    """Word a text in the quotes of a word processor."""
    return _respelled(catalogue.CURLY_QUOTES, "a text stands in straight quotes", span, right)


def unclosed_text(span: Span, quote: str, opener: Span, cut_by_comment: bool) -> Diagnostic:
    """Word a text without its closing quote, the one mistake that a YAML comment can make."""
    notes = ["in the file ` #` follows: to YAML a comment begins there, and the expression ends before it"]
    way_out = f"close it with `{quote}`"
    if cut_by_comment:
        way_out = "put quotes around the whole expression, or write it below `|`"
    return _problem(catalogue.UNCLOSED_TEXT, "this text is not closed", span, f"`{quote}` is missing at its end",
                    way_out, related=[Label(opener, "it begins here")], notes=notes if cut_by_comment else ())


def unknown_character(span: Span, found: str, help: str | None = None) -> Diagnostic:  # noqa: A002
    """Word `@`, `?`, `;`."""
    return _problem(catalogue.UNKNOWN_CHARACTER, f"`{found}` means nothing here", span,
                    help=help or "take it away, or put quotes around it if it belongs to a text")


def invisible_character(span: Span, name: str) -> Diagnostic:
    """Word a character that nobody sees."""
    return _problem(catalogue.UNKNOWN_CHARACTER, f"there is an invisible character here: {name}", span, "invisible",
                    "take it away", fix=_fix("take it away", (span, ""), safe=True))


def needless(span: Span, found: str) -> Diagnostic:
    """Word a `;` at the end."""
    way_out = f"take the `{found}` away"
    return _problem(catalogue.UNKNOWN_CHARACTER, f"an expression does not end in `{found}`", span, help=way_out,
                    fix=_fix(way_out, (span, ""), safe=True))


def null_word(span: Span, found: str) -> Diagnostic:
    """Word `null` as a value."""
    return _respelled(catalogue.NULL_WORD, f"what other languages call `{found}` is called `missing` here", span,
                      "missing")


def null_compared(span: Span, found: str, right: str) -> Diagnostic:
    """Word `= null`, `!= null`."""
    return _respelled(catalogue.NULL_WORD, f"nothing is equal to `{found}`: a value is missing or present", span, right)


def presence_spelling(span: Span, found: str, right: str, *, empty: bool) -> Diagnostic:
    """Word `is null`, `is not missing`, `is empty`."""
    notes = ["an empty text `''` is present; it is compared with `= ''`"] if empty else []
    return _respelled(catalogue.PRESENCE_SPELLING, f"`{found}` is not a test", span, right, notes=notes)


def is_as_comparison(span: Span, found: str, right: str) -> Diagnostic:
    """Word `tier is 'gold'`, `x is > 5`."""
    if not right:
        way_out = f"take `{found}` away"
        fix = _fix(way_out, (span, ""), safe=True)
        return _problem(catalogue.IS_AS_COMPARISON, f"`{found}` does not stand before another test", span, help=way_out,
                        fix=fix)
    return _respelled(catalogue.IS_AS_COMPARISON, f"`{found}` does not compare values", span, right)


def is_without_test(span: Span) -> Diagnostic:
    """Word `is` with neither `missing` nor `present` behind it."""
    return _problem(catalogue.IS_AS_COMPARISON, "behind `is` stands `missing` or `present`", span,
                    help="write `is missing`, `is present`, or compare with `=`")


def window_spelling(span: Span, found: str, right: str) -> Diagnostic:
    """Word `within the last`, `in past`."""
    return _respelled(catalogue.WINDOW_SPELLING, f"`{found}` is not a test of the language", span, right)


def window_without_number(span: Span, found: str, unit: str, right: str) -> Diagnostic:
    """Word `in last month`."""
    notes = [f"`{right}` is the {unit} up to `as_of`, not a {unit} of the calendar"]
    return _respelled(catalogue.WINDOW_SPELLING, f"`{found}` does not say how many {unit}s", span, right,
                      notes=notes)


def window_without_in(span: Span, right: str) -> Diagnostic:
    """Word `closed_on last 12 months`."""
    return _respelled(catalogue.WINDOW_SPELLING, f"`in` is missing before `{span.text}`", span, right)


def window_without_unit(span: Span, found: str) -> Diagnostic:
    """Word `in last 12`."""
    return _problem(catalogue.WINDOW_SPELLING, f"`{found}` is not followed by a stretch of time", span,
                    "no stretch of time", f"write a number of {_UNITS_LISTED}, or a parameter that is one")


# Numbers, days and stretches of time


def duration_spelling(span: Span, found: str, right: str) -> Diagnostic:
    """Word `12months`, `12 Months`."""
    return _respelled(catalogue.DURATION_SPELLING, f"`{found}` is not a stretch of time", span, right)


def unknown_unit(span: Span, unit: str, near: str | None) -> Diagnostic:
    """Word `12 hours`, `3 mnths`."""
    way_out = f"did you mean `{near}`?" if near else f"count in {_UNITS_LISTED}"
    fix = _fix(f"write `{near}`", (span, near)) if near else None
    return _problem(catalogue.DURATION_SPELLING, f"`{unit}` is not a unit of time", span, "unknown unit", way_out,
                    fix=fix)


def whole_units(span: Span) -> Diagnostic:
    """Word `1.5 years`."""
    return _problem(catalogue.DURATION_SPELLING, "a stretch of time is a whole number of its units", span,
                    help="take a smaller unit, as in `18 months` for one and a half years")


def number_spelling(span: Span, found: str, right: str) -> Diagnostic:
    """Word `1,000,000`, `.5`, `1e6`."""
    return _respelled(catalogue.NUMBER_SPELLING, f"`{found}` is not how a number is written", span, right)


def not_a_number(span: Span, found: str, help: str) -> Diagnostic:  # noqa: A002
    """Word `012`, `1..5`, `3rd`."""
    return _problem(catalogue.NUMBER_SPELLING, f"`{found}` is not a number", span, help=help)


def currency(span: Span, found: str) -> Diagnostic:
    """Word `$100`, `100 USD`."""
    return _problem(catalogue.CURRENCY, f"an amount is written without `{found}`", span,
                    help="take it away; `unit` on the column or metric says what is counted",
                    fix=_fix(f"take `{found}` away", (span, ""), safe=True))


def date_spelling(span: Span, found: str, right: str) -> Diagnostic:
    """Word `2026-1-5`, `31.01.2026`."""
    return _respelled(catalogue.DATE_SPELLING, f"`{found}` is not how a day is written", span, right)


def no_such_day(span: Span, found: str) -> Diagnostic:
    """Word `2026-2-30`, and `1/2/2026`, which is one day here and another one there."""
    return _problem(catalogue.DATE_SPELLING, f"`{found}` is not how a day is written", span,
                    help="write the year first and two digits each, as in `2026-01-31`")


def datetime_spelling(span: Span, found: str) -> Diagnostic:
    """Word `2026-01-31T12:50Z`."""
    return _problem(catalogue.DATE_SPELLING, f"`{found}` is not how a time is written", span,
                    help="write it in the ruleset's time zone, as in `2026-01-31T12:50` or `2026-01-31T12:50:07.5`")


def impossible_value(span: Span, reason: str, way_out: str) -> Diagnostic:
    """Word a literal that stands for nothing: `2026-02-30`."""
    return _problem(catalogue.IMPOSSIBLE_VALUE, reason, span, help=way_out)


def stray_percent(span: Span) -> Diagnostic:
    """Word `x % 2`."""
    return _problem(catalogue.STRAY_PERCENT, "`%` stands only behind a written number, as in `30%`", span,
                    help="divide by 100 to make a share of a number, as in `x / 100`")


# Lists


def square_list(span: Span, brackets: tuple[Span, Span]) -> Diagnostic:
    """Word `in ['a', 'b']`."""
    way_out = "put the list in round brackets"
    return _problem(catalogue.LIST_WITHOUT_BRACKETS, "a list does not stand in square brackets", span, help=way_out,
                    fix=_fix(way_out, (brackets[0], "("), (brackets[1], ")"), safe=True))


def list_without_brackets(span: Span, listed: str) -> Diagnostic:
    """Word `in 'a', 'b'`."""
    way_out = f"write `({listed})`"
    return _problem(catalogue.LIST_WITHOUT_BRACKETS, "the list behind `in` stands in brackets", span, "no brackets",
                    way_out, fix=_fix(way_out, (span, f"({listed})"), safe=True))


def comma_missing(gap: Span, left: Span, right: Span) -> Diagnostic:
    """Word `('a' 'b')`, `f(a b)`."""
    return _problem(catalogue.COMMA_MISSING, f"a comma is missing between `{left.text}` and `{right.text}`", gap,
                    "`,` is missing", "put a comma between them", fix=_fix("put a comma", (gap, ",")))


# Brackets


def unclosed_bracket(openers: Sequence[Span], gap: Span, found: str) -> Diagnostic:
    """Word brackets that are still open at the end, or where they have to be closed."""
    closing = ")" * len(openers)
    message = "a bracket is not closed" if len(openers) == 1 else f"{len(openers)} brackets are not closed"
    related = [Label(opener, "opened here") for opener in openers[:3]]
    return _problem(catalogue.UNCLOSED_BRACKET, message, gap, f"`{closing}` is missing before {found}",
                    f"write `{closing}` where it belongs", related=related,
                    fix=_fix(f"write `{closing}`", (gap, closing)))


def stray_bracket(span: Span, found: str) -> Diagnostic:
    """Word brackets that close nothing."""
    return _problem(catalogue.STRAY_BRACKET, f"`{found}` closes nothing", span, "no bracket is open",
                    "take it away, or open a bracket before it", fix=_fix("take it away", (span, "")))


def brackets_needed(span: Span, found: str, before: str) -> Diagnostic:
    """Word `x = not y`, `1 + if c then a else b`."""
    return _problem(catalogue.BRACKETS_NEEDED, f"`{found}` cannot stand directly behind `{before}`", span,
                    help=f"put brackets around it, as in `{before} ({found} …)`")


def tests_in_a_row(span: Span, found: str, before: Span) -> Diagnostic:
    """Word `a in (1, 2) in (3)`."""
    return _problem(catalogue.BRACKETS_NEEDED, f"`{found}` cannot test what `{before.text}` has tested", span,
                    help="join two tests with `and` or `or`, or put brackets around the first",
                    related=[Label(before, "the first test")])


# Values and conditions


def value_missing(gap: Span, wanted: str, before: str, found: str) -> Diagnostic:
    """Word an operator, a comma, a point or a bracket with nothing behind it."""
    message = f"a {wanted} is missing behind `{before}`" if before else f"a {wanted} is missing here"
    return _problem(catalogue.VALUE_EXPECTED, message, gap, f"expected a {wanted}, found {found}",
                    f"write the {wanted}, or take away what has none")


def comma_too_many(span: Span, found: str) -> Diagnostic:
    """Word `(a, b, )`, `sum(x, where c)`."""
    return _problem(catalogue.VALUE_EXPECTED, f"there is a comma before {found}", span, "one comma too many",
                    "take it away", fix=_fix("take it away", (span, ""), safe=True))


def empty_brackets(span: Span) -> Diagnostic:
    """Word `in ()`."""
    return _problem(catalogue.VALUE_EXPECTED, "nothing stands in these brackets", span, "empty", "write a value in them")


def left_side_missing(span: Span, found: str, examples: Sequence[str], insertion: str | None) -> Diagnostic:
    """Word `x > 5 and < 10`."""
    way_out = "write what is compared on its left side"
    if examples:
        way_out = "write " + " or ".join(f"`{example}`" for example in examples)
    fix = _fix("repeat what is compared", (span.source.span(span.start, span.start), f"{insertion} "))
    return _problem(catalogue.LEFT_SIDE_MISSING, f"`{found}` has nothing on its left side to compare", span, help=way_out,
                    fix=fix if insertion else None)


def mixed_chain(span: Span, first: Span, middle: str, found: str) -> Diagnostic:
    """Word `a < b > c`, `a != b != c`."""
    way_out = f"write two conditions, as in `… {first.text} {middle} and {middle} {found} …`"
    message = f"`{first.text}` and `{found}` do not make a chain"
    fix = _fix("write two conditions", (span.source.span(span.start, span.start), f"and {middle} "))
    return _problem(catalogue.MIXED_CHAIN, message, span, "another direction", way_out,
                    related=[Label(first, "the first comparison")],
                    notes=["a chain goes in one direction, as in `18 <= age < 65`"], fix=fix)


def operator_missing(span: Span, left: str, right: str, name: str | None) -> Diagnostic:
    """Word two values in a row."""
    way_out = "write an operator between them"
    if name:
        way_out = f"write an operator between them; if it is one name, it has no blanks: `{name}`"
    return _problem(catalogue.OPERATOR_MISSING, f"two values stand in a row: `{left}` and `{right}`", span,
                    "an operator is missing before this", way_out)


def text_without_quotes(span: Span, right: str) -> Diagnostic:
    """Word `country = South Africa`."""
    way_out = f"write `{right}` if it is a text"
    return _problem(catalogue.OPERATOR_MISSING, f"`{span.text}` is more than one name", span, help=way_out,
                    fix=_fix(f"write `{right}`", (span, right)))


def conditions_not_joined(gap: Span, left: Span, right: Span) -> Diagnostic:
    """Word two conditions in a row."""
    return _problem(catalogue.CONDITIONS_NOT_JOINED, "`and` or `or` is missing between two conditions", gap,
                    "`and` or `or`?", f"write `{left.text} and {right.text}`, or the same with `or`",
                    related=[Label(left, "one condition"), Label(right, "another one")],
                    fix=_fix("join them with `and`", (gap, " and")))


def between_without_and(span: Span, opener: Span, found: str) -> Diagnostic:
    """Word `between 1, 5`, `between 1 to 5`."""
    return _problem(catalogue.BETWEEN_WITHOUT_AND, f"`between` wants `and` between its two ends, not {found}", span,
                    "`and` belongs here", "write `between a and b`; both ends belong",
                    related=[Label(opener, "of this `between`")])


def not_before_test(span: Span, left: str, rest: str) -> Diagnostic:
    """Word `x not > 5`."""
    return _problem(catalogue.UNEXPECTED_TOKEN, "`not` stands before the whole condition", span,
                    help=f"write `not {left} {rest}`")


def pattern_without_quotes(span: Span, right: str) -> Diagnostic:
    """Word `name like AC*`."""
    way_out = f"write `{right}`"
    return _problem(catalogue.PATTERN_WITHOUT_QUOTES, "a pattern stands in quotes", span, "no quotes", way_out,
                    fix=_fix(way_out, (span, right), safe=True))


def stray_comma(span: Span, way_out: str) -> Diagnostic:
    """Word `x = (1, 2)`, `a, b`."""
    return _problem(catalogue.STRAY_COMMA, "a comma stands only in the list behind `in` and between the values of a function",
                    span, "one value ends here", way_out)


# Words in their place


def then_missing(gap: Span, opener: Span) -> Diagnostic:
    """Word `if c a else b`."""
    return _problem(catalogue.THEN_MISSING, "`then` is missing", gap, "`then` belongs here",
                    "write `if condition then value else other value`", related=[Label(opener, "of this `if`")])


def else_missing(gap: Span, opener: Span) -> Diagnostic:
    """Word `if c then a`."""
    return _problem(catalogue.ELSE_MISSING, "`else` is missing", gap, "`else` belongs here",
                    "write the value for all other cases; `else missing` if there is none",
                    related=[Label(opener, "of this `if`")], fix=_fix("write `else missing`", (gap, " else missing")))


def word_without_if(span: Span, found: str) -> Diagnostic:
    """Word `then` or `else` without `if`."""
    return _problem(catalogue.UNEXPECTED_TOKEN, f"`{found}` belongs to an `if`, and there is none here", span,
                    help="write `if condition then value else other value`")


def if_as_function(span: Span, right: str | None) -> Diagnostic:
    """Word `if(c, a, b)`."""
    message, general = "`if` is not a function here", "write `if condition then value else other value`"
    if right is None:
        return _problem(catalogue.IF_AS_FUNCTION, message, span, help=general)
    return _problem(catalogue.IF_AS_FUNCTION, message, span, help=f"write `{right}`",
                    fix=_fix(f"write `{right}`", (span, right), safe=True))


def reserved_word(span: Span, found: str) -> Diagnostic:
    """Word a word of the language where a name is needed."""
    return _problem(catalogue.RESERVED_WORD, f"`{found}` is a word of the language and cannot be a name", span,
                    help="give the column another name, and say by `header` what it is called in the file")


def misplaced_clause(span: Span, found: str) -> Diagnostic:
    """Word `sum(x) where c`."""
    return _problem(catalogue.MISPLACED_CLAUSE, f"`{found}` stands inside the brackets of a function", span,
                    help=f"write it behind the value in the brackets, as in `sum(deals.net {found} …)`")


def clause_order(span: Span, found: str) -> Diagnostic:
    """Word `where` twice, or `over` behind `where`."""
    return _problem(catalogue.MISPLACED_CLAUSE, f"`{found}` stands twice, or behind what it belongs before", span,
                    help="write `descending`, `over` and `where` in this order; `by` and `where` in any; each once")


def sql_count(span: Span, right: str, *, certain: bool) -> Diagnostic:
    """Word `count(*)`, `count(distinct x)`."""
    message = "`count` takes the name of a table or a value" if not certain else "`distinct` is a function of its own"
    fix = _fix(f"write `{right}`", (span, right), safe=True) if certain else None
    way_out = f"write `{right}`" if certain else f"write `{right}` for the rows of `deals`"
    return _problem(catalogue.SQL_COUNT, message, span, help=way_out, fix=fix)


def unexpected_token(span: Span, wanted: str, found: str) -> Diagnostic:
    """Word whatever has no better words."""
    return _problem(catalogue.UNEXPECTED_TOKEN, f"expected {wanted}, found {found}", span, "unexpected",
                    f"write {wanted} here, or take away what does not belong")


# Texts with holes


def unclosed_hole(span: Span) -> Diagnostic:
    """Word `{x`."""
    return _problem(catalogue.UNCLOSED_HOLE, "this `{` is not closed", span, "a hole begins here",
                    "close it with `}`, or write `{{` for a brace")


def stray_brace(span: Span) -> Diagnostic:
    """Word `x}`."""
    return _problem(catalogue.STRAY_BRACE, "`}` closes no hole", span, help="write `}}` for a brace",
                    fix=_fix("write `}}`", (span, "}}"), safe=True))


def empty_hole(span: Span) -> Diagnostic:
    """Word `{}`."""
    return _problem(catalogue.EMPTY_HOLE, "nothing stands in this hole", span, "empty",
                    "write a value in it, as in `{revenue}`, or `{{}}` for two braces")


def unknown_format(span: Span, found: str, near: str | None) -> Diagnostic:
    """Word `{x:d}`."""
    way_out = f"did you mean `{near}`?" if near else "write one of these"
    return _problem(catalogue.UNKNOWN_FORMAT, f"`{found}` is not a format", span, help=way_out,
                    notes=["`,` 1,234,567 · `.2f` two places · `,.2f` both · `.1%` a share as a percent"],
                    fix=_fix(f"write `{near}`", (span, near)) if near else None)


# Constants outside expressions


def quoted_constant(span: Span, inner: str) -> Diagnostic:
    """Word `'Germany'` as the value of a parameter."""
    way_out = f"write {inner} without the inner quotes"
    return _problem(catalogue.QUOTED_CONSTANT, "a text outside expressions stands without quotes of its own", span,
                    help=way_out, fix=_fix(way_out, (span, inner)))
