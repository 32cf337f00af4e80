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
    ShowSensitiveOption,
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
    not_: Annotated[
        str | None,
        typer.Option(
            "--not", metavar="SEGMENT", help="Ask why not: `platinum`, or `tier.platinum` where several have one."
        ),
    ] = None,
    segmentation: Annotated[
        list[str] | None, typer.Option("--segmentation", metavar="NAME", help="Only this one; once for each.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Fold nothing.")] = False,
    show_sensitive: ShowSensitiveOption = False,
    output_format: Annotated[ExplanationFormat, typer.Option("--format", help="Text, or the whole trace as JSON.")] = (
        ExplanationFormat.TEXT
    ),
    messages: MessagesOption = Messages.FULL,
) -> None:
    """Tell why a row is in its segments, and why not in others.

    With `--not` only why not, and what would be enough; `--full` tells all else below it.
    """
    import json
    import sys
    from shutil import get_terminal_size

    from segrules.cli.evaluate import evaluated
    from segrules.cli.reporting import reported
    from segrules.diagnostics.render.cells import printable

    with reported(messages) as talk:
        result = evaluated(ruleset, as_of, table, param, invalid, talk, show_sensitive=show_sensitive)
        explanation = result.explain(*key)
        only = segmentation or ()
        why_not = explanation.why_not(not_, segmentations=only) if not_ is not None else None
        width = get_terminal_size().columns if terminal.is_terminal(sys.stdout) else 100
        text = explanation.text(full=full, width=width, segmentations=only)
    if output_format is ExplanationFormat.JSON:
        asked = {"why_not": why_not.to_dict()} if why_not else {}
        terminal.put(json.dumps({**explanation.to_dict(), **asked}, ensure_ascii=False, indent=2) + "\n")
        return
    told = [why_not.text(width=width)] if why_not else []
    terminal.put(printable("\n".join([*told, text] if full or not told else told)) + "\n")
