"""Which segments are meant by a word such as `platinum`, `tier.platinum` or `tier=platinum`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.spelling import nearest
from segrules.errors import InputInvalid
from segrules.program.program import Program, Segmentation

MAX_LISTED = 12


class Wanted(NamedTuple):
    """A segment of a segmentation."""

    segmentation: str
    segment: str


def wanted_segments(program: Program, asked: str, among: Sequence[str] = ()) -> tuple[Wanted, ...]:
    """Return the segments that a word may mean, in the order of the ruleset; raise `InputInvalid` if there is none.

    A segment's name means it in every segmentation that has it, or in those `among` them, if some are named;
    `tier.platinum` and `tier=platinum` mean one.
    """
    asked = str(asked)
    named = tuple(Wanted(one.name, asked) for one in program.segmentations if asked in one.segments)
    found = named or (_qualified(program, asked),)
    kept = tuple(one for one in found if not among or one.segmentation in among)
    if not kept:
        lacking = [one for one in program.segmentations if one.name in among]
        raise InputInvalid([_unknown_of(one, found[0].segment) for one in lacking])
    return kept


def _qualified(program: Program, asked: str) -> Wanted:
    name, *rest = re.split(r"\s*[.=]\s*", asked.strip(), maxsplit=1)
    segmentation = next((one for one in program.segmentations if one.name == name), None)
    if segmentation is None or not rest:
        raise InputInvalid([_unknown(program, asked)])
    if rest[0] not in segmentation.segments:
        raise InputInvalid([_unknown_of(segmentation, rest[0])])
    return Wanted(name, rest[0])


def _unknown(program: Program, asked: str) -> Diagnostic:
    segments = list(dict.fromkeys(segment for one in program.segmentations for segment in one.segments))
    near = nearest(
        asked, [*segments, *(f"{one.name}.{each}" for one in program.segmentations for each in one.segments)]
    )
    of_one = next((one for one in program.segmentations if one.name == asked), None)
    if of_one is not None:
        message, way_out = f"`{asked}` is a segmentation", f"name one of its segments: {_listed(list(of_one.segments))}"
    else:
        message = f"no segmentation has a segment `{asked}`"
        way_out = f"did you mean `{near}`?" if near else f"the segments are {_listed(segments)}"
    return Diagnostic(catalogue.UNKNOWN_SEGMENT, message, help=way_out)


def _unknown_of(segmentation: Segmentation, asked: str) -> Diagnostic:
    near = nearest(asked, segmentation.segments)
    return Diagnostic(
        catalogue.UNKNOWN_SEGMENT,
        f"`{segmentation.name}` has no segment `{asked}`",
        help=f"did you mean `{near}`?" if near else f"its segments are {_listed(list(segmentation.segments))}",
    )


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:MAX_LISTED])
    further = len(names) - MAX_LISTED
    return shown if further <= 0 else f"{shown} and {further} more"
