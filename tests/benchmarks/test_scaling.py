"""Time and memory over units and criteria, the line through them, and what it says of a nation."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import forecast, scaling, simulation
from benchmarks.measure import Process
from benchmarks.scaling import Constants, Point, constants

LINE = [Point(n, 60, 1 + n * 6e-6, 0.9 + n * 5e-6, 100_000_000 + 30 * n, 90 * n, 200 * n) for n in (100, 10_000, 1_000_000)]
MARKS = ("scaling", "constants", "forecast", "simulation")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = "\n".join(f"<!-- {m}: begin -->\n<!-- {m}: end -->" for m in MARKS)
    (tmp_path / scaling.PAGE).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_constants_are_those_of_the_line() -> None:
    found = constants(LINE)
    assert found.start == pytest.approx(1)
    assert found.nanoseconds == pytest.approx(100)
    assert (found.held, found.given, found.written) == pytest.approx((30, 90, 200))
    assert found.seconds(2_000_000) == pytest.approx(13)
    assert found.memory(1_000) == pytest.approx(100_030_000)
    with pytest.raises(ValueError, match="two sizes"):
        constants(LINE[:1])


def test_below_the_line_the_runs_on_either_side_are_what_is_reckoned_with() -> None:
    small = [Point(100, 60, 1.0, 1.0, 10, 1, 1), Point(10_000, 60, 20.0, 19.0, 90, 1, 1)]
    found = constants([*small, Point(100_000, 60, 5.0, 4.0, 200, 1, 1), Point(1_000_000, 60, 14.0, 13.0, 1_100, 1, 1)])
    assert (found.seconds(50), found.seconds(10_000), found.seconds(100_000)) == pytest.approx((1, 20, 5))
    assert (found.processor(10_000), found.processor(2_000_000)) == pytest.approx((19, 23))
    assert (found.memory(5_050), found.memory(2_000_000)) == pytest.approx((50, 2_100))
    assert found.seconds(2_000_000) == pytest.approx(24)


def test_the_main_job_is_measured_and_what_exceeds_the_budget_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    [point], out = scaling.measured(50, 60, units=(40, 400), criteria=(10,))
    assert (point.units, point.criteria, out) == (40, 10, [])
    assert point.given > 1_000
    assert point.written > 1_000
    assert point.peak > 10_000_000
    assert "40 x 10" in capsys.readouterr().out


def test_a_run_that_would_take_too_long_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scaling, "point", lambda units, criteria: Point(units, criteria, units / 1_000, 1.0, 1, 1, 1))
    found, out = scaling.measured(10_000_000, 50, units=(100, 10_000, 100_000, 1_000_000), criteria=(60,))
    assert [p.units for p in found] == [100, 10_000]
    assert out == ["100,000 × 60：按上一点推算约 100 秒，超过每次 50 秒的预算，没有跑"]


def test_what_was_measured_is_published_and_read_back(folder: Path) -> None:
    scaling.publish(LINE, ["没有跑"], folder)
    text = (folder / scaling.PAGE).read_text(encoding="utf-8")
    assert "| 1,000,000 × 60 | 7.00 | 5.90 | 130 | 117 | 90.00 | 200.00 |" in text
    assert "| 60 | 1.00 | 100 | 83 | 100 | 30 | 90、200 | 0.41 |" in text
    assert "- 没有跑" in text
    assert "| 处理器小时 | 0.14 |" in text
    assert scaling.kept(folder) == LINE


def test_more_cores_need_less_time_in_proportion() -> None:
    found = constants(LINE)
    assert forecast.hours(found, 1) == pytest.approx(5e-6 * 1e8 / 3600)
    assert forecast.hours(found, 64) == pytest.approx(forecast.hours(found, 1) / 64)
    told = forecast.told(found)
    assert "| 单位 | 100,000,000 | 10,000 × 10,000 |" in told
    assert "| 读入 GB | 9 | 0.001 |" in told


def test_districts_are_files_of_different_units_and_the_forecast_stands_beside_what_was_measured(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.setattr(simulation.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(simulation, "SHOWN", 1)
    scaling.publish(LINE, [], folder)
    simulation.main(["--districts", "2", "--units", "20", "--page", str(folder)])
    text = (folder / scaling.PAGE).read_text(encoding="utf-8")
    assert "2 个区，每区 20 个单位，一区一个文件：" in text
    assert "| 合并评定，秒 | 1.00 |" in text


def test_two_districts_share_no_unit(tmp_path: Path) -> None:
    from pyarrow import parquet

    files = simulation.write_districts(tmp_path / "in", 3, 10)
    units = [u for f in files for u in parquet.read_table(f)["unit"].to_pylist()]
    assert units == list(range(30))


def test_measured_is_compared_with_what_was_reckoned() -> None:
    line = Constants(60, 1.0, 0.01, 0.01, 1e8, 1_000.0, 1.0, 1.0)
    found = simulation._compared(line, [Process(2.0, 1.0, 2 * 10**8), Process(4.0, 1.0, 10**8)], Process(30.0, 9.0, 10**8), 10, 100)
    assert [(c.reckoned, c.measured) for c in found] == [(2, 3), (20, 30), (11, 30), (100.1, 200), (101, 100)]
    assert found[0].off == 1.5
