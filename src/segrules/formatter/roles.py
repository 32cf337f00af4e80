"""What kind of file a text is, and which of its scalars are more than text: expressions, decision tables and so on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from segrules.diagnostics.diagnostic import Diagnostic, in_order
from segrules.diagnostics.source import Passage, Source, Span
from segrules.document.nodes import Mapping as MappingNode
from segrules.document.nodes import Node
from segrules.document.ruleset import ImportText, RulesetText
from segrules.document.structure import read_import, read_ruleset, read_suite
from segrules.document.suite import SuiteText
from segrules.document.written import Choice, Flag, Formula, Sentence, Text, Written
from segrules.document.yaml_pieces import Pieces, leaves
from segrules.document.yaml_reader import read_yaml
from segrules.language.parser import parse_expression
from segrules.language.template import parse_template

Role = type[Written | Flag | Choice]
Whole = RulesetText | ImportText | SuiteText
_Scalar = Written | Flag | Choice

_OF_RULESETS = {"ruleset", "entity", "segmentations", "treatments"}
_NO_EXPRESSION = re.compile(r"\bevery\b(?=\s+term\b)|\bdescending\s*\Z")
"""What the expressions of floors and rankings have beyond the language's grammar."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that can be laid out: what it holds, and the scalars in it."""

    whole: Whole
    scalars: tuple[_Scalar, ...]

    def roles(self, pieces: Pieces) -> Mapping[int, Role]:
        """Return what scalars are read as, by where they start; one that is read in two ways, by an alias, is text."""
        starts = [leaf.start for leaf in leaves(pieces.root)]
        found: dict[int, Role] = {}
        for one in self.scalars:
            place = one.passage.offsets[0] if isinstance(one, Written) else one.span.start
            start = starts[bisect_right(starts, place) - 1]
            found[start] = type(one) if found.get(start, type(one)) is type(one) else Text
        return found


def read(source: Source) -> tuple[Reading | None, tuple[Diagnostic, ...]]:
    """Return what a file holds, and what is wrong with it; None if it cannot be laid out for that."""
    node, of_yaml = read_yaml(source)
    if has_errors(of_yaml):
        return None, of_yaml
    whole, of_structure = _whole(node, source)
    if whole is None:
        return None, of_structure
    scalars = tuple(one for one in _scalars(whole) if one.value != "")
    of_code = tuple(diagnostic for one in scalars for diagnostic in _problems(one))
    return (None, in_order(of_code)) if has_errors(of_code) else (Reading(whole, scalars), ())


def _whole(node: Node | None, source: Source) -> tuple[Whole | None, tuple[Diagnostic, ...]]:
    """Return what a file holds, None for one that is none of ours: then the diagnostics say what a ruleset needs."""
    keys = {entry.key.value for entry in node.entries} if isinstance(node, MappingNode) else set()
    if "tests" in keys:
        return read_suite(node)
    if "segrules" in keys and not keys & _OF_RULESETS:
        return read_import(node, source)
    ruleset, diagnostics = read_ruleset(node, source)
    return (ruleset if keys & _OF_RULESETS else None), diagnostics


def _scalars(value: object) -> Iterator[_Scalar]:
    """Yield all scalars in what was read."""
    if isinstance(value, (Written, Flag, Choice)):
        yield value
    elif isinstance(value, tuple):
        for member in value:
            yield from _scalars(member)
    elif is_dataclass(value) and not isinstance(value, (Span, Passage)):
        for one in fields(value):
            yield from _scalars(getattr(value, one.name))


def _problems(one: _Scalar) -> tuple[Diagnostic, ...]:
    if isinstance(one, Formula):
        return parse_expression(_bare(one.passage))[1]
    return parse_template(one.passage)[1] if isinstance(one, Sentence) else ()


def _bare(passage: Passage) -> Passage:
    """Return an expression with blanks in place of the words around it that the language's grammar does not have."""
    text = _NO_EXPRESSION.sub(lambda found: " " * len(found[0]), passage.text)
    return Passage(text, passage.source, lambda: passage.offsets)


def has_errors(diagnostics: tuple[Diagnostic, ...]) -> bool:
    """Return whether one of them is an error."""
    return any(diagnostic.is_error for diagnostic in diagnostics)
