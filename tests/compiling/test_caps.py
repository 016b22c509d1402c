"""Caps are read as numbers, or as objects that say for each side how much, and whether only the largest counts."""

from __future__ import annotations

from typing import Any

import pytest

from scorekit.catalogue import discover
from scorekit.compiling.metaschema import check_document
from scorekit.compiling.table import standard_table
from scorekit.domain.formula import Node
from scorekit.errors import ScorekitError
from tests.building import criterion, document, fault_of, plan_of, said, spelled

SHAPE = {"b": criterion(), "p": criterion("mark", 5, kind="bonus", group="g")}


def told(node: Node | None) -> str | None:
    return None if node is None else spelled(node)


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        (5, ("5", "5", False)),
        ("2 + 3", ("+(2, 3)", "+(2, 3)", False)),
        ({"cap": 5}, ("5", "5", False)),
        ({"plus": 5, "take": "largest"}, ("5", None, True)),
        ({"cap": 5, "minus": 1, "take": "all"}, ("5", "1", False)),
        ({"take": "largest", "title": "同一事由"}, (None, None, True)),
    ],
)
def test_a_group_is_one_number_or_says_more(group: Any, expected: tuple[Any, ...]) -> None:
    check_document(document(SHAPE, caps={"groups": {"g": group}}), "r.json", discover(third_party=False))
    found = plan_of(SHAPE, caps={"groups": {"g": group}}).tracks[0].groups["g"]
    assert (told(found.plus), told(found.minus), found.largest) == expected
    assert len(found.nodes) == sum(e is not None for e in expected[:2])


def test_the_caps_of_all_are_numbers_or_say_more() -> None:
    caps = {"bonus": {"take": "largest"}, "deduction": {"cap": 7, "take": "all"}, "total": 110}
    check_document(document(SHAPE, caps={**caps, "groups": {"g": 1}}), "r.json", discover(third_party=False))
    (track,) = plan_of(SHAPE, caps={**caps, "groups": {"g": 1}}).tracks
    assert {k: told(v) for k, v in track.caps.items()} == {"deduction": "7", "total": "110"}
    assert track.largest == {"bonus"}


def test_faults_name_their_place() -> None:
    assert fault_of(SHAPE, caps={"groups": {"g": {"minus": "x"}}}).where.endswith("/x-rubric/caps/groups/g/minus")
    assert fault_of(SHAPE, caps={"groups": {"g": {"cap": "x"}}}).where.endswith("/x-rubric/caps/groups/g/cap")
    assert fault_of(SHAPE, caps={"bonus": {"cap": "x"}, "groups": {"g": 1}}).where.endswith("/x-rubric/caps/bonus/cap")
    with pytest.raises(ScorekitError) as caught:
        check_document(document(SHAPE, caps={"groups": {"g": {"take": "biggest"}}}), "r.json", discover(third_party=False))
    assert said(caught.value.cure) == "it may be: all, largest"


def test_the_printed_standard_says_what_a_group_comes_to() -> None:
    caps = {"groups": {"g": {"cap": 5, "minus": 2, "take": "largest", "title": "荣誉"}}, "deduction": {"take": "largest"}, "bonus": 8}
    rows = {r.title: r.method for r in standard_table(plan_of(SHAPE, caps=caps), "en")}
    assert rows["p"].endswith("with “荣誉” together: only the largest counts, bonuses at most 5, deductions at most 2")
    assert rows["the total"] == "bonuses at most 8 in all; of all deductions only the largest counts"
    rows = {r.title: r.method for r in standard_table(plan_of(SHAPE, caps={"groups": {"g": 5}}), "en")}
    assert rows["p"].endswith("with “p” together: bonuses at most 5, deductions at most 5")
