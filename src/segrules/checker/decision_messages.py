"""Every message about what the cells of a decision table mean: one small function each."""

from __future__ import annotations

import re

from segrules.checker.type_messages import described
from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from segrules.diagnostics.source import Span
from segrules.document.cell_messages import quoted
from segrules.document.structure_scalars import as_day
from segrules.language.types import NUMERIC, TEMPORAL, Kind, Type

_NUMBER = r"-?[\d_]+(?:\.\d+)?%?"
_SPAN_OF_NUMBERS = re.compile(rf"(?P<low>{_NUMBER})\s*(?:-|–|—|\.{{3,}}|to|until)\s*(?P<high>{_NUMBER})")
_BETWEEN = re.compile(rf"between\s+(?P<low>{_NUMBER})\s+and\s+(?P<high>{_NUMBER})")
_ANYTHING = frozenset({"*", "any", "all", "anything", "--", "–", "—"})
_ABSENCE = {"is missing": "missing", "is null": "missing", "is present": "not missing", "is not missing": "not missing"}
_NOTHING = frozenset({"null", "none", "nil", "na", "n/a", "empty", "nan"})
_TRUTHS = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"}


def _sort(given: Type) -> str:
    """Return what one value of a type is called; how exact a number is does not matter here."""
    return "a number" if given.kind in NUMERIC else described(given)


def _many(given: Type) -> str:
    """Return what several values of a type are called."""
    words = {Kind.STRING: "texts", Kind.DATE: "dates", Kind.DATETIME: "dates with times", Kind.BOOLEAN: "true or false"}
    return "numbers" if given.kind in NUMERIC else words.get(given.kind, described(given))


def _meant(text: str, wanted: Type) -> str | None:
    """Return what a text was most likely meant to be where another sort of value is needed."""
    word = text.casefold()
    if word in _ANYTHING:
        return "-"
    if word in _NOTHING:
        return "missing"
    if plain := _ABSENCE.get(" ".join(word.split())):
        return plain
    if wanted.kind is Kind.BOOLEAN:
        return _TRUTHS.get(word)
    if wanted.kind in TEMPORAL:
        return as_day(text)
    ends = _SPAN_OF_NUMBERS.fullmatch(text) or _BETWEEN.fullmatch(text)
    return f"{ends['low']}..{ends['high']}" if ends else None


def _example(wanted: Type) -> str:
    if wanted.kind is Kind.BOOLEAN:
        return "write `true` or `false`"
    if wanted.kind in TEMPORAL:
        return "write a date, `2026-01-31`, or a range of them, `2026-01-01..2026-01-31`"
    return "write a number, a range such as `4..5`, or a bound such as `>= 3`"


def text_in_cell(span: Span, text: str, wanted: Type, head: Span) -> Diagnostic:
    """`high` under `spend`: a text where a number is needed."""
    message = f"`{text}` is a text, and `{head.text}` is {_sort(wanted)}"
    label, related = Label(span, "a text"), (Label(head, _sort(wanted)),)
    if meant := _meant(text, wanted):
        fix = Fix(f"write `{meant}`", (Edit(span, meant),))
        return Diagnostic(catalogue.CELL_TYPE, message, label, related, help=fix.title, fix=fix)
    return Diagnostic(catalogue.CELL_TYPE, message, label, related, help=_example(wanted))


def quoted_in_cell(span: Span, text: str, wanted: Type, head: Span) -> Diagnostic:
    """`'true'` under a condition: in quotes everything is a text."""
    inside = text[1:-1]
    return Diagnostic(
        catalogue.CELL_TYPE,
        f"`{text}` is a text, and `{head.text}` is {_sort(wanted)}",
        Label(span, "in quotes it is a text"),
        (Label(head, _sort(wanted)),),
        help=f"write `{inside}` without quotes",
        fix=Fix(f"write `{inside}`", (Edit(span, inside),)),
    )


def value_of_other_type(span: Span, text: str, given: Type, wanted: Type, head: Span) -> Diagnostic:
    """`2026-01-31` under `spend`."""
    message = f"`{text}` is {_sort(given)}, and `{head.text}` is {_sort(wanted)}"
    related = (Label(head, _sort(wanted)),)
    return Diagnostic(catalogue.CELL_TYPE, message, Label(span, _sort(given)), related, help=_example(wanted))


