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
_WITH_NOT = (syntax.Membership, syntax.Between, syntax.Match, syntax.Window)


def written(node: Expression) -> str:
    """Return what stands in the file if that is the whole expression (`cloud_share > 40%`), else print it.

    What bands and the cells of tables stand for, for two, is written nowhere.
    """
    text = " ".join(node.span.text.split())
    return text if _is_whole(node, _tree(text)) else print_expression(node)


def denied(node: Expression) -> str:
    """Return how the denial of a condition is called: as it stands in the file where its `not` is inside it."""
    text = " ".join(node.span.text.split())
    if _is_negated(_tree(text)):
        return text
    inner = written(node)
    return f"not ({inner})" if isinstance(_tree(inner), syntax.Conditional) else f"not {inner}"


def _is_whole(node: Expression, tree: syntax.Expression | None) -> bool:
    """Whether what stands in the file can be all of an expression, and not only the value that it compares with."""
    match node:
        case Answers(comparison=comparison):
            return _is_whole(comparison, tree)
        case Call(function="not", arguments=(denied,)):
            return _is_negated(tree) or _is_whole(denied, tree.operand if isinstance(tree, syntax.Unary) else tree)
        case Call(function=function) if function in _COMPARISONS:
            return isinstance(tree, _COMPARED) and not _is_negated(tree)
        case _:
            return tree is not None


def _is_negated(tree: syntax.Expression | None) -> bool:
    """Whether a comparison has its `not` inside: `x not in (1, 2)`."""
    return isinstance(tree, _WITH_NOT) and tree.negated


@lru_cache(maxsize=4096)
def _tree(text: str) -> syntax.Expression | None:
    tree, diagnostics = parse_expression(passage_of(Source("", text)))
    return None if diagnostics else tree
