"""The control group is the same in every run, on every machine and in every version."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

import pytest

from segrules.meaning.holdout import Holdout, key_text
from segrules.meaning.tables import Key

DAY = date(2026, 1, 31)
VECTORS = [
    # ruleset, treatment, key, what is hashed, its first 8 bytes as a number
    ("acme", "mdf_fund", ("P1",), "acme\x1fmdf_fund\x1fP1", 9_230_608_840_626_296_741),
    ("acme", "mdf_fund", ("P2",), "acme\x1fmdf_fund\x1fP2", 2_130_449_308_184_814_611),
    ("acme", "bootcamp", ("P1",), "acme\x1fbootcamp\x1fP1", 9_440_070_048_062_879_588),
    ("größe", "préférence", ("Ünïcode ☃",), "größe\x1fpréférence\x1fÜnïcode ☃", 14_764_022_726_524_633_357),
    ("r", "t", (-12, "x y"), "r\x1ft\x1f-12\x1fx y", 18_003_171_681_020_183_060),
    (
        "r",
        "t",
        (date(2026, 1, 31), Decimal("1.50"), True),
        "r\x1ft\x1f2026-01-31\x1f1.50\x1ftrue",
        3_308_263_394_520_308_672,
    ),
    (
        "r",
        "t",
        (datetime.fromisoformat("2026-01-31T12:05"), 2.5),
        "r\x1ft\x1f2026-01-31T12:05\x1f2.5",
        188_970_940_743_827_274,
    ),
]


@pytest.mark.parametrize(("ruleset", "treatment", "key", "text", "number"), VECTORS)
def test_fixed_vectors(ruleset: str, treatment: str, key: Key, text: str, number: int) -> None:
    assert int.from_bytes(sha256(text.encode()).digest()[:8], "big") == number
    at, above = Fraction(number, 2**64), Fraction(number + 1, 2**64)
    assert not Holdout(ruleset, treatment, at).has(key)
    assert Holdout(ruleset, treatment, above).has(key)


def test_nobody_and_everybody() -> None:
    keys = [(number,) for number in range(1_000)]
    assert not any(Holdout("r", "t", Fraction(0)).has(key) for key in keys)
    assert all(Holdout("r", "t", Fraction(1)).has(key) for key in keys)


def test_a_larger_share_keeps_who_was_held_out() -> None:
    tenth, fifth = (Holdout("r", "t", Fraction(1, parts)) for parts in (10, 5))
    assert all(fifth.has((number,)) for number in range(5_000) if tenth.has((number,)))


def test_a_tenth_of_many_keys_is_held_out() -> None:
    control = Holdout("acme", "mdf_fund", Fraction(1, 10))
    held_out = sum(control.has((f"P-{number:06}",)) for number in range(100_000))
    assert abs(held_out / 100_000 - 0.1) < 0.003


def test_another_process_holds_out_the_same() -> None:
    code = (
        "from fractions import Fraction; from segrules.meaning.holdout import Holdout\n"
        "control = Holdout('acme', 'mdf_fund', Fraction(1, 10))\n"
        "print([n for n in reversed(range(300)) if control.has((f'P-{n}',))])"
    )
    environment = {"PYTHONHASHSEED": "7"}
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    control = Holdout("acme", "mdf_fund", Fraction(1, 10))
    assert there.stdout.strip() == str([n for n in reversed(range(300)) if control.has((f"P-{n}",))])


def test_parts_of_a_key_do_not_run_together() -> None:
    assert key_text(("a", "bc")) != key_text(("ab", "c"))
