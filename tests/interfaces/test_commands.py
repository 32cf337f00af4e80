"""The commands as a person uses them: what they give, what goes where, and how they leave."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from segrules.cli.main import run
from tests.interfaces.command import EVALUATE, EXPLAIN, PARTNERS, RULESET, Segrules, process, rows, written

ROOT = Path(__file__).resolve().parents[2]
VERBS = ["evaluate", "explain", "check", "explain-code", "fmt", "schema"]


# Help


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example_that_runs(
    verb: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "rulesets").symlink_to(ROOT / "rulesets")
    monkeypatch.chdir(tmp_path)
    assert run([verb, "--help"]) == 0
    _, _, example = capsys.readouterr().out.partition("Example:\n")
    program, *arguments = shlex.split(example)
    assert (program, arguments[0]) == ("segrules", verb)
    assert run(arguments) == 0
    assert "Traceback" not in capsys.readouterr().err


def test_help_names_every_verb_and_no_markup(segrules: Segrules) -> None:
    found = segrules("--help")
    assert (found.status, found.err) == (0, "")
    assert all(verb in found.out for verb in VERBS)


def test_version(segrules: Segrules) -> None:
    found = segrules("--version")
    assert (found.status, found.err) == (0, "")
    assert found.out.startswith("segrules ")


# Wrong commands


@pytest.mark.parametrize(
    ("arguments", "way_out"),
    [
        (["evalute"], "evaluate"),
        (["check", "--formt", "json"], "--format"),
        (["check", "--format", "xml"], "'full', 'concise', 'json', 'sarif', 'github', 'junit'"),
        (["check", "absent.yaml"], "absent.yaml"),
        (["check", "empty"], "ruleset.yaml"),
        (["evaluate"], "RULESET"),
        (["evaluate", "ruleset.yaml"], "--as-of"),
        (["evaluate", "ruleset.yaml", "--as-of", "30.06.2026"], "2026-06-30"),
        (["evaluate", "ruleset.yaml", "--as-of", "2026-02-30"], "2026-02-30"),
        (["evaluate", "ruleset.yaml", "--as-of", "20260630"], "2026-06-30"),
        (["evaluate", "absent", "--as-of", "2026-06-30"], "absent"),
        (["evaluate", "empty", "--as-of", "2026-06-30"], "ruleset.yaml"),
        ([*EVALUATE, "--out", "partners.csv"], "folder"),
        ([*EVALUATE, "--save-population", "empty"], "folder"),
        ([*EVALUATE, "--save-population", "/dev/full"], "no file"),
        ([*EVALUATE, "--format", "xlsx"], "parquet"),
        ([*EVALUATE, "--table", "partners.csv"], "NAME=FILE"),
        ([*EVALUATE, "--table", "partners="], "NAME=FILE"),
        ([*EVALUATE, "--table", "partners=absent.csv"], "absent.csv"),
        ([*EVALUATE, "--table", "partners=parners.csv"], "partners.csv"),
        ([*EVALUATE, "--table", "partners=empty"], "empty"),
        ([*EVALUATE, "--table", "partner=partners.csv"], "`partners`"),
        ([*EVALUATE, "--table", "partners=partners.csv", "--table", "partners=partners.csv"], "twice"),
        ([*EVALUATE, "--param", "enough"], "NAME=VALUE"),
        ([*EVALUATE, "--param", "enuogh=1"], "`enough`"),
        ([*EVALUATE, "--param", "enough=lots"], "enough"),
        ([*EXPLAIN], "--key"),
        ([*EXPLAIN, "--key", "nobody"], "nobody"),
        ([*EXPLAIN, "--key", "a", "--key", "b"], "key"),
        ([*EXPLAIN, "--key", "a", "--format", "xml"], "json"),
    ],
    ids=lambda value: " ".join(value[-3:]) if isinstance(value, list) else "",
)
def test_a_wrong_command_leaves_with_2_and_a_way_out(segrules: Segrules, arguments: list[str], way_out: str) -> None:
    Path("empty").mkdir()
    found = segrules(*arguments)
    assert found.status == 2
    assert way_out in found.said
    assert not list(Path().rglob("summary.json"))


# check


def test_shipped_rulesets_are_right(segrules: Segrules) -> None:
    found = segrules("check", str(ROOT / "rulesets"))
    assert found.status == 0
    assert "error" not in found.said


def test_check_finds_every_ruleset_below_and_takes_any_name(segrules: Segrules) -> None:
    for folder in ("deep/below", ".hidden/below"):
        Path(folder).mkdir(parents=True)
        Path(folder, "ruleset.yaml").write_text(RULESET.replace("csat >= 4", "csta >= 4"))
    Path("other.yml").write_text(RULESET.replace("revenue >=", "revnue >="))
    below, both = segrules("check", ".", "--format", "json"), segrules("check", ".", "other.yml", "./other.yml")
    assert (below.status, both.status) == (1, 1)
    assert [one["code"] for one in json.loads(below.out)] == ["SR601", "SR204"]
    assert "in 3 rulesets" in both.err
    assert both.out.count("`revnue`") == 1


def test_check_says_so_when_all_is_well(segrules: Segrules) -> None:
    Path("ruleset.yaml").write_text(RULESET.replace(" and csat >= 4", ""))
    found = segrules("check")
    assert (found.status, found.out) == (0, "")
    assert found.err == "All checks passed: 1 ruleset.\n"
    assert segrules("check", "--format", "json").out == "[]\n"


def test_check_shows_diagnostics_as_data_and_counts_them_as_talk(segrules: Segrules) -> None:
    Path("ruleset.yaml").write_text(RULESET.replace("csat >= 4", "csta >= 4 and revnue > 1"))
    found = segrules("check", "--format", "concise")
    assert [line.split(" ")[0] for line in found.out.splitlines()] == ["ruleset.yaml:21:37:", "ruleset.yaml:21:51:"]
    assert found.err == "Found 2 errors in 1 ruleset.\n2 problems can be fixed with --unsafe-fixes.\n"


@pytest.mark.parametrize(
    ("output_format", "of_nothing"), [("sarif", '"results": []'), ("junit", "no errors"), ("github", "")]
)
def test_check_writes_the_formats_of_other_tools_as_data(
    segrules: Segrules, output_format: str, of_nothing: str
) -> None:
    right = RULESET.replace(" and csat >= 4", "")
    Path("ruleset.yaml").write_text(right)
    found = segrules("check", "--format", output_format)
    assert (found.status, found.err) == (0, "All checks passed: 1 ruleset.\n")
    assert of_nothing in found.out
    Path("ruleset.yaml").write_text(right.replace("revenue >=", "revnue >="))
    found = segrules("check", "--format", output_format)
    assert (found.status, found.err) == (1, "Found 1 error in 1 ruleset.\n")
    assert {"SR204", "ruleset.yaml", "`revnue`"} <= set(re.findall(r"SR204|ruleset\.yaml|`revnue`", found.out))


def test_a_mistake_in_a_shared_file_fails_every_ruleset_that_imports_it_but_is_one_annotation(
    segrules: Segrules,
) -> None:
    Path("shared.yaml").write_text("segrules: 1\nmetrics:\n  double: 2 * revnue\n")
    for folder in ("one", "two"):
        Path(folder).mkdir()
        importing = RULESET.replace("entity:", "imports: [../shared.yaml]\nentity:")
        Path(folder, "ruleset.yaml").write_text(importing.replace(" and csat >= 4", ""))
    report, annotations = (segrules("check", "one", "two", "--format", which).out for which in ("junit", "github"))
    assert report.count("<failure") == 2
    assert len(annotations.splitlines()) == 1


def test_a_mistake_in_a_folded_expression_is_underlined_to_the_letter(segrules: Segrules) -> None:
    folded = "when: >\n          revenue >= enough\n          and\n          csta >= 4"
    Path("ruleset.yaml").write_text(RULESET.replace("when: revenue >= enough and csat >= 4", folded))
    found = segrules("check")
    lines = found.out.splitlines()
    [marks] = [number for number, line in enumerate(lines) if "^" in line]
    start, end = lines[marks].index("^"), lines[marks].rindex("^") + 1
    assert lines[marks - 1][start:end] == "csta"
    assert found.status == 1


def test_five_mistakes_are_five_diagnostics(segrules: Segrules) -> None:
    text = RULESET.replace("csat >= 4", "csta >= '4'").replace("hit_policy: first", "hit_policy: frist")
    text = text.replace("id: string", "id: strin").replace("{revenue}", "{revnue}").replace("entity", "entiy")
    Path("ruleset.yaml").write_text(text)
    assert len(json.loads(segrules("check", "--format", "json").out)) >= 5


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check", "."], ["explain-code"], ["schema"]], ids=lambda value: value[0]
)
def test_polars_is_not_imported_where_nothing_is_evaluated(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "ruleset.yaml").write_text(RULESET)
    script = "import sys; from segrules.cli.main import run; run(sys.argv[1:]); sys.exit('polars' in sys.modules)"
    command = [sys.executable, "-c", script, *arguments]
    assert subprocess.run(command, cwd=tmp_path, stdout=subprocess.DEVNULL, check=False).returncode == 0


# schema


def test_schema_is_shown_or_written(segrules: Segrules) -> None:
    shown, out = segrules("schema"), segrules("schema", "--out", "deep/schemas")
    assert (shown.status, out.status, out.out) == (0, 0, "")
    assert json.loads(shown.out) == json.loads(Path("deep/schemas/ruleset.schema.json").read_text("utf-8"))


# evaluate


def test_evaluate_gives_assignments_as_csv_and_the_sizes_as_talk(segrules: Segrules) -> None:
    found = segrules(*EVALUATE)
    assert found.status == 0
    assert [(row["id"], row["segment"], row["certainty"]) for row in rows(found.out)] == [
        ("a", "gold", "certain"),
        ("b", "other", "provisional"),
        ("c", "other", "certain"),
    ]
    assert [line.split() for line in found.err.splitlines()] == [
        ["tier"],
        ["gold", "1", "33.3%", "█" * 10],
        ["other", "2", "66.7%", "█" * 20],
        ["provisional", "1", "33.3%"],
    ]


def test_evaluate_takes_the_folder_of_a_ruleset(segrules: Segrules) -> None:
    assert segrules("evaluate", ".", "--as-of", "2026-06-30").out == segrules(*EVALUATE).out


@pytest.mark.parametrize("file_format", ["csv", "parquet", "ndjson"])
def test_out_gets_the_files_and_standard_output_nothing(segrules: Segrules, file_format: str) -> None:
    found = segrules(*EVALUATE, "--out", "deep/results", "--format", file_format, "--reasons")
    assert (found.status, found.out) == (0, "")
    assert {path.name for path in Path("deep/results").iterdir()} == {
        f"assignments.{file_format}",
        f"wide.{file_format}",
        f"quarantine.{file_format}",
        "summary.json",
    }


def test_the_files_are_the_same_on_every_run_and_have_the_columns_that_are_promised(segrules: Segrules) -> None:
    for folder in ("one", "two"):
        assert segrules(*EVALUATE, "--out", folder, "--reasons").status == 0
    for path in Path("one").iterdir():
        assert path.read_bytes() == Path("two", path.name).read_bytes()
    first, second, _ = written("one/assignments.csv")
    promised = "id segmentation segment segments rule certainty possible conflict reason outputs".split()
    assert list(first)[: len(promised)] == promised
    assert (first["rule"], first["reason"], first["possible"]) == ("tier.gold", "200 of 100", "")
    assert json.loads(second["possible"]) == ["gold", "other"]
    assert list(written("one/quarantine.csv")) == []
    assert Path("one/quarantine.csv").read_text().strip() == "table,row,key,column,constraint,value"
    assert list(written("one/wide.csv")[0]) == ["id", "tier"]
    summary = json.loads(Path("one/summary.json").read_text("utf-8"))
    assert (summary["ruleset"], summary["as_of"], summary["rows"]["partners"]["read"]) == ("example", "2026-06-30", 3)


def test_without_reasons_the_column_is_empty(segrules: Segrules) -> None:
    assert {row["reason"] for row in rows(segrules(*EVALUATE).out)} == {""}


def test_parameters_are_read_as_their_kind_asks(segrules: Segrules) -> None:
    given = ["--param", "enough=10%", "--param", "country=12", "--param", "days=[3, 4]"]
    assert segrules(*EVALUATE, "--out", "results", *given).status == 0
    used = json.loads(Path("results/summary.json").read_text("utf-8"))["parameters"]
    assert (used["enough"], used["country"], used["days"]) == ("0.10", "12", [3, 4])


def test_a_table_can_come_from_standard_input(tmp_path: Path) -> None:
    (tmp_path / "ruleset.yaml").write_text(RULESET)
    found = process(*EVALUATE, "--table", "partners=-", cwd=tmp_path, input=PARTNERS)
    assert found.returncode == 0
    assert [row["segment"] for row in rows(found.stdout)] == ["gold", "other", "other"]


def test_wrong_data_stops_with_1_or_is_set_apart(segrules: Segrules) -> None:
    Path("partners.csv").write_text(PARTNERS + "d,lots,\n")
    stopped = segrules(*EVALUATE, "--out", "results")
    assert stopped.status == 1
    assert "SR501" in stopped.err
    assert not Path("results").exists()
    found = segrules(*EVALUATE, "--out", "results", "--invalid", "quarantine")
    assert found.status == 0
    assert "1 row of partners set apart" in found.err
    [apart] = written("results/quarantine.csv")
    assert (apart["row"], apart["column"], apart["value"]) == ("4", "revenue", "lots")


def test_rows_that_take_no_part_are_counted_aloud(segrules: Segrules) -> None:
    text = RULESET.replace("    key: id\n", "    key: id\n    where: csat > 1\n")
    more = "  country:\n    hit_policy: first\n    rules: [{segment: some, when: count(visits) > 0}]\n"
    text = text.replace("objective:", f"{more}objective:").replace("suppress: country", "suppress: land")
    text = text.replace(
        "parameters:", "  visits: {belongs_to: {to: {table: partners, by: who}}, columns: {who: string}}\nparameters:"
    )
    Path("ruleset.yaml").write_text(text.replace("country: Norway", "land: Norway"))
    Path("visits.csv").write_text("who\na\n")
    found = segrules(*EVALUATE, "--table", "visits=visits.csv")
    assert (found.status, len(rows(found.out))) == (0, 4)
    assert "1 row of partners left out, as their `where` is unknown" in found.err


def test_a_wrong_value_in_the_last_of_many_rows_is_found(segrules: Segrules) -> None:
    with Path("partners.csv").open("a") as file:
        file.writelines(f"x{number},1,\n" for number in range(200_000))
        file.write("last,1.5,\n")
    found = segrules(*EVALUATE)
    assert (found.status, found.out) == (1, "")
    assert "last" in found.err


@pytest.mark.parametrize(
    ("messages", "shape"), [("full", "error[SR501]"), ("concise", "error[SR501]"), ("json", "[\n")]
)
def test_diagnostics_of_data_are_talk_in_the_format_asked_for(segrules: Segrules, messages: str, shape: str) -> None:
    Path("partners.csv").write_text(PARTNERS + "d,lots,\n")
    found = segrules(*EVALUATE, "--messages", messages)
    assert (found.status, found.out) == (1, "")
    assert found.err.startswith(shape)
    if messages == "json":
        assert [one["code"] for one in json.loads(found.err)] == ["SR501"]


def test_a_warning_about_data_is_told_and_is_no_failure(segrules: Segrules) -> None:
    Path("partners.csv").write_text("id,revenue\na,200\n")
    found = segrules(*EVALUATE)
    assert (found.status, len(rows(found.out))) == (0, 1)
    assert "warning[SR511]" in found.err


@pytest.mark.parametrize(
    ("header", "status", "offered"),
    [("id, revenue ,csat", 1, "' revenue '"), ("id,revenue, csat", 0, "' csat'"), ("id,revenue,CSAT", 0, "CSAT")],
)
def test_a_header_that_is_nearly_right_is_offered_as_yaml_has_it(
    segrules: Segrules, header: str, status: int, offered: str
) -> None:
    Path("partners.csv").write_text(f"{header}\na,200,5\n")
    found = segrules(*EVALUATE)
    assert found.status == status
    assert f"help: did you mean `header: {offered}`?" in found.err


def test_warnings_stand_apart_from_what_comes_behind_and_are_one_list_as_json(segrules: Segrules) -> None:
    Path("partners.csv").write_text("id,revenue\na,200\n")
    found = segrules(*EXPLAIN, "--key", "b")
    assert found.err.startswith("warning[SR511]")
    assert "\n\nerror[SR802]" in found.err
    as_json = segrules(*EXPLAIN, "--key", "b", "--messages", "json")
    assert [one["code"] for one in json.loads(as_json.err)] == ["SR511", "SR802"]


# explain


def test_explain_tells_why_as_text_and_as_json(segrules: Segrules) -> None:
    text, full = segrules(*EXPLAIN, "--key", "b"), segrules(*EXPLAIN, "--key", "b", "--full")
    trace = segrules(*EXPLAIN, "--key", "b", "--format", "json")
    assert (text.status, full.status, trace.status) == (0, 0, 0)
    assert "csat" in text.out
    assert len(full.out) >= len(text.out)
    assert json.loads(trace.out)["legend"]["ruleset"] == "example"


def test_what_would_disturb_a_screen_is_not_shown_by_explain(segrules: Segrules) -> None:
    Path("partners.csv").write_text("id,revenue,csat\n\x1b[2Ja,200,5\n")
    found = segrules(*EXPLAIN, "--key", "\x1b[2Ja")
    assert (found.status, found.out.partition(" is ")[0]) == (0, "\N{SYMBOL FOR ESCAPE}[2Ja")


def test_explain_tells_why_not(segrules: Segrules) -> None:
    asked = [*EXPLAIN, "--key", "c", "--not", "gold"]
    text, full, trace = segrules(*asked), segrules(*asked, "--full"), segrules(*asked, "--format", "json")
    assert text.out.startswith("c is other, not gold (tier, as of 2026-06-30): revenue is 50, 50 short of 100\n")
    assert full.out.startswith(text.out)
    assert "\ntier: other" in full.out
    assert "\ntier: other" not in text.out
    [answer] = json.loads(trace.out)["why_not"]
    [rule] = answer["rules"]
    assert rule["lacks"]["margin"] == {"amount": 50, "limit": 100, "side": "short"}


@pytest.mark.parametrize("segment", ["gld", "tier.gld", "card.gold", "tier"])
def test_why_not_is_asked_of_a_segment_that_there_is(segrules: Segrules, segment: str) -> None:
    found = segrules(*EXPLAIN, "--key", "c", "--not", segment)
    assert found.status == 2
    assert "error[SR810]" in found.err
    assert "gold" in found.err


def test_explain_is_about_the_segmentations_that_are_named(segrules: Segrules) -> None:
    alone = segrules(*EXPLAIN, "--key", "b", "--segmentation", "tier")
    unknown = segrules(*EXPLAIN, "--key", "b", "--segmentation", "teir")
    assert (alone.status, alone.out.partition(" is ")[0]) == (0, "b")
    assert (unknown.status, unknown.out) == (2, "")
    assert "did you mean `tier`?" in unknown.err


def test_why_not_is_asked_of_the_segmentations_that_are_named(segrules: Segrules) -> None:
    card = "  card:\n    hit_policy: first\n    rules:\n      - {segment: gold, when: revenue >= 60}\n"
    Path("ruleset.yaml").write_text(RULESET.replace("objective:", f"{card}objective:"))
    asked = [*EXPLAIN, "--key", "c", "--not", "gold"]
    both, one = segrules(*asked), segrules(*asked, "--segmentation", "card")
    assert ("(tier, as of" in both.out, "(card, as of" in both.out) == (True, True)
    assert ("(tier, as of" in one.out, "(card, as of" in one.out) == (False, True)
    other = segrules(*EXPLAIN, "--key", "c", "--not", "other", "--segmentation", "card")
    assert (other.status, other.out) == (2, "")
    assert "`card` has no segment `other`" in other.err


def test_a_key_is_read_as_its_column_asks(segrules: Segrules) -> None:
    Path("ruleset.yaml").write_text(
        RULESET.replace("key: id", "key: [id, day]").replace("id: string", "id: integer\n      day: date")
    )
    Path("partners.csv").write_text("id,day,revenue,csat\n7,2026-01-31,200,5\n")
    assert segrules(*EXPLAIN, "--key", "7", "--key", "2026-01-31").status == 0
    for key in (["x", "2026-01-31"], ["7", "today"], ["7"], ["8", "2026-01-31"]):
        found = segrules(*EXPLAIN, *(part for value in key for part in ("--key", value)))
        assert (found.status, found.out) == (2, "")


def test_check_tells_once_what_is_wrong_in_a_file_that_several_rulesets_import(
    segrules: Segrules, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        (tmp_path / "rulesets" / name).mkdir(parents=True)
        (tmp_path / "rulesets" / name / "ruleset.yaml").write_text(
            f"segrules: 1\nruleset: {name}\nentity: partners\nimports: [../shared.yaml]\nmetrics: {{x: limit}}\n"
        )
    (tmp_path / "rulesets" / "shared.yaml").write_text(
        "segrules: 1\ntables: {partners: {key: id, columns: {id: string}}}\nparameters: {limit: 3}\ntitel: T\n"
    )
    found = segrules("check", "rulesets", "--format", "concise")
    assert found.status == 1
    assert [line.split(" ")[0] for line in found.out.splitlines()] == [
        "rulesets/shared.yaml:4:1:",
    ]
