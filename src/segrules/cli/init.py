"""`segrules init`: a new ruleset repository, in which everything runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from segrules.cli import terminal
from segrules.starter import RULESET, Host, starter

EXAMPLE = "segrules init my_rulesets"

_SCHEMAS = "schemas"

_NEXT = f"""\
Next:
{{enter}}  segrules check
  segrules test
  segrules evaluate {RULESET} --as-of 2026-06-30"""


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make, or one to write into.")],
    host: Annotated[Host, typer.Option("--ci", help="Where changes are checked.")] = Host.GITHUB,
) -> None:
    """Make a ruleset repository: a ruleset with tables, tests and sample data, and what checks it on every change."""
    from segrules import __version__
    from segrules.cli.schema import write_all

    _refuse_what_is_there(folder)
    kept = [str(path) for path, text in starter(__version__, host).items() if not _written(folder / path, text)]
    if (folder / _SCHEMAS).exists():
        kept.append(f"{_SCHEMAS}/ (`segrules schema --out {_SCHEMAS}` renews it)")
    else:
        write_all(folder / _SCHEMAS)
    terminal.say(f"Made a ruleset repository in {folder}.")
    if kept:
        terminal.say(f"Kept what was there: {', '.join(kept)}.")
    terminal.say(_NEXT.format(enter="" if folder.resolve() == Path.cwd() else f"  cd {folder}\n"))


def _refuse_what_is_there(folder: Path) -> None:
    """Refuse a file, and a folder that has a ruleset where ours would stand; anything else is kept beside it."""
    if folder.exists() and not folder.is_dir():
        raise typer.BadParameter(f"`{folder}` is a file; name a folder to make", param_hint="DIR")
    if (folder / RULESET).exists():
        message = f"`{folder / RULESET}` is there already, and nothing was written; name another folder"
        raise typer.BadParameter(message, param_hint="DIR")


def _written(file: Path, text: str) -> bool:
    """Write a file if there is none, and return whether it was written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except FileExistsError:
        return False
    return True
