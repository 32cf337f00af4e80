"""Every message about what is written in a cell of a decision table: one small function each."""

from __future__ import annotations

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Edit, Fix, Label
from segrules.diagnostics.source import Span


def _form(message: str, span: Span, label: str, way_out: str, fix: Fix | None = None) -> Diagnostic:
    return Diagnostic(catalogue.CELL_FORM, message, Label(span, label), help=way_out, fix=fix)


def _write(span: Span, text: str, applicability: Applicability = Applicability.UNSAFE) -> Fix:
    return Fix(f"write `{text}`", (Edit(span, text),), applicability)


def quoted(text: str) -> str:
    """Return a text in quotes, as a cell has it."""
    return "'" + text.replace("'", "''") + "'"


def quotes(span: Span, text: str) -> Diagnostic:
    """`'Bonn, old`, or `'Bonn' old`."""
    whole = text[0].join(part.replace(text[0], "") for part in text[1:].split(text[0] * 2))
    return Diagnostic(
        catalogue.CELL_QUOTES,
        "a cell that begins with a quote must end with it",
        Label(span, "where does the text end?"),
        help=f"write `{quoted(whole)}`; a quote inside is doubled",
        fix=_write(span, quoted(whole)),
    )


def curly_quotes(span: Span, text: str) -> Diagnostic:
    """`“Bonn, old”`."""
    return Diagnostic(
        catalogue.CELL_QUOTES,
        "a text stands in straight quotes",
        Label(span, "quotes of a word processor"),
        help=f"write `{quoted(text)}`",
        fix=_write(span, quoted(text), Applicability.SAFE),
    )


def several_values(span: Span, text: str) -> Diagnostic:
    """`gold, silver` under `segment`: a comma where one value is needed."""
    grouped = text.replace(",", "")
    if grouped.isdigit():
        number = f"{int(grouped):_}"
        return _form(
            "a comma does not part the digits of a number here", span, "a comma", f"write `{number}`",
            _write(span, number),
        )  # fmt: skip
    return _form(
        "a cell right of `segment` holds one value, and a comma parts several",
        span,
        "a comma",
        f"write one value; a text with a comma in it stands in quotes, {quoted(text)}",
        _write(span, quoted(text)),
    )


def value_missing(span: Span, cell: str) -> Diagnostic:
    """`4..`, `>=`, `DE,`: something with no value behind it."""
    return _form(
        f"a value is missing in `{cell}`",
        span,
        "nothing here",
        "write a value such as `4`, a range such as `4..5`, a bound such as `>= 3`, or `-` for anything",
    )


def other_operator(span: Span, written: str, meant: str) -> Diagnostic:
    """`=> 3`."""
    return _form(
        f"`{written}` is written `{meant}`", span, "", f"write `{meant}`", _write(span, meant, Applicability.SAFE)
    )


def equals(span: Span, written: str, value: str) -> Diagnostic:
    """`= 3`."""
    fix = _write(span, "", Applicability.UNSAFE if value == "-" else Applicability.SAFE)
    return _form(f"a cell needs no `{written}`", span, "a value alone means equal", f"write `{value}` alone", fix)


def unequal(span: Span, written: str, value: str) -> Diagnostic:
    """`!= 3`."""
    fix = Fix(f"write `not {value}`", (Edit(span, "not "),))
    return _form(f"`{written}` is written `not` in a cell", span, "", f"write `not {value}`", fix)


def unknown_operator(span: Span, written: str) -> Diagnostic:
    """`=>= 3`."""
    return _form(f"`{written}` is no operator", span, "unknown", "the operators of a cell are `<`, `<=`, `>` and `>=`")
