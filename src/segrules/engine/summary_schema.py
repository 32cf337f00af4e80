"""The JSON Schema of `summary.json`, made from the models of the summary and the text below their fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from segrules.engine.allocation_summary import AllocationSummary
from segrules.engine.summary import ConditionCounts, MissingImpact, PassedOver, Sizes, Summary, TableRows
from segrules.engine.treatment_counts import BudgetLeft, TreatmentCounts
from segrules.explain.provenance import FilesRead, RowsGiven
from segrules.forms import Schema, beside, texts_of, write_schema

_BELOW = (
    AllocationSummary, BudgetLeft, ConditionCounts, FilesRead, MissingImpact, PassedOver, RowsGiven, Sizes, TableRows,
    TreatmentCounts,
)  # fmt: skip


class _WithoutTitles(GenerateJsonSchema):
    """Gives fields no titles, which would only be their names again."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 (all are alike)
        return False


def summary_schema() -> Schema:
    """Return the JSON Schema of a summary."""
    schema = Summary.model_json_schema(
        mode="serialization", ref_template="#/definitions/{model}", schema_generator=_WithoutTitles
    )
    below = schema.pop("$defs")
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **_told(Summary, schema),
        "title": "segrules summary",
        "definitions": {model.__name__: _told(model, below.pop(model.__name__)) for model in _BELOW} | below,
    }


def write_summary_schema(folder: Path) -> Path:
    """Write the schema into a folder, and return the file."""
    return write_schema(folder, "summary", summary_schema())


def _told(model: type, schema: Schema) -> Schema:
    """Return the schema of a model with a description of each of its properties."""
    texts = texts_of(model)
    told = {name: {"description": _first(texts[name]), **beside(value)} for name, value in schema["properties"].items()}
    rest = {keyword: value for keyword, value in schema.items() if keyword != "title"}
    return {**rest, "description": _first(model.__doc__ or ""), "properties": told, "additionalProperties": False}


def _first(text: str) -> str:
    return text.partition("\n")[0]
