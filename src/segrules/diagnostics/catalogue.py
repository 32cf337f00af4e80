"""Every diagnostic's code, slug and severity. A code, once given, is never used for anything else.

Families: SR0xx reading YAML, SR1xx expression syntax, SR2xx names and types, SR3xx structure, SR5xx data, SR6xx lint,
SR7xx tests, SR8xx commands and the machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a diagnostic is; an error means that the ruleset or the data cannot be used."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of diagnostic: its number (`SR204`), its slug (`unknown-name`), how bad it is, and what it is about."""

    number: str
    slug: str
    severity: Severity
    summary: str

    @property
    def is_advice(self) -> bool:
        """Whether it is advice on a ruleset, which may be weighed otherwise: no error, and not about data."""
        return self.severity is not Severity.ERROR and not self.number.startswith("SR5")


def _error(number: str, slug: str, summary: str) -> Code:
    return Code(number, slug, Severity.ERROR, summary)


def _warning(number: str, slug: str, summary: str) -> Code:
    return Code(number, slug, Severity.WARNING, summary)


def _info(number: str, slug: str, summary: str) -> Code:
    return Code(number, slug, Severity.INFO, summary)


def _hint(number: str, slug: str, summary: str) -> Code:
    return Code(number, slug, Severity.HINT, summary)


# SR0xx: reading YAML
FILE_NOT_FOUND = _error("SR001", "file-not-found", "a file that is not there")
NOT_A_FILE = _error("SR002", "not-a-file", "a folder or a device where a file should be")
FILE_NOT_READABLE = _error("SR003", "file-not-readable", "a file that may not or cannot be read")
KEY_WRITTEN_TWICE = _error("SR004", "duplicate-key", "a key that stands twice in one mapping")
FILE_TOO_LARGE = _error("SR005", "file-too-large", "a ruleset file of more than 5 MB")
NOT_TEXT = _error("SR006", "not-text", "a file that is not a text file")
NOT_UTF8 = _error("SR007", "not-utf-8", "a text file that is not saved as UTF-8")
INVISIBLE_CHARACTER = _error("SR008", "invisible-character", "a control character or an invisible line end")
EMPTY_FILE = _error("SR009", "empty-file", "a file that says nothing")
VALUE_STARTS_TEXT_BLOCK = _error("SR010", "value-starts-text-block", "a value that begins with `>` or `|`")
TEXT_AFTER_QUOTE = _error("SR011", "text-after-quote", "a value that goes on after its closing quote")
TEXT_AFTER_BRACKET = _error("SR012", "text-after-bracket", "a value that goes on after its closing bracket")
TAG = _error("SR013", "tag", "a value that begins with `!`")
FORBIDDEN_FIRST_CHARACTER = _error(
    "SR014", "forbidden-first-character", "a value that begins with a sign of YAML's own"
)
VALUE_STARTS_LIST = _error("SR015", "value-starts-list", "a value that begins with `- `")
COLON_IN_VALUE = _error("SR016", "colon-in-value", "a value without quotes that holds `: `")
VALUE_CUT_IN_BRACKETS = _error("SR017", "value-cut-in-brackets", "a comma or bracket in a value inside `[ ]` or `{ }`")
BLANK_MISSING = _error("SR018", "blank-missing", "no blank after a colon or a dash")
COLON_MISSING = _error("SR019", "colon-missing", "a line or item without a colon where keys stand")
TAB_INDENTATION = _error("SR020", "tab-indentation", "a line that is indented with a tab")
ODD_BLANK = _error("SR021", "odd-blank", "a blank around a key that is no ordinary blank")
WRONG_INDENTATION = _error("SR022", "wrong-indentation", "a line that is in line with nothing above it")
UNCLOSED_QUOTE = _error("SR023", "unclosed-quote", "a quote that is not closed")
UNBALANCED_BRACKET = _error("SR024", "unbalanced-bracket", "a bracket that is not closed, or not opened")
UNKNOWN_ESCAPE = _error("SR025", "unknown-escape", "a backslash in double quotes with nothing it could mean")
LIST_AMONG_KEYS = _error("SR026", "list-among-keys", "list items and keys in one column")
UNREADABLE_YAML = _error("SR027", "unreadable-yaml", "anything else that YAML cannot read")
EMPTY_ITEM = _error("SR028", "empty-item", "nothing between two commas")
HASH_IN_VALUE = _error("SR029", "hash-in-value", "a value without quotes inside brackets that holds ` #`")
SECOND_DOCUMENT = _error("SR030", "second-document", "`---` or `...` with more below it")
MERGE_KEY = _error("SR031", "merge-key", "the key `<<`")
UNUSED_ANCHOR = _warning("SR032", "unused-anchor", "a value that begins with `&name`, and nothing uses the name")
UNKNOWN_ANCHOR = _error("SR033", "unknown-anchor", "a value `*name`, and nothing has the name")
CYCLIC_ALIAS = _error("SR034", "cyclic-alias", "a value that holds itself")
TOO_DEEP = _error("SR035", "too-deep", "lists and mappings inside each other more than 64 deep")
TOO_MANY_VALUES = _error("SR036", "too-many-values", "more values than any ruleset has")
KEY_NOT_TEXT = _error("SR037", "key-not-text", "a key that is no text")

