"""Who fills a field: raters as a list or with roles, the headings of their columns, quotas, a survey's options."""

from __future__ import annotations

import pytest

from scorekit.compiling.sources import result_of, source_of
from scorekit.errors import RubricError
from tests.building import NUMBER, criterion, fault_of, plan_of, said, section


def test_a_word_is_who_fills_it() -> None:
    who, raters, spec = source_of("office", "p")
    assert (who, raters, spec.roles, spec.columns, dict(spec.quota)) == ("office", (), (), (), {})


def test_raters_may_have_roles() -> None:
    who, raters, spec = source_of({"who": "panel", "raters": {"甲": {"role": "专家"}, "乙": {}}, "quota": {"优秀": 1}}, "p")
    assert (who, raters, spec.roles, spec.quota) == ("panel", ("甲", "乙"), ("专家", ""), {"优秀": 1})
    assert source_of({"who": "panel", "raters": {"甲": {}}}, "p")[2].roles == ()


@pytest.mark.parametrize(
    ("columns", "raters", "headings"),
    [
        (["打分1", "打分2"], ["甲", "乙"], ("打分1", "打分2")),
        ("打分{n}", ["甲", "乙"], ("打分1", "打分2")),
        ({"title": "评委{n}", "count": 2}, None, ("评委1", "评委2")),
    ],
)
def test_a_run_of_headings_stands_for_the_raters_in_their_order(columns, raters, headings) -> None:
    source = {"who": "panel", "columns": columns} | ({} if raters is None else {"raters": raters})
    _, named, spec = source_of(source, "p")
    assert (named, spec.columns) == (tuple(raters or headings), headings)


def test_a_survey_has_options_and_says_how_many_were_asked() -> None:
    who, options, spec = source_of({"who": "survey", "options": ["满意", "不满意"], "invited": "asked"}, "p")
    assert (who, options, spec.invited) == ("survey", ("满意", "不满意"), "asked")


@pytest.mark.parametrize(
    ("columns", "words"), [(["打分1"], "there are 2 raters and 1 columns"), (["打分", "打分"], "two raters have the same column")]
)
def test_columns_that_do_not_fit_the_raters_are_refused(columns, words) -> None:
    with pytest.raises(RubricError) as fault:
        source_of({"who": "panel", "raters": ["甲", "乙"], "columns": columns}, "rubric.json#/p")
    assert (said(fault.value.what), fault.value.where) == (words, "rubric.json#/p/x-source/columns")


def test_a_figure_of_an_earlier_run_has_its_run_key_and_what_is_made_of_several() -> None:
    found = result_of({"who": "result", "run": "初赛", "figure": "total", "key": ["a", "b"], "by": "team", "take": "sum"}, "p")
    assert found is not None
    assert (found.run, found.figure, found.key, found.by, found.take, found.is_text) == (
        "初赛",
        "total",
        ("a", "b"),
        ("team",),
        "sum",
        False,
    )
    assert result_of({"who": "panel"}, "p") is None
    with pytest.raises(RubricError, match="“figure” is not said"):
        result_of({"who": "result", "run": "初赛"}, "p")


def test_who_was_asked_is_sought_in_the_section_first_and_then_outward() -> None:
    survey = {"type": "object", "x-source": {"who": "survey", "options": ["满意"], "invited": "asked"}}
    for place, expected in (("s", "s.asked"), ("", "asked")):
        inner = {"survey": survey, **({"asked": NUMBER} if place else {})}
        plan = plan_of({"s": section(inner), "asked": NUMBER, "a": criterion()})
        assert next(f for f in plan.fields if f.path == "s.survey").panel.invited == expected
    error = fault_of({"s": section({"survey": survey}), "t": section({"asked": NUMBER}), "a": criterion()})
    assert (said(error.what), error.where) == ("“asked” is no field", "rubric.json#/properties/s/properties/survey/x-source/invited")
