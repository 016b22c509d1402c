"""A document read into its standard: every keyword arrives, items stand in printed order."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.compiling.names import StandardNames
from scorekit.compiling.standard import printed_order, standard
from scorekit.domain.rubric import ConditionSpec, Rounding, Standard
from scorekit.errors import RubricError
from tests.building import NUMBER, TEXT, criterion, document, rubric, rubric_of, said, section


def read(properties: dict[str, Any], **frame: Any) -> Standard:
    found = rubric(properties, **frame)
    return standard(found.document, found)


# -------------------------------------------------------------------- order


@pytest.mark.parametrize(
    "numbers",
    [
        ["1", "1.1", "1.2", "1.10", "2", "10"],
        ["一", "二", "三", "四", "九", "十", "十一", "二十", "二十一"],
        ["一.1", "一.2", "二.1"],
        ["(一)", "(二)", "(三)"],
        ["A1", "A2", "A10", "B1"],
        ["1.1a", "1.1b"],
        ["3", "附1"],
        ["9", ""],
    ],
)
def test_items_are_printed_by_their_numbers(numbers: list[str]) -> None:
    places = {no: i for i, no in enumerate(reversed(numbers))}
    assert sorted(numbers, key=lambda no: printed_order(no, places[no])) == numbers


def test_items_of_one_number_or_none_keep_the_documents_order() -> None:
    shape = {k: criterion(**({"no": no} if no else {})) for k, no in (("d", ""), ("c", "2"), ("b", "1"), ("a", "2"), ("e", ""))}
    assert [c.path for c in read(shape).criteria] == ["b", "c", "a", "d", "e"]


@given(st.lists(st.text(alphabet="0129.一十百ab(", max_size=6), max_size=6), st.randoms())
def test_any_numbers_can_be_put_in_order_and_the_order_they_come_in_does_not_matter(numbers: list[str], chance: Random) -> None:
    def ordered(listed: list[str]) -> list[tuple[object, ...]]:
        return sorted(printed_order(no, 0) for no in listed)

    mixed = numbers.copy()
    chance.shuffle(mixed)
    assert ordered(mixed) == ordered(numbers)


# -------------------------------------------------------------------- fields


@pytest.mark.parametrize(
    ("node", "kind"),
    [
        ({"type": "string"}, "text"),
        ({"type": "integer"}, "number"),
        ({"type": ["number", "null"]}, "number"),
        ({"type": "boolean"}, "truth"),
        ({"type": "string", "format": "date"}, "date"),
        ({"type": "array"}, "records"),
        ({"type": "object"}, "panel"),
        ({"enum": ["a", None]}, "text"),
        ({"enum": [None, 1]}, "number"),
        ({"enum": [True, False]}, "truth"),
        ({"const": "x"}, "text"),
        ({"x-derive": "1"}, "number"),
        ({"x-derive": "'a'", "enum": ["a"]}, "text"),
    ],
)
def test_a_field_becomes_a_column_of_its_kind(node: dict[str, Any], kind: str) -> None:
    assert read({"f": node}).fields[1].kind == kind


@pytest.mark.parametrize(
    ("node", "what"),
    [
        ({"type": "null"}, "a field cannot be of the type “null”"),
        ({"type": ["null"]}, "a field cannot be of the type “null”"),
        ({"enum": [None]}, "the list of values is empty"),
    ],
)
def test_a_field_of_no_kind_is_refused(node: dict[str, Any], what: str) -> None:
    with pytest.raises(RubricError) as caught:
        read({"f": node})
    assert said(caught.value.what) == what
    assert caught.value.where.startswith("rubric.json#/properties/f")


def test_a_field_keeps_its_schema_keywords_and_what_the_form_needs() -> None:
    form = {"aliases": ["会员数"], "evidence": "名册", "personal": True, "blank": ["—"], "not_applicable": ["不适用"]}
    node = {
        "type": "number",
        "title": "率",
        "minimum": 0,
        "x-unit": "percent",
        "x-source": {"who": "panel", "raters": ["甲"]},
        "x-form": form,
        "description": "说明",
    }
    [spec] = read({"s": {**section({"f": node}), "required": ["f"]}}).fields[1:]
    assert (spec.path, spec.title, spec.section, spec.required, spec.unit, spec.percentage) == ("s.f", "率", "s", True, "percent", True)
    assert (spec.source, spec.raters, spec.aliases, spec.evidence, spec.personal, spec.blank, spec.not_applicable) == (
        "panel",
        ("甲",),
        ("会员数",),
        "名册",
        True,
        ("—",),
        ("不适用",),
    )
    assert spec.schema == {"type": "number", "minimum": 0}
    assert spec.pointer == "rubric.json#/properties/s/properties/f"


def test_a_list_has_fields_of_its_own() -> None:
    node = {
        "type": "array",
        "items": {"type": "object", "required": ["level"], "properties": {"level": TEXT, "n": NUMBER}},
        "x-source": "office",
    }
    spec = read({"h": node}).fields[1]
    assert [(i.path, i.kind, i.required, i.section) for i in spec.items] == [("h.level", "text", True, "h"), ("h.n", "number", False, "h")]
    assert spec.source == "office"


# -------------------------------------------------------------------- criteria, sections, gates


def test_every_key_of_a_criterion_arrives() -> None:
    spec = criterion(
        None,
        "n * 2",
        {"title": "字段", "x-form": {"evidence": "材料"}},
        no=1.5,
        kind="bonus",
        title="标题",
        combine="best",
        start="empty",
        zero_if="a",
        only_for="b",
        not_applicable_if="c",
        missing="leave-out",
        not_applicable="full",
        invalid="as-missing",
        floor=None,
        ceiling=5,
        group="g",
        charge_to="s",
        rounding={"decimals": 1, "mode": "floor"},
        wording="原文",
        basis=[{"source": "S1"}],
        reading="我们的",
        owner="财务部",
        remedy="补报",
        clauses={"甲": {"rule": {"mark": {"of": 1}}, "title": "其一", "cap": 2, "if": "x", "waived_if": "y"}},
    )
    [found] = read({"a": spec}).criteria
    assert (found.path, found.no, found.title, found.kind, found.points, found.combine, found.start) == (
        "a",
        "1.5",
        "标题",
        "bonus",
        "n * 2",
        "best",
        "empty",
    )
    assert (found.zero_if, found.only_for, found.not_applicable_if, found.missing, found.not_applicable, found.invalid) == (
        "a",
        "b",
        "c",
        "leave-out",
        "full",
        "as-missing",
    )
    assert (found.floor, found.ceiling, found.group, found.charge_to, found.rounding) == (None, 5, "g", "s", Rounding(1, "floor"))
    words = found.words
    assert (words.wording, words.basis, words.reading, words.owner, words.evidence, words.remedy) == (
        "原文",
        ({"source": "S1"},),
        "我们的",
        "财务部",
        "材料",
        "补报",
    )
    [clause] = found.clauses
    assert (clause.id, clause.rule, clause.title, clause.cap, clause.condition, clause.waived_if) == ("甲", "mark", "其一", 2, "x", "y")
    assert clause.pointer == "rubric.json#/properties/a/x-criterion/clauses/甲/rule/mark"


def test_a_criterion_without_a_type_is_no_field() -> None:
    found = read({"a": criterion({"mark": {"of": "1"}}, 5, {"title": "读别的"})})
    assert [f.path for f in found.fields] == ["unit"]
    assert found.criteria[0].title == "读别的"


@pytest.mark.parametrize(
    ("kind", "frame", "expected"),
    [
        ("base", {}, ("zero", "renormalise")),
        ("bonus", {}, ("zero", "renormalise")),
        ("deduction", {}, ("incomplete", "renormalise")),
        ("base", {"missing": "leave-out", "not_applicable": "full"}, ("leave-out", "full")),
        ("deduction", {"missing": "leave-out", "not_applicable": "full"}, ("incomplete", "renormalise")),
    ],
)
def test_policies_have_their_defaults_by_kind(kind: str, frame: dict[str, Any], expected: tuple[str, str]) -> None:
    [found] = read({"a": criterion(kind=kind)}, **frame).criteria
    assert (found.missing, found.not_applicable) == expected


def test_a_gate_stands_beside_points_or_alone_or_in_the_frame() -> None:
    gates = {
        "z": {
            "title": "事故",
            "no": "9",
            "if": "n > 0",
            "effect": {"level at most": "good"},
            "blank": "no",
            "wording": "原文",
            "basis": [{"source": "S1"}],
            "reading": "我们的",
        }
    }
    shape = {
        "a": criterion(no="2", title="甲", gate={"require": "a > 0", "effect": "not ranked"}, basis=[{"source": "S2"}]),
        "b": {"x-criterion": {"kind": "gate", "no": "1", "if": "a > 1", "effect": {"zero": "a"}}},
    }
    found = read(shape, gates=gates).gates
    assert [(g.id, g.no, g.title, g.condition.parts[0][2], g.fires_when, g.effects, g.blank) for g in found] == [
        ("b", "1", "b", "a > 1", True, (("zero", "a"),), "incomplete"),
        ("a", "2", "甲", "a > 0", False, (("not ranked", ""),), "incomplete"),
        ("z", "9", "事故", "n > 0", True, (("level at most", "good"),), "no"),
    ]
    assert [g.pointer.partition("#")[2] for g in found] == [
        "/properties/b/x-criterion",
        "/properties/a/x-criterion/gate",
        "/x-rubric/gates/z",
    ]
    assert (found[1].basis, found[2].wording, found[2].basis, found[2].reading) == (
        ({"source": "S2"},),
        "原文",
        ({"source": "S1"},),
        "我们的",
    )


def test_a_require_without_an_effect_is_not_awarded() -> None:
    [gate] = read({"a": criterion(gate={"require": "a > 0"})}).gates
    assert (gate.effects, gate.fires_when) == ((("not awarded", ""),), False)


def test_every_key_of_a_section_arrives() -> None:
    spec = section(
        {"a": criterion()},
        no="3",
        title="组织",
        points=20,
        aggregate="minimum",
        weight=0.5,
        cap=9,
        floor=1,
        bonus_cap=2,
        deduction_cap=3,
        scale=True,
        rounding={"decimals": 0},
        wording="原文",
    )
    found = read(
        {"s": {**spec, "title": "节"}, "t": section({"u": section({"b": criterion()})})}, rounding={"section": {"decimals": 1}}
    ).sections
    s = found[0]
    assert (s.path, s.no, s.title, s.points, s.aggregate, s.weight, s.cap, s.floor, s.bonus_cap, s.deduction_cap, s.scale) == (
        "s",
        "3",
        "组织",
        20,
        "minimum",
        Decimal("0.5"),
        9,
        1,
        2,
        3,
        True,
    )
    assert (s.rounding, s.words.wording, s.parent) == (Rounding(0), "原文", "")
    assert [(x.path, x.parent, x.rounding, x.aggregate, x.weight) for x in found[1:]] == [
        ("t", "", Rounding(1), "sum", 1),
        ("t.u", "t", Rounding(1), "sum", 1),
    ]


# -------------------------------------------------------------------- the frame


def test_the_frame_has_its_defaults() -> None:
    found = read({"a": criterion()})
    assert (found.identity, found.category, found.full, found.total_rounding) == (("unit",), "", None, Rounding(2))
    assert (found.below.id, found.below.title, found.levels, found.ranking.ties, found.criteria[0].rounding) == (
        "none",
        "未达标",
        (),
        (),
        Rounding(2),
    )


def test_the_frame_is_read() -> None:
    found = read(
        {"a": criterion()},
        unit=["unit", "a"],
        full=100,
        caps={"bonus": 10, "groups": {"g": 5}},
        rounding={"total": {"decimals": 1, "mode": "floor"}},
        below={"id": "no", "title": "无"},
        levels=[{"id": "m", "title": "模", "at_least": 90, "at_most": 99, "if": "a > 1", "of": "points(a)"}],
        rank={"tie_break": [{"by": "a"}, {"by": "-a", "first": "low", "title": "甲"}]},
        sources={"S1": {"title": "文"}},
        period={"start": "2026-01-01"},
    )
    assert (found.identity, found.full, found.caps, found.groups, found.total_rounding) == (
        ("unit", "a"),
        100,
        {"bonus": 10},
        {"g": 5},
        Rounding(1, "floor"),
    )
    [level] = found.levels
    assert (level.id, level.of, level.at_least, level.at_most, level.condition, found.below.title) == (
        "m",
        "points(a)",
        90,
        99,
        ConditionSpec((("", "", "a > 1"),)),
        "无",
    )
    assert [(t.by, t.first, t.title) for t in found.ranking.ties] == [("a", "high", "a"), ("-a", "low", "甲")]
    assert (found.sources, found.period, found.criteria[0].rounding) == ({"S1": {"title": "文"}}, {"start": "2026-01-01"}, None)


def test_a_rubric_without_a_title_is_called_by_its_id() -> None:
    found = document({"a": criterion()})
    del found["title"]
    assert standard(found, rubric_of(found)).title == "test"


# -------------------------------------------------------------------- names


def test_the_nearest_name_is_found_by_its_path_or_its_last_part() -> None:
    names = StandardNames(read({"organisation": section({"members": NUMBER, "dues": criterion()})}))
    assert names.near("organisation.member") == "organisation.members"
    assert names.near("membrs") == "organisation.members"
    assert names.near("dues", "items") == "organisation.dues"
    assert names.near("zzz") == ""
    assert names.is_list("organisation") is False
