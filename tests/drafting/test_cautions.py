"""What speaks against a figure, and what is still to come."""

from __future__ import annotations

import pytest

from scorekit.drafting.cautions import WORDS, cautions, own_levels, planned
from scorekit.drafting.quantities import quantities
from scorekit.drafting.report_text import Sentence


def codes(text, year=2026, own=("全区", "全县")):
    sentence = Sentence(text, ())
    return [set(cautions(sentence, q, year, own)) for q in quantities(text)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("建会近40家", "vague"),
        ("比上年增长12%", "change"),
        ("开展一次活动", "loose"),
        ("去年建会40家", "other year"),
        ("2025年建会40家", "other year"),
        ("其中国企40家", "part"),
        ("分别为40家", "part"),
        ("全省建会40家", "others"),
    ],
)
def test_each_caution_has_its_words(text, code):
    assert code in codes(text)[0]
    assert code in WORDS


@pytest.mark.parametrize("text", ["建会40家", "2026年建会40家", "今年建会40家", "全区建会40家"])
def test_nothing_speaks_against_a_plain_figure(text):
    assert codes(text) == [set()]


def test_a_year_speaks_only_against_what_follows_it():
    assert codes("建会40家,2025年建会30家") == [set(), {"other year"}]


@pytest.mark.parametrize("text", ["计划", "要", "力争", "每月至少", "确保", "明年将", "应当"])
def test_what_is_still_to_come(text):
    assert planned(Sentence(text + "建会40家", ()), text)


@pytest.mark.parametrize("text", ["", "已", "将近", "根据要求", "计划完成"])
def test_what_has_happened(text):
    assert not planned(Sentence(text + "建会40家", ()), text)


def test_where_a_report_speaks_of_plans_everything_is_still_to_come():
    assert planned(Sentence("建会40家", (), ahead=True), "")


def test_the_level_that_is_named_most_is_the_report_s_own():
    assert own_levels(["全县", "全县", "全省"]) == ("全县",)
    assert own_levels(["全市", "全市", "全区"]) == ("全市", "全区", "全县")
    assert "全国" in own_levels(["无"])
