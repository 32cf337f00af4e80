"""Messages about values that do not fit what is done with them."""

from __future__ import annotations

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Label, replacement, told
from segrules.diagnostics.listing import counted
from segrules.diagnostics.source import Span
from segrules.language.types import Kind, Type


def described(value_type: Type) -> str:
    """Return a type as a reader of rules says it: `a text`, `a whole number`."""
    words = {
        Kind.BOOLEAN: "true or false",
        Kind.INTEGER: "a whole number",
        Kind.NUMBER: "a number",
        Kind.DECIMAL: f"an exact number with {counted(value_type.places, 'place')}",
        Kind.STRING: "a text",
        Kind.DATE: "a date",
        Kind.DATETIME: "a date with a time",
        Kind.DURATION: "a stretch of time",
        Kind.LIST: "a list",
        Kind.MISSING: "missing",
    }
    return words.get(value_type.kind, "something unknown")


def type_mismatch(
    span: Span, action: str, left: tuple[Span, Type], right: tuple[Span, Type], way_out: str | None = None
) -> Diagnostic:
    """Two values of different sorts: the operator is underlined, both sides are labelled."""
    return told(
        catalogue.TYPE_MISMATCH,
        f"{described(left[1])} cannot be {action} {described(right[1])}",
        span,
        "",
        way_out or "make both sides the same sort of value",
        (Label(left[0], described(left[1])), Label(right[0], described(right[1]))),
    )


def number_in_quotes(span: Span, number: str) -> Diagnostic:
    """`revenue > '1000'`."""
    return told(
        catalogue.TYPE_MISMATCH,
        "a number is compared with a text",
        span,
        "in quotes it is a text",
        f"write {number} without quotes",
        fix=replacement(f"write {number}", span, number, Applicability.SAFE),
    )


def truth_in_quotes(span: Span, text: str) -> Diagnostic:
    """`opted_out = 'yes'`."""
    meant = "true" if text.strip().lower() in {"true", "yes", "y", "1", "on"} else "false"
    return told(
        catalogue.TYPE_MISMATCH,
        "true or false is compared with a text",
        span,
        "in quotes it is a text",
        f"write `= {meant}`, or the column alone",
        fix=replacement(f"write {meant}", span, meant),
    )


def date_as_text(span: Span, date: str) -> Diagnostic:
    """`joined_on > '2026-01-31'`."""
    return told(
        catalogue.DATE_AS_TEXT,
        "a date is compared with a text",
        span,
        "in quotes it is a text",
        f"write {date} without quotes",
        fix=replacement(f"write {date}", span, date, Applicability.SAFE),
    )


def text_for_date(span: Span) -> Diagnostic:
    """`joined_on > 'January'`."""
    return told(
        catalogue.DATE_AS_TEXT,
        "a date is compared with a text",
        span,
        "this is a text",
        "write the date as 2026-01-31, without quotes",
    )


def number_needed(span: Span, operator: str, given: Type) -> Diagnostic:
    """`'a' + 1`."""
    return told(
        catalogue.TYPE_MISMATCH,
        f"`{operator}` needs numbers",
        span,
        f"this is {described(given)}",
        "use a number there",
    )


def date_difference(span: Span, left: str, right: str) -> Diagnostic:
    """`as_of - joined_on`."""
    call = f"days_between({right}, {left})"
    return told(
        catalogue.DATE_DIFFERENCE,
        "a date cannot be taken from a date",
        span,
        "",
        f"write `{call}` or `months_between({right}, {left})`",
        fix=replacement(f"write `{call}`", span, call),
    )


def condition_expected(span: Span, given: Type) -> Diagnostic:
    """A value where a condition is needed."""
    return told(
        catalogue.CONDITION_EXPECTED,
        "a condition is needed here",
        span,
        f"this is {described(given)}",
        "compare it with something, as in `x > 5` or `x = 'text'`",
    )


