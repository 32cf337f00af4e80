"""Reasons are the same however the rows are taken together in which the same is to be said."""

from __future__ import annotations

from unittest.mock import patch

import polars as pl
from hypothesis import given

from segrules.engine import alike_rows, rule_rows, several_rows, told
from tests.properties.answers import given_frames, loaded
from tests.properties.generators.cases import Case, cases


@given(cases())
def test_reasons_are_the_same_whether_what_is_said_is_common_or_rare(case: Case) -> None:
    common = reasons(case)
    with patch.object(several_rows, "_FEW", 1):  # so that all is rare
        assert reasons(case).equals(common)
        with patch.object(rule_rows, "MOST_SETS", 0):
            assert reasons(case).equals(common)
    with patch.object(alike_rows, "_WORD", 2):  # so that there are more conditions than fit into a word
        assert reasons(case).equals(common)


@given(cases())
def test_reasons_are_the_same_when_few_rows_are_told_at_a_time(case: Case) -> None:
    together = reasons(case)
    with patch.object(told, "_AT_A_TIME", 2):
        assert reasons(case).equals(together)


def reasons(case: Case) -> pl.DataFrame:
    ruleset = loaded(case)
    program = ruleset.bound(None, case.as_of)
    return ruleset.evaluate(given_frames(program, case), as_of=case.as_of).reasons()
