"""What docs/reference/rubric.md claims of policies, gates, bounds and formulas is what a run does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import scorekit

LEVELS = [{"id": "hi", "title": "高", "at_least": 7}, {"id": "lo", "title": "低", "at_least": 5}]
RANKED = "ranked"


def number(points: int | None = 10, **more: Any) -> dict[str, Any]:
    """A field whose number is its points."""
    criterion = {"rule": {"mark": {}}, **({} if points is None else {"points": points}), **more}
    return {"type": "number", "title": "数", "x-form": {"not_applicable": ["/"]}, "x-criterion": criterion}


def section(properties: dict[str, Any], **criterion: Any) -> dict[str, Any]:
    return {"type": "object", "title": "节", "properties": properties, "x-criterion": criterion}


def gated(effect: Any, **gate: Any) -> dict[str, Any]:
    """The frame of a rubric with one gate on the field v, and two levels."""
    condition = gate or {"if": "v"}
    return {"levels": LEVELS, "below": {"id": "none", "title": "无"}, "gates": {"g": {"title": "否决", "effect": effect, **condition}}}


def formula(text: str) -> dict[str, Any]:
    return {"title": "算", "x-criterion": {"rule": {"mark": {"of": text}}, "missing": "incomplete"}}


def scored(tmp_path: Path, properties: dict[str, Any], unit: dict[str, Any], frame: dict[str, Any]) -> dict[str, Any]:
    """The standing of one unit under a small rubric."""
    document = {
        "title": "小标准",
        "type": "object",
        "properties": {"unit": {"type": "string", "title": "单位"}, **properties},
        "x-rubric": {"language": 1, "id": "small", "version": "1", **frame},
    }
    (tmp_path / "rubric.json").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "unit.json").write_text(json.dumps({"unit": "甲", **unit}), encoding="utf-8")
    [(_, row)] = scorekit.evaluate(tmp_path / "unit.json", tmp_path / "rubric.json").standings.iterrows()
    return dict(row)


TRUTH = {"type": "boolean", "title": "是否"}
COUNT = {"type": "integer", "title": "次数"}
TWO = {"a": number(), "b": number(30)}
DEDUCTION = {"kind": "deduction", "points": 5, "rule": {"each": {"deduct": 1}}}
LIST = {"type": "array", "title": "列表", "items": {"type": "object", "properties": {"p": {"type": "number", "title": "值"}}}}

POLICIES = [
    ("a blank counts 0", TWO, {"b": 15}, {}, 15, RANKED),
    ("a blank may leave the unit incomplete", {**TWO, "a": number(missing="incomplete")}, {"b": 15}, {}, None, "incomplete"),
    ("a blank may be left out, which re-normalises", {**TWO, "a": number(missing="leave-out")}, {"b": 15}, {}, 20, RANKED),
    (
        "a blank deduction is asked for whatever the rubric says",
        {**TWO, "d": {**COUNT, "x-criterion": DEDUCTION}},
        {"b": 15},
        {"missing": "zero"},
        None,
        "incomplete",
    ),
    ("what does not apply re-normalises at the total", TWO, {"a": "/", "b": 15}, {}, 20, RANKED),
    ("what does not apply may get full marks", {**TWO, "a": number(not_applicable="full")}, {"a": "/", "b": 15}, {}, 25, RANKED),
    (
        "what does not apply may be no part of the standard",
        {**TWO, "a": number(not_applicable="leave-out")},
        {"a": "/", "b": 15},
        {"full": 40},
        15,
        RANKED,
    ),
    (
        "a scale re-normalises within its section",
        {"s": section({"a": number(), "c": number()}, scale=True), "b": number(30)},
        {"s": {"a": "/", "c": 5}, "b": 15},
        {},
        25,
        RANKED,
    ),
    (
        "only_for takes the item out of the standard",
        {**TWO, "a": number(only_for="v"), "v": TRUTH},
        {"a": 5, "v": False, "b": 15},
        {},
        15,
        RANKED,
    ),
    ("an invalid number leaves the unit incomplete", TWO, {"a": "x", "b": 15}, {}, None, "incomplete"),
    ("an invalid number may count as a blank", TWO, {"a": "x", "b": 15}, {"invalid": "as-missing"}, 15, RANKED),
    ("a bonus below zero counts as deduction", {**TWO, "a": number(None, kind="bonus", floor=None)}, {"a": -2, "b": 15}, {}, 13, RANKED),
    (
        "a deduction charged to a section stops at 0",
        {"s": section({"a": number()}), "b": number(30), "d": {**COUNT, "x-criterion": {**DEDUCTION, "charge_to": "s", "points": 90}}},
        {"s": {"a": 8}, "b": 15, "d": 50},
        {},
        15,
        RANKED,
    ),
    ("zero_if empties the item", {"a": number(zero_if="v"), "v": TRUTH, "b": number(30)}, {"a": 5, "v": True, "b": 15}, {}, 15, RANKED),
    (
        "an unknown zero_if leaves the item missing",
        {"a": number(zero_if="v", missing="incomplete"), "v": TRUTH},
        {"a": 5},
        {},
        None,
        "incomplete",
    ),
    (
        "nothing is rounded where the rubric names other stages",
        {"a": number(), "b": number()},
        {"a": 1.005, "b": 1.005},
        {"rounding": {"total": {"decimals": 2}}},
        2.01,
        RANKED,
    ),
    ("an item is rounded to two digits unless said", {"a": number(), "b": number()}, {"a": 1.005, "b": 1.005}, {}, 2.02, RANKED),
]

GATES = [
    ("not awarded", {"v": True}, gated("not awarded"), 9, "高", "not awarded"),
    ("not ranked", {"v": True}, gated("not ranked"), 9, "高", "not ranked"),
    ("zero total", {"v": True}, gated("zero total"), 0, "无", RANKED),
    ("zero an item", {"v": True}, gated({"zero": "a"}), 0, "无", RANKED),
    ("level at most", {"v": True}, gated({"level at most": "lo"}), 9, "低", RANKED),
    ("level is", {"v": True}, gated({"level is": "none"}), 9, "无", RANKED),
    ("if is clear", {"v": False}, gated("not awarded"), 9, "高", RANKED),
    ("require fires", {"v": False}, gated("not awarded", require="v"), 9, "高", "not awarded"),
    ("a blank is undecided", {}, gated("not awarded"), 9, "", "incomplete"),
    ("a blank means no: if", {}, gated("not awarded", **{"if": "v", "blank": "no"}), 9, "高", RANKED),
    ("a blank means no: require", {}, gated("not awarded", require="v", blank="no"), 9, "高", "not awarded"),
]

FORMULAS = [
    ("2 ** 3 ** 2", 512), ("-2 ** 2 + 10", 6), ("if(0 < 1 < 2, 1, 0)", 1), ("round(2.5)", 3), ("2 ** 0.5", 1.41),
    ("2026-03-01 - 2026-02-01", 28),
    ("count(h)", 3), ("sum(h, p)", 4), ("product(h, p)", 3), ("mean(h, p)", 2), ("median(h, p)", 2), ("min(h, p)", 1), ("max(h, p)", 3),
    ("if(any(h, p > 2), 1, 0)", 1), ("count(h, p > 1)", None), ("if(outcome(z) == 'scored', 1, 0)", 1), ("coalesce(n, 7)", 7),
    ("if(given(n), 1, 2)", 2), ("n + 1", None), ("if(z == 0 or n > 1, 1, 0)", 1), ("if(z == 1 or n > 1, 1, 0)", None), ("1 / z", None),
]  # fmt: skip


@pytest.mark.parametrize(("properties", "unit", "frame", "total", "status"), [c[1:] for c in POLICIES], ids=[c[0] for c in POLICIES])
def test_a_policy_does_what_the_reference_says(
    properties: Any, unit: Any, frame: Any, total: float | None, status: str, tmp_path: Path
) -> None:
    found = scored(tmp_path, properties, unit, frame)
    assert found["status"] == status
    assert found["total"] == total or (total is None and found["total"] != found["total"])


@pytest.mark.parametrize(("unit", "frame", "total", "level", "status"), [c[1:] for c in GATES], ids=[c[0] for c in GATES])
def test_a_gate_does_what_the_reference_says(unit: Any, frame: Any, total: float, level: str, status: str, tmp_path: Path) -> None:
    found = scored(tmp_path, {"a": number(), "v": TRUTH}, {"a": 9, **unit}, frame)
    assert (found["total"], found["level"], found["status"]) == (total, level, status)


@pytest.mark.parametrize(("text", "value"), FORMULAS, ids=[f[0] for f in FORMULAS])
def test_a_formula_gives_what_the_reference_says(text: str, value: float | None, tmp_path: Path) -> None:
    properties = {"h": LIST, "z": number(), "n": COUNT, "x": formula(text)}
    found = scored(tmp_path, properties, {"h": [{"p": 1}, {"p": 3}, {}], "z": 0}, {})
    assert found["total"] == value or (value is None and found["status"] == "incomplete")


def test_a_level_may_read_the_rank(tmp_path: Path) -> None:
    levels = [{"id": "first", "title": "第一", "if": "rank() == 1"}, {"id": "other", "title": "其他", "at_least": 0}]
    assert scored(tmp_path, {"a": number()}, {"a": 1}, {"levels": levels})["level"] == "第一"


def test_a_variant_replaces_keys_whole_and_null_takes_an_item_out(tmp_path: Path) -> None:
    properties = {"category": {"enum": ["甲类", "乙类"], "title": "类别"}, **TWO}
    variants = {"乙类": {"criteria": {"a": None, "b": {"rule": {"count": {"each": 2}}}}}}
    frame = {"category": "category", "variants": variants}
    assert scored(tmp_path, properties, {"category": "甲类", "a": 5, "b": 10}, frame)["total"] == 15
    assert scored(tmp_path, properties, {"category": "乙类", "a": 5, "b": 10}, frame)["total"] == 20
