"""Every message of the checker: one small function each, so that all wording stands in one place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from segrules.diagnostics import catalogue
from segrules.diagnostics.catalogue import Code
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Edit, Fix, Label
from segrules.diagnostics.source import Span
from segrules.diagnostics.spelling import nearest
from segrules.language.types import Kind, Type


def described(value_type: Type) -> str:
    """Return a type as a reader of rules says it: `a text`, `a whole number`."""
    words = {
        Kind.BOOLEAN: "true or false",
        Kind.INTEGER: "a whole number",
        Kind.NUMBER: "a number",
        Kind.DECIMAL: f"an exact number with {value_type.places} places",
        Kind.STRING: "a text",
        Kind.DATE: "a date",
        Kind.DATETIME: "a date with a time",
        Kind.DURATION: "a stretch of time",
        Kind.LIST: "a list",
        Kind.MISSING: "missing",
    }
    return words.get(value_type.kind, "something unknown")


def _plain(
    code: Code,
    message: str,
    span: Span,
    label: str = "",
    way_out: str | None = None,
    related: Sequence[Label] = (),
    fix: Fix | None = None,
) -> Diagnostic:
    return Diagnostic(code, message, Label(span, label), tuple(related), (), way_out, fix)


def _replace(title: str, span: Span, text: str, applicability: Applicability = Applicability.UNSAFE) -> Fix:
    return Fix(title, (Edit(span, text),), applicability)


def unknown_name(span: Span, name: str, candidates: Iterable[str], where: str) -> Diagnostic:
    """`certifcations`: nothing of that name; the nearest right one is offered."""
    known = sorted(set(candidates))
    near = nearest(name, known)
    if near:
        way_out = f"did you mean `{near}`?"
        fix = _replace(f"write `{near}`", span, near)
        return _plain(catalogue.UNKNOWN_NAME, f"`{name}` is not a name {where}", span, "unknown", way_out, fix=fix)
    return _plain(catalogue.UNKNOWN_NAME, f"`{name}` is not a name {where}", span, "unknown", _known(known))


def _known(names: Sequence[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:12])
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return f"use one of {shown}{more}" if names else "declare it first"


def needs_table(span: Span, name: str, written: str) -> Diagnostic:
    """A column of another table without its table's name."""
    return _plain(
        catalogue.UNKNOWN_NAME,
        f"`{name}` is a column of another table",
        span,
        "its table is not named",
        f"write `{written}`",
        fix=_replace(f"write `{written}`", span, written),
    )


def needs_no_table(span: Span, table: str, written: str) -> Diagnostic:
    """`partners.region` in a rule for partners."""
    return _plain(
        catalogue.UNKNOWN_NAME,
        f"a row's own columns stand without the name of its table, `{table}`",
        span,
        "",
        f"write `{written}`",
        fix=_replace(f"write `{written}`", span, written, Applicability.SAFE),
    )


def text_without_quotes(span: Span, name: str, quoted: str) -> Diagnostic:
    """`region = EMEA`: a value that stands without quotes."""
    return _plain(
        catalogue.UNKNOWN_NAME,
        f"`{name}` is not a name here; a text stands in quotes",
        span,
        "read as a name",
        f"write `{quoted}`",
        fix=_replace(f"write `{quoted}`", span, quoted),
    )


def no_column_behind(span: Span, name: str, before: str, kind: str) -> Diagnostic:
    """`region.name`: what stands before the dot has no columns."""
    return _plain(
        catalogue.UNKNOWN_NAME,
        f"`{before}` is {kind} and has no `{name}`",
        span,
        "nothing to look up",
        f"write `{before}` alone",
    )


def unknown_member(span: Span, name: str, before: str, known: Sequence[str]) -> Diagnostic:
    """`tier.discout`: what stands before the dot has other names behind it."""
    near = nearest(name, known)
    message = f"`{before}` has no `{name}`"
    if near is None:
        return _plain(catalogue.UNKNOWN_NAME, message, span, "unknown", _known([f"{before}.{one}" for one in known]))
    fix = _replace(f"write `{near}`", span, near)
    return _plain(catalogue.UNKNOWN_NAME, message, span, "unknown", f"did you mean `{before}.{near}`?", fix=fix)


