"""From a legend and a row's trace to their JSON forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from segrules.explain.legend import (
    AnswersAbove,
    Compared,
    Legend,
    MetricEntry,
    Node,
    Numbered,
    Operand,
    RowsBelow,
    RuleEntry,
    ScorecardEntry,
    SegmentationEntry,
    TermEntry,
)
from segrules.explain.margins import margin
from segrules.explain.plain import plain
from segrules.explain.provenance import FilesRead, Fingerprint, Provenance, RowsGiven
from segrules.explain.read import because, reason_of, rule_outcomes
from segrules.explain.row import RowTrace
from segrules.explain.trace import DatedValue
from segrules.explain.trace_format import (
    VERSION,
    AnswerForm,
    AnswersForm,
    At,
    CardForm,
    ComparedForm,
    ConditionForm,
    DecisionForm,
    ExpressionForm,
    FilesForm,
    GivenForm,
    LeafForm,
    LegendForm,
    MarginForm,
    MetricForm,
    OperandForm,
    ParameterForm,
    ProvenanceForm,
    RowForm,
    RowsForm,
    RuleForm,
    ScorecardForm,
    SegmentationForm,
    TermForm,
    TogetherForm,
    TraceForm,
)
from segrules.explain.treatments import TreatmentTrace, treatment_form
from segrules.meaning.decisions import Decision
from segrules.program.conditions import condition_name
from segrules.program.nodes import Expression, Field
from segrules.program.printer import print_expression
from segrules.program.program import HitPolicy, Parameter


def trace_form(row: RowTrace, provenance: Provenance, treatments: Sequence[TreatmentTrace] = ()) -> TraceForm:
    """Return the JSON form of a row's trace, its legend included, and of what became of its treatments."""
    found: TraceForm = {
        "version": VERSION,
        "provenance": _provenance(provenance),
        "legend": legend_form(row.legend),
        "row": row_form(row),
    }
    if treatments:
        found["treatments"] = [treatment_form(one) for one in treatments]
    return found


def _provenance(one: Provenance) -> ProvenanceForm:
    found: ProvenanceForm = {
        "hash": one.hash,
        "segrules": one.segrules,
        "tables": {name: _fingerprint(table) for name, table in one.tables.items()},
    }
    if one.population is not None:
        found["population"] = _fingerprint(one.population)
    return found


def _fingerprint(one: Fingerprint) -> FilesForm | GivenForm:
    match one:
        case FilesRead(kind=kind, files=files, bytes=size, sha256=found):
            return {"kind": kind, "files": files, "bytes": size, "sha256": found}
        case RowsGiven(kind=kind, rows=rows, columns=columns, sha256=found):
            return {"kind": kind, "rows": rows, "columns": dict(columns), "sha256": found}


def legend_form(legend: Legend) -> LegendForm:
    """Return the JSON form of what is the same for every row."""
    return _Encoding(legend).form()


# The legend


