"""A panel's marks in words: each rater's, those that were dropped, and what they come to."""

from __future__ import annotations

from scorekit_plugins.rules.panel import panel

from scorekit.domain.column import Column
from scorekit.domain.marked import marks_text, marks_told
from scorekit.domain.marks import Panel
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import ScoreSheet
from tests.building import criterion, plan_of, units

RATERS = {"甲": {"role": "专家"}, "乙": {"role": "专家"}, "丙": {"role": "群众"}, "丁": {"role": "群众"}}
FIELD = {
    "type": "object",
    "title": "打分",
    "additionalProperties": {"type": ["number", "null"]},
    "x-source": {"who": "panel", "raters": RATERS},
}


def told(marks: tuple, lang: str = "en", **params: object) -> str:
    plan = plan_of({"p": criterion({"panel": params}, field=FIELD), "n": criterion()}, panel)
    [track] = plan.tracks
    scope = TrackScope(track, units(plan, {"p": [marks], "n": [1]}), ScoreSheet(1))
    found = {c.spec.path: marks_told(c.clauses[0], c.spec, scope, lang) for c in track.criteria}
    assert found["n"] == ""
    return found["p"]


def test_every_mark_stands_with_its_rater_and_role() -> None:
    marks = Panel(("甲", "乙"), (Column.numbers([90]), Column.numbers([None])), ("专家", ""))
    assert (marks_text(marks, "zh"), marks_text(marks, "en")) == ("甲（专家） 90、乙 —", "甲（专家） 90, 乙 —")


def test_what_was_dropped_is_told_apart() -> None:
    assert told((90, 80, 70, 60), drop=1) == "counted: 乙（专家） 80, 丙（群众） 70; dropped: 甲（专家） 90, 丁（群众） 60; they come to 75"
    assert told((90, 80, 70, None)) == "counted: 甲（专家） 90, 乙（专家） 80, 丙（群众） 70; they come to 80"
    assert told((90, None, None, None), fewest=2) == "counted: 甲（专家） 90; they come to —"


def test_it_is_told_in_chinese() -> None:
    assert (
        told((90, 80, 70, 60), "zh", drop_low=1, mean_decimals=0)
        == "计入：甲（专家） 90、乙（专家） 80、丙（群众） 70；去掉：丁（群众） 60；得 80"
    )