def path_without_column(span: Span, name: str, columns: Sequence[str]) -> Diagnostic:
    """A `belongs_to` name alone, where a value is needed."""
    example = f"`{name}.{columns[0]}`" if columns else "a column of it"
    return _plain(
        catalogue.UNKNOWN_NAME,
        f"`{name}` is a row, not a value",
        span,
        "a column of it is needed",
        f"name the column, such as {example}",
    )


def unknown_function(span: Span, name: str, candidates: Iterable[str]) -> Diagnostic:
    """`summ(…)`."""
    known = sorted(candidates)
    near = nearest(name, known)
    way_out = f"did you mean `{near}`?" if near else "the language reference lists the functions"
    fix = _replace(f"write `{near}`", span, near) if near else None
    return _plain(
        catalogue.UNKNOWN_FUNCTION, f"there is no function `{name}`", span, "unknown function", way_out, fix=fix
    )


def other_function(span: Span, name: str, meant: str) -> Diagnostic:
    """`average(…)`: a function that has another name here."""
    return _plain(
        catalogue.UNKNOWN_FUNCTION,
        f"there is no function `{name}`",
        span,
        "unknown function",
        f"write `{meant}`",
        fix=_replace(f"write `{meant}`", span, meant),
    )


def name_is_not_function(span: Span, name: str) -> Diagnostic:
    """`revenue(…)`: a column or metric with a bracket behind it."""
    return _plain(
        catalogue.UNKNOWN_FUNCTION,
        f"`{name}` is a name, not a function",
        span,
        "called like a function",
        f"write `{name}` without the bracket, or an operator between them",
    )


def wrong_count(span: Span, signature: str, given: int) -> Diagnostic:
    """Too few or too many arguments."""
    return _plain(
        catalogue.WRONG_ARGUMENTS,
        f"`{signature}` does not take {_counted(given, 'value')}",
        span,
        "",
        f"call it as `{signature}`",
    )


def wrong_argument(span: Span, signature: str, parameter: str, wanted: str, given: Type) -> Diagnostic:
    """An argument of the wrong sort."""
    return _plain(
        catalogue.WRONG_ARGUMENTS,
        f"`{parameter}` of `{signature}` is {wanted}",
        span,
        f"this is {described(given)}",
        f"pass {wanted}",
    )


def part_not_taken(span: Span, function: str, part: str) -> Diagnostic:
    """`where`, `by` or `descending` in a function that has no use for it."""
    return _plain(
        catalogue.WRONG_ARGUMENTS, f"`{function}` takes no `{part}`", span, "not understood here", f"leave out `{part}`"
    )


def by_needed(span: Span, function: str, example: str) -> Diagnostic:
    """`first` and `last` without an order."""
    return _plain(
        catalogue.WRONG_ARGUMENTS,
        f"`{function}` does not say by what the rows stand in order",
        span,
        "`by` is missing",
        f"add `by` and a column, as in `{example}`",
    )


def type_mismatch(
    span: Span, action: str, left: tuple[Span, Type], right: tuple[Span, Type], way_out: str | None = None
) -> Diagnostic:
    """Two values of different sorts: the operator is underlined, both sides are labelled."""
    return _plain(
        catalogue.TYPE_MISMATCH,
        f"{described(left[1])} cannot be {action} {described(right[1])}",
        span,
        "",
        way_out or "make both sides the same sort of value",
        (Label(left[0], described(left[1])), Label(right[0], described(right[1]))),
    )


def number_in_quotes(span: Span, number: str) -> Diagnostic:
    """`revenue > '1000'`."""
    return _plain(
        catalogue.TYPE_MISMATCH,
        "a number is compared with a text",
        span,
        "in quotes it is a text",
        f"write {number} without quotes",
        fix=_replace(f"write {number}", span, number, Applicability.SAFE),
    )


def truth_in_quotes(span: Span, text: str) -> Diagnostic:
    """`opted_out = 'yes'`."""
    meant = "true" if text.strip().lower() in {"true", "yes", "y", "1", "on"} else "false"
    return _plain(
        catalogue.TYPE_MISMATCH,
        "true or false is compared with a text",
        span,
        "in quotes it is a text",
        f"write `= {meant}`, or the column alone",
        fix=_replace(f"write {meant}", span, meant),
    )


