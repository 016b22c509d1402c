"""Parameters of clauses become the arguments of their rules, or are refused with their JSON pointer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

import pytest

from scorekit.compiling.arguments import nodes_of, read_by
from scorekit.compiling.planning import compile_plan
from scorekit.domain.column import Column
from scorekit.domain.rubric import Rubric
from scorekit.domain.rule import Bands, Knots, Number, Numbers, Table
from scorekit.errors import RubricError
from scorekit.plugin import Panel, Records, rule
from tests.building import DATE, NUMBER, TEXT, TRUTH, WHERE, catalogue, criterion, document, fault_of, plan_of, said, section, spelled

LISTS = {"type": "array", "items": {"type": "object", "properties": {"level": TEXT}}}
PANEL = {"type": "object", "additionalProperties": NUMBER, "x-source": {"who": "panel", "raters": ["甲"]}}
AT = "rubric.json#/properties/a/x-criterion/rule"
SAYS = {"zh": "", "en": ""}


@rule(adds=True, says=SAYS)
def every(
    of: Column,
    over: Column | None = None,
    *,
    bands: Bands = (),
    at: Knots = (),
    prices: Table | None = None,
    each: Numbers = (),
    much: Number = 2,
    word: str = "w",
    many: int = 3,
    yes: bool = False,
    way: Literal["up", "down"] = "up",
) -> Column:
    """One parameter of every kind."""
    return of


@rule(adds=True, says=SAYS)
def listed(of: Records) -> Column:
    """Takes a list."""
    return of.count()


@rule(adds=True, says=SAYS)
def judged(of: Panel, *, fewest: Number) -> Column:
    """Takes marks."""
    return of.count()


def arguments_of(params: dict[str, Any], field: dict[str, Any] = NUMBER) -> dict[str, Any]:
    plan = plan_of({"n": NUMBER, "a": criterion({"every": params}, 5, field)}, every)
    return {name: value for name, (_, value) in plan.tracks[0].criteria[0].clauses[0].arguments.items()}


def fault(params: dict[str, Any], name: str = "every", field: dict[str, Any] = NUMBER) -> tuple[str, str, str]:
    error = fault_of(
        {"n": NUMBER, "w": TEXT, "d": DATE, "honours": LISTS, "marks": PANEL, "a": criterion({name: params}, 5, field)},
        every,
        listed,
        judged,
    )
    return said(error.what), error.where, said(error.cure)


def test_the_first_column_is_the_field_beside_and_of_overrides_it() -> None:
    assert spelled(arguments_of({})["of"]) == "a"
    assert spelled(arguments_of({"of": "n / 2"})["of"]) == "/(n, 2)"


def test_what_is_left_out_has_its_default() -> None:
    found = arguments_of({})
    assert (found["over"], found["bands"], found["prices"], found["word"], found["many"], found["yes"], found["way"]) == (
        None,
        (),
        None,
        "w",
        3,
        False,
        "up",
    )
    assert spelled(found["much"]) == "2"


def test_points_left_out_are_the_criterions_full_marks() -> None:
    plan = plan_of({"a": criterion("pro_rata", "a + 1")})
    assert spelled(plan.tracks[0].criteria[0].clauses[0].arguments["points"][1]) == "+(a, 1)"


def test_numbers_bands_knots_and_tables_take_constants_and_formulas() -> None:
    found = arguments_of(
        {
            "bands": [{"at_least": "n", "points": 5}, {"above": 0.5, "points": "n * 2"}],
            "at": [{"value": 0, "points": 0}, {"value": "n", "points": 5}],
            "prices": {"A": 5, "B": "n"},
            "each": [1, "n"],
            "much": "n + 1",
            "word": "x",
            "many": 7,
            "yes": True,
            "way": "down",
            "over": True,
        }
    )
    assert [(spelled(b.bound), b.inclusive, spelled(b.points)) for b in found["bands"]] == [("n", True, "5"), ("0.5", False, "*(n, 2)")]
    assert [(spelled(k.value), spelled(k.points)) for k in found["at"]] == [("0", "0"), ("n", "5")]
    assert {k: spelled(v) for k, v in found["prices"].items()} == {"A": "5", "B": "n"}
    assert [spelled(v) for v in found["each"]] == ["1", "n"]
    assert (spelled(found["much"]), found["word"], found["many"], found["yes"], found["way"], spelled(found["over"])) == (
        "+(n, 1)",
        "x",
        7,
        True,
        "down",
        "True",
    )


def test_null_is_a_parameter_left_out() -> None:
    assert arguments_of({"prices": None})["prices"] is None


@pytest.mark.parametrize("step", [0, -1, -0.5])
def test_a_step_reaches_somewhere(step: float) -> None:
    error = fault_of({"a": criterion({"shortfall": {"target": 1, "step": step, "deduct": 1}})})
    assert said(error.what) == f"a step must be more than 0, not {step}"
    assert error.where == AT + "/shortfall/step"


def test_a_whole_number_written_as_a_decimal_is_one() -> None:
    found = document({"a": criterion({"every": {"many": 7}})})
    found["properties"]["a"]["x-criterion"]["rule"]["every"]["many"] = Decimal("7.0")
    plan = compile_plan(Rubric("test", "1", "t", found, WHERE), catalogue(every))
    many = plan.tracks[0].criteria[0].clauses[0].arguments["many"][1]
    assert (many, type(many)) == (7, int)


def test_bounds_may_be_dates() -> None:
    assert spelled(arguments_of({"bands": [{"at_least": "2026-06-30", "points": 1}]})["bands"][0].bound) == "2026-06-30"


def test_what_clauses_read_is_known() -> None:
    plan = plan_of(
        {
            "n": NUMBER,
            "m": NUMBER,
            "honours": {**LISTS, "x-criterion": {"points": 5, "rule": {"listed": {}}}},
            "a": criterion({"every": {"prices": {"A": "n"}, "bands": [{"above": "m", "points": 1}]}}),
        },
        every,
        listed,
    )
    reads = {c.spec.path: c.reads for c in plan.tracks[0].criteria}
    assert reads == {"honours": ("honours",), "a": ("n", "m", "a")}
    clause = next(c for c in plan.tracks[0].criteria if c.spec.path == "a").clauses[0]
    assert clause.reads == ("a", "m", "n")
    assert read_by({"of": (clause.rule.first, None)}) == set()
    assert nodes_of("text") == nodes_of(3) == []


@pytest.mark.parametrize(
    ("params", "what", "where", "cure"),
    [
        ({"muhc": 1}, "the rule every has no parameter “muhc”", "/every/muhc", "did you mean “much”?"),
        (
            {"zzz": 1},
            "the rule every has no parameter “zzz”",
            "/every/zzz",
            "it takes: of, over, bands, at, prices, each, much, word, many, yes, way",
        ),
        ({"way": "sideways"}, "“sideways” is none of up, down", "/every/way", "choose one of them"),
        ({"much": "n +"}, "the formula “n +” cannot be read at character 4: a value is missing here", "/every/much", "correct the formula"),
        ({"much": "w"}, "“w” gives a text, and a number is needed here", "/every/much", "correct the formula"),
        ({"much": [1]}, "a number or a formula is needed here, not [1]", "/every/much", "write a number, or a formula as text"),
        (
            {"bands": [{"at_least": 1, "points": "w"}]},
            "“w” gives a text, and a number is needed here",
            "/every/bands/0/points",
            "correct the formula",
        ),
        (
            {"bands": [{"at_least": "w", "points": 1}]},
            "“w” gives a text, and a number is needed here",
            "/every/bands/0/at_least",
            "correct the formula",
        ),
        (
            {"bands": [{"above": True, "points": 1}]},
            "“True” gives yes or no, and a number is needed here",
            "/every/bands/0/above",
            "correct the formula",
        ),
        (
            {"at": [{"value": 0, "points": 0}, {"value": 1, "points": "d"}]},
            "“d” gives a date, and a number is needed here",
            "/every/at/1/points",
            "correct the formula",
        ),
        ({"prices": {"A": "w"}}, "“w” gives a text, and a number is needed here", "/every/prices/A", "correct the formula"),
        ({"each": [1, "w"]}, "“w” gives a text, and a number is needed here", "/every/each/1", "correct the formula"),
        (
            {"of": "w + 1"},
            "the parts of the formula “w + 1” do not fit together: a number is needed, not a text",
            "/every/of",
            "correct the formula",
        ),
        (
            {"of": "honours"},
            "the parts of the formula “honours” do not fit together: “honours” is a list: take count, sum, max … over it",
            "/every/of",
            "correct the formula",
        ),
    ],
)
def test_a_wrong_parameter_is_refused_with_its_place_and_a_cure(params: dict[str, Any], what: str, where: str, cure: str) -> None:
    assert fault(params) == (what, AT + where, cure)


@pytest.mark.parametrize(
    ("name", "params", "field", "what", "where"),
    [
        ("listed", {}, NUMBER, "“a” is not a list of records", "/listed"),
        ("listed", {"of": "marks"}, NUMBER, "“marks” is not a list of records", "/listed/of"),
        ("listed", {"of": "nothing"}, NUMBER, "“nothing” is not a list of records", "/listed/of"),
        ("judged", {"fewest": 1}, LISTS, "“a” is not a panel's marks", "/judged"),
        ("judged", {"of": "marks"}, NUMBER, "the rule judged needs “fewest”", "/judged"),
        ("listed", {}, {}, "the criterion stands beside no field, so the rule listed needs “of”", "/listed"),
    ],
)
def test_lists_and_what_must_be_there(name: str, params: dict[str, Any], field: dict[str, Any], what: str, where: str) -> None:
    found = fault(params, name, field)
    assert found[:2] == (what, AT + where)


def test_a_rule_that_is_not_there_is_refused_with_the_nearest() -> None:
    found = fault({}, "shortfal")
    assert found == ("there is no “shortfal” among the rules", AT + "/shortfal", "did you mean “shortfall”?")


@pytest.mark.parametrize(
    "number", [Decimal("1e31"), Decimal("1e-31"), Decimal("1e999999999"), 10**30, -(10**30), Decimal("Infinity"), Decimal("NaN")]
)
def test_a_number_beyond_all_measure_is_refused(number: Any) -> None:
    found = document({"a": criterion()})
    found["properties"]["a"]["x-criterion"]["points"] = number
    with pytest.raises(RubricError) as caught:
        compile_plan(Rubric("test", "1", "t", found, WHERE), catalogue())
    assert said(caught.value.what) == "this number is beyond all measure"
    assert caught.value.where == "rubric.json#/properties/a/x-criterion/points"


# -------------------------------------------------------------------- the assessment period


def test_the_period_is_the_notices_else_the_rubrics_part_by_part() -> None:
    shape = {
        "d": DATE,
        "a": criterion({"mark": {"of": "if(count(h, on >= period.start) > 0, period.end - d, 0)"}}, 400, {}),
        "h": {"type": "array", "items": {"properties": {"on": DATE}}},
    }
    frame = {"period": {"start": "2026-01-01", "end": "2026-12-31"}}
    for given, end in ((None, "2026-12-31"), ({"end": "2025-12-31"}, "2025-12-31"), ({"data_date": "2026-01-01"}, "2026-12-31")):
        node = plan_of(shape, notified=given, **frame).tracks[0].criteria[0].clauses[0].arguments["of"][1]
        assert spelled(node) == f"if(>(count[h; None; >=(h.on, 2026-01-01)], 0), -({end}, d), 0)"


def test_the_period_stands_within_what_is_taken_of_records_too() -> None:
    shape = {
        "h": {"type": "array", "items": {"properties": {"on": DATE}}},
        "a": criterion({"mark": {"of": "sum(h, period.end - on, on <= period.end) + points(b)"}}, 400, {}),
        "b": criterion(),
    }
    plan = plan_of(shape, notified={"end": "2026-12-31"})
    node = next(c for c in plan.tracks[0].criteria if c.spec.path == "a").clauses[0].arguments["of"][1]
    assert spelled(node) == "+(sum[h; -(2026-12-31, h.on); <=(h.on, 2026-12-31)], points<b>)"


def test_a_rubric_that_reads_the_period_without_one_is_refused() -> None:
    error = fault_of({"d": DATE, "s": section({"x": {"x-derive": "period.start - d"}, "a": criterion()})})
    assert said(error.what) == "the formula reads period.start, but neither notice nor rubric gives a period"
    assert error.where == "rubric.json#/properties/s/properties/x/x-derive"


@pytest.mark.parametrize("day", ["2026-13-01", "1. Mai", "20260101x"])
def test_a_period_that_is_no_date_is_refused(day: str) -> None:
    error = fault_of({"a": criterion()}, period={"start": day})
    assert (said(error.what), error.where) == (f"“{day}” is no date", "rubric.json#/x-rubric/period/start")


def test_a_truth_stands_where_a_rule_takes_a_column() -> None:
    plan = plan_of({"t": TRUTH, "a": criterion({"flag": {"of": True}}, 5, {})})
    assert spelled(plan.tracks[0].criteria[0].clauses[0].arguments["of"][1]) == "True"


# -------------------------------------------------------------------- panels and ranges

GRADED = {
    "type": "object",
    "title": "互评",
    "additionalProperties": {"enum": ["优", None]},
    "x-source": {"who": "panel", "raters": {"甲": {"role": "专家"}}},
}


@pytest.mark.parametrize(
    ("field", "params", "what", "where"),
    [
        (GRADED, {"panel": {}}, "the marks of “互评” are grades, and the rule takes numbers", "/panel"),
        (PANEL, {"panel": {"grades": {"优": 1}}}, "the marks of “a” are numbers, not grades", "/panel/grades"),
        (GRADED, {"panel": {"grades": {"优": 1}, "weights": {"群众": 1}}}, "“weights” has no entry for “专家”", "/panel/weights"),
        (GRADED, {"panel": {"grades": {"优": 1}, "weights": {"专家": 1, "群众": 1}}}, "“互评” knows no “群众”", "/panel/weights/群众"),
        (PANEL, {"panel": {"weights": {"群众": 1}}}, "“a” knows no “群众”", "/panel/weights/群众"),
        (PANEL, {"votes": {"worth": {"乙": 1}}}, "“a” knows no “乙”", "/votes/worth/乙"),
        (NUMBER, {"discretion": {"ranges": {"优": [8, 10]}}}, "nothing says which of the ranges holds", "/discretion"),
    ],
)
def test_tables_of_a_panel_and_ranges_must_fit_it(field: dict[str, Any], params: dict[str, Any], what: str, where: str) -> None:
    from scorekit_plugins.rules.discretion import discretion
    from scorekit_plugins.rules.panel import panel
    from scorekit_plugins.rules.votes import votes

    found = fault_of({"a": criterion(params, field=field)}, panel, votes, discretion)
    assert (said(found.what), found.where) == (what, "rubric.json#/properties/a/x-criterion/rule" + where)


def test_a_panel_needs_full_marks_only_to_convert_to_them() -> None:
    from scorekit_plugins.rules.panel import panel

    def points(params: dict[str, Any]) -> Any:
        [item] = plan_of({"a": criterion({"panel": params}, None, PANEL)}, panel).tracks[0].criteria
        return item.clauses[0].arguments["points"][1]

    assert points({}) is None
    assert points({"points": 5, "out_of": 100}).value.listed() == [5]
    with pytest.raises(RubricError) as refused:
        points({"out_of": 100})
    assert said(refused.value.what) == "the rule panel needs “points”"


def test_the_rounding_of_marks_is_the_clauses_else_the_rubrics() -> None:
    from scorekit_plugins.rules.panel import panel

    from scorekit.domain.rubric import Rounding

    def rounding(params: dict[str, Any], **frame: Any) -> Any:
        [item] = plan_of({"a": criterion({"panel": params}, field=PANEL)}, panel, **frame).tracks[0].criteria
        return item.clauses[0].arguments["mean_decimals"][1]

    stage = {"rounding": {"mark": {"decimals": 1, "mode": "floor"}}}
    assert (rounding({}), rounding({}, **stage)) == (None, Rounding(1, "floor"))
    assert rounding({"mean_decimals": 2}, **stage) == Rounding(2)
    assert rounding({"mean_decimals": {"decimals": 0, "mode": "ceiling"}}) == Rounding(0, "ceiling")
