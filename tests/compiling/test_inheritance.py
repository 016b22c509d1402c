"""A lower level's rubric is its base with its changes laid over it; what the base locks, it may not touch."""

from __future__ import annotations

from typing import Any

import pytest

from scorekit.compiling.inheritance import merged
from scorekit.compiling.metaschema import check_document
from scorekit.domain.documents import digest
from scorekit.domain.rubric import Rubric
from scorekit.errors import RubricError
from tests.building import NUMBER, TRUTH, catalogue, criterion, document, rubric_of, said, section


def base(**frame: Any) -> Rubric:
    properties = {
        "s": section({"a": criterion("mark", 10, wording="甲条"), "b": criterion("mark", 20, locked=["points", "rule"])}, points=30),
        "t": section({"d": criterion("mark", 5), "e": criterion("mark", 5, locked=True)}, locked=["cap"]),
        "w": section({"f": criterion("mark", 5)}, locked=True),
        "c": criterion("mark", 70, locked=True),
        "v": TRUTH,
    }
    levels = [{"id": "model", "title": "模范", "at_least": 95}, {"id": "good", "title": "先进", "at_least": 85, "locked": ["at_least"]}]
    gates = {"accident": {"if": "v", "effect": "not ranked", "locked": True}, "loose": {"if": "v", "effect": "not awarded"}}
    return rubric_of(document(properties, **{"levels": levels, "gates": gates, "version": "2", "categories": ["企业", "机关"], **frame}))


def lower(properties: Any = None, changes: Any = None, **frame: Any) -> dict[str, Any]:
    own = {"language": 1, "id": "city", "version": "7", "extends": "base.json", **frame}
    found: dict[str, Any] = {"x-rubric": {**own, **({"changes": changes} if changes else {})}}
    return {**found, "properties": properties} if properties else found


def laid(found: dict[str, Any], on: Rubric | None = None) -> dict[str, Any]:
    check_document(found, "city.json", catalogue())
    result = merged(on or base(), found, "city.json", catalogue())
    check_document(result, "city.json", catalogue())
    return result


def fault(found: dict[str, Any], on: Rubric | None = None) -> tuple[str, str]:
    with pytest.raises(RubricError) as caught:
        laid(found, on)
    assert said(caught.value.cure)
    return said(caught.value.what), caught.value.where.removeprefix("city.json#")


def test_without_changes_the_base_applies_under_the_lower_level_s_own_name() -> None:
    result = laid(lower())
    frame = result["x-rubric"]
    assert (frame["id"], frame["version"]) == ("city", "7")
    assert result["properties"] == base().document["properties"]
    assert "extends" not in frame


def test_the_merged_document_names_its_base_by_id_version_and_digest() -> None:
    found = laid(lower(changes={"criteria": {"s.a": {"points": 12}}, "variants": {"机关": {"levels": {"model": {"at_least": 90}}}}}))
    origin = found["x-rubric"]["based_on"]
    assert (origin["id"], origin["version"], origin["digest"]) == (base().id, base().version, digest(base().document))
    assert origin["changed"] == ["criteria/s.a", "variants/机关/levels/model"]


def test_named_keys_replace_the_base_s_whole_and_null_removes() -> None:
    changes = {
        "title": "市级标准",
        "criteria": {"s.a": {"points": 12, "wording": None}, "t.d": None},
        "sections": {"s": {"points": 32}},
        "levels": {"model": {"at_least": 98}},
        "gates": {"loose": None},
    }
    found = laid(lower(changes=changes))
    assert found["title"] == "市级标准"
    assert found["properties"]["s"]["properties"]["a"]["x-criterion"] == {"rule": {"mark": {}}, "points": 12}
    assert found["properties"]["s"]["x-criterion"] == {"points": 32}
    assert "x-criterion" not in found["properties"]["t"]["properties"]["d"]
    assert found["x-rubric"]["levels"][0]["at_least"] == 98
    assert list(found["x-rubric"]["gates"]) == ["accident"]


