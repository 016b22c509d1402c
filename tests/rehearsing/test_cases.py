"""Worked cases are evaluated as submissions are; what comes out otherwise is named with both figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scorekit.catalogue import Catalogue, discover
from scorekit.compiling import compile_plan
from scorekit.domain.plan import Plan
from scorekit.errors import InputError
from scorekit.loading.rubrics import shipped
from scorekit.rehearsing.cases import Difference, cases_beside, load_cases, rehearsed
from tests.building import rubric_of, said

NUMBER = {"type": "number", "title": "数"}
PROPERTIES = {
    "unit": {"type": "string", "title": "单位"},
    "category": {"enum": ["企业", "机关"], "title": "类别"},
    "s": {
        "type": "object",
        "title": "节",
        "properties": {
            "a": {**NUMBER, "x-criterion": {"no": "1", "points": 10, "rule": {"mark": {}}}},
            "b": {**NUMBER, "x-criterion": {"no": "2", "points": 3, "rule": {"pro_rata": {"full_at": 3}}}},
        },
    },
    "c": {**NUMBER, "x-criterion": {"points": 5, "rule": {"place_points": {"prices": [5, 3]}}}},
    "v": {"type": "boolean", "title": "否决"},
}
FRAME = {
    "language": 1,
    "id": "small",
    "version": "1",
    "category": "category",
    "rounding": {"total": {"decimals": 2}},
    "levels": [{"id": "good", "title": "良", "at_least": 10}],
    "gates": {"veto": {"if": "v", "effect": "not ranked"}},
}


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return discover(third_party=False)


@pytest.fixture(scope="module")
def plan(known: Catalogue) -> Plan:
    return compile_plan(rubric_of({"title": "小标准", "type": "object", "properties": PROPERTIES, "x-rubric": FRAME}), known)


def written(folder: Path, *cases: dict[str, Any], **more: Any) -> Path:
    path = folder / "cases.json"
    path.write_text(json.dumps({**more, "cases": cases}, ensure_ascii=False), encoding="utf-8")
    return path


def differences(folder: Path, plan: Plan, known: Catalogue, *cases: dict[str, Any], **more: Any) -> list[tuple[str, str, str, str]]:
    verdicts = list(rehearsed(load_cases(written(folder, *cases, **more), plan), plan, known))
    found: list[Difference] = [d for v in verdicts for d in v.differences]
    return [(d.unit, d.figure, d.expected, d.found) for d in found]


GIVEN = {"s": {"a": 8, "b": 1}, "c": 4, "v": False}
EVERYTHING = {
    "criteria": {"s.a": 8, "s.b": 1, "c": 5},
    "sections": {"s": 9},
    "total": 14,
    "base": 14,
    "bonus": 0,
    "deduction": 0,
    "rank": 1,
    "level": "良",
    "status": "ranked",
    "reasons": {"s.a": "part", "gate:veto": "gate-clear"},
}


def test_every_kind_of_figure_may_be_expected(tmp_path: Path, plan: Plan, known: Catalogue) -> None:
    assert differences(tmp_path, plan, known, {"name": "甲", "given": GIVEN, "expected": EVERYTHING}) == []


def test_what_comes_out_otherwise_is_named_with_both_figures(tmp_path: Path, plan: Plan, known: Catalogue) -> None:
    wrong = {
        "criteria": {"s.a": 7, "s.b": None},
        "sections": {"s": 8.5},
        "total": 13.5,
        "rank": None,
        "level": "未达标",
        "status": "invalid",
        "reasons": {"s.a": "full"},
    }
    assert differences(tmp_path, plan, known, {"name": "甲", "given": GIVEN, "expected": wrong}) == [
        ("甲", "criteria/s.a", "7", "8"),
        ("甲", "criteria/s.b", "", "1"),
        ("甲", "sections/s", "8.5", "9.00"),
        ("甲", "total", "13.5", "14.00"),
        ("甲", "rank", "", "1"),
        ("甲", "level", "未达标", "良"),
        ("甲", "status", "invalid", "ranked"),
        ("甲", "reasons/s.a", "full", "part"),
    ]


def test_a_missing_figure_differs_from_zero(tmp_path: Path, plan: Plan, known: Catalogue) -> None:
    case = {"name": "甲", "given": {**GIVEN, "v": True}, "expected": {"rank": 0, "status": "not ranked"}}
    assert differences(tmp_path, plan, known, case) == [("甲", "rank", "0", "")]


def test_fields_may_be_named_by_path_and_shared_ones_are_given_once(tmp_path: Path, plan: Plan, known: Catalogue) -> None:
    cases = [
        {"name": "照旧", "expected": {"criteria": {"s.a": 8}}},
        {"name": "换一个", "given": {"s.a": 2}, "expected": {"criteria": {"s.a": 2, "s.b": 1}}},
        {"name": "去掉一个", "given": {"s.a": None}, "expected": {"criteria": {"s.a": 0}, "reasons": {"s.a": "missing-as-zero"}}},
    ]
    assert differences(tmp_path, plan, known, *cases, given=GIVEN) == []


def test_several_units_of_one_case_are_compared_with_one_another(tmp_path: Path, plan: Plan, known: Catalogue) -> None:
    units = {"甲": {"c": 4}, "乙": {"c": 9}, "丙": {"c": 1, "category": "机关"}}
    expected = {"甲": {"criteria": {"c": 3}}, "乙": {"criteria": {"c": 5}}, "丙": {"criteria": {"c": 5}}}
    assert differences(tmp_path, plan, known, {"name": "名次", "units": units, "expected": expected}, given=GIVEN) == []


def test_a_unit_may_bear_a_name_of_its_own(tmp_path: Path, plan: Plan, known: Catalogue) -> None:
    units = {"甲": {"unit": "甲公司", "c": 4}, "乙": {"unit": "乙公司", "c": 9}}
    case = {"name": "名次", "units": units, "expected": {"甲": {"rank": 2}, "乙": {"rank": 1}}}
    assert differences(tmp_path, plan, known, case, given=GIVEN) == []


def test_a_figure_may_be_expected_as_it_is_printed(tmp_path: Path, plan: Plan, known: Catalogue) -> None:
    thirds = {"name": "甲", "given": {"s": {"a": 1.0004, "b": 1}}, "expected": {"sections": {"s": 2.00}}}
    assert differences(tmp_path, plan, known, thirds, given=GIVEN) == []


@pytest.mark.parametrize(
    ("case", "what", "where"),
    [
        ({"name": "甲", "given": {"s": {"bb": 1}}, "expected": {"total": 1}}, "the rubric has no field “s.bb”", "/cases/0/given/s.bb"),
        ({"name": "甲", "given": {"t.b": 1}, "expected": {"total": 1}}, "the rubric has no field “t”", "/cases/0/given/t"),
        ({"name": "甲", "expected": {"criteria": {"s.aa": 1}}}, "the rubric has no “s.aa”", "/cases/0/expected/criteria/s.aa"),
        ({"name": "甲", "expected": {"sections": {"t": 1}}}, "the rubric has no “t”", "/cases/0/expected/sections/t"),
        ({"name": "甲", "expected": {"reasons": {"gate:x": "full"}}}, "the rubric has no “gate:x”", "/cases/0/expected/reasons/gate:x"),
        ({"name": "甲", "expected": {"level": "优"}}, "the rubric has no level “优”", "/cases/0/expected/level"),
        ({"name": "甲", "expected": {"totl": 1}}, "“totl” is not known here", "/cases/0/expected/totl"),
        ({"name": "甲", "expected": {}}, "this has fewer than 1 entries", "/cases/0/expected"),
        ({"name": "甲"}, "“expected” is missing", "/cases/0"),
        (
            {"name": "名次", "units": {"甲": {}}, "expected": {"乙": {"rank": 1}}},
            "the case expects figures of “乙”, which is none of its units",
            "/cases/0/expected/乙",
        ),
    ],
)
def test_a_case_that_expects_what_is_not_there_is_refused(tmp_path: Path, plan: Plan, case: Any, what: str, where: str) -> None:
    with pytest.raises(InputError) as caught:
        load_cases(written(tmp_path, case), plan)
    assert said(caught.value.what) == what
    assert caught.value.where == f"{tmp_path / 'cases.json'}#{where}"
    assert said(caught.value.cure)


def test_the_cases_of_a_rubric_stand_beside_it() -> None:
    assert cases_beside(Path("home/rubric.json")) == Path("home/cases.json")
    assert cases_beside(Path("home/city.json")) == Path("home/city.cases.json")


def test_every_case_of_every_shipped_rubric_holds(known: Catalogue) -> None:
    tried = {}
    for rubric in shipped(known):
        path = cases_beside(Path(rubric.where))
        if path.is_file():
            plan = compile_plan(rubric, known)
            verdicts = list(rehearsed(load_cases(path, plan), plan, known))
            assert [(v.case.name, v.differences) for v in verdicts if v.differences] == [], rubric.id
            tried[rubric.id] = len(verdicts)
    assert tried["model-home"] >= 12
    assert tried["six-haves"] >= 12
