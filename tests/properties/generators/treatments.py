"""Generated treatments: amounts, groups, budgets, limits, holdouts and what requires and excludes what, on few rows."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from tests.properties.generators.cases import Case
from tests.properties.generators.rulesets import AS_OF
from tests.properties.generators.world import Chooser

HEAD = """\
segrules: 1
ruleset: generated
entity: partners
tables:
  partners:
    key: [region_of_key, number]
    columns:
      region_of_key: {type: string, values: [north, east]}
      number: integer
      region: {type: string, optional: true}
      country: {type: string, values: [DE, AT, CH]}
      money: {type: decimal(3), unit: USD, optional: true}
      count: integer
      score: {type: number, optional: true}
      level: {type: string, values: [low, mid, high], ordered: true, optional: true}
      ok: {type: boolean, optional: true}
      day: date
parameters: {pot: 40.5, share: 30%, more: 0}
segmentations:
  tier:
    hit_policy: first
    ordered: true
    rules:
      - {segment: gold, when: score >= 3}
      - {segment: silver, when: count >= 2}
    default: basic
"""

PLAIN = "unit: USD, optional: true"
SENSITIVE = f"{PLAIN}, sensitivity: personal"

CONDITIONS = (
    "true", "ok", "not ok", "count >= 1", "tier >= 'silver'", "score > 1", "money > 5", "country != 'AT'",
    "tier = 'gold'", "tier < 'gold' and not tier = 'basic'", "tier >= 'silver' and (tier < 'silver' or false)",
)  # fmt: skip
LIKELY = ("true", "count >= 1", "country != 'AT'", "ok or score > 1")
AMOUNTS = (
    "money", "score", "count", "score / 3", "money * 12.5%", "money - 7", "10", "2.005", "score * 1_000",
    '"min(money, 9.995)"', "if ok then 10 else 3",
)  # fmt: skip
TOTALS = ("0", "20", "33.335", "100", "pot", "pot / 2", "1_000_000")
SCARCE = tuple(f"{total} + more" for total in ("20", "0", "33.335", "10"))
RANKS = ("score", "score descending", "money descending", "level", "tier descending", "ok", "day descending", "count")
VALUES = ("score", "count", "count - 2", "score / 3", "score / 7 - 1", "1", "if ok then 2.5 else -1", "-count")
ATTRIBUTES = ("15%", "gold kit", '"{money}"', '"{score:.1f} of {tier}"', "2026-01-31")


@st.composite
def treatment_cases(draw: st.DrawFn, *, scarce: bool = False, optimised: bool = False) -> Case:
    """Rulesets with treatments, and rows.

    If it is `scarce`, more rows share less, and `more` adds to every budget. If it is `optimised`, grants are chosen
    for their total value, and otherwise down a ranking.
    """
    choose = Chooser(draw)
    as_of = choose.of(AS_OF)
    names = [f"t{number}" for number in range(choose.of((1, 2, 3, 4)))]
    head = HEAD.replace(PLAIN, SENSITIVE) if choose.of((False, False, False, True)) else HEAD
    text = head + ("" if scarce else _suppress(choose)) + _groups(choose)
    text += f"allocation: {'optimise' if optimised else 'greedy'}\ntreatments:\n"
    text += "".join(_treatment(choose, name, names, scarce, optimised) for name in names)
    rows = st.lists(_ROW, min_size=4 if scarce else 0, max_size=8)
    return Case(text, {}, as_of, {"partners": draw(rows.map(_with_keys))})


def _suppress(choose: Chooser) -> str:
    condition = choose.of((None, None, "ok", "count = 3", "score < 0"))
    return f"suppress: {condition}\n" if condition else ""


def _groups(choose: Chooser) -> str:
    found = "groups:\n  of_any_treatment: {stacking: first}\n"
    for name in ("a", "b"):
        stacking = choose.of(("all", "first", "best", "capped_sum"))
        cap = f", cap: {choose.of(('0', '12', '30.155', 'pot'))}" if stacking == "capped_sum" else ""
        found += f"  {name}: {{stacking: {stacking}{cap}}}\n"
    return found


def _treatment(choose: Chooser, name: str, names: list[str], scarce: bool, optimised: bool) -> str:
    """Return a treatment that requires and excludes only others before it, or only others behind it."""
    place = names.index(name)
    lines = [
        f"- treatment: {name}",
        f"  kind: {choose.of(('pricing', 'training'))}",
        f"  when: {choose.of(LIKELY if scarce else CONDITIONS)}",
    ]
    amount = f"{{value: {choose.of(AMOUNTS)}, unit: USD, places: {choose.of((2, 2, 0, 3))}}}"
    has_amount = choose.of((True, True, True, False))
    if has_amount:
        lines.append(f"  amount: {amount}")
    if choose.of((True, False)):
        lines.append(f"  group: {choose.of(('a', 'b', 'of_any_treatment') if has_amount else ('of_any_treatment',))}")
    shared = _sharing(choose, has_amount, scarce, optimised)
    if optimised and (shared or "  group" in lines[-1] or choose.of((True, False))):
        lines.append(f"  value: {choose.of(VALUES)}")
    lines += shared
    if choose.of((True, False, False)):
        lines.append(f"  holdout: {choose.of(('50%', 'share', '0', '100%'))}")
    if not scarce and choose.of((True, False, False)):
        lines.append(f"  valid: {choose.of(('{from: 2026-06-30}', '{until: 2026-06-30}', '{from: 2026-03-01}'))}")
    if choose.of((True, False)):
        lines.append(f"  attributes: {{x: {choose.of(ATTRIBUTES)}}}")
    others = [other for other in names[:place] if choose.of((True, False, False))]
    if others:
        lines.append(f"  {choose.of(('requires', 'excludes'))}: [{', '.join(others)}]")
    return "".join(f"  {line}\n" for line in lines)


def _sharing(choose: Chooser, has_amount: bool, scarce: bool, optimised: bool) -> list[str]:
    ranks = choose.of((f"[{choose.of(RANKS)}, {choose.of(RANKS)}]", choose.of(RANKS)))
    kinds = ("none", "budget", "limit", "both") if has_amount else ("none", "limit")
    kind = choose.of(kinds[1:] if scarce else kinds)
    lines = []
    if kind in ("budget", "both"):
        ranked = "" if optimised else f", rank_by: {ranks}{choose.of(('', ', partial: true'))}"
        lines.append(f"  budget: {{{_shares(choose, 'total', SCARCE if scarce else TOTALS)}{ranked}}}")
    if kind in ("limit", "both"):
        ranked = f", rank_by: {ranks}" if kind == "limit" and not optimised else ""
        lines.append(f"  limit: {{{_shares(choose, 'count', ('0', '1', '2', '3'))}{ranked}}}")
    return lines


def _shares(choose: Chooser, key: str, numbers: tuple[str, ...]) -> str:
    per = choose.of((None, None, "region", "country", "tier", "count"))
    names = {"region": ("north", "a"), "country": ("DE", "CH"), "tier": ("gold",), "count": ("1", "2")}
    if per is not None and choose.of((True, False)):
        each = ", ".join(f"{name}: {choose.of(numbers)}" for name in names[per])
        return f"{key}: {{{each}}}, per: {per}"
    return f"{key}: {choose.of(numbers)}" + (f", per: {per}" if per else "")


_ROW = st.fixed_dictionaries({
    "region": st.sampled_from(["north", "a", "b", None]),
    "country": st.sampled_from(["DE", "AT", "CH"]),
    "money": st.sampled_from([None, *map(Decimal, ("5.005", "12.344", "20.000", "-1.000", "0.000", "31.415"))]),
    "count": st.sampled_from([0, 1, 2, 2, 3]),
    "score": st.sampled_from([None, 0.0, -0.0, 1.005, 3.5, 3.5, 12.25, 1e30]),
    "level": st.sampled_from(["low", "mid", "high", None]),
    "ok": st.sampled_from([True, True, False, None]),
    "day": st.sampled_from(AS_OF),
})  # fmt: skip


def _with_keys(rows: list[dict]) -> list[dict]:
    """Give rows keys whose order is neither that of the rows nor that of declared values."""
    keys = [("north" if number % 3 else "east", 7 - number) for number in range(len(rows))]
    return [{"region_of_key": name, "number": number} | row for (name, number), row in zip(keys, rows, strict=True)]