def date_as_text(span: Span, date: str) -> Diagnostic:
    """`joined_on > '2026-01-31'`."""
    return _plain(
        catalogue.DATE_AS_TEXT,
        "a date is compared with a text",
        span,
        "in quotes it is a text",
        f"write {date} without quotes",
        fix=_replace(f"write {date}", span, date, Applicability.SAFE),
    )


def text_for_date(span: Span) -> Diagnostic:
    """`joined_on > 'January'`."""
    return _plain(
        catalogue.DATE_AS_TEXT,
        "a date is compared with a text",
        span,
        "this is a text",
        "write the date as 2026-01-31, without quotes",
    )


def number_needed(span: Span, operator: str, given: Type) -> Diagnostic:
    """`'a' + 1`."""
    return _plain(
        catalogue.TYPE_MISMATCH,
        f"`{operator}` needs numbers",
        span,
        f"this is {described(given)}",
        "use a number there",
    )


def date_difference(span: Span, left: str, right: str) -> Diagnostic:
    """`as_of - joined_on`."""
    call = f"days_between({right}, {left})"
    return _plain(
        catalogue.DATE_DIFFERENCE,
        "a date cannot be taken from a date",
        span,
        "",
        f"write `{call}` or `months_between({right}, {left})`",
        fix=_replace(f"write `{call}`", span, call),
    )


def condition_expected(span: Span, given: Type) -> Diagnostic:
    """A value where a condition is needed."""
    return _plain(
        catalogue.CONDITION_EXPECTED,
        "a condition is needed here",
        span,
        f"this is {described(given)}",
        "compare it with something, as in `x > 5` or `x = 'text'`",
    )


def alternative_without_comparison(span: Span, left: str, whole: Span, values: str) -> Diagnostic:
    """`region = 'A' or 'B'`."""
    written = f"{left} in ({values})"
    return _plain(
        catalogue.CONDITION_EXPECTED,
        "each side of `or` must be a condition of its own",
        span,
        "this is a value, not a condition",
        f"write `{written}`",
        fix=_replace(f"write `{written}`", whole, written),
    )


def unknown_value(span: Span, text: str, values: Sequence[str], what: str, declared: Span | None) -> Diagnostic:
    """A segment that does not exist, or a text that a column never holds."""
    near = nearest(text, values)
    way_out = f"did you mean '{near}'?" if near else "use one of " + ", ".join(f"'{value}'" for value in values[:12])
    related = (Label(declared, "declared here"),) if declared else ()
    fix = _replace(f"write '{near}'", span, f"'{near}'") if near else None
    return _plain(catalogue.UNKNOWN_VALUE, f"'{text}' is not {what}", span, "not one of them", way_out, related, fix)


def name_clash(span: Span, name: str, this: str, other: str, first: Span) -> Diagnostic:
    """Two things with one name."""
    return _plain(
        catalogue.NAME_CLASH,
        f"`{name}` could mean two things: {this} and {other}",
        span,
        this,
        "give one of them another name",
        (Label(first, other),),
    )


def reserved_name(span: Span, name: str, way_out: str) -> Diagnostic:
    """A name that is a word of the language."""
    return _plain(
        catalogue.RESERVED_NAME, f"`{name}` is a word of the language and cannot be a name", span, "reserved", way_out
    )


def cycle(span: Span, names: Sequence[str], places: Sequence[tuple[str, Span]]) -> Diagnostic:
    """Definitions that need each other, printed in a circle."""
    circle = " → ".join(names)
    related = tuple(Label(place, f"`{name}` is defined here") for name, place in places[1:])
    return _plain(
        catalogue.CYCLE,
        f"these need each other: {circle}",
        span,
        "the circle closes here",
        "break the circle: one of them must not read the next",
        related,
    )


def rows_not_aggregated(span: Span, table: str, written: str, entity: str) -> Diagnostic:
    """`deals.amount > 5` outside an aggregate."""
    return _plain(
        catalogue.ROWS_NOT_AGGREGATED,
        f"one of {entity} can have many {table}",
        span,
        "many values, where one is needed",
        f"say which, as in `sum({written})`, `count({table})`, `any({written} …)`",
    )


