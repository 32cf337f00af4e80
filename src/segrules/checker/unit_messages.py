"""What is said about units that do not fit."""

from __future__ import annotations

from segrules.checker.unit_rules import Sort, Unit
from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.diagnostics.source import Span


def units_mixed(function: str, action: str, left: tuple[Span, Unit], right: tuple[Span, Unit]) -> Diagnostic:
    """`amount_in_usd + amount_in_eur`."""
    first, second = (right, left) if function == "-" else (left, right)
    return Diagnostic(
        catalogue.UNITS_MIXED,
        f"{_called(first[1])} cannot be {action} {_called(second[1])}",
        Label(right[0], _fact(right[1])),
        related=(Label(left[0], _fact(left[1])), *_declarations((left, right))),
        help=_way_out(left[1], right[1]),
    )


def bound_unit(span: Span, own: Unit, found: Unit) -> Diagnostic:
    """`min: lowest`, of another unit than the column."""
    return Diagnostic(
        catalogue.UNITS_MIXED,
        f"{_called(found)} cannot bound a column in `{own.name}`",
        Label(span, _fact(found)),
        related=_declarations(((span, own), (span, found))),
        help=f"give a number in `{own.name}`",
    )


def other_unit(span: Span, name: str, own: Unit, found: Unit, value: Span) -> Diagnostic:
    """`{value: sum(deals.amount_in_usd), unit: EUR}`."""
    return Diagnostic(
        catalogue.OTHER_UNIT,
        f"`{name}` is declared in `{own.name}`, but its value is in `{found.name}`",
        Label(span, "another unit than that of the value"),
        related=(Label(value, _fact(found)), *_declarations(((value, found),))),
        help=f"write `unit: {found.name}`, or convert the value by a rate with the unit `{own.name}/{found.name}`",
    )


def _called(unit: Unit) -> str:
    return f"a number in `{unit.name}`" if unit.name else "a number without a unit"


def _fact(unit: Unit) -> str:
    return f"this is in `{unit.name}`" if unit.name else "this has no unit"


def _declarations(sides: tuple[tuple[Span, Unit], ...]) -> tuple[Label, ...]:
    """Return where units are declared, other than right where they are told."""
    told = [(span, unit) for span, unit in sides if unit.declared is not None and unit.declared != span]
    return tuple(Label(unit.declared, f"`{unit.name}` is declared here") for _, unit in told if unit.declared)


def _way_out(left: Unit, right: Unit) -> str:
    plain = next((one for one in (left, right) if one.sort is Sort.PLAIN), None)
    if plain is None:
        return f"convert one of them: multiply by a rate, a parameter with the unit `{left.name}/{right.name}`"
    other = right if plain is left else left
    return (
        f"say `unit: {other.name}` where the number without one is declared; a metric gives one to what is worked out"
    )
