"""Nodes of the syntax tree, made while Lark parses: one function for each rule of `grammar.lark`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from segrules.language import literals
from segrules.language.syntax import (
    Between,
    Binary,
    Call,
    Comparison,
    Conditional,
    Expression,
    Identifier,
    Listing,
    Literal,
    Match,
    Membership,
    Path,
    Presence,
    Unary,
    Window,
)
from segrules.language.tokens import Token, negated, phrase


class _Clause(NamedTuple):
    """What a call has behind its arguments, by the name of its field in `Call`."""

    field: str
    value: Any


def _identifier(token: Token) -> Identifier:
    return Identifier(token.text, start=token.start, end=token.end)


def _operator(token: Token) -> Identifier:
    """Return an operator in its one spelling: `=` for `==`, phrases with single blanks and without their `not`."""
    text = "=" if token.kind == "EQUAL" else phrase(token)
    return Identifier(text, start=token.start, end=token.end)


class TreeBuilder:
    """The functions that Lark calls by name, each with the children of a rule: nodes and tokens.

    A node in brackets spans its brackets.
    """

    @staticmethod
    def literal(children: list[Token]) -> Literal:
        """Read a literal, or raise `Unreadable`."""
        token = children[0]
        value = literals.read(token.kind, token.text)
        return Literal(value, token.kind == "PERCENT", start=token.start, end=token.end)

    @staticmethod
    def conditional(children: list[Any]) -> Conditional:
        """Read `if c then a else b`."""
        opening, condition, _, then, _, otherwise = children
        return Conditional(condition, then, otherwise, start=opening.start, end=otherwise.end)

    @staticmethod
    def binary(children: list[Any]) -> Binary:
        """Read `a and b`, `a + b`."""
        left, sign, right = children
        return Binary(_operator(sign), left, right, start=left.start, end=right.end)

    @staticmethod
    def negation(children: list[Any]) -> Unary:
        """Read `not a`, `-a`."""
        sign, operand = children
        return Unary(_identifier(sign), operand, start=sign.start, end=operand.end)

    negative = negation

    @staticmethod
    def comparison(children: list[Any]) -> Comparison:
        """Read `a < b <= c`."""
        operands, operators = tuple(children[0::2]), tuple(map(_operator, children[1::2]))
        return Comparison(operators, operands, start=operands[0].start, end=operands[-1].end)

    @staticmethod
    def membership(children: list[Any]) -> Membership:
        """Read `x in (a, b)`."""
        item, sign, options = children
        return Membership(item, options, negated(sign), start=item.start, end=options.end)

    @staticmethod
    def window(children: list[Any]) -> Window:
        """Read `x in last 12 months`."""
        value, sign, duration = children
        return Window(
            value, phrase(sign).removeprefix("in "), duration, negated(sign), start=value.start, end=duration.end
        )

    @staticmethod
    def match(children: list[Any]) -> Match:
        """Read `x contains y`, `x starts with y`."""
        left, sign, right = children
        return Match(_operator(sign), left, right, negated(sign), start=left.start, end=right.end)

    @staticmethod
    def between(children: list[Any]) -> Between:
        """Read `x between a and b`."""
        value, sign, low, _, high = children
        return Between(value, low, high, negated(sign), start=value.start, end=high.end)

    @staticmethod
    def presence(children: list[Any]) -> Presence:
        """Read `x is missing`."""
        value, sign = children
        return Presence(value, sign.text.endswith("missing"), start=value.start, end=sign.end)

    @staticmethod
    def path(children: list[Any]) -> Path:
        """Read `name`, `name.name`."""
        return Path(tuple(map(_identifier, children)), start=children[0].start, end=children[-1].end)

    @staticmethod
    def bracketed(children: list[Any]) -> Expression:
        """Read `(a)`: what stands in the brackets, with them."""
        opening, inner, closing = children
        return replace(inner, start=opening.start, end=closing.end)  # type: ignore[no-any-return]

    @staticmethod
    def listing(children: list[Any]) -> Listing:
        """Read `(a, b)`."""
        opening, *items, closing = children
        return Listing(tuple(items), start=opening.start, end=closing.end)

    @staticmethod
    def call(children: list[Any]) -> Call:
        """Read `f(a, b where c)`."""
        function, _, *inner, closing = children
        arguments, *clauses = inner or [()]
        given = {clause.field: clause.value for clause in clauses if clause is not None}
        return Call(_identifier(function), arguments, start=function.start, end=closing.end, **given)

    @staticmethod
    def arguments(children: list[Any]) -> tuple[Expression, ...]:
        """Read the arguments of a call."""
        return tuple(children)

    @staticmethod
    def where(children: list[Any]) -> _Clause:
        """Read `where c`."""
        return _Clause("where", children[1])

    @staticmethod
    def by(children: list[Any]) -> _Clause:
        """Read `by x`."""
        return _Clause("by", children[1])

    @staticmethod
    def descending(_: list[Any]) -> _Clause:
        """Read `descending`."""
        return _Clause("descending", True)

    @staticmethod
    def over(children: list[Any]) -> _Clause:
        """Read `over all`, or `over` with the names that part the rows."""
        return _Clause("over", tuple(name for name in children[1:] if isinstance(name, Path)))
