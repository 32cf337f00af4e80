"""The answer in one sentence, for somebody who has never seen the ruleset."""

from __future__ import annotations

from collections.abc import Sequence

from segrules.diagnostics.listing import counted
from segrules.explain.names import Names, listed
from segrules.explain.shown import quoted
from segrules.explain.trace import SegmentationTrace, Trace
from segrules.language.formatting import text_of

PROVISIONAL = "provisional"


def sentence(trace: Trace, segmentations: Sequence[SegmentationTrace] | None = None) -> str:
    """Return which segments a row is in; of one segmentation alone, why too."""
    told = trace.segmentations if segmentations is None else segmentations
    key = " ".join(text_of(value) for _, value in trace.key)
    where = listed([f"{_in(one)} {one.segmentation}" for one in told]) or f"in {trace.entity}"
    reason = because(told[0], trace.names) if len(told) == 1 else ""
    why = f": {reason}" if reason else ""
    answer = f"{key} is {where}, as of {trace.as_of.isoformat()}{why}"
    return answer if answer.endswith((".", "!", "?")) else f"{answer}."


def _in(trace: SegmentationTrace) -> str:
    """Return where a row is, to be followed by the name of the segmentation."""
    so_far = "provisionally " if trace.certainty == PROVISIONAL else ""
    names = _segments(trace)
    where = "in conflict in" if trace.conflict else f"{listed(names)} in" if names else "in no segment of"
    return so_far + where


def answer(trace: SegmentationTrace) -> str:
    """Return the answer of a segmentation by itself."""
    named = "conflict" if trace.conflict else listed(_segments(trace)) or "no segment"
    return named + (", provisionally" if trace.certainty == PROVISIONAL else "")


def _segments(trace: SegmentationTrace) -> list[str]:
    return [trace.segment] if trace.segment is not None else list(trace.segments or ())


def because(trace: SegmentationTrace, names: Names) -> str:
    """Return what there is to say: the author's words, a default or a conflict, outputs, and what may change it."""
    return "; ".join(filter(None, [_decided(trace), trace.because, _outputs(trace), _may_change(trace, names)]))


def _outputs(trace: SegmentationTrace) -> str:
    told = [f"{name} {quoted(value)}" for name, value in trace.outputs]
    return f"with {listed(told)}" if told and trace.segment is not None else ""


def _decided(trace: SegmentationTrace) -> str:
    if trace.conflict:
        reason = "where only one may" if trace.hit_policy == "unique" else "and they do not agree"
        return f"{counted(len(trace.conflict), 'rule')} matched, {reason}"
    if trace.rules:
        return ""
    by_default = trace.segment is not None or trace.segments
    return "no rule matched, so the default holds" if by_default else "no rule matched"


def _may_change(trace: SegmentationTrace, names: Names) -> str:
    if trace.certainty != PROVISIONAL:
        return ""
    assigned = trace.segment or ("(conflict)" if trace.conflict else "(no segment)")
    others = [one for one in trace.possible if one != assigned]
    bare = [{"(no segment)": "no segment", "(conflict)": "a conflict"}.get(one, one) for one in others]
    also = "also " if trace.segments else ""
    return f"may {also}be {listed(bare, 'or')}, as {names.lacking(trace.missing)}"
