"""A ruleset that was loaded, and what can be done with it.

Nothing here imports Polars until something is evaluated, so that loading and checking start fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from segrules.checker.check import check
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.document.document import Document
from segrules.engine import call_messages, parameter_messages
from segrules.engine.checked import checked
from segrules.engine.shared_numbers import wrong_numbers
from segrules.errors import InputInvalid, RulesetInvalid
from segrules.program.dated import lacking, on_day
from segrules.program.fingerprint import ruleset_hash
from segrules.program.program import Program
from segrules.program.sensitivity import NOTHING_SENSITIVE, sensitivity_of

if TYPE_CHECKING:
    from segrules.engine.decision import Decision
    from segrules.engine.population import Population
    from segrules.engine.result import Result

Invalid = Literal["stop", "quarantine"]

_KEPT = 32
"""How many programs with parameter values of a call are kept for the next call with the same."""

_TABLES = 'give the data by the names of the tables, as in `{"partners": partners}`'
_PARAMETERS = 'give the values by the names of the parameters, as in `{"gold_revenue": 300_000}`'


@dataclass(frozen=True)
class Ruleset:
    """A ruleset without errors. It never changes and may be shared between threads.

    `diagnostics` are its warnings; `hash` is the SHA-256 (hexadecimal) of what it means, so that layout, comments,
    titles and notes do not change it.
    """

    document: Document = field(repr=False)
    program: Program = field(repr=False)
    diagnostics: tuple[Diagnostic, ...]
    hash: str
    _bound: dict[str, Program] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def name(self) -> str:
        """The ruleset's name."""
        return self.program.ruleset

    @property
    def folder(self) -> Path:
        """The folder of the ruleset file, to which the sample files are relative."""
        return Path(self.document.source.name).parent

    def evaluate(
        self,
        tables: Mapping[str, object] | None = None,
        *,
        as_of: date,
        parameters: Mapping[str, object] | None = None,
        invalid: Invalid = "stop",
        fingerprint: bool = False,
        show_sensitive: bool = False,
    ) -> Result:
        """Return the assignments of every row of the entity.

        `tables` give the data by table name: anything that speaks the Arrow C stream, a LazyFrame, a path, or a list
        of dicts; a table that is not given is read from the sample that the ruleset names. `parameters` take the
        place of written ones for this run. Data that breaks its declaration raises `DataInvalid`, or with
        `invalid="quarantine"` is set apart in `result.quarantine`. A wrong call raises `InputInvalid`. `fingerprint`
        asks for the hash of the content of tables in memory, which the summary and traces then have; that of files is
        always there. Reasons, explanations, the quarantine and what is said about data hide the values of columns whose
        `sensitivity` is declared, and what comes from them, unless `show_sensitive` is set.
        """
        tables = {} if tables is None else tables
        _refuse(
            call_messages.wrong_day(as_of),
            call_messages.wrong_choice(invalid),
            call_messages.wrong_names("tables", tables, _TABLES),
            call_messages.wrong_names("parameters", parameters or {}, _PARAMETERS),
        )
        from segrules.engine.evaluate import evaluate_tables

        program = self.bound(parameters, as_of)
        return evaluate_tables(
            self, program, tables, as_of, invalid, fingerprint=fingerprint, show_sensitive=show_sensitive
        )

    def decide(
        self,
        record: Mapping[str, object],
        *,
        as_of: date,
        parameters: Mapping[str, object] | None = None,
        tables: Mapping[str, object] | None = None,
        trace: bool = False,
        population: Population | str | Path | None = None,
        show_sensitive: bool = False,
    ) -> Decision:
        """Return the assignments of one record, as `evaluate` would give them.

        What budgets and limits share out among all rows is left at `eligible` in `treatments`.

        The rows that belong to the record nest under their table's name, at every level, and a row above under its
        `belongs_to` name. What does not nest is found in `tables`, which may be whatever `evaluate` takes: rows above
        and below the record, and below those above. What does nest counts instead. Frames of Polars and files are read
        and indexed once for many records, other tables each time. Data that breaks its declaration
        raises `DataInvalid`. With `trace` the decision carries its explanation. What is sensitive is hidden as
        `evaluate` hides it, unless `show_sensitive` is set.

        A ruleset with statistics needs a `population` that a run of the same rules on the same day has saved (see
        `Result.population`): the record takes the place of the row with its key, and one with a new key joins as one
        more. Pass a loaded one where many records are decided.
        """
        tables = {} if tables is None else tables
        _refuse(
            call_messages.wrong_day(as_of),
            call_messages.wrong_mapping("record", record, "give the values of one record by column"),
            call_messages.wrong_names("tables", tables, _TABLES),
            call_messages.wrong_names("parameters", parameters or {}, _PARAMETERS),
        )
        from segrules.engine.decide import decider

        program = self.bound(parameters, as_of)
        sensitivity = NOTHING_SENSITIVE if show_sensitive else sensitivity_of(program)
        return decider(program, as_of, self.hash if trace else None, sensitivity).decide(record, tables, population)

    def bound(self, parameters: Mapping[str, object] | None, as_of: date) -> Program:
        """Return the program with these parameter values and, for dated ones, those of the day.

        Raises `InputInvalid` if they do not fit, or one that is needed has no value yet, or one makes a budget, limit,
        cap or holdout what it cannot be.
        """
        program = self._given(parameters) if parameters else self.program
        if without := lacking(program, as_of):
            raise InputInvalid([parameter_messages.no_value_yet(*one, as_of) for one in without])
        bound = on_day(program, as_of)
        if wrong := wrong_numbers(bound, as_of):
            raise InputInvalid(wrong)
        return bound

    def _given(self, parameters: Mapping[str, object]) -> Program:
        known = [parameter.name for parameter in self.program.parameters]
        wrong = [parameter_messages.unknown_parameter(name, known) for name in parameters if name not in known]
        if wrong:
            raise InputInvalid(wrong)
        given = repr(sorted(parameters.items()))  # in which 1, 1.0 and true differ
        bound = self._bound.get(given)
        if bound is None:
            bound, diagnostics = check(self.document.ruleset, parameters)
            if bound is None:
                raise InputInvalid([diagnostic for diagnostic in diagnostics if diagnostic.is_error])
            if len(self._bound) >= _KEPT:
                self._bound.clear()
            self._bound[given] = bound
        return bound


def _refuse(*said: Iterable[Diagnostic]) -> None:
    found = [one for part in said for one in part]
    if found:
        raise InputInvalid(found)


def load(path: str | Path) -> Ruleset:
    """Return the ruleset in a file, or in the folder that holds `ruleset.yaml`.

    Raises `RulesetInvalid` with everything that is wrong in it, and with advice that its project file calls an error.
    """
    found = checked(Path(path))
    if found.document is None or found.program is None or any(one.is_error for one in found.diagnostics):
        raise RulesetInvalid(found.diagnostics)
    return Ruleset(found.document, found.program, found.diagnostics, ruleset_hash(found.program))


def evaluate(
    path: str | Path,
    tables: Mapping[str, object] | None = None,
    *,
    as_of: date,
    parameters: Mapping[str, object] | None = None,
    invalid: Invalid = "stop",
    fingerprint: bool = False,
    show_sensitive: bool = False,
) -> Result:
    """Load a ruleset and evaluate it in one call; see `load` and `Ruleset.evaluate`."""
    loaded = load(path)
    return loaded.evaluate(
        tables,
        as_of=as_of,
        parameters=parameters,
        invalid=invalid,
        fingerprint=fingerprint,
        show_sensitive=show_sensitive,
    )