@dataclass(frozen=True, slots=True)
class _Encoding:
    """Puts the parts of a legend in JSON; values are named by where they are."""

    legend: Legend

    def form(self) -> LegendForm:
        legend, program = self.legend, self.legend.program
        return {
            "ruleset": program.ruleset,
            "title": program.title,
            "as_of": legend.as_of.isoformat(),
            "entity": program.entity,
            "key": list(program.table(program.entity).key),
            "parameters": [_parameter(one) for one in program.parameters],
            "expressions": [self._expression(one) for one in legend.expressions],
            "conditions": [self._condition(one) for one in legend.conditions],
            "segmentations": [self._segmentation(one) for one in legend.segmentations],
            "metrics": [self._metric(one) for one in legend.metrics],
            "scorecards": [self._scorecard(one) for one in legend.scorecards],
        }

    def _at(self, node: Expression | None) -> At:
        """Return where a value is; a count that is nought in every row is no expression."""
        if node is None:
            return {"constant": 0}
        place = self.legend.places.get(node)
        return {"constant": plain(self.legend.constants[node])} if place is None else place

    def _expression(self, node: Expression) -> ExpressionForm:
        # printed, not as it stands in the file: what counts rows stands nowhere
        return {"text": print_expression(node), "type": str(node.type), "unit": self.legend.units.get(node)}

    def _condition(self, one: Numbered) -> ConditionForm:
        found: ConditionForm = {
            "condition": condition_name(one.number),
            "text": one.text,
            "place": str(one.span),
            "unit": one.unit,
            "sees": [self._operand(operand) for operand in one.operands],
            "parameters": _names(one.dated),
        }
        if one.in_force:
            found["outcome"] = self._at(one.expression)
        return found

    def _operand(self, operand: Operand) -> OperandForm:
        node = operand.expression
        found: OperandForm = {"text": operand.text, "value": self._at(node)}
        if operand.rows:
            found["rows"] = self._rows(operand.rows)
        if operand.compared:
            found["compared"] = self._compared(operand.compared)
        if isinstance(node, Field) and node in self.legend.answers:
            found["answers"] = self._answers(self.legend.answers[node])
        return found

    def _rows(self, one: RowsBelow) -> RowsForm:
        found: RowsForm = {
            "text": one.text,
            "table": one.table,
            "value": self._at(one.aggregate),
            "rows": self._at(one.rows),
            "kept": self._at(one.kept or one.rows),
            "unknown": self._at(one.unknown),
            "missing": self._at(one.missing),
        }
        if one.first:
            found["first"] = one.first.isoformat()
        if one.last:
            found["last"] = one.last.isoformat()
        return found

    def _compared(self, one: Compared) -> ComparedForm:
        return {
            "text": one.text,
            "value": self._at(one.statistic),
            "rows": self._at(one.rows),
            "group": [{"name": name.name, "value": self._at(name)} for name in one.statistic.over],
        }

    def _answers(self, asked: AnswersAbove) -> AnswersForm:
        segments: list[AnswerForm] = [{"segment": name, "value": self._at(node)} for name, node in asked.segments]
        found: AnswersForm = {"key": self._at(asked.key), "segments": segments}
        if asked.any_of_them is not None:
            found["any"] = self._at(asked.any_of_them)
        return found

    def _segmentation(self, entry: SegmentationEntry) -> SegmentationForm:
        segmentation = entry.segmentation
        found: SegmentationForm = {
            "segmentation": segmentation.name,
            "title": segmentation.title,
            "place": str(segmentation.span),
            "hit_policy": segmentation.hit_policy.value,
            "segments": list(segmentation.segments),
            "ordered": segmentation.ordered,
            "rules": [self._rule(rule) for rule in entry.rules],
        }
        if segmentation.default is not None:
            found["default"] = list(segmentation.default)
        if segmentation.priority:
            found["priority"] = list(segmentation.priority)
        return found

    def _rule(self, entry: RuleEntry) -> RuleForm:
        return {
            "rule": entry.rule.id,
            "segment": entry.rule.segment,
            "place": str(entry.rule.span),
            "in_force": entry.in_force,
            "when": _tree(entry.when),
        }

    def _metric(self, entry: MetricEntry) -> MetricForm:
        return {
            "metric": entry.metric.name,
            "title": entry.metric.title,
            "text": entry.text,
            "place": str(entry.metric.value.span),
            "value": self._at(entry.value),
            "rows": [self._rows(one) for one in entry.rows],
            "compared": [self._compared(one) for one in entry.compared],
            "parameters": _names(entry.dated),
        }

    def _scorecard(self, entry: ScorecardEntry) -> ScorecardForm:
        card = entry.scorecard
        cards: list[CardForm] = [
            {"scorecard": name, "score": self._at(score), "qualifies": self._at(qualifies)}
            for name, score, qualifies in entry.cards
        ]
        found: ScorecardForm = {
            "scorecard": card.name,
            "title": card.title,
            "place": str(card.span),
            "score": self._at(entry.score),
            "qualifies": self._at(entry.qualifies),
            "terms": [self._term(one) for one in entry.terms],
            "floors": [_tree(floor) for floor in entry.floors],
            "cards": cards,
        }
        if entry.card is not None:
            found["card"] = self._at(entry.card)
        return found

    def _term(self, entry: TermEntry) -> TermForm:
        found: TermForm = {
            "term": entry.term.name,
            "title": entry.term.column.title,
            "place": str(entry.term.column.span),
            "points": self._at(entry.points),
            "most": [self._at(one) for one in entry.most],
            "rows": [self._rows(one) for one in entry.rows],
            "compared": [self._compared(one) for one in entry.compared],
            "parameters": _names(entry.dated),
        }
        if entry.text is not None:
            found["text"] = entry.text
            found["value"] = self._at(entry.value)
        if entry.target is not None:
            found["target"] = self._at(entry.target)
        if entry.condition is not None:
            found["when"] = _tree(entry.condition)
        return found