def test_a_lower_level_adds_items_of_its_own_to_a_section_and_to_the_root() -> None:
    own = {"s": {"properties": {"n": criterion("mark", 3)}}, "extra": criterion("mark", 2, kind="bonus")}
    found = laid(lower(own, gates={"late": {"if": "v", "effect": "not awarded"}}, rank={"tie_break": [{"by": "c"}]}))
    assert list(found["properties"]["s"]["properties"]) == ["a", "b", "n"]
    assert found["properties"]["extra"]["x-criterion"]["points"] == 2
    assert list(found["x-rubric"]["gates"]) == ["accident", "loose", "late"]
    assert found["x-rubric"]["rank"] == {"tie_break": [{"by": "c"}]}
    assert set(found["x-rubric"]["based_on"]["changed"]) == {"criteria/s.n", "criteria/extra", "gates/late", "x-rubric/rank"}


def test_an_item_of_the_base_cannot_be_written_a_second_time() -> None:
    assert fault(lower({"s": {"properties": {"a": NUMBER}}})) == (
        "the base has “s.a” already",
        "/properties/s/properties/a",
    )


def test_changes_reach_the_variants_of_categories_item_by_item() -> None:
    on = base(variants={"机关": {"criteria": {"s.a": {"points": 1}, "t.d": {"points": 2}}}, "企业": {"title": "企业标准"}})
    found = laid(lower(changes={"variants": {"机关": {"criteria": {"s.a": {"points": 4}}}, "企业": None}}), on)
    assert found["x-rubric"]["variants"] == {"机关": {"criteria": {"s.a": {"points": 4}, "t.d": {"points": 2}}}}


def test_a_third_level_keeps_the_history_and_the_locks() -> None:
    city = rubric_of(laid(lower(changes={"criteria": {"s.a": {"locked": True}}})))
    county = lower(changes={"sections": {"s": {"points": 31}}}, id="county")
    found = laid(county, city)
    assert found["x-rubric"]["based_on"]["digest"] == digest(city.document)
    assert found["x-rubric"]["based_on"]["based_on"]["digest"] == digest(base().document)
    assert fault(lower(changes={"criteria": {"s.a": {"points": 1}}}), city)[0] == "the base locks “s.a”: points may not be changed"


@pytest.mark.parametrize(
    ("changes", "name", "where"),
    [
        ({"criteria": {"c": {"points": 60}}}, "c", "/criteria/c/points"),
        ({"criteria": {"c": {"wording": "改"}}}, "c", "/criteria/c/wording"),
        ({"criteria": {"c": None}}, "c", "/criteria/c"),
        ({"criteria": {"s.b": {"points": 19}}}, "s.b", "/criteria/s.b/points"),
        ({"criteria": {"s.b": {"clauses": {"x": {"rule": {"mark": {}}}}}}}, "s.b", "/criteria/s.b/clauses"),
        ({"criteria": {"s.b": {"locked": None}}}, "s.b", "/criteria/s.b/locked"),
        ({"criteria": {"s.b": None}}, "s.b", "/criteria/s.b"),
        ({"criteria": {"w.f": {"points": 4}}}, "w.f", "/criteria/w.f/points"),
        ({"sections": {"t": None}}, "t", "/sections/t"),
        ({"sections": {"s": None}}, "s", "/sections/s"),
        ({"sections": {"t": {"cap": 3}}}, "t", "/sections/t/cap"),
        ({"gates": {"accident": {"effect": "not awarded"}}}, "accident", "/gates/accident/effect"),
        ({"levels": {"good": {"at_least": 80}}}, "good", "/levels/good/at_least"),
        ({"levels": {"good": None}}, "good", "/levels/good"),
        ({"variants": {"机关": {"criteria": {"c": {"points": 1}}}}}, "c", "/variants/机关/criteria/c/points"),
    ],
)
def test_what_the_base_locks_may_not_be_changed(changes: dict[str, Any], name: str, where: str) -> None:
    what, at = fault(lower(changes=changes))
    assert what.startswith(f"the base locks “{name}”")
    assert at == f"/x-rubric/changes{where}"


def test_other_keys_of_a_partly_locked_item_may_be_changed() -> None:
    found = laid(
        lower(changes={"criteria": {"s.b": {"wording": "乙条"}}, "levels": {"good": {"title": "优良"}}, "sections": {"t": {"points": 9}}})
    )
    assert found["properties"]["s"]["properties"]["b"]["x-criterion"]["wording"] == "乙条"


