"""How an expression is called in an explanation: as its author wrote it, where that can be told."""

from __future__ import annotations

from functools import lru_cache

from segrules.diagnostics.source import Source, passage_of
from segrules.language.parser import parse_expression
from segrules.program.nodes import Expression
from segrules.program.printer import print_expression


def written(node: Expression) -> str:
    """Return what stands in the file if that is the whole expression (`cloud_share > 40%`), else print it.

    What bands stand for, for one, is written nowhere.
    """
    text = " ".join(node.span.text.split())
    return text if _is_expression(text) else print_expression(node)


@lru_cache(maxsize=4096)
def _is_expression(text: str) -> bool:
    tree, diagnostics = parse_expression(passage_of(Source("", text)))
    return tree is not None and not diagnostics
