"""When rulesets are better for a fix, and when it is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from segrules.diagnostics.diagnostic import Applicability, replacement
from segrules.fixing.candidates import Candidate
from segrules.fixing.improvement import improved
from segrules.fixing.workspace import workspace_of

SAFE, UNSAFE = Applicability.SAFE, Applicability.UNSAFE
RIGHT = """\
segrules: 1
ruleset: partners
entity: partners
tables: {partners: {key: id, columns: {id: string, revenue: integer, csat: {type: integer, optional: true}}}}
segmentations:
  tier:
    hit_policy: first
    rules:
      - segment: gold
        when: csat > 9
    default: other
"""


def is_improved(folder: Path, text: str, code: str, old: str, new: str, applicability: Applicability = UNSAFE) -> bool:
    """Whether a ruleset is better if a fix for what a code says of it puts `new` into the place of `old`."""
    file = (folder / "ruleset.yaml").resolve()
    file.write_text(text)
    before = workspace_of([file])
    said = next(one for one in before.diagnostics() if one.code.number == code)
    assert said.label is not None
    source = said.label.span.source
    start = source.text.index(old)
    fix = replacement("", source.span(start, start + len(old)), new, applicability)
    return improved(before, file, [Candidate(replace(said, fix=fix), fix, file)]) is not None


def test_what_is_said_as_before_is_not_fixed(tmp_path: Path) -> None:
    assert not is_improved(tmp_path, RIGHT, "SR601", "9", "8")
    assert is_improved(tmp_path, RIGHT, "SR601", "csat >", "revenue >")


def test_a_safe_fix_keeps_the_meaning_and_a_guess_need_not(tmp_path: Path) -> None:
    guarded = ("SR601", "csat >", "csat is present and csat >")
    assert not is_improved(tmp_path, RIGHT, *guarded, SAFE)
    assert is_improved(tmp_path, RIGHT, *guarded, UNSAFE)


def test_a_ruleset_that_could_be_used_still_can(tmp_path: Path) -> None:
    assert not is_improved(tmp_path, RIGHT, "SR601", "csat >", "revnue >")


def test_a_mistake_may_give_way_to_another_of_its_family_but_not_to_two(tmp_path: Path) -> None:
    odd = RIGHT.replace("csat >", "revnue >")
    assert is_improved(tmp_path, odd, "SR204", "revnue", "revenu")
    assert not is_improved(tmp_path, odd, "SR204", "revnue", "revenu + cst")


def test_a_mistake_that_another_had_hidden_comes_to_light_and_one_that_hides_more_is_refused(tmp_path: Path) -> None:
    unreadable, unknown = RIGHT.replace("csat >", "revnue && csat >"), RIGHT.replace("csat >", "revnue >")
    assert is_improved(tmp_path, unreadable, "SR108", "&&", "> 1 and cst > 1 and")
    assert not is_improved(tmp_path, unknown, "SR204", "revnue", "csat > 1 && csat")


def test_a_key_that_is_known_at_last_brings_to_light_what_is_wrong_below_it(tmp_path: Path) -> None:
    odd = RIGHT + "bring: [[], {}]\n"
    assert is_improved(tmp_path, odd, "SR301", "bring", "imports")
