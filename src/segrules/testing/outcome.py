"""What came of tests."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from segrules.diagnostics.diagnostic import Diagnostic


class Status(StrEnum):
    """How a test ended."""

    PASSED = "passed"
    FAILED = "failed"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """A test by its name, and what is to be said of it: failures, or the mistakes that kept it from running."""

    test: str
    status: Status
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class SuiteOutcome:
    """The tests of one ruleset; `diagnostics` are about its files, where they keep all tests from running."""

    ruleset: str
    cases: tuple[CaseOutcome, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def said(self) -> tuple[Diagnostic, ...]:
        """Everything that is to be said, of the files and of each test."""
        return (*self.diagnostics, *(one for case in self.cases for one in case.diagnostics))

    def count(self, status: Status) -> int:
        """Return how many tests ended so."""
        return sum(case.status is status for case in self.cases)
