"""Arguments and options that several commands share, as typer declares them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Messages(StrEnum):
    """How diagnostics are shown."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"


class Format(StrEnum):
    """How `check` shows diagnostics: as every command does, and in the formats of other tools."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    JUNIT = "junit"


class Invalid(StrEnum):
    """What happens to data that breaks its declaration."""

    STOP = "stop"
    QUARANTINE = "quarantine"


RulesetOption = Annotated[Path, typer.Argument(metavar="RULESET", help="A ruleset.yaml, or the folder that holds it.")]
TablesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--table",
        metavar="NAME=FILE",
        help="Data for a table: CSV, Parquet, NDJSON, Arrow IPC or Excel; - reads standard input. "
        "Without it the sample that the ruleset names. Once for each table.",
    ),
]
AsOfOption = Annotated[
    str, typer.Option("--as-of", metavar="DATE", help="The day on which the rules are asked, such as 2026-06-30.")
]
ParametersOption = Annotated[
    list[str] | None,
    typer.Option("--param", metavar="NAME=VALUE", help="Another value for a parameter, for this run."),
]
InvalidOption = Annotated[
    Invalid,
    typer.Option("--invalid", help="Stop at data that breaks its declaration, or set those rows apart."),
]
ShowSensitiveOption = Annotated[
    bool,
    typer.Option(
        "--show-sensitive", help="Show values of columns whose `sensitivity` is declared, and what comes from them."
    ),
]
MessagesOption = Annotated[Messages, typer.Option("--messages", help="How diagnostics are shown.")]
