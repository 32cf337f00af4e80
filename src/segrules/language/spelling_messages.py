"""Every message about the spelling of a token, one small function each."""

from __future__ import annotations

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.diagnostics.source import Span
from segrules.language.problem import fixed_by, problem, respelled
from segrules.language.words import UNITS

_UNITS_LISTED = ", ".join(f"{unit}s" for unit in UNITS[:-1]) + f" or {UNITS[-1]}s"


# Operators, words and texts


def operator_spelling(span: Span, found: str, right: str) -> Diagnostic:
    """Word `=>`, `<>`, `&&`, `at least`."""
    return respelled(catalogue.OPERATOR_SPELLING, f"`{found}` is not an operator here", span, right)


def no_power(span: Span) -> Diagnostic:
    """Word `x ** 2`."""
    return problem(
        catalogue.OPERATOR_SPELLING,
        f"there is no power operator `{span.text}`",
        span,
        help="multiply instead, as in `x * x`",
    )


def word_case(span: Span, found: str, right: str) -> Diagnostic:
    """Word `AND`, `Is Missing`."""
    return respelled(catalogue.WORD_CASE, f"`{found}` is a word of the language only in small letters", span, right)


def mistyped_word(span: Span, found: str, right: str) -> Diagnostic:
    """Word `adn`, `betwen`."""
    way_out = f"did you mean `{right}`?"
    fix = fixed_by(f"write `{right}`", (span, right))
    return problem(
        catalogue.MISTYPED_WORD, f"`{found}` is not a word of the language", span, "unknown word", way_out, fix=fix
    )


def curly_quotes(span: Span, right: str) -> Diagnostic:
    """Word a text in the quotes of a word processor."""
    return respelled(catalogue.CURLY_QUOTES, "a text stands in straight quotes", span, right)


def unclosed_text(span: Span, quote: str, opener: Span, cut_by_comment: bool) -> Diagnostic:
    """Word a text without its closing quote, the one mistake that a YAML comment can make."""
    notes = ["in the file ` #` follows: to YAML a comment begins there, and the expression ends before it"]
    way_out = f"close it with `{quote}`"
    if cut_by_comment:
        way_out = "put quotes around the whole expression, or write it below `|`"
    return problem(
        catalogue.UNCLOSED_TEXT,
        "this text is not closed",
        span,
        f"`{quote}` is missing at its end",
        way_out,
        related=[Label(opener, "it begins here")],
        notes=notes if cut_by_comment else (),
    )


def unknown_character(span: Span, found: str, help: str | None = None) -> Diagnostic:  # noqa: A002
    """Word `@`, `?`, `;`."""
    return problem(
        catalogue.UNKNOWN_CHARACTER,
        f"`{found}` means nothing here",
        span,
        help=help or "take it away, or put quotes around it if it belongs to a text",
    )


def invisible_character(span: Span, name: str) -> Diagnostic:
    """Word a character that nobody sees."""
    return problem(
        catalogue.UNKNOWN_CHARACTER,
        f"there is an invisible character here: {name}",
        span,
        "invisible",
        "take it away",
        fix=fixed_by("take it away", (span, ""), safe=True),
    )


def needless(span: Span, found: str) -> Diagnostic:
    """Word a `;` at the end."""
    way_out = f"take the `{found}` away"
    return problem(
        catalogue.UNKNOWN_CHARACTER,
        f"an expression does not end in `{found}`",
        span,
        help=way_out,
        fix=fixed_by(way_out, (span, ""), safe=True),
    )


def null_word(span: Span, found: str) -> Diagnostic:
    """Word `null` as a value."""
    return respelled(
        catalogue.NULL_WORD, f"what other languages call `{found}` is called `missing` here", span, "missing"
    )


def null_compared(span: Span, found: str, right: str) -> Diagnostic:
    """Word `= null`, `!= null`."""
    return respelled(catalogue.NULL_WORD, f"nothing is equal to `{found}`: a value is missing or present", span, right)


def presence_spelling(span: Span, found: str, right: str, *, empty: bool) -> Diagnostic:
    """Word `is null`, `is not missing`, `is empty`."""
    notes = ["an empty text `''` is present; it is compared with `= ''`"] if empty else []
    return respelled(catalogue.PRESENCE_SPELLING, f"`{found}` is not a test", span, right, notes=notes)


def is_as_comparison(span: Span, found: str, right: str) -> Diagnostic:
    """Word `tier is 'gold'`, `x is > 5`."""
    if not right:
        way_out = f"take `{found}` away"
        fix = fixed_by(way_out, (span, ""), safe=True)
        return problem(
            catalogue.IS_AS_COMPARISON, f"`{found}` does not stand before another test", span, help=way_out, fix=fix
        )
    return respelled(catalogue.IS_AS_COMPARISON, f"`{found}` does not compare values", span, right)


