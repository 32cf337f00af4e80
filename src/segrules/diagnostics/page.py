"""The page of a diagnostic: what it is about, a bad text with what is said of it, and a good one.

The pages are Markdown, `pages/SRnnn.md`. They are tests too: what a bad text is said to give is what it gives.
"""

from __future__ import annotations

from importlib.resources import files

from segrules.diagnostics.catalogue import Code
from segrules.diagnostics.lookup import family_of


def page_of(code: Code) -> str:
    """Return the page of a code as Markdown, with how bad it is below its heading."""
    heading, _, rest = _text(code).partition("\n")
    return f"{heading}\n\n{_standing(code)}\n{rest}"


def about(code: Code) -> str:
    """Return what the page of a code says first, above its examples."""
    beginning, _, _ = _text(code).partition("\n## ")
    return beginning.partition("\n")[2].strip()


def _text(code: Code) -> str:
    return (files("segrules.diagnostics") / "pages" / f"{code.number}.md").read_text("utf-8")


def _standing(code: Code) -> str:
    standing = f"{code.severity.value.capitalize()}; {family_of(code)}."
    if code.is_advice:
        standing += (
            f" A project can weigh it otherwise, and `# segrules: ignore[{code.slug}]` passes over it on a line."
        )
    return f"*{standing}*"