# SR1xx: expression syntax
EMPTY_EXPRESSION = _error("SR101", "empty-expression", "nothing where an expression is needed")
EXPRESSION_TOO_LONG = _error("SR102", "expression-too-long", "an expression longer than anyone can read")
EXPRESSION_TOO_DEEP = _error("SR103", "expression-too-deep", "an expression with too much inside one another")
UNCLOSED_BRACKET = _error("SR104", "unclosed-bracket", "a bracket that is opened and not closed")
STRAY_BRACKET = _error("SR105", "stray-bracket", "a bracket that closes nothing")
UNCLOSED_TEXT = _error("SR106", "unclosed-text", "a text whose closing quote is missing")
UNKNOWN_CHARACTER = _error("SR107", "unknown-character", "a character that means nothing here")
OPERATOR_SPELLING = _error("SR108", "operator-spelling", "an operator as other languages write it")
WORD_CASE = _error("SR109", "word-case", "a word of the language in capitals")
MISTYPED_WORD = _error("SR110", "mistyped-word", "a word of the language with a slip of the keyboard")
CURLY_QUOTES = _error("SR111", "curly-quotes", "the quotes of a word processor around a text")
OPERATOR_MISSING = _error("SR112", "operator-missing", "two values in a row")
CONDITIONS_NOT_JOINED = _error("SR113", "conditions-not-joined", "two conditions without `and` or `or` between them")
COMMA_MISSING = _error("SR114", "comma-missing", "two values of a list or a function without a comma between them")
VALUE_EXPECTED = _error("SR115", "value-expected", "an operator, a comma or a bracket with no value behind it")
LEFT_SIDE_MISSING = _error("SR116", "left-side-missing", "a comparison that does not say what it compares")
MIXED_CHAIN = _error("SR117", "mixed-chain", "comparisons in a row that do not go in one direction")
NULL_WORD = _error("SR118", "null-word", "`null`, which is `missing` here")
PRESENCE_SPELLING = _error("SR119", "presence-spelling", "`is missing` or `is present` in other words")
IS_AS_COMPARISON = _error("SR120", "is-as-comparison", "`is` where a comparison is meant")
LIST_WITHOUT_BRACKETS = _error("SR121", "list-without-brackets", "a list after `in` without its round brackets")
WINDOW_SPELLING = _error("SR122", "window-spelling", "`in last` or `in next` in other words")
DURATION_SPELLING = _error("SR123", "duration-spelling", "a stretch of time that cannot be read")
NUMBER_SPELLING = _error("SR124", "number-spelling", "a number that cannot be read")
CURRENCY = _error("SR125", "currency", "a currency beside a number")
DATE_SPELLING = _error("SR126", "date-spelling", "a day that is not written year first")
IMPOSSIBLE_VALUE = _error("SR127", "impossible-value", "a day, time or number that does not exist")
STRAY_PERCENT = _error("SR128", "stray-percent", "a `%` that does not stand behind a number")
THEN_MISSING = _error("SR129", "then-missing", "`if` without `then`")
ELSE_MISSING = _error("SR130", "else-missing", "`if` without `else`")
BETWEEN_WITHOUT_AND = _error("SR131", "between-without-and", "`between` without the `and` of its two ends")
PATTERN_WITHOUT_QUOTES = _error("SR132", "pattern-without-quotes", "a pattern behind `like` without quotes")
RESERVED_WORD = _error("SR133", "reserved-word", "a word of the language used as a name")
MISPLACED_CLAUSE = _error("SR134", "misplaced-clause", "`where`, `by`, `over` or `descending` in the wrong place")
BRACKETS_NEEDED = _error("SR135", "brackets-needed", "a condition inside a calculation or a test, without brackets")
UNEXPECTED_TOKEN = _error("SR136", "unexpected-token", "something that cannot stand where it stands")
IF_AS_FUNCTION = _error("SR137", "if-as-function", "`if` as spreadsheets write it")
SQL_COUNT = _error("SR138", "sql-count", "`count` as databases write it")
STRAY_COMMA = _error("SR139", "stray-comma", "a comma outside a list or the brackets of a function")
UNCLOSED_HOLE = _error("SR140", "unclosed-hole", "a `{` in a text that is not closed")
STRAY_BRACE = _error("SR141", "stray-brace", "a `}` in a text that closes nothing")
EMPTY_HOLE = _error("SR142", "empty-hole", "a hole in a text with nothing in it")
UNKNOWN_FORMAT = _error("SR143", "unknown-format", "a format of a hole that does not exist")
QUOTED_CONSTANT = _error("SR144", "quoted-constant", "a value in quotes within quotes")

