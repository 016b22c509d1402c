"""From a report to a draft: what is proposed, how sure, where it stands, and that nothing is taken."""

from __future__ import annotations

import pytest

from scorekit.catalogue import discover
from scorekit.compiling import compile_plan
from scorekit.domain.reports import Passage
from scorekit.drafting.proposing import drafted
from scorekit.loading.rubrics import load_rubric

CATALOGUE = discover(third_party=False)
PLANS = {
    name: compile_plan(load_rubric(name, CATALOGUE), CATALOGUE)
    for name in ("union-building", "safety-cup", "helping-hand", "labour-relations")
}


def draft(rubric, *texts):
    return drafted(PLANS[rubric], [Passage(t, paragraph=i) for i, t in enumerate(texts, 1)], "r.docx", "0" * 64)


def found(rubric, field, *texts):
    return [(p.value, p.confidence) for p in draft(rubric, *texts).proposals.get(field, ())]


@pytest.mark.parametrize(
    ("rubric", "field", "text", "value"),
    [
        ("union-building", "build.done", "至此我区已建会1776家。", 1776),
        ("union-building", "build.villages", "全县254个行政村全部组建工会。", 254),
        ("union-building", "build.village_unions", "全县254个行政村全部组建工会。", 254),
        ("union-building", "join.migrant_members", "6923名农民工全部加入工会。", 6923),
        ("union-building", "join.employees", "全县现有职工56,300人。", 56300),
        ("union-building", "manage.trained", "工会干部培训率达到百分之九十五。", 95),
        ("union-building", "system.contract_rate", "集体合同覆盖率达９３．５％。", 93.5),
        ("safety-cup", "publicity.banners", "制作12条安全宣传标语悬挂在生产一线。", 12),
        ("safety-cup", "publicity.mottos", "活动共征集安全格言126条。", 126),
        ("helping-hand", "warmth.consoled_sum", "慰问困难职工500人，慰问金7.5万元。", 75000),
        ("labour-relations", "one.employment.contracts_signed", "全区企业与职工（57422人）签订了劳动合同。", 57422),
        ("labour-relations", "two.collective.collective_units", "累计343家单位签订了集体合同。", 343),
    ],
)
def test_a_figure_beside_the_words_of_its_field_is_sure(rubric, field, text, value):
    [(got, confidence)] = found(rubric, field, text)
    assert (float(got), confidence) == (value, "high")


@pytest.mark.parametrize(
    ("rubric", "field", "text"),
    [
        ("union-building", "join.employees", "慰问困难职工群众500人。"),
        ("union-building", "join.employees", "2530名职工参加劳动竞赛活动。"),
        ("union-building", "join.employees", "职工代表92人。"),
        ("union-building", "build.villages", "254个行政村中有200个成立了村工会。"[12:]),
        ("union-building", "build.new_done", "计划新建工会50家。"),
        ("union-building", "join.member_new", "明年要新发展会员3000人。"),
        ("union-building", "build.done", "规模企业占正常企业的90家。"),
        ("safety-cup", "publicity.mottos", "制作12条安全宣传标语。"),
        ("labour-relations", "two.disputes.cases", "6个街道也相继成立了劳动争议调解委员会。"),
    ],
)
def test_a_figure_of_something_else_is_never_sure(rubric, field, text):
    assert all(confidence == "low" for _, confidence in found(rubric, field, text))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("已建会近400家。", "the number is none exactly"),
        ("已建会400多家。", "the number is none exactly"),
        ("去年已建会400家。", "it speaks of another year"),
        ("2019年已建会400家。", "it speaks of another year"),
        ("其中已建会400家。", "it is a part of something else"),
    ],
)
def test_what_speaks_against_a_figure_is_said_and_it_is_not_sure(text, code):
    [proposal] = draft("union-building", "2026年工作总结", text).proposals["build.done"]
    assert proposal.confidence != "high"
    assert code in [str(c) for c in proposal.cautions]


