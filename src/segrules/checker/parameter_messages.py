"""What is said about parameters with values by day."""

from __future__ import annotations

from datetime import date

from segrules.checker.type_messages import described
from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label, told
from segrules.diagnostics.source import Span
from segrules.language.formatting import text_of
from segrules.language.types import Kind, Type
from segrules.program.program import Parameter


def mixed_days(name: str, first: tuple[Span, Type], other: tuple[Span, Type]) -> Diagnostic:
    """`{2025-01-01: 200, 2026-01-01: many}`."""
    return Diagnostic(
        catalogue.BAD_PARAMETER,
        f"the values of `{name}` are not all of one sort",
        Label(other[0], described(other[1])),
        related=(Label(first[0], described(first[1])),),
        help="use texts only, or numbers only, or dates only",
    )


def bands_not_ascending_on(span: Span, first: Span, day: date, values: tuple[str, str]) -> Diagnostic:
    """Bands whose numbers do not go up with the parameters of some day."""
    below, above = values
    return Diagnostic(
        catalogue.BANDS_NOT_ASCENDING,
        "the bands' numbers must go up from one to the next",
        Label(span, f"{above} from {day.isoformat()}"),
        related=(Label(first, f"the one before is {below} then"),),
        help="change the values that hold from that day, or put the bands in order, lowest first",
    )


def bad_parameter(span: Span, name: str, wanted: str, given: str) -> Diagnostic:
    """A parameter whose value does not fit."""
    return told(catalogue.BAD_PARAMETER, f"parameter `{name}` is {wanted}, not {given}", span, "", f"give it {wanted}")


def bad_given(span: Span, parameter: Parameter, given: object, found: Type) -> Diagnostic:
    """A value of a run that is not of the sort of the written one."""
    shown = f"`{given}`" if isinstance(given, str) else f"`{given!r}`"
    sort = "" if found.kind in (Kind.UNKNOWN, Kind.LIST) else f"{described(found)}, "
    item = parameter.type.item
    wanted = described(parameter.type) + (f", each of its members {described(item)}" if item else "")
    written = parameter.dated[-1].value if parameter.dated else parameter.value
    return told(
        catalogue.BAD_PARAMETER,
        f"parameter `{parameter.name}` is {wanted}, not {sort}{shown}",
        span,
        "",
        f"give it such a value, as `{text_of(written)}` is",
    )


def unit_without_number(span: Span, name: str, given: str) -> Diagnostic:
    """`{value: $200000, unit: USD}`: a unit is of a number, and the value is a text."""
    return told(
        catalogue.BAD_PARAMETER,
        f"only a number has a unit, and `{name}` is {given}",
        span,
        "a unit",
        "write the value as a number, such as `200_000`, or leave `unit` out",
    )


def mixed_list(span: Span, name: str) -> Diagnostic:
    """A list parameter with members of different sorts."""
    return told(
        catalogue.BAD_PARAMETER,
        f"the members of `{name}` are not all of one sort",
        span,
        "a different sort",
        "use texts only, or numbers only, or dates only",
    )
