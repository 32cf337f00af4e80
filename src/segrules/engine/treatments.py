"""Treatments as a table: a row for each row of the entity and treatment that it is eligible for, or perhaps is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import polars as pl

from segrules.backends.polars.dtypes import dtype_of
from segrules.backends.polars.running import ROW
from segrules.backends.polars.treatments import Treatments
from segrules.engine.treatment_reasons import TreatmentReasons
from segrules.engine.typed_table import python_values
from segrules.explain.treatments import TreatmentTrace
from segrules.language.formatting import json_text, text_of
from segrules.language.types import decimal
from segrules.language.values import Value
from segrules.meaning.treatments import Cause, Outcome, Status, amount_places, from_units
from segrules.plan.treatments import TreatmentTexts
from segrules.program.nodes import Constant
from segrules.program.program import Program
from segrules.program.sensitivity import Sensitivity
from segrules.program.treatments import WORTH_PLACES, Treatment

COLUMNS = ("treatment", "kind", "status", "amount", "unit", "rank", "reason", "attributes")
"""What follows the key."""

_GIVEN = [Status.GRANTED.value, Status.REDUCED.value]


@dataclass(frozen=True)
class TreatmentTable:
    """Makes the table. `values` has the columns of `texts`, and `keys` the entity's key, as the table calls it.

    Reasons hide what is sensitive.
    """

    program: Program
    treatments: Treatments
    texts: Sequence[TreatmentTexts]
    values: pl.DataFrame
    keys: pl.DataFrame
    sensitivity: Sensitivity

    def frame(self) -> pl.DataFrame:
        """Return the table, by row of the entity and then as treatments stand in the file."""
        schema = dict.fromkeys((ROW, *COLUMNS), pl.String()) | {
            ROW: pl.UInt32(),
            "amount": self._money,
            "rank": pl.Int64(),
        }
        parts = [self._part(texts) for texts in self.texts]
        together = pl.concat([pl.DataFrame(schema=schema), *parts]).sort(ROW, maintain_order=True)
        keys = self.keys.select(pl.all().gather(together[ROW]))
        return pl.concat([keys, together.drop(ROW)], how="horizontal")

    def traces(self, row: int) -> tuple[TreatmentTrace, ...]:
        """Return what became of the treatments of one row, which is given by its place."""
        return tuple(self._trace(texts, row) for texts in self.texts if self._has(texts.treatment, row))

    def _has(self, treatment: Treatment, row: int) -> bool:
        return bool(self.treatments.outcomes[treatment.name][ROW].is_in([row]).any())

    def _trace(self, texts: TreatmentTexts, row: int) -> TreatmentTrace:
        treatment = texts.treatment
        found = self.treatments.outcomes[treatment.name].filter(pl.col(ROW) == row)
        outcome = self._outcome(texts, found.row(0, named=True))
        shown = self.sensitivity.shown(treatment.amount.value, outcome.amount) if treatment.amount else None
        return TreatmentTrace(treatment, outcome, shown, self._reasons.texts(texts, found)[0])

    def _outcome(self, texts: TreatmentTexts, found: Mapping[str, Any]) -> Outcome:
        status, cause = Status(found["status"]), Cause(found["cause"])
        values: dict[str, Any] = {
            name: self._exact(found[name]) for name in ("asked", "amount", "enough_money", "money_left")
        }
        values |= {name: found[name] for name in ("other", "rank", "cutoff", "enough_places", "places_left")}
        worth = None if found["worth"] is None else from_units(found["worth"], WORTH_PLACES)
        missing = (name for name, column in texts.missing if cause is Cause.MISSING and self.values[column][found[ROW]])
        return Outcome(status, cause, **values, worth=worth, missing=tuple(missing))

    def _exact(self, units: int | None) -> Decimal | None:
        return None if units is None else from_units(units, self._places)

    @cached_property
    def _places(self) -> int:
        return amount_places(self.program)

    @cached_property
    def _money(self) -> pl.DataType:
        return dtype_of(decimal(self._places))

    @cached_property
    def _reasons(self) -> TreatmentReasons:
        return TreatmentReasons(self.program, self.treatments.outcomes, self.values, self.sensitivity)

    def _part(self, texts: TreatmentTexts) -> pl.DataFrame:
        treatment = texts.treatment
        found = self.treatments.outcomes[treatment.name]
        unit = treatment.amount.unit if treatment.amount else None
        return found.select(
            ROW,
            pl.lit(treatment.name).alias("treatment"),
            pl.lit(treatment.kind).alias("kind"),
            pl.col("status").cast(pl.String),
            pl.col("amount").reinterpret(dtype=self._money),
            pl.lit(unit, dtype=pl.String).alias("unit"),
            "rank",
            self._reasons.texts(texts, found).alias("reason"),
            self._attributes(texts, found).alias("attributes"),
        )

    def _attributes(self, texts: TreatmentTexts, found: pl.DataFrame) -> pl.Series:
        """Return the attributes of rows that get the treatment, as JSON."""
        treatment, none = texts.treatment, pl.repeat(None, found.height, dtype=pl.String, eager=True)
        if not treatment.attributes:
            return none
        given = found["status"].is_in(_GIVEN).arg_true()
        if not texts.attributes:
            return none.scatter(given, json_text(attributes(treatment, {})))
        rows = found[ROW].gather(given)
        columns = {of: python_values(self.values[column].gather(rows)) for of, column, _ in texts.attributes}
        made = [
            json_text(attributes(treatment, {of: values[at] for of, values in columns.items()}))
            for at in range(len(rows))
        ]
        return none.scatter(given, pl.Series(made, dtype=pl.String))


def attributes(treatment: Treatment, values: Mapping[tuple[str, int], object]) -> dict[str, Value]:
    """Return a treatment's attributes; `values` are those of their holes, by name and place in the text."""
    found: dict[str, Value] = {}
    for name, attribute in treatment.attributes:
        if isinstance(attribute, tuple):
            found[name] = "".join(
                part if isinstance(part, str) else text_of(_value(values[name, place]), part.format)
                for place, part in enumerate(attribute)
            )
        else:
            found[name] = attribute.value if isinstance(attribute, Constant) else _value(values[name, 0])
    return found


def _value(value: object) -> Value:
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]
