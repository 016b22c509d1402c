"""What a report says to be there or not."""

from __future__ import annotations

import pytest

from scorekit.catalogue import discover
from scorekit.compiling import compile_plan
from scorekit.domain.reports import Passage
from scorekit.drafting.labels import asked
from scorekit.drafting.report_text import sentences
from scorekit.drafting.statements import choices, truths
from scorekit.loading.rubrics import load_rubric

CATALOGUE = discover(third_party=False)
FIELDS = {
    n: asked(compile_plan(load_rubric(n, CATALOGUE), CATALOGUE)) for n in ("safety-cup", "model-home", "six-haves", "labour-relations")
}


def said(rubric, path, *texts):
    found = [truths(s, FIELDS[rubric]) for s in sentences([Passage(t) for t in texts])]
    return [(m.value, m.confidence) for group in found for m in group if m.asked.spec.path == path]


@pytest.mark.parametrize(
    ("rubric", "path", "text"),
    [
        ("safety-cup", "lead.scheme", "厂工会制定安康杯活动方案细则，"),
        ("safety-cup", "lead.group", "成立安康杯考核小组，制作标语"),
        ("model-home", "activities.contest_held", "公司开展了劳动竞赛，参与面达到90%。"),
        ("six-haves", "six.organs.female_committee", "设立了女职工委员会。"),
    ],
)
def test_what_was_done_is_there(rubric, path, text):
    assert said(rubric, path, text) == [(True, "high")]


@pytest.mark.parametrize("text", ["尚未设立女职工委员会。", "没有设立女职工委员会。", "我会未设立女职工委员会。"])
def test_what_was_not_done_is_not_there(text):
    assert said("six-haves", "six.organs.female_committee", text) == [(False, "high")]


@pytest.mark.parametrize(
    "text",
    [
        "要设立女职工委员会。",
        "督促各单位设立女职工委员会。",
        "进一步健全女职工委员会。",
        "拟设立女职工委员会。",
        "女职工委员会是桥梁。"[:0],
        "把设立女职工委员会作为重点来抓。",
    ],
)
def test_what_is_urged_or_planned_says_nothing(text):
    assert said("six-haves", "six.organs.female_committee", *([text] if text else [])) == []


def test_a_word_that_goes_on_into_another_is_not_sure():
    assert said("safety-cup", "lead.group", "去年底成立考核小组办公室。")[0][1] == "low"


def test_headings_are_slogans():
    assert said("model-home", "activities.contest_held", "一、围绕中心，开展劳动竞赛") == []


def test_what_the_headings_add_makes_it_likely():
    texts = ["金禾园区工作总结", "配备了专职管理人员，建立了欠薪预警制度。"]
    assert said("labour-relations", "one.employment.park_staff", *texts) == [(True, "medium")]
    assert said("labour-relations", "one.employment.park_staff", texts[1]) == []


def test_fields_that_ask_for_a_fault_are_left_to_people():
    assert said("model-home", "organisation.duties_unclear", "存在职责不明确的情况。") == []


def test_an_option_beside_the_words_of_its_field():
    found = [choices(s, FIELDS["six-haves"]) for s in sentences([Passage("工会经费账户为独立账户。")])]
    assert [(m.asked.spec.path, m.value, m.confidence) for group in found for m in group] == [("six.funds.account", "独立账户", "medium")]
    assert [
        m
        for s in sentences([Passage("工会经费账户不是独立账户。"), Passage("要开设工会经费账户独立账户。")])
        for m in choices(s, FIELDS["six-haves"])
    ] == []
