"""Which words a number is about."""

from __future__ import annotations

import pytest

from scorekit.drafting.labels import Label
from scorekit.drafting.phrases import bare, cover, explained, noun_of, phrase_of
from scorekit.drafting.quantities import quantities


def phrases(text):
    found = list(quantities(text))
    return [phrase_of(text, found, i) for i in range(len(found))]


def label(text, telling=""):
    return Label(text, (1.0,) * len(text), frozenset(telling))


def test_a_number_is_about_its_own_clause():
    [first, second] = phrases("提出合理化建议467条,已采纳291条。")
    assert (first.left, second.left, second.topic) == ("提出合理化建议", "已采纳", "提出合理化建议467条,")


def test_what_stands_between_two_numbers_belongs_to_the_one_whose_thing_it_names():
    [villages, unions] = phrases("254个行政村中有200个成立了村工会。")
    assert (villages.right_noun, unions.left, unions.right) == ("行政村", "中有", "成立了村工会")


def test_a_clause_that_says_only_when_goes_with_the_next():
    assert phrases("全年,规模企业建会282家")[0].left == "全年,规模企业建会"


def test_brackets_do_not_part_a_phrase():
    [phrase] = phrases("全区企业与职工(57422人)签订了劳动合同,很好")
    assert (phrase.left, phrase.right) == ("全区企业与职工", "签订了劳动合同")


@pytest.mark.parametrize(("text", "noun"), [("行政村全部建会", "行政村"), ("参加比赛", ""), ("职工代表", "职工代表"), (",其他", "")])
def test_a_noun_ends_where_something_is_said_of_it(text, noun):
    assert noun_of(text) == noun


def test_a_label_is_covered_in_pieces_of_two_signs():
    assert cover(label("安全标语"), "安全宣传标语").share == 1
    assert cover(label("安全标语"), "安的全").share == 0
    assert cover(label("安全标语"), "标语").pieces == ("标语",)


def test_what_tells_it_apart_must_be_there():
    assert not cover(label("应建会", "应"), "建会").told
    assert cover(label("应建会", "应"), "应当建会").told


def test_what_a_phrase_says_beyond_the_label_makes_it_less_plain():
    own = label("安全标语")
    assert explained(own, ("安全", "标语"), "安全宣传标语", "") == pytest.approx(4 / 6)
    assert explained(own, ("安全", "标语"), "全年共制作安全标语", "") == 1
    assert explained(own, (), "安全", "") == 0


def test_a_short_label_is_explained_by_the_words_of_its_clause_but_not_one_that_is_said_of_everything():
    assert explained(label("理赔"), ("理赔",), "办理理赔", "办理理赔") == 1
    assert explained(label("职工"), ("职工",), "慰问职工", "慰问职工") == 0.5


def test_quotation_marks_and_brackets_say_nothing():
    assert bare("“一帮一”(结对)《册》") == "一帮一结对册"
