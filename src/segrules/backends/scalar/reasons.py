"""The text of a `because` at a row."""

from __future__ import annotations

from segrules.backends.scalar.interpreter import Interpreter
from segrules.language.formatting import text_of
from segrules.meaning.tables import RowAt
from segrules.program.program import Template


def render(known: Interpreter, template: Template, row: RowAt) -> str:
    """Return a text with its holes filled in."""
    return "".join(
        part if isinstance(part, str) else text_of(known.evaluate(part.expression, row), part.format)
        for part in template
    )
