"""What a condition asks about: the one thing that it compares with written values, if it is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from segrules.language.types import Kind
from segrules.language.values import Value
from segrules.meaning.comparisons import NoSegment, Operand
from segrules.meaning.functions import MEANINGS
from segrules.program.nodes import Answers, Call, Constant, Expression, Field, Reference, Scope, walk
from segrules.program.program import Program, Segmentation

CASTS = frozenset({"to_number", "to_decimal", "to_date"})
ORDERED = frozenset("= != < <= > >= between in".split())
_COMPARISONS = ORDERED | {"in_list"}
_PATTERNS = frozenset("contains_text starts_with ends_with like".split())
_PRESENCE = frozenset({"is_missing", "is_present"})
_LARGEST = 2**53
"""Whole numbers up to this one are doubles, so that a cast changes no comparison."""

References = Mapping[str, Value]
"""The values of parameters."""


def subject_of(program: Program, condition: Expression) -> Expression:
    """Return what a condition compares with written values, or asks whether it is there.

    It is a column, something worked out, `as_of` or a segmentation of the row. Of a condition that does nothing of the
    sort nothing is known, and it is returned itself.
    """
    return _subject(program, condition) or condition


def _subject(program: Program, condition: Expression) -> Expression | None:
    match condition:
        case Answers(segmentation=field, comparison=Call(function=function, arguments=arguments)):
            others = [one for one in arguments if one != field]
            return field if is_own(field) and function in ORDERED and all(map(is_written, others)) else None
        case Call(function="in_list", arguments=(item, members)):
            return base(program, item) if is_written(members) and item.type.kind is not Kind.LIST else None
        case Call(function=function, arguments=(text, part)) if function in _PATTERNS and is_written(part):
            found = base(program, text)
            return found if found is not None and found.type.values is not None else None
        case Call(function=function, arguments=arguments) if function in _COMPARISONS | _PRESENCE:
            bases = {base(program, one) for one in arguments if not is_written(one)}
            sizes = [node.value for one in arguments for node in walk(one) if isinstance(node, Constant)]
            return bases.pop() if len(bases) == 1 and not any(map(_is_large, sizes)) else None
        case _:
            return base(program, condition)


def _is_large(value: Value) -> bool:
    return isinstance(value, (int, float)) and abs(value) > _LARGEST


def base(program: Program, node: Expression) -> Expression | None:
    """Return what is left of an expression without casts, without `coalesce`, and of a metric that is only these."""
    match node:
        case Call(function=function, arguments=(inner,)) if function in CASTS:
            return base(program, inner)
        case Call(function="coalesce", arguments=(inner, *others)) if all(map(is_written, others)):
            return base(program, inner)
        case Field() if (value := own_value(program, node)) is not None:
            found = base(program, value)
            return found if isinstance(found, Field | Reference) else node
        case Field() if is_own(node) and isinstance(program.definition(node.row.table, node.name), Segmentation):
            return None  # what it may be as long as something is missing is asked by `Answers`
        case Answers():
            return None
        case Call(function=function) if node.type.kind is Kind.BOOLEAN and function in LOGIC:
            return None
        case _:
            return None if node.type.kind in (Kind.LIST, Kind.DURATION, Kind.MISSING) or is_written(node) else node


LOGIC = frozenset("and or not at_least if".split()) | _COMPARISONS | _PRESENCE


def own_value(program: Program, node: Expression) -> Expression | None:
    """Return the expression that works out a field of the entity's own row, None if it is stored or not of that row."""
    if not isinstance(node, Field) or not is_own(node):
        return None
    return _computed(program).get((node.row.table, node.name))


def is_own(field: Field) -> bool:
    """Whether a field is a column of the row itself."""
    return field.row.scope is Scope.ROW and not field.row.path


@lru_cache(maxsize=2)
def _computed(program: Program) -> dict[tuple[str, str], Expression]:
    return {(one.table, one.name): one.value for one in program.computed}


def is_written(node: Expression) -> bool:
    """Whether an expression is the same for every row and, but for parameters with values by day, on every day."""
    return all(
        isinstance(part, Constant | Call) or (isinstance(part, Reference) and part.name != "as_of")
        for part in walk(node)
    )


def written_parts(condition: Expression) -> Iterator[Expression]:
    """Yield the written values that a condition compares its subject with."""
    call = condition.comparison if isinstance(condition, Answers) else condition
    if isinstance(call, Call) and call.function in _COMPARISONS:
        yield from (one for one in call.arguments if is_written(one))


def written_value(program: Program, node: Expression, references: References) -> Value:
    """Return the value of an expression that is the same for every row."""
    found = value_at(program, node, None, None, references)
    assert not isinstance(found, NoSegment)
    return found


def value_at(
    program: Program, node: Expression, subject: Expression | None, given: Operand, references: References
) -> Operand:
    """Return the value of an expression where its subject has a value; see `subject_of`."""
    if subject is not None and node == subject:
        return given
    match node:
        case Constant():
            return node.value
        case Reference(name=name):
            return references[name]
        case Call(function=function, arguments=arguments):
            return MEANINGS[function](node, [value_at(program, one, subject, given, references) for one in arguments])
        case Answers(comparison=comparison):
            return value_at(program, comparison, subject, given, references)
        case _:
            value = own_value(program, node)
            assert value is not None, node
            return value_at(program, value, subject, given, references)
