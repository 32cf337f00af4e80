"""`segrules fmt`: the canonical layout of rulesets, what they import and their tests."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from segrules.cli import terminal
from segrules.cli.main import FAILED, INTERNAL
from segrules.cli.options import Messages, MessagesOption
from segrules.diagnostics.listing import plural

if TYPE_CHECKING:
    from segrules.diagnostics.diagnostic import Diagnostic
    from segrules.diagnostics.source import Source
    from segrules.formatter.format import Layout

EXAMPLE = "segrules fmt --check rulesets/"

_STDIN = Path("-")


@dataclass(frozen=True, slots=True)
class _File:
    """A file, and its layout as it should be."""

    source: Source
    layout: Layout

    @property
    def changes(self) -> bool:
        return self.layout.text != self.source.text


def fmt(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH",
            help="Files of rulesets, or folders with any number of them; default here. - lays out standard input.",
        ),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; list the files that would change.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; show what would change.")] = False,
    messages: MessagesOption = Messages.FULL,
) -> int:
    """Lay out rulesets, what they import and their tests in the one canonical way. What they say stays the same."""
    from segrules.cli.reporting import tell

    if paths and _STDIN in paths and len(paths) > 1:
        raise typer.BadParameter("`-` stands alone", param_hint="PATH")
    is_filter = paths == [_STDIN]
    files, said = _standard_input() if is_filter else _files(paths or [Path()])
    tell(said, messages)
    changed = [file for file in files if file.changes]
    if diff:
        _put_differences(changed)
    elif check:
        terminal.put("".join(f"{file.source.name}\n" for file in changed))
    elif is_filter:
        terminal.put("".join(file.layout.text for file in files if not file.layout.diagnostics))
    else:
        _save(changed)
    only_looks = check or diff
    if not is_filter:
        unreadable = sum(bool(file.layout.diagnostics) for file in files)
        terminal.say(_summary(len(files), len(changed), unreadable, paths or [Path()], only_looks=only_looks))
    return _status(files, said, changed if only_looks else [])


def _files(paths: Sequence[Path]) -> tuple[list[_File], list[Diagnostic]]:
    """Return files with their layouts, and what is wrong with them and with those that cannot be read."""
    from segrules.cli.paths import files_of_rulesets
    from segrules.document.files import read_source

    files: list[_File] = []
    said: list[Diagnostic] = []
    for path in files_of_rulesets(paths):
        source, diagnostics = read_source(path)
        said += diagnostics
        if source is not None:
            files.append(_laid_out(source))
            said += files[-1].layout.diagnostics
    return files, said


def _standard_input() -> tuple[list[_File], list[Diagnostic]]:
    from segrules.document.files import source_of

    source, diagnostics = source_of("standard input", sys.stdin.buffer.read())
    files = [] if source is None else [_laid_out(source)]
    return files, [*diagnostics, *(diagnostic for file in files for diagnostic in file.layout.diagnostics)]


def _laid_out(source: Source) -> _File:
    from segrules.engine.collector import collector_at_rest
    from segrules.formatter.format import lay_out

    with collector_at_rest():
        return _File(source, lay_out(source))


def _put_differences(changed: Sequence[_File]) -> None:
    for file in changed:
        old, new = (text.splitlines(keepends=True) for text in (file.source.text, file.layout.text))
        for line in unified_diff(old, new, file.source.name, file.source.name):
            terminal.put(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")


def _save(changed: Sequence[_File]) -> None:
    from segrules.document.saving import save

    for file in changed:
        save(Path(file.source.name), file.layout.text)


def _summary(found: int, changed: int, unreadable: int, paths: Sequence[Path], *, only_looks: bool) -> str:
    """Return in words what was found, and what to do about it."""
    files = f"{found} {plural(found, 'file')}"
    if not changed:
        said = f"No layout to change: {files}."
    elif only_looks:
        said = f"{changed} of {files} would change: run `{shlex.join(['segrules', 'fmt', *map(str, paths)])}`."
    else:
        said = f"Laid out {changed} of {files}."
    return f"{said} {unreadable} cannot be laid out as long as there are errors." if unreadable else said


def _status(files: Sequence[_File], said: Sequence[Diagnostic], wrong: Sequence[_File]) -> int:
    from segrules.cli.reporting import status

    unproven = [file.source.name for file in files if file.layout.unproven]
    for name in unproven:
        terminal.say(
            f"segrules: `{name}` stays as it is, for its new layout might not say the same. "
            "The mistake is in segrules; please report it, with the file."
        )
    return INTERNAL if unproven else status(said) or (FAILED if wrong else 0)
