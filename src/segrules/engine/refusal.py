"""The end of a call that cannot go on: everything that is wrong, in one exception."""

from __future__ import annotations

from collections.abc import Sequence

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.errors import DataInvalid, InputInvalid

# What a caller does wrong, as against what is wrong in the data.
_OF_THE_CALL = frozenset(
    {
        catalogue.TABLE_NOT_GIVEN,
        catalogue.TABLE_NOT_DECLARED,
        catalogue.DATA_FILE_NOT_FOUND,
        catalogue.DATA_FILE_NOT_READABLE,
        catalogue.UNKNOWN_FILE_FORMAT,
        catalogue.INPUT_NOT_A_TABLE,
        catalogue.READER_NOT_INSTALLED,
    }
)


def raise_call_errors(diagnostics: Sequence[Diagnostic]) -> None:
    """Raise `InputInvalid` with what the caller did wrong, if anything."""
    of_the_call = [diagnostic for diagnostic in diagnostics if diagnostic.code in _OF_THE_CALL]
    if of_the_call:
        raise InputInvalid(of_the_call)


def raise_errors(diagnostics: Sequence[Diagnostic]) -> None:
    """Raise `InputInvalid` with what the caller did wrong, or else `DataInvalid` with what is wrong in the data."""
    raise_call_errors(diagnostics)
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.is_error]
    if errors:
        raise DataInvalid(errors)
