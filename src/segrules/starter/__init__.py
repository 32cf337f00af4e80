"""What a new ruleset repository begins with: a ruleset that runs, and what checks it on every change."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from importlib.resources import files
from pathlib import PurePosixPath

RULESET = PurePosixPath("rulesets/partner_programme")
"""Where the first ruleset stands in a new repository."""


class Host(StrEnum):
    """Where the repository is to be kept, which decides how it is checked there."""

    GITHUB = "github"
    GITLAB = "gitlab"


_CHECKED_BY = {
    Host.GITHUB: ("github.yml", PurePosixPath(".github/workflows/segrules.yml")),
    Host.GITLAB: ("gitlab.yml", PurePosixPath(".gitlab-ci.yml")),
}
_FILES = {  # names without the dot in front, which packaging would leave out
    "README.md": PurePosixPath("README.md"),
    "segrules.toml": PurePosixPath("segrules.toml"),
    "gitignore": PurePosixPath(".gitignore"),
    "pre-commit-config.yaml": PurePosixPath(".pre-commit-config.yaml"),
    "ruleset/README.md": RULESET / "README.md",
    "ruleset/ruleset.yaml": RULESET / "ruleset.yaml",
    "ruleset/tests.yaml": RULESET / "tests.yaml",
    "ruleset/data/partners.csv": RULESET / "data/partners.csv",
    "ruleset/data/deals.csv": RULESET / "data/deals.csv",
}


def starter(version: str, host: Host) -> Mapping[PurePosixPath, str]:
    """Return the text of every file of a new repository that is checked by this version of segrules, by its path."""
    template, workflow = _CHECKED_BY[host]
    here = files(__name__) / "files"
    values = {"@VERSION@": version, "@CI_FILE@": f"`{workflow}`"}

    def text(name: str) -> str:
        content = here.joinpath(name).read_text("utf-8")
        for mark, value in values.items():
            content = content.replace(mark, value)
        return content

    return {target: text(name) for name, target in {**_FILES, template: workflow}.items()}
