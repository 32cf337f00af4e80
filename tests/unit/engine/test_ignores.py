"""Comments that ask that advice be passed over: where they count, what they hide, and what is said about them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from textwrap import indent

import pytest

from segrules.diagnostics.catalogue import Severity
from segrules.diagnostics.diagnostic import Applicability, Diagnostic
from segrules.diagnostics.source import Source
from segrules.document.comments import Values, values_of_yaml
from segrules.document.ignore_comments import has_ignores, read_ignores
from segrules.engine.checked import checked
from segrules.engine.together import together
from segrules.fixing.fix import fix
from segrules.program.fingerprint import ruleset_hash

ROOT = Path(__file__).parents[3]
SHIPPED = sorted(path.relative_to(ROOT / "rulesets") for path in (ROOT / "rulesets").glob("**/ruleset.yaml"))

HEAD = """\
segrules: 1
ruleset: example
objective: Know who is happy.
owner: partner-operations
entity: partners
tables:
  partners:
    key: id
    columns:
      id: string
      revenue: integer
      csat: {type: number, optional: true}
segmentations:
  happy:
    hit_policy: first
    default: unhappy
"""
IGNORE = "# segrules: ignore[unguarded-optional]"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def said(rules: str, head: str = HEAD) -> tuple[Diagnostic, ...]:
    """What is said of a ruleset with these rules, or this table; hints on what they do not read are left out."""
    Path("ruleset.yaml").write_text(head + indent(rules, "    "), "utf-8")
    return _without_hints()


def _without_hints() -> tuple[Diagnostic, ...]:
    return tuple(one for one in checked(Path("ruleset.yaml")).diagnostics if one.severity is not Severity.HINT)


def codes(found: Sequence[Diagnostic]) -> list[str]:
    return [one.code.number for one in found]


# Where they count


@pytest.mark.parametrize(
    "rules",
    [
        f"rules: [{{segment: a, when: csat > 4}}] {IGNORE}\n",
        f"rules:\n  - segment: a\n    when: csat > 4 {IGNORE} as 4 is always known\n",
        f"rules:\n  - segment: a\n    {IGNORE}\n    when: csat > 4\n",
        f"rules:\n  - segment: a\n    {IGNORE}\n    # and why\n    when: csat > 4\n",
        f"rules:\n  - segment: a\n    when: csat > 4 # why {IGNORE}\n",
        "rules:\n  - segment: a\n    when: csat > 4 #segrules:Ignore [ SR612 , sr601 ]\n",
        "rules:\n  - segment: a\n    when: csat > 4 # Segrules: ignore[SR601]\n",
        f"rules:\n  - segment: a\n    when: | {IGNORE}\n      revenue > 1\n      and csat > 4\n",
        f"rules:\n  - segment: a\n    {IGNORE}\n    when: |\n      revenue > 1\n      and csat > 4\n",
        f"rules:\n  - segment: a\n    when: |\n      revenue > 1\n      and csat > 4 {IGNORE}\n",
        f"rules:\n  - segment: a\n    when: |\n      revenue > 1\n      {IGNORE}\n      and csat > 4\n",
        f"rules:\n  - segment: a\n    {IGNORE}\n    when: revenue > 1\n      and csat > 4\n",
        f"table: |\n  {IGNORE}\n  csat | segment\n  >= 4 | a\n",
        f"table: |  {IGNORE}\n  # heads\n  csat | segment\n  >= 4 | a\n",
    ],
)
def test_a_comment_hides_what_is_found_on_its_line_or_the_next(rules: str) -> None:
    assert codes(said(rules)) in ([], ["SR654"] if "SR612" in rules else [])


def test_a_comment_in_the_file_of_a_table_hides_what_is_found_in_it() -> None:
    Path("scores.csv").write_text(f"{IGNORE}\ncsat,segment\n>= 4,a\n")
    assert said("table: {file: scores.csv}\n") == ()
    Path("scores.csv").write_text(f'csat,segment\n">= 4","a\n{IGNORE}"\n')
    assert codes(said("table: {file: scores.csv}\n")) == ["SR601"]


@pytest.mark.parametrize(
    "rules",
    [
        f"rules:\n  {IGNORE}\n  - segment: a\n    when: csat > 4\n",
        f"rules:\n  - segment: a\n    when: csat > 4\n    {IGNORE}\n",
        f"rules:\n  - segment: a {IGNORE}\n    when: csat > 4\n",
        f"rules:\n  - segment: a\n    when: |\n      revenue > 1 {IGNORE}\n      and csat > 4\n",
    ],
)
def test_a_comment_elsewhere_hides_nothing_and_is_not_needed(rules: str) -> None:
    assert sorted(codes(said(rules))) == ["SR601", "SR654"]


@pytest.mark.parametrize(
    "rules",
    [
        f"rules:\n  - segment: a\n    when: csat > 4\n    because: '{{csat}} {IGNORE}'\n",
        f"rules:\n  - segment: a\n    when: csat > 4\n    because: |\n      {{csat}}\n      {IGNORE}\n",
        f"rules:\n  - segment: a\n    when: |\n      csat > 4 and '{IGNORE}' != 'x'\n",
        "rules:\n  - segment: a\n    when: csat > 4 # segrules: 1\n",
        "rules:\n  - segment: a\n    when: csat > 4 # segrules: see the handbook\n",
    ],
)
def test_what_is_no_comment_or_means_something_else_is_left_alone(rules: str) -> None:
    assert codes(said(rules)) == ["SR601"]


# What is said about them

ON_ONE_LINE = "rules: [{segment: a, when: csat > 4}] "


@pytest.mark.parametrize(
    ("comment", "number", "place", "way_out"),
    [
        ("# segrules: ignore", "SR650", "# segrules: ignore", f"write `{IGNORE}`"),
        ("# segrules: ignore[]", "SR650", "# segrules: ignore[]", f"write `{IGNORE}`"),
        ("# segrules: ignore all of this", "SR650", "# segrules: ignore", f"write `{IGNORE}`"),
        ("# segrules: ignroe[SR601] why", "SR651", "# segrules: ignroe[SR601]", "write `# segrules: ignore[SR601]`"),
        ("# segrules: noqa", "SR651", "# segrules: noqa", f"write `{IGNORE}`"),
        ("# segrules: ignore(SR601)", "SR651", "# segrules: ignore(SR601)", "write `# segrules: ignore[SR601]`"),
        ("# segrules: ignore: SR601", "SR651", "# segrules: ignore: SR601", "write `# segrules: ignore[SR601]`"),
        ("# segrules: ignore SR601", "SR651", "# segrules: ignore SR601", "write `# segrules: ignore[SR601]`"),
        ("# segrules: ignore[SR601", "SR651", "# segrules: ignore[SR601", "write `# segrules: ignore[SR601]`"),
        ("# segrules: ignore (SR601) why", "SR651", "# segrules: ignore (SR601)", "write `# segrules: ignore[SR601]`"),
        ("# segrules: ignored[SR601]", "SR651", "# segrules: ignored[SR601]", "write `# segrules: ignore[SR601]`"),
        ("# segrules: ignore-next-line", "SR651", "# segrules: ignore-next-line", f"write `{IGNORE}`"),
        ("# segrules ignore[SR601] why", "SR651", "# segrules ignore[SR601]", "write `# segrules: ignore[SR601]`"),
        ("# Segrules ignore [SR6O1]", "SR651", "# Segrules ignore [SR6O1]", "write `# segrules: ignore[SR601]`"),
        ("# segrules ignore SR601", "SR651", "# segrules ignore SR601", "write `# segrules: ignore[SR601]`"),
        ("# segrules ignore", "SR651", "# segrules ignore", f"write `{IGNORE}`"),
        ("# segrules ignore[]", "SR651", "# segrules ignore[]", f"write `{IGNORE}`"),
        ("# segrules ignore[x]", "SR651", "# segrules ignore[x]", "write `# segrules: ignore[x]`"),
        ("#segrules-ignore:SR601", "SR651", "#segrules-ignore:SR601", "write `# segrules: ignore[SR601]`"),
        ("# seg-rules: ignore[SR601]", "SR651", "# seg-rules: ignore[SR601]", "write `# segrules: ignore[SR601]`"),
        ("# segrule: noqa SR601", "SR651", "# segrule: noqa SR601", "write `# segrules: ignore[SR601]`"),
        ("# ignore[SR601, SR6O2]", "SR651", "# ignore[SR601, SR6O2]", "write `# segrules: ignore[SR601, SR612]`"),
        ("# noqa: SR601,SR620", "SR651", "# noqa: SR601,SR620", "write `# segrules: ignore[SR601, SR620]`"),
        ("# pylint: disable=SR601", "SR651", "# pylint: disable=SR601", "write `# segrules: ignore[SR601]`"),
        ("# segrules: ignore[SR6O1]", "SR652", "SR6O1", "did you mean `SR601`?"),
        ("# segrules: ignore[a thing]", "SR652", "a thing", "`segrules explain-code` lists them all"),
        ("# segrules: ignore[SR204]", "SR653", "SR204", "mend what it finds, and take it out here"),
        ("# segrules: ignore[SR511]", "SR653", "SR511", "mend what it finds, and take it out here"),
        ("# segrules: ignore[SR612]", "SR654", "# segrules: ignore[SR612]", "take it out"),
    ],
)
def test_a_comment_that_is_not_right_is_told_and_hides_nothing(
    comment: str, number: str, place: str, way_out: str
) -> None:
    of_rule, of_comment = said(f"{ON_ONE_LINE}{comment}\n")
    assert (of_rule.code.number, of_comment.code.number) == ("SR601", number)
    assert of_comment.label is not None
    assert (of_comment.label.span.text, of_comment.help) == (place, way_out)


@pytest.mark.parametrize(
    "comment",
    [
        "# segrules is fine",
        "# segrules ignores rows without a key",
        "# segrules ignores [sic] rows without a key",
        "# segrules ignore rule",
        "# Segrules: see unguarded-optional",
        "# segrules skips unguarded rows, see SR601",
        "# ignore this",
        "# ignore: this [SR601]",
        "# ignored (unguarded)",
        "# ignore SR601, it is about csat",
        "# ignore[x]",
        "# ignore[unknown-name]",
        "# we ignore (SR601) here",
        "# skip",
        "# noqa: E501",
        "# type: ignore[attr-defined]",
        "# yamllint disable-line rule:line-length",
        "# allow: no default",
    ],
)
def test_a_sentence_or_a_comment_for_another_tool_is_left_alone(comment: str) -> None:
    assert codes(said(f"{ON_ONE_LINE}{comment}\n")) == ["SR601"]


def test_no_comment_of_a_shipped_file_looks_like_one_that_is_misspelt() -> None:
    shipped = [*ROOT.glob("rulesets/**/*.yaml"), *ROOT.glob("rulesets/**/*.csv"), *ROOT.glob("src/**/starter/**/*")]
    found = [Source(path.name, path.read_text("utf-8")) for path in shipped if path.suffix in (".yaml", ".csv")]
    assert len(found) > 50
    odd = [read_ignores(Values(source, (), ((0, len(source.text)),)))[1] for source in found if has_ignores(source)]
    assert odd == [()] * 2


@pytest.mark.parametrize(
    ("comment", "fixed"),
    [
        ("# segrules ignore(SR601) why", "# segrules: ignore[SR601] why"),
        ("# segrules: noqa: SR601", "# segrules: ignore[SR601]"),
        ("# Segrules ignore [ SR601 ]", "# segrules: ignore[SR601]"),
    ],
)
def test_another_spelling_of_what_can_mean_one_thing_only_is_mended_safely(comment: str, fixed: str) -> None:
    said(f"{ON_ONE_LINE}{comment}\n")
    assert mended("ruleset.yaml").endswith(f"{fixed}\n")
    assert _without_hints() == ()


@pytest.mark.parametrize(
    "comment",
    ["# segrules: ignored[SR601]", "# segrules: ignore-file[SR601]", "# segrules ignore[SR6O1]", "# noqa: SR601"],
)
def test_a_guess_at_what_a_comment_means_is_none_of_the_safe_fixes(comment: str) -> None:
    said(f"{ON_ONE_LINE}{comment}\n")
    made = fix([Path("ruleset.yaml")], (Applicability.SAFE,), lambda _: True)
    assert (made.count, made.texts) == (0, {})


def test_a_comment_in_the_file_of_a_table_is_mended_as_well() -> None:
    Path("scores.csv").write_text("# segrules ignore SR601\ncsat,segment\n>= 4,a\n")
    assert sorted(codes(said("table: {file: scores.csv}\n"))) == ["SR601", "SR651"]
    assert mended("scores.csv") == "# segrules: ignore[SR601]\ncsat,segment\n>= 4,a\n"
    assert _without_hints() == ()


def mended(file: str) -> str:
    """Make the safe fixes, and return the text of a file afterwards."""
    for path, text in fix([Path("ruleset.yaml")], (Applicability.SAFE,), lambda _: True).texts.items():
        path.write_text(text, "utf-8")
    return Path(file).read_text("utf-8")


def test_what_is_right_in_a_comment_counts_beside_what_is_not() -> None:
    found = said(f"{ON_ONE_LINE}# segrules: ignore[SR6O1, SR601, SR204, SR612]\n")
    assert codes(found) == ["SR652", "SR653", "SR654"]
    assert [one.label and one.label.span.text for one in found] == ["SR6O1", "SR204", "SR612"]


def test_errors_are_told_all_the_same_and_no_comment_is_called_unneeded_beside_them() -> None:
    found = said(f"{ON_ONE_LINE.replace('csat', 'cast')}# segrules: ignore[unknown-name, SR601]\n")
    assert codes(found) == ["SR204", "SR653"]


def test_of_two_comments_for_one_thing_one_is_not_needed() -> None:
    assert codes(said(f"{IGNORE}\n{ON_ONE_LINE}{IGNORE}\n")) == ["SR654"]


# Taking out what is not needed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"rules: [{{segment: a, when: true}}]   {IGNORE}\n", "rules: [{segment: a, when: true}]\n"),
        (f"rules: [{{segment: a, when: true}}] {IGNORE} as ever\n", "rules: [{segment: a, when: true}]\n"),
        (f"rules: [{{segment: a, when: true}}] # 1 {IGNORE}\n", "rules: [{segment: a, when: true}] # 1\n"),
        (f"rules: [{{segment: a, when: true}}] {IGNORE} # 2\n", "rules: [{segment: a, when: true}] # 2\n"),
        (f"{IGNORE}\nrules: [{{segment: a, when: true}}]\n", "rules: [{segment: a, when: true}]\n"),
        (f"rules: [{{segment: a, when: true}}]\n{IGNORE}", "rules: [{segment: a, when: true}]\n"),
        (
            f"{ON_ONE_LINE}# segrules: ignore[SR612, SR601,SR613] # 2\n",
            f"{ON_ONE_LINE}# segrules: ignore[SR601] # 2\n",
        ),
        (
            f"rules:\n  - segment: a\n    when: |\n      {IGNORE}\n      true\n",
            "rules:\n  - segment: a\n    when: |\n      true\n",
        ),
    ],
)
def test_the_fix_takes_out_what_is_not_needed_and_nothing_else(before: str, after: str) -> None:
    [found] = said(before)
    assert found.fix is not None
    [edit] = found.fix.edits
    text = edit.span.source.text
    fixed = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    assert fixed == HEAD + indent(after, "    ")
    Path("ruleset.yaml").write_text(fixed, "utf-8")
    assert _without_hints() == ()


# Files that rulesets share


def test_a_comment_in_an_imported_file_is_unneeded_if_no_ruleset_needs_it() -> None:
    needed_by_one = "happy_enough: csat > 4 # segrules: ignore[SR601]"
    needed_by_none = "rich: revenue > 1 # segrules: ignore[SR601]"
    Path("shared.yaml").write_text(f"segrules: 1\nmetrics:\n  {needed_by_one}\n  {needed_by_none}\n")
    for name, optional in (("one", "true"), ("two", "false")):
        Path(name).mkdir()
        head = HEAD.replace("entity:", "imports: [../shared.yaml]\nentity:").replace("true}", f"{optional}}}")
        Path(name, "ruleset.yaml").write_text(head + "    rules: [{segment: a, when: happy_enough and rich}]\n")
    Path("segrules.toml").touch()
    both = {name: checked(Path(name)) for name in ("one", "two")}
    assert [one.diagnostics for one in both.values()] == [(), ()]
    assert [codes(one.unused) for one in both.values()] == [["SR654"], ["SR654", "SR654"]]
    together_said = together(both)
    assert {str(said.label and said.label.span) for told in together_said.values() for said in told} == {
        "shared.yaml:4:21"
    }


@pytest.mark.parametrize("name", SHIPPED, ids=str)
def test_every_piece_of_advice_on_the_shipped_rulesets_can_be_ignored_without_a_change_of_meaning(name: Path) -> None:
    shutil.copytree(ROOT / "rulesets", "rulesets", ignore=shutil.ignore_patterns("data", "*.parquet"))
    path = "rulesets" / name
    before = checked(path)
    assert before.document is not None
    comments = set()
    for one in before.diagnostics:
        assert one.label is not None
        span = one.label.span
        value = values_of_yaml(span.source, before.document.ruleset).around(span.start)
        comments.add((span.source.name, (value or span).position.line, one.code.slug))
    for file, line, slug in sorted(comments, reverse=True):
        lines = Path(file).read_text("utf-8").split("\n")
        lines.insert(line - 1, f"# segrules: ignore[{slug}]")
        Path(file).write_text("\n".join(lines), "utf-8")
    after = checked(path)
    assert codes(after.diagnostics) == []
    assert before.program is not None
    assert after.program is not None
    assert ruleset_hash(after.program) == ruleset_hash(before.program)