# SR2xx: names and types
TYPE_MISMATCH = _error("SR201", "type-mismatch", "two values that cannot be compared or computed with")
CONDITION_EXPECTED = _error("SR202", "condition-expected", "a value stands where a condition is needed")
WRONG_ARGUMENTS = _error("SR203", "wrong-arguments", "a function with the wrong number or sort of arguments")
UNKNOWN_NAME = _error("SR204", "unknown-name", "a name that nothing has")
UNKNOWN_FUNCTION = _error("SR205", "unknown-function", "a function that does not exist")
UNKNOWN_VALUE = _error("SR206", "unknown-value", "a text that is no segment, or none of a column's declared values")
NAME_CLASH = _error("SR207", "name-clash", "a name that could mean two things")
RESERVED_NAME = _error("SR208", "reserved-name", "a name that is a word of the language")
CYCLE = _error("SR209", "cycle", "definitions that need each other")
ROWS_NOT_AGGREGATED = _error("SR210", "rows-not-aggregated", "many rows where one value is needed")
NOTHING_TO_AGGREGATE = _error("SR211", "nothing-to-aggregate", "an aggregate that names no rows below")
AMBIGUOUS_PATH = _error("SR212", "ambiguous-path", "a table that can be reached in several ways")
MIXED_AGGREGATE = _error("SR213", "mixed-aggregate", "an aggregate over two tables, or inside another")
TEXT_ORDER = _error("SR214", "text-order", "texts without a declared order compared by size")
MISSING_COMPARED = _error("SR215", "missing-compared", "a comparison with `missing`")
DATE_AS_TEXT = _error("SR216", "date-as-text", "a date in quotes")
DATE_DIFFERENCE = _error("SR217", "date-difference", "a date taken from a date")
TOO_MANY_PLACES = _error("SR218", "too-many-places", "a product with more decimal places than can be kept")
PERCENT_WITHOUT_SIGN = _warning("SR219", "percent-without-sign", "a share compared with a number above 1")
UNKNOWN_TYPE = _error("SR220", "unknown-type", "a column type that does not exist")
COLUMN_OPTION = _error("SR221", "column-option", "a column option that does not fit its type")
NO_KEY = _error("SR222", "no-key", "a table that needs a key and has none")
UNKNOWN_TABLE = _error("SR223", "unknown-table", "a table that is not declared")
KEY_MISMATCH = _error("SR224", "key-mismatch", "columns that do not fit the key they should find")
BAD_PARAMETER = _error("SR225", "bad-parameter", "a parameter whose value does not fit")
WRONG_FORMAT = _error("SR226", "wrong-format", "a format that does not fit the value it is for")
DUPLICATE_RULE = _error("SR227", "duplicate-rule", "two rules with one id")
PRIORITY_LIST = _error("SR228", "priority-list", "a priority list that does not name every segment once")
ORDER_OF_LIST = _error("SR229", "order-of-collect", "`ordered` or a single comparison on a segmentation that collects")
BANDS_NOT_ASCENDING = _error("SR230", "bands-not-ascending", "bands whose numbers do not go up")
OUT_OF_REACH = _error("SR231", "out-of-reach", "a name that exists, but cannot be read from there")
CONSTANT_NEEDED = _error("SR232", "constant-needed", "a written value is needed there")
DEFAULT_SHAPE = _error("SR233", "default-shape", "a default that does not fit the hit policy")
VALIDITY = _error("SR234", "empty-validity", "a rule or a treatment that is never in force")
UNKNOWN_TIMEZONE = _error("SR235", "unknown-timezone", "a time zone that does not exist")
OVER_NEEDED = _error("SR236", "over-needed", "a statistic that does not say among which rows")
STATISTIC_OUT_OF_PLACE = _error(
    "SR237", "statistic-out-of-place", "a statistic where the entity's rows are not compared"
)
BAD_GROUP = _error("SR238", "bad-group", "a name behind `over` that does not part the rows of the entity")
STATISTIC_AMOUNT = _error("SR239", "statistic-amount", "a number of tiles, or a share, that is none")
CELL_TYPE = _error("SR245", "cell-type", "a cell of a decision table that does not fit its column")
EMPTY_RANGE = _error("SR246", "empty-range", "a range that holds nothing, for its ends stand the wrong way round")
MIXED_OUTPUT = _error("SR247", "mixed-output", "an output of a decision table whose cells are not of one sort")
OUTPUT_OF_LIST = _error("SR248", "output-of-collect", "an output of a segmentation that collects")
NO_VALUE_YET = _error("SR255", "no-value-yet", "an evaluation before the first day of a parameter's values")
UNITS_MIXED = _error("SR256", "units-mixed", "numbers of different units added, compared or exchanged")
OTHER_UNIT = _error("SR257", "other-unit", "a declared unit that is not that of the value")
CARD_TWICE = _error("SR258", "card-twice", "a scorecard that is listed twice")
UNNAMED_WAY_DOWN = _error(
    "SR270", "unnamed-way-down", "a table that belongs to itself, without a name for the rows below"
)
ACTIONABLE_PLACE = _error("SR271", "actionable-place", "`actionable` on a column that no owner of a row can change")
ACTIONABLE_TYPE = _error("SR272", "actionable-type", "`actionable` on a column whose changes cannot be tried")
ACTIONABLE_STEP = _error("SR273", "actionable-step", "a smallest change that is none, or is not there")
ACTIONABLE_RANGE = _error("SR274", "actionable-range", "a lowest value that can be reached above the highest")
ACTIONABLE_VALUE = _error("SR275", "actionable-value", "a change to a value that the column cannot have")
UNKNOWN_SEGMENTATION = _error("SR285", "unknown-segmentation", "a segmentation that the ruleset does not have")