def nothing_to_aggregate(span: Span, function: str, tables: Sequence[str], across: str | None) -> Diagnostic:
    """`sum(revenue_12m)`; `across` is the entity where all its rows may be meant."""
    ways = [f"name a column of a table below, as in `{function}({tables[0]}.…)`"] if tables else []
    ways += [f"add `over all` to take all rows of `{across}`, as in `{function}(… over all)`"] if across else []
    return _plain(
        catalogue.NOTHING_TO_AGGREGATE,
        f"`{function}` works on the rows below a row, and none is named",
        span,
        "one value only",
        ", or ".join(ways) or "no table belongs to this one, so there is nothing to aggregate",
    )


def ambiguous_path(span: Span, name: str, ways: Sequence[str]) -> Diagnostic:
    """A table that can be reached in several ways."""
    shown = " or ".join(f"`{way}`" for way in ways)
    return _plain(
        catalogue.AMBIGUOUS_PATH,
        f"there are several ways to `{name}`",
        span,
        "which way?",
        f"write the steps: {shown}; or name a way with `as:` beside `by`",
    )


def two_tables(span: Span, first: str, second: str) -> Diagnostic:
    """`sum(deals.x * orders.y)`."""
    return _plain(
        catalogue.MIXED_AGGREGATE,
        f"one aggregate reads `{first}` and `{second}`",
        span,
        f"another table than `{first}`",
        "aggregate each of them alone, or go up from one to the other with its `belongs_to` name",
    )


def nested_aggregate(span: Span, function: str) -> Diagnostic:
    """An aggregate inside an aggregate."""
    return _plain(
        catalogue.MIXED_AGGREGATE,
        f"`{function}` stands inside another aggregate",
        span,
        "the inner one",
        "make the inner one a `derived` column of its table, or a metric",
    )


def text_order(span: Span, operator: str, column: str) -> Diagnostic:
    """`region < 'EMEA'`."""
    return _plain(
        catalogue.TEXT_ORDER,
        f"`{operator}` cannot compare texts: {column} has no declared order",
        span,
        "",
        "declare `values` with `ordered: true` on the column, or use `=` or `in`",
    )


def segments_not_ordered(span: Span, operator: str, segmentation: str) -> Diagnostic:
    """`tier >= 'gold'` where tier is not ordered."""
    return _plain(
        catalogue.TEXT_ORDER,
        f"`{operator}` cannot compare segments of `{segmentation}`",
        span,
        "its segments have no order",
        f"set `ordered: true` on `{segmentation}` (its rules then stand highest first), or use `in`",
    )


def orders_differ(span: Span) -> Diagnostic:
    """Two ordered things with different values."""
    return _plain(
        catalogue.TEXT_ORDER,
        "these two have different orders and cannot be compared by size",
        span,
        "",
        "compare each with a text of its own, or use `=`",
    )


def missing_compared(span: Span, operand: str, negated: bool, whole: Span) -> Diagnostic:
    """`x = missing`."""
    written = f"{operand} is {'present' if negated else 'missing'}"
    return _plain(
        catalogue.MISSING_COMPARED,
        "nothing is equal to `missing`, not even `missing`",
        span,
        "never true",
        f"write `{written}`",
        fix=_replace(f"write `{written}`", whole, written, Applicability.SAFE),
    )


def too_many_places(span: Span, places: int, limit: int) -> Diagnostic:
    """A product with too many places."""
    return _plain(
        catalogue.TOO_MANY_PLACES,
        f"this product has {places} decimal places, more than {limit}",
        span,
        "",
        "round one side first, as in `round(x, 4)`",
    )


def percent_without_sign(span: Span, number: str) -> Diagnostic:
    """`cloud_share > 40`."""
    return _plain(
        catalogue.PERCENT_WITHOUT_SIGN,
        f"a share lies between 0 and 1, and {number} is above",
        span,
        "as a share this is " + number + " times the whole",
        f"write {number}%",
        fix=_replace(f"write {number}%", span, f"{number}%"),
    )


def unknown_type(span: Span, text: str, meant: str | None, known: Sequence[str]) -> Diagnostic:
    """`type: text`."""
    way_out = f"write `{meant}`" if meant else "use one of " + ", ".join(f"`{name}`" for name in known)
    fix = _replace(f"write `{meant}`", span, meant) if meant else None
    return _plain(catalogue.UNKNOWN_TYPE, f"`{text}` is not a type", span, "unknown type", way_out, fix=fix)


def column_option(span: Span, option: str, given: Type, way_out: str) -> Diagnostic:
    """`split` on a number, `values` on a date."""
    return _plain(catalogue.COLUMN_OPTION, f"`{option}` does not fit a column of type `{given}`", span, "", way_out)


