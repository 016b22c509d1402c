"""By which words a field is known, and in which units it is counted."""

from __future__ import annotations

import pytest

from scorekit.catalogue import discover
from scorekit.compiling import compile_plan
from scorekit.drafting.labels import MOST, agree, asked
from scorekit.loading.rubrics import load_rubric, shipped

CATALOGUE = discover(third_party=False)


def fields(name):
    return {a.spec.path: a for a in asked(compile_plan(load_rubric(name, CATALOGUE), CATALOGUE))}


BUILDING = fields("union-building")


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("build.villages", "行政村"),
        ("join.migrant_members", "农民工会员"),
        ("join.employees", "职工"),
        ("system.contract_rate", "集体合同覆盖"),
    ],
)
def test_a_title_is_known_without_what_only_counts(path, first):
    assert BUILDING[path].labels[0].text == first


def test_words_of_the_same_meaning_are_known_too():
    texts = [label.text for label in BUILDING["join.migrant_members"].labels]
    assert "农民工加入工会" in texts
    assert "农民工会员数" in texts


def test_what_tells_a_field_apart_is_marked():
    assert BUILDING["build.due"].labels[0].telling == {"应"}
    assert BUILDING["build.villages"].labels[0].telling == set()


def test_what_a_title_may_leave_out_counts_less():
    label = BUILDING["build.done"].labels[0]
    assert label.text == "已建会"
    assert label.weights == (0.25, 1.0, 1.0)


def test_only_what_the_unit_fills_is_fillable():
    assert BUILDING["build.due"].fillable
    assert not BUILDING["build.rate"].fillable  # computed
    assert not BUILDING["build.new_task"].fillable  # of the office


def test_the_clauses_that_read_a_field_stand_around_it_also_through_computed_values():
    assert "组建率" in BUILDING["build.done"].around


def test_fields_of_one_title_are_twins():
    contest = fields("labour-contest")
    assert contest["q1.output"].twins
    assert not contest["firms"].twins


@pytest.mark.parametrize(
    ("unit", "found", "same"),
    [
        ("人", "名", True),
        ("家", "个", True),
        ("人", "人次", False),
        ("万元", "元", True),
        ("percent", "%", True),
        ("人", "%", False),
        ("", "人", True),
        ("", "%", False),
        ("次", "期", True),
        ("册", "本", True),
        ("次", "人", False),
    ],
)
def test_units_that_count_the_same_agree(unit, found, same):
    assert agree(unit, found) is same


def test_every_shipped_rubric_has_labels_and_few_of_them():
    for rubric in shipped(CATALOGUE):
        for one in asked(compile_plan(rubric, CATALOGUE)):
            assert len(one.labels) <= MOST
            assert all(len(label.weights) == len(label.text) for label in one.labels)
