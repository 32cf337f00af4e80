"""Whatever stands in a file: a diagnostic, the right exit status, never a traceback, and nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.interfaces.command import EVALUATE, PARTNERS, RULESET, Segrules, written

BAD_FILES = {
    "truncated": RULESET[:300].encode(),
    "cut in a value": RULESET[: RULESET.index("csat >= 4")].encode() + b"'",
    "binary": bytes(range(256)) * 20,
    "empty": b"",
    "blanks": b"\n \n",
    "brackets": b"[" * 100_000,
    "braces": b"{a: " * 25_000,
    "dashes": b"- " * 50_000,
    "cyclic": b"segrules: &a\n  ruleset: *a\n",
    "laughs": b"a: &a [x,x,x,x,x,x,x,x,x,x]\n"
    + b"".join(b"%c: &%c [%s]\n" % (c, c, b", ".join([b"*%c" % (c - 1)] * 10)) for c in b"bcdefghi"),
    "utf-16": RULESET.encode("utf-16"),
    "latin-1": RULESET.replace("Norway", "Österreich").encode("latin-1"),
    "null": b"segrules: 1\x00",
    "surrogate": b'ruleset: "\\ud800"\n',
    "tabs": b"\tsegrules: 1\n",
    "documents": b"segrules: 1\n---\nsegrules: 1\n",
    "a list": b"- 1\n- 2\n",
    "a number": b"42",
    "merge": b"a: &a {b: 1}\nc: {<<: *a}\n",
    "long line": b"segrules: " + b"x" * 200_000,
    "deep expression": RULESET.replace("revenue >= enough", "(" * 5_000 + "1").encode(),
    "long expression": RULESET.replace("revenue >= enough", " and ".join(["revenue > 1"] * 5_000)).encode(),
    "parquet": b"PAR1" + bytes(100),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_a_diagnostic_and_1(segrules: Segrules, name: str) -> None:
    Path("ruleset.yaml").write_bytes(BAD_FILES[name])
    checked, evaluated = segrules("check"), segrules(*EVALUATE, "--out", "results")
    assert (checked.status, evaluated.status) == (1, 1)
    assert "error[SR" in checked.out
    assert "error[SR" in evaluated.err
    assert not Path("results").exists()


def test_a_device_a_folder_and_a_forbidden_file_are_no_rulesets(segrules: Segrules) -> None:
    Path("ruleset.yaml").unlink()
    Path("ruleset.yaml").mkdir()
    for path in ("/dev/null", "ruleset.yaml"):
        assert segrules("evaluate", path, "--as-of", "2026-06-30").status == 2


BAD_TABLES = {
    "binary.csv": bytes(range(256)) * 20,
    "empty.csv": b"",
    "header.csv": b"id,revenue\n",
    "ragged.csv": PARTNERS.encode() + b"d,1\n",
    "quote.csv": PARTNERS.encode() + b'd,"1,\n',
    "cut.parquet": b"PAR1" + bytes(50),
    "text.parquet": PARTNERS.encode(),
    "text.xlsx": PARTNERS.encode(),
    "text.arrow": PARTNERS.encode(),
    "cut.ndjson": b'{"id": "a", "revenue": 1}\n{"id": ',
    "latin.csv": "id,revenue,csat\nÄ,1,\n".encode("latin-1"),
}


@pytest.mark.parametrize("name", BAD_TABLES)
def test_a_bad_table_is_a_diagnostic_and_1(segrules: Segrules, name: str) -> None:
    Path(name).write_bytes(BAD_TABLES[name])
    found = segrules(*EVALUATE, "--table", f"partners={name}", "--out", "results")
    if name == "header.csv":
        assert (found.status, written("results/assignments.csv")) == (0, [])
        return
    assert (found.status, found.out) == (1, "")
    assert "error[SR" in found.err
    assert not Path("results").exists()
