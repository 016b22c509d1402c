"""One command runs all works, writes what is known after each, and names what fails."""

from __future__ import annotations

import importlib
import inspect
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import all as everything
from benchmarks import chart, page, workload
from benchmarks.measure import Row

SEEDS = (workload.SEED, workload.OTHER_SEED)
ROWS = [
    Row("rule engines, 10 x 60", "CEL in Rust", 1.0, 1.0, 1.0, 1.0, note="3 of 570 points differ from the exact ones"),
    Row("rule engines, 10 x 60", "scorekit", 0.005, 0.005, 0.004, 0.006, goal=0.01, peak=5_000_000),
    Row("rule engines, 10 x 60", "ZEN", note="absent: zen not installed"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    marks = "\n\n".join(f"<!-- {m}: begin -->\n\nold\n\n<!-- {m}: end -->" for m in ("machine", "speed", "differences"))
    (tmp_path / "speed.md").write_text(f"# 速度\n\n{marks}\n\nlast\n", encoding="utf-8")
    return tmp_path


def work(name: str, seed: int, quick: bool) -> list[Row]:
    return ROWS if name == "engines" else [Row(f"{name}, {seed}", "scorekit", 2.0, 2.0, 2.0, 2.0, goal=1.5)]


def test_both_seeds_are_columns_and_all_is_written_after_each_work(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    everything.run(["engines", "startup"], SEEDS, True, folder, work)
    text = (folder / "speed.md").read_text(encoding="utf-8")
    assert f"比值（种子 {SEEDS[0]}） | 比值（种子 {SEEDS[1]}）" in text
    assert "|  | **scorekit** | 0.005 | 0.005（0.004–0.006） | 0.005（0.004–0.006） | 0.01 | 是 | 5 |" in text
    assert "| 2 | 2 | — | 1.5 | **否** |" in text  # no seed changes it: measured once
    assert "规则引擎：10 x 60，ZEN（种子 7）：没有安装：zen" in text
    assert "规则引擎：10 x 60，CEL in Rust（种子 7）：3 / 570 个分数不同于精确值" in text
    assert "old" not in text
    assert text.endswith("last\n")
    assert "goal 0.01: reached" in capsys.readouterr().out


def test_a_later_run_of_one_work_keeps_the_others(folder: Path) -> None:
    everything.run(["engines"], SEEDS, True, folder, work)
    everything.run(["startup"], SEEDS, True, folder, work)
    assert set(json.loads((folder / "speed.json").read_text(encoding="utf-8"))["rows"]) == {"engines", "startup"}
    assert "**规则引擎**" in (folder / "speed.md").read_text(encoding="utf-8")


def test_a_work_that_is_killed_or_too_slow_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    [gone] = everything.apart("no_such_work", 1, True)
    assert gone.note.startswith("failed: exit 1: ModuleNotFoundError: No module named")
    [slow] = everything.apart("calls", 1, True, longest=0.01)
    assert slow.note == "failed: not done within 0 s"


def test_a_work_runs_in_a_process_of_its_own_and_its_rows_come_back() -> None:
    pytest.importorskip("polars")
    rows = everything.apart("categories", workload.SEED, True)
    assert [r.who for r in rows][:2] == ["argsort of packed keys", "scorekit"]
    assert all(r.seconds for r in rows)


def test_quick_prints_and_writes_no_page(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    told: list[Any] = []

    def run(names: Any, seeds: Any, quick: bool, into: Any) -> dict[str, Any]:
        told.append((list(names), list(seeds), quick, into))
        return {"rows": {"engines": {"1": [r.plain() for r in ROWS]}}}

    monkeypatch.setattr(everything, "run", run)
    assert everything.main(["--quick", "--only", "engines"]) == 0
    assert everything.main(["--seed", "9"]) == 0
    assert told == [(["engines"], [workload.SEED], True, None), (list(everything.WORKS), [9], False, page.FOLDER)]
    assert "goals: 1, reached: 1; not measured: 1" in capsys.readouterr().out


@pytest.mark.parametrize("name", everything.WORKS)
def test_every_work_can_be_measured_with_a_seed_and_quickly(name: str) -> None:
    module = importlib.import_module(f"benchmarks.{name}")
    assert [*inspect.signature(module.measured).parameters][:2] == ["seed", "quick"]


def test_what_is_measured_once_is_a_work() -> None:
    assert set(everything.ONCE) <= set(everything.WORKS) <= set(page.TITLES)
    assert len(everything.WORKS) >= 11


def test_the_machine_names_every_peer_even_those_that_are_absent() -> None:
    found = everything.machine()
    assert set(found["packages"]) == set(everything.PEERS)
    said = everything.told({"machine": {**found, "packages": {"numpy": "2.1", "polars": "absent"}}})
    assert said.endswith("numpy 2.1。没有安装：polars。")


def test_the_published_table_is_what_the_published_results_make() -> None:
    results, text = page.kept(), page.PAGE.read_text(encoding="utf-8")
    if results["rows"]:
        assert page.replaced(text, "speed", page.table(results)) == text
        assert page.replaced(text, "differences", page.differences(results)) == text


def test_marks_that_are_not_there_are_missed() -> None:
    with pytest.raises(ValueError, match="no marks <!-- speed: begin -->"):
        page.replaced("nothing", "speed", "x")


def test_a_chart_is_drawn_the_same_twice_and_its_text_is_text(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    first = chart.ratios(tmp_path / "a.svg", {"规则引擎": ROWS}).read_bytes()
    assert chart.ratios(tmp_path / "b.svg", {"规则引擎": ROWS}).read_bytes() == first
    assert "规则引擎：scorekit".encode() in first
    again = chart.growth(tmp_path / "c.svg", {"60 条": [(100.0, 1.0), (1000.0, 2.0)]}, "单位数", "秒").read_bytes()
    assert "60 条".encode() in again


def test_without_matplotlib_the_table_is_written_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def absent(*_: Any) -> None:
        raise everything.Absent("absent: matplotlib not installed")

    monkeypatch.setattr(chart, "ratios", absent)
    everything.run(["engines"], SEEDS[:1], True, folder, work)
    assert "**规则引擎**" in (folder / "speed.md").read_text(encoding="utf-8")
    assert "no chart: absent: matplotlib not installed" in capsys.readouterr().out
