"""Why a value of the caller's data cannot be read as its declared type."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """Why a value cannot be read; the words stand in the quarantine."""

    TYPE = "type"
    PLACES = "places"
    VALUES = "values"


class Unreadable(Exception):
    """A value that its declared type does not have."""

    def __init__(self, fault: Fault = Fault.TYPE) -> None:
        self.fault = fault
        super().__init__(fault)
