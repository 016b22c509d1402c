"""Each benchmark in memory, at a tiny size: every program gives a row, and scorekit every exact point."""

from __future__ import annotations

import importlib.util
import sys
from typing import Any

import numpy as np
import pytest

from benchmarks import calls, categories, engines, hundred, in_memory, weighted, workload
from benchmarks.measure import Row
from benchmarks.peers import arrays, expressions, plain

pytestmark = pytest.mark.filterwarnings("ignore")  # what peers warn of is theirs


PEERS = ("polars", "duckdb", "cel", "zen", "json_logic", "skcriteria", "pymcdm")
LACKING = [name for name in PEERS if importlib.util.find_spec(name) is None]
"""Peers of the extra “bench” that are not installed here."""


def by_name(rows: list[Row]) -> dict[str, Row]:
    absent = [r.note for r in rows if r.seconds is None]
    if LACKING and absent and all(note.startswith("absent: ") for note in absent):
        pytest.skip("; ".join(absent))
    assert absent == []
    return {r.who: r for r in rows}


def test_scoring_is_measured_beside_every_peer_and_differences_are_told() -> None:
    found = by_name(in_memory.measured(quick=True, size=1_000))
    assert len(found) == 6
    assert found[in_memory.NUMPY].ratio == 1
    for who in ("scorekit, 1 thread", "scorekit, 2 threads"):
        assert (found[who].note, found[who].goal) == ("all equal to the exact figures", 1.5)


def test_a_peer_whose_floats_differ_is_said_to_with_a_cell() -> None:
    data, chosen = workload.columns(3_000), workload.parameters()
    times = {in_memory.NUMPY: in_memory.Times([1.0], found=in_memory.reference.score(data, chosen))}
    said = in_memory.differences(times, data, chosen)[in_memory.NUMPY]
    assert said.startswith("differ: ")
    assert "; unit " in said


def test_a_hundred_units_are_measured_in_memory_and_as_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hundred, "UNITS", 20)
    found = by_name(hundred.measured(quick=True))
    assert found["scorekit"].limit == hundred.MOST
    assert found["scorekit"].note == "all equal to the exact figures" == found[hundred.PYTHON].note
    assert found["scorekit evaluate"].goal == 15
    assert found["scorekit evaluate"].peak is not None


def test_calls_are_measured_per_cell_whatever_they_ran_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "BLOCK", 512)
    found = by_name(calls.measured(quick=True))
    assert found[calls.COLUMN].ratio == 1
    assert (found[calls.PLUGGY].ratio or 0) > 10
    assert {r.note.split(" ")[0] for who, r in found.items() if who.startswith("scorekit")} == {"0"}
    assert all((r.seconds or 1) < 1e-3 for r in found.values())


def test_rule_engines_give_the_points_that_plain_python_gives() -> None:
    data, chosen = workload.columns(60), workload.parameters()
    given = plain.units(data)
    simple = expressions.variables(given)
    table = plain.table(plain.score(given, chosen))
    right = arrays(lambda name: np.array(table[name]))["points"]
    for name, (make, _) in engines.ENGINES.items():
        pytest.importorskip({"CEL in Rust": "cel", "ZEN": "zen", "JSONLogic": "json_logic"}.get(name, "sys"))
        found: Any = engines._points(name, make(chosen)(simple))
        assert np.abs(found - right).max() <= 1, name
        assert (found != right).mean() < 0.001, name
    assert (engines._points(engines.PYTHON, plain.points(given, chosen)) == right).all()


def test_rule_engines_are_measured_beside_the_fastest_of_them() -> None:
    found = by_name(engines.measured(quick=True, size=200))
    assert found["scorekit"].goal == 0.01
    assert found["scorekit"].note.startswith("0 of ")
    assert next(r.who for r in found.values() if r.ratio == 1) in engines.ENGINES
    assert found["JSONLogic"].note.endswith("on 10 units")


def test_a_unit_by_plain_python_is_what_pluggy_gives_cell_by_cell() -> None:
    data, chosen = workload.columns(20), workload.parameters()
    given = plain.units(data)
    assert plain.score(given, chosen, calls.pluggy_call()) == plain.score(given, chosen)


def test_ranks_by_every_program_are_the_same() -> None:
    found = by_name(categories.measured(quick=True, size=2_000))
    assert {found[who].note for who in ("polars", "pandas")} == {"0 ranks differ"}
    assert found["scorekit"].goal == 1.3
    data, chosen = workload.columns(500), workload.parameters()
    by_hand = in_memory.reference.score(data, chosen)
    assert (categories.packed(data["category"], by_hand["key"], by_hand["level"] == 0) == by_hand["rank"]).all()


def test_libraries_for_decisions_are_said_to_weigh_and_rank_only() -> None:
    found = by_name(weighted.measured(quick=True, size=300))
    assert found["pymcdm"].note == found["scikit-criteria"].note == "weighs and ranks only; floats"


@pytest.mark.skipif(bool(LACKING), reason=f"not installed: {LACKING}")
@pytest.mark.parametrize("name", ["polars", "pymcdm"])
def test_a_peer_that_is_not_installed_is_named_as_absent(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda n, *a: None if n == name else find(n, *a))
    rows = in_memory.measured(quick=True, size=100) if name == "polars" else weighted.measured(quick=True, size=100)
    assert [r.note for r in rows if r.seconds is None] == [f"absent: {name} not installed"]
