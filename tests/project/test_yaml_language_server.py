"""What an editor offers and shows: the schemas as the YAML language server, which most editors use, understands them.

The server comes from npm, once, into the user's cache folder. Without node, or where it cannot be had, these tests are
skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.support.language_server import LanguageServer

ROOT = Path(__file__).resolve().parents[2]
RULESET = ROOT / "rulesets" / "acme_partner_programme" / "ruleset.yaml"
PACKAGE = "yaml-language-server@2.0.0"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "segrules-tests" / PACKAGE.replace("@", "-")
SCRIPT = CACHE / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
SETTINGS = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}
CURSOR = "¦"
OPENED = count(1)
"""Each text is a file of its own: the server keeps what it knows of one."""
AUTHORED = sorted(
    path for path in ROOT.glob("rulesets/**/*.yaml") if path.read_text("utf-8").startswith("# yaml-language-server:")
)


def install() -> None:
    """Install the server beside its place in the cache, and move it there, unless another run was first."""
    CACHE.parent.mkdir(parents=True, exist_ok=True)
    quiet = ["--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=0"]
    with tempfile.TemporaryDirectory(dir=CACHE.parent, ignore_cleanup_errors=True) as folder:
        command = ["npm", "install", PACKAGE, "--prefix", folder, "--loglevel=error", *quiet]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=120)
        except (OSError, subprocess.SubprocessError):
            pytest.skip(f"{PACKAGE} cannot be had from npm")
        with suppress(OSError):
            Path(folder).rename(CACHE)


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    if shutil.which("node") is None:
        pytest.skip("node is not there")
    if not SCRIPT.is_file():
        install()
    with LanguageServer(["node", SCRIPT, "--stdio"], ROOT, SETTINGS) as found:
        yield found


def at_cursor(server: LanguageServer, what: str, text: str, beside: Path = RULESET) -> Any:
    """Ask about the place of the cursor in a text that stands in the folder of another."""
    before, _, after = text.partition(CURSOR)
    path = beside.with_name(f"opened {next(OPENED)}.yaml")
    server.open(path, before + after)
    position = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
    return server.ask(f"textDocument/{what}", {"textDocument": {"uri": path.as_uri()}, "position": position})


def offered(server: LanguageServer, text: str, beside: Path = RULESET) -> dict[str, str]:
    """What is offered at the cursor: labels, with what is said of each."""
    items = at_cursor(server, "completion", text, beside)["items"]
    return {item["label"]: _text(item.get("documentation") or "") for item in items}


def shown(server: LanguageServer, text: str) -> str:
    """What is shown for the word at the cursor."""
    return _text(at_cursor(server, "hover", text)["contents"])


def _text(said: str | dict[str, str]) -> str:
    return said if isinstance(said, str) else said["value"]


def changed(old: str, new: str, path: Path = RULESET) -> str:
    text = path.read_text("utf-8")
    assert old in text
    return text.replace(old, new, 1)


def test_a_treatment_is_offered_its_keys_with_what_they_are_for(server: LanguageServer) -> None:
    keys = offered(server, f"{RULESET.read_text('utf-8')}  - treatment: next\n    {CURSOR}\n")
    assert {
        "kind",
        "when",
        "amount",
        "budget",
        "limit",
        "holdout",
        "requires",
        "treatment with a budget",
    } <= keys.keys()
    assert keys["when"] == "Who is eligible for it."
    assert keys["budget"].startswith("The money that there is for it.\n\n```yaml\nbudget: {total: 500_000")
    assert "segment" not in keys


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"    bud{CURSOR}get: {{total", "The money that there is for it."),
        (f"    hit_{CURSOR}policy: unique", "At most one rule may match"),
        (f"        wh{CURSOR}en:\n          all:", "Whom it gives it to."),
        (f"kin{CURSOR}ds: [recognition]", "Further kinds of treatments."),
        (f"        action{CURSOR}able: {{step", "actionable: {step: 0.1, direction: up}"),
    ],
)
def test_hover_over_a_key_shows_what_it_is_for(server: LanguageServer, line: str, said: str) -> None:
    assert said in shown(server, changed(line.replace(CURSOR, ""), line))


@pytest.mark.parametrize(
    "column", [f"      name: {CURSOR}\n", f"      name:\n        type: {CURSOR}\n"], ids=["short form", "long form"]
)
def test_a_column_is_offered_the_types(server: LanguageServer, column: str) -> None:
    types = offered(server, changed("      name: string\n", column))
    assert {
        "boolean",
        "integer",
        "number",
        "decimal(2)",
        "string",
        "date",
        "datetime",
        "list of string",
    } <= types.keys()


def test_a_segmentation_is_offered_the_hit_policies_and_what_each_means(server: LanguageServer) -> None:
    policies = offered(server, changed("hit_policy: unique", f"hit_policy: {CURSOR}"))
    assert list(policies) == ["first", "unique", "any", "priority", "collect"]
    assert policies["first"] == "The first rule that matches, in the order of the file."


def test_a_segmentation_is_offered_its_usual_forms(server: LanguageServer) -> None:
    forms = offered(server, changed("segmentations:\n", f"segmentations:\n  next:\n    {CURSOR}\n"))
    assert {"rules", "bands", "decision table in a file"} <= forms.keys()


def test_an_expected_treatment_is_offered_the_statuses(server: LanguageServer) -> None:
    suite = RULESET.with_name("tests.yaml")
    schema = suite.read_text("utf-8").partition("\n")[0]
    text = f"{schema}\ntests:\n  - test: a\n    given: {{a: []}}\n    expect:\n      A:\n        treatments:\n"
    statuses = offered(server, f"{text}          fund:\n            status: {CURSOR}\n", suite)
    assert statuses["held_out"] == "The row is in the control group."


def test_a_mistake_in_the_form_is_marked_where_it_stands(server: LanguageServer) -> None:
    path = RULESET.with_name("mistaken.yaml")
    server.open(path, changed("hit_policy: unique", "hit_polcy: unique"))
    said = [(one["range"]["start"]["line"], one["message"]) for one in server.diagnostics(path)]
    line = RULESET.read_text("utf-8").partition("hit_policy: unique")[0].count("\n")
    assert (line, "Property hit_polcy is not allowed.") in said


def test_nothing_is_said_of_the_files_that_are_shipped(server: LanguageServer) -> None:
    assert len(AUTHORED) > 10
    for path in AUTHORED:
        server.open(path, path.read_text("utf-8"))
    said = {path: [one["message"] for one in server.diagnostics(path)] for path in AUTHORED}
    assert {str(path): messages for path, messages in said.items() if messages} == {}