def texts_without_order(span: Span, text: str, head: Span) -> Diagnostic:
    """`a..c` under a text: a range, or a bound, of what has no order."""
    fix = Fix(f"write `{quoted(text)}`", (Edit(span, quoted(text)),))
    return Diagnostic(
        catalogue.CELL_TYPE,
        f"`{text}` reads as a comparison by size, and the texts of `{head.text}` have no order",
        Label(span, "no text, for want of quotes"),
        (Label(head, "a text"),),
        help=f"if it is a text, write `{quoted(text)}`; for an order declare `values` with `ordered: true`",
        fix=fix,
    )


def digits_parted_by_commas(span: Span, text: str) -> Diagnostic:
    """`>= 1,000` or `>= 0,5`: one number to a reader, a list of two to the table."""
    thousands = all(len(part) == 3 for part in text.split(",")[1:])
    number = text.replace(",", "_" if thousands else ".")
    return Diagnostic(
        catalogue.CELL_FORM,
        "a comma parts the values of a list, and not the digits of a number",
        Label(span, "one number, or several?"),
        help=f"write `{number}` for one number, and for a list a blank behind the comma, `{text.replace(',', ', ')}`",
        fix=Fix(f"write `{number}`", (Edit(span, number),)),
    )


def empty_range(span: Span, low: str, high: str, dots: str) -> Diagnostic:
    """`5..4`."""
    if low == high:
        way_out = f"write `{low}` for the one value, or let the second end be larger"
        return Diagnostic(
            catalogue.EMPTY_RANGE, f"`{low}{dots}{high}` holds nothing", Label(span, "its end does not belong"),
            help=way_out,
        )  # fmt: skip
    turned = f"{high}{dots}{low}"
    return Diagnostic(
        catalogue.EMPTY_RANGE,
        f"a range goes up, and `{low}` is larger than `{high}`",
        Label(span, "holds nothing"),
        help=f"write `{turned}`",
        fix=Fix(f"write `{turned}`", (Edit(span, turned),)),
    )


def mixed_output(span: Span, text: str, given: Type, others: Type, name: str, first: Span) -> Diagnostic:
    """`15%` above and `none` below: an output has one type."""
    message = f"`{text}` is {_sort(given)}, and other cells of `{name}` are {_many(others)}"
    label, related = Label(span, _sort(given)), (Label(first, _sort(others)),)
    none = "-" if text.casefold() in _NOTHING else None
    if written := quoted(text) if others.kind is Kind.STRING else none:
        fix = Fix(f"write `{written}`", (Edit(span, written),))
        return Diagnostic(catalogue.MIXED_OUTPUT, message, label, related, help=fix.title, fix=fix)
    way_out = f"write {_sort(others)}, or `-` where there is none"
    return Diagnostic(catalogue.MIXED_OUTPUT, message, label, related, help=way_out)


def output_without_values(span: Span, name: str) -> Diagnostic:
    """`-` in every cell of an output."""
    return Diagnostic(
        catalogue.MIXED_OUTPUT,
        f"no cell of `{name}` has a value",
        Label(span, "is it a number, a text, a date?"),
        help="write a value in one of its cells, or take the column out",
    )


def output_of_list(span: Span, name: str, segmentation: str) -> Diagnostic:
    """An output right of `segment` under `collect`."""
    return Diagnostic(
        catalogue.OUTPUT_OF_LIST,
        f"`{segmentation}` collects several segments, and so has no `{name}` of its own",
        Label(span, "an output"),
        help="take the column out, or choose a hit policy that gives one segment, such as `first`",
    )


def output_name(span: Span, name: str, segmentation: str, meant: str | None) -> Diagnostic:
    """`discount rate` as the head of an output."""
    message = f"`{name}` is no name, and an output is read by its name, `{segmentation}.{meant or 'discount'}`"
    if meant is None:
        return Diagnostic(catalogue.NOT_A_NAME, message, Label(span, "not a name"), help="use letters, digits and `_`")
    fix = Fix(f"write `{meant}`", (Edit(span, meant),))
    return Diagnostic(catalogue.NOT_A_NAME, message, Label(span, "not a name"), help=fix.title, fix=fix)
