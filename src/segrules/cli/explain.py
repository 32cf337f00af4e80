"""`segrules explain`: why a row is where it is."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

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
    TablesOption,
)

EXAMPLE = "segrules explain rulesets/acme_partner_programme --as-of 2026-06-30 --key P-017"


class ExplanationFormat(StrEnum):
    """How an explanation is shown."""

    TEXT = "text"
    JSON = "json"


def explain(
    ruleset: RulesetOption,
    as_of: AsOfOption,
    key: Annotated[list[str], typer.Option("--key", metavar="KEY", help="The row's key; once for each key column.")],
    table: TablesOption = None,
    param: ParametersOption = None,
    invalid: InvalidOption = Invalid.STOP,
    full: Annotated[bool, typer.Option("--full", help="Fold nothing.")] = False,
    output_format: Annotated[ExplanationFormat, typer.Option("--format", help="Text, or the whole trace as JSON.")] = (
        ExplanationFormat.TEXT
    ),
    messages: MessagesOption = Messages.FULL,
) -> None:
    """Tell why a row is in its segments, and why not in others."""
    import json
    import sys
    from shutil import get_terminal_size

    from segrules.cli.evaluate import evaluated
    from segrules.cli.reporting import reported

    with reported(messages):
        explanation = evaluated(ruleset, as_of, table, param, invalid, messages).explain(*key)
    if output_format is ExplanationFormat.JSON:
        terminal.put(json.dumps(explanation.to_dict(), ensure_ascii=False, indent=2) + "\n")
    else:
        width = get_terminal_size().columns if terminal.is_terminal(sys.stdout) else 100
        terminal.put(explanation.text(full=full, width=width))
