"""The text of a `because` at a row."""

from __future__ import annotations

from segrules.backends.scalar.interpreter import Interpreter
from segrules.language.formatting import text_of
from segrules.meaning.tables import RowAt
from segrules.program.program import Hole, Segmentation, Template
from segrules.program.sensitivity import Sensitivity


def because(
    known: Interpreter, segmentation: Segmentation, rules: tuple[str, ...], row: RowAt, sensitivity: Sensitivity
) -> str | None:
    """Return the author's reasons of the rules that decided, one sentence after another, or None without any."""
    deciding = [rule for rule in segmentation.rules if rule.id in rules]
    texts = [render(known, rule.because, row, sensitivity) for rule in deciding if rule.because is not None]
    return "; ".join(texts) or None


def render(known: Interpreter, template: Template, row: RowAt, sensitivity: Sensitivity) -> str:
    """Return a text with its holes filled in, but for the values that are to be hidden."""
    return "".join(part if isinstance(part, str) else _filled(known, part, row, sensitivity) for part in template)


def _filled(known: Interpreter, hole: Hole, row: RowAt, sensitivity: Sensitivity) -> str:
    return text_of(sensitivity.shown(hole.expression, known.evaluate(hole.expression, row)), hole.format)
