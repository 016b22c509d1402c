"""Long tables: one value a row, spread over the fields of its unit, each with its own place, nothing chosen in silence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from scorekit.catalogue import Catalogue, discover
from scorekit.domain.column import Why
from scorekit.domain.outputs import Outcome
from scorekit.evaluation import evaluate_path
from scorekit.explaining import explain
from scorekit.loading.request import Request
from scorekit.loading.results import load_results
from scorekit.saving import save
from tests.building import NUMBER, criterion, document, fault_of, said, section

LONG = {"unit": "单位", "item": "项目", "value": "数值"}
PANEL = {
    "type": "object", "title": "打分", "additionalProperties": {"type": ["number", "null"]},
    "x-source": {"who": "panel", "raters": ["评委1", "评委2"]},
}  # fmt: skip
SHAPE = {
    "s": section({
        "a": criterion(field={**NUMBER, "title": "会员数", "x-form": {"aliases": ["会员"]}}, no="1.1"),
        "b": criterion(field={**NUMBER, "title": "图书数", "maximum": 100}, no="1.2"),
    }, title="组织建设"),
    "marks": criterion({"panel_mean": {"drop": 0}}, field=PANEL),
}  # fmt: skip


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return discover(third_party=False)


class Round:
    """A folder of submissions under a rubric with a long table."""

    def __init__(self, folder: Path, known: Catalogue) -> None:
        self.folder, self.known = folder, known
        (folder / "in").mkdir()
        frame: dict[str, Any] = {"long": LONG}
        (folder / "rubric.json").write_text(json.dumps(document(SHAPE, **frame), ensure_ascii=False), encoding="utf-8")

    def csv(self, name: str, *lines: str) -> Round:
        (self.folder / "in" / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return self

    def outcome(self) -> Outcome:
        return evaluate_path(self.folder / "in", self.known, Request(rubric=str(self.folder / "rubric.json")))


@pytest.fixture
def round_(tmp_path: Path, known: Catalogue) -> Round:
    return Round(tmp_path, known)


def values(outcome: Outcome, path: str = "s.a") -> dict[str, Any]:
    column = outcome.submissions.columns[path]
    return {u: None if v is None else float(v) for u, v in zip(outcome.submissions.unit, column.listed(), strict=True)}


def told(outcome: Outcome, *severities: str) -> list[str]:
    return [f"{p.unit} {p.file} {p.cell}: {said(p.what)}" for p in outcome.problems if p.severity in (severities or ("error",))]


def test_a_long_csv_alone_gives_each_unit_a_row(round_: Round) -> None:
    rows = ("单位,项目,数值", "甲,会员数,9", "甲,1.2,8", "乙,会员,7", "乙,s.b,6", "甲,打分@评委1,80", "甲,评委2,90")
    outcome = round_.csv("长表.csv", *rows).outcome()
    assert (values(outcome), values(outcome, "s.b")) == ({"甲": 9, "乙": 7}, {"甲": 8, "乙": 6})
    assert [m.listed()[0] for m in outcome.submissions.columns["marks"].marks] == [80, 90]
    assert outcome.submissions.source(0, ["s.a", "s.b", "marks@评委2"]) == "长表.csv#C2; 长表.csv#C3; 长表.csv#C7"
    assert outcome.submissions.source(0, ["unit"]) == "长表.csv#A2"


def test_values_go_to_the_units_of_another_table(round_: Round, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "单位表"
    sheet.append(["单位名称", "会员数"])
    sheet.append(["甲", 9])
    sheet.append(["乙", None])
    other = book.create_sheet("指标")
    other.append(["单位", "项目", "数值", "备注"])
    other.append(["乙", "会员数", "7"])
    other.append(["甲", "图书数", 101])
    book.save(tmp_path / "in" / "all.xlsx")
    outcome = round_.outcome()
    assert (values(outcome), values(outcome, "s.b")) == ({"甲": 9, "乙": 7}, {"甲": None, "乙": None})
    assert told(outcome)[0] == "甲 all.xlsx C3: 101 is more than 100"
    assert outcome.submissions.source(1, ["s.a"]) == "all.xlsx#指标!C2"
    assert outcome.submissions.columns["s.b"].why.tolist() == [Why.INVALID, Why.MISSING]


def test_a_value_given_twice_is_used_from_neither_place(round_: Round) -> None:
    outcome = round_.csv("a.csv", "单位,项目,数值", "甲,会员数,9", "甲,会员,9", "甲,图书数,1").outcome()
    assert values(outcome) == {"甲": None}
    assert told(outcome)[0] == "甲 a.csv C3: “会员数” is given several times for this unit: a.csv#C2, a.csv#C3"
    outcome = round_.csv("b.csv", "单位名称,图书数", "甲,2").outcome()
    assert "甲 a.csv C4: “图书数” is given several times for this unit: b.csv#B2, a.csv#C4" in told(outcome)
    assert len(outcome.submissions.unit) == 1


def test_rows_that_belong_nowhere_are_reported_with_their_cells(round_: Round) -> None:
    outcome = round_.csv("a.csv", "单位,项目,数值", "甲,会员数,9", ",图书数,1", "甲,合计数,3", "甲,,3", "甲,图书数,1").outcome()
    assert sorted(told(outcome)) == [
        " a.csv A3: the row names no unit",
        "甲 a.csv B4: “合计数” is no field of the form and is not read",
        "甲 a.csv B5: “” is no field of the form and is not read",
    ]


def test_a_unit_is_explained_with_the_cells_of_the_long_table(round_: Round, tmp_path: Path, known: Catalogue) -> None:
    outcome = round_.csv("a.csv", "单位,项目,数值", "甲,会员数,9", "甲,图书数,8").outcome()
    save(outcome, known, tmp_path / "out")
    lines = explain(load_results(tmp_path / "out"), "甲", known, "zh")
    assert any("会员数 = 9 [a.csv#C2]" in line for line in lines)
    assert any("图书数 = 8 [a.csv#C3]" in line for line in lines)


def test_without_a_declared_long_table_nothing_is_spread(tmp_path: Path, known: Catalogue) -> None:
    (tmp_path / "rubric.json").write_text(json.dumps(document(SHAPE), ensure_ascii=False), encoding="utf-8")
    (tmp_path / "a.csv").write_text("单位名称,会员数,项目,数值\n甲,9,图书数,1\n", encoding="utf-8")
    assert values(evaluate_path(tmp_path / "a.csv", known, Request(rubric=str(tmp_path / "rubric.json"))), "s.b") == {"甲": None}


def test_a_unit_must_be_named_by_as_many_headings_as_it_has_names() -> None:
    found = fault_of({"a": criterion()}, long={**LONG, "unit": ["县", "单位"]})
    assert (said(found.what), found.where) == ("a unit is known by 1 fields: unit", "rubric.json#/x-rubric/long/unit")


def test_a_list_of_records_in_a_file_of_its_own_takes_none_of_the_values(tmp_path: Path, known: Catalogue) -> None:
    """The list names the unit, too, yet it is no row of the unit: the unit keeps a row of its own."""
    records = {"type": "array", "title": "荣誉", "items": {"type": "object", "properties": {"name": {"type": "string", "title": "奖项"}}}}
    shape = {**SHAPE, "honours": criterion({"count": {"of": "count(honours)", "each": 1}}, field=records, no="2")}
    round_ = Round(tmp_path, known)
    (tmp_path / "rubric.json").write_text(json.dumps(document(shape, long=LONG), ensure_ascii=False), encoding="utf-8")
    outcome = (
        round_.csv("荣誉.csv", "unit,奖项", "甲,安康杯", "甲,先锋号").csv("长表.csv", "单位,项目,数值", "甲,1.1,3", "甲,1.2,4").outcome()
    )
    assert [(p.unit, said(p.what)) for p in outcome.problems if p.severity == "error"] == []
    assert outcome.standings.unit == ("甲",)


def test_what_a_panel_is_given_twice_is_named_with_its_rater(round_: Round) -> None:
    outcome = round_.csv("a.csv", "单位,项目,数值", "甲,评委1,9", "甲,打分@评委1,8").outcome()
    assert told(outcome)[0] == "甲 a.csv C3: “打分@评委1” is given several times for this unit: a.csv#C2, a.csv#C3"


def test_a_blank_among_long_rows_is_told_with_its_cell_alone_and_a_lacking_row_with_its_unit(round_: Round) -> None:
    rows = ("单位,项目,数值", "甲,会员数,", "甲,图书数,8", "甲,评委1,9", "乙,会员数,7", "乙,评委1,9", "丙,会员数,6", "丙,评委1,9")
    found = [t for t in told(round_.csv("长表.csv", *rows).outcome(), "warning") if "empty" in t]
    assert found == [
        "甲 长表.csv C2: “会员数” is empty; “1.1 会员数” counts 0",
        "乙 长表.csv : “图书数” is empty; “1.2 图书数” counts 0",
        "丙 长表.csv : “图书数” is empty; “1.2 图书数” counts 0",
    ]


def test_a_column_that_a_plain_sheet_lacks_is_told_once(round_: Round) -> None:
    found = [t for t in told(round_.csv("a.csv", "单位名称,会员数,评委1", "甲,1,9", "乙,2,9").outcome(), "warning") if "empty" in t]
    assert found == [" a.csv : “图书数” is empty; “1.2 图书数” counts 0"]


@pytest.mark.parametrize(("head", "rows", "read"), [
    ("单位名称", ["甲,经费（万元）,3"], 30000),
    ("单位名称,经费（万元）", ["甲,经费,3"], 3),
    ("单位名称,经费（万元）", ["甲,经费（千元）,3"], 3000),
])  # fmt: skip
def test_a_value_keeps_the_unit_that_its_item_or_column_names(
    tmp_path: Path, known: Catalogue, head: str, rows: list[str], read: int
) -> None:
    round_ = Round(tmp_path, known)
    shape = {"a": criterion(field={**NUMBER, "title": "经费", "x-unit": "元"})}
    (tmp_path / "rubric.json").write_text(json.dumps(document(shape, long=LONG), ensure_ascii=False), encoding="utf-8")
    round_.csv("表.csv", head, "甲" + "," * head.count(",")).csv("长表.csv", "单位,项目,数值", *rows)
    assert values(round_.outcome(), "a") == {"甲": read}
