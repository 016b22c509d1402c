"""Progress: who has sent what, and what is missing, by source."""

from __future__ import annotations

from pathlib import Path

from scorekit.domain.progress import Progress, progress
from tests.building import NUMBER, criterion
from tests.desk import PANEL, Desk

MARKS = ",".join(f"现场评分@评委{n}" for n in (1, 2))


def desk(folder: Path) -> Desk:
    found = Desk(folder).csv("自评.csv", "单位名称,会员数,图书数", "甲,9,8", "乙,many,7", "外来,1,1", "甲二,1,1")
    found.csv("甲二.csv", "单位名称,会员数,图书数", "甲二,2,2").csv("部门.csv", "单位名称,安全得分,经费得分", "甲,4,4", "乙,3,", "丙,1,1")
    found.csv("评分.csv", f"单位名称,{MARKS}", "甲,6,6", "乙,6,").csv("测评.csv", "单位名称,满意度测评@满意", "甲,10")
    return found.listed(("甲", "企业", "东"), ("乙", "机关", "西"), ("丙", "企业"), ("丁", "机关"), ("甲二", "企业"))


def test_each_unit_has_a_row_with_what_was_sent_and_what_is_missing(tmp_path: Path) -> None:
    outcome = desk(tmp_path).checked()
    found = progress(outcome, outcome.register)
    rows = {u: i for i, u in enumerate(found.unit)}
    assert set(rows) == {"甲", "乙", "丙", "丁", "外来", "甲二"}
    assert {u for u, i in rows.items() if not found.sent[i]} == {"丙", "丁"}
    assert [u for u, i in rows.items() if found.unknown[i]] == ["外来"]
    assert [u for u, i in rows.items() if found.twice[i]] == ["甲二"]
    assert (found.category[rows["丁"]], found.area[rows["甲"]], found.file[rows["甲"]]) == ("机关", "东", "自评.csv")
    assert found.errors[rows["乙"]] == 1
    given = {s.name: {u: (int(s.given[i]), int(s.asked[i])) for u, i in rows.items()} for s in found.sources}
    assert given[""]["甲"] == (2, 3)
    assert given["评委2"]["甲"] == (1, 1)
    assert given["评委2"]["乙"] == (0, 1)
    assert given["满意度测评"]["甲"] == (1, 1)
    assert not next(s for s in found.sources if s.name == "评委7").given.any()


def test_without_a_register_all_that_was_sent_is_there(tmp_path: Path) -> None:
    outcome = Desk(tmp_path).csv("自评.csv", "单位名称,类别,会员数", "甲,企业,9").checked()
    found = progress(outcome, None)
    assert (list(found.unit), found.sent.tolist(), found.unknown.tolist()) == (["甲"], [True], [False])


def owing(found: Progress) -> dict[str, dict[str, int]]:
    return {s.name: dict(zip(found.unit, s.asked.tolist(), strict=True)) for s in found.sources}


def test_nothing_is_owed_for_what_is_not_for_the_unit(tmp_path: Path) -> None:
    office = {**NUMBER, "title": "安全得分", "x-source": "office"}
    shape = {
        "staff": {**NUMBER, "title": "职工数"},
        "safety": criterion(field=office, only_for="category == '企业'"),
        "funds": criterion(field={**office, "title": "经费得分"}, not_applicable_if="staff < 25"),
        "marks": criterion({"panel_mean": {}}, field=PANEL, only_for="category == '企业'"),
    }
    here = (
        Desk(tmp_path, shape)
        .csv("自评.csv", "单位名称,职工数", "甲,30", "乙,10", "丙,")
        .csv("部门.csv", "单位名称,经费得分", "甲,5", "乙,5")
    )
    checked = here.listed(("甲", "企业"), ("乙", "机关"), ("丙", "企业"), ("丁", "机关"), ("戊", "企业")).checked()
    found = progress(checked, checked.register)
    assert owing(found)[""] == {"甲": 2, "乙": 0, "丙": 2, "丁": 1, "戊": 2}
    assert owing(found)["评委1"] == {"甲": 1, "乙": 0, "丙": 1, "丁": 0, "戊": 1}
    office_ = found.sources[0]
    assert dict(zip(found.unit, office_.given.tolist(), strict=True)) == {"甲": 1, "乙": 0, "丙": 0, "丁": 0, "戊": 0}


def test_a_rater_owes_no_mark_to_his_own_unit(tmp_path: Path) -> None:
    here = desk(tmp_path).listed(("甲", "企业"), ("乙", "机关"), 评委=[["评委", "所在单位"], ["评委2", "乙"]])
    checked = here.checked()
    asked = owing(progress(checked, checked.register))
    assert (asked["评委2"]["乙"], asked["评委1"]["乙"], asked["评委2"]["甲"]) == (0, 1, 1)
