"""The problems of each file in words: their order, their titles and entries, their heads, places given as one text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from scorekit.domain import findings as module
from scorekit.domain.annotators import Finding
from scorekit.domain.findings import findings
from scorekit.domain.outputs import Outcome
from scorekit.domain.problems import Problems
from scorekit.domain.tables import Origin, Problem, ScoreSheet, unscored
from scorekit.errors import T
from scorekit.stages.validate import validate
from tests.intake import plan_of, table

PLAN = plan_of(
    {
        "members": {"type": "integer", "minimum": 0, "title": "会员人数", "x-form": {"aliases": ["会员数"]}},
        "marks": {
            "type": "object",
            "title": "打分",
            "x-source": {"who": "panel", "raters": ["评委1", "评委2"]},
            "additionalProperties": {"type": ["number", "null"], "maximum": 100},
        },
        "honours": {
            "type": "array",
            "title": "荣誉",
            "items": {"type": "object", "properties": {"year": {"type": "integer", "title": "年度"}}},
        },
    },
    required=["members"],
)


def outcome(columns: Any, *more: Problem, **given: Any) -> Outcome:
    """What was found in one table, and *more*."""
    submissions, problems = validate(PLAN, table(columns, **given))
    joined = Problems.joined([problems, more])
    return Outcome(PLAN, None, submissions, ScoreSheet(len(submissions)), unscored(submissions), joined)


def told(found: Outcome) -> dict[str, list[Finding]]:
    return {name: list(own) for name, own, _ in findings(found)}


def problem(file: str = "a.xlsx", cell: str = "C2", sheet: str = "表", severity: Any = "error", **more: Any) -> Problem:
    return Problem(severity, more.pop("what", T("wrong")), T("mend it"), file=file, sheet=sheet, cell=cell, **more)


GOOD = {"单位名称": ["甲", "乙"], "类别": ["企业", "企业"], "会员人数": [1, 2]}


def test_files_without_errors_and_warnings_are_not_named() -> None:
    assert told(outcome(GOOD, problem(severity="repair"))) == {}
    assert told(outcome(GOOD)) == {}


def test_problems_of_no_file_are_nobodys() -> None:
    assert told(outcome(GOOD, problem(file=""))) == {}


def test_each_file_has_its_own_in_the_order_of_names_and_places_repairs_last() -> None:
    own = [("b.xlsx", "C10"), ("b.xlsx", "C9"), ("b.xlsx", "AA9"), ("a.xlsx", "Z1"), ("b.xlsx", "")]
    found = told(
        outcome(GOOD, *(problem(f, c) for f, c in own), problem("b.xlsx", "A1", severity="repair"), problem("c.xlsx", severity="repair"))
    )
    assert list(found) == ["a.xlsx", "b.xlsx"]
    assert [f.cell for f in found["b.xlsx"]] == ["", "C9", "AA9", "C10", "A1"]


def test_a_finding_has_the_title_of_its_field_what_was_entered_and_its_words() -> None:
    [finding] = told(outcome({**GOOD, "会员人数": ["许多", 2]}, sheet="表"))["a.xlsx"]
    assert (finding.sheet, finding.cell, finding.unit, finding.field, finding.entered) == ("表", "C2", "甲", "会员人数", "许多")
    assert (finding.what, finding.cure, finding.head) == ("“许多”不是数", "请填写数字，例如 92.28", None)


def test_a_mark_is_called_by_its_panel_and_rater() -> None:
    [finding] = told(outcome({**GOOD, "评委2": [101, 3]}, sheet="表"))["a.xlsx"]
    assert (finding.cell, finding.field, finding.entered) == ("D2", "打分（评委2）", "101")


@pytest.mark.parametrize(
    ("pointer", "title", "cell"),
    [
        ("/members", "会员人数", "/members"),
        ("/3/members", "会员人数", "/3/members"),
        ("/honours/0/year", "年度", "/honours/0/year"),
        ("/x", "x", "/x"),
    ],
)
def test_a_pointer_is_the_cell_of_what_has_none(pointer: str, title: str, cell: str) -> None:
    [finding] = told(outcome(GOOD, problem("a.json", "", "", field=pointer)))["a.json"]
    assert (finding.field, finding.cell, finding.head) == (title, cell, None)


def test_what_was_entered_in_json_is_told() -> None:
    columns = {"unit": ["甲", "乙"], "category": ["企业", "企业"], "members": [1, -5]}
    assert [f.entered for f in told(outcome(columns, letters=False))["u1.json"]] == ["-5"]


def test_what_was_entered_in_a_personal_field_is_told_to_nobody() -> None:
    spec = replace(PLAN.fields[[f.path for f in PLAN.fields].index("members")], personal=True)
    plan = replace(PLAN, fields=tuple(spec if f.path == "members" else f for f in PLAN.fields))
    submissions, problems = validate(plan, table({**GOOD, "会员人数": ["13900001111x", 2]}))
    [found] = told(Outcome(plan, None, submissions, ScoreSheet(2), unscored(submissions), problems))["a.xlsx"]
    assert found.entered
    assert "13900001111x" not in f"{found.entered}{found.what}{found.cure}"


def test_a_place_in_one_text_is_taken_apart() -> None:
    whole = [problem("b.json", "a.xlsx#表!D7", ""), problem("b.json", "c.csv#D8", ""), problem("b.json", "a.xlsx#甲#乙!D9", "")]
    found = told(outcome(GOOD, *whole))
    assert {n: [(f.sheet, f.cell) for f in own] for n, own in found.items()} == {
        "a.xlsx": [("表", "D7")],
        "c.csv": [("", "D8")],
        "a.xlsx#甲": [("乙", "D9")],
    }


def test_a_value_that_stands_elsewhere_is_found_there() -> None:
    moved = {"members": {0: Origin("b.xlsx", "补报", "C9")}}
    found = told(outcome({**GOOD, "会员人数": ["许多", 2]}, sheet="表", elsewhere=moved))
    assert {n: [(f.sheet, f.cell, f.field) for f in own] for n, own in found.items()} == {"b.xlsx": [("补报", "C9", "会员人数")]}


def test_a_column_that_is_not_read_has_its_head_by_its_words() -> None:
    [finding] = told(outcome({**GOOD, "学习/积分": [1, 2]}, sheet="表"))["a.xlsx"]
    assert finding.head is not None
    assert (finding.head.column, finding.head.words, finding.head.above) == ("", {"学习/积分", "积分"}, 2)


def test_a_column_of_a_field_has_its_head_by_its_letter() -> None:
    [finding] = told(outcome(GOOD, problem(cell="", field="members"), sheet="表"))["a.xlsx"]
    assert finding.head is not None
    assert finding.head.column == "C"
    assert {"会员人数", "会员数", "members"} <= finding.head.words
    assert finding.head.above == 2


def test_a_column_that_is_missing_has_no_head() -> None:
    [finding] = told(outcome({k: v for k, v in GOOD.items() if k != "会员人数"}, sheet="表"))["a.xlsx"]
    assert (finding.cell, finding.head) == ("", None)


def test_of_a_list_the_column_that_the_problem_names_has_the_head() -> None:
    what = T("“{name}” is no field of the records of “{title}” and is not read", name="颁奖人", title="荣誉")
    [finding] = told(outcome(GOOD, problem(cell="", sheet="荣誉", field="honours", what=what), sheet="表"))["a.xlsx"]
    assert finding.head is not None
    assert (finding.head.column, finding.head.words, finding.head.above) == ("", {"颁奖人"}, 0)


def test_a_problem_of_a_whole_sheet_has_no_head() -> None:
    [finding] = told(outcome(GOOD, problem(cell=""), sheet="表"))["a.xlsx"]
    assert finding.head is None


def test_of_very_many_problems_the_gravest_are_listed_and_the_rest_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    many: Sequence[Problem] = [problem(cell=f"C{i}", severity="warning") for i in range(2, 7)] + [problem(cell="C99")]
    [(name, found, more)] = list(findings(outcome(GOOD, *many)))
    assert (name, [f.cell for f in found], more) == ("a.xlsx", ["C2", "C3", "C99"], 3)


def test_both_languages_are_spoken() -> None:
    found = replace(outcome({**GOOD, "会员人数": ["许多", 2]}, sheet="表"), lang="en")
    assert told(found)["a.xlsx"][0].what == "“许多” is no number"
