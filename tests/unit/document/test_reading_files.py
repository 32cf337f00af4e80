"""Whatever a path leads to, reading it gives a source or a diagnostic."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.document import files
from segrules.document.files import read_source


def refused(path: str | Path) -> Diagnostic:
    source, diagnostics = read_source(path)
    assert source is None
    [diagnostic] = diagnostics
    return diagnostic


def written(folder: Path, content: bytes) -> Path:
    path = folder / "rules.yaml"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("text", ["", "a: 1\n", "\ufeffa: 1\r\n", "a: größe 日本 👩‍👩‍👧\n"])
def test_a_file_is_read_as_it_stands(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text.encode())
    source, diagnostics = read_source(path)
    assert diagnostics == ()
    assert source is not None
    assert (source.name, source.text) == (str(path), text)


def test_a_file_that_is_not_there_is_reported_with_the_name_that_may_be_meant(tmp_path: Path) -> None:
    written(tmp_path, b"")
    diagnostic = refused(tmp_path / "rule.yaml")
    assert diagnostic.code.slug == "file-not-found"
    assert str(diagnostic.help) == f"did you mean `{tmp_path / 'rules.yaml'}`?"


@pytest.mark.parametrize(
    "name", ["none.yaml", "none/none.yaml", "rules.yaml/none.yaml", "x" * 300, "nul\0.yaml", "\ud800"]
)
def test_a_name_that_leads_to_no_file_is_reported(tmp_path: Path, name: str) -> None:
    written(tmp_path, b"")
    assert refused(os.path.join(tmp_path, name)).code.slug == "file-not-found"  # noqa: PTH118


def test_a_link_that_leads_nowhere_is_reported_as_such(tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to(tmp_path / "none.yaml")
    (tmp_path / "circle.yaml").symlink_to(tmp_path / "circle.yaml")
    for name in ("link.yaml", "circle.yaml"):
        diagnostic = refused(tmp_path / name)
        assert (diagnostic.code.slug, "is a link" in diagnostic.message) == ("file-not-found", True)


def test_a_folder_and_a_device_are_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    os.mkfifo("pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "socket", Path("/dev/null"), Path("/dev/zero")):
        assert refused(path).code.slug == "not-a-file"


def test_a_file_that_may_not_be_read_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = written(tmp_path, b"a: 1")
    monkeypatch.setattr(Path, "open", denied)
    diagnostic = refused(path)
    assert (diagnostic.code.slug, "you may not read it" in diagnostic.message) == ("file-not-readable", True)


def test_a_disk_that_fails_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise OSError(5, "Input/output error")

    path = written(tmp_path, b"a: 1")
    monkeypatch.setattr(Path, "open", failing)
    assert refused(path).code.slug == "file-not-readable"


def test_a_file_is_read_up_to_its_largest_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)
    assert read_source(written(tmp_path, b"a: 4567890"))[1] == ()
    assert refused(written(tmp_path, b"a: 45678901")).code.slug == "file-too-large"


@pytest.mark.parametrize(
    ("content", "slug", "words"),
    [
        ("a: 1".encode("utf-16"), "not-utf-8", "UTF-16"),
        (b"\xfe\xff" + "a: 1".encode("utf-16-be"), "not-utf-8", "UTF-16"),
        ("a: 1".encode("utf-32"), "not-utf-8", "UTF-32"),
        ("a: 1".encode("utf-16-le"), "not-text", "not a text file"),
        (b"PK\x03\x04\x14\x00", "not-text", "Excel"),
        (b"PAR1\x15\x04", "not-text", "Parquet"),
        (b"a: 1\x00\n", "not-text", "not a text file"),
        (bytes(range(256)), "not-text", "not a text file"),
        ("a: größe".encode("latin-1"), "not-utf-8", "not saved as UTF-8"),
        ("a: größe".encode()[:6], "not-utf-8", "not saved as UTF-8"),
        ("a: \ud800".encode("utf-8", "surrogatepass"), "not-utf-8", "not saved as UTF-8"),
    ],
)
def test_a_file_that_is_no_utf_8_text_is_reported(tmp_path: Path, content: bytes, slug: str, words: str) -> None:
    diagnostic = refused(written(tmp_path, content))
    assert diagnostic.code.slug == slug
    assert words in diagnostic.message


def test_the_first_byte_that_is_no_utf_8_is_shown_with_the_letter_it_may_be(tmp_path: Path) -> None:
    diagnostic = refused(written(tmp_path, "é: 1\n".encode() + "a: größe".encode("latin-1")))
    assert diagnostic.label is not None
    position = diagnostic.label.span.position
    assert (position.line, position.column) == (2, 6)
    assert diagnostic.label.text == "the byte F6"
    assert "`ö`" in diagnostic.notes[0]


@pytest.mark.parametrize("end", range(0, 30, 3))
def test_a_file_that_was_cut_off_gives_a_source_or_a_diagnostic(tmp_path: Path, end: int) -> None:
    source, diagnostics = read_source(written(tmp_path, "title: Größe 日本 👩‍👩‍👧\n".encode()[:end]))
    assert (source is None) == bool(diagnostics)