def test_a_lock_is_not_got_round_by_replacing_the_whole_list_or_gate() -> None:
    assert fault(lower(levels=[{"id": "good", "title": "先进", "at_least": 1}])) == ("the base locks “good”", "/x-rubric/levels/good")
    assert fault(lower(gates={"accident": {"if": "v", "effect": "not awarded"}}))[0] == "the base locks “accident”"


def test_nothing_is_added_to_a_section_that_is_locked_whole() -> None:
    assert fault(lower({"w": {"properties": {"n": criterion("mark", 3)}}})) == (
        "the base locks “w”: properties may not be changed",
        "/properties/w/properties/n",
    )


@pytest.mark.parametrize(
    ("locked", "found", "name", "where"),
    [
        (["levels"], lower(changes={"levels": {"model": {"at_least": 1}}}), "levels", "/x-rubric/changes/levels"),
        (
            ["levels"],
            lower(changes={"variants": {"机关": {"levels": {"model": None}}}}),
            "levels",
            "/x-rubric/changes/variants/机关/levels",
        ),
        (["levels"], lower(variants={"机关": {"levels": {"model": None}}}), "levels", "/x-rubric/variants/机关/levels"),
        (["rank"], lower(rank={}), "rank", "/x-rubric/rank"),
        (["properties"], lower({"x": criterion("mark", 1)}), "properties", "/properties"),
        (True, lower(caps={"bonus": 1}), "caps", "/x-rubric/caps"),
    ],
)
def test_whole_parts_of_the_frame_are_locked_by_name(locked: Any, found: dict[str, Any], name: str, where: str) -> None:
    what, at = fault(found, base(locked=locked))
    assert what == f"the base locks “{name}”: {name} may not be changed"
    assert at == where


def test_a_lower_level_adds_to_the_locks_and_takes_none_away() -> None:
    assert laid(lower(locked=["caps"]), base(locked=["levels"]))["x-rubric"]["locked"] == ["levels", "caps"]


def test_who_is_assessed_stays_the_base_s() -> None:
    assert fault(lower(unit="v")) == ("a lower level cannot change “unit”", "/x-rubric/unit")
    assert fault(lower(category="v"))[1] == "/x-rubric/category"
    assert laid(lower(unit="unit"))


def test_what_is_changed_is_checked_like_any_rubric() -> None:
    assert fault(lower(changes={"criteria": {"s.a": {"rule": None}}}))[1] == "/x-rubric/changes/criteria/s.a"
    assert fault(lower(changes={"criteria": {"zz": {"points": 1}}})) == (
        "the changes name “zz”, which is no criterion",
        "/x-rubric/changes/criteria/zz",
    )
    assert fault(lower(changes={"levels": {"zz": {"at_least": 1}}}))[1] == "/x-rubric/changes/levels/zz"


# -------------------------------------------------------------------- the records of lists


def prizes(locked: Any = None, inner: Any = None, whole: Any = None) -> Rubric:
    """A base with a scored list; *whole* locks the list, *locked* what combines a record, *inner* a criterion in it."""
    lock = {k: {"locked": v} if v is not None else {} for k, v in (("whole", whole), ("locked", locked), ("inner", inner))}
    items = {"a": {**NUMBER, "x-criterion": {"points": 10, "rule": {"mark": {}}, **lock["inner"]}}, "n": NUMBER}
    node = {
        "type": "array",
        "items": {"type": "object", "properties": items, "x-criterion": {"cap": 9, **lock["locked"]}},
        "x-criterion": {"points": 50, "rule": {"mark": {"of": "sum(r, record())"}}, **lock["whole"]},
    }
    return rubric_of(document({"r": node, "x": criterion()}, categories=["企业", "机关"]))


def test_a_lower_level_changes_what_is_scored_in_the_records_of_a_list_by_its_path() -> None:
    found = laid(lower(changes={"criteria": {"r.a": {"points": 8}}, "sections": {"r": {"cap": 7}}}), prizes())
    items = found["properties"]["r"]["items"]
    assert (items["properties"]["a"]["x-criterion"]["points"], items["x-criterion"]) == (8, {"cap": 7})
    assert found["x-rubric"]["based_on"]["changed"] == ["criteria/r.a", "sections/r"]


def test_items_in_the_records_of_a_list_that_a_lower_level_adds_are_named() -> None:
    node = prizes().document["properties"]["r"]
    found = laid(lower({"q": node}), prizes())
    assert found["x-rubric"]["based_on"]["changed"] == ["criteria/q", "sections/q", "criteria/q.a"]