def test_a_figure_of_a_higher_level_is_doubtful():
    texts = ["全县有20个乡镇，全县职工5万人，全县共8个系统。", "全省农民工会员数12万人。"]
    assert found("union-building", "join.migrant_members", *texts) == [(120000, "low")]


def test_values_that_contradict_one_another_are_all_listed_and_none_is_sure():
    assert found("union-building", "build.due", "应建会单位420家。", "应建会单位430家。") == [(420, "medium"), (430, "medium")]


def test_the_same_value_said_twice_is_one_proposal():
    assert found("union-building", "build.due", "应建会单位420家。", "全县应建会单位420个。") == [(420, "high")]


@pytest.mark.parametrize("text", ["应建会率120人。", "入会率达120%。", "应建会单位420.5家。"])
def test_what_the_form_does_not_allow_is_not_proposed(text):
    assert found("union-building", "build.due", text) == []


@pytest.mark.parametrize(
    ("text", "value", "confidence"),
    [
        ("各乡镇签订了目标责任书。", True, "high"),
        ("各乡镇尚未签订目标责任书。", False, "high"),
        ("要签订目标责任书。", None, ""),
        ("督促各乡镇签订目标责任书。", None, ""),
        ("计划签订目标责任书。", None, ""),
    ],
)
def test_what_is_there_and_what_is_not(text, value, confidence):
    wanted = [] if value is None else [(value, confidence)]
    assert found("union-building", "manage.signed", text) == wanted


def test_what_stands_under_plans_is_not_proposed():
    assert found("union-building", "build.due", "工作总结", "二、下一步打算", "应建会单位420家。") == []


def test_a_computed_field_is_only_a_remark():
    told = draft("union-building", "工会组建率达到95%，职工入会率达到96%。")
    assert "build.rate" not in told.proposals
    assert [(r.field, r.value, r.fillable) for r in told.remarks] == [("build.rate", 95, False), ("join.rate", 96, False)]


def test_what_the_office_fills_is_only_a_remark():
    assert "build.new_task" not in draft("union-building", "新建会任务38家。").proposals


def test_the_unit_is_proposed_out_of_the_title():
    [proposal] = draft("union-building", "青石县总工会2026年工作总结", "应建会单位420家。").proposals["unit"]
    assert (proposal.value, proposal.confidence) == ("青石县总工会", "medium")


def test_a_proposal_has_its_sentence_and_the_place_in_it():
    text = "各乡镇很努力。　应建会单位 ４２０ 家，很好。"
    [proposal] = draft("union-building", "总结", text).proposals["build.due"]
    assert proposal.sentence == "应建会单位 ４２０ 家，很好。"
    assert (proposal.spot.paragraph, text[proposal.spot.start : proposal.spot.end]) == (2, "４２０ 家")
    assert "应建会" in "".join(proposal.matched)


def test_a_cell_is_proposed_by_its_label():
    told = drafted(PLANS["union-building"], [Passage("应建会单位数\t420", table=1, row=3)], "r", "")
    [proposal] = told.proposals["build.due"]
    assert (proposal.value, proposal.confidence, proposal.spot.table, proposal.spot.row) == (420, "high", 1, 3)


def test_a_sentence_over_two_lines_names_the_line_of_the_figure():
    lines = [
        "今年以来全县各级工会认真贯彻上级精神扎实做好各项工作全县应建会单位",
        "420家，已建会单位403家，取得了很好的成绩，受到了上级的充分肯定。",
    ]
    passages = [Passage(t, paragraph=i, line=i, wraps=True) for i, t in enumerate(lines, 1)]
    [proposal] = drafted(PLANS["union-building"], passages, "r", "").proposals["build.due"]
    assert (proposal.spot.line, proposal.spot.start, proposal.value) == (2, 0, 420)
    assert proposal.sentence == "".join(lines)


def test_equal_reports_give_equal_drafts():
    texts = ["青石县总工会工作总结", "应建会单位420家，已建会单位403家，行政村186个。"]
    assert draft("union-building", *texts) == draft("union-building", *texts)


def test_an_empty_report_proposes_nothing():
    assert draft("union-building").proposals == {}
    assert draft("union-building", "，。").count == 0
