"""Kleene's logic over expressions: what is constant is left out, and what is never missing is not asked whether it is.

The types of the expressions are trusted to say whether they can be missing.
"""

from __future__ import annotations

from collections.abc import Iterable

from segrules.diagnostics.source import Span
from segrules.language import types
from segrules.language.values import Value
from segrules.program.nodes import Call, Constant, Expression


def truth(value: bool | None, span: Span) -> Constant:
    """Return true, false or unknown."""
    return Constant(value, types.BOOLEAN.maybe_missing(value is None), span)


def conjunction(terms: Iterable[Expression], span: Span) -> Expression:
    """Return the `and` of terms; of none it is true."""
    return _joined("and", terms, True, span)


def disjunction(terms: Iterable[Expression], span: Span) -> Expression:
    """Return the `or` of terms; of none it is false."""
    return _joined("or", terms, False, span)


def _joined(function: str, terms: Iterable[Expression], neutral: bool, span: Span) -> Expression:
    kept = [term for term in dict.fromkeys(terms) if constant(term) is not neutral]
    if any(constant(term) is (not neutral) for term in kept):
        return truth(not neutral, span)
    if len(kept) < 2:
        return kept[0] if kept else truth(neutral, span)
    return boolean(function, *kept)


def negation(term: Expression) -> Expression:
    """Return `not term`."""
    value = constant(term)
    return boolean("not", term) if value is None else truth(not value, term.span)


def at_least(count: int, terms: Iterable[Expression], span: Span) -> Expression:
    """Return whether `count` terms are true."""
    possible = [term for term in terms if constant(term) is not False]
    if len(possible) < count:
        return truth(False, span)
    return boolean("at_least", Constant(count, types.INTEGER.present(), span), *possible)


def is_true(term: Expression) -> Expression:
    """Return whether a term is true; unknown is not."""
    return _settled(term, False)


def may_be_true(term: Expression) -> Expression:
    """Return whether a term is true or unknown."""
    return _settled(term, True)


def _settled(term: Expression, unknown: bool) -> Expression:
    if not term.type.nullable:
        return term
    if isinstance(term, Constant):
        return truth(unknown if term.value is None else bool(term.value), term.span)
    return Call("coalesce", (term, truth(unknown, term.span)), types.BOOLEAN.present(), term.span)


def is_missing(term: Expression) -> Expression:
    """Return whether a value is missing."""
    if not term.type.nullable or isinstance(term, Constant):
        return truth(isinstance(term, Constant) and term.value is None, term.span)
    return Call("is_missing", (term,), types.BOOLEAN.present(), term.span)


def choice(condition: Expression, then: Expression, otherwise: Expression) -> Expression:
    """Return `if condition then then else otherwise`, of truths."""
    value = constant(condition)
    if value is not None:
        return then if value else otherwise
    return boolean("if", condition, then, otherwise)


def constant(term: Expression) -> Value:
    """Return the value of a constant, and None for anything else."""
    return term.value if isinstance(term, Constant) else None


def boolean(function: str, *arguments: Expression) -> Call:
    """Return a call that is true, false, or, if an argument can be missing, unknown."""
    nullable = any(argument.type.nullable for argument in arguments)
    return Call(function, arguments, types.BOOLEAN.maybe_missing(nullable), arguments[0].span)
