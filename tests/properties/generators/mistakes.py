"""Mistakes that people make, put into expressions and tables of rulesets that are right, in every style of YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

from hypothesis import strategies as st

from segrules.document.document import read_document
from segrules.document.nodes import Mapping, Node, Scalar, Sequence
from segrules.document.quoting import escaped, reads_without_quotes
from segrules.document.written import Formula, TableBlock
from segrules.document.yaml_reader import read_yaml

STYLES = ("as written", "plain", "'", '"', "|", ">")

RESPELLINGS = (
    (r" and ", " && "), (r" or ", " || "), (r"!=", "<>"), (r">=", "=>"), (r"<=", "=<"), (r" = ", " === "),
    (r" and ", " AND "), (r" or ", " Or "), (r" >= ", " at least "), (r" > ", " is greater than "),
    (r" in \(([^()]*)\)", r" in [\1]"), (r" in \(([^()]*)\)", r" in (\1, )"), (r"'(\w+)'", "‘\\1’"),
    (r"is present", "is not null"), (r"is present", "is not missing"), (r"is missing", "is null"),
    (r"is missing", "= null"), (r"in last", "within the last"), (r"(\d+) months", r"\1months"),
    (r"(\d+)%", r"\1 percent"), (r"(\d{4}-\d\d-\d\d)", r"'\1'"), (r"$", ";"), (r" ", " \u200b"), (r"_000\b", ",000"),
    (r"if (.*) then (.*) else (.*)", r"if(\1, \2, \3)"), (r"count_distinct\(([\w.]+)\)", r"count(distinct \1)"),
    (r" contains ", " Contains "), (r"> (\d+)\b", r"> '\1'"),
)  # fmt: skip
"""What to look for, and what to write instead: another spelling that can mean nothing else."""

SLIPS = (
    (r"\b(\w)(\w{5,})\b", r"\1x\2"), (r"\)", ""), (r"'", ""), (r"(\w+)", r"\1 \1"), (r"^", "> "), (r"^", "- "),
    (r"$", " # so"), (r" ", ": "), (r" ", " { "), (r"^", "'"),
)  # fmt: skip
"""The same for slips, after which something else may be there, or nothing that can be mended."""

IN_TABLES = ((r">= ", "=> "), (r"<= ", "=< "), (r"\| (\d+) ", r"| = \1 "))
SLIPS_IN_TABLES = ((r"\bmissing\b", "null"), (r"\| -", "|  "), (r"(\w+)", r"\1, \1"), (r"\w+", "'"))


@dataclass(frozen=True)
class Mistaken:
    """The text of a ruleset's file with mistakes, that without them, and both cut where mistakes stand."""

    text: str
    right: str
    kept: tuple[str, ...]
    respelled: bool


@st.composite
def mistaken(draw: st.DrawFn, path: Path) -> Mistaken:
    """A ruleset's file with one to three mistakes in expressions and tables: odd spellings only, or slips as well."""
    respelled = draw(st.booleans())
    source = read_document(path)[0].source  # type: ignore[union-attr]
    places = [place for place in _places(path) if _fitting(place, respelled)]
    chosen = draw(st.lists(st.sampled_from(places), min_size=1, max_size=3, unique_by=lambda place: place.start))
    wrong, right, kept, done = [], [], [], 0
    for place in sorted(chosen, key=lambda place: place.start):
        style = draw(st.sampled_from(STYLES))
        mistake = draw(st.sampled_from(_fitting(place, respelled)))
        at = draw(st.integers(0, place.value.count(" ")))
        between = source.text[done : place.start]
        kept.append(between)
        wrong += [between, place.written(_respelled(place.value, mistake, at), style)]
        right += [between, place.written(place.value, style)]
        done = place.end
    rest = source.text[done:]
    return Mistaken("".join([*wrong, rest]), "".join([*right, rest]), (*kept, rest), respelled)


