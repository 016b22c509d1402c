"""What is asked for: each blank that leaves a unit without a total, each rule that failed, each cell once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from scorekit.compiling.planning import compile_plan
from scorekit.domain import asking
from scorekit.domain.column import Column
from scorekit.domain.deciding import Notice
from scorekit.domain.marks import Records
from scorekit.domain.outputs import Outcome
from scorekit.domain.tables import Origin, Places, Problem
from scorekit.errors import T
from scorekit.plugin import rule
from scorekit.stages.blanks import blanks, strangers
from tests.building import (
    BAD,
    NA,
    NUMBER,
    TEXT,
    TRUTH,
    assessed,
    catalogue,
    criterion,
    outcome_of,
    plan_of,
    reasons,
    rubric,
    said,
    section,
    units,
)

SHEET = {"a": "B", "b": "C", "n": "D", "over": "E"}


@rule(adds=True, says={"zh": "{of}", "en": "{of}"})
def fragile(of: Column) -> Column:
    """Raises at 5."""
    if bool((of == 5).values.any()):
        raise ValueError
    return of


def asked(outcome: Outcome, known: Sequence[Problem] = ()) -> list[tuple[str, ...]]:
    found = blanks(outcome.plan, outcome.submissions, outcome.sheet, known)
    return [(p.severity, p.unit, p.cell or p.field, said(p.what)) for p in found]


def on_a_sheet(shape: Mapping[str, Any], columns: Mapping[str, Sequence[Any]], letters: Mapping[str, str] = SHEET, **frame: Any) -> Outcome:
    """An assessment of units that stand in the rows of one sheet from row 2 on."""
    plan = plan_of(shape, fragile, **frame)
    size = len(next(iter(columns.values())))
    places = Places(("a.xlsx",), np.zeros(size, dtype=np.int32), "表", np.arange(2, size + 2), letters)
    return assessed(plan, units(plan, columns, places))


def test_a_blank_without_which_there_is_no_total_is_an_error_at_its_cell() -> None:
    found = on_a_sheet({"a": criterion(missing="incomplete")}, {"a": [5, None]})
    assert asked(found) == [("error", "U2", "B3", "“a” is empty; without it “a” cannot be judged")]


def test_a_blank_that_counts_0_is_a_warning_and_one_of_a_bonus_is_nothing() -> None:
    found = on_a_sheet({"a": criterion(), "b": criterion(kind="bonus")}, {"a": [None], "b": [None]})
    assert asked(found) == [("warning", "U1", "B2", "“a” is empty; “a” counts 0")]


def test_behind_a_computed_value_the_fields_are_asked_for_that_were_to_be_submitted() -> None:
    shape = {
        "n": NUMBER,
        "over": NUMBER,
        "share": {"x-derive": "n / over", "x-unit": "percent"},
        "twice": {"x-derive": "share + share"},
        "a": criterion({"mark": {"of": "twice"}}, field={}, missing="incomplete", no="1.1", title="入会率"),
    }
    found = on_a_sheet(shape, {"n": [1, None, None], "over": [2, 2, None]})
    assert asked(found) == [
        ("error", "U2", "D3", "“n” is empty; without it “1.1 入会率” cannot be judged"),
        ("error", "U3", "D4", "“n” is empty; without it “1.1 入会率” cannot be judged"),
        ("error", "U3", "E4", "“over” is empty; without it “1.1 入会率” cannot be judged"),
    ]


def test_what_cannot_be_computed_from_what_is_there_is_said_of_the_item() -> None:
    shape = {"n": NUMBER, "over": NUMBER, "a": criterion({"mark": {"of": "n / over"}}, field={}, missing="incomplete")}
    found = on_a_sheet(shape, {"n": [1], "over": [0]}, {"n": "D", "over": "E"})
    assert asked(found) == [("error", "U1", "a", "“a” cannot be scored: the divisor is 0, so there is no figure")]


def test_an_open_gate_asks_for_its_field_and_an_error_comes_before_a_warning() -> None:
    gate = {"x-criterion": {"kind": "gate", "if": "n > 1", "effect": "not awarded", "title": "门"}}
    shape = {"n": {**criterion(), "title": "次数"}, "g": gate}
    assert asked(on_a_sheet(shape, {"n": [None]})) == [("error", "U1", "D2", "“次数” is empty; without it “门” cannot be judged")]


def test_a_cell_that_is_known_or_asked_for_already_is_not_asked_for_again() -> None:
    shape = {"n": NUMBER, "a": criterion({"mark": {"of": "n"}}, field={}), "b": criterion({"mark": {"of": "n + 1"}}, field={})}
    found = on_a_sheet(shape, {"n": [None]})
    assert len(asked(found)) == 1
    [problem] = blanks(found.plan, found.submissions, found.sheet, ())
    assert asked(found, [problem]) == []


def test_a_column_that_a_sheet_lacks_is_asked_for_once() -> None:
    found = on_a_sheet({"a": criterion(missing="incomplete")}, {"a": [None, None, None]}, {"b": "C"})
    assert asked(found) == [("error", "", "a", "“a” is empty; without it “a” cannot be judged")]


def test_in_json_each_unit_is_asked_by_pointer() -> None:
    plan = plan_of({"a": criterion(missing="incomplete")})
    places = Places(("甲.json", "乙.json"), np.array([0, 1], dtype=np.int32), "", np.array([0, 0]), {})
    found = assessed(plan, units(plan, {"a": [None, None]}, places))
    assert [(p.file, p.field, p.cell) for p in blanks(plan, found.submissions, found.sheet, ())] == [
        ("甲.json", "/a", ""),
        ("乙.json", "/a", ""),
    ]


def test_a_rule_that_failed_is_named_with_its_plugin_at_each_unit() -> None:
    found = on_a_sheet({"a": criterion("fragile")}, {"a": [5, 4]})
    [(severity, unit, place, what)] = asked(found)
    assert (severity, unit, place) == ("error", "U1", "B2")
    assert what.startswith("the rule failed at “a”: fragile of the plugin ")


def test_an_invalid_entry_was_reported_where_it_was_read_and_is_not_asked_for() -> None:
    shape = {"n": TRUTH, "a": criterion(missing="incomplete"), "b": criterion(missing="incomplete")}
    assert asked(on_a_sheet(shape, {"a": [BAD], "b": [1]})) == []


def test_a_panel_without_any_mark_is_a_blank_and_too_few_marks_are_said_to_be() -> None:
    from scorekit_plugins.rules.panel_mean import panel_mean

    panel = {"type": "object", "additionalProperties": NUMBER, "x-source": {"who": "panel", "raters": ["甲", "乙", "丙"]}}
    plan = plan_of({"m": criterion({"panel_mean": {"drop": 1}}, field=panel, missing="incomplete")}, panel_mean)
    found = assessed(plan, units(plan, {"m": [(90, 80, 70), (90, None, 70), (None, None, None)]}))
    assert [(unit, what) for _, unit, _, what in asked(found)] == [
        ("U2", "“m” cannot be scored: too few marks"),
        ("", "“m” is empty; without it “m” cannot be judged"),
    ]


# -------------------------------------------------------------------- units that only the notice knows


@pytest.mark.parametrize(
    ("names", "unknown"),
    [([], []), (["X"], []), (["ｘ ", "W"], ["W"]), (["V", "W"], ["V", "W"])],
    ids=["none", "known", "folded", "unknown"],
)
def test_a_unit_that_is_only_assessed_must_be_among_the_submissions(names: list[str], unknown: list[str]) -> None:
    found = outcome_of({"a": criterion()}, {"unit": ["X", "Y"], "a": [1, 2]})
    problems = strangers(found.submissions, Notice("test", document={"assess_only": {"units": names}}))
    assert [(p.severity, p.what.params["name"]) for p in problems] == [("warning", n) for n in unknown]


def test_without_a_notice_nobody_is_a_stranger() -> None:
    found = outcome_of({"a": criterion()}, {"unit": ["X"], "a": [1]})
    assert strangers(found.submissions, None) == strangers(found.submissions, Notice("test")) == ()


def test_what_a_rule_does_not_allow_is_reported_at_the_field_it_reads() -> None:
    from scorekit_plugins.rules.discretion import discretion

    plan = plan_of({"a": criterion({"discretion": {"high": 5}}, title="甲项")}, discretion)
    outcome = assessed(plan, units(plan, {"a": [6, BAD, 5]}))
    assert asked(outcome) == [("error", "U1", "a", "what was entered for “甲项” is not what its rule allows")]


def test_a_deduction_that_finds_its_section_out_of_place_is_told() -> None:
    fault = criterion({"each": {"deduct": 1}}, 5, kind="deduction", charge_to="s", title="违规")
    shape = {"s": {**section({"a": criterion("mark", 10)}), "title": "一节"}, "b": criterion("mark", 10), "d": fault}
    found = outcome_of(shape, {"s.a": [NA, NA, 5], "b": [5] * 3, "d": [2, 0, 2]})
    problems = blanks(found.plan, found.submissions, found.sheet, ())
    assert [(p.severity, p.unit, said(p.what)) for p in problems] == [
        ("warning", "U1", "nothing of “一节” applies, so “违规” is taken from the total")
    ]


# -------------------------------------------------------------------- what has no figure without a blank field of its own


SURVEY = {"type": "object", "title": "测评", "x-source": {"who": "survey", "options": ["好", "差"]}}
COURSES = {
    "type": "array",
    "title": "课程",
    "items": {"type": "object", "properties": {"credit": {**NUMBER, "title": "学分"}, "score": {**NUMBER, "title": "成绩"}}},
}


def test_an_item_that_counts_0_for_want_of_some_marks_is_told_with_their_names() -> None:
    from scorekit_plugins.rules.votes import votes

    plan = plan_of({"s": criterion({"votes": {"worth": {"好": 100, "差": 0}}}, field=SURVEY, title="测评")}, votes)
    found = assessed(plan, units(plan, {"s": [(3, 1), (3, None), (0, 0)]}))
    assert [(p.severity, p.unit, said(p.what)) for p in blanks(plan, found.submissions, found.sheet, ())] == [
        ("warning", "U2", "“测评” has no figure without 差 of 测评 and counts 0"),
        ("warning", "U3", "“测评” has no figure from what was submitted and counts 0"),
    ]


def test_an_item_that_counts_0_because_nothing_can_be_computed_is_told() -> None:
    shape = {"n": NUMBER, "over": NUMBER, "a": criterion({"mark": {"of": "n / over"}}, field={})}
    found = on_a_sheet(shape, {"n": [1], "over": [0]})
    assert asked(found) == [("warning", "U1", "B2", "“a” has no figure from what was submitted and counts 0")]


def test_a_gate_that_a_record_leaves_open_names_the_record() -> None:
    gate = {"x-criterion": {"kind": "gate", "if": "count(courses, score < 60) > 0", "effect": "not awarded", "title": "不及格"}}
    found = outcome_of({"courses": COURSES, "g": gate}, {"courses": [[{"credit": 2, "score": 70}, {"credit": 1, "score": None}], []]})
    problems = blanks(found.plan, found.submissions, found.sheet, ())
    assert [(p.severity, p.unit, said(p.what)) for p in problems] == [
        ("error", "U1", "“不及格” cannot be judged without 成绩 of record 2 of 课程")
    ]


def test_a_record_left_out_of_a_sum_for_a_blank_is_told_once() -> None:
    shape = {"courses": COURSES, "a": criterion({"mark": {"of": "sum(courses, score * credit) / sum(courses, credit)"}}, 100, {})}
    plan = plan_of(shape)
    places = Places(("甲.json",), np.array([0], dtype=np.int32), "", np.array([0]), {})
    found = assessed(plan, units(plan, {"courses": [[{"credit": 2, "score": 70}, {"credit": 1, "score": None}]]}, places))
    [problem] = blanks(found.plan, found.submissions, found.sheet, ())
    assert (problem.severity, problem.unit, problem.field) == ("warning", "U1", "/courses/1/score")
    assert said(problem.what) == "“成绩” of record 2 of “课程” is empty; the record is left out where it is needed"


def test_a_blank_in_a_record_that_no_sum_needs_is_nothing() -> None:
    shape = {"courses": COURSES, "a": criterion({"mark": {"of": "count(courses)"}}, 100, {})}
    found = outcome_of(shape, {"courses": [[{"credit": 2, "score": None}]]})
    assert blanks(found.plan, found.submissions, found.sheet, ()) == ()


def test_a_blank_in_a_record_of_a_table_of_its_own_is_told_at_its_list_with_its_row() -> None:
    shape = {"courses": COURSES, "a": criterion({"mark": {"of": "sum(courses, score)"}}, 100, {})}
    found = on_a_sheet(shape, {"courses": [[{"score": None}, {"score": None}]]}, {"n": "B"})
    lists = found.submissions.columns["courses"]
    assert isinstance(lists, Records)
    rows = replace(lists, at=Column.texts(["课程.csv!2", "课程.csv!3"]))
    submissions = found.submissions.having({"courses": rows})
    problems = blanks(found.plan, submissions, found.sheet, ())
    assert [(p.field, p.cell) for p in problems] == [("courses", "")] * 2
    assert said(problems[1].what).startswith("“成绩” of record 2 of “课程” is empty [课程.csv!3]")


def test_a_mark_outside_the_range_of_its_grade_is_told_at_the_mark_with_the_range() -> None:
    from scorekit_plugins.rules.discretion import discretion

    rule = {"discretion": {"of": "m", "grade": "g", "ranges": {"优": [8, 10], "良": [4, 7]}}}
    shape = {"g": {"enum": ["优", "良", "差"]}, "m": NUMBER, "a": {"x-criterion": {"title": "甲项", "points": 10, "rule": rule}}}
    plan = plan_of(shape, discretion)
    outcome = assessed(plan, units(plan, {"g": ["良", "优", "差"], "m": [8, 9, 5]}))
    assert asked(outcome) == [
        ("error", "U1", "m", "what was entered for “甲项” is not what its rule allows: 良 4–7"),
        ("error", "U3", "m", "what was entered for “甲项” is not what its rule allows"),
    ]


@pytest.mark.parametrize(("kind", "more"), [("bonus", {}), ("bonus", {"missing": "zero"}), ("deduction", {"missing": "zero"})])
def test_a_bonus_or_deduction_that_counts_0_for_a_blank_in_one_record_is_told(kind: str, more: Mapping[str, str]) -> None:
    from scorekit_plugins.rules.records import records

    plan = plan_of(
        {"h": COURSES, "a": criterion({"records": {"of": "h", "value": "score"}}, 9, {}, kind=kind, title="加扣", **more)}, records
    )
    found = assessed(plan, units(plan, {"h": [[{"score": 7}, {"score": None}], [{"score": 7}], None]}))
    assert asked(found) == [("warning", "U1", "a", "“加扣” has no figure without 成绩 of record 2 of 课程 and counts 0")]


def test_a_gate_that_asks_for_what_does_not_apply_says_so_at_its_field() -> None:
    gates = {"g": {"title": "门", "if": "n > 5", "effect": "not awarded"}}
    found = on_a_sheet({"n": {**NUMBER, "title": "次数"}, "a": criterion()}, {"n": [NA, 1], "a": [1, 2]}, gates=gates)
    assert list(found.standings.status) == ["incomplete", "ranked"]
    assert asked(found) == [("error", "U1", "D2", "“次数” does not apply; without it “门” cannot be judged")]


# -------------------------------------------------------------------- run after run


RUNS = pytest.mark.parametrize("size", [1, 2, 3, 100])


@RUNS
def test_units_are_asked_a_run_at_a_time_as_all_at_once(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    shape = {"n": NUMBER, "over": NUMBER, "a": criterion(missing="incomplete"), "b": criterion(), "c": criterion(missing="incomplete")}
    columns = {"a": [None, 1, None, 2, None], "b": [None, None, 3, 4, None], "c": [None] * 5}
    found = on_a_sheet(shape, columns, {"a": "B", "b": "C"})
    known = [Problem("error", T("x"), T("y"), "U1", "a.xlsx", "表", "B2", "a")]
    whole = asked(found, known)
    monkeypatch.setattr(asking, "PART", size)
    assert asked(found, known) == whole
    assert len(whole) == 2 + 1 + 3


@RUNS
def test_a_column_that_a_sheet_lacks_is_an_error_wherever_the_unit_stands_that_cannot_be_judged(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first units only count 0 without it; the gate that stays open is met in a later run."""
    gate = {"g": {"title": "门", "if": "over > 5 and n < 1", "effect": "not awarded"}}
    shape = {"over": NUMBER, "n": criterion()}
    found = on_a_sheet(shape, {"n": [None] * 4, "over": [0, 0, 0, 9]}, {"over": "E"}, gates=gate)
    monkeypatch.setattr(asking, "PART", size)
    assert asked(found) == [("error", "", "n", "“n” is empty; without it “门” cannot be judged")]


