"""Why the outcomes of a treatment are what they are, as `explain.treatments.reason` has it, many rows at a time.

There are few different sentences: each is made once, and what it leaves open is filled in for all of its rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import polars as pl

from segrules.backends.polars.dtypes import dtype_of
from segrules.backends.polars.running import ROW, STATUSES
from segrules.engine.looked_up import Wanted, look_up
from segrules.engine.pieces import Piece, together
from segrules.engine.styles import NumberStyle, Style, style_of_hole
from segrules.engine.texts import Texts
from segrules.explain.treatments import (
    COMMA,
    MISSING_BETWEEN,
    Sentence,
    Told,
    money_format,
    sentence,
    unit_behind,
    value_text,
)
from segrules.language.types import INTEGER, decimal
from segrules.meaning.treatments import Cause, Outcome, Status, amount_places
from segrules.plan.treatments import TreatmentTexts
from segrules.program.nodes import Field, Row, Scope
from segrules.program.program import Program
from segrules.program.sensitivity import HIDDEN, Sensitivity
from segrules.program.treatments import WORTH_PLACES, Treatment

_AT, _FATE, _TEXT = "~at", "~fate", "~text"
_OPTIONAL = ("enough_money", "enough_places", "worth", "money_left", "places_left")
_ALIKE = {"~nobody": pl.col("cutoff") == 0} | {f"~has {name}": pl.col(name).is_not_null() for name in _OPTIONAL}
_SENTENCES = ("status", "cause", "other", _FATE, *_ALIKE)
"""The columns that say which sentence is a row's."""

_MONEY = (Told.ASKED, Told.ENOUGH_MONEY, Told.MONEY_LEFT)
_NUMBERS = {Told.RANK: None, Told.CUTOFF: None, Told.ENOUGH_PLACES: COMMA}
"""The numbers of an outcome, with their formats."""

_STYLE_OF_WORTH = Style(partial(value_text, unit=None), NumberStyle(comma=True))


@dataclass(frozen=True, slots=True)
class TreatmentReasons:
    """Tells the outcomes of all treatments; `values` has a row for each of the entity, and what is missing of it."""

    program: Program
    outcomes: Mapping[str, pl.DataFrame]
    values: pl.DataFrame
    sensitivity: Sensitivity

    def texts(self, texts: TreatmentTexts, found: pl.DataFrame) -> pl.Series:
        """Return the reason of each of some outcomes of a treatment."""
        wanted = self._wanted(texts.treatment)
        told = [pl.DataFrame(schema={_AT: pl.UInt32(), _TEXT: pl.String()})]
        for rows in self._with_fates(found).partition_by(_SENTENCES, maintain_order=True):
            parts = self._sentence(texts.treatment, rows)
            numbers = [wanted[part] for part in parts if part in wanted]
            written = Texts(look_up(rows, numbers), dict.fromkeys(numbers, _places(rows)))
            text = together(self._pieces(texts, parts, written, wanted), rows.height)
            told.append(written.frame.select(_AT, text.alias(_TEXT)))
        return pl.concat(told).sort(_AT)[_TEXT]

    def _wanted(self, treatment: Treatment) -> dict[Told, Wanted]:
        """Return the numbers that reasons may tell: where they stand, and how they are written."""
        styles = {told: (INTEGER, style_of_hole(form, INTEGER)) for told, form in _NUMBERS.items()}
        hides = self.sensitivity.hides
        if treatment.amount is not None and not hides(treatment.amount.value):
            kind = decimal(amount_places(self.program))
            styles |= {told: (kind, style_of_hole(money_format(treatment.amount), kind)) for told in _MONEY}
        if treatment.worth is not None and not hides(treatment.worth.value):
            styles[Told.WORTH] = decimal(WORTH_PLACES), _STYLE_OF_WORTH
        row = Row(Scope.ROW, (), "")
        return {told: (Field(row, told.value, kind, treatment.span), style) for told, (kind, style) in styles.items()}

    def _with_fates(self, found: pl.DataFrame) -> pl.DataFrame:
        """Return outcomes with the status of what they require, missing where rows are not eligible for it."""
        fates = pl.repeat(None, found.height, dtype=STATUSES, eager=True)
        required = found["cause"] == Cause.REQUIREMENT.value
        for name in found["other"].filter(required).unique():
            if name in self.outcomes:
                at = (required & (found["other"] == name)).arg_true()
                there = self.outcomes[name].select(ROW, pl.col("status").alias(_FATE))
                fates.scatter(at, found[at].join(there, on=ROW, how="left", maintain_order="left")[_FATE])
        money = pl.col(told.value for told in _MONEY).reinterpret(dtype=dtype_of(decimal(amount_places(self.program))))
        worth = pl.col(Told.WORTH.value).reinterpret(dtype=dtype_of(decimal(WORTH_PLACES)))
        return found.with_columns(fates.alias(_FATE), money, worth, **_ALIKE).with_row_index(_AT)

    def _pieces(
        self, texts: TreatmentTexts, parts: Sentence, numbers: Texts, wanted: Mapping[Told, Wanted]
    ) -> Iterator[Piece]:
        """Yield the pieces of the texts of rows that have one sentence."""
        for part in parts:
            if isinstance(part, str):
                yield part
            elif part is Told.MISSING:
                yield self._missing(texts, numbers.frame[ROW])
            elif part in wanted:
                yield from numbers.pieces(*wanted[part])
                yield unit_behind(_unit(texts.treatment, part))
            else:
                yield HIDDEN

    def _sentence(self, treatment: Treatment, rows: pl.DataFrame) -> Sentence:
        first = rows.row(0, named=True)
        told = {name: first[name] for name in ("other", "cutoff", *_OPTIONAL)}
        outcome = Outcome(Status(first["status"]), Cause(first["cause"]), **told)
        return sentence(self.program, treatment, outcome, Status(first[_FATE]) if first[_FATE] else None)

    def _missing(self, texts: TreatmentTexts, rows: pl.Series) -> pl.Expr:
        """Return the names of what is not known of rows."""
        lacking = self.values.select(pl.col(column).gather(rows) for _, column in texts.missing)
        names = [pl.when(pl.lit(lacking[column])).then(pl.lit(name)) for name, column in texts.missing]
        return pl.concat_str(*names, separator=MISSING_BETWEEN, ignore_nulls=True)


def _places(rows: pl.DataFrame) -> pl.Series:
    return pl.int_range(rows.height, dtype=pl.UInt32(), eager=True)


def _unit(treatment: Treatment, told: Told) -> str | None:
    """Return the unit of a number."""
    if told is Told.WORTH:
        return treatment.worth.unit if treatment.worth else None
    return treatment.amount.unit if told in _MONEY and treatment.amount else None
