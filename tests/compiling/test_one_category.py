"""What of a standard is for one category: told from the category alone, and from nothing else."""

from __future__ import annotations

import pytest

from scorekit.catalogue import discover
from scorekit.cli.standard import standard
from scorekit.compiling import compile_plan, printed_standard, standard_table
from scorekit.compiling.form import form
from scorekit.compiling.one_category import narrowed
from scorekit.domain.rubric import Rubric

CATALOGUE = discover(third_party=False)
MARK = {"points": 5, "rule": {"mark": {}}, "reading": "示例"}


def plan_of(only_for, gate=None):
    properties = {
        "unit": {"type": "string", "title": "单位名称"},
        "category": {"enum": ["企业", "机关", "事业"], "title": "类别"},
        "people": {"type": "integer", "minimum": 0, "title": "人数"},
        "a": {"type": "number", "title": "甲", "x-criterion": MARK},
        "c": {"type": "number", "title": "丙"},
        "b": {"title": "乙", "x-derive": "c * 2", "x-criterion": {**MARK, "only_for": only_for}},
    }
    gates = {"g": {"title": "否决", "if": "c > 5", "effect": "not awarded", "reading": "示例", **(gate or {})}}
    document = {
        "title": "试",
        "type": "object",
        "properties": properties,
        "x-rubric": {"language": 1, "id": "trial", "version": "1", "category": "category", "gates": gates if gate else {}},
    }
    return compile_plan(Rubric("trial", "1", "试", document, "r.json"), CATALOGUE)


def kept(only_for):
    plan = plan_of(only_for)
    return [c for c in plan.categories if "b" in {k.spec.path for k in narrowed(plan, plan.tracks[0], c).criteria}]


@pytest.mark.parametrize(
    ("only_for", "categories"),
    [
        ("category == '机关'", ["机关"]),
        ("category != '机关'", ["企业", "事业"]),
        ("category in ['企业', '机关']", ["企业", "机关"]),
        ("not (category in ['企业', '机关'])", ["事业"]),
        ("category == '企业' or category == '事业'", ["企业", "事业"]),
        ("people > 25", ["企业", "机关", "事业"]),
        ("category == '机关' and people > 25", ["企业", "机关", "事业"]),
    ],
)
def test_an_item_is_left_out_where_the_category_alone_says_that_it_is_for_others(only_for, categories):
    assert kept(only_for) == categories


def test_gates_go_with_items_and_the_standard_and_its_plans_say_the_same():
    plan = plan_of("category == '机关'", {"only_for": "category == '机关'"})
    for category, left in (("机关", 1), ("企业", 0)):
        track = narrowed(plan, plan.tracks[0], category)
        assert len(track.gates) == len(track.standard.gates) == left
        assert {c.spec.path for c in track.criteria} == {c.path for c in track.standard.criteria} == ({"a", "b"} if left else {"a"})


def test_a_form_of_a_category_shows_neither_the_item_nor_what_it_is_reckoned_from():
    def paths(category):
        return [
            line.cells[-1] for line in form(plan_of("category == '机关'"), "unit", "zh", category).sheets[0].lines if line.kind != "heading"
        ]

    assert [p for p in paths("机关") if p in ("a", "b", "c")] == ["c", "a", "b"]
    assert [p for p in paths("企业") if p in ("a", "b", "c")] == ["a"]
    assert {"a", "b", "c"} <= set(paths(None))


def test_a_category_is_printed_without_what_is_for_others_and_without_sections_left_empty():
    document = plan_of("category == '企业'", {"only_for": "category != '企业'"}).rubric.document
    part = {"type": "object", "title": "只对企业", "properties": {"d": document["properties"].pop("b")}, "x-criterion": {}}
    plan = compile_plan(
        Rubric("trial", "1", "试", {**document, "properties": {**document["properties"], "part": part}}, "r.json"), CATALOGUE
    )

    def printed(category):
        return [row.title for row in standard_table(plan, "zh", category)]

    assert printed("企业") == ["只对企业", "乙", "甲"]
    assert printed("机关") == printed("事业") == ["甲", "否决"]
    assert printed(None) == ["只对企业", "乙", "甲", "否决"]
    for category in (*plan.categories, None):
        told = [cell for table in printed_standard(plan, category, "zh").tables for line in table.lines for cell in line.cells]
        assert {"乙", "只对企业"} & {*told} == ({"乙", "只对企业"} if category in ("企业", None) else set())
        assert f"适用类别：{'机关、事业' if category in ('机关', '事业') else category or '企业、机关、事业'}" in standard(
            plan, category, "zh"
        )
        assert ("乙" in "".join(standard(plan, category, "zh"))) == (category in ("企业", None))


def test_what_is_left_out_keeps_its_name_wherever_it_is_still_spoken_of():
    document = plan_of("category == '机关'").rubric.document
    others = {**document["properties"].pop("b"), "title": "乙"}
    grouped = {**others["x-criterion"], "group": "g", "kind": "bonus"}
    charged = {"kind": "deduction", "rule": {"each": {"deduct": 1}}, "charge_to": "part", "reading": "示例"}
    properties = {
        **document["properties"],
        "part": {"type": "object", "title": "只对机关", "properties": {"b": others}, "x-criterion": {}},
        "more": {"type": "number", "title": "表彰", "x-criterion": {**MARK, "kind": "bonus", "group": "g"}},
        "idle": {"title": "推广", "x-derive": "c", "x-criterion": grouped},
        "late": {"type": "integer", "minimum": 0, "title": "迟报", "x-criterion": charged},
        "either": {"title": "得分一", "x-derive": {"formula": "if(category == '机关', points(part), points(part.b))", "output": True}},
    }
    frame = {
        **document["x-rubric"],
        "gates": {"g": {"title": "否决", "if": "c > 5", "effect": {"zero": "part.b"}, "reading": "示例"}},
        "caps": {"groups": {"g": 3}},
        "rankings": {"each": {"title": "单项", "each": "sections"}, "all": {"title": "全部", "by": "points()", "within": []}},
    }
    plan = compile_plan(Rubric("trial", "1", "试", {**document, "properties": properties, "x-rubric": frame}, "r.json"), CATALOGUE)
    told = {row.title: row.method for row in standard_table(plan, "zh", "企业")}
    assert "只对机关" not in told
    assert "“只对机关”" in told["迟报"]
    assert "表彰、推广" in told["表彰"]
    assert "“乙”" in told["否决"]
    for category, rankings in (("机关", ["单项 只对机关", "全部"]), ("企业", ["全部"])):
        said = "\n".join(standard(plan, category, "zh"))
        assert "如果(类别 为 机关, “只对机关”得分, “乙”得分)" in said
        assert [name for name in ("单项 只对机关", "全部") if f"{name}：按" in said] == rankings
        assert ("“只对机关”得分，高者在前" in said) == (category == "机关")
