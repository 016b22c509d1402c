"""The printed standard: clause by clause, points, method and basis, in both languages."""

from __future__ import annotations

from typing import Any

from scorekit.compiling.table import standard_table
from scorekit.domain.plan import Plan
from tests.building import NUMBER, TRUTH, criterion, plan_of, section

SHAPE: dict[str, Any] = {
    "staff": {**NUMBER, "title": "职工数"},
    "women": {**NUMBER, "title": "女职工数"},
    "v": {
        **TRUTH,
        "title": "重大事故",
        "x-criterion": {"kind": "gate", "no": "9", "if": "v", "effect": "not awarded", "reading": "按惯例"},
    },
    "s": {
        **section(
            {
                "t": section({"b": criterion("mark", 5, {**NUMBER, "title": "乙"}, no="1.1.1")}, no="1.1", weight=0.4, cap=4, title="内节"),
                "a": criterion(
                    {"shortfall": {"target": 0.9, "step": 0.02, "deduct": 0.5}},
                    5,
                    {**NUMBER, "title": "甲", "x-unit": "percent"},
                    no="1.2",
                    basis=[{"source": "S1", "clause": "二"}, {"source": "S2"}],
                ),
            },
            no="1",
            points=10,
            aggregate="weighted-mean",
            scale=True,
        ),
        "title": "组织",
    },
    "best": {
        "title": "择优",
        "x-criterion": {
            "points": 2,
            "combine": "best",
            "clauses": {"x": {"rule": {"flag": {"of": "staff > 1"}}, "title": "其一"}, "y": {"rule": {"flag": {"of": "staff > 2"}}}},
        },
    },
    "rich": criterion(
        "both_ways",
        "staff * 2",
        {**NUMBER, "title": "丰"},
        start="empty",
        floor=-1,
        ceiling=9,
        zero_if="staff == 0",
        only_for="staff > 5",
        not_applicable_if="women == 0",
        not_applicable="full",
        missing="leave-out",
    ),
    "wide": criterion("both_ways", None, {**NUMBER, "title": "宽"}, start="empty", floor=None, ceiling=None, missing="incomplete"),
    "off": criterion({"each": {"deduct": 1}}, 3, {**NUMBER, "title": "扣"}, kind="deduction", charge_to="s", missing="zero"),
}
FRAME: dict[str, Any] = {
    "categories": ["企业", "机关"],
    "gates": {
        "low": {"title": "低分", "require": "rate(s) >= 0.6", "effect": {"level at most": "good"}},
        "nil": {"title": "零", "if": "v", "effect": {"zero": "s.a"}},
    },
    "levels": [{"id": "good", "title": "良好", "at_least": 60}],
    "variants": {"机关": {"criteria": {"best": None}}},
}


def rows(lang: str, category: str | None = None) -> list[tuple[Any, ...]]:
    return [(r.depth, r.kind, r.no, r.title, r.points, r.method, r.basis) for r in standard_table(plan_of(SHAPE, **FRAME), lang, category)]


def test_the_standard_reads_like_one_in_chinese() -> None:
    found = {r[3]: r for r in rows("zh")}
    assert found["甲"] == (1, "base", "1.2", "甲", "5", "每少2%扣0.5；重大事故的，本条不得分", "S1 二；S2")
    assert found["丰"][4] == "职工数 × 2"
    assert "按惯例" in found["重大事故"][6]


def test_sections_and_items_stand_in_their_order_and_depth() -> None:
    assert [(r[0], r[1], r[3]) for r in rows("en")] == [
        (0, "section", "组织"),
        (1, "section", "内节"),
        (2, "base", "乙"),
        (1, "base", "甲"),
        (0, "base", "择优"),
        (0, "base", "丰"),
        (0, "base", "宽"),
        (0, "deduction", "扣"),
        (0, "gate", "重大事故"),
        (0, "gate", "低分"),
        (0, "gate", "零"),
    ]