def alternative_without_comparison(span: Span, left: str, whole: Span, values: str) -> Diagnostic:
    """`region = 'A' or 'B'`."""
    written = f"{left} in ({values})"
    return told(
        catalogue.CONDITION_EXPECTED,
        "each side of `or` must be a condition of its own",
        span,
        "this is a value, not a condition",
        f"write `{written}`",
        fix=replacement(f"write `{written}`", whole, written),
    )


def text_order(span: Span, operator: str, column: str) -> Diagnostic:
    """`region < 'EMEA'`."""
    return told(
        catalogue.TEXT_ORDER,
        f"`{operator}` cannot compare texts: {column} has no declared order",
        span,
        "",
        "declare `values` with `ordered: true` on the column, or use `=` or `in`",
    )


def segments_not_ordered(span: Span, operator: str, segmentation: str) -> Diagnostic:
    """`tier >= 'gold'` where tier is not ordered."""
    return told(
        catalogue.TEXT_ORDER,
        f"`{operator}` cannot compare segments of `{segmentation}`",
        span,
        "its segments have no order",
        f"set `ordered: true` on `{segmentation}` (its rules then stand highest first), or use `in`",
    )


def collect_compared(span: Span, name: str, operator: str, *, first: bool) -> Diagnostic:
    """`focus = 'newcomer'` on a segmentation that collects; `first` says that it stands on the left."""
    return told(
        catalogue.ORDER_OF_LIST,
        f"`{name}` is a list of segments and cannot be compared with `{operator}`",
        span,
        "several segments at once",
        f"write `{name} contains '…'`",
        fix=replacement("write `contains`", span, "contains") if first and operator == "=" else None,
    )


def orders_differ(span: Span) -> Diagnostic:
    """Two ordered things with different values."""
    return told(
        catalogue.TEXT_ORDER,
        "these two have different orders and cannot be compared by size",
        span,
        "",
        "compare each with a text of its own, or use `=`",
    )


def missing_compared(span: Span, operand: str, negated: bool, whole: Span) -> Diagnostic:
    """`x = missing`."""
    written = f"{operand} is {'present' if negated else 'missing'}"
    return told(
        catalogue.MISSING_COMPARED,
        "nothing is equal to `missing`, not even `missing`",
        span,
        "never true",
        f"write `{written}`",
        fix=replacement(f"write `{written}`", whole, written, Applicability.SAFE),
    )


def too_many_places(span: Span, places: int, limit: int) -> Diagnostic:
    """A product with too many places."""
    return told(
        catalogue.TOO_MANY_PLACES,
        f"this product has {places} decimal places, more than {limit}",
        span,
        "",
        "round one side first, as in `round(x, 4)`",
    )


def percent_without_sign(span: Span, number: str) -> Diagnostic:
    """`cloud_share > 40`."""
    return told(
        catalogue.PERCENT_WITHOUT_SIGN,
        f"a share lies between 0 and 1, and {number} is above",
        span,
        "as a share this is " + number + " times the whole",
        f"write {number}%",
        fix=replacement(f"write {number}%", span, f"{number}%"),
    )


def wrong_format(span: Span, given: Type, text: str) -> Diagnostic:
    """`{region:.2f}`."""
    return told(
        catalogue.WRONG_FORMAT,
        f"the format `{text}` is for numbers",
        span,
        f"this is {described(given)}",
        "leave the format out, as in `{name}`",
    )


def constant_needed(span: Span, what: str, way_out: str) -> Diagnostic:
    """A written value is needed."""
    return told(catalogue.CONSTANT_NEEDED, f"{what} must be written out", span, "", way_out)


def no_value(span: Span, name: str, given: Type) -> Diagnostic:
    """A metric that is always missing, or a duration."""
    return told(
        catalogue.TYPE_MISMATCH,
        f"`{name}` is {described(given)}, which is no value of a row",
        span,
        "",
        "give it a number, a text, a date or a condition",
    )