# SR3xx: structure
UNKNOWN_KEY = _error("SR301", "unknown-key", "a key that does not exist there")
MISSING_KEY = _error("SR302", "missing-key", "a key that is needed there, and is not")
WRONG_SHAPE = _error("SR303", "wrong-shape", "a list, a mapping or a single value where another of them is needed")
EMPTY_VALUE = _error("SR304", "empty-value", "a key with nothing behind it")
NOT_TRUE_OR_FALSE = _error("SR305", "not-true-or-false", "`yes`, `on` and the like where `true` or `false` is needed")
UNKNOWN_CHOICE = _error("SR306", "unknown-choice", "a word that is none of those allowed there")
NOT_A_NAME = _error("SR307", "not-a-name", "a name with blanks, hyphens or the like")
NOT_A_DAY = _error("SR308", "not-a-date", "a text where a date is needed")
CONFLICTING_KEYS = _error("SR309", "conflicting-keys", "two keys of which only one can stand there")
KEY_WITHOUT_USE = _error("SR310", "key-without-use", "a key that means nothing beside the others")
MISPLACED_KEY = _error("SR311", "misplaced-key", "a key that stands too deep, or not deep enough")
CELL_COUNT = _error("SR312", "cell-count", "a row of a decision table with more or fewer cells than heads")
EMPTY_CELL = _error("SR313", "empty-cell", "an empty cell of a decision table")
TABLE_HEADS = _error("SR314", "table-heads", "a decision table without `segment` among its heads, or with an empty one")
REPEATED_HEAD = _error("SR315", "repeated-head", "two columns of a decision table with the same head")
CELL_QUOTES = _error("SR316", "cell-quotes", "a cell of a decision table whose quotes do not match")
CELL_FORM = _error("SR317", "cell-form", "a cell of a decision table that cannot be read")
TABLE_WITHOUT_ROWS = _error("SR318", "table-without-rows", "a decision table with nothing below its heads")
IMPORT_PATH = _error("SR325", "import-path", "an import, or a table's file, that is no relative path of one file")
IMPORT_OUTSIDE = _error("SR326", "import-outside", "an import, or a table's file, that leads out of the repository")
IMPORT_CYCLE = _error("SR327", "import-cycle", "files that import each other")
IMPORT_NOT_READ = _error("SR328", "import-not-read", "an import that is not there or cannot be read")
IMPORT_OF_RULESET = _error("SR329", "import-of-ruleset", "an import of a whole ruleset")
UNKNOWN_FIXTURE = _error("SR336", "unknown-fixture", "a fixture of tests that does not exist")
FIXTURE_CYCLE = _error("SR337", "fixture-cycle", "fixtures of tests that use each other")
UNKNOWN_COLUMN = _error("SR338", "unknown-column", "a name in a row of a test that its table does not have")
MISPLACED_ROW = _error("SR339", "row-or-value", "a row of a test where a value is needed, or the other way round")
UNKNOWN_EXPECTATION = _error("SR340", "unknown-expectation", "an expectation of what the ruleset does not say")
NO_DAY = _error("SR341", "test-without-day", "a test without `as_of`")
REPEATED_TEST = _error("SR342", "repeated-test", "two tests with one name")
NO_RULESET = _error("SR343", "tests-without-ruleset", "tests with no ruleset beside them")
UNKNOWN_KIND = _error("SR344", "unknown-kind", "a kind of treatment that does not exist")
REPEATED_TREATMENT = _error("SR345", "repeated-treatment", "two treatments with one name")
UNKNOWN_TREATMENT = _error("SR346", "unknown-treatment", "a treatment that does not exist")
TREATMENT_CYCLE = _error("SR347", "treatment-cycle", "treatments that require, or exclude, each other in a circle")
REQUIRES_EXCLUDED = _error("SR348", "requires-excluded", "treatments of which one requires the other and excludes it")
UNKNOWN_GROUP = _error("SR349", "unknown-group", "a group of treatments that does not exist")
AMOUNT_NEEDED = _error("SR350", "amount-needed", "a treatment without the amount that its budget or group needs")
AMOUNT_PLACES = _error("SR351", "amount-places", "decimal places of an amount that are no whole number from 0 to 18")
RANK_NEEDED = _error("SR352", "rank-needed", "a budget or a limit that does not say who comes first")
TWO_RANKINGS = _error("SR353", "two-rankings", "a budget and a limit of one treatment with different rankings")
RANK_TYPE = _error("SR354", "rank-type", "a ranking by something that has no order")
SHARED_PER = _error("SR355", "shared-per", "a `per`, or amounts by name, that do not part the rows")
SHARED_NUMBER = _error("SR356", "shared-number", "a total, a count, a cap or a share that cannot be one")
VALUE_NEEDED = _error("SR357", "value-needed", "a treatment without the value that it is to be chosen for")
VALUE_WITHOUT_USE = _error("SR358", "value-without-use", "a value of a treatment that is not chosen for it")
RANKING_WITHOUT_USE = _error(
    "SR359", "ranking-without-use", "a ranking, or parts, where grants are chosen for their value"
)

