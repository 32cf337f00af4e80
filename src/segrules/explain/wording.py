"""How an expression is called in an explanation: as its author wrote it, where that can be told."""

from __future__ import annotations

from functools import lru_cache

from segrules.diagnostics.source import Source, passage_of
from segrules.language import syntax
from segrules.language.parser import parse_expression
from segrules.program.nodes import Answers, Call, Expression
from segrules.program.printer import print_expression

_COMPARISONS = frozenset(
    "= != < <= > >= between in in_list in_last in_next contains_text starts_with ends_with like is_missing is_present"
    .split()
)  # fmt: skip
_COMPARED = (
    syntax.Comparison, syntax.Membership, syntax.Between, syntax.Match, syntax.Presence, syntax.Window,
)  # fmt: skip


def written(node: Expression) -> str:
    """Return what stands in the file if that is the whole expression (`cloud_share > 40%`), else print it.

    What bands and the cells of tables stand for, for two, is written nowhere.
    """
    text = " ".join(node.span.text.split())
    return text if _is_whole(node, _tree(text)) else print_expression(node)


def _is_whole(node: Expression, tree: syntax.Expression | None) -> bool:
    """Whether what stands in the file can be all of an expression, and not only the value that it compares with."""
    match node:
        case Answers(comparison=comparison):
            return _is_whole(comparison, tree)
        case Call(function="not", arguments=(denied,)):
            return _is_whole(denied, tree.operand if isinstance(tree, syntax.Unary) else tree)
        case Call(function=function) if function in _COMPARISONS:
            return isinstance(tree, _COMPARED)
        case _:
            return tree is not None


@lru_cache(maxsize=4096)
def _tree(text: str) -> syntax.Expression | None:
    tree, diagnostics = parse_expression(passage_of(Source("", text)))
    return None if diagnostics else tree
