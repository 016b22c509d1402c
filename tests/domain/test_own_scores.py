"""Own and first scores by name: which items may have them, by which words their columns are headed."""

from __future__ import annotations

import pytest

from scorekit.domain.column import Column
from scorekit.domain.naming import folded
from scorekit.domain.own_scores import given_scores, head_words, parted, score_field, score_headers, score_name, scored_items
from tests.building import NUMBER, criterion, plan_of, section, units

SHAPE = {
    "s": {
        **section({"a": {**criterion(no="1.1"), "title": "组织建设", "x-form": {"aliases": ["建设"]}}, "b": criterion()}),
        "title": "基础",
    },
    "own:odd": NUMBER,
    "c": {**criterion(kind="bonus"), "title": "加分"},
}
PLAN = plan_of(SHAPE)


def test_criteria_then_sections_then_the_whole_may_have_scores() -> None:
    assert list(scored_items(PLAN)) == ["s.a", "s.b", "c", "s", ""]
    assert scored_items(PLAN)[""] is None


@pytest.mark.parametrize(("name", "parts"), [("own:s.a", ("own", "s.a")), ("first:", ("first", "")), ("s.a", None), ("rank:s", None)])
def test_a_column_of_scores_is_told_by_its_name(name: str, parts: tuple[str, str] | None) -> None:
    assert parted(name) == parts
    assert parts is None or score_name(*parts) == name


def test_what_was_given_is_told_in_printed_order_and_a_field_of_the_form_is_none() -> None:
    table = units(PLAN, {"s.a": [1], "own:odd": [2]})
    assert given_scores(PLAN, table) == ()
    more = table.having({name: Column.numbers([1]) for name in ("own:", "first:s.a", "own:c", "own:s.a", "own:nothing")})
    assert given_scores(PLAN, more) == ("own:s.a", "first:s.a", "own:c", "own:")


def test_a_column_of_scores_is_described_as_a_field_is() -> None:
    found = score_field(PLAN, "first:s.a")
    assert (found.path, found.title, found.kind, found.unit) == ("first:s.a", "组织建设初评分", "number", "分")
    assert score_field(PLAN, "own:").title == "自评总分"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("own:s.a", "own:s.a"),
        ("组织建设/自评分", "own:s.a"),
        ("1.1组织建设/自评得分", "own:s.a"),
        ("组织建设（自评分）", "own:s.a"),
        ("建设(初评分)", "first:s.a"),
        ("自评分/组织建设", "own:s.a"),
        ("基础/组织建设/初评分", "first:s.a"),
        ("组织建设自评分", "own:s.a"),
        ("s.a/自评", "own:s.a"),
        ("基础/自评分", "own:s"),
        ("s.a/Own Score", "own:s.a"),
        ("Ｓ.Ａ（first score）", "first:s.a"),
        ("自评总分", "own:"),
        ("自评得分", "own:"),
        ("总分/初评分", "first:"),
        ("own:", "own:"),
    ],
)
def test_the_words_of_a_column_of_scores_mean_it_alone(header: str, name: str) -> None:
    meant = {n for word, n in score_headers(PLAN) if word == folded(header)}
    assert meant == {name}


def test_a_head_of_two_rows_is_known_but_the_bare_word_of_a_score_is_not() -> None:
    words = set(head_words(PLAN))
    assert {"组织建设/自评分", "组织建设/填报值", "基础/组织建设/初评分", "自评总分"} <= words
    assert words == {folded(word) for word in words}
    assert not {"自评分", "初评分", "填报值"} & words
