"""The types of the language: what a value is, what unit it carries, whether it can be missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Kind(StrEnum):
    """What sort of value an expression has; `UNKNOWN` stands where a mistake was already reported."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    DECIMAL = "decimal"
    STRING = "string"
    DATE = "date"
    DATETIME = "datetime"
    DURATION = "duration"
    LIST = "list"
    MISSING = "missing"
    UNKNOWN = "unknown"


NUMERIC = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.DECIMAL})
TEMPORAL = frozenset({Kind.DATE, Kind.DATETIME})


@dataclass(frozen=True, slots=True)
class Type:
    """A type.

    `places` is a decimal's number of places, `item` a list's type of members. `values` are the texts that a string
    can be, when they are declared or are segments; `ordered` says that they stand lowest first and can be compared.
    `nullable` says whether the value can be missing: false is a promise. `unit` is that
    of a column, a parameter or a computed column; the checker works out those of expressions.
    """

    kind: Kind
    places: int = 0
    item: Type | None = None
    values: tuple[str, ...] | None = None
    ordered: bool = False
    nullable: bool = True
    unit: str | None = None

    def present(self) -> Type:
        """Return this type for a value that is never missing."""
        return replace(self, nullable=False)

    def maybe_missing(self, nullable: bool = True) -> Type:
        """Return this type for a value that can be missing if `nullable`."""
        return replace(self, nullable=nullable)

    def __str__(self) -> str:
        """Return the type as an author writes it: `decimal(2)`, `list of string`."""
        match self.kind:
            case Kind.DECIMAL:
                return f"decimal({self.places})"
            case Kind.LIST:
                return f"list of {self.item}"
            case _:
                return self.kind.value


BOOLEAN = Type(Kind.BOOLEAN)
INTEGER = Type(Kind.INTEGER)
NUMBER = Type(Kind.NUMBER)
STRING = Type(Kind.STRING)
DATE = Type(Kind.DATE)
DATETIME = Type(Kind.DATETIME)
DURATION = Type(Kind.DURATION)
UNKNOWN = Type(Kind.UNKNOWN)
MISSING = Type(Kind.MISSING)


def decimal(places: int) -> Type:
    """Return the type of exact numbers with so many places."""
    return Type(Kind.DECIMAL, places=places)


def list_of(item: Type) -> Type:
    """Return the type of lists of `item`."""
    return Type(Kind.LIST, item=item)
