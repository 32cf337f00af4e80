"""A ruleset as YAML text: expressions as `|` blocks, texts in quotes, words bare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class Formula(str):
    """An expression or a table, which is written as a block."""

    __slots__ = ()


class Words(str):
    """Text that is written as it is."""

    __slots__ = ()


def to_yaml(node: Mapping[str, object]) -> str:
    """Return nested dicts, lists, formulas and texts as YAML."""
    return "\n".join(_lines(node, 0)) + "\n"


def _lines(node: object, indent: int) -> Iterator[str]:
    margin = " " * indent
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from _entry(f"{margin}{key}:", value, indent)
    elif isinstance(node, list):
        for value in node:
            yield from _entry(f"{margin}-", value, indent)


def _entry(head: str, value: object, indent: int) -> Iterator[str]:
    match value:
        case Formula():
            yield f"{head} |"
            yield from (f"{' ' * (indent + 2)}{line}" for line in value.split("\n"))
        case Words():
            yield f"{head} {value}"
        case str():
            quoted = value.replace("'", "''")
            yield f"{head} '{quoted}'"
        case bool():
            yield f"{head} {'true' if value else 'false'}"
        case int():
            yield f"{head} {value}"
        case _ if not value:
            yield f"{head} {value}"
        case _:
            yield head
            yield from _lines(value, indent + 2)