def values_needed(span: Span) -> Diagnostic:
    """`ordered: true` without `values`."""
    return _plain(
        catalogue.COLUMN_OPTION,
        "`ordered` says how `values` stand, and there are none",
        span,
        "",
        "list the `values`, lowest first",
    )


def repeated_value(span: Span, text: str) -> Diagnostic:
    """A value that is listed twice."""
    return _plain(catalogue.COLUMN_OPTION, f"'{text}' is listed twice", span, "", "list each value once")


def no_key(span: Span, table: str, why: str) -> Diagnostic:
    """A table that needs a key."""
    return _plain(
        catalogue.NO_KEY,
        f"table `{table}` has no key, and {why}",
        span,
        "no `key`",
        "add `key:` with the column that names a row",
    )


def unknown_table(span: Span, name: str, tables: Sequence[str]) -> Diagnostic:
    """A table that is not declared."""
    near = nearest(name, tables)
    way_out = f"did you mean `{near}`?" if near else f"declare it below `tables`; there {_are(tables)}"
    fix = _replace(f"write `{near}`", span, near) if near else None
    return _plain(catalogue.UNKNOWN_TABLE, f"there is no table `{name}`", span, "unknown table", way_out, fix=fix)


def _are(tables: Sequence[str]) -> str:
    return ("are " + ", ".join(f"`{table}`" for table in tables)) if tables else "is none yet"


def key_count(span: Span, table: str, key: Sequence[str], given: int) -> Diagnostic:
    """`by` with another number of columns than the key."""
    return _plain(
        catalogue.KEY_MISMATCH,
        f"`by` names {_counted(given, 'column')}, and the key of `{table}` has {len(key)}",
        span,
        "",
        "name one column for each of " + ", ".join(f"`{column}`" for column in key),
    )


def key_type(span: Span, column: str, given: Type, key: str, wanted: Type, declared: Span) -> Diagnostic:
    """A `by` column of another type than the key."""
    return _plain(
        catalogue.KEY_MISMATCH,
        f"`{column}` is {given}, and the key `{key}` is {wanted}: they never meet",
        span,
        f"{given}",
        f"give both the type `{wanted}`",
        (Label(declared, f"{wanted}"),),
    )


def no_way_to_keys(span: Span, table: str, source: str, key: Sequence[str]) -> Diagnostic:
    """`keys_from` a table that has no such columns."""
    columns = ", ".join(f"`{column}`" for column in key)
    return _plain(
        catalogue.KEY_MISMATCH,
        f"`{source}` has no column {columns} to take the keys of `{table}` from",
        span,
        "",
        f"declare {columns} on `{source}`, or a `belongs_to` with `table: {table}`",
    )


def unchecked_key(span: Span, option: str, key: str, taken_from: str) -> Diagnostic:
    """A constraint on a key that `keys_from` makes."""
    return _plain(
        catalogue.KEY_WITHOUT_USE,
        f"`{option}` of `{key}` means nothing here: its values are taken from `{taken_from}`",
        span,
        "",
        f"write `{option}` at the column `{taken_from}`, where the data is checked",
    )


def bad_parameter(span: Span, name: str, wanted: str, given: str) -> Diagnostic:
    """A parameter whose value does not fit."""
    return _plain(
        catalogue.BAD_PARAMETER, f"parameter `{name}` is {wanted}, not {given}", span, "", f"give it {wanted}"
    )


def mixed_list(span: Span, name: str) -> Diagnostic:
    """A list parameter with members of different sorts."""
    return _plain(
        catalogue.BAD_PARAMETER,
        f"the members of `{name}` are not all of one sort",
        span,
        "a different sort",
        "use texts only, or numbers only, or dates only",
    )


def wrong_format(span: Span, given: Type, text: str) -> Diagnostic:
    """`{region:.2f}`."""
    return _plain(
        catalogue.WRONG_FORMAT,
        f"the format `{text}` is for numbers",
        span,
        f"this is {described(given)}",
        "leave the format out, as in `{name}`",
    )


def duplicate_rule(span: Span, rule: str, first: Span) -> Diagnostic:
    """Two rules with one id."""
    return _plain(
        catalogue.DUPLICATE_RULE,
        f"two rules are called `{rule}`",
        span,
        "the second",
        "give one of them another `id`",
        (Label(first, "the first"),),
    )


