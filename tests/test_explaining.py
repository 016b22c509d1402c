"""Explaining an earlier run from its results alone: the figures come out again, or the difference is said."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scorekit.catalogue import Catalogue, discover
from scorekit.errors import InputError
from scorekit.evaluation import evaluate_path
from scorekit.explaining import explain
from scorekit.loading.request import Request
from scorekit.loading.results import Results, load_results
from scorekit.saving import save
from tests.building import document, said, section

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return discover(third_party=False)


def item(title: str, rule: dict[str, Any], points: Any, **more: Any) -> dict[str, Any]:
    return {"type": "number", "title": title, "x-criterion": {"rule": rule, "points": points, **more}}


PROPERTIES = {
    "s": {
        **section(
            {
                "a": item("甲项", {"mark": {}}, 10),
                "b": item("乙项", {"to_best": {}}, 5),
                "rate": {**item("签订率", {"pro_rata": {}}, 5), "x-unit": "percent"},
                "safe": {"type": "boolean", "title": "平安", "x-criterion": {"rule": {"flag": {}}, "points": 2}},
            }
        ),
        "title": "第一章",
    },
    "honours": {
        "type": "array",
        "title": "荣誉",
        "items": {
            "type": "object",
            "properties": {
                "level": {"enum": ["国家级", "省级"], "title": "级别"},
                "year": {"type": "integer", "title": "年份"},
            },
        },
    },
    "h": {
        "title": "荣誉分",
        "x-criterion": {"kind": "bonus", "points": 5, "rule": {"count": {"of": "count(honours, year >= 2020)", "each": 1}}},
    },
    "day": {"type": "string", "format": "date", "title": "日期"},
    "d": {"title": "按时", "x-criterion": {"rule": {"flag": {"of": "day >= period.start"}}, "points": 1}},
}
FRAME = {
    "categories": ("甲", "乙"),
    "period": {"start": "2025-01-01", "end": "2025-12-31"},
    "levels": [{"id": "first", "title": "第一", "at_least": 15, "if": "rank() == 1"}, {"id": "good", "title": "先进", "at_least": 8}],
    "rank": {"tie_break": [{"by": "s.a", "first": "high", "title": "甲项"}]},
    "gates": {"g": {"title": "一票否决", "if": "not s.safe", "effect": "not awarded", "blank": "no"}},
}
UNITS: list[dict[str, Any]] = [
    {"unit": "红星工会", "category": "甲", "s": {"a": 9, "b": 4, "rate": 50, "safe": True}, "honours": [{"level": "省级", "year": 2021}, {"year": 2015}], "day": "2026-03-01"},
    {"unit": "红星二厂工会", "category": "甲", "s": {"a": 8, "b": 8, "rate": 92.5, "safe": False}, "honours": [], "day": "2025-03-01"},
    {"unit": "东方工会", "category": "甲", "s": {"a": 7, "b": None, "rate": 100, "safe": None}},
    {"unit": "西方工会", "category": "甲", "s": {"a": 0, "b": 8, "rate": 100, "safe": True}, "day": "2026-03-01"},
    {"unit": "南方工会", "category": "甲", "s": {"a": "many", "b": 2}},
    {"unit": "北方工会", "category": "乙", "s": {"a": "９", "b": "5"}},
]  # fmt: skip


class Run:
    """A round evaluated and saved."""

    def __init__(self, place: Path, known: Catalogue, form: str = "csv") -> None:
        self.known = known
        rubric, notice, work = place / "rubric.json", place / "notice.json", place / "work"
        rubric.write_text(json.dumps(document(PROPERTIES, **FRAME), ensure_ascii=False), encoding="utf-8")
        notice.write_text(
            json.dumps({"rubric": "test", "period": {"start": "2026-01-01", "end": "2026-12-31"}, "categories": {"甲": {"seats": 2}}}),
            encoding="utf-8",
        )
        work.mkdir()
        lines = [json.dumps(unit, ensure_ascii=False) for unit in UNITS[:2]]
        (work / "all.ndjson").write_text("\n".join(lines), encoding="utf-8")
        for n, unit in enumerate(UNITS[2:]):
            (work / f"u{n}.json").write_text(json.dumps(unit, ensure_ascii=False), encoding="utf-8")
        self.outcome = evaluate_path(work, known, Request(rubric=str(rubric), notice=notice, lang="en"))
        self.folder = place / "results"
        save(self.outcome, known, self.folder, form)
        self.results = load_results(self.folder)

    def lines(self, unit: str, lang: str = "en") -> list[str]:
        return explain(self.results, unit, self.known, lang)

    def text(self, unit: str) -> str:
        return "\n".join(self.lines(unit))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, known: Catalogue) -> Run:
    return Run(tmp_path_factory.mktemp("round"), known)


def test_every_unit_is_explained_with_the_figures_of_the_run(run: Run) -> None:
    for row in run.results.standings:
        lines = run.lines(row["unit"])
        assert lines[0].startswith(row["unit"])
        assert f"total {row['total'] or '—'} · rank {row['rank'] or 'none'} ·" in lines[3]


def test_values_come_back_as_they_were_handed_in(run: Run) -> None:
    text = run.text("红星工会")
    for line in ("甲项 = 9 [/1/s/a]", "签订率 = 50%", "荣誉 = 2 records", "日期 = 2026-03-01", "荣誉分  1.00", "按时  1.00 / 1"):
        assert line in text
    assert "签订率 = 92.5%" in run.text("红星二厂工会")
    assert "荣誉 = 0 records" in run.text("红星二厂工会")
    assert "荣誉 = blank" in run.text("东方工会") or "荣誉分  0.00" in run.text("东方工会")
    assert "(written “９”)" in run.text("北方工会")


def test_the_period_is_that_of_the_notice(run: Run) -> None:
    assert "按时  0.00 / 1" in run.text("红星二厂工会")


def test_what_was_invalid_then_is_invalid_now(run: Run) -> None:
    text = run.text("南方工会")
    assert "total: none can be given" in text
    assert "many" in text


def test_what_compares_units_is_taken_from_the_record(run: Run) -> None:
    assert "乙项  2.50 / 5" in run.text("红星工会")
    assert "乙项  —" in run.text("东方工会") or "乙项  0.00 / 5" in run.text("东方工会")


def test_a_level_that_reads_the_place_is_explained(run: Run) -> None:
    text = run.text("红星工会")
    assert "level 第一" in text or "next level 第一" in text
    assert "its condition: " in run.text("红星二厂工会") or "level 第一" in run.text("红星二厂工会")


def test_the_distance_to_the_last_seat_is_said_to_those_who_missed_it(run: Run) -> None:
    seated = [r for r in run.results.standings if r["award"]]
    missed = [r for r in run.results.standings if not r["award"] and r["category"] == "甲" and r["total"]]
    assert len(seated) == 2
    assert missed
    assert all("the last seat of the category has" not in run.text(r["unit"]) for r in seated)
    line = min(float(r["total"]) for r in seated)
    for row in missed:
        assert ("the last seat of the category has" in run.text(row["unit"])) == (float(row["total"]) <= line)
    assert "the last seat" not in run.text("北方工会")


# -------------------------------------------------------------------- which unit


def test_a_unit_is_found_by_its_folded_name_or_by_the_only_name_that_holds_it(run: Run) -> None:
    assert run.lines("东方工会") == run.lines(" 东方工会 ") == run.lines("东方")
    assert run.lines("红星工会")[0].startswith("红星工会")


def test_a_name_that_fits_several_is_refused_with_the_candidates(run: Run) -> None:
    with pytest.raises(InputError) as caught:
        run.lines("红星")
    assert said(caught.value.what) == "2 units fit “红星”"
    assert set(said(caught.value.cure).removeprefix("name one of them in full: ").split(", ")) == {"红星工会", "红星二厂工会"}


@pytest.mark.parametrize("name", ["中方工会", "", " "])
def test_a_name_that_fits_none_is_refused(run: Run, name: str) -> None:
    with pytest.raises(InputError) as caught:
        run.lines(name)
    assert said(caught.value.what) == f"there is no unit “{name}” in these results"


# -------------------------------------------------------------------- other results


def test_parquet_results_are_explained_in_the_same_words(tmp_path: Path, run: Run, known: Catalogue) -> None:
    pytest.importorskip("pyarrow")
    other = Run(tmp_path, known, "parquet")
    for unit in UNITS:
        assert other.lines(unit["unit"]) == run.lines(unit["unit"])


def changed(run: Run, place: Path, table: str, change: Callable[[dict[str, str]], None]) -> Results:
    """The results with some rows of a table changed."""
    folder = place / "changed"
    shutil.copytree(run.folder, folder)
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        change(row)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return Results(folder, run.results.run, run.results.paths | {f"{table}.csv": path})


def test_figures_that_do_not_come_out_again_are_said(tmp_path: Path, run: Run, known: Catalogue) -> None:
    def other(row: dict[str, str]) -> None:
        if row["unit"] == "红星工会":
            row["total"] = "1.00"

    lines = explain(changed(run, tmp_path, "standings", other), "红星工会", known, "en")
    total = next(r["total"] for r in run.results.standings if r["unit"] == "红星工会")
    assert lines[0] == f"Note: recomputed now the total is {total.rstrip('0').rstrip('.')}, recorded was 1.00; other plugins: —" or (
        lines[0] == f"Note: recomputed now the total is {total}, recorded was 1.00; other plugins: —"
    )


def test_plugins_of_another_version_are_named_where_figures_differ(tmp_path: Path, run: Run, known: Catalogue) -> None:
    def other(row: dict[str, str]) -> None:
        row["total"] = row["total"] and "1.00"

    results = changed(run, tmp_path, "standings", other)
    older = Results(results.folder, {**results.run, "plugins": {**results.run["plugins"], "rules.mark": "0.0.1"}}, results.paths)
    assert explain(older, "红星工会", known, "en")[0].endswith("other plugins: rules.mark 0.0.1")


def test_a_comparison_without_its_record_is_left_as_it_comes_out(tmp_path: Path, run: Run, known: Catalogue) -> None:
    def gone(row: dict[str, str]) -> None:
        if row["criterion"] == "s.b":
            row["criterion"] = "gone"

    lines = explain(changed(run, tmp_path, "scores", gone), "红星工会", known, "en")
    assert any("乙项  5.00 / 5" in line for line in lines)
    assert lines[0].startswith("Note: recomputed now")


def test_a_unit_without_recorded_inputs_is_explained_as_blank(tmp_path: Path, run: Run, known: Catalogue) -> None:
    def gone(row: dict[str, str]) -> None:
        row["unit"] = "nobody"

    lines = explain(changed(run, tmp_path, "inputs", gone), "红星工会", known, "en")
    assert any("甲项 = blank" in line for line in lines)


def test_totals_that_rest_on_unrounded_comparisons_are_shown_as_recorded(tmp_path: Path, known: Catalogue) -> None:
    rubric, work = tmp_path / "rubric.json", tmp_path / "work.csv"
    properties = {n: item(n, {"to_best": {}}, 5) for n in ("a", "b", "c")}
    rubric.write_text(json.dumps(document(properties, rounding={"total": {"decimals": 2}})), encoding="utf-8")
    work.write_text("unit,a,b,c\nx,3,3,3\ny,1,1,1\nz,,,\n", encoding="utf-8")
    save(evaluate_path(work, known, Request(rubric=str(rubric))), known, tmp_path / "results")
    results = load_results(tmp_path / "results")
    totals = {r["unit"]: r["total"] for r in results.standings}
    assert totals == {"x": "15.00", "y": "5.00", "z": "0.00"}
    for unit, total in totals.items():
        lines = explain(results, unit, known, "en")
        assert lines[0] == unit
        assert f"total {total} " in lines[3]


def test_sections_that_rest_on_unrounded_comparisons_are_shown_as_recorded(tmp_path: Path, known: Catalogue) -> None:
    rubric, work = tmp_path / "rubric.json", tmp_path / "work.csv"
    properties = {"s": {**section({n: item(n, {"to_best": {}}, 1) for n in "abc"}), "title": "节"}}
    rubric.write_text(json.dumps(document(properties, rounding={"total": {"decimals": 2}})), encoding="utf-8")
    work.write_text("unit,s.a,s.b,s.c\nx,3,3,3\ny,1,1,1\n", encoding="utf-8")
    save(evaluate_path(work, known, Request(rubric=str(rubric))), known, tmp_path / "results")
    lines = explain(load_results(tmp_path / "results"), "y", known, "en")
    assert "■ 节  1 / 3" in lines  # 0.33 three times would be 0.99


def test_a_fault_of_the_whole_table_is_not_taken_for_a_blank(tmp_path: Path, known: Catalogue) -> None:
    rubric, work = tmp_path / "rubric.json", tmp_path / "work.csv"
    properties = {"a": item("甲项", {"mark": {}}, 5), "b": item("乙项", {"mark": {}}, 5)}
    rubric.write_text(json.dumps(document(properties)), encoding="utf-8")
    work.write_text("unit,a,甲项,b\nx,3,4,3\n", encoding="utf-8")
    save(evaluate_path(work, known, Request(rubric=str(rubric))), known, tmp_path / "results")
    lines = explain(load_results(tmp_path / "results"), "x", known, "en")
    assert not lines[0].startswith("Note")
    assert "  甲项  — / 5  invalid, to be corrected" in lines


@pytest.mark.parametrize("sample", ["model-home", "standardisation"])
def test_units_of_a_sample_come_out_again_as_they_were_recorded(tmp_path: Path, known: Catalogue, sample: str) -> None:
    folder = ROOT / "samples" / sample
    notice = folder / "notice.json"
    save(evaluate_path(folder / "submissions", known, Request(notice=notice)), known, tmp_path / "results")
    results = load_results(tmp_path / "results")
    for row in results.standings[::6]:
        assert not explain(results, row["unit"], known, "en")[0].startswith("Note"), row["unit"]


def test_figures_of_the_population_are_recalled_for_a_unit_alone(tmp_path: Path, known: Catalogue) -> None:
    """Means that fill a blank, a figure that a formula reads, a place: all come from the record."""
    rubric, work = tmp_path / "rubric.json", tmp_path / "work.csv"
    properties = {
        "a": item("甲项", {"mark": {}}, 10, missing="mean-points"),
        "b": item("乙项", {"mark": {}}, 10, missing={"mean": "values", "within": []}),
        "best": {"title": "最高分", "x-derive": {"over": "max", "of": "points(b)", "within": []}},
        "place": {"title": "名次", "x-derive": {"over": "rank", "of": "points(a) + points(b)"}},
        "c": {"title": "差距", "x-criterion": {"points": 20, "rule": {"mark": {"of": "best - points(b) + place"}}}},
    }
    rubric.write_text(json.dumps(document(properties, categories=("甲", "乙"))), encoding="utf-8")
    work.write_text("unit,category,a,b\nx,甲,3,\ny,甲,,1\nz,甲,6,9\nw,乙,,7.5\n", encoding="utf-8")
    save(evaluate_path(work, known, Request(rubric=str(rubric))), known, tmp_path / "results")
    results = load_results(tmp_path / "results")
    for row in results.standings:
        lines = explain(results, row["unit"], known, "en")
        assert lines[0].startswith(f"{row['unit']} ·")
        assert f"total {row['total'] or '—'} " in lines[3]
    text = "\n".join(explain(results, "x", known, "en"))
    assert "not submitted, the group's mean taken" in text
    assert "乙项 = 5.8333, the mean of the group" in text
    assert "最高分 = greatest of points of “乙项” over all units = 9" in text


@pytest.mark.parametrize("format_", ["csv", "parquet"])
def test_tables_ranks_children_and_figures_are_explained_without_any_other_file(tmp_path: Path, known: Catalogue, format_: str) -> None:
    """The CSV of the prices is gone, and one unit alone has no rank: both stand in the results."""
    shape = {
        "level": {"enum": ["国家级", "省级"], "title": "级别"},
        "s": {**section({"a": item("甲项", {"mark": {}}, 10), "b": item("乙项", {"mark": {}}, 10)}), "title": "第一章"},
        "h": {"title": "荣誉分", "x-criterion": {"points": 5, "rule": {"mark": {"of": "lookup(prices, level)"}}}},
        "top": {"title": "第一", "x-criterion": {"kind": "bonus", "points": 5, "rule": {"mark": {"of": "count(children(s), rank == 1)"}}}},
        "third": {"title": "三分之一", "x-derive": {"formula": "points() / 3", "output": True}},
    }
    rubric = document(shape, tables={"prices": {"title": "价目", "file": "prices.csv", "keys": ["级别"]}})
    (tmp_path / "in").mkdir()
    (tmp_path / "rubric.json").write_text(json.dumps(rubric), encoding="utf-8")
    (tmp_path / "prices.csv").write_text("级别,分\n国家级,5\n省级,3\n", encoding="utf-8")
    (tmp_path / "in" / "all.csv").write_text("单位名称,级别,甲项,乙项\n甲,国家级,9,2\n乙,省级,9,8\n", encoding="utf-8")
    save(evaluate_path(tmp_path / "in", known, Request(rubric=str(tmp_path / "rubric.json"))), known, tmp_path / "out", format_)
    (tmp_path / "prices.csv").unlink()
    lines = [line.strip() for line in explain(load_results(tmp_path / "out"), "乙", known, "en")]
    assert "table “价目”: 级别 省级 → 3" in lines
    assert "第一  2.00 / 5  points added" in lines
    assert any(line.startswith("三分之一 = points of “total” ÷ 3 = 7.3333") for line in lines)
    assert not any("differ" in line for line in lines)


EVENTS = {
    "events": {
        "type": "array",
        "title": "项目",
        "items": {
            "type": "object",
            "properties": {
                "name": {"type": "string", "title": "名称"},
                "share": {"type": "number", "title": "占比", "x-unit": "percent"},
                "marks": {
                    "type": "object",
                    "title": "打分",
                    "additionalProperties": {"type": "number"},
                    "x-source": {"who": "panel", "raters": ["甲", "乙"]},
                },
                "heats": {
                    "type": "array",
                    "title": "各轮",
                    "items": {"type": "object", "properties": {"time": {"type": "number", "title": "成绩"}}},
                },
                "form": {
                    "title": "完成分",
                    "x-criterion": {"points": 20, "rule": {"mark": {"of": "sum(marks) + sum(heats, time) * share"}}},
                },
            },
        },
        "x-criterion": {"points": 30, "start": "empty", "rule": {"records": {"combine": "best", "matter": "name"}}},
    }
}


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_records_with_marks_and_lists_of_their_own_come_back_and_are_told_one_by_one(tmp_path: Path, known: Catalogue, form: str) -> None:
    rubric, work = tmp_path / "rubric.json", tmp_path / "work"
    rubric.write_text(json.dumps(document(EVENTS), ensure_ascii=False), encoding="utf-8")
    work.mkdir()
    first = {"name": "甲赛", "share": "50%", "marks": {"甲": 3, "乙": 4.5}, "heats": [{"time": 2}, {"time": 5}]}
    unit = {"unit": "一队", "events": [first, {"name": "甲赛", "share": 10, "marks": {"甲": 1}, "heats": []}, {"name": "乙赛"}]}
    (work / "u.json").write_text(json.dumps(unit, ensure_ascii=False), encoding="utf-8")
    save(evaluate_path(work, known, Request(rubric=str(rubric), lang="en")), known, tmp_path / "results", form)
    lines = [line.strip() for line in explain(load_results(tmp_path / "results"), "一队", known, "en")]
    told = [line for line in lines if line.startswith("record ")]
    assert told == [
        "record 1: 甲赛, 占比 50%, 打分 (甲 3, 乙 4.5), 各轮: 2 records [/events/0]: 完成分 11 (part of the full marks); its own points 11; gives 11; counts",
        "record 2: 甲赛, 占比 10%, 打分 (甲 1, 乙 —), 各轮: 0 records [/events/1]: 完成分 1 (part of the full marks); its own points 1; gives 1; does not count: another of the same matter counts",
        "record 3: 乙赛, 打分 (甲 —, 乙 —), 各轮: 0 records [/events/2]: 完成分 0 (not submitted, counted as 0); its own points 0; gives 0; does not count: it is beyond those that are taken",
    ]
    assert not [line for line in lines if line.startswith("Note")]
