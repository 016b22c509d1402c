"""A new rubric loads, evaluates, and says what is left to be done."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import scorekit
from scorekit.domain.documents import pretty
from scorekit.drafting.clauses import Clause
from scorekit.drafting.sheets import Part
from scorekit.drafting.skeleton import document, sketched, todo
from tests.building import said
from tests.drafting import test_counted, test_judged, test_measured

TABLES = (test_measured.WORDINGS, test_counted.WORDINGS, test_judged.WORDINGS)


def evaluated(folder: Path, made: dict[str, Any], unit: dict[str, Any]) -> dict[str, Any]:
    (folder / "rubric.json").write_bytes(pretty(made))
    (folder / "甲.json").write_text(json.dumps({"unit": "甲", **unit}, ensure_ascii=False), encoding="utf-8")
    [(_, row)] = scorekit.evaluate(folder / "甲.json", folder / "rubric.json").standings.iterrows()
    return dict(row)


def test_a_skeleton_from_options_evaluates(tmp_path: Path) -> None:
    parts = sketched([("组织建设", Decimal(40)), ("活动", Decimal(60))], said)
    made = document("new", "新标准", parts, said, ["企业", "机关"], [("模范", Decimal(90)), ("合格", Decimal(60))])
    assert todo(made) == 2
    assert [s["at_least"] for s in made["x-rubric"]["levels"]] == [90, 60]
    fields = {s: dict.fromkeys(made["properties"][s]["properties"], 30) for s in ("组织建设", "活动")}
    row = evaluated(tmp_path, made, {"category": "企业", **fields})
    assert (row["total"], row["level"]) == (60, "合格")


def test_without_options_there_is_one_section() -> None:
    [part] = sketched([], said)
    assert (part.title, part.points) == ("考核内容", 100)


def test_a_drafted_table_scores_as_its_wordings_mean(tmp_path: Path) -> None:
    clauses = (
        Clause("入会率", Decimal(20), "入会率达到90%，每少2%扣0.5分，扣完为止"),
        Clause("民主管理会", Decimal(10), "每召开一次得2.5分，最多10分"),
        Clause("台账", Decimal(10), "A级100%，B级80%，C级60%"),
        Clause("满意率", Decimal(20), "90%以上得20分，80%-90%得15分，80%以下得5分"),
        Clause("活动场所", Decimal(10), "没有阵地不得分；缺一项扣2分，扣完为止"),
    )
    made = document("new", "新标准", [Part("建设", Decimal(70), clauses)], said)
    given = {"入会率": 85, "民主管理会": 3, "台账": "B", "满意率": 89.9, "有阵地": True, "缺项数": 2}
    assert evaluated(tmp_path, made, {"建设": given})["total"] == 19 + 7.5 + 8 + 15 + 6
    assert todo(made) == 0


@pytest.mark.parametrize(("wording", "points"), [(w, p) for table in TABLES for w, p, _, _ in table])
def test_every_wording_drafts_a_rubric_that_loads_and_evaluates(tmp_path: Path, wording: str, points: int | None) -> None:
    clause = Clause("某项工作", None if points is None else Decimal(points), wording, "1")
    made = document("new", "新标准", [Part("某节", None, (clause,))], said)
    assert evaluated(tmp_path, made, {})["status"] in ("ranked", "incomplete", "not awarded", "not ranked")


def test_clauses_are_numbered_by_section_unless_they_bear_numbers_with_parts() -> None:
    parts = [Part("甲", None, (Clause("一", Decimal(1), "达标得1分", "7"), Clause("二", Decimal(1), "达标得1分", "1.9")))]
    inside = document("new", "新", parts, said)["properties"]["甲"]["properties"]
    assert [n["x-criterion"]["no"] for n in inside.values()] == ["1.1", "1.9"]


def made_of(*parts: Part) -> dict[str, Any]:
    return document("new", "新标准", parts, said)


def test_sections_with_weights_that_come_to_the_whole_are_weighed() -> None:
    rows = (Clause("甲", Decimal(100), "达标得100分"),)
    made = made_of(Part("理论", None, rows, Decimal(30)), Part("实操", None, rows, Decimal(70)))
    assert made["x-rubric"]["total"] == {"aggregate": "weighted-sum"}
    assert [made["properties"][s]["x-criterion"]["weight"] for s in ("理论", "实操")] == [Decimal("0.3"), Decimal("0.7")]
    assert todo(made_of(Part("理论", None, rows, Decimal(30)), Part("实操", None, rows))) == 1


def test_a_section_of_bonuses_has_a_limit_not_full_marks(tmp_path: Path) -> None:
    rows = (Clause("批示", Decimal(6), "每件加2分", kind="bonus"), Clause("现场会", Decimal(6), "每次加3分", kind="bonus"))
    made = made_of(Part("日常", Decimal(10), (Clause("台账", Decimal(10), "达标得10分"),)), Part("加分", Decimal(8), rows))
    assert made["properties"]["加分"]["x-criterion"] == {"no": "2", "bonus_cap": 8}
    given = {"日常": {"台账": True}, "加分": {"批示": 3, "现场会": 2}}
    assert evaluated(tmp_path, made, given)["total"] == 18


def test_levels_that_the_table_states_are_the_levels(tmp_path: Path) -> None:
    rows = (Clause("台账", Decimal(100), "A级100%，B级80%，C级50%"),)
    lines = (Clause("等次划分", None, "90分以上为优秀，70分以上为合格，70分以下为不合格"),)
    made = made_of(Part("日常", None, rows), Part("等次", None, lines))
    assert list(made["properties"]) == ["unit", "日常"]
    assert evaluated(tmp_path, made, {"日常": {"台账": "B"}})["level"] == "合格"
    assert evaluated(tmp_path, made, {"日常": {"台账": "C"}})["level"] == "不合格"


def test_remarks_are_left_to_the_author_and_ask_for_no_field(tmp_path: Path) -> None:
    rows = (Clause("并列", None, "总成绩相同的，以用时少者排名在前"),)
    made = made_of(Part("日常", None, (Clause("台账", Decimal(10), "达标得10分"),)), Part("同分", None, rows))
    assert list(made["properties"]) == ["unit", "日常"]
    assert todo(made) == 1
    assert evaluated(tmp_path, made, {"日常": {"台账": True}})["total"] == 10
