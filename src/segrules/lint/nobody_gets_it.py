"""SR612: a treatment that nobody can get: what it asks of a row, with all that it requires, contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label, told
from segrules.diagnostics.listing import listed
from segrules.lint.could_be import contradicts
from segrules.program.program import Program
from segrules.program.treatments import Treatment


def nobody_gets_it(program: Program) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each treatment that nobody can get."""
    for treatment in program.treatments:
        if (alone := contradicts(program, [treatment.when])) is not None:
            yield _never_true(treatment, alone)
            continue
        required = _required(program, treatment)
        nobody = next((one for one in required if contradicts(program, [one.when]) is not None), None)
        if nobody is not None:
            yield _requires_nobody(treatment, nobody)
        elif apart := next((one for one in required if _never_together(treatment, one)), None):
            yield _other_days(treatment, apart)
        elif name := contradicts(program, [treatment.when, *(one.when for one in required)]):
            yield _against(treatment, required, name)


def _required(program: Program, treatment: Treatment) -> list[Treatment]:
    """Return the treatments that one requires, and those that these require."""
    found: dict[str, Treatment] = {}
    pending = list(treatment.requires)
    while pending:
        if (name := pending.pop(0)) not in found:
            found[name] = program.treatment(name)
            pending += found[name].requires
    return list(found.values())


def _never_together(one: Treatment, other: Treatment) -> bool:
    return any(
        first.valid_until is not None and second.valid_from is not None and first.valid_until < second.valid_from
        for first, second in ((one, other), (other, one))
    )


def _never_true(treatment: Treatment, segmentation: str) -> Diagnostic:
    asked = f"no answer of `{segmentation}` is all that it asks for" if segmentation else "its `when` is never true"
    return told(
        catalogue.NOBODY_GETS_IT,
        f"nobody can get `{treatment.name}`: {asked}",
        treatment.when.span,
        "never true",
        "ask for what can be true together, join the parts with `or`, or take the treatment out",
    )


def _requires_nobody(treatment: Treatment, required: Treatment) -> Diagnostic:
    return told(
        catalogue.NOBODY_GETS_IT,
        f"nobody can get `{treatment.name}`: it requires `{required.name}`, which nobody can get",
        treatment.span,
        f"needs `{required.name}`",
        f"mend `{required.name}`, or take it out of `requires`",
        (Label(required.when.span, "never true"),),
    )


def _other_days(treatment: Treatment, required: Treatment) -> Diagnostic:
    return told(
        catalogue.NOBODY_GETS_IT,
        f"nobody can get `{treatment.name}`: it requires `{required.name}`, which is given on other days only",
        treatment.span,
        "never in force together",
        "let their `valid` days meet, or take it out of `requires`",
        (Label(required.span, "in force on other days"),),
    )


def _against(treatment: Treatment, required: list[Treatment], segmentation: str) -> Diagnostic:
    names = listed([one.name for one in required])
    return told(
        catalogue.NOBODY_GETS_IT,
        f"nobody can get `{treatment.name}`: it requires {names}, and no answer of `{segmentation}` is right for all",
        treatment.when.span,
        "never true where it may be given",
        "ask for the same rows, or take what it requires out",
        tuple(Label(one.when.span, f"what `{one.name}` asks for") for one in required),
    )
