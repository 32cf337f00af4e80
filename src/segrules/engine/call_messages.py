"""Messages about calls from Python with something that cannot stand there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic

_INVALID = ("stop", "quarantine")


def wrong_day(as_of: object) -> Iterator[Diagnostic]:
    """Yield what is said of `as_of="2026-06-30"`, or of a moment."""
    if not isinstance(as_of, date) or isinstance(as_of, datetime):
        yield _wrong("as_of", "a day", as_of, "give it a date, as in `date(2026, 6, 30)`")


def wrong_choice(invalid: object) -> Iterator[Diagnostic]:
    """Yield what is said of `invalid="skip"`."""
    if invalid not in _INVALID:
        yield _wrong("invalid", "`stop` or `quarantine`", invalid, "write `stop`, or `quarantine` to set rows apart")


def wrong_mapping(name: str, given: object, way_out: str) -> Iterator[Diagnostic]:
    """Yield what is said of a list where names and their values are needed."""
    if not isinstance(given, Mapping):
        yield _wrong(name, "a mapping", given, way_out)


def wrong_names(name: str, given: object, way_out: str) -> Iterator[Diagnostic]:
    """Yield what is said of a list, or of numbers as names, where names and their values are needed."""
    yield from wrong_mapping(name, given, way_out)
    if isinstance(given, Mapping) and (odd := [one for one in given if not isinstance(one, str)]):
        yield _wrong(name, "by names, which are texts", odd[0], way_out)


def wrong_population(given: object) -> Diagnostic:
    """Return what is said of a population that is neither one nor a file."""
    return _wrong("population", "a population or a path", given, "pass `result.population`, or the path of a saved one")


def _wrong(name: str, wanted: str, given: object, way_out: str) -> Diagnostic:
    shown = repr(given)
    short = shown if len(shown) <= 40 else type(given).__name__
    return Diagnostic(catalogue.WRONG_CALL, f"`{name}` is {wanted}, not {short}", help=way_out)
