"""Words from other languages and earlier habits that stand for a key or a word of this one."""

from __future__ import annotations

from collections.abc import Collection

from segrules.document.condition_text import AtLeastText, ConditionText, ValidityText
from segrules.document.ruleset import ParameterText, RulesetText
from segrules.document.scorecard_text import ScorecardText, TermText
from segrules.document.segmentation_text import BandsText, RuleText, SegmentationText
from segrules.document.shapes import key_of
from segrules.document.suite import CaseText, SuiteText
from segrules.document.table_text import ColumnText, ComputedText, FileFormatText, RelationText, TableText
from segrules.document.treatment_text import AmountText, BudgetText, GroupText, LimitText, TreatmentText
from segrules.document.written import Record

_KEYS: dict[type[Record], dict[str, str]] = {
    RulesetText: {
        "segrules": "version language",
        "ruleset": "name id",
        "entity": "subject population unit main_table",
        "objective": "goal purpose aim",
        "timezone": "tz",
        "tables": "data datasets schema",
        "parameters": "params constants variables settings",
        "metrics": "measures kpis features",
        "segmentations": "segments segment models",
        "imports": "include includes extends",
        "treatments": "actions offers",
        "suppress": "suppression suppressed blocklist do_not_contact",
        "kinds": "treatment_kinds",
        "groups": "treatment_groups stacking_groups",
        "allocation": "optimisation optimization allocate",
        "scorecards": "scores",
    },
    ScorecardText: {
        "terms": "components criteria items metrics parts",
        "floors": "floor minimum minima gates",
        "best_of": "best max_of",
    },
    TermText: {
        "points": "weight score max_points",
        "target": "goal threshold",
        "when": "if condition",
        "bands": "steps",
    },
    TableText: {
        "key": "id primary_key pk keys",
        "columns": "fields attributes schema",
        "belongs_to": "relations relationships joins join foreign_keys references parents",
        "derived": "computed calculated metrics",
        "where": "filter when if only",
    },
    ColumnText: {
        "type": "dtype data_type datatype",
        "header": "column alias source_name",
        "values": "enum allowed options choices categories levels",
        "optional": "nullable null",
        "min": "minimum lowest gte",
        "max": "maximum highest lte",
        "missing": "na nulls na_values null_values",
        "split": "delimiter separator sep",
        "date_format": "format dateformat",
    },
    RelationText: {
        "table": "to parent references target",
        "by": "on key via column columns foreign_key using",
        "as": "name alias",
    },
    FileFormatText: {
        "file": "path filename url location",
        "format": "type",
        "separator": "delimiter sep",
        "missing": "na nulls na_values null_values",
    },
    ComputedText: {"value": "expression expr formula calculation sql is"},
    ParameterText: {"value": "default is"},
    AtLeastText: {"count": "n number min minimum", "of": "conditions rules list all any"},
    ConditionText: {
        "all": "and every all_of conditions",
        "any": "or some any_of one_of",
        "none": "not nor none_of",
        "at_least": "atleast min_count",
    },
    ValidityText: {"from": "start since begin after", "until": "to end till before up_to"},
    RuleText: {
        "segment": "name rule then result label title assign output",
        "when": "if condition conditions where filter expression",
        "because": "reason explanation why",
        "note": "description desc title",
        "valid": "validity period",
    },
    BandsText: {
        "of": "on by value column metric field",
        "from": "min lower start starts at_least",
        "up_to": "to max upper end until at_most",
    },
    SegmentationText: {
        "hit_policy": "policy hit mode",
        "rules": "rule segments cases conditions",
        "bands": "band buckets bins",
        "default": "else otherwise fallback",
        "priority": "priorities ranking",
    },
    TreatmentText: {
        "treatment": "name id action offer",
        "kind": "type category sort",
        "when": "if condition conditions where filter eligibility eligible",
        "amount": "payout sum money",
        "attributes": "properties details settings",
        "valid": "validity period",
        "channel": "via medium",
        "budget": "fund pot",
        "limit": "quota capacity max",
        "holdout": "control control_group hold_out",
        "requires": "require needs depends_on prerequisite prerequisites",
        "excludes": "exclude blocks conflicts_with instead_of",
    },
    AmountText: {
        "value": "expression expr formula calculation is",
        "unit": "currency",
        "places": "decimals precision digits scale",
    },
    BudgetText: {
        "total": "amount size money max limit value",
        "rank_by": "order_by sort_by rank order priority",
        "per": "by for_each group_by over",
    },
    LimitText: {
        "count": "total number n size max value",
        "rank_by": "order_by sort_by rank order priority",
        "per": "by for_each group_by over",
    },
    GroupText: {"stacking": "policy mode hit_policy combine", "cap": "max maximum limit ceiling"},
    SuiteText: {
        "as_of": "date today now day asof",
        "fixtures": "defaults templates records factories",
        "tests": "cases scenarios specs test",
    },
    CaseText: {
        "test": "name title id it case scenario",
        "as_of": "date today now day asof",
        "parameters": "params settings with",
        "given": "input inputs when data rows tables",
        "expect": "expected expects then assert output outputs result results",
    },
}
"""For each record, its keys and what people write instead."""

_EVERYWHERE = {"note": "description desc comment comments remark remarks", "title": "label display_name caption"}

_WORDS = {
    "xlsx": "excel",
    "xls": "excel",
    "jsonl": "ndjson",
    "pii": "personal",
    "multiple": "collect",
    "all": "collect",
    "warn": "warning",
    "note": "info",
    "ignore": "off",
    "none": "off",
    "false": "off",
}


def known_key(record: type[Record], word: str, taken: Collection[str]) -> str | None:
    """Return the key of a record that is meant by a word from elsewhere, if possible one that is not taken."""
    plain = word.casefold().replace("-", "_").replace(" ", "_")
    spellings = [*_KEYS.get(record, {}).items(), *_EVERYWHERE.items()]
    found = [key for key, foreign in spellings if plain in foreign.split() and key_of(record, key)]
    return min(found, key=lambda key: key in taken, default=None)


def known_word(word: str) -> str | None:
    """Return the word of a choice that is meant by one from elsewhere."""
    return _WORDS.get(word.casefold())