@dataclass(frozen=True)
class _Place:
    scalar: Scalar
    in_flow: bool
    is_table: bool

    @property
    def start(self) -> int:
        return self.scalar.span.start

    @property
    def end(self) -> int:
        return self.scalar.span.end

    @property
    def value(self) -> str:
        value = self.scalar.value
        return value if self.is_table or "#" in value else " ".join(value.split())

    def written(self, value: str, style: str) -> str:
        """Return a value as it stands in the file, in a style or one that can hold it."""
        is_last = self.scalar.span.source.text[self.end : self.end + 1] in ("", "\n")
        if self.is_table or "#" in self.value or (style in "|>" and is_last and not self.in_flow):
            return self._block(value, ">" if style == ">" and not self.is_table else "|")
        written = self.scalar.span.text
        if style == "as written":
            style = written[0] if written[0] in "'\"" else "plain"
        if style in ("'", '"'):
            return f"{style}{escaped(value, style)}{style}"
        mistaken_on_purpose = value != self.value
        if mistaken_on_purpose or reads_without_quotes(value, value, in_flow=self.in_flow, is_key=False):
            return value
        return f'"{escaped(value, chr(34))}"'

    def _block(self, value: str, sign: str) -> str:
        text = self.scalar.span.source.text
        line = text[text.rfind("\n", 0, self.start) + 1 : self.start]
        indent = " " * (len(line) - len(line.lstrip(" ")) + 6)
        lines = value.rstrip("\n").split("\n") if "\n" in value else value.replace(" and ", "\n and ", 1).split("\n")
        stripped = lines if self.is_table else [one.strip() for one in lines]
        return f"{sign}\n" + "\n".join(f"{indent}{one}" if one else "" for one in stripped)


def _respelled(value: str, mistake: tuple[str, str], at: int) -> str:
    found = _found(value, mistake)
    one = found[at % len(found)]
    return value[: one.start()] + one.expand(mistake[1]) + value[one.end() :]


def _fitting(place: _Place, respelled: bool) -> list[tuple[str, str]]:
    odd, slips = (IN_TABLES, SLIPS_IN_TABLES) if place.is_table else (RESPELLINGS, SLIPS)
    mistakes = odd if respelled else (*odd, *slips)
    return [mistake for mistake in mistakes if _found(place.value, mistake)]


def _found(value: str, mistake: tuple[str, str]) -> list[re.Match[str]]:
    """Where a mistake can be made: in a text another spelling would mean something else."""
    found = re.finditer(mistake[0], value)
    return [one for one in found if mistake not in RESPELLINGS or value.count("'", 0, one.start()) % 2 == 0]


def _places(path: Path) -> list[_Place]:
    """The expressions and decision tables that stand in a ruleset's file."""
    document, _ = read_document(path)
    assert document is not None
    formulas = {part.span.start for part in _written(document.ruleset, Formula) if part.span.source == document.source}
    tables = {part.span.start for part in _written(document.ruleset, TableBlock)}
    root, _ = read_yaml(document.source)
    assert root is not None
    found = []
    for scalar, in_flow in _scalars(root, in_flow=False):
        start = scalar.passage.whole.start
        if scalar.value and start in formulas | tables and "\n\n" not in scalar.value:
            found.append(_Place(scalar, in_flow, start in tables))
    return found


def _written(part: object, kind: type) -> Iterator[Formula | TableBlock]:
    if isinstance(part, kind):
        yield part  # type: ignore[misc]
    elif isinstance(part, tuple | frozenset):
        for one in part:
            yield from _written(one, kind)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _written(getattr(part, field.name), kind)


def _scalars(node: Node, *, in_flow: bool) -> Iterator[tuple[Scalar, bool]]:
    inside = in_flow or node.span.text[:1] in ("[", "{")
    match node:
        case Scalar():
            yield node, in_flow
        case Sequence():
            for item in node.items:
                yield from _scalars(item, in_flow=inside)
        case Mapping():
            for entry in node.entries:
                yield from _scalars(entry.value, in_flow=inside)
