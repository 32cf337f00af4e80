"""Imports: where they may lead, what is read, and what is said where something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent

import pytest

import segrules
from segrules.checker.check import check
from segrules.diagnostics.diagnostic import Applicability, Diagnostic
from segrules.document.document import Document, read_document
from segrules.fixing.fix import fix

HEAD = "segrules: 1\nruleset: example\nentity: partners\n"
PARTNERS = "tables: {partners: {key: id, columns: {id: string, staff: integer}}}\n"
LIMITS = "segrules: 1\nparameters: {limit: 10}\n"

Write = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "outer" / "repository"
    folder.mkdir(parents=True)
    (folder / "segrules.toml").touch()
    monkeypatch.chdir(folder)
    return folder


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), "utf-8")


def read(path: str) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    return read_document(Path(path))


def said(path: str = "rules/a/ruleset.yaml") -> list[str]:
    """What is said about a ruleset: place, code and message."""
    document, found = read(path)
    checked = check(document.ruleset)[1] if document else ()
    return [f"{one.label and one.label.span} {one.code.number} {one.message}" for one in (*found, *checked)]


def with_import(text: str, rest: str = PARTNERS) -> str:
    return f"{HEAD}imports: ['{text}']\n{rest}"


def names(document: Document | None, section: str) -> list[str]:
    assert document is not None
    return [entry.name.value for entry in getattr(document.ruleset, section)]


def test_what_an_import_declares_stands_before_what_the_ruleset_declares(repository: Path) -> None:
    write(
        repository,
        rules__a__ruleset=with_import("../shared/x.yaml", PARTNERS + "metrics: {own: staff}\n"),
        rules__shared__x="segrules: 1\nparameters: {p: 1}\nmetrics: {shared: staff * p}\n",
    )
    document, found = read("rules/a")
    assert (names(document, "metrics"), names(document, "parameters"), found) == (["shared", "own"], ["p"], ())


def test_a_file_that_is_imported_in_two_ways_is_read_once(repository: Path) -> None:
    write(
        repository,
        rules__a__ruleset=f"{HEAD}imports: [x.yaml, y.yaml]\n{PARTNERS}",
        rules__a__x="segrules: 1\nimports: [../shared/z.yaml]\n",
        rules__a__y="segrules: 1\nimports: [../shared/z.yaml, ./x.yaml]\n",
        rules__shared__z="segrules: 1\ntitel: Z\nparameters: {limit: 10}\n",
    )
    assert said() == ["rules/shared/z.yaml:2:1 SR301 unknown key `titel` in the imported file"]


def test_a_link_inside_the_repository_is_the_file_that_it_leads_to(repository: Path) -> None:
    write(repository, rules__a__ruleset=f"{HEAD}imports: [x.yaml, link.yaml]\n{PARTNERS}", rules__a__x=LIMITS)
    Path("rules/a/link.yaml").symlink_to("x.yaml")
    assert said() == ["rules/a/ruleset.yaml:4:19 SR640 `link.yaml` is the file `x.yaml`, which is imported already"]


def test_an_import_that_stands_twice_is_told_in_whichever_file_it_stands(repository: Path) -> None:
    write(
        repository,
        rules__a__ruleset=f"{HEAD}imports: [x.yaml, y.yaml, './x.yaml', x.yaml]\n{PARTNERS}",
        rules__a__x=LIMITS,
        rules__a__y="segrules: 1\nimports:\n  - x.yaml\n  - x.yaml\n",
    )
    assert said() == [
        "rules/a/ruleset.yaml:4:28 SR640 `./x.yaml` is the file `x.yaml`, which is imported already",
        "rules/a/ruleset.yaml:4:39 SR640 `x.yaml` is imported already",
        "rules/a/y.yaml:4:5 SR640 `x.yaml` is imported already",
    ]


def test_a_file_that_cannot_be_read_is_told_once_however_often_it_is_imported(repository: Path) -> None:
    write(repository, rules__a__ruleset=f"{HEAD}imports: [x.yaml, x.yaml]\n{PARTNERS}")
    assert [one.split()[1] for one in said()] == ["SR328"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("imports: [x.yaml, y.yaml, x.yaml]", "imports: [x.yaml, y.yaml]"),
        ("imports: [x.yaml, 'x.yaml' , y.yaml]", "imports: [x.yaml , y.yaml]"),
        ("imports: [\n  x.yaml,\n  x.yaml,  # both\n  y.yaml,\n]", "imports: [\n  x.yaml,  # both\n  y.yaml,\n]"),
        ('imports:\n  - x.yaml\n  - "./x.yaml"\n  - y.yaml', "imports:\n  - x.yaml\n  - y.yaml"),
        ("imports:\n- x.yaml  # the limits\n- y.yaml\n- x.yaml  ", "imports:\n- x.yaml  # the limits\n- y.yaml"),
        ("imports: [x.yaml,  # one\n  x.yaml, y.yaml]", None),
        ("imports: [x.yaml, # one,\n  x.yaml, y.yaml]", None),
        ("imports:\n  - x.yaml\n  - x.yaml  # again\n  - y.yaml", None),
        ("imports:\n  - x.yaml\n  # again\n  - x.yaml\n  - y.yaml", None),
        ("imports: [&x x.yaml, *x, y.yaml]", None),
        ("imports:\n  - x.yaml\n  - >-\n    x.yaml\n  - y.yaml", None),
    ],
)
def test_the_second_import_is_taken_out_unless_something_is_said_beside_it(
    repository: Path, before: str, after: str | None
) -> None:
    write(repository, rules__a__x=LIMITS, rules__a__y="segrules: 1\n")
    write(repository, rules__a__ruleset=f"{HEAD}{before}\n{PARTNERS}")
    [found] = read("rules/a")[1]
    assert (found.code.number, bool(found.fix)) == ("SR640", after is not None)
    fixed = fix([Path("rules/a/ruleset.yaml")], [Applicability.SAFE], lambda _: True)
    assert list(fixed.texts.values()) == ([f"{HEAD}{after}\n{PARTNERS}"] if after else [])


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/etc/limits.yaml", "SR325"),
        ("~/limits.yaml", "SR325"),
        ("C:/limits.yaml", "SR325"),
        (r"C:\limits.yaml", "SR325"),
        (r"\\server\limits.yaml", "SR325"),
        (r"..\shared\limits.yaml", "SR325"),
        ("https://example.org/limits.yaml", "SR325"),
        ("file:limits.yaml", "SR325"),
        ("*.yaml", "SR325"),
        ("limits?.yaml", "SR325"),
        ("../[a-z].yaml", "SR325"),
        ("../../../outside.yaml", "SR326"),
        ("../../../repository2/limits.yaml", "SR326"),
        ("nowhere/../limits.yaml", "SR328"),
        ("limits.yaml", "SR328"),
        (".", "SR328"),
        ("..", "SR328"),
    ],
)
def test_a_path_that_may_not_be_or_leads_to_no_file_is_refused_where_it_stands(
    repository: Path, path: str, code: str
) -> None:
    (repository.parent / "outside.yaml").write_text(LIMITS, "utf-8")
    write(repository, rules__a__ruleset=with_import(path))
    [found] = read("rules/a")[1]
    assert (found.code.number, found.label and str(found.label.span)) == (code, "rules/a/ruleset.yaml:4:12")


@pytest.mark.parametrize("path", ['"a\\nb.yaml"', '"a\\0b.yaml"', '""'])
def test_a_text_that_is_no_path_is_refused(repository: Path, path: str) -> None:
    write(repository, rules__a__ruleset=f"{HEAD}imports: [{path}]\n{PARTNERS}")
    assert [one.split()[1] for one in said()] in (["SR325"], ["SR328"])


def test_a_link_out_of_the_repository_is_refused(repository: Path) -> None:
    (repository.parent / "outside.yaml").write_text(LIMITS, "utf-8")
    write(repository, rules__a__ruleset=with_import("link.yaml"))
    Path("rules/a/link.yaml").symlink_to(repository.parent / "outside.yaml")
    assert [one.split(" ", 1)[1] for one in said()] == [
        "SR326 `link.yaml` is a link that leads out of the repository that the ruleset is in"
    ]


def test_a_link_that_leads_to_itself_is_no_file(repository: Path) -> None:
    write(repository, rules__a__ruleset=with_import("link.yaml"))
    Path("rules/a/link.yaml").symlink_to("link.yaml")
    assert [one.split()[1] for one in said()] == ["SR328"]


def test_without_a_mark_the_repository_is_the_folder_above_the_rulesets_own(repository: Path) -> None:
    Path("segrules.toml").unlink()
    write(repository, rules__a__ruleset=f"{HEAD}imports: [../x.yaml, ../../y.yaml]\n{PARTNERS}")
    write(repository, rules__x=LIMITS, y=LIMITS)
    assert [one.split()[1] for one in said()] == ["SR326"]


def test_a_git_folder_marks_the_repository(repository: Path) -> None:
    Path("segrules.toml").unlink()
    Path(".git").mkdir()
    write(repository, rules__a__ruleset=with_import("../../y.yaml"), y=LIMITS)
    assert said() == []


def test_files_that_import_each_other_are_shown_as_a_circle(repository: Path) -> None:
    write(
        repository,
        rules__a__ruleset=with_import("x.yaml"),
        rules__a__x="segrules: 1\nimports: [y.yaml]\n",
        rules__a__y="segrules: 1\nimports: [z.yaml]\n",
        rules__a__z="segrules: 1\nimports: [x.yaml]\n",
    )
    circle = "rules/a/x.yaml → rules/a/y.yaml → rules/a/z.yaml → rules/a/x.yaml"
    assert said() == [f"rules/a/z.yaml:2:11 SR327 these import each other: {circle}"]


def test_a_ruleset_that_imports_itself_is_a_circle_of_one(repository: Path) -> None:
    write(repository, rules__a__ruleset=with_import("ruleset.yaml"))
    [found] = said()
    assert found.endswith("SR327 these import each other: rules/a/ruleset.yaml → rules/a/ruleset.yaml")


def test_a_circle_is_found_however_it_is_reached(repository: Path) -> None:
    write(
        repository,
        rules__a__ruleset=f"{HEAD}imports: [x.yaml, y.yaml]\n{PARTNERS}",
        rules__a__x="segrules: 1\nimports: [y.yaml]\n",
        rules__a__y="segrules: 1\nimports: [x.yaml]\n",
    )
    assert [one.split()[1] for one in said()] == ["SR327"]


def test_a_very_long_chain_of_files_is_read(repository: Path) -> None:
    files = {f"rules__a__x{n}": f"segrules: 1\nimports: [x{n + 1}.yaml]\n" for n in range(1200)}
    write(repository, rules__a__ruleset=with_import("x0.yaml"), **files, rules__a__x1200=LIMITS)
    assert said() == []


def test_a_name_that_two_files_declare_is_shown_in_both(repository: Path) -> None:
    write(
        repository, rules__a__ruleset=with_import("x.yaml", PARTNERS + "parameters: {limit: 3}\n"), rules__a__x=LIMITS
    )
    _, [found] = read("rules/a")
    assert found.message == "the parameter `limit` is declared in two files"
    assert [str(label.span) for label in (found.label, *found.related) if label] == [
        "rules/a/ruleset.yaml:6:14",
        "rules/a/x.yaml:2:14",
    ]


def test_one_name_for_two_things_in_two_files_is_shown_in_both(repository: Path) -> None:
    write(
        repository, rules__a__ruleset=with_import("x.yaml", PARTNERS + "metrics: {limit: staff}\n"), rules__a__x=LIMITS
    )
    document, _ = read("rules/a")
    assert document is not None
    [found] = check(document.ruleset)[1]
    assert {label.span.source.name for label in (found.label, *found.related) if label} == {
        "rules/a/ruleset.yaml",
        "rules/a/x.yaml",
    }


def test_names_that_an_unreadable_import_may_declare_are_not_missed(repository: Path) -> None:
    write(
        repository,
        rules__a__ruleset=with_import("x.yaml", "metrics: {large: staff > limit}\n"),
        rules__a__x="segrules: 1\nruleset: x\n",
    )
    assert [one.split()[1] for one in said()] == ["SR329"]


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"", ["SR328", "SR009"]),
        (b"- a\n", ["SR328", "SR303"]),
        (b"segrules: 1\nparameters:\n\tx: 1\n", ["SR020"]),
        (b"segrules: 1\ntitle: M\xfcller\n", ["SR007"]),
        (b"PK\x03\x04", ["SR328"]),
        (b"parameters: {x: 1}\n", ["SR302"]),
        (b"segrules: 1\nscorecards: {x: 1}\n", ["SR311"]),
        (b"segrules: 1\nparams: {x: 1}\n", ["SR301"]),
    ],
)
def test_a_file_with_a_mistake_says_so_itself(repository: Path, content: bytes, codes: list[str]) -> None:
    write(repository, rules__a__ruleset=with_import("x.yaml"))
    Path("rules/a/x.yaml").write_bytes(content)
    assert [one.split()[1] for one in said()] == codes


def hash_with(folder: Path, shared: str) -> str:
    write(
        folder, rules__a__ruleset=with_import("x.yaml", PARTNERS + "metrics: {m: staff * limit}\n"), rules__a__x=shared
    )
    return segrules.load("rules/a").hash


def test_the_hash_is_that_of_what_the_imports_mean(repository: Path) -> None:
    first = hash_with(repository, LIMITS)
    assert hash_with(repository, "segrules: 1  # as before\nparameters:\n  limit: 10\n") == first
    assert hash_with(repository, "segrules: 1\nparameters: {limit: 11}\n") != first
    assert hash_with(repository, LIMITS + "tables: {more: {columns: {a: string}}}\n") != first


def test_the_hash_does_not_tell_what_was_imported_from_what_was_not(repository: Path) -> None:
    imported = hash_with(repository, LIMITS)
    whole = HEAD + PARTNERS + "parameters: {limit: 10}\nmetrics: {m: staff * limit}\n"
    write(repository, rules__a__ruleset=whole)
    assert segrules.load("rules/a").hash == imported
