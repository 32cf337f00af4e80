"""Segmentation as code: YAML rulesets, checked, applied to tables, with a reason for every assignment.

    import segrules

    ruleset = segrules.load("rulesets/acme_partner_programme")
    result = ruleset.evaluate({"partners": partners, "deals": deals}, as_of=date(2026, 6, 30))
    result.assignments

What is named here is imported when it is first used, so that `import segrules` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from segrules.engine.population import Population, load_population
    from segrules.engine.ruleset import Ruleset, evaluate, load
    from segrules.errors import DataInvalid, InputInvalid, NotSupported, RulesetInvalid, SegrulesError

__version__ = "0.1.0"

_HOMES = {
    "DataInvalid": "segrules.errors",
    "InputInvalid": "segrules.errors",
    "NotSupported": "segrules.errors",
    "Population": "segrules.engine.population",
    "Ruleset": "segrules.engine.ruleset",
    "RulesetInvalid": "segrules.errors",
    "SegrulesError": "segrules.errors",
    "evaluate": "segrules.engine.ruleset",
    "load": "segrules.engine.ruleset",
    "load_population": "segrules.engine.population",
}

__all__ = [
    "DataInvalid",
    "InputInvalid",
    "NotSupported",
    "Population",
    "Ruleset",
    "RulesetInvalid",
    "SegrulesError",
    "evaluate",
    "load",
    "load_population",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'segrules' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
