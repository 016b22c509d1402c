"""Explanations are written wide by scorekit, long by others, and what they say is what was scored."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import exact, explained, ours, reference, workload
from benchmarks.peers import LINES

pytest.importorskip("pyarrow")
UNITS = 600


def test_every_form_is_measured_and_scorekits_points_are_exact() -> None:
    pytest.importorskip("polars")
    rows = {r.who: r for r in explained.measured(quick=True, size=UNITS)}
    assert [r.line() for r in rows.values() if r.seconds is None] == []
    assert rows[explained.PYARROW].ratio == 1
    assert rows[explained.OURS].goal == 1.5
    assert rows[explained.OURS].note.endswith(f"; 0 of {UNITS * len(LINES):,} points differ from the exact ones")
    assert all("bytes a cell" in r.note for r in rows.values())


def test_the_long_form_has_a_row_for_each_cell() -> None:
    data, chosen = workload.columns(50), workload.parameters()
    by_hand = reference.score(data, chosen)
    found = explained._long_arrays(data, by_hand, slice(10, 20))
    assert {len(values) for values in found.values()} == {10 * len(LINES)}
    line = LINES.index("rates.r3")
    mine = found["line"] == line
    assert found["points"][mine].tolist() == by_hand["points"][line, 10:20].tolist()
    assert np.array_equal(found["value"][mine], by_hand["values"][3, 10:20], equal_nan=True)
    assert found["unit"][mine].tolist() == list(range(10, 20))


def test_what_scorekit_wrote_is_held_against_the_exact_points(tmp_path: Path) -> None:
    data, chosen = workload.columns(50), workload.parameters()
    right = exact.score(data, chosen)["points"]
    explained._ours(tmp_path, explained.outcome_of(data, workload.SEED))
    assert explained._checked(tmp_path, right).startswith("0 of ")
    assert explained._checked(tmp_path, right + 1).startswith(f"{right.size:,} of ".replace(",", ""))


def test_hundredths_are_exact_or_refused() -> None:
    from scorekit.domain.column import Column

    assert ours.hundredths(Column.array(np.array([1, 2])) / 4).tolist() == [25, 50]
    with pytest.raises(ArithmeticError, match="finer"):
        ours.hundredths(Column.array(np.array([1])) / 3)
