"""Own and first scores from a returned workbook to the papers: beside the points everywhere, and touching none of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from scorekit.cli import main
from tests.building import criterion, document, section

Run = Callable[..., str]
SHAPE = {
    "s": {
        **section({"a": {**criterion(no="1.1"), "title": "组织建设"}, "b": {**criterion(points=5, no="1.2"), "title": "民主管理"}}),
        "title": "基础",
    },
    "c": {**criterion(points=3, kind="bonus"), "title": "表彰"},
}
UNITS = [("一厂", 9, 10, 4, 4.5, 1, 15), ("二厂", 8, 8, 5, "很高", 0, None), ("三厂", 7, "１２", 5, 5, 2, None)]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """A command carried out in Chinese (or in the language that it names): what it printed."""

    def carried_out(*words: str) -> str:
        assert main(list(words) if words[0] == "--lang" else ["--lang", "zh", *words]) == 0
        return capsys.readouterr().out

    return carried_out


def returned(folder: Path, scores: bool = True) -> Path:
    """A workbook with a head of two rows: each item over what was entered and the unit's own score."""
    folder.mkdir(exist_ok=True)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["某市考核自评汇总表"])
    sheet.append(["单位名称", "组织建设", None, "民主管理", None, "表彰", "自评总分"])
    sheet.append([None, "填报值", "自评分", "填报值", "自评分"])
    for cells in ("A2:A3", "B2:C2", "D2:E2", "F2:F3", "G2:G3"):
        sheet.merge_cells(cells)
    for unit in UNITS:
        sheet.append([cell if scores or i not in (2, 4, 6) else None for i, cell in enumerate(unit)])
    book.save(folder / "汇总.xlsx")
    return folder


@pytest.fixture
def rubric(tmp_path: Path) -> str:
    path = tmp_path / "rubric.json"
    path.write_text(json.dumps(document(SHAPE), ensure_ascii=False), encoding="utf-8")
    return str(path)