def _names(dated: tuple[DatedValue, ...]) -> list[str]:
    return [one.parameter for one in dated]


def _tree(node: Node) -> LeafForm | TogetherForm:
    if node.number is not None:
        return {"condition": condition_name(node.number), "text": node.text, "place": str(node.span)}
    assert node.together is not None
    found: TogetherForm = {
        "together": node.together,
        "text": node.text,
        "place": str(node.span),
        "parts": [_tree(part) for part in node.parts],
    }
    if node.count is not None:
        found["count"] = node.count
    return found


def _parameter(one: Parameter) -> ParameterForm:
    found: ParameterForm = {
        "parameter": one.name,
        "title": one.title,
        "value": plain(one.value),
        "unit": one.type.unit,
        "place": str(one.since.span if one.since else one.span),
    }
    if one.since:
        found["since"] = one.since.day.isoformat()
    return found


# The row


def row_form(row: RowTrace) -> RowForm:
    """Return the JSON form of what is a row's own."""
    decided = zip(row.legend.segmentations, row.decisions, strict=True)
    conditions = [one for one in row.legend.conditions if one.in_force]
    return {
        "key": [plain(value) for value in row.key],
        "segmentations": [_decision(row, entry, decision) for entry, decision in decided],
        "values": [plain(value) for value in row.values],
        "margins": {condition_name(one.number): found for one in conditions if (found := _margin(row, one))},
        "missing": {name: sorted(row.lacking(node)) for name, node in _unknown(row)},
        "hidden": list(row.hidden),
    }


def _decision(row: RowTrace, entry: SegmentationEntry, decision: Decision) -> DecisionForm:
    outputs = zip(entry.segmentation.outputs, decision.outputs, strict=True)
    found: DecisionForm = {
        "segment": decision.segment,
        "rules": list(decision.rules),
        "outcomes": list(rule_outcomes(entry, decision)),
        "certainty": decision.certainty.value,
        "possible": list(decision.possible),
        "conflict": list(decision.conflict),
        "missing": list(decision.missing),
        "outputs": {output.name: plain(value) for output, value in outputs},
        "reason": reason_of(row, entry, decision),
    }
    if entry.segmentation.hit_policy is HitPolicy.COLLECT:
        found["segments"] = list(decision.segments)
    if told := because(row, entry, decision):
        found["because"] = told
    return found


def _margin(row: RowTrace, one: Numbered) -> MarginForm | None:
    found = margin(row, one, denied=False) if row.value(one.expression) is False else None
    if found is None:
        return None
    return {"amount": plain(found.amount), "limit": plain(found.limit), "side": "short" if found.short else "over"}


def _unknown(row: RowTrace) -> Iterator[tuple[str, Expression]]:
    for one in row.legend.conditions:
        if one.in_force and row.value(one.expression) is None:
            yield condition_name(one.number), one.expression
    for card in row.legend.scorecards:
        for term in card.terms:
            if row.value(term.points) is None:
                yield term.term.column.name, term.term.column.value
