"""SR611: segments that no treatment is for, of a segmentation that treatments ask for; the default is what is left.

A treatment is for a segment if its condition can be true for rows that have the segment, and no other. Of a `collect`
segmentation rows may have others, too: there it is enough that it names the segment, and can be true with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label, told
from segrules.diagnostics.listing import listed
from segrules.lint.could_be import Case, could_be, is_answer, only
from segrules.program.nodes import Call, Constant, Expression, Field, walk
from segrules.program.program import Computed, HitPolicy, Program, Segmentation
from segrules.program.treatments import Treatment, expressions_of


def segment_without_treatment(program: Program) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each segmentation with segments that no treatment is for."""
    for segmentation in program.segmentations:
        readers = [one for one in program.treatments if _reads(program, one, segmentation)]
        if readers and (left := _left(program, segmentation, readers)):
            yield _diagnostic(segmentation, left, readers[0])


def _left(program: Program, segmentation: Segmentation, readers: Sequence[Treatment]) -> list[str]:
    """Return the segments that some rule gives and no treatment is for."""
    given = {rule.segment for rule in segmentation.rules} - set(segmentation.default or ())
    return [
        segment
        for segment in segmentation.segments
        if segment in given and not any(_is_for(program, reader, segmentation, segment) for reader in readers)
    ]


def _reads(program: Program, treatment: Treatment, segmentation: Segmentation) -> bool:
    """Whether a treatment asks for the segmentation, itself or through what is worked out from it."""
    return any(
        segmentation.name == node.name
        for expression in expressions_of(treatment)
        for node in _behind(program, expression)
    )


def _behind(program: Program, expression: Expression) -> Iterator[Field]:
    """Yield the fields of the entity that an expression reads, itself or through others."""
    seen: set[str] = set()
    pending = [expression]
    while pending:
        for node in walk(pending.pop()):
            if isinstance(node, Field) and node.row.table == program.entity and node.name not in seen:
                seen.add(node.name)
                yield node
                pending += _above(program, node.name)


def _above(program: Program, name: str) -> list[Expression]:
    definition = program.definition(program.entity, name)
    if isinstance(definition, Computed):
        return [definition.value]
    return [rule.when for rule in definition.rules] if isinstance(definition, Segmentation) else []


def _is_for(program: Program, treatment: Treatment, segmentation: Segmentation, segment: str) -> bool:
    if True in could_be(program, treatment.when, only(segmentation, segment)):
        return True
    if segmentation.hit_policy is not HitPolicy.COLLECT:
        return False
    among_others = Case(segmentation, frozenset({segment}), frozenset())
    named = _names(program, treatment.when, among_others, segment)
    return named and True in could_be(program, treatment.when, among_others)


def _names(program: Program, when: Expression, case: Case, segment: str) -> bool:
    """Whether a condition, or a metric that it reads, asks whether the segmentation's answer contains the segment."""
    read = [when, *(below for field in _behind(program, when) for below in _above(program, field.name))]
    for node in (node for expression in read for node in walk(expression)):
        match node:
            case Call(function="in_list", arguments=(Constant(value=value), Field() as field)):
                if value == segment and is_answer(program, field, case):
                    return True
    return False


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
