"""What an editor offers to write where a record can stand: its usual forms, with places to fill in.

A body is as the editor's schema wants it: keys and values, a value to fill in as `${1:what stands there at first}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from segrules.document.ruleset import ParameterText, RulesetText
from segrules.document.scorecard_text import ScorecardText, TermText
from segrules.document.segmentation_text import RuleText, SegmentationText
from segrules.document.suite import CaseText, SuiteText
from segrules.document.table_text import ComputedText, RelationText, TableText
from segrules.document.treatment_text import GroupText, TreatmentText
from segrules.document.written import Record
from segrules.forms import Schema

Body = Mapping[str, Any]

_COLUMNS = {"${2:id}": "string", "${3:revenue}": "integer"}
_RULES = [{"segment": "${4:gold}", "when": "${5:revenue >= 10_000}"}]

_SNIPPETS: dict[type[Record], dict[str, tuple[str, Body]]] = {
    RulesetText: {
        "ruleset": (
            "a whole ruleset: a table, and a segmentation by rules",
            {
                "segrules": "1",
                "ruleset": "${1:name}",
                "entity": "${2:customers}",
                "tables": {
                    "${2:customers}": {"key": "${3:id}", "columns": {"${3:id}": "string", "revenue": "integer"}}
                },
                "segmentations": {"${4:tier}": {"hit_policy": "first", "rules": _RULES, "default": "${6:other}"}},
            },
        )
    },
    TableText: {
        "table": ("a table with a key and columns", {"key": "${1:id}", "columns": {"${1:id}": "string"}}),
        "table of rows that belong to others": (
            "a table whose rows belong to the rows of another",
            {
                "columns": {"${1:partner_id}": "string", "${2:amount}": "decimal(2)"},
                "belongs_to": {"${3:partner}": {"table": "${4:partners}", "by": "${1:partner_id}"}},
            },
        ),
    },
    RelationText: {
        "belongs to": ("the row with this key", {"table": "${1:partners}", "by": "${2:partner_id}"}),
    },
    ComputedText: {
        "value with a unit": (
            "an expression, and what it counts",
            {"value": "${1:sum(deals.amount)}", "unit": "${2:USD}"},
        ),
    },
    ParameterText: {
        "values by day": (
            "values, each from a day on",
            {"value": {"2026-01-01": "${1:100}", "2027-01-01": "${2:120}"}, "title": "${3:What it is}"},
        ),
    },
    ScorecardText: {
        "scorecard": (
            "terms that give points, and what must hold",
            {
                "terms": {"${1:skilling}": {"points": "${2:40}", "value": "${3:certifications}", "target": "${4:20}"}},
                "floors": "every term > 0",
            },
        ),
    },
    TermText: {
        "points for a share of a target": (
            "so many points, or the part of them that the value is of the target",
            {"points": "${1:40}", "value": "${2:certifications}", "target": "${3:20}"},
        ),
        "points for a condition": (
            "so many points, or none",
            {"points": "${1:10}", "when": "${2:specialisms contains 'cloud'}"},
        ),
        "points by bands": (
            "points from each number on",
            {"bands": {"of": "${1:certifications}", "points": {"5": "${2:10}", "20": "${3:40}"}}},
        ),
    },
    SegmentationText: {
        "rules": (
            "the first rule that matches gives the segment",
            {"hit_policy": "first", "rules": _RULES, "default": "${6:other}"},
        ),
        "bands": (
            "segments that cut a number",
            {"bands": {"of": "${1:employees}", "from": {"${2:small}": "${3:0}", "${4:large}": "${5:250}"}}},
        ),
        "decision table in a file": (
            "a decision table in a CSV file beside the ruleset",
            {"hit_policy": "first", "table": {"file": "${1:tables/segments.csv}"}},
        ),
    },
    RuleText: {
        "rule": ("a segment, and who is in it", {"segment": "${1:gold}", "when": "${2:revenue >= 10_000}"}),
        "rule of several conditions": (
            "a segment whose conditions all hold, with the reason told",
            {
                "segment": "${1:gold}",
                "when": {"all": ["${2:revenue >= 10_000}", "${3:csat >= 4}"]},
                "because": "${4:revenue of {revenue:,}}",
            },
        ),
    },
    TreatmentText: {
        "treatment": (
            "what a row gets, and who gets it",
            {"treatment": "${1:name}", "kind": "${2:training}", "when": "${3:tier = 'gold'}"},
        ),
        "treatment with a budget": (
            "money that is shared out down a ranking",
            {
                "treatment": "${1:name}",
                "kind": "${2:incentive}",
                "when": "${3:tier = 'gold'}",
                "amount": {"value": "${4:2% * revenue}", "unit": "${5:USD}"},
                "budget": {"total": "${6:100_000}", "rank_by": "${7:revenue} descending"},
            },
        ),
        "treatment with a limit": (
            "places that are given out down a ranking",
            {
                "treatment": "${1:name}",
                "kind": "${2:training}",
                "when": "${3:tier = 'gold'}",
                "limit": {"count": "${4:20}", "rank_by": "${5:revenue} descending"},
            },
        ),
    },
    GroupText: {
        "the best of a group": ("a row gets the one with the largest amount", {"stacking": "best"}),
        "a cap on a group": ("a row gets no more than the cap", {"stacking": "capped_sum", "cap": "${1:5_000}"}),
    },
    SuiteText: {
        "tests": (
            "a file of tests",
            {
                "as_of": "${1:2026-06-30}",
                "tests": [
                    {
                        "test": "${2:what it shows}",
                        "given": {"${3:customers}": [{"${4:id}": "${5:C1}"}]},
                        "expect": {"${5:C1}": {"${6:tier}": "${7:gold}"}},
                    }
                ],
            },
        ),
    },
    CaseText: {
        "test": (
            "rows, and what the ruleset says of them",
            {
                "test": "${1:what it shows}",
                "given": {"${2:customers}": [{"${3:id}": "${4:C1}"}]},
                "expect": {"${4:C1}": {"${5:tier}": "${6:gold}"}},
            },
        ),
    },
}


def snippets_of(record: type[Record]) -> list[Schema]:
    """Return the snippets of a record, in the form of the `defaultSnippets` of a schema."""
    return [
        {"label": label, "description": description, "body": body}
        for label, (description, body) in _SNIPPETS.get(record, {}).items()
    ]
