"""How well a figure fits a field: units, values, words beside it and further off."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scorekit.catalogue import discover
from scorekit.compiling import compile_plan
from scorekit.domain.reports import Passage
from scorekit.drafting.labels import asked
from scorekit.drafting.matching import dates, numbers, valued
from scorekit.drafting.quantities import Quantity
from scorekit.drafting.report_text import sentences
from scorekit.loading.rubrics import load_rubric

CATALOGUE = discover(third_party=False)
FIELDS = {
    n: asked(compile_plan(load_rubric(n, CATALOGUE), CATALOGUE))
    for n in ("helping-hand", "union-funds", "model-home", "labour-contest", "safety-cup")
}


def field(rubric, path):
    return next(a for a in FIELDS[rubric] if a.spec.path == path)


def quantity(value, unit):
    return Quantity(Decimal(value), unit, 0, 1)


@pytest.mark.parametrize(
    ("rubric", "path", "value", "unit", "wanted"),
    [
        ("union-funds", "collection.paid", "75000", "元", Decimal("7.5")),
        ("helping-hand", "warmth.consoled_sum", "75000", "元", 75000),
        ("union-funds", "collection.dues", "95.5", "%", Decimal("95.5")),
        ("helping-hand", "warmth.consoled", "12", "名", 12),
        ("helping-hand", "warmth.consoled", "12", "%", None),
        ("helping-hand", "warmth.consoled", "12.5", "人", None),
        ("union-funds", "collection.dues", "120", "%", None),
        ("helping-hand", "employees", "0", "人", None),
    ],
)
def test_a_number_in_the_unit_of_its_field(rubric, path, value, unit, wanted):
    assert valued(field(rubric, path), quantity(value, unit)) == wanted


def matches(rubric, path, *texts):
    found = [numbers(s, [field(rubric, path)], 2026, ()) for s in sentences([Passage(t) for t in texts])]
    return [(m.value, m.confidence, m.cautions) for group in found for m in group]


def test_words_further_off_make_a_match_likely_at_most():
    assert matches("model-home", "activities.suggestions_done", "提出合理化建议467条，已采纳291条。")[-1] == (291, "medium", ("elsewhere",))


def test_fields_of_one_title_need_the_name_of_their_section():
    assert matches("labour-contest", "q2.harmony", "职工满意率95%。") == [(95, "low", ("shared",))]
    assert matches("labour-contest", "q2.harmony", "二季度职工满意率95%。")[0][1] == "high"


def test_headings_alone_make_a_doubtful_match():
    assert [m[1] for m in matches("safety-cup", "publicity.drivers", "专项技能比赛", "63人参加。")] in ([], ["low"])


def test_what_is_planned_matches_nothing():
    assert matches("model-home", "activities.suggestions", "计划征集合理化建议467条。") == []


def test_a_date_fits_the_field_whose_words_stand_in_its_sentence():
    [sentence] = sentences([Passage("工会主席任职日期为2024年3月1日。")])
    assert [(m.value, m.confidence) for m in dates(sentence, [field("model-home", "organisation.chair_took_office")])] == [
        ("2024-03-01", "medium")
    ]
    assert list(dates(sentence, [field("model-home", "employees")])) == []
