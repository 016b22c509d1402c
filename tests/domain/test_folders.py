"""The records of a folder of results: its own first, then those that dead runs left in their staging folders."""

from __future__ import annotations

from pathlib import Path

from scorekit.domain.folders import RECORD, STAGING, records_of


def test_the_own_record_comes_first_and_those_of_dead_runs_in_their_order(tmp_path: Path) -> None:
    for number in ("2-1", "1-1"):
        (tmp_path / f"{STAGING}{number}").mkdir()
        (tmp_path / f"{STAGING}{number}" / RECORD).write_text("{}")
    (tmp_path / f"{STAGING}3-1").mkdir()  # a run that died before it had written its set
    assert records_of(tmp_path) == [tmp_path / RECORD, *(tmp_path / f"{STAGING}{n}" / RECORD for n in ("1-1", "2-1"))]