def test_what_is_not_the_default_is_printed() -> None:
    found = {r[3]: r for r in rows("en")}
    assert found["组织"][4:6] == ("10", "weighted mean; items that do not apply are left out and the rest put on full marks")
    assert found["内节"][5] == "weight 0.4; at most 4 points"
    assert found["择优"][5] == "the best of: 其一: 2 if (职工数 > 1); 2 if (职工数 > 2)"
    assert found["丰"][5] == (
        "both ways; no marks if 职工数 is 0; only for units with 职工数 > 5; does not apply if 女职工数 is 0; "
        "full marks where it does not apply; "
        "not below -1; not above 9; a blank is left out"
    )
    assert found["宽"][4:6] == ("", "both ways; no floor; no ceiling; a blank leaves the unit incomplete")
    assert found["扣"][5] == "1 off for each 扣; charged to the section “组织”; a blank counts 0"
    assert found["重大事故"][5:] == ("重大事故; not awarded (score and rank stay, the seat passes on)", "our reading: 按惯例")
    assert found["低分"][5] == "required: score rate of “组织” ≥ 60%; level at most 良好"
    assert found["零"][5] == "重大事故; “甲” becomes 0"


def test_a_category_has_its_own_standard_and_an_unknown_one_the_first() -> None:
    assert "择优" not in {r[3] for r in rows("en", "机关")}
    assert rows("en", "学校") == rows("en", "企业") == rows("en")


def test_lookup_tables_are_printed_row_by_row_the_first_of_many() -> None:
    tables = {
        "p": {
            "title": "价目",
            "keys": ["级别", {"name": "人数", "match": "at_least"}],
            "rows": [["省级", 0, 5], ["省级", 100, 7.5]],
            "otherwise": 0,
        },
        "q": {"rows": {f"k{i}": i % 2 == 0 for i in range(60)}},
    }
    plan = plan_of({"a": criterion()}, tables=tables)
    found = {r.title: r.method for r in standard_table(plan, "zh") if r.kind == "table"}
    assert found["价目"] == "级别 省级、人数 ≥ 0 → 5；级别 省级、人数 ≥ 100 → 7.5；其他为 0"
    assert found["q"].startswith("k0 → 是；k1 → 否；")
    assert found["q"].endswith("k49 → 否；……共 60 行")
    assert [r.method for r in standard_table(plan, "en") if r.title == "价目"] == [
        "级别 省级, 人数 ≥ 0 → 5; 级别 省级, 人数 ≥ 100 → 7.5; otherwise 0"
    ]


def test_a_mean_says_of_which_group_it_is() -> None:
    shape = {
        "k": {"type": "number", "title": "规模"},
        "a": {**NUMBER, "title": "甲", "x-criterion": {"rule": {"mark": {}}, "missing": "mean-points", "not_applicable": "mean-values"}},
        "b": {**NUMBER, "title": "乙", "x-criterion": {"rule": {"mark": {}}, "missing": {"mean": "values", "within": ["k"]}}},
    }
    found = {row.title: row.method for row in standard_table(plan_of(shape), "en")}
    assert "a blank gets the mean of the points over all units" in found["甲"]
    assert "what does not apply takes the mean of the values over all units for its own" in found["甲"]
    assert "a blank takes the mean of the values over units of the same 规模 for its own" in found["乙"]


def test_figures_that_are_put_out_are_printed_with_formula_and_rounding() -> None:
    rounded = {"formula": "staff / 3", "rounding": {"decimals": 1, "mode": "floor"}, "output": True}
    plan = plan_of({"staff": {**NUMBER, "title": "职工数"}, "a": criterion(), "x": {"title": "人均", "x-derive": rounded}})
    assert [(r.title, r.method) for r in standard_table(plan, "zh") if r.kind == "figure"] == [
        ("人均", "职工数 ÷ 3；保留 1 位小数，向下取整")
    ]
    assert [r.method for r in standard_table(plan, "en") if r.kind == "figure"] == ["职工数 ÷ 3; 1 digits, down"]


