"""The text of a `because` at a row."""

from __future__ import annotations

from segrules.backends.scalar.interpreter import Interpreter
from segrules.language.formatting import text_of
from segrules.meaning.tables import RowAt
from segrules.program.program import Segmentation, Template


def because(known: Interpreter, segmentation: Segmentation, rules: tuple[str, ...], row: RowAt) -> str | None:
    """Return the author's reasons of the rules that decided, one sentence after another, or None without any."""
    deciding = [rule for rule in segmentation.rules if rule.id in rules]
    return "; ".join(render(known, rule.because, row) for rule in deciding if rule.because is not None) or None


def render(known: Interpreter, template: Template, row: RowAt) -> str:
    """Return a text with its holes filled in."""
    return "".join(
        part if isinstance(part, str) else text_of(known.evaluate(part.expression, row), part.format)
        for part in template
    )
