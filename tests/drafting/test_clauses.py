"""A clause becomes a criterion with its fields; what it leaves open stands in x-todo."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from scorekit.drafting.clauses import Clause, Namer, drafted, scores
from tests.building import said


def nodes(content: str, points: int | None, method: str, **more: str) -> dict[str, Any]:
    return drafted(Clause(content, None if points is None else Decimal(points), method, **more), Namer(), said)


def test_a_rule_of_one_field_stands_beside_it() -> None:
    found = nodes("入会率达到90%以上", 20, "入会率达到90%，每少2%扣0.5分，扣完为止", no="1.1")
    assert list(found) == ["入会率"]
    assert found["入会率"]["x-unit"] == "percent"
    assert found["入会率"]["x-criterion"] == {
        "no": "1.1",
        "points": 20,
        "rule": {"shortfall": {"target": Decimal("0.9"), "step": Decimal("0.02"), "deduct": Decimal("0.5")}},
        "wording": "入会率达到90%，每少2%扣0.5分，扣完为止",
        "reading": "drafted from the wording, to be checked",
    }


def test_several_clauses_stand_on_a_node_of_their_own() -> None:
    found = nodes("委员会", 4, "职责不明确扣1分；大部分职工有意见扣2分")
    assert list(found) == ["职责不明确", "大部分职工有意见", "委员会"]
    assert found["委员会"]["x-criterion"]["clauses"] == {
        "c1": {"rule": {"penalty": {"of": "职责不明确", "deduct": 1}}, "title": "职责不明确"},
        "c2": {"rule": {"penalty": {"of": "大部分职工有意见", "deduct": 2}}, "title": "大部分职工有意见"},
    }


def test_a_condition_without_points_is_full_marks_or_nothing() -> None:
    found = nodes("阵地", 3, "没有阵地不得分")
    assert found["有阵地"]["x-criterion"]["rule"] == {"flag": {}}
    assert found["有阵地"]["x-criterion"]["title"] == "阵地"
    rate = nodes("满意率", 3, "低于60%的不得分")["满意率"]
    assert rate["x-criterion"]["rule"] == {"flag": {"of": "满意率 >= 0.6"}}


def test_a_cap_of_a_clause_stays_with_it() -> None:
    found = nodes("抽查", 10, "每处扣1分，最多扣4分")
    [criterion] = [n["x-criterion"] for n in found.values() if "x-criterion" in n]
    assert [c["cap"] for c in criterion["clauses"].values()] == [4]


def test_a_prerequisite_is_a_gate_and_points_apart() -> None:
    found = nodes("主席依法选举", 5, "依法选举产生的得5分", note="必备")
    assert found["依法选举产生"]["x-criterion"]["gate"] == {"require": "依法选举产生", "effect": "not awarded"}
    rate = nodes("签订率(必备)", 5, "达到95%，每少1%扣0.5分")
    assert rate["签订率"]["x-criterion"]["gate"] == {"require": "签订率 >= 0.95", "effect": "not awarded"}
    asked = nodes("会议", 5, "每次1分", note="必备5分")
    assert asked["会议"]["x-todo"] == ["a prerequisite needs its condition: write a gate with “require”"]


def test_a_clause_that_only_bars_is_a_gate() -> None:
    found = nodes("违纪", None, "受到党纪处分的，取消当年评优资格")
    assert found["受到党纪处分"]["x-criterion"]["kind"] == "gate"
    assert found["受到党纪处分"]["x-criterion"]["if"] == "受到党纪处分"
    veto = nodes("事故", None, "发生重大安全事故的，一票否决")
    assert "x-criterion" not in veto["重大安全事故"]
    assert len(veto["重大安全事故"]["x-todo"]) == 1


def test_what_is_not_recognised_is_entered_by_hand_and_to_be_done() -> None:
    found = nodes("特色创新", 10, "工作扎实、效果明显")
    assert found["特色创新"]["x-criterion"]["rule"] == {"mark": {}}
    assert (found["特色创新"]["maximum"], found["特色创新"]["x-source"]) == (10, "office")
    assert found["特色创新"]["x-todo"] == ["say how it is scored"]


def test_full_marks_that_the_table_does_not_state_are_taken_from_the_wording_or_asked_for() -> None:
    assert nodes("满意率", None, "90%以上得4分，80%以上得3分")["满意率"]["x-criterion"]["points"] == 4
    assert "the full marks are not stated" in nodes("工作", None, "工作扎实")["工作"]["x-todo"]


def test_two_fields_of_one_name_are_told_apart() -> None:
    namer = Namer({"unit"})
    assert [namer.name("入会率"), namer.name("入会率"), namer.name("1、unit"), namer.name("……")] == ["入会率", "入会率2", "unit2", "项目"]


def test_clauses_of_a_section_of_deductions_are_deductions() -> None:
    found = nodes("迟报材料", 5, "迟报1次扣1分，未报1次扣2分，最多扣5分", kind="deduction")
    assert found["迟报材料"]["x-criterion"]["kind"] == "deduction"
    assert [c["rule"]["each"]["of"] for c in found["迟报材料"]["x-criterion"]["clauses"].values()] == ["迟报次数", "未报次数"]
    judged = nodes("工作失误", 5, "影响较大", kind="deduction")
    assert judged["工作失误"]["x-criterion"]["rule"] == {"discretion_off": {}}
    wrong = nodes("奖项", 5, "达标得5分", kind="deduction")["奖项"]
    assert wrong["x-todo"] == ["the section says deduction, the wording does not: write it apart"]


def test_of_additions_and_deductions_the_wording_says_which() -> None:
    assert nodes("通报", 5, "每次扣1分", kind="either")["通报"]["x-criterion"]["kind"] == "deduction"
    assert nodes("批示", 5, "每件2分", kind="either")["批示"]["x-criterion"]["kind"] == "bonus"


def test_what_only_takes_and_has_no_full_marks_is_a_deduction() -> None:
    found = nodes("违规", None, "每次扣2分，最多扣6分")["违规"]
    assert (found["x-criterion"]["kind"], found["x-criterion"]["points"]) == ("deduction", 6)
    assert "x-todo" not in found


def test_each_of_two_conditions_empties() -> None:
    [criterion] = [
        n["x-criterion"] for n in nodes("安全", 5, "未建制度的不得分；发生事故的不得分；每处扣1分").values() if "x-criterion" in n
    ]
    assert criterion["zero_if"] == "(not 建制度) or (事故)"


def test_a_second_count_of_the_same_name_is_told_apart_and_asked_about() -> None:
    found = nodes("纪律", 5, "每次扣1分；每次扣2分")
    assert [n["title"] for n in found.values() if "type" in n] == ["纪律", "纪律2"]
    assert any("x-todo" in n for n in found.values())


def test_a_field_that_another_clause_has_bears_the_name_of_its_clause() -> None:
    namer = Namer()
    drafted(Clause("规章制度", Decimal(8), "缺一项扣2分"), namer, said)
    second = drafted(Clause("台账资料", Decimal(8), "缺一项扣2分"), namer, said)
    assert [n["title"] for n in second.values()] == ["台账资料缺项数"]


def test_lifted_and_kept_floors_in_one_clause_are_asked_about() -> None:
    found = nodes("投诉", 8, "未及时处理的每起扣2分，扣完为止；未处理的倒扣2分")["投诉"]
    assert found["x-criterion"]["floor"] is None
    assert any("floor" in todo for todo in found["x-todo"])


def test_a_condition_without_points_and_without_a_clause_asks_what_it_empties() -> None:
    found = nodes("弃权", None, "选手弃权的，该项成绩计0分")
    assert "x-criterion" not in found["选手弃权"]
    assert len(found["选手弃权"]["x-todo"]) == 1


def test_remarks_of_the_table_score_nothing() -> None:
    assert not scores(Clause("并列", None, "总成绩相同的，以用时少者排名在前"))
    assert scores(Clause("违规", None, "每次扣2分"))
    assert scores(Clause("事故", None, "一票否决"))
    assert scores(Clause("特色", Decimal(5), "工作扎实"))


def test_of_penalties_at_several_lines_of_one_figure_the_heaviest_counts() -> None:
    found = nodes("准确率", 5, "低于98%扣1分，低于95%扣2分，低于90%不得分")
    [criterion] = [n["x-criterion"] for n in found.values() if "x-criterion" in n]
    assert criterion["combine"] == "worst"
    assert [n["title"] for n in found.values() if "type" in n] == ["准确率"]
    assert criterion["zero_if"] == "准确率 < 0.9"


def test_gains_beside_deductions_are_asked_about() -> None:
    found = nodes("报表", 3, "按时上报报表得3分，迟报一次扣0.5分")["报表"]
    assert found["x-todo"] == [
        "points are given and taken in one clause: it starts at 0 now; if it starts at full marks, take out what gives them"
    ]
    assert "x-todo" not in nodes("报表", 3, "迟报一次扣0.5分，漏报一次扣1分")["报表"]
