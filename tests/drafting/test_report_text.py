"""Passages become sentences: joined lines, headings, places, and where a report begins to speak of what is to come."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.reports import Passage
from scorekit.drafting.report_text import plain, sentences, year_of


def passages(*texts, wraps=False):
    return [Passage(t, paragraph=i, line=i, wraps=wraps) for i, t in enumerate(texts, 1)]


def texts(*given_, wraps=False):
    return [s.text for s in sentences(passages(*given_, wraps=wraps))]


def test_sentences_end_at_their_signs():
    assert texts("甲有一。乙有二；丙有三!丁") == ["甲有一。", "乙有二;", "丙有三!", "丁"]


def test_signs_are_made_alike_and_spaces_go():
    assert plain("职工 ９５％，　会员") == "职工95%,会员"


def test_lines_that_only_break_off_are_put_together():
    lines = [
        "今年全区各级工会组织紧紧围绕中心工作开展了一系列活动共有职工五千",
        "人参加，取得了良好的效果，受到了广大职工的一致好评和热烈欢迎。",
        "二、其他",
    ]
    assert [len(t) for t in texts(*lines, wraps=True)] == [63, 4]
    assert len(texts(*lines)) == 3


def test_a_heading_is_not_joined_to_the_line_before():
    assert texts("今年全区各级工会组织紧紧围绕中心工作", "一、抓组建", wraps=True) == ["今年全区各级工会组织紧紧围绕中心工作", "一、抓组建"]


def test_every_character_knows_where_it_stands():
    text = "  全县　职工 ５００人，"
    [sentence] = sentences(passages(text))
    assert sentence.text == "全县职工500人,"
    assert [text[place] for _, place in sentence.origin] == list("全县职工５００人，")


def test_headings_stand_above_what_follows_them():
    found = list(sentences(passages("县总工会工作总结", "一、抓组建", "（一）村级", "建会181个。", "二、抓维权", "签订8份。")))
    assert found[3].headings == ("县总工会工作总结", "一、抓组建", "(一)村级")
    assert found[5].headings == ("县总工会工作总结", "二、抓维权")
    assert [s.heading for s in found] == [True, True, True, False, True, False]


def test_what_stands_under_plans_is_ahead_until_another_heading():
    found = list(
        sentences(
            passages(
                "工作总结",
                "一、工作成绩",
                "建会8家。",
                "二、下一步打算",
                "建会9家。",
                "（一）抓组建",
                "建会10家。",
                "三、存在的不足",
                "少2家。",
            )
        )
    )
    assert [s.text for s in found if s.ahead] == ["二、下一步打算", "建会9家。", "(一)抓组建", "建会10家。"]


def test_a_report_on_the_year_that_names_next_year_s_plans_is_not_ahead_itself():
    assert not any(s.ahead for s in sentences(passages("2026年工作总结和2027年工作打算", "建会8家。")))


def test_a_paragraph_that_announces_a_plan_is_followed_by_one():
    found = list(sentences(passages("县总工会", "现将二〇二七年工作计划如下：", "一、组建", "建会9家。")))
    assert [s.ahead for s in found] == [False, True, True, True]


def test_where_the_count_begins_anew_a_plan_is_over():
    found = list(sentences(passages("下半年工作计划", "一、甲", "建会1家。", "二、乙", "一、组建", "建会9家。")))
    assert found[-1].ahead is False


def test_cells_are_no_headings():
    found = list(sentences([Passage("下一步打算\t3", table=1, row=1), Passage("职工\t5人", table=1, row=2)]))
    assert [s.headings for s in found] == [(), ()]


def test_styles_make_headings():
    found = list(sentences([Passage("今后的方向，很长的一句话，说了又说。", level=1), Passage("建会1家。")]))
    assert found[1].headings == ("今后的方向,很长的一句话,说了又说",)


def test_the_year_is_that_of_the_title():
    assert year_of(passages("2026年工作总结", "2025年、2025年")) == 2026
    assert year_of(passages("工作总结", "一年来，2025年和2026年，2026年" + "职工" * 30)) == 2026
    assert year_of(passages("工作总结")) is None


@given(st.lists(st.text(max_size=30), max_size=6), st.booleans())
def test_no_report_is_too_odd(lines, wraps):
    kept = [t for t in lines if t.strip()]
    found = list(sentences(passages(*kept, wraps=wraps)))
    assert sum(len(s.text) for s in found) == sum(len(plain(t)) for t in kept)
    assert all(len(s.text) == len(s.origin) for s in found)


def test_a_sentence_without_an_end_is_parted_at_a_comma_or_where_it_is():
    assert [len(t) for t in texts("职工，" * 200)] == [300, 300]
    assert [len(t) for t in texts("职" * 700)] == [300, 300, 100]
