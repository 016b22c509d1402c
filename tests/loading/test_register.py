"""The register: which units there are, of which category, read as any table is; what is wrong in it stops the run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from scorekit.errors import InputError
from scorekit.loading.request import Request
from tests.building import NUMBER, TEXT, criterion, document, said
from tests.desk import Desk, known, problems, standing

HEAD = "单位名称,类别,会员数,图书数"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path).csv("自评.csv", HEAD, "甲,企业,9,8", "乙,企业,7,7")


def test_the_category_is_that_of_the_register_and_another_is_reported_with_both_places(desk: Desk) -> None:
    found = desk.listed(("甲", "企业"), ("乙", "机关")).outcome()
    assert standing(found) == {"甲": ("企业", "ranked", 1, "17"), "乙": ("机关", "ranked", 1, "14")}
    told = [p for p in problems(found, "warning") if "类别" in p]
    assert told == [
        "warning 乙| 自评.csv B3| “类别” is “企业” in the submission and “机关” in the register (名册.xlsx#名册!B3), which counts"
    ]


def test_a_submission_need_not_give_its_category(desk: Desk) -> None:
    desk.csv("自评.csv", "单位名称,会员数,图书数", "甲,9,8", "乙,7,7")
    found = desk.listed(("乙", "机关"), ("甲", "企业")).outcome()
    assert {u: c for u, (c, *_) in standing(found).items()} == {"甲": "企业", "乙": "机关"}
    assert not [p for p in problems(found, "error", "warning") if "类别" in p]
    assert found.submissions.source(0, ("category",)) == "名册.xlsx#名册!B3"


@pytest.mark.parametrize("written", ["甲 ", "（甲）"])
def test_names_are_compared_folded(tmp_path: Path, written: str) -> None:
    desk = Desk(tmp_path).csv("自评.csv", HEAD, "甲,企业,9,8", "(甲),企业,7,7")
    found = desk.listed((written, "机关")).outcome()
    ranked = [u for u, (c, s, *_) in standing(found).items() if s == "ranked"]
    assert len(ranked) == 1


@pytest.mark.parametrize("name", ["名册.csv", "名册.json", "名册.xlsx"])
def test_a_register_is_read_by_any_reader(desk: Desk, name: str) -> None:
    path = desk.folder / name
    if name.endswith("csv"):
        path.write_text("单位名称,类别,联系人\n甲,企业,x\n丙,机关,y\n", encoding="utf-8")
    elif name.endswith("json"):
        rows = [{"单位名称": "甲", "类别": "企业"}, {"单位名称": "丙", "类别": "机关"}]
        path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    else:
        desk.book(name, 说明=[["本年度名册"]], 名册=[["单位名称", "类别"], ["甲", "企业"], ["丙", "机关"]])
    desk.register = path
    found = desk.outcome()
    assert {u: s for u, (_, s, *_) in standing(found).items()} == {"甲": "ranked", "乙": "not ranked", "丙": "incomplete"}
    assert found.run["register"] == {"file": name, "units": 2, "not_sent": 1, "unknown": 1}
    assert list(found.run["inputs"]) == [name]


def test_a_register_in_the_folder_is_named_by_the_settings_and_is_no_submission(desk: Desk) -> None:
    (desk.folder / "in" / "名册.csv").write_text("单位名称,类别\n甲,企业\n乙,机关\n", encoding="utf-8")
    (desk.folder / "in" / "scorekit.toml").write_text('register = "名册.csv"\n', encoding="utf-8")
    found = desk.outcome()
    assert standing(found) == {"甲": ("企业", "ranked", 1, "17"), "乙": ("机关", "ranked", 1, "14")}


@pytest.mark.parametrize(
    ("rows", "what", "where"),
    [
        ([("甲", "企业"), ("乙", "机关"), ("甲 ", "机关")], "several lines for “甲”: 名册.xlsx#名册!A2, 名册.xlsx#名册!A4", "名册.xlsx"),
        ([("甲", "企业"), ("乙", "机 构")], "“机 构” is none of the values", "名册.xlsx 名册 B3"),
        ([("甲", "企业"), ("乙", "")], "the unit has no category: “类别” is empty", "名册.xlsx 名册 B3"),
        ([("甲", "企业"), ("", "机关")], "the unit has no name: “单位名称” is empty", "名册.xlsx 名册 A3"),
    ],
)
def test_what_is_wrong_in_the_register_stops_the_run_at_its_cell(desk: Desk, rows: list[tuple[str, str]], what: str, where: str) -> None:
    with pytest.raises(InputError) as caught:
        desk.listed(*rows).outcome()
    assert what in said(caught.value.what)
    assert caught.value.where == where


@pytest.mark.parametrize(
    ("head", "what"),
    [("单位名称,联系人", "the register has no column “类别”"), ("序,联系人", ""), ("会员数,图书数", "")],
)
def test_a_register_without_its_columns_is_refused(desk: Desk, head: str, what: str) -> None:
    desk.register = desk.folder / "名册.csv"
    desk.register.write_text(f"{head}\n甲,乙\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        desk.outcome()
    assert what in said(caught.value.what)


@pytest.mark.parametrize("name", ["没有.xlsx", "名册.docx"])
def test_a_register_that_is_not_there_or_that_nobody_reads_is_refused(desk: Desk, name: str) -> None:
    desk.register = desk.folder / name
    if name.endswith("docx"):
        desk.register.write_bytes(b"")
    with pytest.raises(InputError):
        desk.outcome()


def test_a_key_of_several_fields_is_looked_for_in_as_many_columns(tmp_path: Path) -> None:
    shape = {"code": {**TEXT, "title": "代号"}, "a": criterion(field={**NUMBER, "title": "得分"})}
    desk = Desk(tmp_path)
    found = document(shape, categories=("企业", "机关"), unit=["unit", "code"])
    desk.rubric.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    desk.csv("自评.csv", "单位名称,代号,得分", "甲,1,9", "甲,2,8")
    desk.book("名册.xlsx", 表=[["代号", "单位名称", "类别"], ["2", "甲", "机关"], ["1", "甲", "企业"]])
    desk.register = desk.folder / "名册.xlsx"
    assert {u: c for u, (c, *_) in standing(desk.outcome()).items()} == {"甲 / 1": "企业", "甲 / 2": "机关"}


def test_without_a_register_nothing_is_changed(desk: Desk) -> None:
    found = desk.outcome()
    assert standing(found) == {"甲": ("企业", "ranked", 1, "17"), "乙": ("企业", "ranked", 2, "14")}
    assert "register" not in found.run
    assert Request().register is None
    assert known().readers


def test_the_rubrics_own_words_count_before_the_standard_ones_and_two_columns_for_one_field_are_refused(desk: Desk) -> None:
    shape = json.loads(desk.rubric.read_text(encoding="utf-8"))
    shape["properties"]["category"] = {**shape["properties"]["category"], "title": "单位性质", "x-form": {"aliases": ["性质"]}}
    desk.rubric.write_text(json.dumps(shape, ensure_ascii=False), encoding="utf-8")
    desk.csv("自评.csv", "单位名称,会员数,图书数", "甲,9,8")
    desk.register = desk.book("名册.xlsx", 名册=[["单位名称", "类别", "单位性质"], ["甲", "企业", "机关"]])
    assert standing(desk.outcome())["甲"][0] == "机关"
    desk.register = desk.book("名册.xlsx", 名册=[["单位名称", "性质", "单位性质"], ["甲", "企业", "机关"]])
    with pytest.raises(InputError) as caught:
        desk.outcome()
    assert said(caught.value.what) == "several columns fill the field “单位性质”: 性质, 单位性质"


def test_what_was_left_out_of_the_register_is_listed(desk: Desk) -> None:
    path = desk.book(
        "名册.xlsx",
        名册=[["单位名称", "类别"], ["甲", "企业"], ["乙", "企业"], ["共计", "企业"]],
        旧=[["单位名称", "类别"], ["丙", "企业"]],
    )
    book = load_workbook(path)
    book["旧"].sheet_state = "hidden"
    book.save(path)
    desk.register = path
    for found in (desk.outcome(), desk.checked()):
        told = problems(found, "warning", "repair")
        assert "warning | 名册.xlsx| hidden sheets are not read: 旧" in told
        assert "repair | 名册.xlsx 名册 A4| the row “共计” is a total and no unit; it is left out" in told


def test_a_rater_or_unit_by_which_no_mark_can_be_set_aside_is_told(desk: Desk) -> None:
    raters = [["评委", "所在单位"], ["评委１", "甲"], ["评委9", "甲"], ["评委2", "甲工会"], ["评委3", "市总工会"]]
    found = desk.listed(("甲工 会", "企业"), ("乙", "企业"), 评委=raters).outcome()
    assert [p for p in problems(found, "warning") if "set aside" in p] == [
        "warning | 名册.xlsx 评委 B3| no panel has the rater “评委9”; no mark is set aside",
    ]
    found = desk.listed(("甲厂工会", "企业"), 评委=[["评委", "所在单位"], ["评委1", "甲厂"]]).outcome()
    told = [p for p in problems(found, "warning") if "set aside" in p]
    assert told == ["warning | 名册.xlsx 评委 B2| the unit “甲厂” of the rater 评委1 is not in the register; no mark is set aside"]


@pytest.mark.parametrize("different", [2, 30])
def test_however_many_categories_are_written_each_row_with_another_is_told_in_its_order(tmp_path: Path, different: int) -> None:
    rows = [f"单位{i},{'企业' if i % 3 else f'类{i % different}'},9,8" for i in range(60)]
    found = Desk(tmp_path).csv("自评.csv", HEAD, *rows).listed(*((f"单位{i}", "企业") for i in range(59))).outcome()
    assert {c for u, (c, *_) in standing(found).items() if u != "单位59"} == {"企业"}
    told = [p.split("|")[1].split(" “")[0] for p in problems(found, "warning") if "which counts" in p]
    assert told == [f" 自评.csv B{i + 2}" for i in range(0, 59, 3)]


def test_a_cell_that_is_a_list_gives_way_to_the_category_of_the_register(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    own = {"单位名称": "甲", "类别": ["企业", "机关"], "会员数": 9, "图书数": 8}
    (desk.folder / "in" / "甲.json").write_text(json.dumps(own, ensure_ascii=False), encoding="utf-8")
    assert standing(desk.listed(("甲", "机关")).outcome())["甲"][0] == "机关"
