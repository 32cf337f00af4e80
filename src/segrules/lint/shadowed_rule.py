"""SR620 and SR621: a rule that can never win, for others take all its rows; a rule that says the same again."""

from __future__ import annotations

from collections.abc import Iterator

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label, told
from segrules.lint.regions.covered import Covered, covered_rules
from segrules.lint.regions.regions import Regions, regions_of
from segrules.lint.regions.words import rule_name, rule_names
from segrules.program.program import HitPolicy, Program, Rule

_LABELS = 5


def shadowed_rule(program: Program) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each rule that can never win, under `first` and under `priority`."""
    for regions in regions_of(program):
        if regions.segmentation.hit_policy in (HitPolicy.FIRST, HitPolicy.PRIORITY):
            for covered in covered_rules(regions):
                yield _repeated(regions, covered) if covered.is_same else _shadowed(regions, covered)


def repeated_rule(program: Program) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each rule that gives the same for the same rows as another, where several may match."""
    for regions in regions_of(program):
        if regions.segmentation.hit_policy in (HitPolicy.COLLECT, HitPolicy.ANY):
            seen: dict[object, int] = {}
            for number, (rule, boxes) in enumerate(zip(regions.segmentation.rules, regions.rules, strict=True)):
                if boxes:
                    key = (rule.segment, rule.outputs, frozenset(frozenset(box.items()) for box in boxes))
                    if key in seen:
                        yield _repeated(regions, Covered(number, (seen[key],), is_same=True))
                    seen.setdefault(key, number)


def _shadowed(regions: Regions, covered: Covered) -> Diagnostic:
    rules = regions.segmentation.rules
    rule = rules[covered.rule]
    alone = len(covered.by) == 1
    where = _before(regions, rule, [rules[number] for number in covered.by])
    takes = "takes all its rows" if alone else "together take all its rows"
    label = "takes all of them" if alone else "takes some of them"
    return told(
        catalogue.SHADOWED_RULE,
        f"`{rule_name(regions, rule)}` can never win: {rule_names(regions, covered.by)}, {where}, {takes}",
        rule.span,
        "never wins",
        "move it up, ask for less above it, or take it out"
        if where == "above it"
        else "raise it in `priority`, or take it out",
        tuple(Label(rules[number].span, label) for number in covered.by[:_LABELS]),
    )


def _before(regions: Regions, rule: Rule, others: list[Rule]) -> str:
    """Return in which way others come before a rule."""
    if regions.segmentation.hit_policy is HitPolicy.FIRST or any(one.segment == rule.segment for one in others):
        return "above it"
    return "higher in `priority`"


def _repeated(regions: Regions, covered: Covered) -> Diagnostic:
    rule, other = (regions.segmentation.rules[number] for number in (covered.rule, covered.by[0]))
    name, another = rule_name(regions, rule), rule_name(regions, other)
    wins = regions.segmentation.hit_policy in (HitPolicy.FIRST, HitPolicy.PRIORITY)
    return told(
        catalogue.REPEATED_RULE,
        f"`{name}` asks for the same rows as `{another}`" + (", which comes first: it can never win" if wins else ""),
        rule.span,
        "the same again",
        "ask for other rows, or take one of the two out",
        (Label(other.span, "asks for these rows already"),),
    )
