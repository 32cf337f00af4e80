"""The one arrow of this floor: a file's text to its canonical layout, once it is proven to say the same."""

from __future__ import annotations

from dataclasses import dataclass

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Source
from segrules.document.ruleset import RulesetText
from segrules.document.yaml_pieces import read_pieces
from segrules.formatter.blocks import write
from segrules.formatter.proof import hash_of, said_by
from segrules.formatter.roles import read


@dataclass(frozen=True, slots=True)
class Layout:
    """The text of a file in its canonical layout, or as it was where that cannot be had.

    `diagnostics` say what is wrong with the file. It is `unproven` if its new layout was not found to say the same as
    the old, which is a mistake in segrules.
    """

    text: str
    diagnostics: tuple[Diagnostic, ...] = ()
    unproven: bool = False


def lay_out(source: Source) -> Layout:
    """Return the canonical layout of a ruleset, of a file that rulesets import, or of tests."""
    text = source.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    reading, diagnostics = read(Source(source.name, text))
    if reading is None:
        return Layout(source.text, diagnostics)
    pieces = read_pieces(text)
    new = write(pieces, reading.roles(pieces))
    if new == source.text:
        return Layout(new)
    is_ruleset = isinstance(reading.whole, RulesetText)
    if _says_the_same(source, new, is_ruleset=is_ruleset) and said_by(pieces, reading.roles(pieces)) == _said(new):
        return Layout(new)
    return Layout(source.text, unproven=True)


def _says_the_same(source: Source, new: str, *, is_ruleset: bool) -> bool:
    return not is_ruleset or hash_of(source.text, source.name) == hash_of(new, source.name)


def _said(text: str) -> object:
    reading, _ = read(Source("", text))
    if reading is None:
        return None
    pieces = read_pieces(text)
    return said_by(pieces, reading.roles(pieces))
