"""What of a standard is for one category: told from the category alone, and from nothing else."""

from __future__ import annotations

import pytest

from scorekit.catalogue import discover
from scorekit.compiling import compile_plan
from scorekit.compiling.form import form
from scorekit.compiling.form_category import narrowed
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
