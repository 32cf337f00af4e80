"""SR611: segments that no treatment is for, of a segmentation that treatments ask for; the default is what is left.

A treatment is for a segment if its condition can be true for rows that have the segment, and no other. Of a `collect`
segmentation rows may have others, too: there it is enough that it names the segment, and can be true with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label, told
from segrules.diagnostics.listing import listed
from segrules.lint.could_be import Case, could_be, is_answer, only
from segrules.program.expressions import expressions_of
from segrules.program.nodes import Call, Constant, Expression, Field, walk
from segrules.program.program import Computed, HitPolicy, Program, Segmentation
from segrules.program.treatments import Treatment


def segment_without_treatment(program: Program) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each segmentation with segments that no treatment is for."""
    treatments = [
        _Reader(one, _read(program, expressions_of(one)), tuple(_asked(program, one))) for one in program.treatments
    ]
    for segmentation in program.segmentations:
        readers = [one for one in treatments if segmentation.name in one.fields]
        if readers and (left := _left(program, segmentation, readers)):
            yield _diagnostic(segmentation, left, readers[0].treatment)


@dataclass(frozen=True, slots=True)
class _Reader:
    """A treatment, the fields that it reads, itself or through others, and what it asks lists of answers for."""

    treatment: Treatment
    fields: Collection[str]
    asked: tuple[tuple[object, Field], ...]


def _left(program: Program, segmentation: Segmentation, readers: Sequence[_Reader]) -> list[str]:
    """Return the segments that some rule gives and no treatment is for."""
    given = {rule.segment for rule in segmentation.rules} - set(segmentation.default or ())
    return [
        segment
        for segment in segmentation.segments
        if segment in given and not any(_is_for(program, reader, segmentation, segment) for reader in readers)
    ]


def _read(program: Program, expressions: Iterable[Expression]) -> dict[str, Field]:
    """Return the fields of the entity that expressions read, by name."""
    found: dict[str, Field] = {}
    pending = list(expressions)
    while pending:
        for node in walk(pending.pop()):
            if isinstance(node, Field) and node.row.table == program.entity and node.name not in found:
                found[node.name] = node
                pending += _above(program, node.name)
    return found


def _asked(program: Program, treatment: Treatment) -> Iterator[tuple[object, Field]]:
    """Yield the values that a condition, or what it reads, looks for in lists, with the field of each list."""
    above = (below for name in _read(program, [treatment.when]) for below in _above(program, name))
    for node in (node for expression in (treatment.when, *above) for node in walk(expression)):
        match node:
            case Call(function="in_list", arguments=(Constant(value=value), Field() as field)):
                yield value, field


def _above(program: Program, name: str) -> list[Expression]:
    definition = program.definition(program.entity, name)
    if isinstance(definition, Computed):
        return [definition.value]
    return [rule.when for rule in definition.rules] if isinstance(definition, Segmentation) else []


def _is_for(program: Program, reader: _Reader, segmentation: Segmentation, segment: str) -> bool:
    when = reader.treatment.when
    if True in could_be(program, when, only(segmentation, segment)):
        return True
    if segmentation.hit_policy is not HitPolicy.COLLECT:
        return False
    among_others = Case(segmentation, frozenset({segment}), frozenset())
    named = any(value == segment and is_answer(program, field, among_others) for value, field in reader.asked)
    return named and True in could_be(program, when, among_others)


def _diagnostic(segmentation: Segmentation, left: Sequence[str], reader: Treatment) -> Diagnostic:
    names = listed(left)
    spans = [next(rule.span for rule in segmentation.rules if rule.segment == segment) for segment in left]
    return told(
        catalogue.SEGMENT_WITHOUT_TREATMENT,
        f"treatments ask for `{segmentation.name}`, and none of them is for {names}",
        spans[0],
        "no treatment",
        f"add a treatment for {'it' if len(left) == 1 else 'them'}; nothing is wrong if nothing is meant to be given",
        (*(Label(span, "nor here") for span in spans[1:]), Label(reader.span, "a treatment that asks for others")),
    )
