from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from unittest.mock import patch

import polars as pl
import pytest

import segrules
from segrules.engine import intake_beside
from segrules.engine.record import RecordIntake
from segrules.engine.ruleset import Ruleset
from segrules.errors import DataInvalid, InputInvalid

AS_OF = date(2026, 6, 30)

RULESET = """\
segrules: 1
ruleset: beside
entity: partners
tables:
  partners:
    key: partner_id
    columns: {partner_id: string, region_id: string}
    belongs_to:
      region: {table: regions, by: region_id}
  regions:
    key: region_id
    columns: {region_id: string, weight: integer}
segmentations:
  size:
    hit_policy: first
    rules:
      - {id: large, segment: large, when: region.weight > 10}
    default: small
"""


@pytest.fixture
def ruleset(tmp_path: Path) -> Ruleset:
    (tmp_path / "ruleset.yaml").write_text(RULESET, encoding="utf-8")
    return segrules.load(tmp_path)


def regions(weight: int) -> pl.DataFrame:
    return pl.DataFrame({"region_id": ["north", "south"], "weight": [weight, 1]})


def size(ruleset: Ruleset, given: object) -> object:
    record = {"partner_id": "P", "region_id": "north"}
    return ruleset.decide(record, as_of=AS_OF, tables={"regions": given})["size"]


def test_frames_that_hold_the_same_are_read_once(ruleset: Ruleset) -> None:
    with patch.object(intake_beside, "RecordIntake", wraps=RecordIntake) as made:
        frame = regions(20)
        assert [size(ruleset, one) for one in (frame, frame, regions(20))] == ["large"] * 3
        assert made.call_count == 1


def test_a_frame_that_was_changed_in_place_is_read_again(ruleset: Ruleset) -> None:
    frame = regions(20)
    assert size(ruleset, frame) == "large"
    frame[0, "weight"] = 5
    assert size(ruleset, frame) == "small"
    frame.extend(pl.DataFrame({"region_id": ["east"], "weight": [7]}))
    assert size(ruleset, frame) == "small"


def test_a_frame_of_other_types_is_another(ruleset: Ruleset) -> None:
    assert size(ruleset, regions(20)) == "large"
    assert size(ruleset, regions(20).with_columns(pl.col("weight").cast(pl.Float64()))) == "large"
    with pytest.raises(DataInvalid, match="weight"):
        size(ruleset, regions(20).with_columns(pl.col("weight") + 0.5))


def test_a_file_is_read_once_until_it_is_written_to(ruleset: Ruleset, tmp_path: Path) -> None:
    file = tmp_path / "regions.csv"
    file.write_text("region_id,weight\nnorth,20\n", encoding="utf-8")
    with patch.object(intake_beside, "RecordIntake", wraps=RecordIntake) as made:
        assert [size(ruleset, file), size(ruleset, str(file))] == ["large", "large"]
        assert made.call_count == 1
    file.write_text("region_id,weight\nnorth,05\n", encoding="utf-8")
    os.utime(file, ns=(0, 0))
    assert size(ruleset, file) == "small"


def test_lists_are_read_each_time(ruleset: Ruleset) -> None:
    rows = [{"region_id": "north", "weight": 20}]
    assert size(ruleset, rows) == "large"
    rows[0]["weight"] = 5
    assert size(ruleset, rows) == "small"


def test_what_is_wrong_is_told_each_time(ruleset: Ruleset, tmp_path: Path) -> None:
    for given in (tmp_path / "none.csv", pl.DataFrame({"region_id": ["north"], "weight": ["heavy"]})):
        for _ in range(2):
            with pytest.raises((InputInvalid, DataInvalid)):
                size(ruleset, given)
