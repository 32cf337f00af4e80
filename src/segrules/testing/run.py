"""The one arrow of this floor: a ruleset and the file of its tests to what came of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from segrules.diagnostics.diagnostic import Diagnostic, Label, in_order
from segrules.document.document import RULESET_FILE, read_tests
from segrules.document.files import read_source
from segrules.document.suite import CaseText, SuiteText
from segrules.document.written import Text, Word
from segrules.engine.evaluate import evaluator
from segrules.engine.result import Result
from segrules.engine.ruleset import Invalid, Ruleset, load
from segrules.engine.slices import records
from segrules.errors import DataInvalid, InputInvalid, RulesetInvalid
from segrules.explain.trace import Trace
from segrules.language.values import Value
from segrules.meaning.tables import Record
from segrules.program.program import Program
from segrules.testing import mistakes
from segrules.testing.compare import Actual, agrees
from segrules.testing.expectations import ExpectationReader
from segrules.testing.expected import Expected
from segrules.testing.failures import failure
from segrules.testing.fixtures import Fixtures
from segrules.testing.keys import Key, find_row, spelt
from segrules.testing.outcome import CaseOutcome, Status, SuiteOutcome
from segrules.testing.parameters import Programs
from segrules.testing.rows import Row, RowMaker

Rows = Mapping[str, Sequence[Row]]
Evaluate = Callable[[Mapping[str, object], Invalid], Result]
Wanted = Sequence[tuple[Word, Sequence[Expected]]]


def run_tests(ruleset: Path, tests: Path) -> SuiteOutcome:
    """Return what comes of the tests in a file, run on the ruleset in another."""
    suite, diagnostics = read_tests(tests)
    try:
        loaded = load(ruleset)
    except RulesetInvalid as invalid:
        of_tests = diagnostics if tests.is_file() else ()
        return SuiteOutcome(str(ruleset), diagnostics=(*invalid.diagnostics, *of_tests))
    if suite is None or any(one.is_error for one in diagnostics):
        return SuiteOutcome(loaded.name, diagnostics=diagnostics)
    running = _Running(loaded, suite)
    return SuiteOutcome(loaded.name, tuple(running.outcome(case) for case in suite.tests), diagnostics)


def without_ruleset(tests: Path) -> SuiteOutcome:
    """Return what is said about tests with no ruleset beside them."""
    source, diagnostics = read_source(tests)
    if source is None:
        return SuiteOutcome(str(tests), diagnostics=diagnostics)
    return SuiteOutcome(str(tests), diagnostics=(mistakes.no_ruleset(source.span(0, 0), RULESET_FILE),))


@dataclass(slots=True)
class _Running:
    """Runs the tests of one file."""

    ruleset: Ruleset
    suite: SuiteText
    _rows: RowMaker = field(init=False)
    _programs: Programs = field(init=False)
    _evaluators: dict[tuple[Program, date], Evaluate] = field(init=False, default_factory=dict)
    _names: dict[str, Text] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._rows = RowMaker(self.ruleset.program, Fixtures(self.suite.fixtures))
        self._programs = Programs(self.ruleset)

    def outcome(self, case: CaseText) -> CaseOutcome:
        """Return what comes of a test."""
        name = case.test.value
        wrong: list[Diagnostic] = []
        if (first := self._names.setdefault(name, case.test)) is not case.test:
            wrong.append(mistakes.repeated_test(case.test, first))
        day = case.as_of or self.suite.as_of
        if day is None:
            wrong.append(mistakes.no_day(case.test))
        as_of = date.fromisoformat(day.value) if day else date.max
        program, of_parameters = self._programs.program(case, as_of)
        rows, of_rows = self._rows.rows(case)
        reader = ExpectationReader(self.ruleset.program)
        wanted = [(entry.name, reader.read(entry.value)) for entry in case.expect]
        wrong += [*of_parameters, *of_rows, *reader.mistakes]
        if wrong:
            return CaseOutcome(name, Status.WRONG, in_order(wrong))
        run = _Run(program, case, rows, self._evaluator(program, as_of))
        return run.outcome(wanted)

    def _evaluator(self, program: Program, as_of: date) -> Evaluate:
        """Return what evaluates a program on a day, made once."""
        if (program, as_of) not in self._evaluators:
            self._evaluators[program, as_of] = evaluator(self.ruleset, program, as_of)
        return self._evaluators[program, as_of]


@dataclass(frozen=True, slots=True)
class _Run:
    """One test that can be run."""

    program: Program
    case: CaseText
    rows: Rows
    evaluate: Evaluate

    def outcome(self, wanted: Wanted) -> CaseOutcome:
        """Return whether what comes out is what is wanted."""
        name = self.case.test.value
        tables = self._tables()
        try:
            result = self.evaluate(tables, "stop")
            found = records(result.wide)
        except DataInvalid as invalid:
            return CaseOutcome(name, Status.WRONG, self._broken(tables) or self._placed(invalid.diagnostics))
        except InputInvalid as invalid:
            return CaseOutcome(name, Status.WRONG, self._placed(invalid.diagnostics))
        by_key = {tuple(row[part] for part in result.key): row for row in found}
        keys = [(find_row(self.program, written, by_key), several) for written, several in wanted]
        unknown = [key for key, _ in keys if isinstance(key, Diagnostic)]
        if unknown:
            return CaseOutcome(name, Status.WRONG, in_order(unknown))
        said = [
            one
            for key, several in keys
            if not isinstance(key, Diagnostic)
            for one in self._failures(result, key, by_key[key], several)
        ]
        return CaseOutcome(name, Status.FAILED if said else Status.PASSED, in_order(said))

    def _tables(self) -> dict[str, object]:
        """Return the data of every table; one that is not given is empty, or made of the keys of another."""
        made: dict[str, object] = {}
        for table in self.program.tables:
            given = self.rows.get(table.name, ())
            if given or table.keys_from is None or table.source.file is not None:
                made[table.name] = [row.values for row in given]
        return made

    def _broken(self, tables: Mapping[str, object]) -> tuple[Diagnostic, ...]:
        """Return what is wrong with rows that break their declaration, each with its place."""
        result = self.evaluate(tables, "quarantine")
        found: list[Diagnostic] = []
        for entry in result.quarantine.iter_rows(named=True):
            row = self.rows[entry["table"]][entry["row"] - 1]
            span = row.places.get(entry["column"], row.span)
            table = self.program.table(entry["table"])
            found.append(mistakes.broken(table, entry["column"], entry["constraint"], span))
        return in_order(found)

    def _placed(self, diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Return what is said of a run, pointing at the test."""
        here = Label(self.case.test.span, "in this test")
        return tuple(
            replace(one, label=here, related=(*((one.label,) if one.label else ()), *one.related))
            for one in diagnostics
        )

    def _failures(
        self, result: Result, key: Key, values: Mapping[str, Value], wanted: Sequence[Expected]
    ) -> Iterator[Diagnostic]:
        @cache
        def trace() -> Trace:
            return result.explain(*key).trace

        @cache
        def treatments() -> Mapping[str, Record]:
            return _treatments(result, key)

        actual = Actual(values, trace, lambda segmentation: _reason(result, key, segmentation), treatments)
        for expected in wanted:
            answer = actual.answer(expected)
            if not agrees(expected, answer):
                yield failure(self.program, self.case.test.value, spelt(key), expected, answer, actual)


def _reason(result: Result, key: Key, segmentation: str) -> str:
    """Return the reason of an assignment, as `reasons` gives it."""
    keys = [tuple(row[part] for part in result.key) for row in records(result.wide)]
    told = result.reasons().filter(segmentation=segmentation)
    return str(told["reason"][keys.index(key)])


def _treatments(result: Result, key: Key) -> Mapping[str, Record]:
    """Return the part of the table of treatments that is about one row, by treatment."""
    rows, names = records(result.treatments), result.treatments.columns[: len(key)]
    return {str(row["treatment"]): row for row in rows if tuple(row[name] for name in names) == key}
