"""The syntax tree of an expression: what was written, not yet what it means.

Every node has `start` and `end`: offsets into the text of the passage that was parsed, `end` not included.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from segrules.language.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Anything written in an expression."""

    start: int = field(compare=False, default=0)
    end: int = field(compare=False, default=0)


@dataclass(frozen=True, slots=True)
class Identifier(Node):
    """A name as written."""

    text: str


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A value as written.

    It is a number (an `int` or a `Decimal` with the places that stand there), a percent (a `Decimal`), a text, true,
    false, missing (None), a date, a datetime or a duration.
    """

    value: Value
    percent: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Path(Node):
    """A name, or names joined by dots: `deals.product.line`."""

    names: tuple[Identifier, ...]


@dataclass(frozen=True, slots=True)
class Unary(Node):
    """`not x` or `-x`."""

    operator: Identifier
    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """`+ - * /`, `and`, `or`; operators of one level stand to the left, two at a time."""

    operator: Identifier
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """`a < b`, or a chain `a <= b < c`: one operator fewer than operands; operators are `= != < <= > >=`."""

    operators: tuple[Identifier, ...]
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Membership(Node):
    """`x in (a, b)`, `x not in names`; `options` is a `Listing` or any other expression that is a list."""

    item: Expression
    options: Expression
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Listing(Node):
    """`(a, b)` after `in`."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Between(Node):
    """`x between a and b`, both ends included; `x not between a and b`."""

    value: Expression
    low: Expression
    high: Expression
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Presence(Node):
    """`x is missing` (`missing` true) or `x is present`."""

    value: Expression
    missing: bool


@dataclass(frozen=True, slots=True)
class Match(Node):
    """`contains`, `starts with`, `ends with`, `like`; `operator.text` is one of these with single blanks."""

    operator: Identifier
    left: Expression
    right: Expression
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Window(Node):
    """`x in last 12 months`, `x not in next 2 quarters`; `direction` is `last` or `next`.

    `duration` is a literal duration or any expression that is one (a parameter).
    """

    value: Expression
    direction: str
    duration: Expression
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    """`if c then a else b`."""

    condition: Expression
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`f(x, y)`, with what an aggregate or a statistic may add inside its brackets.

    `where` is a condition, `by` the order of `first` and `last`, `descending` belongs to the first argument, `over`
    is None without it, empty for `over all`, else the names that part the rows into groups.
    """

    function: Identifier
    arguments: tuple[Expression, ...]
    where: Expression | None = None
    by: Expression | None = None
    descending: bool = False
    over: tuple[Path, ...] | None = None


Expression = (
    Literal
    | Path
    | Unary
    | Binary
    | Comparison
    | Membership
    | Listing
    | Between
    | Presence
    | Match
    | Window
    | Conditional
    | Call
)


@dataclass(frozen=True, slots=True)
class Hole(Node):
    """`{expression}` or `{expression:format}` in a text; the format is None or such as `,` `.2f` `.1%`."""

    expression: Expression
    format: str | None = None


Template = tuple[str | Hole, ...]
