"""What a rubric that loads may still get wrong is found by ``rubric check``."""

from __future__ import annotations

from typing import Any

import pytest

from scorekit.compiling.checks import checks
from scorekit.domain.column import Column
from scorekit.domain.rule import Bands, Number
from scorekit.plugin import rule
from tests.building import NUMBER, TEXT, TRUTH, criterion, plan_of, said, section

OURS = {"reading": "我们的理解"}


@rule(adds=True, says={"zh": "", "en": ""})
def tiers(of: Column, *, bands: Bands, points: Number) -> Column:
    """Bands."""
    return of


def item(rule: Any = "mark", points: Any = 10, **more: Any) -> dict[str, Any]:
    return criterion(rule, points, **{**OURS, **more})


def findings(properties: dict[str, Any], **frame: Any) -> list[tuple[str, str]]:
    plan = plan_of(properties, tiers, **frame)
    return [(said(p.what), p.field.partition("#")[2]) for p in checks(plan)]


def test_a_sound_rubric_has_no_findings() -> None:
    shape = {
        "s": section({"a": item(no="1.1"), "b": item({"shortfall": {"target": 1, "step": 1, "deduct": 2}}, no="1.2")}, points=20, no="1"),
        "c": item(points=80),
    }
    assert findings(shape, full=100) == []


@pytest.mark.parametrize(
    ("shape", "frame", "what", "where"),
    [
        ({"a": item()}, {"full": 100}, "“the total” states 100 points, its items add up to 10", "/x-rubric"),
        (
            {"s": section({"a": item(), "b": item()}, points=25, title="节")},
            {},
            "“节” states 25 points, its items add up to 20",
            "/properties/s/x-criterion",
        ),
        (
            {"s": section({"a": item(), "b": item()}, points=25), "c": item()},
            {"full": 35},
            "“s” states 25 points, its items add up to 20",
            "/properties/s/x-criterion",
        ),
        ({"a": item(basis=[{"source": "S9"}])}, {}, "the source “S9” is not listed", "/properties/a/x-criterion/basis"),
        ({"a": criterion()}, {}, "the clause names neither its basis nor that it is our own reading", "/properties/a/x-criterion"),
        (
            {"a": item()},
            {"gates": {"g": {"if": "a > 1", "effect": "not awarded"}}},
            "the clause names neither its basis nor that it is our own reading",
            "/x-rubric/gates/g",
        ),
        ({"a": item(no="1"), "b": item(no="1")}, {}, "the number 1 stands twice", "/properties/b/x-criterion"),
        ({"s": section({"a": item(no="1")}, no="1")}, {}, "the number 1 stands twice", "/properties/s/properties/a/x-criterion"),
        (
            {"a": item({"each": {"deduct": 12}})},
            {},
            "one step takes 12 points of 10: the rest can never count",
            "/properties/a/x-criterion/rule/each",
        ),
        (
            {"a": item({"tiers": {"bands": [{"above": 1, "points": 1}, {"above": 1, "points": 2}]}})},
            {},
            "two bands begin at the same line",
            "/properties/a/x-criterion/rule/tiers/bands",
        ),
        (
            {"a": item({"tiers": {"bands": [{"above": 1, "points": 11}]}})},
            {},
            "the highest band gives 11 points of 10",
            "/properties/a/x-criterion/rule/tiers/bands",
        ),
        ({"a": item(), "n": {**NUMBER, "title": "数"}}, {}, "nothing reads the field “数”", "/properties/n"),
        ({"false": item()}, {}, "a formula takes “false” for a word, not for this field", "/properties/false"),
        (
            {"n": NUMBER, "s": section({"n": NUMBER, "a": item(points="n")})},
            {"rank": {"tie_break": [{"by": "n"}]}},
            "formulas in the section read “s.n”, not “n” of the same name",
            "/properties/s/properties/n",
        ),
    ],
)
def test_each_doubtful_thing_is_found_with_its_place(shape: dict[str, Any], frame: dict[str, Any], what: str, where: str) -> None:
    assert findings(shape, **frame) == [(what, where)]


