"""The commands put together."""

from __future__ import annotations

from typing import Annotated

import typer

from segrules.cli import check, evaluate, explain, explain_code, fmt, init, schema, terminal, test

app = typer.Typer(
    name="segrules",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command, example in (
    (evaluate.evaluate, evaluate.EXAMPLE),
    (explain.explain, explain.EXAMPLE),
    (check.check, check.EXAMPLE),
    (explain_code.explain_code, explain_code.EXAMPLE),
    (test.test, test.EXAMPLE),
    (fmt.fmt, fmt.EXAMPLE),
    (schema.schema, schema.EXAMPLE),
    (init.init, init.EXAMPLE),
):
    app.command(epilog=f"\b\nExample:\n  {example}")(command)


def _show_version(wanted: bool) -> None:
    if wanted:
        from segrules import __version__

        terminal.put(f"segrules {__version__}\n")
        raise typer.Exit


@app.callback()
def segrules(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Segmentation as code: rules in YAML, evaluated over tables, and every answer can say why."""
