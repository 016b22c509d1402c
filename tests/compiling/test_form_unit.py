"""The sheet of one unit: the standard's order, what is asked and what is not, and what the categories' standards say."""

from __future__ import annotations

import pytest

from scorekit.catalogue import discover
from scorekit.compiling import compile_plan
from scorekit.compiling.form import form
from scorekit.domain.form import HEADS, Ask
from scorekit.domain.rubric import Rubric
from scorekit.loading.rubrics import load_rubric, shipped
from scorekit.words import say

CATALOGUE = discover(third_party=False)
MARK = {"points": 5, "rule": {"mark": {}}, "reading": "示例"}


def plan_of(properties, **frame):
    root = {"unit": {"type": "string", "title": "单位名称"}, "last": {"type": "number", "title": "末项", "x-criterion": MARK}, **properties}
    document = {"title": "试", "type": "object", "properties": root, "x-rubric": {"language": 1, "id": "trial", "version": "1", **frame}}
    return compile_plan(Rubric("trial", "1", "试", document, "r.json"), CATALOGUE)


def rows(plan, category=None, lang="zh"):
    sheet = form(plan, "unit", lang, category).sheets[0]
    words = {say(text, lang): name for name, text in HEADS.items()}
    keys = [words[h.title] for h in sheet.heads]
    return [{"heading": line.cells[0]} if line.kind == "heading" else dict(zip(keys, line.cells, strict=True)) for line in sheet.lines]


def by_path(plan, category=None):
    return {r["path"]: r for r in rows(plan, category) if "path" in r}


HOME = compile_plan(load_rubric("model-home", CATALOGUE), CATALOGUE)


def test_the_unit_stands_first_then_sections_in_the_order_of_their_numbers():
    headings = [r["heading"] for r in rows(HOME, "企业") if "heading" in r]
    assert headings[:3] == ["基本情况", "1  党政工共建（12分）", "2  组织建设（18分）"]
    assert next(iter(by_path(HOME))) == "unit"


def test_a_field_without_an_item_stands_before_the_item_that_follows_it():
    order = list(by_path(HOME, "企业"))
    assert order.index("co_build.plan_included") < order.index("co_build.building_plan")


def test_every_field_of_the_unit_is_asked_for_once():
    for rubric in shipped(CATALOGUE):
        plan = compile_plan(rubric, CATALOGUE)
        paths = [r["path"] for r in rows(plan) if "path" in r]
        assert len(set(paths)) == len(paths)
        asked = {f.path for f in plan.fields if f.source == "unit" and f.derive is None and f.kind != "panel"}
        assert asked <= set(paths), rubric.id


def test_what_is_computed_or_filled_in_by_others_cannot_be_entered():
    found = by_path(HOME)
    assert found["organisation.membership"]["value"] == "自动计算"
    assert found["extra.honours"]["value"] == "由考核方填"
    assert by_path(compile_plan(load_rubric("congress", CATALOGUE), CATALOGUE))["extra.honours"]["value"] == "见明细表"


def test_an_item_asks_for_an_own_score_and_a_plain_field_does_not():
    found = by_path(HOME)
    assert isinstance(found["organisation.membership"]["own"], Ask)
    assert found["members"]["own"] == ""


def test_the_published_text_and_the_method_stand_beside_an_item():
    found = by_path(HOME, "企业")["organisation.membership"]
    assert found["wording"] == "入会率达到90%,每少2%扣0.5分,扣完为止"
    assert found["method"] == "入会率未达到90%的，每少2%扣0.5分；最低0分"
    assert (found["no"], found["full"], found["unit"], found["evidence"]) == ("2.2", "4", "%", "会员名册、职工名册")


def test_without_a_category_each_standard_that_differs_is_told_with_its_categories():
    found = by_path(HOME)["organisation.membership"]
    assert found["full"] == "【企业、事业】4\n【机关、非公企业】5"


def test_an_item_that_some_categories_lack_says_for_whom_it_is():
    assert "（仅企业、事业、非公企业适用）" in by_path(HOME)["co_build.joint_meetings"]["wording"]


def test_an_item_that_one_category_scores_whole_and_another_as_a_section_stands_once():
    plan = compile_plan(load_rubric("learning-organisation", CATALOGUE), CATALOGUE)
    assert [r["path"] for r in rows(plan) if r.get("path") == "plan.six.h1"] == ["plan.six.h1"]


def test_fields_of_one_title_in_two_sections_are_told_apart_by_the_section():
    section = {"type": "object", "properties": {"n": {"type": "number", "title": "次数", "x-criterion": MARK}}}
    plan = plan_of({"a": {**section, "title": "甲节"}, "b": {**section, "title": "乙节"}})
    assert [by_path(plan)[p]["item"] for p in ("a.n", "b.n")] == ["甲节/次数", "乙节/次数"]


def test_a_gate_shows_what_it_asks_for():
    found = by_path(HOME)["organisation.chair_elected"]
    assert (found["no"], found["own"]) == ("2.0", "")
    assert "不参加排名" in found["method"]


def test_columns_in_which_nothing_stands_are_left_out():
    heads = [h.title for h in form(plan_of({}), "unit", "zh").sheets[0].heads]
    assert "佐证材料" not in heads
    assert "考核内容" not in heads
    assert {"填报值", "自评分", "代号"} <= set(heads)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_form_speaks_one_language(lang):
    assert [h.title for h in form(HOME, "unit", lang).sheets[0].heads] == [say(text, lang) for text in HEADS.values()]
