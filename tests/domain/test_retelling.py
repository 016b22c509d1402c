"""Each record of a unit is told in a line: what it says, what it gave, whether it counted, and why not."""

from __future__ import annotations

from typing import Any

import pytest
from scorekit_plugins.rules.records import records

from scorekit.domain.counted import Counted
from scorekit.domain.retelling import COUNTED_WORDS, record_lines
from scorekit.domain.scope import TrackScope
from tests.building import BAD, NUMBER, TEXT, TRUTH, assessed, plan_of, units

LEVEL = {**TEXT, "title": "级别"}
N = {**NUMBER, "title": "件数", "x-criterion": {"points": 10, "rule": {"mark": {}}}}
TABLES = {"prices": {"title": "分值", "keys": ["级别"], "rows": [["省级", 5], ["市级", "2.5"]]}}


def shape(rule: dict[str, Any], items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "r": {
            "type": "array",
            "title": "获奖",
            "items": {"type": "object", "properties": items, **more},
            "x-criterion": {"points": 90, "start": "empty", "rule": rule},
        }
    }


def told(properties: dict[str, Any], given: list[Any], lang: str = "en", row: int = 0, known: Any = (), **frame: Any) -> list[str]:
    plan = plan_of(properties, records, **frame)
    found = assessed(plan, units(plan, {"r": [*[[]] * row, given]}))
    track = plan.tracks[0]
    scope = TrackScope(track, found.submissions.take([row]), found.sheet.take([row]))
    return list(record_lines(track.criteria[-1], scope, lang, {*known}))


def test_a_record_says_its_fields_its_points_and_whether_it_counts() -> None:
    found = told(
        shape({"records": {"combine": "best", "k": 1}}, {"level": LEVEL, "n": N}), [{"level": "省级", "n": 4}, {"level": "市级", "n": 2}]
    )
    assert found == [
        "record 1: 省级, 件数 4 [/r/0]: 件数 4 (part of the full marks); its own points 4; gives 4; counts",
        "record 2: 市级, 件数 2 [/r/1]: 件数 2 (part of the full marks); its own points 2; gives 2; does not count: it is beyond those that are taken",
    ]
    assert told(shape({"records": {}}, {"level": LEVEL, "n": N}), [{"level": "省级", "n": 4}], "zh") == [
        "第1条 省级、件数 4 [/r/0]：件数 4（未得满分）；本条得分 4；计4分；计"
    ]


@pytest.mark.parametrize(
    ("parameters", "given", "why"),
    [
        ({"where": "n > 1"}, [{"level": "a", "n": 1}], [Counted.NOT_MEANT]),
        ({"matter": "level"}, [{"level": "a", "n": 1}, {"level": "Ａ ", "n": 3}], [Counted.SAME_MATTER, Counted.COUNTS]),
        ({"combine": "worst"}, [{"level": "a", "n": 1}, {"level": "b", "n": 3}], [Counted.COUNTS, Counted.BEYOND]),
        (
            {"value": "0 - n", "only": "worst-deduction"},
            [{"level": "a", "n": 1}, {"level": "b", "n": 3}],
            [Counted.LIGHTER, Counted.COUNTS],
        ),
        ({"value": "n / (n - n)"}, [{"level": "a", "n": 1}], [Counted.NO_FIGURE]),
    ],
)
def test_why_a_record_does_not_count_is_said(parameters: dict[str, Any], given: list[Any], why: list[Counted]) -> None:
    found = told(shape({"records": parameters}, {"level": LEVEL, "n": N}), given)
    assert [line.rpartition("; ")[2] for line in found] == [str(COUNTED_WORDS[w].template) for w in why]


def test_of_lists_that_share_a_matter_the_record_of_the_other_list_is_named_as_the_reason() -> None:
    other = {"type": "array", "items": {"type": "object", "properties": {"level": LEVEL}}}
    properties = {"q": other, **shape({"records": {}}, {"level": LEVEL, "n": N})}
    matters = {"m": {"title": "奖", "lists": {"q": {"key": "level", "value": "9"}, "r": {"key": "level"}}}}
    plan = plan_of(properties, records, matters=matters)
    found = assessed(plan, units(plan, {"q": [[{"level": "a"}]], "r": [[{"level": "a", "n": 2}, {"level": "b", "n": 1}]]}))
    track = plan.tracks[0]
    lines = list(record_lines(track.criteria[-1], TrackScope(track, found.submissions, found.sheet), "en", set()))
    assert [line.rpartition("; ")[2] for line in lines] == [
        "does not count: another of the same matter counts in this list or another",
        "counts",
    ]


def test_truths_blanks_and_what_cannot_be_read_are_told() -> None:
    items = {"new": {**TRUTH, "title": "新"}, "level": LEVEL, "n": N}
    found = told(shape({"records": {}}, items), [{"new": True, "level": None, "n": None}, {"new": False, "level": "x", "n": BAD}])
    assert [line.partition(":")[2].strip().partition(":")[0] for line in found] == ["新 yes [/r/0]", "新 no, x [/r/1]"]
    assert found[0].endswith("gives 0; counts")
    assert "gives no points" in found[1]


def test_records_that_only_a_formula_reads_are_told_without_a_verdict() -> None:
    [line] = told(shape({"mark": {"of": "sum(r, record())"}}, {"n": N}), [{"n": 3}], row=1)
    assert line == "record 1: 件数 3 [/r/0]: 件数 3 (part of the full marks); its own points 3"
    through = {**shape({"mark": {"of": "whole"}}, {"n": N}), "whole": {"x-derive": "sum(r, record())"}}
    assert told(through, [{"n": 3}]) == [line]


def test_a_list_that_a_formula_reads_is_told_once() -> None:
    properties = shape({"mark": {"of": "count(r)"}}, {"level": LEVEL})
    assert told(properties, [{"level": "a"}]) == ["record 1: a [/r/0]"]
    assert told(properties, [{"level": "a"}], known={"r"}) == []
