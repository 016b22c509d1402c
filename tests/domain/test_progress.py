"""Progress: who has sent what, and what is missing, by source."""

from __future__ import annotations

from pathlib import Path

from scorekit.domain.progress import progress
from tests.desk import Desk

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
    given = {s.name: {u: (int(s.given[i]), s.asked) for u, i in rows.items()} for s in found.sources}
    assert given[""]["甲"] == (2, 3)
    assert given["评委2"]["甲"] == (1, 1)
    assert given["评委2"]["乙"] == (0, 1)
    assert given["满意度测评"]["甲"] == (1, 1)
    assert not next(s for s in found.sources if s.name == "评委7").given.any()


def test_without_a_register_all_that_was_sent_is_there(tmp_path: Path) -> None:
    outcome = Desk(tmp_path).csv("自评.csv", "单位名称,类别,会员数", "甲,企业,9").checked()
    found = progress(outcome, None)
    assert (list(found.unit), found.sent.tolist(), found.unknown.tolist()) == (["甲"], [True], [False])
