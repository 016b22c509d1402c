"""Enrolling: who sent nothing has a row without figures, who is not in the register keeps points and counts for nobody."""

from __future__ import annotations

from pathlib import Path

from scorekit.cli.summary import summary
from scorekit.explaining import explain
from scorekit.loading.results import load_results
from scorekit.saving import save
from tests.building import NUMBER, criterion, points, why
from tests.desk import Desk, problems, standing

HEAD = "单位名称,类别,会员数,图书数"
NOT_SENT = "not sent: the register names the unit, and its own submission is not there"
UNKNOWN = "not in the register: the unit keeps its points and holds no place"


def round_of(folder: Path) -> Desk:
    desk = Desk(folder).csv("自评.csv", HEAD, "甲厂工会,企业,9,8", "乙所工会,机关,7,7", "丁厂工会,机关,10,10")
    return desk.listed(("甲厂工会", "企业"), ("乙所工会", "机关"), ("丙厂工会", "企业"), ("丁长工会", "机关"))


def test_who_has_not_sent_has_a_row_without_figures_and_is_named(tmp_path: Path) -> None:
    found = round_of(tmp_path).outcome()
    assert standing(found)["丙厂工会"] == ("企业", "incomplete", 0, "")
    row = list(found.standings.unit).index("丙厂工会")
    assert why(found, row) == [NOT_SENT]
    assert {p: list(points(found, p))[row] for p in found.sheet.points} == dict.fromkeys(found.sheet.points)
    assert "warning | 名册.xlsx| 2 units of the register have not sent their submission: 丁长工会, 丙厂工会" in problems(found)
    assert not [p for p in problems(found) if p.split("|")[0].endswith("丙厂工会")]


def test_who_is_not_in_the_register_keeps_points_and_has_no_place(tmp_path: Path) -> None:
    found = round_of(tmp_path).outcome()
    assert standing(found)["丁厂工会"] == ("机关", "not ranked", 0, "20")
    assert standing(found)["乙所工会"] == ("机关", "ranked", 1, "14")
    assert why(found, list(found.standings.unit).index("丁厂工会")) == [UNKNOWN]
    assert "error 丁厂工会| 自评.csv A4| “丁厂工会” is not in the register 名册.xlsx" in problems(found)
    near = next(p.cure for p in found.problems if p.unit == "丁厂工会" and p.severity == "error")
    assert "丁长工会" in near.params["names"]


def test_who_is_not_in_the_register_counts_for_nobody_else(tmp_path: Path) -> None:
    shape = {"own": criterion({"to_best": {}}, field={**NUMBER, "title": "会员数"})}
    desk = Desk(tmp_path, shape)
    desk.csv("自评.csv", "单位名称,会员数", "甲,5", "乙,4", "外来,10")
    desk.listed(("甲", "企业"), ("乙", "企业"))
    found = desk.outcome()
    whole = dict(zip(found.standings.unit, points(found, "own"), strict=True))
    assert (whole["甲"], whole["乙"], whole["外来"]) == (10, 8, None)


def test_reasons_one_by_one_are_those_of_many_at_once(tmp_path: Path) -> None:
    desk = round_of(tmp_path)
    found = desk.outcome()
    save(found, desk.catalogue, tmp_path / "out")
    rows = {r["unit"]: r for r in load_results(tmp_path / "out").standings}
    assert rows["丙厂工会"]["reasons"] == "未报送：名册里有这个单位，没有收到它的申报材料"
    assert rows["丁厂工会"]["reasons"] == "不在名册：得分保留，不参加排名"
    assert (rows["丙厂工会"]["status"], rows["丙厂工会"]["rank"], rows["丙厂工会"]["total"]) == ("incomplete", "", "")


def test_a_run_says_how_many_have_not_sent_and_a_unit_is_explained_as_it_stands(tmp_path: Path) -> None:
    desk = round_of(tmp_path)
    found = desk.outcome()
    save(found, desk.catalogue, tmp_path / "out")
    told = summary(found, [], tmp_path, "zh")
    assert "名册 名册.xlsx：4 个单位，未报送 2 个，不在名册 1 个" in told
    lines = explain(load_results(tmp_path / "out"), "丙厂工会", desk.catalogue, "zh")
    assert "说明：未报送：名册里有这个单位，没有收到它的申报材料" in lines
    assert not any(line.startswith("注意") for line in lines)


def test_checking_names_them_too(tmp_path: Path) -> None:
    found = round_of(tmp_path).checked()
    assert any("have not sent" in p for p in problems(found))
    assert any("is not in the register" in p for p in problems(found))
    assert len(found.submissions) == 3


def test_with_all_units_there_the_register_changes_no_figure(tmp_path: Path) -> None:
    desk = round_of(tmp_path)
    desk.listed(("甲厂工会", "企业"), ("乙所工会", "机关"), ("丁厂工会", "机关"))
    found = standing(desk.outcome())
    desk.register = None
    assert standing(desk.outcome()) == found