def not_in_priority(span: Span, segment: str, listed: Span) -> Diagnostic:
    """A segment that `priority` does not name."""
    return _plain(
        catalogue.PRIORITY_LIST,
        f"`priority` does not name '{segment}'",
        span,
        "this rule could never win",
        f"add '{segment}' to `priority` where it stands in rank",
        (Label(listed, "the list"),),
    )


def priority_unknown(span: Span, segment: str, segments: Sequence[str]) -> Diagnostic:
    """A segment in `priority` that no rule gives."""
    near = nearest(segment, segments)
    return _plain(
        catalogue.PRIORITY_LIST,
        f"no rule gives '{segment}'",
        span,
        "not a segment of this segmentation",
        f"did you mean '{near}'?" if near else "take it out, or add a rule for it",
    )


def priority_twice(span: Span, segment: str) -> Diagnostic:
    """A segment that stands twice in `priority`."""
    return _plain(
        catalogue.PRIORITY_LIST, f"'{segment}' stands twice in `priority`", span, "the second", "name each segment once"
    )


def ordered_collect(span: Span, name: str) -> Diagnostic:
    """`ordered` with `collect`."""
    return _plain(
        catalogue.ORDER_OF_LIST,
        f"`{name}` gives a list of segments, and a list has no order",
        span,
        "",
        "leave out `ordered`, or use another `hit_policy`",
    )


def collect_compared(span: Span, name: str, operator: str) -> Diagnostic:
    """`focus = 'newcomer'` on a segmentation that collects."""
    return _plain(
        catalogue.ORDER_OF_LIST,
        f"`{name}` is a list of segments and cannot be compared with `{operator}`",
        span,
        "several segments at once",
        f"write `{name} contains '…'`",
    )


def bands_not_ascending(span: Span, first: Span) -> Diagnostic:
    """Bands whose numbers do not go up."""
    return _plain(
        catalogue.BANDS_NOT_ASCENDING,
        "the bands' numbers must go up from one to the next",
        span,
        "not above the one before",
        "put the bands in order, lowest first",
        (Label(first, "the one before"),),
    )


def out_of_reach(span: Span, name: str, what: str, why: str, way_out: str) -> Diagnostic:
    """A name that exists, but cannot be read from there."""
    return _plain(catalogue.OUT_OF_REACH, f"`{name}` is {what}, and {why}", span, "cannot be read here", way_out)


def constant_needed(span: Span, what: str, way_out: str) -> Diagnostic:
    """A written value is needed."""
    return _plain(catalogue.CONSTANT_NEEDED, f"{what} must be written out", span, "", way_out)


def default_shape(span: Span, collect: bool) -> Diagnostic:
    """A list for one segment, or one segment for a list."""
    if collect:
        return _plain(
            catalogue.DEFAULT_SHAPE,
            "under `collect` the default is a list",
            span,
            "",
            "write it in brackets, as in `[other]`",
        )
    return _plain(
        catalogue.DEFAULT_SHAPE,
        "the default is one segment",
        span,
        "a list of several",
        "name one segment, or use `hit_policy: collect`",
    )


def never_in_force(span: Span) -> Diagnostic:
    """`until` before `from`."""
    return _plain(
        catalogue.VALIDITY,
        "`until` lies before `from`: the rule is never in force",
        span,
        "",
        "correct one of the two days",
    )


def unknown_timezone(span: Span, name: str) -> Diagnostic:
    """A time zone that does not exist."""
    return _plain(
        catalogue.UNKNOWN_TIMEZONE,
        f"there is no time zone `{name}`",
        span,
        "",
        "use a name such as `Europe/Berlin` or `UTC`",
    )


def no_value(span: Span, name: str, given: Type) -> Diagnostic:
    """A metric that is always missing, or a duration."""
    return _plain(
        catalogue.TYPE_MISMATCH,
        f"`{name}` is {described(given)}, which is no value of a row",
        span,
        "",
        "give it a number, a text, a date or a condition",
    )


def not_yet(span: Span, what: str) -> Diagnostic:
    """A part of the language that this version does not carry out."""
    return _plain(
        catalogue.NOT_YET_SUPPORTED,
        f"{what} are not supported by this version of segrules",
        span,
        "",
        "leave it out for now",
    )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")
