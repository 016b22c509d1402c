"""Two rubrics over the same submissions: only units whose level, rank or award changes are named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scorekit.catalogue import Catalogue, discover
from scorekit.errors import InputError
from scorekit.loading.rubrics import rubric_of
from scorekit.rehearsing.replay import Moved, replayed


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return discover(third_party=False)


def rubric(known: Catalogue, name: str = "small", line: int = 8, factor: str = "a + b", order: str = "high") -> Any:
    number = {"type": "number", "title": "数"}
    total = {"title": "合计", "x-criterion": {"points": 20, "rule": {"mark": {"of": factor}}, "missing": "incomplete"}}
    document = {
        "title": name,
        "type": "object",
        "properties": {"unit": {"type": "string", "title": "单位"}, "a": number, "b": number, "c": total},
        "x-rubric": {
            "language": 1,
            "id": name,
            "version": "1",
            "levels": [{"id": "good", "title": "良", "at_least": line}],
            "rank": {"tie_break": [{"by": "a", "first": order}]},
        },
    }
    return rubric_of(document, "rubric.json", known)


@pytest.fixture
def submissions(tmp_path: Path) -> Path:
    path = tmp_path / "units.csv"
    path.write_text("unit,a,b\n甲,6,3\n乙,2,7\n丙,4,1\n", encoding="utf-8")
    return path


def test_units_whose_level_changes_are_named_with_both(known: Catalogue, submissions: Path) -> None:
    found = replayed(rubric(known), rubric(known, line=9), submissions, known)
    assert (found.units, found.moved) == (3, ())
    found = replayed(rubric(known, line=9), rubric(known, line=10), submissions, known)
    assert found.moved == (
        Moved("甲", "", (("level", "良", "未达标"),)),
        Moved("乙", "", (("level", "良", "未达标"),)),
    )


def test_units_whose_rank_changes_are_named_with_rank_and_total(known: Catalogue, submissions: Path) -> None:
    found = replayed(rubric(known, line=20), rubric(known, line=20, factor="a + 2 * b"), submissions, known)
    assert found.moved == (
        Moved("甲", "", (("rank", "1", "2"), ("total", "9.00", "12.00"))),
        Moved("乙", "", (("rank", "2", "1"), ("total", "9.00", "16.00"))),
    )


def test_a_total_that_changes_nothing_else_is_counted_not_named(known: Catalogue, submissions: Path) -> None:
    found = replayed(rubric(known, line=20), rubric(known, line=20, factor="a + b + 1"), submissions, known)
    assert (found.moved, found.totals) == ((), 3)


def test_awards_follow_the_notice_of_either_rubric(known: Catalogue, submissions: Path, tmp_path: Path) -> None:
    for name in ("small", "later"):
        notice = tmp_path / "notice.json"
        notice.write_text(json.dumps({"rubric": name, "categories": {"": {"seats": 1}}, "award": {"title": "奖"}}), encoding="utf-8")
        found = replayed(rubric(known, line=20), rubric(known, "later", line=20, order="low"), submissions, known, notice)
        assert [(m.unit, m.figures) for m in found.moved] == [
            ("甲", (("rank", "1", "2"), ("award", "奖", ""))),
            ("乙", (("rank", "2", "1"), ("award", "", "奖"))),
        ]


def test_a_notice_of_neither_is_refused(known: Catalogue, submissions: Path, tmp_path: Path) -> None:
    notice = tmp_path / "notice.json"
    notice.write_text(json.dumps({"rubric": "other"}), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        replayed(rubric(known), rubric(known), submissions, known, notice)
    assert caught.value.where == f"{notice}#/rubric"
