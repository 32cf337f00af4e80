"""`segrules fmt`: which files it lays out, what it says, and what it leaves alone."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from segrules.formatter import format as layout
from tests.interfaces.command import RULESET, Segrules

UNTIDY = RULESET.replace("revenue >= enough and csat >= 4", "revenue>=enough  and csat>=4")
SHARED = "segrules: 1\n\nparameters:\n  more: 200\n"


@pytest.fixture(autouse=True)
def _tidy(segrules: Segrules) -> None:
    """Have the ruleset in its canonical layout to begin with."""
    assert segrules("fmt").status == 0


def tidy() -> str:
    return Path("ruleset.yaml").read_text("utf-8")


def test_a_file_is_laid_out_in_its_place(segrules: Segrules) -> None:
    before = tidy()
    Path("ruleset.yaml").write_text(UNTIDY)
    found = segrules("fmt")
    assert (found.status, found.out, tidy()) == (0, "", before)
    assert found.err == "Laid out 1 of 1 file.\n"


def test_check_lists_the_files_that_would_change_and_says_what_to_run(segrules: Segrules) -> None:
    Path("ruleset.yaml").write_text(UNTIDY)
    found = segrules("fmt", "--check", ".")
    assert (found.status, found.out, tidy()) == (1, "ruleset.yaml\n", UNTIDY)
    assert found.err == "1 of 1 file would change: run `segrules fmt .`.\n"


def test_check_of_what_is_laid_out_is_green(segrules: Segrules) -> None:
    found = segrules("fmt", "--check")
    assert (found.status, found.out, found.err) == (0, "", "No layout to change: 1 file.\n")


def test_diff_shows_the_lines_that_would_change(segrules: Segrules) -> None:
    before = tidy()
    untidy = before.replace("revenue >= enough", "revenue>=enough")
    Path("ruleset.yaml").write_text(untidy)
    found = segrules("fmt", "--diff")
    assert (found.status, tidy()) == (1, untidy)
    assert "-        when: revenue>=enough and csat >= 4\n+        when: revenue >= enough and csat >= 4\n" in found.out


def test_diff_tells_of_a_line_end_that_is_missing(segrules: Segrules) -> None:
    text = tidy().rstrip("\n")
    last = text.splitlines()[-1]
    Path("ruleset.yaml").write_text(text)
    assert segrules("fmt", "--diff").out.endswith(f"-{last}\n\\ No newline at end of file\n+{last}\n")


def test_a_folder_means_its_rulesets_their_tests_and_what_they_import_there(segrules: Segrules) -> None:
    one = Path("rulesets", "one")
    one.mkdir(parents=True)
    ruleset = tidy().replace("entity: partners\n", "entity: partners\nimports: [../shared.yaml]\n")
    (one / "ruleset.yaml").write_text(ruleset.replace("\n\n", "\n"))
    (one / "tests.yaml").write_text(
        "as_of: 2026-06-30\ntests:\n- {test: x, given: {partners: [{id: a}]}, expect: {a: {tier: other}}}\n"
    )
    Path("rulesets", "shared.yaml").write_text(SHARED.replace("\n\n", "\n"))
    Path("rulesets", "other.yaml").write_text("not:   ours\n")
    inside = segrules("fmt", "--check", "rulesets/one")
    assert inside.out == "rulesets/one/ruleset.yaml\nrulesets/one/tests.yaml\n"
    below = segrules("fmt", "--check", "rulesets")
    assert below.out == inside.out + "rulesets/shared.yaml\n"


def test_a_file_that_is_named_is_laid_out_whatever_its_name(segrules: Segrules) -> None:
    Path("some.yml").write_text(SHARED.replace("\n\n", "\n\n\n"))
    assert segrules("fmt", "some.yml").status == 0
    assert Path("some.yml").read_text() == SHARED


def test_a_file_with_errors_stays_as_it_is_and_the_others_are_laid_out(segrules: Segrules) -> None:
    before = tidy()
    Path("ruleset.yaml").write_text(UNTIDY)
    broken = UNTIDY.replace("  and csat", " and and csat")
    Path("broken.yaml").write_text(broken)
    Path("worse.yaml").write_text("segrules: 1\n metrics: [\n")
    found = segrules("fmt", "ruleset.yaml", "broken.yaml", "worse.yaml", "--messages", "concise")
    assert (found.status, found.out) == (1, "")
    assert (tidy(), Path("broken.yaml").read_text()) == (before, broken)
    assert "broken.yaml:21:" in found.err
    assert "worse.yaml:2:" in found.err
    assert found.err.endswith("2 cannot be laid out as long as there are errors.\n")


def test_a_file_that_is_none_of_ours_stays_as_it_is(segrules: Segrules) -> None:
    Path("other.yaml").write_text("services:   {web: {image: x}}\n")
    found = segrules("fmt", "other.yaml", "--messages", "concise")
    assert (found.status, Path("other.yaml").read_text()) == (1, "services:   {web: {image: x}}\n")
    assert "`segrules`" in found.err


def test_names_that_are_wrong_are_no_reason_not_to_lay_out(segrules: Segrules) -> None:
    Path("ruleset.yaml").write_text(UNTIDY.replace("csat>=4", "cast>=4"))
    assert segrules("fmt").status == 0
    assert "when: revenue >= enough and cast >= 4" in tidy()


def test_a_file_that_is_not_there(segrules: Segrules) -> None:
    found = segrules("fmt", "absent.yaml")
    assert (found.status, found.out) == (2, "")
    assert "absent.yaml" in found.err


# What a layout keeps


def test_links_and_permissions_are_kept(segrules: Segrules) -> None:
    before = tidy()
    real, link = Path("real.yaml"), Path("link.yaml")
    real.write_text(UNTIDY)
    real.chmod(0o640)
    link.symlink_to(real)
    assert segrules("fmt", "link.yaml").status == 0
    assert (link.is_symlink(), real.read_text(), real.stat().st_mode & 0o777) == (True, before, 0o640)
    assert sorted(path.name for path in Path().iterdir() if path.name.startswith(".")) == []


def test_a_file_that_is_laid_out_is_not_written(segrules: Segrules) -> None:
    path = Path("ruleset.yaml")
    path.chmod(0o444)
    before = path.stat().st_mtime_ns, path.stat().st_ino
    assert segrules("fmt").status == 0
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


def test_byte_order_mark_and_line_ends_of_windows_go(segrules: Segrules) -> None:
    before = tidy()
    Path("ruleset.yaml").write_bytes(("\ufeff" + before.replace("\n", "\r\n")).encode())
    assert segrules("fmt").status == 0
    assert Path("ruleset.yaml").read_bytes() == before.encode()


def test_a_layout_that_would_not_say_the_same_is_not_written_and_is_our_mistake(
    segrules: Segrules, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("ruleset.yaml").write_text(UNTIDY)
    monkeypatch.setattr(layout, "write", lambda *_: UNTIDY.replace("csat>=4", "csat>4"))
    found = segrules("fmt")
    assert (found.status, tidy()) == (3, UNTIDY)
    assert "`ruleset.yaml` stays as it is" in found.err
    assert "please report it" in found.err


# Standard input


def given_input(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_standard_input_is_laid_out_to_standard_output(segrules: Segrules, monkeypatch: pytest.MonkeyPatch) -> None:
    given_input(monkeypatch, UNTIDY.encode())
    found = segrules("fmt", "-")
    assert (found.status, found.out, found.err) == (0, tidy(), "")


def test_nothing_comes_out_where_standard_input_has_errors(segrules: Segrules, monkeypatch: pytest.MonkeyPatch) -> None:
    given_input(monkeypatch, b"segrules: [\n")
    found = segrules("fmt", "-", "--messages", "concise")
    assert (found.status, found.out) == (1, "")
    assert found.err.startswith("standard input:")
    given_input(monkeypatch, b"segrules: \xff\n")
    assert segrules("fmt", "-").status == 1


def test_standard_input_stands_alone(segrules: Segrules) -> None:
    found = segrules("fmt", "-", "ruleset.yaml")
    assert found.status == 2
    assert "`-` stands alone" in found.err


def test_fmt_does_not_load_polars(folder: Path) -> None:
    code = "import sys; from segrules.cli.main import run; run(['fmt', '--check']); print('polars' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[-1] == "False"