@RUNS
def test_of_several_standards_the_one_that_cannot_do_without_a_column_tells_it(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    shape, stricter = {"n": criterion()}, {"乙": {"criteria": {"n": {"missing": "incomplete"}}}}
    columns = {"category": ["甲", "甲", "乙"], "n": [None] * 3}
    found = on_a_sheet(shape, columns, {"category": "B"}, categories=("甲", "乙"), variants=stricter)
    monkeypatch.setattr(asking, "PART", size)
    assert [(severity, unit) for severity, unit, *_ in asked(found)] == [("error", "")]


@RUNS
def test_a_cell_that_units_share_is_told_once_however_far_they_stand_apart(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, shared = plan_of({"a": criterion(missing="incomplete")}), Origin("c.xlsx", "表", "D9")
    places = Places(("a.xlsx",), np.zeros(4, dtype=np.int32), "表", np.arange(2, 6), {"a": "B"}, {"a": {0: shared, 3: shared}})
    found = assessed(plan, units(plan, {"a": [None, 1, 1, None]}, places))
    monkeypatch.setattr(asking, "PART", size)
    assert [(p.unit, p.file, p.cell) for p in blanks(plan, found.submissions, found.sheet, ())] == [("U1", "c.xlsx", "D9")]


# -------------------------------------------------------------------- what has no figure


def _judged(kind: str) -> dict[str, Any]:
    """A list whose records are marked by a panel that needs three marks, and an item that adds them up."""
    marks = {"type": "object", "title": "评分", "additionalProperties": NUMBER, "x-source": {"who": "panel", "raters": ["甲", "乙", "丙"]}}
    score = {"x-criterion": {"title": "得分", "points": 10, "rule": {"panel": {"of": "m", "fewest": 3}}}}
    listed = {"type": "array", "title": "作品", "items": {"type": "object", "properties": {"m": marks, "p": score}}}
    item = criterion({"records": {"of": "h", "value": "record()"}}, 30, {}, kind=kind, title="各件", start="empty")
    return {"h": listed, "a": item, "n": criterion("mark", 10)}


@pytest.mark.parametrize("kind", ["base", "bonus"])
def test_an_item_of_a_record_with_too_few_marks_is_told_at_its_record(kind: str) -> None:
    from scorekit_plugins.rules.panel import panel
    from scorekit_plugins.rules.records import records

    plan = plan_of(_judged(kind), panel, records)
    marks = (3, 3, 3)
    found = assessed(plan, units(plan, {"n": [1, 1], "h": [[{"m": marks}, {"m": (3, None, None)}], [{"m": marks}]]}))
    assert asked(found) == [
        ("warning", "U1", "h", "“得分” of record 2 of “作品” has no figure from what was submitted and counts 0"),
    ]


def test_a_section_without_a_figure_is_told_although_its_items_have_points() -> None:
    from scorekit_plugins.aggregators.geometric_mean import geometric_mean

    shape = {
        "s": {**section({"a": criterion("mark", 10), "b": criterion("mark", 10, floor=None)}, aggregate="geometric-mean"), "title": "甲节"}
    }
    plan = compile_plan(rubric(shape), catalogue(aggregators=[geometric_mean]))
    found = assessed(plan, units(plan, {"s.a": [5, 5, 5], "s.b": [-2, 2, None]}))
    assert list(found.standings.status) == ["incomplete", "ranked", "ranked"]
    told = ("error", "U1", "s", "“甲节” has no figure: outside the range for which the formula has a figure")
    assert [a for a in asked(found) if a[0] == "error"] == [told]


def test_a_blank_by_which_units_are_grouped_is_told_at_its_own_field() -> None:
    shape = {"g": {**TEXT, "title": "组别"}, "a": criterion({"place_points": {"prices": [5, 3]}}, 10, within=["g"], title="名次")}
    plan = plan_of(shape)
    found = assessed(plan, units(plan, {"g": ["x", None, "x"], "a": [3, 4, 1]}))
    assert asked(found) == [("warning", "", "g", "“组别” is empty; “名次” counts 0")]


def test_what_cannot_be_computed_is_not_called_blank() -> None:
    from scorekit_plugins.rules.to_best import to_best

    plan = plan_of({"a": criterion({"to_best": {"first": "low"}}, 10)}, to_best)
    found = assessed(plan, units(plan, {"a": [0, 2, None]}))
    assert reasons(found, "a") == ["NO_FIGURE_AS_ZERO", "NO_FIGURE_AS_ZERO", "MISSING_AS_ZERO"]
