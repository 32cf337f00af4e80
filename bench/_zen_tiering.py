"""The tiering workload as a decision of zen-engine: the same rules, the same answers.

A comparison with what is missing is an error there, so each is guarded, and what segrules calls unknown is false. Days
are whole numbers, as its dates cost it more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from math import isnan
from types import ModuleType
from typing import Any

from tiering import AS_OF, days_ago

Rules = Mapping[str, str]


def revenue(test: str) -> str:
    return f"(revenue_12m != null and revenue_12m {test})"


def csat(test: str) -> str:
    return f"(csat != null and csat {test})"


def joined(test: str, day: date) -> str:
    return f"joined_on {test} {day.toordinal()}"


TIERS: Rules = {
    "strategic": f"{revenue('>= 1000000')} and growth >= 0.1 and {csat('>= 4.2')}",
    "elite": f"{revenue('>= 500000')} and (certifications >= 5 or deals >= 40) and {csat('>= 3.5')}",
    "rising": f"{joined('>', days_ago(365))} and growth > 0.25 and revenue_12m != null",
    "regional_key": "region in ['EMEA', 'APAC'] and country in ['DE', 'FR', 'GB', 'JP'] "
    f"and {revenue('>= 250000')} and {revenue('< 500000')}",
    "specialist": "industry in ['healthcare', 'finance', 'public'] and certifications >= 4 "
    f"and deals >= 5 and {csat('>= 3')}",
    "at_risk": f"(growth < -0.15 or {csat('< 2.5')}) and {revenue('>= 100000')} and {joined('<=', days_ago(730))}",
    "dormant": "deals == 0 and (revenue_12m == null or revenue_12m < 10000) "
    f"and {joined('<', date(AS_OF.year - 2, 1, 1))}",
    "core": f"{revenue('>= 50000')} or (deals >= 10 and growth >= 0)",
    "standard": "",
}
TAGS: Rules = {
    "champion": f"{csat('>= 4.5')} and deals >= 20",
    "needs_survey": "csat == null and deals > 0",
    "growth_market": "country in ['IN', 'BR', 'MX', 'ID', 'VN'] and growth > 0.05",
    "cert_gap": f"certifications < 2 and {revenue('>= 200000')}",
    "veteran": f"{joined('<=', days_ago(1_825))} and growth >= 0",
    "data_issue": "revenue_12m == null or (deals > 0 and revenue_12m <= 0)",
}


def clipped(value: str) -> str:
    return f"max([0, min([{value}, 1])])"


SCORE = (
    f"(revenue_12m == null ? 0 : 50 * {clipped('revenue_12m / 1000000')}) + 30 * {clipped('(growth + 0.5) / 1.5')} "
    f"+ (csat == null ? 0 : 20 * {clipped('(csat - 1) / 4')})"
)


def decision(zen: ModuleType) -> Any:
    """Load the decision once; it is asked by `.evaluate(record)`."""
    score = {"expressions": [{"id": "score", "key": "score", "value": SCORE}]}
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "tier", "name": "tier", "type": "decisionTableNode", "content": table(TIERS, "first", "tier")},
        {"id": "tags", "name": "tags", "type": "decisionTableNode", "content": table(TAGS, "collect", "tag")},
        {"id": "score", "name": "score", "type": "expressionNode", "content": score},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    steps = [("in", step) for step in ("tier", "tags", "score")] + [(step, "out") for step in ("tier", "tags", "score")]
    edges = [{"id": f"{a}-{b}", "type": "edge", "sourceId": a, "targetId": b} for a, b in steps]
    return zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))


def table(rules: Rules, policy: str, output: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "hitPolicy": policy,
        "inputs": [{"id": "when", "name": "when", "field": ""}],
        "outputs": [{"id": "then", "name": "then", "field": output}],
        "rules": [{"_id": name, "when": when, "then": f"'{name}'"} for name, when in rules.items()],
    }
    return found | ({"outputPath": "tags"} if policy == "collect" else {})


def as_given(partner: Mapping[str, Any]) -> dict[str, Any]:
    """A partner as the decision takes it: NaN is null, a day a number."""
    return {name: plain(value) for name, value in partner.items()}


def plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.toordinal()
    return None if isinstance(value, float) and isnan(value) else value


def answer(found: Mapping[str, Any]) -> tuple[str, tuple[str, ...], float]:
    """Tier, tags and score of what the decision gives."""
    result = found["result"]
    return result["tier"], tuple(one["tag"] for one in result["tags"] or ()), result["score"]
