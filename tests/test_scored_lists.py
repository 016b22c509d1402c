"""Shapes of assessment whose records are scored: the same figures from JSON, a workbook and CSV files, checked by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from scorekit.catalogue import Catalogue, discover
from scorekit.evaluation import evaluate_path
from scorekit.explaining import explain
from scorekit.loading.request import Request
from scorekit.loading.results import load_results
from scorekit.saving import save

NUMBER = {"type": "number"}
JUDGES = [f"裁判{i}" for i in range(1, 8)]
MARKS = {
    "type": "object",
    "title": "裁判打分",
    "x-source": {"who": "panel", "raters": JUDGES},
    "additionalProperties": {"type": ["number", "null"], "minimum": 0, "maximum": 10},
}
OURS = {"reading": "示例", "start": "empty"}


def listed(title: str, items: dict[str, Any], rule: dict[str, Any], own: dict[str, Any] | None = None, **spec: Any) -> dict[str, Any]:
    inner = {"type": "object", "properties": items, **({"x-criterion": own} if own else {})}
    return {
        "type": "array",
        "title": title,
        "items": inner,
        "x-criterion": {"title": f"{title}分", **OURS, "rule": {"records": rule}, **spec},
    }


# Diving: of seven judges the two highest and the two lowest marks go, the mean of the rest times three times the difficulty.
EXECUTION = {"title": "完成分", "x-criterion": {"points": 30, "rule": {"mark": {"of": "trimmed(marks, 2) * 3"}}, "reading": "示例"}}
DIVES = listed(
    "各轮动作",
    {"difficulty": {**NUMBER, "title": "难度系数"}, "marks": MARKS, "execution": EXECUTION},
    {},
    {"multiplier": "difficulty", "multiplied_rounding": {"decimals": 2}},
    points=500,
)
# Honours: each award once, by its highest price; level and kind are looked up.
HONOURS = listed(
    "荣誉",
    {n: {"type": "string", "title": t} for n, t in (("award", "奖项"), ("level", "级别"), ("kind", "类别"))},
    {"value": "lookup(prices, level, kind)", "matter": "award"},
    points=20,
)
PRICES = {
    "prices": {
        "title": "奖项分值",
        "keys": ["级别", "类别"],
        "rows": [["国家级", "综合", 5], ["国家级", "单项", 3], ["省级", "综合", 3], ["省级", "单项", 2]],
    }
}
# Papers: shared equally among their authors, six points at most.
PAPERS = listed(
    "论文",
    {"price": {**NUMBER, "title": "分值"}, "authors": {"type": "integer", "title": "署名人数"}},
    {"value": "price / authors"},
    points=6,
)
# Accidents: only the heaviest takes anything off.
ACCIDENTS = listed(
    "事故",
    {"grade": {"type": "string", "title": "等级"}, "lost": {**NUMBER, "title": "扣分"}},
    {"value": "0 - lost", "only": "worst-deduction"},
    kind="deduction",
    points=30,
)

GIVEN: dict[str, tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any], str, list[str]]] = {
    "diving": (
        DIVES,
        [
            {"difficulty": 3, "marks": dict(zip(JUDGES, [8, 8.5, 7, 9, 8, 7.5, 6.5], strict=True))},  # 8 + 8 + 7.5 = 23.5 × 3
            {"difficulty": "2.8", "marks": dict(zip(JUDGES, [5, 5, 5, 5, 5, 10, 0], strict=True))},  # 15 × 2.8
        ],
        {},
        "112.50",
        ["完成分 23.5", "its own points 70.5", "its own points 42", "counts"],
    ),
    "honours": (
        HONOURS,
        [
            {"award": "劳动奖", "level": "省级", "kind": "综合"},
            {"award": "劳动奖", "level": "国家级", "kind": "综合"},
            {"award": "创新奖", "level": "省级", "kind": "单项"},
        ],
        {"tables": PRICES},
        "7.00",
        ["gives 3; does not count: another of the same matter counts", "gives 5; counts", "gives 2; counts"],
    ),
    "papers": (
        PAPERS,
        [{"price": 9, "authors": 3}, {"price": 5, "authors": 2}, {"price": 3, "authors": 1}],
        {},
        "6.00",
        ["gives 3; counts", "gives 2.5; counts"],
    ),
    "accidents": (
        ACCIDENTS,
        [{"grade": "一般", "lost": 5}, {"grade": "较大", "lost": 20}],
        {},
        "-20.00",
        ["gives -5; does not count: a heavier deduction counts", "gives -20; counts"],
    ),
}


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return discover(third_party=False)


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    found = {k: float(v) if k == "difficulty" else v for k, v in record.items() if k != "marks"}
    return {**found, **{f"marks@{judge}": mark for judge, mark in record.get("marks", {}).items()}}


def _write(folder: Path, form: str, title: str, given: list[dict[str, Any]]) -> None:
    folder.mkdir()
    if form == "json":
        records = [{k: float(v) if k == "difficulty" else v for k, v in r.items()} for r in given]
        (folder / "a.json").write_text(json.dumps({"unit": "甲", "n": 1, "r": records}, ensure_ascii=False), encoding="utf-8")
        return
    rows = [_flat(r) for r in given]
    tables = {"units": [["单位名称", "n"], ["甲", 1]], title: [["单位名称", *rows[0]], *(["甲", *r.values()] for r in rows)]}
    if form == "xlsx":
        book = Workbook()
        book.remove(book.worksheets[0])
        for name, lines in tables.items():
            sheet = book.create_sheet(name)
            for line in lines:
                sheet.append(line)
        book.save(folder / "a.xlsx")
        return
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("".join(",".join(map(str, line)) + "\n" for line in lines), encoding="utf-8")


@pytest.mark.parametrize("form", ["json", "xlsx", "csv"])
@pytest.mark.parametrize("name", sorted(GIVEN))
def test_the_figures_and_the_telling_are_the_same_whatever_the_records_came_in(
    tmp_path: Path, known: Catalogue, name: str, form: str
) -> None:
    node, given, frame, figure, lines = GIVEN[name]
    rubric = {
        "type": "object",
        "title": "记录",
        "properties": {
            "unit": {"type": "string", "title": "单位名称"},
            "n": {**NUMBER, "title": "n", "x-criterion": {"points": 100, "rule": {"points": {}}, "reading": "示例"}},
            "r": node,
        },
        "x-rubric": {"language": 1, "id": "records", "version": "1", "total": {"floor": None}, **frame},
    }
    rubric["properties"]["n"].pop("x-criterion")
    (tmp_path / "rubric.json").write_text(json.dumps(rubric, ensure_ascii=False), encoding="utf-8")
    _write(tmp_path / "in", form, node["title"], given)
    outcome = evaluate_path(tmp_path / "in", known, Request(rubric=str(tmp_path / "rubric.json")))
    assert [str(p.what) for p in outcome.problems if p.severity == "error"] == []
    save(outcome, known, tmp_path / "out")
    told = list(explain(load_results(tmp_path / "out"), "甲", known, "en"))
    assert any(f"{node['title']}分" in line and figure.lstrip("-") in line for line in told), told
    for text in lines:
        assert any(text in line for line in told), (text, told)
