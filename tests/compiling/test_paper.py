"""The printed standard is complete: clauses, gates, levels, order, what is in force, fields, sources."""

from __future__ import annotations

from typing import Any

import pytest

from scorekit.catalogue import Catalogue, discover
from scorekit.compiling import compile_plan
from scorekit.compiling.paper import printed_standard
from scorekit.domain.paper import PaperTable, PrintedStandard
from scorekit.loading.rubrics import load_rubric, shipped
from tests.building import TRUTH, criterion, plan_of, section


def paper(properties: dict[str, Any], lang: str = "en", category: str | None = None, **frame: Any) -> dict[str, PaperTable]:
    return {t.heading: t for t in printed_standard(plan_of(properties, **frame), category, lang).tables}


def cells(table: PaperTable) -> list[tuple[str, ...]]:
    return [line.cells for line in table.lines]


PROPERTIES = {
    "s": section(
        {"a": criterion("mark", 10, no="1.1", title="甲"), "b": criterion({"each": {"deduct": 1}}, 5, no="1.2", title="乙")},
        points=15,
        no="1",
    ),
    "r": {"title": "率", "x-unit": "percent", "x-derive": "s.a / 2"},
    "k": {"enum": ["好", "差"], "title": "评价", "x-source": "office", "x-form": {"evidence": "文件"}},
    "n": {"type": "integer", "minimum": 0, "title": "人数", "x-unit": "人", "x-form": {"aliases": ["职工数"]}},
    "v": TRUTH,
}


def test_clauses_stand_under_their_sections_with_points_and_method() -> None:
    table = paper(PROPERTIES)["Clauses"]
    assert [(line.cells[0], line.cells[2], line.depth, line.strong) for line in table.lines] == [
        ("1", "15", 0, True),
        ("1.1", "10", 1, False),
        ("1.2", "5", 1, False),
    ]
    assert table.lines[2].cells[3].startswith("1 off for each")
    assert sum(table.widths) == 100


def test_gates_and_levels_have_tables_of_their_own() -> None:
    found = paper(
        PROPERTIES,
        gates={"g": {"no": "9", "title": "事故", "if": "v", "effect": "not ranked"}},
        levels=[{"id": "l", "title": "优", "at_least": 12, "if": "v"}],
    )
    assert cells(found["Gates"])[0][:3] == ("9", "事故", "v; not ranked (others move up)")
    assert cells(found["Levels"]) == [("优", "points of “total” ≥ 12; v"), ("未达标", "all others")]


def test_defaults_in_force_are_printed() -> None:
    assert cells(paper(PROPERTIES)["Rules in force"]) == [
        ("rounding: each criterion", "2 decimals, half up"),
        ("rounding: the total", "2 decimals, half up"),
        ("blanks", "a blank counts 0"),
        ("blanks in deductions and gates", "a blank leaves the unit incomplete; it is asked for, not assumed"),
        ("what does not apply", "left out, and the rest put on full marks"),
        ("invalid values", "no points, and the unit is incomplete until it is mended"),
    ]


def test_what_is_chosen_takes_the_place_of_the_defaults() -> None:
    frame: dict[str, Any] = {
        "rounding": {"section": {"decimals": 1, "mode": "floor"}},
        "missing": "incomplete",
        "not_applicable": "full",
        "invalid": "as-missing",
        "caps": {"bonus": 5, "groups": {"g": 3}},
        "period": {"start": "2026-01-01", "end": "2026-12-31"},
    }
    found = dict(cells(paper(PROPERTIES, **frame)["Rules in force"]))  # type: ignore[arg-type]
    assert found["rounding: each section"] == "1 decimals, down"
    assert found["rounding: the total"] == "2 decimals, half up"
    assert "rounding: each criterion" not in found
    assert found["blanks"] == "a blank leaves the unit incomplete"
    assert found["what does not apply"] == "full marks"
    assert found["invalid values"] == "as a blank"
    assert (found["cap: bonuses in all"], found["cap: g"]) == ("5", "3")
    assert found["assessment period"] == "2026-01-01 to 2026-12-31"


