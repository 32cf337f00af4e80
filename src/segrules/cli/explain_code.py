"""`segrules explain-code`: the page of a diagnostic."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import groupby
from typing import Annotated

import typer

from segrules.cli import terminal
from segrules.diagnostics.catalogue import Code, Severity, all_codes

EXAMPLE = "segrules explain-code SR204"

_FENCE = re.compile(r"^```(?P<info>\w.*)$", re.MULTILINE)
_CAPTIONS = {"yaml ruleset": "`ruleset.yaml`", "yaml tests": "`tests.yaml`", "text diagnostics": "What is said of it:"}


def explain_code(
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help="A code or its slug; without one, all of them are listed.")
    ] = None,
) -> None:
    """Show the page of a diagnostic: what it is about, a bad text, what is said of it, and a good text."""
    from segrules.diagnostics.page import page_of

    if code is None:
        terminal.put("".join(f"{line}\n" for line in _listing(all_codes())))
        return
    page = page_of(_code(code))
    if terminal.is_terminal(sys.stdout):
        from rich.markdown import Markdown

        terminal.console(sys.stdout).print(Markdown(_FENCE.sub(_captioned, page), code_theme="ansi_dark"))
    else:
        terminal.put(page)


def _code(word: str) -> Code:
    from segrules.diagnostics.lookup import code_called, nearest_code

    if found := code_called(word):
        return found
    meant = nearest_code(word)
    way_out = f"did you mean `{meant}`?" if meant else "`segrules explain-code` lists them all"
    raise typer.BadParameter(f"there is no diagnostic `{word}`; {way_out}", param_hint="CODE")


def _captioned(fence: re.Match[str]) -> str:
    """Return the beginning of a block below its name: rich does not show the words behind the backticks."""
    info = fence["info"]
    kind, sign, name = info.partition("=")
    caption = _CAPTIONS.get(info)
    if sign:
        caption = f"The data of `{name}`:" if kind.endswith(" table") else f"`{name}`"
    return f"{caption}\n\n{fence[0]}" if caption else fence[0]


def _listing(codes: tuple[Code, ...]) -> Iterator[str]:
    """Yield a line for each code, below the name of its family; errors, which most are, are not marked as such."""
    from segrules.diagnostics.lookup import family_of
    from segrules.diagnostics.render.paint import Style, painted

    width = max(len(code.slug) for code in codes)
    colour = terminal.has_colour(sys.stdout)
    for number, (family, members) in enumerate(groupby(codes, family_of)):
        yield from ("",) if number else ()
        yield painted(family, Style.BOLD, colour=colour)
        for code in members:
            mark = "" if code.severity is Severity.ERROR else f" ({code.severity})"
            yield f"  {code.number}  {code.slug:{width}}  {code.summary}{mark}"