# SR5xx: data
WRONG_TYPE_IN_DATA = _error("SR501", "wrong-type-in-data", "values that their column's type does not have")
PLACES_IN_DATA = _error("SR502", "too-many-places-in-data", "numbers with more decimal places than are declared")
VALUE_NOT_DECLARED = _error("SR503", "value-not-declared", "texts that are none of a column's declared values")
VALUE_MISSING = _error("SR504", "value-missing", "missing values in a column that is not optional")
BELOW_MINIMUM = _error("SR505", "below-minimum", "values below a column's declared minimum")
ABOVE_MAXIMUM = _error("SR506", "above-maximum", "values above a column's declared maximum")
NOT_UNIQUE = _error("SR507", "not-unique", "rows that share a value that should be unique")
DUPLICATE_KEY = _error("SR508", "repeated-key", "rows that share a key")
BELONGS_TO_NOTHING = _error("SR509", "belongs-to-nothing", "rows without the row that they must belong to")
MISSING_COLUMN = _error("SR510", "missing-column", "a declared column that the data does not have")
COLUMN_ABSENT = _warning("SR511", "optional-column-absent", "an optional column that the data does not have")
DUPLICATE_HEADER = _error("SR512", "duplicate-header", "two columns of the data under one name")
TABLE_NOT_GIVEN = _error("SR513", "table-not-given", "a table without data")
TABLE_NOT_DECLARED = _error("SR514", "undeclared-table", "data for a table that the ruleset does not have")
DATA_FILE_NOT_FOUND = _error("SR515", "data-file-not-found", "a data file that is not there")
DATA_FILE_NOT_READABLE = _error("SR516", "data-file-not-readable", "a data file that cannot be opened")
DAMAGED_FILE = _error("SR517", "damaged-file", "a data file that is not what its format says")
EMPTY_DATA_FILE = _error("SR518", "empty-data-file", "a data file with nothing in it")
UNKNOWN_FILE_FORMAT = _error("SR519", "unknown-file-format", "a data file whose format cannot be told")
WRONG_ENCODING = _error("SR520", "wrong-encoding", "a text file in another encoding")
RAGGED_LINES = _error("SR521", "ragged-lines", "lines with more or fewer fields than the header")
STRAY_QUOTE = _error("SR522", "stray-quote", "a field of a CSV file whose quotes do not match")
INPUT_NOT_A_TABLE = _error("SR523", "not-a-table", "something given as a table that is none")
READER_NOT_INSTALLED = _error("SR524", "reader-not-installed", "a format that needs a package that is not installed")
ROW_LEFT_OUT = _error("SR525", "row-left-out", "a record that its table's `where` leaves out")
KEYS_DISAGREE = _error("SR526", "keys-disagree", "a nested row that names another row than the one around it")