def test_fields_say_who_fills_them_and_what_they_hold() -> None:
    found = {line.cells[0]: line.cells[1:] for line in paper(PROPERTIES)["Fields"].lines}
    assert found["率"] == ("computed", "a percentage", "s.a ÷ 2", "")
    assert found["评价"] == ("the office", "a text", "好, 差", "文件")
    assert found["人数"] == ("the unit", "a number (人)", "≥ 0; also called 职工数", "")


def test_sources_and_notes_close_the_paper() -> None:
    found = paper(PROPERTIES, sources={"S1": {"title": "办法", "address": "http://x.example"}}, notes=["甲"], reading="乙")
    assert cells(found["Sources"]) == [("S1", "办法", "http://x.example")]
    assert cells(found["Notes"]) == [("1", "甲"), ("2", "乙")]


def test_the_paper_is_of_one_category() -> None:
    frame: dict[str, Any] = {
        "categories": ["企业", "机关"],
        "variants": {"机关": {"title": "机关标准", "criteria": {"s.a": {"points": 12}}}},
    }
    found = printed_standard(plan_of(PROPERTIES, **frame), "机关", "zh")
    assert (found.title, found.under[1]) == ("机关标准", "适用类别：机关")
    assert found.tables[0].lines[1].cells[2] == "12"


def test_what_a_lower_level_changed_is_marked() -> None:
    origin = {"id": "base", "version": "1", "digest": "0", "changed": ["criteria/s.a"]}
    plan = plan_of(PROPERTIES, based_on=origin)
    found = printed_standard(plan, None, "en")
    assert found.under[-1] == "Tailored from: base 1"
    assert [line.cells[1] for line in found.tables[0].lines][1:] == ["甲 (changed here)", "乙"]


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return discover(third_party=False)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_shipped_standard_is_set_out_with_every_clause(known: Catalogue, lang: str) -> None:
    for rubric in shipped(known):
        plan = compile_plan(load_rubric(rubric.id, known), known)
        found: PrintedStandard = printed_standard(plan, None, lang)
        clauses = found.tables[0]
        assert len(clauses.lines) >= len(plan.tracks[0].criteria)
        assert all(len(line.cells) == len(t.columns) == len(t.widths) for t in found.tables for line in t.lines), rubric.id
        assert all(sum(t.widths) == 100 for t in found.tables)


def test_the_text_of_levels_and_ladders_is_printed_with_what_it_rests_on() -> None:
    level = {"id": "a", "title": "优", "at_least": 90, "wording": "九十分以上为优", "basis": [{"source": "S1", "clause": "三"}]}
    ladders = {"k": {"title": "核心", "levels": [level], "reading": "示例"}}
    tables = paper({"x": criterion()}, "zh", levels=[level], ladders=ladders)
    assert cells(tables["等次"])[0] == ("优", "“总分”得分 ≥ 90；条款：九十分以上为优；依据：S1 三")
    assert cells(tables["等次（核心）"])[0] == ("", "依据：自行理解：示例")


def test_lists_have_their_records_clauses_and_what_counts_only_once() -> None:
    from scorekit_plugins.rules.records import records

    level = {"type": "string", "title": "级别"}
    scored = {"type": "number", "title": "件数", "x-criterion": {"points": 10, "rule": {"mark": {}}}}
    inner = {"type": "object", "properties": {"level": level, "a": scored}, "x-criterion": {"cap": 8, "multiplier": 2}}
    spec = {"points": 50, "start": "empty", "rule": {"records": {}}}
    shape = {"r": {"type": "array", "title": "荣誉", "items": inner, "x-criterion": spec}}
    plan = plan_of(shape, records, matters={"m": {"title": "奖项", "lists": {"r": {"key": "level"}}}})
    tables = {t.heading: cells(t) for t in printed_standard(plan, None, "zh").tables}
    assert [line[1] for line in tables["考核条款"]] == ["荣誉", "“荣誉”的每条记录", "件数"]
    assert "2" in tables["考核条款"][1][3]
    [only] = tables["同一事由只计一次"]
    assert only[1] == "奖项"
    assert "“荣誉”按级别" in only[2]
