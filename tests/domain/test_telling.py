"""Reasons worded column by column: for every unit the very words that it is told when it is asked for alone."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorekit.catalogue import Catalogue, discover
from scorekit.compiling.planning import compile_plan
from scorekit.domain.column import Column, Why
from scorekit.domain.outputs import Outcome
from scorekit.domain.rule import Children
from scorekit.domain.tables import unscored
from scorekit.domain.telling import Sentences, reasons_page, reasons_taken, reasons_told
from scorekit.evaluation import evaluate_path
from scorekit.loading.request import Request
from scorekit.plugin import aggregator
from scorekit.words import LANGUAGES, say
from tests.building import (
    BAD,
    DATE,
    NA,
    NUMBER,
    TEXT,
    TRUTH,
    assessed,
    catalogue,
    criterion,
    outcome_of,
    plan_of,
    rubric,
    seats,
    section,
    units,
    why,
)

SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = sorted(p.parent.name for p in SAMPLES.glob("*/submissions") if p.parent.name != "invalid")
BETWEEN = "；"


def one_by_one(outcome: Outcome, lang: str) -> list[str]:
    """What each unit is told when it is asked for alone."""
    return [BETWEEN.join(say(t, lang) for t in because) for because in outcome.standings.because]


def together(outcome: Outcome, lang: str, rows: Any = None) -> list[str]:
    index = np.arange(len(outcome.standings)) if rows is None else np.array(rows, dtype=np.int64)
    return reasons_told(outcome.standings.because, index, lang, BETWEEN)


def in_every_way(outcome: Outcome) -> list[list[str]]:
    """What units are told all at once, backwards with two told twice, and each in a block of its own, in each language."""
    backwards = list(range(len(outcome.standings)))[::-1]
    found = []
    for lang in LANGUAGES:
        apart = [t for row in backwards for t in together(outcome, lang, [row])]
        found += [together(outcome, lang), together(outcome, lang, [*backwards, *backwards[:2]]), apart]
    return found


def alone_in_every_way(outcome: Outcome) -> list[list[str]]:
    """The same from what each unit is told when it is asked for alone."""
    found = []
    for lang in LANGUAGES:
        alone = one_by_one(outcome, lang)
        found += [alone, [*alone[::-1], *alone[::-1][:2]], alone[::-1]]
    return found


# -------------------------------------------------------------------- against the words of one unit

SHAPE = {
    "s": section({"a": criterion(points=100, title="甲项", no="1"), "b": criterion(missing="incomplete", title="乙项")}),
    "n": {**NUMBER, "title": "人数"},
    "rate": {**NUMBER, "title": "入会率 100%", "x-unit": "percent"},
    "time": {"type": "string", "title": "用时", "x-unit": "duration"},
    "good": {**TRUTH, "title": "先进{}"},
    "day": {**DATE, "title": "日期"},
    "town": {**TEXT, "title": "地区"},
    "accidents": NUMBER,
    "strikes": NUMBER,
}
KEYS: list[dict[str, Any]] = [
    {"by": "n"},
    {"by": "n / 3", "title": "三分之一", "first": "low"},
    {"by": "rate", "decimals": 2},
    {"by": "time", "first": "low"},
    {"by": "time", "first": "low", "decimals": 0},
    {"by": "good"},
    {"by": "day"},
    {"run_off": "n"},
    {"run_off": "rate", "title": "加赛"},
    {"by": "n", "places": "1-3"},
]
LADDER = [{"id": "x", "title": "优", "at_least": 90}, {"id": "y", "title": "良", "at_least": "if(n > 1, 60, 70)"}]
LINES = [{"id": "x", "title": "优", "at_least": 2}, {"id": "y", "title": "良", "at_least": 1}]
BARE = [{"id": "x", "title": "优"}, {"id": "y", "title": "良"}]
EFFECTS: list[Any] = [
    "not awarded",
    "not ranked",
    "incomplete",
    "zero total",
    {"level at most": "y"},
    {"level is": "x"},
    {"zero": "s.a"},
    ["not awarded", {"level at most": "y"}],
]
FRAMES: list[dict[str, Any]] = [
    {},
    {"levels": LADDER},
    {"levels": LADDER, "categories": ("甲", "乙"), "variants": {"乙": {"title": "乙类", "levels": {"x": {"at_least": 80}}}}},
    {"levels": LADDER, "categories": ("甲", "乙"), "variants": {"乙": {"title": "乙类", "criteria": {"s.b": None}}}},
    {
        "levels": BARE,
        "ladders": {"k": {"title": "规模", "of": "n", "levels": LINES}, "m": {"title": "速度", "of": "accidents", "levels": LINES}},
        "level": {"combine": "lowest", "of": ["k", "m"]},
    },
]
NOTICES: list[dict[str, Any] | None] = [
    None,
    {"count": 1},
    {"count": 2, "level": "y"},
    {"count": 2, "tie": "draw", "seed": 7},
    {"count": 1, "assess_only_units": frozenset({"u1", "单位2"})},
]
few = st.sampled_from([0, 0, 1, 2, None])
UNIT = {
    "s.a": st.sampled_from([100, 90, 90, 65.5, 60, BAD]),
    "s.b": st.sampled_from([0, 0, 0, 1, None]),
    "n": few,
    "rate": st.sampled_from([0.98, 0.981234567, 0.955, None]),
    "time": st.sampled_from([2410, 3660.5, 3660.52, 59, None]),
    "good": st.sampled_from([True, False, None]),
    "day": st.sampled_from([date(2026, 1, 2), date(2025, 12, 31), None]),
    "town": st.sampled_from(["东", "西"]),
    "accidents": few,
    "strikes": few,
    "category": st.sampled_from(["甲", "甲", "乙"]),
}


@st.composite
def outcomes(draw: st.DrawFn) -> Outcome:
    """A small assessment with many ties."""
    size = draw(st.integers(1, 9))
    frame = draw(st.sampled_from(FRAMES))
    effects = [e for e in draw(st.lists(st.sampled_from(EFFECTS), max_size=2)) if "levels" in frame or "level" not in str(e)]
    gates = {f"g{i}": {"title": f"门{i}", "if": ["accidents > 1", "strikes > 0"][i], "effect": e} for i, e in enumerate(effects)}
    chain = draw(st.lists(st.sampled_from(KEYS), max_size=3)) + draw(st.sampled_from([[], [{"draw": "2026"}]]))
    plan = plan_of(SHAPE, **frame, **({"gates": gates} if gates else {}), **({"rank": {"tie_break": chain}} if chain else {}))
    names = [f"{'U' if i % 2 else '单位'}{i}" for i in draw(st.permutations(range(size)))]
    columns = {k: draw(st.lists(v, min_size=size, max_size=size)) for k, v in UNIT.items() if k != "category" or "categories" in frame}
    asked = draw(st.sampled_from(NOTICES))
    if asked is None or (asked.get("level") and "levels" not in frame):
        notice = None
    else:
        notice = seats(category="甲" if "categories" in frame else "", **asked)
    return assessed(plan, units(plan, {"unit": names, **columns}), notice=notice)


@settings(deadline=None, max_examples=150)
@given(outcomes())
def test_many_units_are_told_what_each_is_told_alone(outcome: Outcome) -> None:
    assert in_every_way(outcome) == alone_in_every_way(outcome)


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return discover(third_party=False)


@pytest.mark.parametrize(("name", "noticed"), list(itertools.product(NAMES, (False, True))))
def test_units_of_the_samples_are_told_what_each_is_told_alone(known: Catalogue, name: str, noticed: bool) -> None:
    notice = SAMPLES / name / "notice.json"
    if noticed and not notice.exists():
        pytest.skip("there is no notice")
    outcome = evaluate_path(SAMPLES / name / "submissions", known, Request(notice=notice if noticed else None))
    for lang in LANGUAGES:
        assert together(outcome, lang) == one_by_one(outcome, lang)


@pytest.mark.parametrize("how", ["lowest", "highest", "lookup"])
def test_a_level_that_rests_on_several_ladders_is_told_by_them(how: str) -> None:
    ladders = {"k": {"title": "规模", "of": "n", "levels": LINES}, "m": {"title": "速度", "of": "accidents", "levels": LINES}}
    more = {"pairs": [["x", "x", "x"], ["x", "y", "y"]]} if how == "lookup" else {}
    columns = {"s.a": [90] * 4, "s.b": [0] * 4, "n": [2, 2, 1, 0], "accidents": [2, 1, 2, 0]}
    outcome = outcome_of(SHAPE, columns, levels=BARE, ladders=ladders, level={"combine": how, "of": ["k", "m"], **more})
    assert in_every_way(outcome) == alone_in_every_way(outcome)
    assert "规模 优" in why(outcome)[0]


def test_more_gates_than_a_row_has_bits_for_are_all_told() -> None:
    gates = {f"g{i}": {"title": f"门{i}", "if": f"n > {i}", "effect": "not ranked"} for i in range(70)}
    outcome = outcome_of(SHAPE, {"s.a": [9, 9, 9], "s.b": [0, 0, 0], "n": [0, 40, 70]}, gates=gates)
    assert in_every_way(outcome) == alone_in_every_way(outcome)
    assert [t.count("门") for t in together(outcome, "zh")] == [0, 40, 70]


def test_each_set_of_items_without_a_figure_is_told() -> None:
    shape = {f"a{i}": criterion(missing="incomplete", title=f"项{i}") for i in range(10)}
    outcome = outcome_of(shape, {f"a{i}": [1, None, BAD if i == 9 else 1, None if i % 2 else 1] for i in range(10)})
    assert in_every_way(outcome) == alone_in_every_way(outcome)
    assert [t.count("项") for t in together(outcome, "zh")] == [0, 10, 1, 5]


def test_who_claims_nothing_of_itself_is_told_only_that() -> None:
    plan = plan_of(SHAPE, categories=("甲",), levels=LADDER)
    table = units(plan, {"unit": ["A", "", "A", "B"], "category": ["甲", "甲", "甲", None], "s.a": [9] * 4, "s.b": [0] * 4})
    outcome = assessed(plan, table)
    assert in_every_way(outcome) == alone_in_every_way(outcome)
    assert [bool(told) for told in one_by_one(outcome, "zh")] == [True] * len(outcome.standings)


def test_blocks_of_many_units_are_told_one_after_the_other() -> None:
    size = 40_000
    columns = {"s.a": [90 - i % 7 for i in range(size)], "s.b": [0] * size, "n": list(range(size))}
    outcome = outcome_of(SHAPE, columns, levels=LADDER, rank={"tie_break": [{"by": "n"}]})
    told = together(outcome, "en")
    for row in (0, 1, 16_383, 16_384, 16_390, size - 1):
        assert told[row] == BETWEEN.join(why(outcome, row))


def test_nobody_is_told_nothing() -> None:
    outcome = outcome_of(SHAPE, {"s.a": [9], "s.b": [0]}, levels=LADDER)
    assert together(outcome, "zh", []) == []


def test_some_units_taken_from_all_of_them_are_told_what_they_are_told_among_all() -> None:
    columns = {"s.a": [90 - i % 7 for i in range(40)], "s.b": [0] * 40, "n": list(range(40))}
    outcome = outcome_of(SHAPE, columns, levels=LADDER, rank={"tie_break": [{"by": "n"}]})
    whole, because = one_by_one(outcome, "zh"), outcome.standings.because
    first, again = np.array([31, 3, 8, 0, 3]), np.array([4, 1])
    some = reasons_taken(because, first)
    fewer = reasons_taken(some, again)
    for told, rows in ((some, first), (fewer, first[again])):
        index = np.arange(len(rows))
        assert reasons_told(told, index, "zh", BETWEEN) == [whole[r] for r in rows.tolist()]
        assert reasons_page(told, index, "zh").texts(BETWEEN) == [whole[r] for r in rows.tolist()]
        assert (len(told), told[0], told[1:]) == (len(rows), because[rows[0]], tuple(because[r] for r in rows[1:].tolist()))


def test_units_that_were_only_checked_have_no_reasons() -> None:
    outcome = outcome_of(SHAPE, {"s.a": [9], "s.b": [0]}, levels=LADDER)
    assert reasons_told(unscored(outcome.submissions).because, np.arange(1), "zh", BETWEEN) == [""]


def test_there_is_one_row_of_reasons_a_unit_and_rows_may_be_sliced() -> None:
    because = outcome_of(SHAPE, {"s.a": [95, 10, 90], "s.b": [0, 0, 0]}, levels=LADDER).standings.because
    assert isinstance(because, Sentences)
    assert len(because) == 3
    assert because[1:] == (because[1], because[2])
    assert because[-1] == because[2]


@aggregator(says={"zh": "不低于5", "en": "not below 5"})
def not_below(children: Children) -> tuple[Column, Column]:
    """No figure where points are below 5."""
    low = np.asarray((children.points[0] < 5).values, dtype=bool)
    return children.points[0].masked_where(low, Why.OUT_OF_DOMAIN), children.full[0]


def test_a_total_that_an_aggregator_gives_no_figure_is_not_said_to_lack_all_that_applies() -> None:
    frame = rubric({"a": criterion(), "b": criterion("mark", 10)}, total={"aggregate": "not-below"})
    plan = compile_plan(frame, catalogue(aggregators=[not_below]))
    found = assessed(plan, units(plan, {"a": [4, 6, NA, BAD], "b": [1, 1, NA, 1]}))
    assert in_every_way(found) == alone_in_every_way(found)
    assert [why(found, row)[:1] for row in range(4)] == [
        ["no total can be given: no figure (outside the range for which the formula has a figure)"],
        [],
        ["nothing of the standard applies, so no total can be given"],
        ["no total can be given: a"],
    ]