@pytest.mark.parametrize(
    ("shape", "frame"),
    [
        ({"s": section({"a": item(), "b": item()}, points=15, cap=15)}, {"full": 15}),
        ({"a": item(points=100), "s": section({"x": item(kind="bonus", points=10)}, points=10)}, {"full": 100}),
        ({"k": NUMBER, "s": section({"a": item(only_for="k == 1"), "b": item(only_for="k == 2")}, points=10)}, {"full": 10}),
        ({"k": NUMBER, "s": section({"a": item(only_for="k == 1"), "b": item(only_for="k == 2")})}, {"full": 10}),
        ({"n": NUMBER, "a": item(points="n")}, {"full": 10}),
        ({"a": item({"each": {"deduct": 12}}, floor=None)}, {}),
        ({"n": NUMBER, "a": item({"each": {"deduct": "n"}})}, {}),
        ({"n": NUMBER, "a": item({"tiers": {"bands": [{"above": "n", "points": "n"}]}})}, {}),
        (
            {
                "s": section(
                    {"a": section({"x": item(points=100)}, weight=0.4), "b": section({"y": item(points=100)}, weight=0.6)},
                    aggregate="weighted-mean",
                    points=100,
                )
            },
            {"full": 100},
        ),
        (
            {"n": NUMBER, "s": section({"a": section({"x": item(points=100)}, weight="n")}, aggregate="weighted-mean", points=100)},
            {"full": 100},
        ),
        ({"a": item(basis=[{"source": "S1", "clause": "一"}])}, {"sources": {"S1": {"title": "文"}}}),
    ],
)
def test_what_is_meant_is_not_complained_of(shape: dict[str, Any], frame: dict[str, Any]) -> None:
    assert findings(shape, **frame) == []


def test_every_place_that_reads_a_field_is_known() -> None:
    names = "abcdefghijklmnopqrstuv"
    shape = {
        **dict.fromkeys(names, NUMBER),
        "t": TRUTH,
        "x": section(
            {
                "y": item(
                    {"mark": {"of": "a"}}, "b", field={}, floor="c", ceiling="d", zero_if="t", only_for="e > 1", not_applicable_if="f > 1"
                )
            },
            weight="g",
            cap="h",
            floor="i",
            bonus_cap="j",
            deduction_cap="k",
            points="l",
        ),
        "z": {
            "x-criterion": {
                **OURS,
                "points": 5,
                "clauses": {"q": {"rule": {"mark": {"of": "m"}}, "cap": "n", "if": "o > 1", "waived_if": "p > 1"}},
            }
        },
        "w": {"x-derive": "q + 1"},
    }
    frame = {
        "caps": {"bonus": "r", "groups": {"g": "s"}},
        "levels": [{"id": "l", "title": "l", "of": "u", "at_least": "v"}],
        "rank": {"tie_break": [{"by": "exact()"}]},
    }
    assert findings(shape, **frame) == []


def test_the_findings_of_all_categories_are_told_once() -> None:
    shape = {"a": item(), "b": item(), "n": {**TEXT, "title": "数"}}
    frame = {
        "categories": ["甲", "乙", "丙"],
        "full": 20,
        "variants": {"乙": {"criteria": {"a": {"points": 5}}}, "丙": {"criteria": {"a": None}}},
    }
    assert findings(shape, **frame) == [
        ("乙: “the total” states 20 points, its items add up to 15", "/x-rubric"),
        ("丙: “the total” states 20 points, its items add up to 10", "/x-rubric"),
        ("nothing reads the field “数”", "/properties/n"),
    ]


TABLES = {"prices": {"title": "价目", "keys": ["级别", "数"], "rows": [["省级", 1, 5], ["ＡＢ", 2, 3]]}}
LEVEL = {"enum": ["省级", "ab", "市级", "县级", None], "title": "级别"}


def lookup_item(formula: str) -> dict[str, Any]:
    return criterion({"mark": {"of": formula}}, 5, {}, **OURS)


def test_values_of_a_field_without_a_row_in_the_table_are_found() -> None:
    shape = {"level": LEVEL, "n": NUMBER, "a": lookup_item("lookup(prices, level, n)")}
    what = "the table “prices” has no row for 市级, 县级 of “级别”"
    assert findings(shape, tables=TABLES) == [(what, "/x-rubric/tables/prices")]
    assert findings(shape, tables={"prices": {**TABLES["prices"], "otherwise": 0}}) == []


def test_of_records_too_and_only_where_a_field_itself_is_looked_up() -> None:
    lists = {"type": "array", "items": {"type": "object", "properties": {"level": LEVEL, "n": NUMBER}}}
    shape = {
        "h": lists,
        "n": NUMBER,
        "a": lookup_item("sum(h, lookup(prices, level, n))"),
    }
    assert ("the table “prices” has no row for 市级, 县级 of “级别”", "/x-rubric/tables/prices") in findings(shape, tables=TABLES)
    shape = {"level": LEVEL, "n": NUMBER, "a": lookup_item("lookup(prices, if(level == '市级', '省级', 'ab'), n)")}
    assert findings(shape, tables=TABLES) == []


