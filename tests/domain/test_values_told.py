"""Values in words: a submitted one with its place, a derived one with its formula, a line a value where that nests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from scorekit.domain.marks import Panel
from scorekit.domain.scope import TrackScope
from scorekit.domain.spoken import Speaker
from scorekit.domain.tables import Origin
from scorekit.domain.values_told import ValueTeller
from tests.building import NA, NUMBER, TEXT, TRUTH, criterion, outcome_of

SHAPE: dict[str, Any] = {
    "n": {**NUMBER, "title": "人数"},
    "over": {**NUMBER, "title": "总数"},
    "day": {"type": "string", "format": "date", "title": "日期"},
    "ok": {**TRUTH, "title": "达标"},
    "name": {**TEXT, "title": "名"},
    "share": {"title": "占比", "x-unit": "percent", "x-derive": {"formula": "n / over", "rounding": {"decimals": 1}}},
    "twice": {"title": "两倍", "x-derive": "share * 2"},
    "most": {"title": "最多", "x-derive": {"over": "max", "of": "n"}},
    "talk": {"type": "object", "title": "评议", "x-source": {"who": "panel", "raters": ["甲", "乙", "丙"]}, "additionalProperties": NUMBER},
    "records": {"type": "array", "title": "记录", "items": {"type": "object", "properties": {"x": NUMBER}}},
    "a": criterion({"mark": {"of": "twice + most"}}, 100, {}),
}


def teller(lang: str = "en", **columns: Any) -> ValueTeller:
    outcome = outcome_of(SHAPE, {name: [value] for name, value in {"n": 1, "over": 3, **columns}.items()})
    track = outcome.plan.tracks[0]
    return ValueTeller(TrackScope(track, outcome.submissions, outcome.sheet), Speaker(track, lang))


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("n", 12, "人数 = 12 [/n]"),
        ("n", None, "人数 = blank [/n]"),
        ("n", NA, "人数 = not applicable [/n]"),
        ("ok", True, "达标 = yes [/ok]"),
        ("name", "好", "名 = 好 [/name]"),
        ("records", [{"x": 1}], "记录 = 1 records [/records]"),
    ],
)
def test_what_was_submitted_is_told_with_its_place(path: str, value: Any, told: str) -> None:
    assert teller(**{path: value}).read(path, set()) == [told]


def test_a_derived_value_of_entries_is_one_line_at_its_own_digits() -> None:
    assert teller().read("share", set()) == ["占比 = 人数 ÷ 总数 = 33.3% (人数 = 1 [/n]; 总数 = 3 [/over])"]
    assert teller(over=0).read("share", set()) == ["占比 = 人数 ÷ 总数 = no figure (人数 = 1 [/n]; 总数 = 0 [/over])"]


def test_a_derived_value_of_derived_ones_takes_a_line_for_each() -> None:
    known: set[str] = set()
    found = teller()
    assert found.read("twice", known) == ["两倍 = 占比 × 2 = 0.666", "  占比 = 人数 ÷ 总数 = 33.3% (人数 = 1 [/n]; 总数 = 3 [/over])"]
    assert known == {"twice", "share", "n", "over"}
    assert found.read("twice", known) == ["两倍 = 0.666"]
    assert found.read("twice", {"share"}) == ["两倍 = 占比 × 2 = 0.666 (占比 = 33.3%)"]


def test_the_language_is_the_speakers() -> None:
    assert teller("zh", ok=False).read("ok", set()) == ["达标 = 否 [/ok]"]


def in_sheet(letters: dict[str, str], elsewhere: dict[str, dict[int, Origin]], **columns: Any) -> ValueTeller:
    """A teller of a unit in row 7 of a workbook's sheet."""
    found = teller(**columns)
    places = replace(found.scope.submissions.places[0], sheet="表", letters=letters, elsewhere=elsewhere, row=np.array([7]))
    return ValueTeller(TrackScope(found.scope.track, replace(found.scope.submissions, places=(places,)), found.scope.sheet), found.speaker)


def test_marks_are_told_with_the_cell_of_each_rater_who_gave_one() -> None:
    found = in_sheet({"talk@甲": "D", "talk@乙": "E"}, {"talk@丙": {0: Origin("丙.xlsx", "打分", "B9")}}, talk=[8, None, 9])
    assert isinstance(found.scope.value("talk"), Panel)
    assert found.read("talk", set()) == ["评议 = 甲 8, 乙 —, 丙 9 [D7、丙.xlsx#打分!B9]"]


def test_what_has_no_column_in_a_sheet_is_told_without_a_place() -> None:
    found = in_sheet({"n": "C"}, {}, ok=None)
    assert found.read("n", set()) == ["人数 = 1 [C7]"]
    assert found.read("ok", set()) == ["达标 = blank"]
