"""Whoever does the work, it is measured, and its files are compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import hands


def test_each_way_of_doing_it_is_measured_and_writes_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the cluster, which the tests of its engine compare."""
    pytest.importorskip("distributed")
    monkeypatch.setattr(hands, "HANDS", dict(list(hands.HANDS.items())[:2]))
    found = hands.measured(quick=True, size=200)
    assert [r.who for r in found] == [*hands.HANDS, *hands.HANDS]
    assert {r.note.partition(" in ")[0] for r in found} == {"the same bytes"}
    assert [r.ratio for r in found if r.who == hands.ONE] == [1, 1]


def test_other_bytes_are_named(tmp_path: Path) -> None:
    for name, text in (("a", "x"), ("b", "y")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "run.json").write_text("{}")
        (tmp_path / name / "standings.csv").write_text(text)
    (tmp_path / "b" / "more.csv").touch()
    assert hands._compared(tmp_path / "b", tmp_path / "a") == "other bytes: more.csv, standings.csv"