def test_weights_from_the_data_are_said_with_their_method() -> None:
    from dataclasses import replace

    from scorekit.compiling.planning import compile_plan
    from scorekit.domain.rule import Weighter
    from tests.building import catalogue, rubric

    known = replace(catalogue(), weighters={"plain": Weighter("plain", lambda c, f: [], {"zh": "办法", "en": "in a way"}, plugin="tests")})
    plan = compile_plan(rubric({"s": {**section({"a": criterion()}, weights="plain"), "title": "节"}}), known)
    [row] = [r for r in standard_table(plan, "en") if r.title == "节"]
    assert row.method.endswith("weights drawn from the data — in a way")


# -------------------------------------------------------------------- what counts only once


def matters() -> Plan:
    from scorekit_plugins.rules.records import records

    level = {"type": "string", "title": "级别"}
    inner = {
        "type": "object",
        "properties": {"level": level, "a": {**NUMBER, "title": "件数", "x-criterion": {"points": 10, "rule": {"mark": {}}}}},
    }
    spec = {"points": 50, "start": "empty", "rule": {"records": {}}}
    shape = {
        "r": {"type": "array", "title": "荣誉", "items": inner, "x-criterion": spec},
        "q": {"type": "array", "title": "其他奖", "items": {"type": "object", "properties": {"level": level}}},
    }
    lists = {"r": {"key": "level"}, "q": {"key": "level", "value": "3"}}
    return plan_of(shape, records, matters={"m": {"title": "奖项", "lists": lists}})


def test_what_counts_only_once_across_lists_is_said() -> None:
    [row] = [r for r in standard_table(matters(), "zh") if r.kind == "matter"]
    assert (row.title, row.method) == (
        "奖项",
        "“荣誉”按级别，每条计本条得分；“其他奖”按级别，每条计3；相同的只计绝对值最大的一条，正负分别比较，相等的取前一条",
    )
    [row] = [r for r in standard_table(matters(), "en") if r.kind == "matter"]
    assert row.method.startswith("“荣誉” by 级别, each giving ")
    assert row.method.endswith("of those alike only the largest counts, plus and minus apart, and of equals the first")
    assert [r.title for r in standard_table(matters(), "zh") if r.kind == "record"] == ["“荣誉”的每条记录"]


def test_a_group_without_a_title_is_told_by_its_items() -> None:
    bonus = {"kind": "bonus", "points": 3, "group": "g", "rule": {"mark": {}}, "reading": "示例"}
    shape = {n: {**NUMBER, "title": t, "x-criterion": {**bonus, "no": no}} for n, t, no in (("a", "表彰", "3.1"), ("b", "推广", "3.2"))}
    told = {r.id: r.method for r in standard_table(plan_of(shape, caps={"groups": {"g": 3}}), "zh")}
    assert "与“3.1 表彰、3.2 推广”各项合计" in told["criteria/a"]
    titled = {r.id: r.method for r in standard_table(plan_of(shape, caps={"groups": {"g": {"title": "荣誉", "cap": 3}}}), "zh")}
    assert "与“荣誉”各项合计" in titled["criteria/a"]


def test_a_section_that_holds_nothing_but_gates_has_no_row_of_its_own() -> None:
    gate = {**TRUTH, "title": "重大事故", "x-criterion": {"kind": "gate", "if": "veto.v", "effect": "not awarded", "reading": "示例"}}
    veto = section({"v": gate}, title="否决条件", no="7")
    shape = {"s": section({"a": criterion(points=5)}, title="组织"), "veto": veto}
    assert [(r.kind, r.title) for r in standard_table(plan_of(shape), "zh")] == [("section", "组织"), ("base", "s.a"), ("gate", "重大事故")]
    veto["x-criterion"]["reading"] = "本节各项一票否决"
    assert ("section", "否决条件") in [(r.kind, r.title) for r in standard_table(plan_of(shape), "zh")]
