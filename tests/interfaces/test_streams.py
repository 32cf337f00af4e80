"""Disks, pipes, interruptions and terminals."""

from __future__ import annotations

import os
import pty
import resource
import shlex
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from segrules.cli.main import SHOW_TRACEBACK, run
from tests.interfaces.command import COMMAND, EVALUATE, RULESET, Segrules, process, rows


def many_partners(folder: Path, count: int = 20_000) -> None:
    lines = (f"p{number},{number},{number % 5}\n" for number in range(count))
    (folder / "partners.csv").write_text("id,revenue,csat\n" + "".join(lines))


@pytest.mark.parametrize("arguments", [EVALUATE, ("schema",), ("--help",)], ids=["evaluate", "schema", "help"])
def test_a_full_standard_output_is_a_message_and_1(folder: Path, arguments: Sequence[str]) -> None:
    with Path("/dev/full").open("w") as full:
        found = process(*arguments, cwd=folder, stdout=full)
    assert found.returncode == 1
    assert "No space left" in found.stderr
    assert "Traceback" not in found.stderr
    assert "Exception ignored" not in found.stderr


def test_a_full_standard_error_is_1(folder: Path) -> None:
    with Path("/dev/full").open("w") as full:
        assert process(*EVALUATE, cwd=folder, stderr=full).returncode == 1


def test_a_reader_that_leaves_early_ends_it_quietly(folder: Path) -> None:
    many_partners(folder)
    command = f"{shlex.join([*COMMAND, *EVALUATE])} | head -n 1; echo ${{PIPESTATUS[0]}}"
    found = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False)
    assert found.stdout.splitlines()[-1] == "1"
    assert found.stderr == ""


def test_a_slow_reader_gets_all_of_it_even_without_buffers(folder: Path) -> None:
    many_partners(folder)
    found = process(*EVALUATE, cwd=folder, env=os.environ | {"PYTHONUNBUFFERED": "1"})
    assert len(rows(found.stdout)) == 20_000


def test_talk_stands_behind_the_data_that_came_before_it(folder: Path) -> None:
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    (folder / "ruleset.yaml").write_text(RULESET.replace(">= enough", "=> enough"))
    found = process("check", cwd=folder, stderr=subprocess.STDOUT, env=buffered)
    assert found.stdout.startswith("error[SR108]")
    assert found.stdout.splitlines()[-2].startswith("Found 1 error")


def test_a_closed_standard_error_is_no_failure(folder: Path) -> None:
    command = f"{shlex.join([*COMMAND, *EVALUATE])} 2>&-"
    found = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False)
    assert (found.returncode, len(rows(found.stdout))) == (0, 3)


def test_a_closed_standard_output_is_1(folder: Path) -> None:
    command = f"{shlex.join([*COMMAND, *EVALUATE])} >&-"
    found = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert "Traceback" not in found.stderr


def limit_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))


@pytest.mark.parametrize("file_format", ["csv", "parquet", "ndjson"])
def test_a_full_disk_leaves_the_old_files_and_1(segrules: Segrules, folder: Path, file_format: str) -> None:
    assert segrules(*EVALUATE, "--out", "results", "--format", file_format).status == 0
    before = {path.name: path.read_bytes() for path in (folder / "results").iterdir()}
    many_partners(folder)
    found = process(*EVALUATE, "--out", "results", "--format", file_format, cwd=folder, preexec_fn=limit_files)
    assert found.returncode == 1
    assert found.stderr.startswith("segrules: ")
    assert "Traceback" not in found.stderr
    assert {path.name: path.read_bytes() for path in (folder / "results").iterdir()} == before


def test_a_full_disk_leaves_no_new_folder(folder: Path) -> None:
    many_partners(folder)
    assert process(*EVALUATE, "--out", "new/results", cwd=folder, preexec_fn=limit_files).returncode == 1
    assert not (folder / "new").exists()


def test_an_interruption_is_130_and_leaves_nothing(folder: Path) -> None:
    arguments = [*COMMAND, *EVALUATE, "--table", "partners=-", "--out", "results"]
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(arguments, cwd=folder, **streams) as running:  # type: ignore[call-overload]
        running.stdin.write(b"x" * 1_000_000)  # more than a pipe holds: written when the command reads
        running.send_signal(signal.SIGINT)
        _, said = running.communicate()
    assert running.returncode == 130
    assert said == b"interrupted\n"
    assert not (folder / "results").exists()


def test_a_fault_of_segrules_is_3_with_one_line_that_asks_for_a_report(
    segrules: Segrules, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise LookupError("no\nsuch thing")

    monkeypatch.setattr("segrules.engine.ruleset.load", fail)
    found = segrules(*EVALUATE)
    assert (found.status, found.out) == (3, "")
    [line] = found.err.splitlines()
    assert "LookupError: no such thing" in line
    assert "report" in line
    monkeypatch.setenv(SHOW_TRACEBACK, "1")
    assert run(EVALUATE) == 3
    assert "Traceback" in capsys.readouterr().err


# Terminals


def on_a_terminal(folder: Path, *arguments: str, **environment: str) -> str:
    """What a command shows on a terminal of its own."""
    ours, theirs = pty.openpty()
    variables = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm"}
    with subprocess.Popen(
        [*COMMAND, *arguments], cwd=folder, stdout=theirs, stderr=theirs, env=variables | environment
    ) as running:
        os.close(theirs)
        shown = b""
        while part := _read(ours):
            shown += part
    os.close(ours)
    assert running.returncode in (0, 1)
    return shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""


def test_a_terminal_gets_colour_and_a_preview(folder: Path) -> None:
    many_partners(folder, 100)
    shown = on_a_terminal(folder, *EVALUATE)
    assert "\x1b[" in shown
    assert "10 of 100 rows" in shown
    assert "p99" not in shown
    assert "\x1b[" in on_a_terminal(folder, "check")


def test_no_color_is_heeded(folder: Path) -> None:
    (folder / "ruleset.yaml").write_text(RULESET.replace("csat >= 4", "csta >= 4"))
    for arguments in (EVALUATE, ("check",)):
        assert "\x1b[" not in on_a_terminal(folder, *arguments, NO_COLOR="1")
