"""References expanded; a category's overlay replaces whole keys, null removes, and the result is checked again."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from scorekit_plugins.rules.records import records

from scorekit.compiling.checks import checks
from scorekit.compiling.metaschema import check_document
from scorekit.compiling.planning import compile_plan
from scorekit.compiling.table import standard_table
from scorekit.compiling.variants import as_written, expanded, item_at, overlaid
from scorekit.domain.plan import Plan, Track
from scorekit.errors import RubricError, ScorekitError
from tests.building import (
    NUMBER,
    TRUTH,
    assessed,
    catalogue,
    criterion,
    document,
    plan_of,
    points,
    reasons,
    rubric_of,
    said,
    section,
    totals,
    units,
)

BASE: dict[str, Any] = {
    "s": section({"a": criterion("mark", 10, wording="甲条"), "b": criterion("mark", 20)}, points=30),
    "c": criterion("mark", 70),
    "v": {**TRUTH, "x-criterion": {"kind": "gate", "if": "v", "effect": "not awarded"}},
}
FRAME: dict[str, Any] = {
    "categories": ["企业", "机关", "事业"],
    "gates": {"accident": {"if": "v", "effect": "not ranked"}},
    "levels": [{"id": "model", "title": "模范", "at_least": 95}, {"id": "good", "title": "先进", "at_least": 85}],
}


def variant(**changes: Any) -> Plan:
    """The plan with a variant for 机关."""
    return plan_of(BASE, **FRAME, variants={"机关": changes})


def track(plan: Plan, category: str) -> Track:
    return next(t for t in plan.tracks if category in t.categories)


def fault(**changes: Any) -> tuple[str, str]:
    with pytest.raises(ScorekitError) as caught:
        variant(**changes)
    return said(caught.value.what), caught.value.where.removeprefix("rubric.json#/x-rubric/variants/机关")


# -------------------------------------------------------------------- overlays


def test_categories_without_a_variant_share_one_track() -> None:
    plan = variant(criteria={"c": {"points": 50}})
    assert [t.categories for t in plan.tracks] == [("企业", "事业"), ("机关",)]
    assert [t.categories for t in plan_of(BASE, **FRAME, variants={"机关": {}}).tracks] == [("企业", "机关", "事业")]


def test_where_every_category_has_a_variant_the_base_is_nobodys() -> None:
    plan = plan_of(BASE, **FRAME, variants={c: {"title": c} for c in FRAME["categories"]})
    assert [t.categories for t in plan.tracks] == [("企业",), ("机关",), ("事业",)]
    assert [t.standard.title for t in plan.tracks] == ["企业", "机关", "事业"]


def test_named_keys_replace_the_bases_whole_and_the_others_stay() -> None:
    changed = track(variant(criteria={"s.a": {"points": 4, "title": "改"}}), "机关")
    spec = next(c.spec for c in changed.criteria if c.spec.path == "s.a")
    assert (spec.points, spec.title, spec.words.wording, spec.clauses[0].rule) == (4, "改", "甲条", "mark")


def test_a_swapped_rule_keeps_nothing_of_the_old_one() -> None:
    base = {**BASE, "c": criterion({"shortfall": {"target": 5, "step": 1, "deduct": 2}}, 70)}
    rule = {"clauses": {"x": {"rule": {"mark": {}}}}}
    for changes, name in ((rule, "mark"), ({"rule": {"each": {"deduct": 1}}}, "each")):
        changed = track(plan_of(base, **FRAME, variants={"机关": {"criteria": {"c": changes}}}), "机关")
        [clause] = next(c for c in changed.criteria if c.spec.path == "c").clauses
        assert (clause.rule.name, len(clause.spec.params)) == (name, 0 if name == "mark" else 1)


def test_null_removes_a_key_or_a_whole_criterion() -> None:
    changed = track(variant(criteria={"s.a": {"wording": None, "floor": None}, "c": None}), "机关")
    assert [c.spec.path for c in changed.criteria] == ["s.a", "s.b"]
    spec = next(c.spec for c in changed.criteria if c.spec.path == "s.a")
    assert (spec.words.wording, spec.floor) == ("", None)


def test_null_removes_a_section_with_all_below_it_but_its_fields_stay() -> None:
    plan = variant(sections={"s": None})
    assert [c.spec.path for c in track(plan, "机关").criteria] == ["c"]
    assert {"s.a", "s.b"} <= {f.path for f in track(plan, "机关").standard.fields}


def test_a_section_without_settings_of_its_own_may_get_some() -> None:
    base = {**BASE, "s": section({"a": criterion()})}
    changed = track(plan_of(base, **FRAME, variants={"机关": {"sections": {"s": {"points": 10, "cap": 5}}}}), "机关")
    assert next(s.spec for s in changed.sections if s.spec.path == "s").cap == 5


def test_gates_and_levels_are_changed_and_removed_by_id() -> None:
    changed = track(
        variant(gates={"accident": None, "v": {"effect": "not ranked"}}, levels={"model": {"at_least": 90}, "good": None}), "机关"
    )
    assert [(g.spec.id, g.spec.effects) for g in changed.gates] == [("v", (("not ranked", ""),))]
    assert [(s.id, s.at_least) for s in changed.standard.levels] == [("model", 90)]
    changed = track(variant(gates={"accident": {"effect": "zero total"}, "v": None}), "机关")
    assert [(g.spec.id, g.spec.effects) for g in changed.gates] == [("accident", (("zero total", ""),))]


def test_the_base_is_never_changed_by_an_overlay() -> None:
    found = document(
        BASE, **FRAME, variants={"机关": {"criteria": {"s.a": {"points": 1}}, "levels": {"good": None}, "gates": {"accident": None}}}
    )
    before = str(found)
    changed = overlaid(found, "机关", "r")
    assert str(found) == before != str(changed)
    assert overlaid(found, "企业", "r") == found


@pytest.mark.parametrize(
    ("changes", "what", "where"),
    [
        ({"criteria": {"s.x": {"points": 1}}}, "the changes name “s.x”, which is no criterion", "/criteria/s.x"),
        ({"criteria": {"s": {"points": 1}}}, "the changes name “s”, which is no criterion", "/criteria/s"),
        ({"criteria": {"unit": None}}, "the changes name “unit”, which is no criterion", "/criteria/unit"),
        ({"sections": {"c": {"points": 1}}}, "the changes name “c”, which is no section", "/sections/c"),
        ({"sections": {"x.y.z": None}}, "the changes name “x.y.z”, which is no section", "/sections/x.y.z"),
        ({"gates": {"acident": None}}, "the changes name “acident”, which is no criterion", "/gates/acident"),
        ({"levels": {"best": None}}, "the changes name the level “best”, which the base does not have", "/levels/best"),
    ],
)
def test_an_overlay_on_what_is_not_there_is_refused(changes: dict[str, Any], what: str, where: str) -> None:
    assert fault(**changes) == (what, where)


@pytest.mark.parametrize(
    ("changes", "what", "where"),
    [
        ({"criteria": {"c": {"rule": None}}}, "exactly one of these must be given: rule, clauses", "/criteria/c"),
        ({"criteria": {"c": {"rule": {"flag": {"otherwize": 1}}}}}, "“otherwize” is not known here", "/criteria/c/rule/flag/otherwize"),
        ({"levels": {"model": {"title": None}}}, "“title” is missing", "/levels/model"),
        ({"gates": {"accident": {"if": None}}}, "exactly one of these must be given: if, require", "/gates/accident"),
        ({"gates": {"v": {"points": 5}}}, "“points” is not known here", "/gates/v/points"),
        ({"sections": {"s": {"aggregate": "summ"}}}, "“summ” is not allowed here", "/sections/s/aggregate"),
    ],
)
def test_the_merged_standard_is_checked_like_any(changes: dict[str, Any], what: str, where: str) -> None:
    assert fault(**changes) == (what, where)


def test_a_variant_of_no_category_is_refused() -> None:
    with pytest.raises(RubricError) as caught:
        plan_of(BASE, **FRAME, variants={"学校": {}})
    assert said(caught.value.what) == "the variant “学校” is no category"
    assert said(caught.value.cure) == "the categories are: 企业, 机关, 事业"
    with pytest.raises(RubricError, match="is no category"):
        plan_of(BASE, variants={"学校": {}})


# -------------------------------------------------------------------- rows go back to their places


def test_each_categorys_plan_runs_on_its_own_rows_and_they_come_back_in_order() -> None:
    plan = variant(criteria={"c": {"points": 5}, "s.b": None}, gates={"accident": None})
    columns = {
        "category": ["机关", "企业", "机关", "事业"],
        "s.a": [1, 2, 3, 4],
        "s.b": [1, 2, 3, 4],
        "c": [50, 60, 4, 40],
        "v": [False] * 4,
    }
    found = assessed(plan, units(plan, columns))
    assert points(found, "c") == [5, 60, 4, 40]
    assert points(found, "s.b") == [None, 2, None, 4]
    assert reasons(found, "s.b")[0] == "NOT_PART"
    assert totals(found) == [6, 64, 7, 48]
    assert found.standings.unit == ("U1", "U2", "U3", "U4")
    assert reasons(found, "gate:accident") == ["NOT_PART", "GATE_CLEAR", "NOT_PART", "GATE_CLEAR"]


def test_columns_are_the_union_of_all_in_the_order_of_the_base() -> None:
    plan = variant(criteria={"s.a": None}, gates={"v": None})
    assert [c.path for c in plan.criteria] == ["s.a", "s.b", "c"]
    assert [g.id for g in plan.gates] == ["v", "accident"]
    every = plan_of(
        BASE,
        **FRAME,
        variants={"企业": {"criteria": {"s.b": None}}, "机关": {"criteria": {"s.a": None}}, "事业": {"criteria": {"c": None}}},
    )
    assert sorted(c.path for c in every.criteria) == ["c", "s.a", "s.b"]


def test_a_category_that_nobody_belongs_to_leaves_its_columns_empty() -> None:
    """Gates and criteria that stand only in another category's standard are no part of anybody's."""
    plan = variant(criteria={"c": None}, gates={"v": None, "accident": None})
    found = assessed(plan, units(plan, {"category": ["机关", "机关"], "s.a": [1, 2], "s.b": [1, 2], "c": [1, 1], "v": [True, True]}))
    assert found.standings.status == ("ranked", "ranked")
    assert reasons(found, "gate:accident") == ["NOT_PART"] * 2
    assert (points(found, "c"), totals(found)) == ([None, None], [2, 4])


def test_nobody_at_all_has_every_column_still() -> None:
    plan = variant(criteria={"c": None})
    found = assessed(plan, units(plan, {"category": [], "s.a": [], "s.b": [], "c": [], "v": []}))
    assert len(found.standings) == 0
    assert set(found.sheet.points) == {"s.a", "s.b", "c"}


# -------------------------------------------------------------------- references


def test_a_reference_carries_all_keywords_and_keys_beside_it_override() -> None:
    defs = {"rate": {"type": "number", "title": "率", "x-unit": "percent", "x-criterion": {"points": 5, "rule": {"mark": {}}}}}
    plan = plan_of({"a": {"$ref": "#/$defs/rate"}, "b": {"$ref": "#/$defs/rate", "title": "别的率"}}, **{"$defs": defs})
    assert [(f.title, f.unit, f.kind) for f in plan.fields[1:]] == [("率", "percent", "number"), ("别的率", "percent", "number")]
    assert [c.points for c in plan.criteria] == [5, 5]


def test_references_may_lead_to_references_and_stand_in_lists() -> None:
    defs = {"x": {"$ref": "#/$defs/y", "title": "x"}, "y": {"type": "number", "title": "y"}}
    assert expanded({"a": [{"$ref": "#/$defs/x"}, 3], "$defs": defs}, {"$defs": defs}, "r") == {
        "a": [{"type": "number", "title": "x"}, 3],
        "$defs": defs,
    }


@pytest.mark.parametrize("reference", ["#/$defs/nothing", "#/properties/a", "rate", "http://example.org/x", "#/$defs/list"])
def test_a_reference_that_names_nothing_is_refused_with_its_place(reference: str) -> None:
    found = document({"s": section({"a": {"$ref": reference}})}, **{"$defs": {"rate": {}, "list": [1]}})
    with pytest.raises(RubricError) as caught:
        compile_plan(rubric_of(found), catalogue())
    assert said(caught.value.what) == f"“{reference}” names nothing under $defs"
    assert caught.value.where == "rubric.json#/properties/s/properties/a"


def test_a_reference_that_leads_back_to_itself_is_refused() -> None:
    found = document({"a": {"$ref": "#/$defs/x"}}, **{"$defs": {"x": {"properties": {"y": {"$ref": "#/$defs/x"}}}}})
    with pytest.raises(RubricError) as caught:
        compile_plan(rubric_of(found), catalogue())
    assert said(caught.value.what) == "“#/$defs/x” leads back to itself"


QUARTER = {
    "title": "季度",
    "properties": {"a": {**criterion("mark", 60), "title": "会议"}, "b": {**criterion("mark", 40), "title": "走访"}},
}


def quarters(**beside: Any) -> dict[str, Any]:
    """A document with one section of the definition for each name, with what is written beside the reference."""
    return {name: {"$ref": "#/$defs/quarter", "title": name, "x-criterion": spec} for name, spec in beside.items()}


def test_a_section_may_be_repeated_by_reference_with_keys_of_its_own() -> None:
    shape = quarters(q1={"scale_to": 25}, q2={"scale_to": 75, "no": "2"})
    plan = plan_of(shape, **{"$defs": {"quarter": QUARTER}})
    assert {c.path for c in plan.criteria} == {"q1.a", "q1.b", "q2.a", "q2.b"}
    columns = {"q1.a": [60, 30], "q1.b": [40, 20], "q2.a": [0, 60], "q2.b": [0, 40]}
    assert totals(assessed(plan, units(plan, columns))) == [25, Fraction(175, 2)]


def test_items_of_a_repeated_section_are_numbered_after_it() -> None:
    item = {**criterion("mark", 60, no="{no}.1"), "title": "会议"}
    inner = section({"c": criterion("mark", 1, no="{no}（1）")}, no="{no}.2")
    plan = plan_of(quarters(q1={"no": "一"}, q2={"no": "二"}), **{"$defs": {"quarter": {"properties": {"a": item, "b": inner}}}})
    assert [(c.path, c.no) for c in plan.criteria] == [("q1.a", "一.1"), ("q1.b.c", "一.2（1）"), ("q2.a", "二.1"), ("q2.b.c", "二.2（1）")]
    assert [(s.path, s.no) for s in plan.sections if s.path] == [("q1", "一"), ("q1.b", "一.2"), ("q2", "二"), ("q2.b", "二.2")]
    assert not [p for p in checks(plan) if "stands twice" in said(p.what)]


@pytest.mark.parametrize(
    ("change", "pointer", "what"),
    [
        (
            {"a": {**criterion("mark"), "x-criterion": {"rule": {"mark": {}}, "poinst": 1}}},
            "/$defs/quarter/properties/a/x-criterion/poinst",
            "“poinst” is not known here",
        ),
        ({"a": {**NUMBER, "tilte": "x"}}, "/$defs/quarter/properties/a/tilte", "“tilte” is not known here"),
    ],
)
def test_a_fault_in_a_definition_is_told_where_it_is_written(change: dict[str, Any], pointer: str, what: str) -> None:
    found = document(quarters(q1={"scale_to": 25}), **{"$defs": {"quarter": {"properties": change}}})
    with pytest.raises(RubricError) as caught:
        check_document(found, "rubric.json", catalogue())
    assert (caught.value.where, said(caught.value.what)) == (f"rubric.json#{pointer}", what)


def test_a_fault_beside_a_reference_is_told_there() -> None:
    found = document(quarters(q1={"charge_to": "x"}), **{"$defs": {"quarter": QUARTER}})
    with pytest.raises(RubricError) as caught:
        check_document(found, "rubric.json", catalogue())
    assert caught.value.where == "rubric.json#/properties/q1/x-criterion/charge_to"


def test_a_reference_that_names_nothing_may_be_left_for_a_base_to_name() -> None:
    node = {"a": {"$ref": "#/$defs/x"}}
    assert expanded(node, {}, "r", strict=False) == node
    assert expanded(node, {"$defs": 3}, "r", strict=False) == node


def test_a_pointer_into_what_is_expanded_leads_back_to_what_is_written() -> None:
    defs = {"x": {"$ref": "#/$defs/a~b"}, "a~b": {"properties": {"l": {"items": [1, {"k": 2}]}}}}
    found = {"$defs": defs, "properties": {"p": {"$ref": "#/$defs/x", "title": "p"}}}
    assert as_written("/properties/p/title", found) == "/properties/p/title"
    assert as_written("/properties/p/properties/l/items/1/k", found) == "/$defs/a~0b/properties/l/items/1/k"
    assert as_written("", found) == ""


def test_an_item_is_found_by_its_path() -> None:
    found = document({"s": section({"a": NUMBER})})
    assert item_at(found, "s.a") == NUMBER
    assert item_at(found, "s.b") is None
    assert item_at(found, "s.a.b") is None


# -------------------------------------------------------------------- the records of lists

PRIZES: dict[str, Any] = {
    "s": section(
        {
            "prizes": {
                "type": "array",
                "title": "获奖",
                "items": {
                    "type": "object",
                    "properties": {
                        "level": {**NUMBER, "title": "级别", "x-criterion": {"points": 10, "rule": {"mark": {}}}},
                        "form": section({"neat": {**NUMBER, "x-criterion": {"points": 5, "rule": {"mark": {}}}}}),
                    },
                    "x-criterion": {"cap": 12},
                },
                "x-criterion": {"points": 100, "start": "empty", "rule": {"records": {}}},
            }
        }
    )
}


def prizes(**changes: Any) -> Plan:
    return plan_of(PRIZES, records, categories=FRAME["categories"], variants={"机关": changes})


def test_a_variant_changes_what_is_scored_in_the_records_of_a_list() -> None:
    plan = prizes(
        criteria={"s.prizes.level": {"points": 4}, "s.prizes.form.neat": None}, sections={"s.prizes": {"cap": 3, "multiplier": 2}}
    )
    rows = {"category": ["企业", "机关"], "s.prizes": [[{"level": 9, "form.neat": 5}], [{"level": 9, "form.neat": 5}]]}
    assert points(assessed(plan, units(plan, rows)), "s.prizes") == [12, 6]
    assert [c.path for c in track(plan, "机关").lists["s.prizes"].track.standard.criteria] == ["s.prizes.level"]
    assert [r.title for r in standard_table(plan, "zh", "机关") if r.kind in ("record", "base")] == ["获奖", "“获奖”的每条记录", "级别"]


def test_null_takes_the_scoring_of_a_list_away_with_that_of_its_records() -> None:
    found = overlaid(document(PRIZES, categories=["机关"], variants={"机关": {"criteria": {"s.prizes": None}}}), "机关", "r")
    node = item_at(found, "s.prizes")
    assert node is not None
    assert "x-criterion" not in node
    assert "x-criterion" not in node["items"]
    assert item_at(found, "s.prizes.form.neat") == NUMBER
    records_only = overlaid(document(PRIZES, categories=["机关"], variants={"机关": {"sections": {"s.prizes": None}}}), "机关", "r")
    kept = item_at(records_only, "s.prizes")
    assert kept is not None
    assert "x-criterion" in kept
    assert "x-criterion" not in kept["items"]["properties"]["level"]


@pytest.mark.parametrize(
    ("changes", "what", "at"),
    [
        (
            {"criteria": {"s.prizes.colour": {"points": 1}}},
            "the changes name “s.prizes.colour”, which is no criterion",
            "/criteria/s.prizes.colour",
        ),
        (
            {"criteria": {"s.prizes.form": {"points": 1}}},
            "the changes name “s.prizes.form”, which is no criterion",
            "/criteria/s.prizes.form",
        ),
        ({"criteria": {"s.prizes.level": {"pointz": 1}}}, "“pointz” is not known here", "/criteria/s.prizes.level/pointz"),
        ({"sections": {"s.prizes": {"rule": {"mark": {}}}}}, "“rule” is not known here", "/sections/s.prizes/rule"),
    ],
)
def test_a_change_to_records_is_checked_as_any_other(changes: Any, what: str, at: str) -> None:
    with pytest.raises(ScorekitError) as caught:
        prizes(**changes)
    assert (said(caught.value.what), caught.value.where.removeprefix("rubric.json#/x-rubric/variants/机关")) == (what, at)


# -------------------------------------------------------------------- the frame

LEVELS = [{"id": "good", "title": "优", "at_least": 90}, {"id": "fair", "title": "良", "at_least": 80}]
FRAMED: dict[str, Any] = {
    "categories": ["企业", "机关"],
    "levels": [],
    "ladders": {"core": {"title": "核心", "of": "points(c)", "levels": LEVELS}, "all": {"title": "总体", "levels": LEVELS}},
    "level": {"combine": "lowest", "of": ["core", "all"]},
    "rank": {"tie_break": [{"by": "points(c)"}]},
    "rankings": {"part": {"title": "单项", "by": "points(c)"}},
    "total": {"scale_to": 50},
    "caps": {"bonus": 5, "groups": {"g": 3}},
}
SHAPE: dict[str, Any] = {"a": criterion("mark", 100), "c": criterion("mark", 100), "b": criterion("mark", None, kind="bonus", group="g")}


def framed(**changes: Any) -> Plan:
    return plan_of(SHAPE, **FRAMED, variants={"机关": changes})


def given(plan: Plan, **columns: list[Any]) -> Any:
    size = len(columns["category"])
    return assessed(plan, units(plan, {"a": [0] * size, "c": [0] * size, "b": [0] * size, **columns}))


def test_every_part_of_the_frame_is_changed_key_by_key_and_null_removes() -> None:
    plan = framed(
        ladders={"core": {"cumulative": True, "title": None}, "all": None},
        level={"of": ["core"]},
        rank={"tie_break": None, "first": "low"},
        rankings={"part": {"ends": 3}},
        total={"scale_to": 100, "floor": None},
        caps={"bonus": None, "groups": {"g": 1}},
    )
    base, own = (track(plan, name).standard for name in ("企业", "机关"))
    assert [(a.id, a.title, a.cumulative) for a in own.ladders] == [("core", "core", True)]
    assert [a.id for a in base.ladders] == ["core", "all"]
    assert (own.combination.how, own.combination.of) == ("lowest", ("core",))  # type: ignore[union-attr]
    assert [(r.id, r.first, r.ends, len(r.ties)) for r in own.rankings] == [("", "low", None, 0), ("part", "high", 3, 0)]
    assert (own.total.scale_to, own.total_floor, own.caps, own.groups) == (100, None, {}, {"g": 1})
    assert (base.total.scale_to, base.total_floor, base.caps, base.groups) == (50, 0, {"bonus": 5}, {"g": 3})


def test_a_whole_part_may_be_taken_out_and_a_ranking_may_go_by_something_else() -> None:
    own = track(framed(rank=None, total=None, caps={"groups": {"g": "2"}}, rankings={"part": {"exact": True}}), "机关").standard
    assert (own.rankings[0].ties, own.total.scale_to) == ((), None)
    assert own.rankings[1].by == "exact()"
    assert track(framed(rankings={"part": None}), "机关").standard.rankings[1:] == ()


@pytest.mark.parametrize(
    ("changes", "what", "where"),
    [
        ({"ladders": {"x": {"cumulative": True}}}, "the changes name the ladder “x”, which the base does not have", "/ladders/x"),
        ({"rankings": {"x": None}}, "the changes name the ranking “x”, which the base does not have", "/rankings/x"),
        ({"ladders": {"core": {"levels": None}}}, "“levels” is missing", "/ladders/core"),
        ({"ladders": {"core": {"levels": [{"id": "x"}]}}}, "“title” is missing", "/ladders/core/levels/0"),
        (
            {"rankings": {"part": {"by": "points()", "exact": True}}},
            "exactly one of these must be given: by, each, exact",
            "/rankings/part",
        ),
        ({"rank": {"withn": []}}, "“withn” is not known here; did you mean “within”?", "/rank/withn"),
        ({"level": {"of": None}}, "“{", "/level"),
        ({"total": {"points": 3}}, "“points” is not known here; did you mean “print”?", "/total/points"),
    ],
)
def test_a_part_of_the_frame_that_does_not_fit_is_refused(changes: dict[str, Any], what: str, where: str) -> None:
    with pytest.raises(ScorekitError) as caught:
        framed(**changes)
    found = said(caught.value.what)
    assert found.startswith(what.partition(";")[0])
    assert caught.value.where == f"rubric.json#/x-rubric/variants/机关{where}"


@pytest.mark.parametrize("key", ["category", "unit", "properties", "tables", "rounding"])
def test_who_is_assessed_and_the_form_are_not_laid_over(key: str) -> None:
    with pytest.raises(RubricError) as caught:
        check_document(document(SHAPE, **FRAMED, variants={"机关": {key: {}}}), "r", catalogue())
    assert (said(caught.value.what).partition(";")[0], caught.value.where) == (
        f"“{key}” is not known here",
        f"r#/x-rubric/variants/机关/{key}",
    )


def test_a_category_has_its_own_ladders_total_and_order() -> None:
    plan = framed(ladders={"all": None}, level={"combine": "highest", "of": ["core"]}, rank={"first": "low", "tie_break": None}, total=None)
    found = given(plan, category=["企业", "机关", "企业", "机关"], a=[90, 95, 60, 5], c=[90, 80, 40, 90])
    assert totals(found) == [45, 175, 25, 95]
    assert found.standings.rank.tolist() == [1, 2, 2, 1]
    assert found.standings.level == ("未达标", "良", "未达标", "优")
    assert found.standings.figures["level:core"].listed() == ["优", "良", "未达标", "优"]
    assert found.standings.figures["level:all"].listed() == ["未达标", None, "未达标", None]


def test_a_category_parts_its_ties_by_its_own_chain() -> None:
    plan = framed(rank={"tie_break": [{"by": "points(a)", "first": "low"}, {"draw": "种子"}]}, total=None)
    found = given(plan, category=["机关", "企业", "机关", "企业", "机关", "机关"], a=[30, 30, 40, 40, 10, 10], c=[20, 20, 10, 10, 0, 0])
    assert found.standings.rank.tolist()[:4] == [1, 1, 2, 2]
    assert sorted(found.standings.rank.tolist()[4:]) == [3, 4]
    told = [" ".join(said(t) for t in found.standings.because[row]) for row in range(6)]
    assert "before them by “a” (30, theirs 40)" in told[0]
    assert "after them by “a” (40, theirs 30)" in told[2]
    assert "before them by “c” (20, theirs 10)" in told[1]
    assert all("drawn" in told[row] for row in (4, 5))


def test_units_that_are_ranked_together_are_ranked_by_one_set_of_rules() -> None:
    frame = {**FRAMED, "rankings": {"part": {"by": "points(c)", "within": []}}}
    with pytest.raises(RubricError) as caught:
        plan_of(SHAPE, **frame, variants={"机关": {"rankings": {"part": {"first": "low"}}}})
    assert said(caught.value.what) == ("in the standard of “机关” the ranking “part” has other rules, but ranks with other categories")
    plan = plan_of(SHAPE, **frame, variants={"机关": {"rankings": {"part": {"by": "2 * points(c)"}}}})
    assert given(plan, category=["企业", "机关"], c=[60, 40]).sheet.totals["rank:part"].listed() == [2, 1]


def test_units_of_a_category_without_the_item_have_no_figure_in_its_ranking() -> None:
    frame = {
        **FRAMED,
        "ladders": {},
        "level": {},
        "rank": {},
        "rankings": {"part": {"by": "points(c)", "within": [], "where": "points(b) >= 0"}},
    }
    for gone in ({"c": None}, {"b": None}):
        plan = plan_of(SHAPE, **frame, variants={"机关": {"criteria": gone}})
        found = given(plan, category=["企业", "机关", "企业"], c=[60, 90, 70])
        assert found.sheet.totals["rank:part"].listed() == [2, None, 1]


def test_where_an_item_is_needed_the_fault_names_the_category_without_it() -> None:
    shape = {**SHAPE, "d": criterion({"mark": {"of": "points(c) / 2"}}, 50, {})}
    with pytest.raises(RubricError) as caught:
        plan_of(shape, categories=["企业", "机关"], caps=FRAMED["caps"], variants={"机关": {"criteria": {"c": None}}})
    assert said(caught.value.what) == (
        "in the standard of “机关”: the formula “points(c) / 2” cannot be read at character 8: “c” is no part of this standard"
    )
    with pytest.raises(RubricError, match="is no part of this standard"):
        plan_of(
            SHAPE, categories=["企业", "机关"], caps=FRAMED["caps"], rank={"by": "points(c)"}, variants={"机关": {"criteria": {"c": None}}}
        )