def test_a_table_that_nothing_reads_is_found() -> None:
    assert findings({"a": item()}, tables=TABLES) == [("nothing reads the table “价目”", "/x-rubric/tables/prices")]


def test_what_a_draft_leaves_to_be_done_is_listed() -> None:
    found = plan_of(
        {"s": section({"a": {**criterion(), "x-todo": ["say how", "and when"]}}, points=10), "n": {**NUMBER, "x-todo": ["ask"]}}
    )
    told = [(said(p.what), p.field) for p in checks(found) if "to be done" in said(p.what)]
    assert told == [
        ("to be done: say how", "rubric.json#/properties/s/properties/a"),
        ("to be done: and when", "rubric.json#/properties/s/properties/a"),
        ("to be done: ask", "rubric.json#/properties/n"),
    ]


def test_grades_without_a_number_and_marks_beyond_the_full_marks_are_found() -> None:
    from scorekit_plugins.rules.panel import panel

    def marks(mark: dict[str, Any], **params: Any) -> list[str]:
        field = {"type": "object", "additionalProperties": mark, "x-source": {"who": "panel", "raters": ["甲"]}}
        plan = plan_of({"a": criterion({"panel": params}, field=field, reading="r")}, panel)
        return [said(p.what) for p in checks(plan) if p.field.endswith(("/panel", "/grades"))]

    assert marks({"enum": ["优", "良", None]}, grades={"优": 9}) == ["these grades have no number: 良"]
    assert marks({"type": "number", "maximum": 100}) == ["marks go up to 100, and the full marks are 10: what lies above is cut off"]
    assert marks({"type": "number", "maximum": 100}, out_of=100) == marks({"type": "number", "maximum": 10}) == []


def test_a_source_that_only_a_level_or_a_ladder_names_must_be_listed_too() -> None:
    basis = {"basis": [{"source": "S9"}]}
    level = {"id": "a", "title": "优", "at_least": 1}
    frame = {"levels": [{**level, **basis}], "ladders": {"k": {"levels": [{**level, **basis}], **basis}}}
    found = [p.field.partition("#")[2] for p in checks(plan_of({"x": criterion(reading="示例")}, **frame)) if "S9" in said(p.what)]
    assert found == ["/x-rubric/levels/0/basis", "/x-rubric/ladders/k/levels/0/basis", "/x-rubric/ladders/k/basis"]


# -------------------------------------------------------------------- the records of lists


def prizes(item: dict[str, Any], own: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    """A list with one scored field and a criterion of its own, both with a reading of ours."""
    inner = {**fields, "a": {**NUMBER, "title": "件数", "x-criterion": {"points": 10, "rule": {"mark": {}}, **item}}}
    spec = {"points": 100, "start": "empty", "rule": {"mark": {"of": "sum(r, record())"}}, **(own or {"reading": "我们的理解"})}
    return {"r": {"type": "array", "title": "获奖", "items": {"type": "object", "properties": inner}, "x-criterion": spec}}


def of_records(item: dict[str, Any], own: dict[str, Any] | None = None, **fields: Any) -> list[tuple[str, str]]:
    found = checks(plan_of(prizes(item, own, **fields)))
    return [(said(p.what), p.field.removeprefix("rubric.json#/properties/r")) for p in found if p.severity == "warning"]


INNER = "/items/properties/a/x-criterion"


def test_criteria_of_records_are_checked_as_those_of_units() -> None:
    assert of_records({"rule": {"each": {"deduct": 12}}, "start": "full"}) == [
        ("one step takes 12 points of 10: the rest can never count", f"{INNER}/rule/each")
    ]
    assert of_records({"basis": [{"source": "S9"}]}) == [("the source “S9” is not listed", f"{INNER}/basis")]
    assert of_records({"rule": {"each": {"deduct": -1}}, "start": "full"}) == [
        ("a deduction of -1 would give points", f"{INNER}/rule/each/deduct")
    ]
    assert of_records({}) == []


def test_a_criterion_of_records_needs_a_basis_unless_the_list_s_own_has_one() -> None:
    missing = "the clause names neither its basis nor that it is our own reading"
    assert of_records({}, {"no": "1"}) == [(missing, "/x-criterion"), (missing, INNER)]
    assert of_records({"reading": "我们的理解"}, {"no": "1"}) == [(missing, "/x-criterion")]


def test_a_record_s_field_compared_with_what_is_none_of_its_options_is_found() -> None:
    level = {"type": "string", "title": "级别", "enum": ["省级", "市级"]}
    found = of_records({"zero_if": "level == '国家级'"}, level=level)
    assert found == [("“国家级” is no option of “级别”: the comparison never holds", INNER)]
