"""What stands for an expression in generated code: a name for a value, a pair of tests for a condition, a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from segrules.language.values import Value


@dataclass(frozen=True, slots=True)
class Piece:
    """A value: the name that holds it, whether that can be None, and what is known of it.

    A constant has its `value`; of a number `size` is what it cannot exceed on either side of zero.
    """

    name: str
    nullable: bool
    is_constant: bool = False
    value: Value = None
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """A condition: a test whether it is true and one whether it is false, both plain booleans that ask names only.

    It can be unknown only while one of the tests `gaps` holds. `depth` is how deep its tests nest.
    """

    true: str
    false: str
    gaps: tuple[str, ...] = ()
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Here:
    """A row: its table, the names of its values and of its place in the table; of none both are None."""

    table: str
    row: str
    at: str
    nullable: bool = False


ALWAYS, NEVER = Truth("True", "False"), Truth("False", "True")


def guard(pieces: Iterable[Piece]) -> str:
    """Return the test that no piece is missing; empty if none can be."""
    return " and ".join(dict.fromkeys(f"{piece.name} is not None" for piece in pieces if piece.nullable))


def tested(test: str, pieces: Iterable[Piece]) -> Truth:
    """Return the condition that a test makes which is known when no piece is missing."""
    pieces = tuple(pieces)
    present = guard(pieces)
    gaps = tuple(dict.fromkeys(f"{piece.name} is None" for piece in pieces if piece.nullable))
    if not present:
        return Truth(test, f"not {test}")
    return Truth(f"({present} and {test})", f"({present} and not {test})", gaps)


def held(piece: Piece) -> Truth:
    """Return the condition that a name holds."""
    if piece.nullable:
        return Truth(f"{piece.name} is True", f"{piece.name} is False", (f"{piece.name} is None",))
    return Truth(piece.name, f"not {piece.name}")


def both(truths: Iterable[Truth]) -> Truth:
    """Return the `and` of conditions."""
    return _joined(tuple(truths), " and ", " or ")


def either(truths: Iterable[Truth]) -> Truth:
    """Return the `or` of conditions."""
    return _joined(tuple(truths), " or ", " and ")


def denied(truth: Truth) -> Truth:
    """Return the `not` of a condition."""
    return Truth(truth.false, truth.true, truth.gaps, truth.depth)


def gaps_of(truths: Iterable[Truth]) -> tuple[str, ...]:
    """Return while which tests one of some conditions can be unknown."""
    return tuple(dict.fromkeys(gap for truth in truths for gap in truth.gaps))


def deeper(truths: Iterable[Truth]) -> int:
    """Return how deep a test of these conditions nests."""
    return 1 + max(truth.depth for truth in truths)


def _joined(truths: tuple[Truth, ...], true: str, false: str) -> Truth:
    return Truth(
        f"({true.join(truth.true for truth in truths)})",
        f"({false.join(truth.false for truth in truths)})",
        gaps_of(truths),
        deeper(truths),
    )
