"""Treatments as a table: a row for each row of the entity and treatment that it is eligible for, or perhaps is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import polars as pl

from segrules.backends.polars.dtypes import dtype_of
from segrules.backends.polars.running import ROW
from segrules.backends.polars.treatments import Treatments
from segrules.engine.typed_table import python_values
from segrules.explain.treatments import TreatmentTrace, reason
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
        [(_, outcome)] = self._outcomes(texts, found)
        shown = self.sensitivity.shown(treatment.amount.value, outcome.amount) if treatment.amount else None
        return TreatmentTrace(treatment, outcome, shown, self._reason(treatment, row, outcome))

    @cached_property
    def _places(self) -> int:
        return amount_places(self.program)

    @cached_property
    def _money(self) -> pl.DataType:
        return dtype_of(decimal(self._places))

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
            self._reasons(texts, found).alias("reason"),
            self._attributes(texts, found).alias("attributes"),
        )

    # --- reasons -----------------------------------------------------------------------------------------------------

    def _reasons(self, texts: TreatmentTexts, found: pl.DataFrame) -> pl.Series:
        """Return why each row's status is what it is; those that get it whole share one text."""
        treatment = texts.treatment
        whole = reason(self.program, treatment, Outcome(Status.GRANTED, Cause.ELIGIBLE), None, self.sensitivity)
        reasons = pl.repeat(whole, found.height, dtype=pl.String, eager=True)
        others = (found["cause"] != Cause.ELIGIBLE.value).arg_true()
        told = [self._reason(treatment, *one) for one in self._outcomes(texts, found[others])]
        return reasons.scatter(others, pl.Series(told, dtype=pl.String))

    def _reason(self, treatment: Treatment, row: int, outcome: Outcome) -> str:
        other = None
        if outcome.cause is Cause.REQUIREMENT and outcome.other is not None:
            other = self._statuses(outcome.other).get(row)
        return reason(self.program, treatment, outcome, other, self.sensitivity)

    def _outcomes(self, texts: TreatmentTexts, found: pl.DataFrame) -> Iterator[tuple[int, Outcome]]:
        missing = self._missing(texts, found)
        for row, status, cause, other, asked, amount, _, rank, cutoff, enough, places, *chosen in found.iter_rows():
            worth, left, places_left = chosen
            yield row, Outcome(
                Status(status), Cause(cause), self._exact(asked), self._exact(amount), other, rank, cutoff,
                self._exact(enough), places, None if worth is None else from_units(worth, WORTH_PLACES),
                self._exact(left), places_left, missing.get(row, ()),
            )  # fmt: skip

    def _exact(self, units: int | None) -> Decimal | None:
        return None if units is None else from_units(units, self._places)

    def _missing(self, texts: TreatmentTexts, found: pl.DataFrame) -> Mapping[int, tuple[str, ...]]:
        """Return, by row, what is not known of it."""
        rows = found.filter(pl.col("cause") == Cause.MISSING.value)[ROW]
        lacking: dict[int, list[str]] = {}
        for name, column in texts.missing:
            for row in rows.filter(self.values[column].gather(rows).fill_null(False)):
                lacking.setdefault(row, []).append(name)
        return {row: tuple(names) for row, names in lacking.items()}

    def _statuses(self, treatment: str) -> Mapping[int, Status]:
        """Return the statuses of a treatment by row, none where it is not in force."""
        if treatment not in self._known_statuses:
            found = self.treatments.outcomes.get(treatment)
            rows = [] if found is None else found.select(ROW, "status").iter_rows()
            self._known_statuses[treatment] = {row: Status(status) for row, status in rows}
        return self._known_statuses[treatment]

    @cached_property
    def _known_statuses(self) -> dict[str, Mapping[int, Status]]:
        return {}

    # --- attributes --------------------------------------------------------------------------------------------------

    def _attributes(self, texts: TreatmentTexts, found: pl.DataFrame) -> pl.Series:
        """Return the attributes of rows that get the treatment, as JSON."""
        treatment = texts.treatment
        given = found["status"].is_in(_GIVEN).arg_true() if treatment.attributes else pl.Series(dtype=pl.UInt32)
        rows = found[ROW].gather(given)
        columns = {of: python_values(self.values[column].gather(rows)) for of, column, _ in texts.attributes}
        made = [
            json_text(attributes(treatment, {of: values[at] for of, values in columns.items()}))
            for at in range(len(rows))
        ]
        empty = pl.repeat(None, found.height, dtype=pl.String, eager=True)
        return empty.scatter(given, pl.Series(made, dtype=pl.String))


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
