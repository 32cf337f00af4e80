"""Fixtures: rows with names, from which the rows of tests take the columns that they do not have themselves."""

from __future__ import annotations

from collections.abc import Sequence

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.document.suite import GivenText, RowText
from segrules.document.written import Entry, Word
from segrules.testing import mistakes

Written = dict[str, Entry[GivenText]]


class Fixtures:
    """The fixtures of a file; `mistakes` are found as rows are made."""

    def __init__(self, entries: Sequence[Entry[RowText]]) -> None:
        self._rows = {entry.name.value: entry for entry in entries}
        self.mistakes: list[Diagnostic] = []

    def written(self, row: RowText) -> Written:
        """Return what stands in a row: its own values, and those of its fixtures, of which the last one wins."""
        return self._with_fixtures(row, ())

    def _with_fixtures(self, row: RowText, inside: tuple[str, ...]) -> Written:
        found: Written = {}
        for name in _used(row):
            found |= self._fixture(name, inside)
        return found | {entry.name.value: entry for entry in row.values}

    def _fixture(self, name: Word, inside: tuple[str, ...]) -> Written:
        if name.value in inside:
            self.mistakes.append(mistakes.fixture_cycle(name, (*inside[inside.index(name.value) :], name.value)))
            return {}
        entry = self._rows.get(name.value)
        if entry is None:
            self.mistakes.append(mistakes.unknown_fixture(name, list(self._rows)))
            return {}
        return self._with_fixtures(entry.value, (*inside, name.value))


def _used(row: RowText) -> tuple[Word, ...]:
    if row.use is None:
        return ()
    return row.use if isinstance(row.use, tuple) else (row.use,)
