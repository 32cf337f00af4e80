"""The canonical text of a program: all that changes what a ruleset means, and nothing else, without a doubt left.

Two rulesets mean the same if their programs print the same. Layout, titles, notes and the sample file are not in it;
what stands in a mapping, and so has no order, is printed by name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date
from operator import attrgetter

from segrules.language.formatting import literal
from segrules.language.types import Kind, Type
from segrules.language.values import Duration, Value
from segrules.program.nodes import (
    Aggregate,
    Among,
    Answers,
    Call,
    Constant,
    Expression,
    Field,
    Reference,
    Statistic,
)
from segrules.program.program import (
    Actionable,
    Column,
    Computed,
    FileFormat,
    Hole,
    Parameter,
    Program,
    Relation,
    Rule,
    Segmentation,
    Table,
    Template,
)
from segrules.program.treatments import Group, Rank, Shares, Treatment

_name = attrgetter("name")


def print_program(program: Program) -> str:
    """Return the canonical text, one declaration a line."""
    lines = [_line("ruleset", _quoted(program.ruleset), entity=program.entity, timezone=_quoted(program.timezone))]
    for table in sorted(program.tables, key=_name):
        lines += _table(table)
    lines += [_parameter(parameter) for parameter in sorted(program.parameters, key=_name)]
    lines += sorted(_computed("derived", computed) for computed in program.derived)
    lines += sorted(_computed("metric", computed) for computed in program.metrics)
    scores = (column for scorecard in program.scorecards for column in scorecard.columns)
    lines += sorted(_computed("scorecard", column) for column in scores)
    for segmentation in sorted(program.segmentations, key=_name):
        lines += _segmentation(segmentation)
    lines += [_line("suppress", _exact(program.suppress))] if program.suppress else []
    lines += [_line("allocation", program.allocation.value)] if program.is_optimised else []
    lines += [_group(group) for group in sorted(program.groups, key=_name)]
    lines += [_treatment(treatment) for treatment in program.treatments]
    return "".join(f"{line}\n" for line in lines)


def print_among(among: Among) -> str:
    """Return the canonical text of what statistics compare rows by."""
    value, over, where = among
    return f"[{_listed(over)}]({_listed((value, where))})"


def _line(what: str, name: str, **parts: str | None) -> str:
    """Return `what name part=text …` with the parts that there are."""
    return " ".join([what, name, *(f"{part}={text}" for part, text in parts.items() if text)])


# Declarations


def _table(table: Table) -> list[str]:
    head = _line("table", table.name, key=_names(table.key), where=_maybe(table.where), keys_from=table.keys_from,
                 source=_source(table.source))  # fmt: skip
    columns = [_column(table, column) for column in sorted(table.columns, key=_name)]
    return [head, *columns, *(_relation(table, relation) for relation in sorted(table.relations, key=_name))]


def _source(source: FileFormat) -> str | None:
    parts = {name: part for name, part in asdict(replace(source, file=None)).items() if part}
    return _quoted(parts) if parts else None


def _column(table: Table, column: Column) -> str:
    return _line(
        "column", f"{table.name}.{column.name}", type=_type(column.type), header=_quoted(column.header),
        min=_maybe(column.minimum), max=_maybe(column.maximum), unique="yes" if column.unique else None,
        missing=_texts(column.missing), split=column.split and _quoted(column.split),
        date_formats=_texts(column.date_formats), sensitivity=column.sensitivity,
        actionable=_actionable(column.actionable) if column.actionable else None,
    )  # fmt: skip


def _actionable(actionable: Actionable) -> str:
    """Return what can be changed, in brackets."""
    parts = {
        "step": None if actionable.step is None else _value(actionable.step),
        "min": _maybe(actionable.minimum),
        "max": _maybe(actionable.maximum),
        "direction": actionable.direction,
        "to": _value(actionable.to) if actionable.to else None,
    }
    return "(" + " ".join(f"{name}={text}" for name, text in parts.items() if text) + ")"


def _relation(table: Table, relation: Relation) -> str:
    return _line(
        "belongs_to", f"{table.name}.{relation.name}", table=relation.table, by=_names(relation.by), down=relation.down,
        required="yes" if relation.required else None,
    )  # fmt: skip


def _parameter(parameter: Parameter) -> str:
    value = ",".join(f"{since.day.isoformat()}:{_value(since.value)}" for since in parameter.dated)
    return _line("parameter", parameter.name, type=_type(parameter.type), value=value or _value(parameter.value))


def _computed(what: str, computed: Computed) -> str:
    return _line(what, f"{computed.table}.{computed.name}", unit=_unit(computed.type), value=_exact(computed.value))


def _segmentation(segmentation: Segmentation) -> list[str]:
    default = segmentation.default
    head = _line(
        "segmentation", segmentation.name, hit_policy=segmentation.hit_policy.value,
        segments=_quoted(segmentation.segments), ordered="yes" if segmentation.ordered else None,
        default=None if default is None else _quoted(default), priority=_texts(segmentation.priority),
        outputs=_names([f"{output.name}:{_type(output.type)}" for output in segmentation.outputs]),
    )  # fmt: skip
    return [head, *(_rule(segmentation, rule) for rule in segmentation.rules)]


def _rule(segmentation: Segmentation, rule: Rule) -> str:
    return _line(
        "rule", f"{segmentation.name}.{_quoted(rule.id)}", segment=_quoted(rule.segment), when=_exact(rule.when),
        because=_template(rule.because), valid_from=_day(rule.valid_from), valid_until=_day(rule.valid_until),
        outputs=_value(rule.outputs) if rule.outputs else None,
    )  # fmt: skip


def _group(group: Group) -> str:
    return _line("group", group.name, stacking=group.stacking.value, cap=_maybe(group.cap))


def _treatment(treatment: Treatment) -> str:
    return _line(
        "treatment", treatment.name, kind=treatment.kind, when=_exact(treatment.when),
        attributes=_attributes(treatment), valid_from=_day(treatment.valid_from),
        valid_until=_day(treatment.valid_until), channel=treatment.channel and _quoted(treatment.channel),
        group=treatment.group, holdout=_maybe(treatment.holdout),
        requires=_names(sorted(treatment.requires)), excludes=_names(sorted(treatment.excludes)),
        value=_maybe(treatment.worth.value if treatment.worth else None),
        **_amount(treatment), **_sharing(treatment),
    )  # fmt: skip


def _amount(treatment: Treatment) -> dict[str, str | None]:
    amount = treatment.amount
    return {"amount": _exact(amount.value), "unit": amount.unit and _quoted(amount.unit)} if amount else {}


def _sharing(treatment: Treatment) -> dict[str, str | None]:
    """Return what says how money and places are shared out."""
    budget, limit = treatment.budget, treatment.limit
    return {
        "budget": _shares(budget.total, budget.per) if budget else None,
        "partial": "yes" if budget and budget.partial else None,
        "limit": _shares(limit.count, limit.per) if limit else None,
        "rank_by": ",".join(_rank(rank) for rank in treatment.ranks),
    }


def _attributes(treatment: Treatment) -> str:
    texts = {
        name: _template(attribute) if isinstance(attribute, tuple) else _exact(attribute)
        for name, attribute in treatment.attributes
    }
    return ",".join(f"{name}:{texts[name]}" for name in sorted(texts))


def _shares(shares: Shares, per: Field | None) -> str:
    named = [f"{_quoted(name)}:{_exact(share)}" for name, share in sorted(shares)] if isinstance(shares, tuple) else []
    numbers = f"{{{','.join(named)}}}" if isinstance(shares, tuple) else _exact(shares)
    return f"{numbers}{f'/{_exact(per)}' if per else ''}"


def _rank(rank: Rank) -> str:
    return f"{_exact(rank.value)}{'/descending' if rank.descending else ''}"


def _template(template: Template | None) -> str | None:
    parts = (_hole(part) if isinstance(part, Hole) else _quoted(part) for part in template or ())
    return None if template is None else "".join(parts)


def _hole(hole: Hole) -> str:
    return f"{{{_exact(hole.expression)}{':' + hole.format if hole.format else ''}}}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _type(kind: Type) -> str:
    member = _type(kind.item) if kind.item else None
    values = kind.values and ("ordered" if kind.ordered else "") + _quoted(kind.values)
    parts = (values, member and f"of({member})", _unit(kind), "optional" if kind.nullable else None)
    return "/".join([str(kind) if kind.kind is not Kind.LIST else "list", *(part for part in parts if part)])


def _unit(kind: Type) -> str | None:
    return kind.unit and _quoted(kind.unit)


# Expressions: calls by name, casts with them; a constant has its type, all other types follow


def _maybe(node: Expression | None) -> str | None:
    return _exact(node) if node else None


def _exact(node: Expression) -> str:
    match node:
        case Constant(value=value, type=kind):
            return f"{_value(value)}:{kind}"
        case Reference(name=name):
            return f"${name}"
        case Field(row=row, name=name):
            return ".".join((row.scope.value, *row.path, name))
        case Call(function="to_decimal", arguments=(argument,), type=kind):
            return f"to_decimal({_exact(argument)},{kind.places})"
        case Call(function=function, arguments=arguments):
            return f"{function}({_listed(arguments)})"
        case Aggregate(function=function, down=down):
            way = "/".join(f"{step.table}.{step.relation}" for step in down)
            return f"{function}[{way}]({_listed((node.value, node.where, node.by))})"
        case Answers(segmentation=segmentation, comparison=comparison):
            return f"answers({_listed((segmentation, comparison))})"
        case Statistic(function=function):
            place = "descending" if node.descending else ""
            return f"{function}{place and '/' + place}{print_among(node.among)}{_maybe(node.amount) or ''}"


def _listed(nodes: Iterable[Expression | None]) -> str:
    return ",".join(_exact(node) if node else "" for node in nodes)


def _value(value: Value) -> str:
    match value:
        case str():
            return _quoted(value)
        case tuple():
            return f"[{','.join(_value(member) for member in value)}]"
        case Duration():
            return f"{value.months}mo{value.days}d"
        case _:
            return literal(value)


# Texts


def _quoted(text: object) -> str:
    return json.dumps(text, ensure_ascii=False, separators=(",", ":"))


def _texts(texts: Sequence[str]) -> str | None:
    return _quoted(texts) if texts else None


def _names(names: Sequence[str]) -> str:
    return ",".join(names)
