"""`segrules evaluate`: every row of the entity with its segments."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from segrules.cli import terminal
from segrules.cli.options import (
    AsOfOption,
    Invalid,
    InvalidOption,
    Messages,
    MessagesOption,
    ParametersOption,
    RulesetOption,
    ShowSensitiveOption,
    TablesOption,
)

if TYPE_CHECKING:
    from segrules.cli.reporting import Talk
    from segrules.engine.result import Result

EXAMPLE = "segrules evaluate rulesets/acme_partner_programme --as-of 2026-06-30 --out results"


class FileFormat(StrEnum):
    """The format of the files that are written."""

    CSV = "csv"
    PARQUET = "parquet"
    NDJSON = "ndjson"


class Engine(StrEnum):
    """What computes."""

    POLARS = "polars"


def evaluate(
    ruleset: RulesetOption,
    as_of: AsOfOption,
    table: TablesOption = None,
    param: ParametersOption = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="Write what comes of it there: assignments, wide, treatments and so on."
        ),
    ] = None,
    file_format: Annotated[FileFormat, typer.Option("--format", help="The format of what is written.")] = (
        FileFormat.CSV
    ),
    invalid: InvalidOption = Invalid.STOP,
    save_population: Annotated[
        Path | None,
        typer.Option(
            "--save-population",
            metavar="FILE",
            help="Keep what statistics compare, so that one record can be decided among these rows.",
        ),
    ] = None,
    reasons: Annotated[
        bool,
        typer.Option(
            "--reasons", help="Write a reason for every assignment: the conditions that decided it, or its `because`."
        ),
    ] = False,
    show_sensitive: ShowSensitiveOption = False,
    engine: Annotated[Engine, typer.Option("--engine", help="What computes.")] = Engine.POLARS,  # noqa: ARG001
    messages: MessagesOption = Messages.FULL,
) -> None:
    """Assign every row its segments.

    Without --out the assignments go to standard output; on a terminal the first rows are shown.
    """
    from segrules.cli import sizes, treatments
    from segrules.cli.reporting import reported
    from segrules.engine import output
    from segrules.program.sensitivity import hidden_note

    if out is not None and out.exists() and not out.is_dir():
        raise typer.BadParameter(f"`{out}` is a file; name a folder", param_hint="--out")
    if save_population is not None and save_population.exists() and not save_population.is_file():
        what = "a folder" if save_population.is_dir() else "no file"
        raise typer.BadParameter(f"`{save_population}` is {what}; name a file", param_hint="--save-population")
    with reported(messages) as talk:
        result = evaluated(ruleset, as_of, table, param, invalid, talk, show_sensitive=show_sensitive)
        with terminal.busy("evaluating"):
            summary = result.summary
            if out is not None:
                output.write(result, out, file_format.value, reasons=reasons)
            if save_population is not None:
                result.save_population(save_population)
        if out is None:
            _show(result, file_format, reasons=reasons)
    sizes.show(summary)
    treatments.show(summary)
    if reasons and result.hidden_in_reasons:
        terminal.say(hidden_note(result.hidden_in_reasons))


def evaluated(
    path: Path,
    as_of: str,
    tables: Sequence[str] | None,
    parameters: Sequence[str] | None,
    invalid: Invalid,
    talk: Talk,
    *,
    show_sensitive: bool,
) -> Result:
    """Return the result of a ruleset on what was typed, having told its warnings."""
    from segrules.cli import inputs
    from segrules.diagnostics.catalogue import Severity
    from segrules.engine.ruleset import load

    day = inputs.day(as_of)
    loaded = load(path)
    talk.begin([one for one in loaded.diagnostics if one.severity is Severity.WARNING])
    given, values = inputs.tables(tables or ()), inputs.parameters(parameters or (), loaded.program)
    with terminal.busy("reading"):
        result = loaded.evaluate(
            given, as_of=day, parameters=values, invalid=invalid.value, show_sensitive=show_sensitive
        )
    talk.begin(result.diagnostics)
    return result


def _show(result: Result, file_format: FileFormat, *, reasons: bool) -> None:
    from segrules.cli import preview
    from segrules.engine import output

    if terminal.is_terminal(sys.stdout):
        preview.show(result)
        return
    for part in output.parts(output.assignments(result, reasons=reasons), file_format.value):
        terminal.put_bytes(part)
