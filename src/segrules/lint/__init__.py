"""Advice on a program that is right: one rule a file, each a function from a program to diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from segrules.diagnostics.diagnostic import Diagnostic, in_order
from segrules.lint.budget_never_reached import budget_never_reached
from segrules.lint.never_granted import never_granted
from segrules.lint.never_true import never_true
from segrules.lint.no_segment import no_segment
from segrules.lint.nobody_answers import nobody_answers
from segrules.lint.nobody_gets_it import nobody_gets_it
from segrules.lint.overlapping_ranges import overlapping_ranges
from segrules.lint.pricing_by_place import pricing_by_place
from segrules.lint.reason_without_value import reason_without_value
from segrules.lint.rests_on_protected import rests_on_protected
from segrules.lint.rules_in_conflict import rules_in_conflict
from segrules.lint.segment_without_treatment import segment_without_treatment
from segrules.lint.shadowed_rule import repeated_rule, shadowed_rule
from segrules.lint.tier_thresholds import tier_thresholds
from segrules.lint.unguarded_optional import unguarded_optional
from segrules.lint.unused_column import unused_column
from segrules.lint.unused_import import unused_import
from segrules.lint.unused_metric import unused_metric
from segrules.lint.unused_parameter import unused_parameter
from segrules.lint.unused_table import unused_table
from segrules.program.program import Program

RULES: tuple[Callable[[Program], Iterable[Diagnostic]], ...] = (
    unguarded_optional,
    segment_without_treatment,
    nobody_gets_it,
    never_granted,
    budget_never_reached,
    pricing_by_place,
    rests_on_protected,
    shadowed_rule,
    repeated_rule,
    never_true,
    no_segment,
    rules_in_conflict,
    overlapping_ranges,
    tier_thresholds,
    unused_parameter,
    unused_metric,
    unused_column,
    unused_table,
    reason_without_value,
    nobody_answers,
    unused_import,
)
"""Every rule, in the order of its code."""


def lint(program: Program) -> tuple[Diagnostic, ...]:
    """Return what every rule has to say about a program, by file and place."""
    return in_order(diagnostic for rule in RULES for diagnostic in rule(program))