# SR6xx: lint
UNGUARDED_OPTIONAL = _info("SR601", "unguarded-optional", "an optional column read as if it were always there")
SEGMENT_WITHOUT_TREATMENT = _info("SR611", "segment-without-treatment", "a segment that no treatment is for")
NOBODY_GETS_IT = _warning("SR612", "nobody-gets-it", "a treatment that nobody can get")
NEVER_GRANTED = _warning("SR613", "never-granted", "a treatment that always yields to another for the same rows")
BUDGET_NEVER_REACHED = _warning("SR614", "budget-never-reached", "a budget that the places of a limit cannot spend")
PRICING_BY_PLACE = _warning("SR615", "pricing-by-place", "prices by where or who somebody is, and nothing else")
RESTS_ON_PROTECTED = _warning("SR616", "rests-on-protected", "a treatment that rests on a protected column")
SHADOWED_RULE = _warning("SR620", "shadowed-rule", "a rule that can never win, for others take all its rows")
REPEATED_RULE = _warning("SR621", "repeated-rule", "a rule that asks for the same rows as another")
NEVER_TRUE = _warning("SR622", "never-true", "a rule whose condition can be true of no row")
NO_SEGMENT = _warning("SR623", "no-segment", "rows that get no segment, for no rule takes them and there is no default")
NO_SEGMENT_FOR_MISSING = _info("SR624", "no-segment-for-missing", "rows that get no segment for want of a value")
RULES_IN_CONFLICT = _warning("SR625", "rules-in-conflict", "rows that match several rules where only one may match")
OVERLAPPING_RANGES = _warning("SR626", "overlapping-ranges", "ranges that overlap, so that only their order decides")
TIER_THRESHOLDS = _warning("SR627", "tier-thresholds", "a tier that asks for less than a lower one")
NO_DEFAULT = _info("SR628", "no-default", "a segmentation without a default whose rules may leave rows out")
UNUSED_PARAMETER = _info("SR633", "unused-parameter", "a parameter that nothing reads")
UNUSED_METRIC = _hint("SR634", "unused-metric", "a metric that nothing reads")
UNUSED_COLUMN = _hint("SR635", "unused-column", "a column that the data must have, and that nothing reads")
UNUSED_TABLE = _info("SR636", "unused-table", "a table that no answer depends on")
REASON_WITHOUT_VALUE = _info("SR637", "reason-without-value", "a reason that says the same whatever the numbers are")
NOBODY_ANSWERS = _hint("SR638", "nobody-answers", "a ruleset without an objective, or without an owner")
UNUSED_IMPORT = _hint("SR639", "unused-import", "an import of which nothing is used")
REPEATED_IMPORT = _info("SR640", "repeated-import", "a file that one list of imports names twice")
BARE_IGNORE = _warning("SR650", "bare-ignore", "a comment that does not say what it ignores")
MISSPELT_IGNORE = _warning("SR651", "misspelt-ignore", "a comment that is not quite one that ignores something")
UNKNOWN_IGNORE = _warning("SR652", "unknown-ignore", "a code or slug in a comment that no diagnostic has")
IGNORED_ERROR = _warning("SR653", "ignored-error", "a comment that would ignore an error, or what is said about data")
UNUSED_IGNORE = _warning("SR654", "unused-ignore", "a comment that ignores what is not found there")

