"""Expressions of a program as an author would write them; for people, so casts and types do not show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from segrules.language.formatting import literal
from segrules.program.nodes import (
    Aggregate,
    Answers,
    Call,
    Constant,
    Expression,
    Field,
    Reference,
    Scope,
    Statistic,
)

_CHOICE, _OR, _AND, _NOT, _COMPARISON, _SUM, _PRODUCT, _SIGN, _CLOSED = range(9)
"""How tightly an operator binds; an operand that binds less tightly stands in brackets."""

_LEVELS = {
    "if": _CHOICE, "or": _OR, "and": _AND, "not": _NOT, "+": _SUM, "-": _SUM, "add_duration": _SUM,
    "subtract_duration": _SUM, "*": _PRODUCT, "/": _PRODUCT, "negate": _SIGN,
} | dict.fromkeys(
    ("=", "!=", "<", "<=", ">", ">=", "between", "in", "in_list", "contains_text", "starts_with", "ends_with", "like",
     "is_missing", "is_present", "in_last", "in_next"), _COMPARISON,
)  # fmt: skip

_CASTS = frozenset({"to_number", "to_decimal", "to_date", "to_amount", "to_worth"})
_WORDS = {
    "add_duration": "+", "subtract_duration": "-", "contains_text": "contains", "starts_with": "starts with",
    "ends_with": "ends with",
}  # fmt: skip
_CHAINS = (frozenset({"<", "<="}), frozenset({">", ">="}), frozenset({"="}))
"""The comparisons that go in one direction."""

_NEGATED_INSIDE = frozenset({"between", "in", "in_last", "in_next"})


def print_expression(node: Expression) -> str:
    """Return an expression as an author would write it; casts do not show."""
    return _Author(None).text(node)


def _rows(node: Aggregate) -> str:
    """Return what an author calls the rows of an aggregate, with all steps: there may be several ways to a table."""
    return ".".join(step.down or step.table for step in node.down)


def _asked(node: Expression) -> Expression:
    """Return a comparison of answers as it is written."""
    while isinstance(node, Answers):
        node = node.comparison
    return node


class _Author:
    """Writes expressions; `below` is what the rows are called that the aggregate around them is about."""

    def __init__(self, below: str | None) -> None:
        self._below = below

    def text(self, node: Expression, level: int = _CHOICE) -> str:
        """Return an expression, in brackets if it binds less tightly than `level`."""
        match node:
            case Constant(value=value):
                text = literal(value)
                return f"({text})" if text.startswith("-") and level > _SIGN else text
            case Reference(name=name):
                return name
            case Field(row=row, name=name):
                start = (self._below,) if row.scope is Scope.CHILD and self._below else ()
                return ".".join((*start, *row.path, name))
            case Answers(comparison=comparison):
                return self.text(comparison, level)
            case Aggregate():
                return self._aggregate(node)
            case Statistic():
                return self._statistic(node)
            case Call(function=function, arguments=(argument, *_)) if function in _CASTS:
                return self.text(argument, level)
            case Call():
                text = self._call(node)
                return f"({text})" if self._level(node) < level else text

    def _level(self, node: Call) -> int:
        if node.function in ("and", "or") and len(node.arguments) == 1:
            return _CHOICE
        if node.function == "and" and self._chain(node.arguments):
            return _COMPARISON
        return _LEVELS.get(node.function, _CLOSED)

    def _list(self, nodes: Iterable[Expression]) -> str:
        return ", ".join(self.text(node) for node in nodes)

    def _call(self, node: Call) -> str:
        function, arguments = node.function, node.arguments
        level = _LEVELS.get(function, _CLOSED)
        match function:
            case "and" if chain := self._chain(arguments):
                return chain
            case "and" | "or":
                return f" {function} ".join(self.text(one, level + 1) for one in arguments)
            case "not":
                return self._not(arguments[0])
            case "negate":
                return f"-{self.text(arguments[0], _CLOSED)}"
            case "if":
                condition, then, otherwise = arguments
                parts = (self.text(condition, _OR), self.text(then, _OR), self.text(otherwise))
                return "if {} then {} else {}".format(*parts)
            case "at_least":
                return f"at least {self.text(arguments[0])} of ({self._list(arguments[1:])})"
            case _ if level is _COMPARISON:
                return self._comparison(node, "")
            case _ if level in (_SUM, _PRODUCT):
                left, right = arguments
                return f"{self.text(left, level)} {_WORDS.get(function, function)} {self.text(right, level + 1)}"
            case _:
                return f"{function}({self._list(arguments)})"

    def _chain(self, parts: Sequence[Expression]) -> str | None:
        """Return comparisons as one chain if they go in one direction, each on from where the one before ends."""
        links = [link for part in parts if isinstance(link := _asked(part), Call)]
        functions = {link.function for link in links}
        if len(parts) < 2 or len(links) < len(parts) or not any(functions <= chain for chain in _CHAINS):
            return None
        (first, end), *further = ([self.text(one, _SUM) for one in link.arguments] for link in links)
        text = f"{first} {links[0].function} {end}"
        for link, (start, following) in zip(links[1:], further, strict=True):
            if start != end:
                return None
            text, end = f"{text} {link.function} {following}", following
        return text

    def _not(self, operand: Expression) -> str:
        inner = _asked(operand)
        if isinstance(inner, Call) and inner.function in _NEGATED_INSIDE:
            return self._comparison(inner, "not ")
        return f"not {self.text(operand, _NOT)}"

    def _comparison(self, node: Call, negation: str) -> str:
        first, *rest = (self.text(one, _SUM) for one in node.arguments)
        match node.function:
            case "between":
                return f"{first} {negation}between {rest[0]} and {rest[1]}"
            case "in":
                return f"{first} {negation}in ({self._list(node.arguments[1:])})"
            case "in_list" if isinstance(node.arguments[1], Field):
                return f"{rest[0]} {negation}contains {first}"
            case "in_list":
                return f"{first} {negation}in {rest[0]}"
            case "in_last" | "in_next":
                return f"{first} {negation}in {node.function[3:]} {rest[1]}"
            case "is_missing" | "is_present":
                return f"{first} is {node.function[3:]}"
            case function:
                return f"{first} {_WORDS.get(function, function)} {rest[0]}"

    def _aggregate(self, node: Aggregate) -> str:
        rows = _rows(node)
        inside = _Author(rows)
        text = inside.text(node.value) if node.value else rows
        if node.by:
            text += f" by {inside.text(node.by)}"
        if node.where:
            text += f" where {inside.text(node.where)}"
        return f"{node.function}({text})"

    def _statistic(self, node: Statistic) -> str:
        arguments = [self.text(node.value)]
        if node.amount is not None:
            arguments.insert(1 if node.function == "quantile" else 0, self.text(node.amount))
        text = ", ".join(arguments)
        if node.descending:
            text += " descending"
        text += f" over {', '.join(self.text(name) for name in node.over) or 'all'}"
        if node.where is not None:
            text += f" where {self.text(node.where)}"
        return f"{node.function}({text})"