@pytest.mark.parametrize(
    ("base", "changes", "name", "where"),
    [
        (prizes(inner=["points"]), {"criteria": {"r.a": {"points": 8}}}, "r.a", "/criteria/r.a/points"),
        (prizes(inner=True), {"criteria": {"r": None}}, "r", "/criteria/r"),
        (prizes(inner=True), {"sections": {"r": None}}, "r", "/sections/r"),
        (prizes(locked=["cap"]), {"sections": {"r": {"cap": 8}}}, "r", "/sections/r/cap"),
        (prizes(locked=["cap"]), {"criteria": {"r": None}}, "r", "/criteria/r"),
        (prizes(locked=True), {"criteria": {"r.a": {"wording": "改"}}}, "r.a", "/criteria/r.a/wording"),
        (prizes(whole=True), {"criteria": {"r.a": {"wording": "改"}}}, "r.a", "/criteria/r.a/wording"),
        (prizes(whole=True), {"sections": {"r": {"multiplier": 2}}}, "r", "/sections/r/multiplier"),
        (prizes(locked=True), {"variants": {"机关": {"sections": {"r": {"cap": 8}}}}}, "r", "/variants/机关/sections/r/cap"),
    ],
)
def test_locks_hold_in_the_records_of_a_list(base: Rubric, changes: dict[str, Any], name: str, where: str) -> None:
    what, at = fault(lower(changes=changes), base)
    assert what.startswith(f"the base locks “{name}”")
    assert at == f"/x-rubric/changes{where}"


def test_the_list_s_own_keys_may_be_changed_where_only_what_is_in_its_records_is_locked() -> None:
    assert laid(lower(changes={"criteria": {"r": {"points": 40}}, "sections": {"r": {"cap": 7}}}), prizes(inner=True))


LINES = [{"id": "x", "title": "优", "at_least": 90}]


def test_changes_reach_ladders_rankings_and_the_parts_of_the_frame_key_by_key() -> None:
    frame = {
        "ladders": {"k": {"levels": LINES}},
        "rankings": {"r": {"by": "points()"}},
        "caps": {"bonus": 5, "deduction": 3},
        "rank": {"ends": 9},
    }
    changes = {
        "ladders": {"k": {"cumulative": True}},
        "rankings": {"r": {"ends": 3}},
        "caps": {"bonus": None},
        "rank": None,
        "total": {"floor": None},
        "variants": {"机关": {"caps": {"deduction": 1}, "ladders": {"k": None}}},
    }
    found = laid(lower(changes=changes), base(**frame))["x-rubric"]
    assert found["ladders"]["k"] == {"levels": LINES, "cumulative": True}
    assert (found["rankings"]["r"], found["caps"], found["total"]) == ({"by": "points()", "ends": 3}, {"deduction": 3}, {"floor": None})
    assert "rank" not in found
    assert found["variants"]["机关"] == {"caps": {"deduction": 1}, "ladders": {"k": None}}
    assert found["based_on"]["changed"] == [
        "ladders/k",
        "rankings/r",
        "x-rubric/rank",
        "x-rubric/total",
        "x-rubric/caps",
        "variants/机关/ladders/k",
        "variants/机关/x-rubric/caps",
    ]


def test_a_locked_part_of_the_frame_and_a_ladder_with_a_locked_level_may_not_be_changed() -> None:
    on = base(locked=["caps"], caps={"bonus": 5}, ladders={"k": {"levels": [{**LINES[0], "locked": True}]}})
    assert fault(lower(changes={"caps": {"bonus": 9}}), on)[1] == "/x-rubric/changes/caps"
    assert fault(lower(changes={"variants": {"机关": {"caps": None}}}), on)[1] == "/x-rubric/changes/variants/机关/caps"
    for changed in (None, {"levels": LINES}):
        assert fault(lower(changes={"ladders": {"k": changed}}), on)[1].startswith("/x-rubric/changes/ladders/k")
    assert fault(lower(ladders={"k": {"levels": LINES}}), on)[1] == "/x-rubric/ladders/k"
    assert laid(lower(changes={"ladders": {"k": {"cumulative": True}}}), on)["x-rubric"]["ladders"]["k"]["cumulative"]
