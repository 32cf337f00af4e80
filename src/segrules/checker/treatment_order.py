"""What treatments require and exclude: neither may go round in a circle, nor against the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from segrules.checker import treatment_messages as messages
from segrules.checker.tables import words
from segrules.checker.world import World
from segrules.document.treatment_text import TreatmentText
from segrules.document.written import Word

_Named = Mapping[str, tuple[Word, ...]]
"""The treatments that each treatment names under one key."""


def check_circles(world: World, treatments: Mapping[str, TreatmentText]) -> None:
    """Report treatments that require, or exclude, each other in a circle, and those that exclude what they require."""
    requires = {name: _known(words(one.requires), treatments) for name, one in treatments.items()}
    excludes = {name: _known(words(one.excludes), treatments) for name, one in treatments.items()}
    for key, named in (("requires", requires), ("excludes", excludes)):
        for circle in _circles(named):
            names = [*(name for name, _ in circle), circle[0][0]]
            world.report(messages.circle(key, names, [word.span for _, word in circle]))
    for name, required in requires.items():
        for word in required:
            _check_both(world, name, word, excludes)


def _known(named: tuple[Word, ...], treatments: Mapping[str, TreatmentText]) -> tuple[Word, ...]:
    return tuple(word for word in named if word.value in treatments)


def _check_both(world: World, name: str, required: Word, excludes: _Named) -> None:
    """Report a treatment that requires what it excludes, or what excludes it."""
    for excluder, excluded in ((name, required.value), (required.value, name)):
        for word in excludes[excluder]:
            if word.value == excluded and name != required.value:
                world.report(
                    messages.requires_excluded(required.span, name, required.value, word.span, excluder)
                )  # fmt: skip


def _circles(named: _Named) -> Iterator[list[tuple[str, Word]]]:
    """Yield each circle once: its treatments, each with the word that leads on to the next."""
    finished: set[str] = set()
    for start in named:
        way: list[tuple[str, Word]] = []
        if start not in finished:
            yield from _from(start, named, way, finished)


def _from(
    name: str, named: _Named, way: list[tuple[str, Word]], finished: set[str]
) -> Iterator[list[tuple[str, Word]]]:  # fmt: skip
    for word in named[name]:
        way.append((name, word))
        on_the_way = [one for one, _ in way]
        if word.value in on_the_way:
            yield way[on_the_way.index(word.value) :]
        elif word.value not in finished:
            yield from _from(word.value, named, way, finished)
        way.pop()
    finished.add(name)
