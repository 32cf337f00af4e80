"""A ruleset on tables: take in the data, compile the program, and hand both to the result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from segrules.backends.polars.compiled import compile_expression, compile_program
from segrules.backends.polars.measuring import measured
from segrules.engine.intake import Invalid, take_in
from segrules.engine.result import Result
from segrules.program.sensitivity import NOTHING_SENSITIVE, sensitivity_of

if TYPE_CHECKING:
    from segrules.engine.ruleset import Ruleset
    from segrules.program.program import Program


def evaluate_tables(
    ruleset: Ruleset,
    program: Program,
    tables: Mapping[str, object],
    as_of: date,
    invalid: Invalid,
    *,
    fingerprint: bool,
    show_sensitive: bool,
) -> Result:
    """Return the result of a program, the ruleset's own or one with other parameters, on tables by name."""
    sensitivity = NOTHING_SENSITIVE if show_sensitive else sensitivity_of(program)
    intake = take_in(
        program,
        tables,
        invalid,
        lambda expression: compile_expression(expression, program),
        fingerprint=fingerprint,
        sensitivity=sensitivity,
    )
    known = measured(program, intake.given, intake.bounds)
    return Result(ruleset.hash, intake, compile_program(program, as_of, known), sensitivity)


def evaluator(ruleset: Ruleset, program: Program, as_of: date) -> Callable[[Mapping[str, object], Invalid], Result]:
    """Return what evaluates a program on many small sets of tables: it is compiled once, for any data.

    The data are those of tests: nothing in them is sensitive.
    """
    compiled = compile_program(program, as_of)

    def evaluate(tables: Mapping[str, object], invalid: Invalid) -> Result:
        intake = take_in(program, tables, invalid, lambda expression: compile_expression(expression, program))
        return Result(ruleset.hash, intake, compiled, NOTHING_SENSITIVE)

    return evaluate