# SR7xx: tests
UNEXPECTED_SEGMENT = _error("SR701", "unexpected-segment", "another segment than a test expects")
UNEXPECTED_VALUE = _error("SR702", "unexpected-value", "another value than a test expects")
UNEXPECTED_EXPLANATION = _error("SR703", "unexpected-explanation", "another rule, certainty or reason than expected")
UNEXPECTED_TREATMENT = _error("SR704", "unexpected-treatment", "another outcome of a treatment than a test expects")

# SR8xx: commands and the machine
UNKNOWN_PARAMETER = _error("SR801", "unknown-parameter", "a value for a parameter that the ruleset does not have")
UNKNOWN_ROW = _error("SR802", "unknown-row", "a key that no row of the entity has")
POPULATION_NEEDED = _error("SR803", "population-needed", "one record where rows are compared with each other")
NO_POPULATION = _error("SR804", "no-population", "a population file that is not there, or is none")
OTHER_POPULATION = _error("SR805", "other-population", "a population of other rules")
POPULATION_OF_ANOTHER_DAY = _error("SR806", "population-of-another-day", "a population of another day")
WRONG_CALL = _error("SR807", "wrong-call", "a call from Python with something that cannot stand there")
UNKNOWN_SEGMENT = _error("SR810", "unknown-segment", "a question about a segment that no segmentation has")
CHANGED_WHILE_READ = _error("SR813", "changed-while-read", "a data file that has changed while it was read")
NOT_TOML = _error("SR820", "not-toml", "a project file that cannot be read")
UNKNOWN_CODE = _error("SR821", "unknown-code", "a code or slug in a project file that no diagnostic has")
FIXED_SEVERITY = _error("SR822", "fixed-severity", "another severity for what is an error, or about data")
SEVERITY_TWICE = _error("SR823", "severity-twice", "a diagnostic that is weighed by its code and by its slug")


def all_codes() -> tuple[Code, ...]:
    """Return every code of the catalogue, by number."""
    codes = (value for value in globals().values() if isinstance(value, Code))
    return tuple(sorted(codes, key=lambda code: code.number))
