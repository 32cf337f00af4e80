"""Typed expressions as text: each way of making a value of a type, simplest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from segrules.language import types
from segrules.language.types import NUMERIC, TEMPORAL, Kind, decimal
from tests.properties.generators.literals import (
    DATES,
    DATETIMES,
    DECIMALS,
    DURATIONS,
    INTEGERS,
    PATTERNS,
    TEXTS,
    meeting,
    narrow,
    quoted,
    same_values,
)
from tests.properties.generators.world import Chooser, Scope, Typed, World, inner_scope

Way = Callable[[int], Typed]

BOOLEAN, INTEGER, NUMBER, STRING = types.BOOLEAN, types.INTEGER, types.NUMBER, types.STRING
COMPARISONS = ("=", "<", ">=", "!=", ">", "<=")

ROUNDINGS = ("round", "floor", "ceil", "round_even")


class Expressions:
    """Makes expressions that can stand in one scope; `depth` is how many more may stand inside each other."""

    def __init__(self, choose: Chooser, world: World, scope: Scope) -> None:
        self._choose = choose
        self._world = world
        self._scope = scope

    def value(self, depth: int) -> Typed:
        """An expression of any type that a column can have."""
        ways: list[Way] = [self.condition, self.number, self.text, self.moment, self.number]
        if self._lists():
            ways.append(lambda _: self._choose.of(self._lists()))
        return self._choose.of(ways)(depth)

    # Conditions

    def condition(self, depth: int) -> Typed:
        ways: list[Way] = [self._compared_number, self._compared_text, self._present, self._compared_moment]
        if self._fields(Kind.BOOLEAN):
            ways += [self._field_of(Kind.BOOLEAN), self._field_of(Kind.BOOLEAN)]
        if self._segments():
            ways += [self._compared_segment] * 3
        if self._lists():
            ways += [self._contains, self._contains]
        ways += [self._among_numbers, self._among_texts, self._between, self._looked_through]
        if self._scope.as_of:
            ways.append(self._window)
        if depth > 0:
            ways += [self._both, self._either, self._not, self._chained, self._chosen(self.condition)]
            ways += [self._coalesced(self.condition), self._equal_conditions]
            ways += [self._truth_of_rows] * 3 if self._scope.below else []
            ways += [self._truth_across] * 2 if self._scope.groups is not None else []
        return Typed(self._choose.of(ways)(depth).text, BOOLEAN)

    def _present(self, depth: int) -> Typed:
        asked = self._choose.of(["missing", "present"])
        operand = self._choose.of(self._scope.fields) if self._scope.fields else self.number(0)
        if depth > 0 and self._choose.chance(40):
            operand = self.value(depth - 1)
        return _truth(f"({operand.text} is {asked})")

    def _compared_number(self, depth: int) -> Typed:
        left, right = self.number(depth - 1), self.number(self._choose.of([0, depth - 1]))
        return _truth(f"({left.text} {self._choose.of(COMPARISONS)} {right.text})")

    def _compared_moment(self, depth: int) -> Typed:
        left, right = self.moment(depth - 1), self.moment(self._choose.of([0, depth - 1]))
        return _truth(f"({left.text} {self._choose.of(COMPARISONS)} {right.text})")

    def _compared_text(self, depth: int) -> Typed:
        left = self.text(depth - 1)
        operator = self._choose.of(COMPARISONS if left.type.ordered else ("=", "!="))
        return _truth(f"({left.text} {operator} {self._text_like(left)})")

    def _text_like(self, other: Typed) -> str:
        """A text that the other can be compared with, by order if it has one."""
        if other.type.values is not None and self._choose.chance(80):
            return quoted(self._choose.of(other.type.values))
        alike = [one for one in self._scope.of_kind(frozenset({Kind.STRING})) if same_values(one.type, other.type)]
        if other.type.ordered or (alike and self._choose.chance(70)):
            return self._choose.of(alike).text if alike else quoted(self._choose.of(other.type.values or ("a",)))
        return self._choose.of(TEXTS) if other.type.values is None else self._choose.of(alike or [other]).text

    def _compared_segment(self, _: int) -> Typed:
        field = self._choose.of(self._segments())
        first, second = (quoted(self._choose.of(field.type.values or ("",))) for _ in range(2))
        other = self._choose.of(self._fields(Kind.STRING)).text
        ways = [
            f"{field.text} = {first}", f"{field.text} in ({first}, {second})", f"{field.text} != {first}",
            f"{first} = {field.text}", f"{field.text} not in ({first}, {second})", f"{field.text} = {other}",
            f"{field.text} is missing",
        ]  # fmt: skip
        if field.type.ordered:
            operator = self._choose.of(COMPARISONS)
            ways += [f"{field.text} {operator} {first}", f"{first} {operator} {field.text}",
                     f"{field.text} between {first} and {second}", f"{field.text} {operator} {first}"]  # fmt: skip
        return _truth(f"({self._choose.of(ways)})")

    def _contains(self, _: int) -> Typed:
        found = self._choose.of(self._lists())
        item = found.type.item or STRING
        if item.values is not None:
            member = quoted(self._choose.of(item.values))
        elif item.kind is Kind.STRING:
            plain = [one.text for one in self._fields(Kind.STRING)]
            member = self._choose.of([*TEXTS, *plain])
        else:
            member = self._choose.of([*INTEGERS, *(one.text for one in self._fields(Kind.INTEGER))])
        if self._choose.chance(25) and item.values is None and "(" not in found.text:
            return _truth(f"({member} in {found.text})")
        return _truth(f"({found.text} contains {member})")

    def _among_numbers(self, depth: int) -> Typed:
        options = ", ".join(self.number(0).text for _ in range(self._choose.number(1, 3)))
        negation = self._choose.of(["", "not "])
        return _truth(f"({self.number(depth - 1).text} {negation}in ({options}))")

    def _among_texts(self, depth: int) -> Typed:
        item = self.text(depth - 1)
        options = ", ".join(self._text_like(item) for _ in range(self._choose.number(1, 3)))
        return _truth(f"({item.text} {self._choose.of(['', 'not '])}in ({options}))")

    def _between(self, depth: int) -> Typed:
        made = self._choose.of([self.number, self.moment])
        low, high = made(0), made(self._choose.of([0, depth - 1]))
        negation = self._choose.of(["", "not "])
        return _truth(f"({made(depth - 1).text} {negation}between {low.text} and {high.text})")

    def _looked_through(self, depth: int) -> Typed:
        text, match = self.text(depth - 1).text, self._choose.of(["contains", "starts with", "ends with", "like"])
        part = self._choose.of(PATTERNS) if match == "like" else self.text(0).text
        return _truth(f"({text} {match} {part})")

    def _window(self, depth: int) -> Typed:
        durations = [*DURATIONS, *(one.text for one in self._scope.of_kind(frozenset({Kind.DURATION})))]
        direction, negation = self._choose.of(["last", "next"]), self._choose.of(["", "not "])
        day = self.moment(depth - 1).text
        return _truth(f"({day} {negation}in {direction} {self._choose.of(durations)})")

    def _both(self, depth: int) -> Typed:
        return _truth(f"({self.condition(depth - 1).text} and {self.condition(depth - 1).text})")

    def _either(self, depth: int) -> Typed:
        return _truth(f"({self.condition(depth - 1).text} or {self.condition(depth - 1).text})")

    def _not(self, depth: int) -> Typed:
        return _truth(f"(not {self.condition(depth - 1).text})")

    def _equal_conditions(self, depth: int) -> Typed:
        operator = self._choose.of(["=", "!="])
        return _truth(f"({self.condition(depth - 1).text} {operator} {self.condition(0).text})")

    def _chained(self, depth: int) -> Typed:
        low, middle, high = self.number(0), self.number(depth - 1), self.number(0)
        first, second = self._choose.of(["<", "<="]), self._choose.of(["<", "<="])
        return _truth(f"({low.text} {first} {middle.text} {second} {high.text})")

    def _truth_of_rows(self, depth: int) -> Typed:
        function = self._choose.of(["any", "all"])
        return _truth(self._aggregate(function, depth, lambda inner: inner.condition(depth - 1)).text)

    # Numbers

    def number(self, depth: int) -> Typed:
        fields = self._scope.of_kind(NUMERIC)
        ways: list[Way] = [lambda _: self._choose.of(fields)] * 4 if fields else []
        ways += [lambda _: self._literal_number()] * (1 if fields and depth > 0 else 2)
        if depth > 0:
            ways += [self._sum, self._product, self._quotient, self._negated, self._rounded, self._function]
            ways += [self._chosen(self.number), self._coalesced(self.number), self._part_of_date, self._length]
            ways += [self._number_of_rows] * 6 if self._scope.below else []
            ways += [self._place_across, self._number_across] * 3 if self._scope.groups is not None else []
        return self._choose.of(ways)(depth)

    def _literal_number(self) -> Typed:
        text = self._choose.of([*INTEGERS[:4], *DECIMALS, *INTEGERS[4:]])
        places = len(text.partition(".")[2]) if "%" not in text else 2
        return Typed(f"({text})" if text.startswith("-") else text, decimal(places) if places else INTEGER)

    def _sum(self, depth: int) -> Typed:
        left, right = self.number(depth - 1), self.number(depth - 1)
        return Typed(f"({left.text} {self._choose.of('+-')} {right.text})", meeting(left.type, right.type))

    def _product(self, depth: int) -> Typed:
        left, right = self.number(depth - 1), self.number(depth - 1)
        kind = replace(meeting(left.type, right.type), places=left.type.places + right.type.places)
        return narrow(Typed(f"({left.text} * {right.text})", kind))

    def _quotient(self, depth: int) -> Typed:
        return Typed(f"({self.number(depth - 1).text} / {self.number(depth - 1).text})", NUMBER)

    def _negated(self, depth: int) -> Typed:
        operand = self.number(depth - 1)
        return Typed(f"(-({operand.text}))", operand.type)

    def _rounded(self, depth: int) -> Typed:
        function, operand = self._choose.of(ROUNDINGS), self.number(depth - 1)
        if self._choose.chance(40):
            return Typed(f"{function}({operand.text})", INTEGER)
        places = self._choose.of([2, 0, 1, 4])
        kind = decimal(places) if operand.kind is Kind.DECIMAL else operand.type
        return Typed(f"{function}({operand.text}, {places})", kind)

    def _function(self, depth: int) -> Typed:
        name = self._choose.of(["abs", "max", "min", "clip", "sqrt"])
        count = {"abs": 1, "sqrt": 1, "clip": 3}.get(name, 2)
        operands = [self.number(depth - 1), *(self.number(0) for _ in range(count - 1))]
        kind = NUMBER if name == "sqrt" else meeting(*(one.type for one in operands))
        return Typed(f"{name}({', '.join(one.text for one in operands)})", kind)

    def _part_of_date(self, depth: int) -> Typed:
        name = self._choose.of(["year", "month", "day", "quarter", "weekday", "days_between", "months_between"])
        operands = [self.moment(depth - 1)] + ([self.moment(0)] if name.endswith("between") else [])
        text = f"{name}({', '.join(one.text for one in operands)})"
        # a number of months is not one of days, unless it has been multiplied
        return Typed(f"(1 * {text})" if name == "months_between" else text, INTEGER)

    def _length(self, depth: int) -> Typed:
        operand = self._choose.of([*self._lists(), self.text(depth - 1)])
        return Typed(f"length({operand.text})", INTEGER)

    def _number_of_rows(self, depth: int) -> Typed:
        name = self._choose.of(
            [
                "count",
                "sum",
                "mean",
                "min",
                "max",
                "median",
                "count_distinct",
                "share",
                "stdev",
                "mode",
                "first",
                "last",
            ]
        )
        match name:
            case "count":
                if self._choose.chance(60):
                    return Typed(self._aggregate(name, depth, None).text, INTEGER)
                return Typed(self._aggregate(name, depth, lambda inner: inner.value(depth - 1)).text, INTEGER)
            case "count_distinct":
                return Typed(self._aggregate(name, depth, lambda inner: inner.scalar(depth - 1)).text, INTEGER)
            case "share":
                return Typed(self._aggregate(name, depth, lambda inner: inner.condition(depth - 1)).text, NUMBER)
        found = self._aggregate(name, depth, lambda inner: inner.number(depth - 1))
        return found if name in ("sum", "min", "max", "mode", "first", "last") else Typed(found.text, NUMBER)

    def scalar(self, depth: int) -> Typed:
        """An expression of any type but a list."""
        return self._choose.of([self.number, self.text, self.moment, self.condition])(depth)

    # Texts

    def text(self, depth: int) -> Typed:
        fields = self._scope.of_kind(frozenset({Kind.STRING}))
        ways: list[Way] = [lambda _: self._choose.of(fields)] * 4 if fields else []
        ways += [lambda _: Typed(self._choose.of(TEXTS), STRING)] if depth > 0 or not fields else []
        if depth > 0:
            ways += [self._changed_text, self._chosen(self.text), self._coalesced(self.text)]
            ways += [self._of_rows(self._text_inside)] * 2 if self._scope.below else []
            ways += [self._usual_across(self.text)] if self._scope.groups is not None else []
        return self._choose.of(ways)(depth)

    def _changed_text(self, depth: int) -> Typed:
        return Typed(f"{self._choose.of(['lower', 'upper', 'trim'])}({self.text(depth - 1).text})", STRING)

    @staticmethod
    def _text_inside(inner: Expressions, depth: int) -> Typed:
        return inner.text(depth)

    # Dates

    def moment(self, depth: int) -> Typed:
        fields = self._scope.of_kind(TEMPORAL)
        ways: list[Way] = [lambda _: self._choose.of(fields)] * 6 if fields else []
        ways.append(lambda _: Typed(self._choose.of(DATES), types.DATE))
        ways += [lambda _: Typed("as_of", types.DATE)] if self._scope.as_of else []
        ways.append(lambda _: Typed(self._choose.of(DATETIMES), types.DATETIME))
        if depth > 0:
            ways += [self._shifted, self._day_of, self._latest, self._chosen(self.moment), self._coalesced(self.moment)]
            ways += [self._of_rows(self._moment_inside, "min", "max")] * 2 if self._scope.below else []
            ways += [self._usual_across(self.moment, "min", "max")] if self._scope.groups is not None else []
        return self._choose.of(ways)(depth)

    def _shifted(self, depth: int) -> Typed:
        durations = [*DURATIONS, *(one.text for one in self._scope.of_kind(frozenset({Kind.DURATION})))]
        moment = self.moment(depth - 1)
        return Typed(f"({moment.text} {self._choose.of('-+')} {self._choose.of(durations)})", moment.type)

    def _day_of(self, depth: int) -> Typed:
        return Typed(f"date({self.moment(depth - 1).text})", types.DATE)

    def _latest(self, depth: int) -> Typed:
        left, right = self.moment(depth - 1), self.moment(0)
        return Typed(f"{self._choose.of(['max', 'min'])}({left.text}, {right.text})", meeting(left.type, right.type))

    @staticmethod
    def _moment_inside(inner: Expressions, depth: int) -> Typed:
        return inner.moment(depth)

    # Choices, and rows below

    def _chosen(self, made: Way) -> Way:
        def chosen(depth: int) -> Typed:
            condition, then, otherwise = self.condition(depth - 1), made(depth - 1), made(0)
            text = f"(if {condition.text} then {then.text} else {otherwise.text})"
            return Typed(text, meeting(then.type, otherwise.type))

        return chosen

    def _coalesced(self, made: Way) -> Way:
        def coalesced(depth: int) -> Typed:
            first, second = made(depth - 1), made(0)
            return Typed(f"coalesce({first.text}, {second.text})", meeting(first.type, second.type))

        return coalesced

    def _of_rows(self, made: Callable[[Expressions, int], Typed], *further: str) -> Way:
        def of_rows(depth: int) -> Typed:
            name = self._choose.of(["first", "last", "mode", *further])
            return self._aggregate(name, depth, lambda inner: made(inner, depth - 1))

        return of_rows

    def _aggregate(self, name: str, depth: int, value: Callable[[Expressions], Typed] | None) -> Typed:
        """An aggregate of rows below; something in its brackets names them."""
        way, table = self._choose.of(self._scope.below)
        inner = Expressions(self._choose, self._world, inner_scope(self._world, self._scope, way, table))
        found = Typed(way, BOOLEAN) if value is None else value(inner)
        parts = [found.text]
        if name in ("first", "last"):
            parts.append(f"by {inner.place(0).text}")
        if self._choose.chance(45):
            parts.append(f"where {inner.condition(depth - 1).text}")
        if not any(f"{way}." in part or part == way for part in parts):
            return self._aggregate_of_field(name, way, table, found)
        return Typed(f"{name}({' '.join(parts)})", found.type)

    def _aggregate_of_field(self, name: str, way: str, table: str, wanted: Typed) -> Typed:
        """An aggregate as plain as can be: of a value that does not depend on the rows, where a column is present."""
        column = self._choose.of([f"{way}.{column}" for column in self._world.tables[table].stored])
        by = f" by {wanted.text if wanted.kind in NUMERIC | TEMPORAL else 1}" if name in ("first", "last") else ""
        return Typed(f"{name}({wanted.text}{by} where {column} is present)", wanted.type)

    # Statistics

    def _place_across(self, depth: int) -> Typed:
        name = self._choose.of(["rank", "percentile", "qcut", "row_number", "ntile", "dense_rank"])
        ordered = [one for one in self._scope.of_kind(frozenset({Kind.STRING})) if one.type.ordered]
        made = [self.number(depth - 1), self.moment(depth - 1), *ordered][: 2 + self._choose.number(0, len(ordered))]
        number = self._choose.of(["2, ", "3, ", "1, ", "7, "]) if name in ("qcut", "ntile") else ""
        direction = " descending" if self._choose.chance(40) else ""
        text = f"{name}({number}{self._choose.of(made).text}{direction}{self._among(depth)})"
        return Typed(text, NUMBER if name == "percentile" else INTEGER)

    def _number_across(self, depth: int) -> Typed:
        name = self._choose.of(
            ["sum", "count", "mean", "quantile", "cumulative_share", "zscore", "min", "max", "median", "stdev",
             "count_distinct", "mode", "share"]
        )  # fmt: skip
        if name == "count":
            return Typed(f"count({self.value(depth - 1).text}{self._among(depth)})", INTEGER)
        if name == "share":
            return Typed(f"share({self.condition(depth - 1).text}{self._among(depth)})", NUMBER)
        value = self.number(depth - 1)
        share = f", {self._choose.of(['80%', '0', '1', '1/3', '0.5'])}" if name == "quantile" else ""
        same = name in ("sum", "min", "max", "mode")
        kind = value.type if same else INTEGER if name == "count_distinct" else NUMBER
        return Typed(f"{name}({value.text}{share}{self._among(depth)})", kind)

    def _truth_across(self, depth: int) -> Typed:
        name = self._choose.of(["any", "all"])
        return _truth(f"{name}({self.condition(depth - 1).text}{self._among(depth)})")

    def _usual_across(self, made: Way, *further: str) -> Way:
        def usual(depth: int) -> Typed:
            value = made(depth - 1)
            return Typed(f"{self._choose.of(['mode', *further])}({value.text}{self._among(depth)})", value.type)

        return usual

    def _among(self, depth: int) -> str:
        """Which rows a statistic is about."""
        groups = self._scope.groups or ()
        over = ", ".join(self._choose.some(groups, 1, 2)) if groups and self._choose.chance(60) else "all"
        where = f" where {self.condition(depth - 1).text}" if self._choose.chance(35) else ""
        return f" over {over}{where}"

    def place(self, depth: int) -> Typed:
        """An expression that rows can be ordered by."""
        return self._choose.of([self.moment, self.number, self.text])(depth)

    # What can be read

    def _fields(self, *kinds: Kind) -> list[Typed]:
        return self._scope.of_kind(frozenset(kinds))

    def _field_of(self, kind: Kind) -> Way:
        return lambda _: self._choose.of(self._fields(kind))

    def _segments(self) -> list[Typed]:
        """The segmentations, which are told from other texts by their names."""
        return [one for one in self._fields(Kind.STRING) if one.text.rpartition(".")[2].startswith("seg")]

    def _lists(self) -> list[Typed]:
        lists = self._fields(Kind.LIST)
        if self._scope.below and self._scope.inside is None:
            way, table = self._scope.below[0]
            columns = self._world.tables[table].stored.items()
            items = [(name, kind) for name, kind in columns if kind in (STRING, INTEGER)]
            lists += [Typed(f"list({way}.{name})", types.list_of(kind)) for name, kind in items]
        return lists


def _truth(text: str) -> Typed:
    return Typed(text, BOOLEAN)