def rows(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_what_a_unit_gave_itself_stands_beside_what_it_was_given(tmp_path: Path, rubric: str, run: Run) -> None:
    run("evaluate", str(returned(tmp_path / "in")), "--rubric", rubric, "--out", str(tmp_path / "out"))
    found = rows(tmp_path / "out/comparison.csv")
    assert [tuple(r.values()) for r in found] == [
        ("三厂", "s.a", "12", "", "7.00", "-5"),
        ("一厂", "", "15", "", "14.00", "-1"),
        ("一厂", "s.a", "10", "", "9.00", "-1"),
        ("一厂", "s.b", "4.5", "", "4.00", "-0.5"),
        ("三厂", "s.b", "5", "", "5.00", "0"),
        ("二厂", "s.a", "8", "", "8.00", "0"),
    ]
    told = {(r["severity"], r["unit"], r["cell"]) for r in rows(tmp_path / "out/problems.csv") if r["field"].startswith("own:")}
    assert told == {("error", "二厂", "E5"), ("warning", "三厂", "C6"), ("repair", "三厂", "C6")}
    sheet = load_workbook(tmp_path / "out/ranking.xlsx")["自评对照"]
    cells = [[c for c in row if c is not None] for row in sheet.iter_rows(values_only=True)]
    assert ["一厂", "总分", 15, 15, "—", 14, -1] in cells
    assert ["三厂", "总分", 15, 17, "—", 14, -3] in cells
    assert ["二厂", "总分", 15, "—", "—", 13, "—"] in cells
    assert cells[-3:] == [
        ["三厂", "1.1", "组织建设", 10, 12, "—", 7, -5],
        ["一厂", "1.1", "组织建设", 10, 10, "—", 9, -1],
        ["一厂", "1.2", "民主管理", 5, 4.5, "—", 4, -0.5],
    ]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_explain_tells_them_from_the_results_alone(tmp_path: Path, rubric: str, run: Run, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    run("evaluate", str(returned(tmp_path / "in")), "--rubric", rubric, "--out", str(tmp_path / "out"), "--format", form)
    (tmp_path / "in/汇总.xlsx").unlink()
    lines = [line.strip() for line in run("explain", str(tmp_path / "out"), "一厂").splitlines()]
    told = [line for line in lines if line.startswith("自评")]
    assert told == ["自评 10 分，考核 9.00 分，差 -1", "自评 4.5 分，考核 4.00 分，差 -0.5", "自评 15 分，考核 14.00 分，差 -1"]
    assert lines[lines.index(told[0]) - 1].startswith("1.1 组织建设")
    other = run("--lang", "en", "explain", str(tmp_path / "out"), "三厂")
    assert "own score 12, assessed 7.00, difference -5" in other


def test_without_scores_nothing_else_changes_and_the_old_comparison_goes(tmp_path: Path, rubric: str, run: Run) -> None:
    out = tmp_path / "out"
    run("evaluate", str(returned(tmp_path / "in")), "--rubric", rubric, "--out", str(out))
    scored = {name: (out / f"{name}.csv").read_bytes() for name in ("standings", "scores")}
    run("evaluate", str(returned(tmp_path / "in", scores=False)), "--rubric", rubric, "--out", str(out))
    assert {name: (out / f"{name}.csv").read_bytes() for name in scored} == scored
    assert not (out / "comparison.csv").exists()
    assert "自评对照" not in load_workbook(out / "ranking.xlsx").sheetnames
    assert "自评" not in run("explain", str(out), "一厂")


HEADS: list[tuple[list[list[str | None]], list[str], list[int]]] = [
    # One item alone has a score; the columns of unit, a, own a, b, c, in this order, and then own b and first a.
    (
        [["单位名称", "组织建设", None, "民主管理", "表彰"], [None, "填报值", "自评分"]],
        ["A1:A2", "B1:C1", "D1:D2", "E1:E2"],
        [0, 1, 2, 3, 5],
    ),
    (
        [
            ["单位名称", "基础", None, None, None, None, "表彰"],
            [None, "组织建设", None, None, "民主管理", None, None],
            [None, "填报值", "自评得分", "初评得分", "填报值", "自评得分", None],
        ],
        ["A1:A3", "B1:F1", "B2:D2", "E2:F2", "G1:G3"],
        [0, 1, 2, 6, 3, 4, 5],
    ),
    (
        [["单位名称", "组织建设", "民主管理", "表彰", "自评分", None], [None, None, None, None, "组织建设", "民主管理"]],
        ["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1"],
        [0, 1, 3, 5, 2, 4],
    ),
    (
        [["单位名称", "1.1 组织建设", "组织建设自评", "组织建设（初评分）", "民主管理", "民主管理(自评得分)", "表彰"]],
        [],
        [0, 1, 2, 6, 3, 4, 5],
    ),
]


@pytest.mark.parametrize(("head", "merged", "order"), HEADS, ids=["one", "three rows", "scores above", "one row"])
def test_heads_as_offices_make_them_give_the_same_scores(
    tmp_path: Path, rubric: str, run: Run, head: list[list[str | None]], merged: list[str], order: list[int]
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    values = [("一厂", 9, 10, 4, 4.5, 1, 9.5), ("二厂", 8, 8, 5, 5, 0, 8)]
    for row in [*head, *([unit[i] for i in order] for unit in values)]:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    (tmp_path / "in").mkdir()
    book.save(tmp_path / "in/a.xlsx")
    run("evaluate", str(tmp_path / "in"), "--rubric", rubric, "--out", str(tmp_path / "out"))
    found = {(r["unit"], r["criterion"]): (r["own"], r["first"], r["points"]) for r in rows(tmp_path / "out/comparison.csv")}
    wanted = {("一厂", "s.a"): ("10", "9.5" if 6 in order else "", "9.00"), ("二厂", "s.a"): ("8", "8" if 6 in order else "", "8.00")}
    wanted |= {("一厂", "s.b"): ("4.5", "", "4.00"), ("二厂", "s.b"): ("5", "", "5.00")} if 4 in order else {}
    assert found == wanted
    assert rows(tmp_path / "out/problems.csv") == []
