"""Every shape of the reference gives what its cases say, and explain says it in the words of the standard."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from docs.pages import shapes_page
from scorekit.catalogue import discover
from scorekit.compiling import compile_plan
from scorekit.loading.rubrics import rubric_of

CASES = [(no, case) for no in shapes_page.numbers() for case in shapes_page.shape(no)["cases"]]


@pytest.mark.parametrize(("no", "case"), CASES, ids=[f"{no}-{case['case']}" for no, case in CASES])
def test_a_case_gives_what_it_says(no: int, case: dict[str, Any]) -> None:
    found = shapes_page.figures(no, case["case"])
    assert {name: found.get(name) for name in case["gives"]} == case["gives"]


@pytest.mark.parametrize("no", shapes_page.numbers())
def test_a_shape_has_cases_that_differ_and_is_explained(no: int) -> None:
    told = shapes_page.shape(no)
    assert told["no"] == no
    assert len({case["case"] for case in told["cases"]}) == len(told["cases"]) >= 2
    assert len({tuple(case["gives"].items()) for case in told["cases"]}) >= 2
    assert len(shapes_page.explained(no).splitlines()) >= 2


@pytest.mark.parametrize("no", shapes_page.numbers())
def test_an_open_choice_names_a_key_of_the_language(no: int) -> None:
    told = shapes_page.shape(no)
    catalogue = discover(third_party=False)
    document = json.loads(json.dumps(shapes_page.document(told)), parse_float=Decimal)
    compile_plan(rubric_of(document, "rubric.json", catalogue), catalogue)
    parameters = {p.name for rule in catalogue.rules.values() for p in rule.params}
    known = parameters | LANGUAGE
    assert [c["key"] for c in told.get("choices", []) if c["key"].split(".")[0] not in known] == []


LANGUAGE = {
    "floor", "ceiling", "missing", "not_applicable", "invalid", "blank", "combine", "start", "cap", "effect", "rounding", "rank", "levels",
    "tie_break", "weight", "aggregate", "scale", "group", "charge_to", "only_for", "not_applicable_if", "zero_if", "waived_if", "if",
    "points", "kind", "caps", "scale_to", "quota", "left_out", "otherwise", "output", "rankings", "variants", "within", "where", "x-derive", "x-unit", "x-source", "x-form",
}  # fmt: skip
"""Keys of the language that are no parameter of a rule."""


def test_every_shape_has_its_section() -> None:
    assert shapes_page.numbers() == list(range(1, 89))
