"""Every message about imports, and about paths in general: one small function each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Edit, Fix, Label
from segrules.diagnostics.source import Span
from segrules.document.list_items import stretch_of_item


@dataclass(frozen=True, slots=True)
class Named:
    """What a path names, as messages call one of it and many, and how the path is written."""

    one: str
    many: str
    example: str


IMPORTS = Named("an import", "imports", "`imports: [../shared/products.yaml]`")
TABLE_FILES = Named("the file of a decision table", "files of decision tables", "`table: {file: tables/rfm.csv}`")


def _path(span: Span, message: str, label: str, way_out: str, fix: Fix | None = None) -> Diagnostic:
    return Diagnostic(catalogue.IMPORT_PATH, message, Label(span, label), help=way_out, fix=fix)


def not_a_path(span: Span, what: Named) -> Diagnostic:
    """A line end or a control character in a path."""
    message = f"{what.one} is the path of a file, in one line"
    return _path(span, message, "not a path", f"write it as in {what.example}")


def absolute(span: Span, text: str, what: Named) -> Diagnostic:
    """`/srv/shared/products.yaml`."""
    message = f"`{text}` is a path of one machine, and {what.many} are relative to the file that they stand in"
    return _path(span, message, "not relative", f"write how to get there from here, as in {what.example}")


def url(span: Span, text: str, what: Named) -> Diagnostic:
    """`https://example.org/products.yaml`."""
    message = f"`{text}` is an address, and {what.one} is a file of the repository"
    way_out = f"put the file into the repository, and write its path, as in {what.example}"
    return _path(span, message, "not a file", way_out)


def backslashes(span: Span, text: str) -> Diagnostic:
    r"""`..\shared\products.yaml`."""
    plain = text.replace("\\", "/")
    fix = Fix(f"write `{plain}`", (Edit(span, plain),))
    return _path(span, "folders in a path are parted by `/`, on every system", "a backslash", fix.title, fix)


def pattern(span: Span, text: str, what: Named) -> Diagnostic:
    """`../shared/*.yaml`."""
    message = f"`{text}` is a pattern, and {what.one} is one file"
    return _path(span, message, "a pattern", "name every file, so that what a ruleset means stands in it")


def outside(span: Span, text: str, limit: str, *, by_link: bool) -> Diagnostic:
    """`../../../other/products.yaml`."""
    how = "is a link that leads" if by_link else "leads"
    marked = "the nearest folder upwards with a `.git` or a `segrules.toml`, without one the folder above the ruleset's"
    return Diagnostic(
        catalogue.IMPORT_OUTSIDE,
        f"`{text}` {how} out of the repository that the ruleset is in",
        Label(span, f"not below `{limit}`"),
        notes=(f"the repository is {marked}",),
        help="move the file into the repository, or put an empty `segrules.toml` into a folder that holds both",
    )


def cycle(names: Sequence[str], spans: Sequence[Span]) -> Diagnostic:
    """Files that import each other; `spans` are the imports in turn, the last one closes the circle."""
    return Diagnostic(
        catalogue.IMPORT_CYCLE,
        f"these import each other: {' → '.join(names)}",
        Label(spans[-1], "closes the circle" if len(spans) > 1 else "imports itself"),
        tuple(Label(span, f"imports `{name}`") for span, name in zip(spans[:-1], names[1:], strict=False)),
        help="put what they all need into a file that imports none of them",
    )


def not_read(span: Span, found: Diagnostic, near: str | None) -> Diagnostic:
    """An import that is not there, or cannot be opened; `found` says so, `near` is what was probably meant."""
    fix = Fix(f"write `{near}`", (Edit(span, near),)) if near else None
    way_out = f"did you mean `{near}`?" if near else found.help
    return Diagnostic(catalogue.IMPORT_NOT_READ, found.message, Label(span, "imported here"), help=way_out, fix=fix)


def nothing_in_it(span: Span, text: str) -> Diagnostic:
    """An import in which there is nothing that can be read; what is wrong with it has been said."""
    message = f"nothing could be read in `{text}`"
    return Diagnostic(
        catalogue.IMPORT_NOT_READ, message, Label(span, "imported here"), help="mend that file, or leave the import out"
    )


def is_a_ruleset(span: Span, text: str, key: Span) -> Diagnostic:
    """An import of a whole ruleset."""
    return Diagnostic(
        catalogue.IMPORT_OF_RULESET,
        f"`{text}` is a ruleset, and only tables, parameters and metrics can be imported",
        Label(span, "imported here"),
        (Label(key, "only rulesets have this"),),
        help="put what both rulesets need into a file of its own, and let both import it",
    )


def repeated(again: Span, text: str, first: Span) -> Diagnostic:
    """`[limits.yaml, ./limits.yaml]`."""
    file = f"`{text}` is" if text == first.text else f"`{text}` is the file `{first.text}`, which is"
    goes = stretch_of_item(again) if again != first else None
    return Diagnostic(
        catalogue.REPEATED_IMPORT,
        f"{file} imported already",
        Label(again, "adds nothing"),
        (Label(first, "imported here"),),
        help="take it out, or write the file that was meant",
        fix=Fix("take it out", (Edit(goes, "", verbatim=True),), Applicability.SAFE) if goes else None,
    )


def declared_twice(name: str, noun: str, again: Span, first: Span) -> Diagnostic:
    """A name that two files declare."""
    return Diagnostic(
        catalogue.NAME_CLASH,
        f"the {noun} `{name}` is declared in two files",
        Label(again, "declared again"),
        (Label(first, "and declared here"),),
        help="leave one of them out, or give it another name",
    )
