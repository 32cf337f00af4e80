"""`segrules check`: everything that is wrong in the files."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from segrules.cli import terminal
from segrules.cli.options import Format
from segrules.diagnostics.diagnostic import Diagnostic

EXAMPLE = "segrules check rulesets/"


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Ruleset files, or folders with any number of them; default here."),
    ] = None,
    output_format: Annotated[Format, typer.Option("--format", help="How diagnostics are shown.")] = Format.FULL,
) -> int:
    """Check rulesets: form, names, types, and advice."""
    from segrules.cli.formats import formatted
    from segrules.cli.paths import rulesets
    from segrules.cli.reporting import count, status
    from segrules.engine.checked import checked
    from segrules.engine.together import together

    by_file = together({str(file): checked(file) for file in rulesets(paths or [Path()])})
    found = _each_once(chain.from_iterable(by_file.values()))
    terminal.put(formatted(found, by_file, output_format, colour=terminal.has_colour(sys.stdout)))
    where = f"{len(by_file)} ruleset{'' if len(by_file) == 1 else 's'}"
    terminal.say(f"Found {count(found)} in {where}." if found else f"All checks passed: {where}.")
    return status(found)


def _each_once(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Leave out what was said before: rulesets that import one file find the same in it."""

    def said(one: Diagnostic) -> tuple[object, ...]:
        span = one.label.span if one.label else None
        return one.code, one.message, span and (Path(span.source.name).resolve(), span.start, span.end)

    found: dict[tuple[object, ...], Diagnostic] = {}
    for one in diagnostics:
        found.setdefault(said(one), one)
    return list(found.values())