def is_without_test(span: Span) -> Diagnostic:
    """Word `is` with neither `missing` nor `present` behind it."""
    return problem(
        catalogue.IS_AS_COMPARISON,
        "behind `is` stands `missing` or `present`",
        span,
        help="write `is missing`, `is present`, or compare with `=`",
    )


def window_spelling(span: Span, found: str, right: str) -> Diagnostic:
    """Word `within the last`, `in past`."""
    return respelled(catalogue.WINDOW_SPELLING, f"`{found}` is not a test of the language", span, right)


def window_without_number(span: Span, found: str, unit: str, right: str) -> Diagnostic:
    """Word `in last month`."""
    notes = [f"`{right}` is the {unit} up to `as_of`, not a {unit} of the calendar"]
    return respelled(catalogue.WINDOW_SPELLING, f"`{found}` does not say how many {unit}s", span, right, notes=notes)


def window_without_in(span: Span, right: str) -> Diagnostic:
    """Word `closed_on last 12 months`."""
    return respelled(catalogue.WINDOW_SPELLING, f"`in` is missing before `{span.text}`", span, right)


def window_without_unit(span: Span, found: str) -> Diagnostic:
    """Word `in last 12`."""
    return problem(
        catalogue.WINDOW_SPELLING,
        f"`{found}` is not followed by a stretch of time",
        span,
        "no stretch of time",
        f"write a number of {_UNITS_LISTED}, or a parameter that is one",
    )


# Numbers, days and stretches of time


def duration_spelling(span: Span, found: str, right: str) -> Diagnostic:
    """Word `12months`, `12 Months`."""
    return respelled(catalogue.DURATION_SPELLING, f"`{found}` is not a stretch of time", span, right)


def unknown_unit(span: Span, unit: str, near: str | None) -> Diagnostic:
    """Word `12 hours`, `3 mnths`."""
    way_out = f"did you mean `{near}`?" if near else f"count in {_UNITS_LISTED}"
    fix = fixed_by(f"write `{near}`", (span, near)) if near else None
    return problem(
        catalogue.DURATION_SPELLING, f"`{unit}` is not a unit of time", span, "unknown unit", way_out, fix=fix
    )


def whole_units(span: Span) -> Diagnostic:
    """Word `1.5 years`."""
    return problem(
        catalogue.DURATION_SPELLING,
        "a stretch of time is a whole number of its units",
        span,
        help="take a smaller unit, as in `18 months` for one and a half years",
    )


def number_spelling(span: Span, found: str, right: str) -> Diagnostic:
    """Word `1,000,000`, `.5`, `1e6`."""
    return respelled(catalogue.NUMBER_SPELLING, f"`{found}` is not how a number is written", span, right)


def not_a_number(span: Span, found: str, help: str) -> Diagnostic:  # noqa: A002
    """Word `012`, `1..5`, `3rd`."""
    return problem(catalogue.NUMBER_SPELLING, f"`{found}` is not a number", span, help=help)


def currency(span: Span, found: str) -> Diagnostic:
    """Word `$100`, `100 USD`."""
    return problem(
        catalogue.CURRENCY,
        f"an amount is written without `{found}`",
        span,
        help="take it away; `unit` on the column or metric says what is counted",
        fix=fixed_by(f"take `{found}` away", (span, "")),
    )


def date_spelling(span: Span, found: str, right: str) -> Diagnostic:
    """Word `2026-1-5`, `31.01.2026`."""
    return respelled(catalogue.DATE_SPELLING, f"`{found}` is not how a day is written", span, right)


def no_such_day(span: Span, found: str) -> Diagnostic:
    """Word `2026-2-30`, and `1/2/2026`, which is one day here and another one there."""
    return problem(
        catalogue.DATE_SPELLING,
        f"`{found}` is not how a day is written",
        span,
        help="write the year first and two digits each, as in `2026-01-31`",
    )


def datetime_spelling(span: Span, found: str) -> Diagnostic:
    """Word `2026-01-31T12:50Z`."""
    return problem(
        catalogue.DATE_SPELLING,
        f"`{found}` is not how a time is written",
        span,
        help="write it in the ruleset's time zone, as in `2026-01-31T12:50` or `2026-01-31T12:50:07.5`",
    )


def impossible_value(span: Span, reason: str, way_out: str) -> Diagnostic:
    """Word a literal that stands for nothing: `2026-02-30`."""
    return problem(catalogue.IMPOSSIBLE_VALUE, reason, span, help=way_out)


def stray_percent(span: Span) -> Diagnostic:
    """Word `x % 2`."""
    return problem(
        catalogue.STRAY_PERCENT,
        "`%` stands only behind a written number, as in `30%`",
        span,
        help="divide by 100 to make a share of a number, as in `x / 100`",
    )
