"""`segrules check`: everything that is wrong in the files."""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from segrules.cli import terminal
from segrules.cli.options import Format
from segrules.diagnostics.listing import plural

EXAMPLE = "segrules check rulesets/"


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Ruleset files, or folders with any number of them; default here."),
    ] = None,
    output_format: Annotated[Format, typer.Option("--format", help="How diagnostics are shown.")] = Format.FULL,
    fix: Annotated[bool, typer.Option("--fix", help="Mend in what is named what takes no guess.")] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="Mend what takes a likely guess as well; look at what came of it.")
    ] = False,
) -> int:
    """Check rulesets: form, names, types, and advice."""
    from segrules.cli.fixes import done, elsewhere, fix_files, offer
    from segrules.cli.formats import formatted
    from segrules.cli.paths import rulesets
    from segrules.cli.reporting import count, status
    from segrules.diagnostics.diagnostic import each_once
    from segrules.engine.checked import checked
    from segrules.engine.together import together

    files = list(rulesets(paths or [Path()]))
    named = [*(paths or [Path()]), *files]
    if fix or unsafe_fixes:
        fixed = fix_files(files, named, unsafe=unsafe_fixes)
        terminal.say(done(fixed, named, unsafe=unsafe_fixes))
        by_file = fixed.by_ruleset
    else:
        by_file = together({str(file): checked(file) for file in files})
    found = each_once(chain.from_iterable(by_file.values()))
    terminal.put(formatted(found, by_file, output_format, colour=terminal.has_colour(sys.stdout)))
    where = f"{len(by_file)} {plural(len(by_file), 'ruleset')}"
    terminal.say(f"Found {count(found)} in {where}." if found else f"All checks passed: {where}.")
    if output_format in (Format.FULL, Format.CONCISE):
        offered = "" if fix or unsafe_fixes else offer(found, named)
        for line in (offered, elsewhere(found, named, unsafe=unsafe_fixes)):
            if line:
                terminal.say(line)
    return status(found)
