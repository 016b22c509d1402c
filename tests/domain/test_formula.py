"""Formulas over whole columns: exact, three-valued, missing in and missing out, and bounded."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.compiling.names import StandardNames
from scorekit.compiling.parsing import parse
from scorekit.compiling.standard import standard
from scorekit.domain.column import Column, Why
from scorekit.domain.exact import Exact
from scorekit.domain.formula import Name, Over, RecordNames, Result, constant, evaluate, names, results
from scorekit.domain.functions import FUNCTIONS, MOST_BITS, bounded
from scorekit.domain.marks import Panel, Records
from scorekit.domain.tracks import track_scopes
from tests.building import DATE, NUMBER, TEXT, TRUTH, assessed, criterion, outcome_of, plan_of, points, reasons, rubric, section, units

LISTS = {"type": "array", "items": {"type": "object", "properties": {"level": TEXT, "share": NUMBER, "won": TRUTH, "on": DATE}}}
PANEL = {"type": "object", "additionalProperties": NUMBER, "x-source": {"who": "panel", "raters": ["甲", "乙", "丙"]}}
RUBRIC = rubric(
    {
        **dict.fromkeys("abc", NUMBER),
        "t": TRUTH,
        "u": TRUTH,
        "w": TEXT,
        "d": DATE,
        "e": DATE,
        "honours": LISTS,
        "marks": PANEL,
        "k": criterion(),
    }
)
NAMES = StandardNames(standard(RUBRIC.document, RUBRIC))
NUMBERS = st.one_of(st.none(), st.fractions(min_value=-50, max_value=50, max_denominator=60), st.integers(-5, 5))
KINDS: dict[str, Any] = {"t": Column.truths, "u": Column.truths, "w": Column.texts, "d": Column.dates, "e": Column.dates}
TRUTHS = st.one_of(st.none(), st.booleans())


class Table:
    """A scope of given columns; results are those of one figure."""

    def __init__(self, **values: Any) -> None:
        self.values = values

    def value(self, path: str) -> Any:
        return self.values[path]

    def result(self, figure: str, path: str) -> Column:
        return self.values[f"{figure}:{path}"]  # type: ignore[no-any-return]

    def within(self, path: str, records: Records) -> RecordNames:
        return RecordNames(records, path, self)


def value(text: str, **values: Any) -> Any:
    """The value of a formula for one row."""
    columns = {k: v if isinstance(v, Column) else KINDS.get(k, Column.numbers)([v]) for k, v in values.items()}
    found = evaluate(parse(text, NAMES, ""), Table(**columns))
    [result] = found.listed()
    return Why(int(found.why[0])).name if result is None and found.why is not None else result


# -------------------------------------------------------------------- arithmetic


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("0.57 * 100 >= 57", {}, True),
        ("a / b >= 0.865", {"a": 173, "b": 200}, True),
        ("0.1 + 0.2 == 0.3", {}, True),
        ("a - b * c", {"a": 10, "b": 2, "c": 3}, 4),
        ("-a ** 2", {"a": 3}, -9),
        ("a ** -2", {"a": 2}, Fraction(1, 4)),
        ("a / b", {"a": 1, "b": 0}, "DIVIDED_BY_ZERO"),
        ("0 ** -1", {}, "DIVIDED_BY_ZERO"),
        ("a ** b", {"a": 0, "b": -1}, "DIVIDED_BY_ZERO"),
        ("0 ** 0", {}, 1),
        ("min(a, 3, b)", {"a": 5, "b": 2}, 2),
        ("max(a, 3, b)", {"a": 5, "b": 2}, 5),
        ("max(a, 3)", {"a": None}, "MISSING"),
        ("abs(a) + floor(b) + ceil(b)", {"a": -2, "b": Fraction(5, 2)}, 7),
        ("floor(a)", {"a": Fraction(-5, 2)}, -3),
        ("round(a)", {"a": Fraction(5, 2)}, 3),
        ("round(a, 1)", {"a": Decimal("-0.25")}, Fraction(-3, 10)),
        ("clip(a, 0, b)", {"a": 9, "b": 5}, 5),
        ("clip(a, 0, b)", {"a": -9, "b": 5}, 0),
        ("a + b", {"a": 1, "b": None}, "MISSING"),
        ("d - e", {"d": date(2026, 3, 1), "e": date(2026, 2, 1)}, 28),
        ("d + 30", {"d": date(2026, 1, 1)}, date(2026, 1, 31)),
        ("d - 1", {"d": date(2026, 1, 1)}, date(2025, 12, 31)),
        ("max(d, e)", {"d": date(2026, 3, 1), "e": date(2026, 2, 1)}, date(2026, 3, 1)),
        ("clip(d, 2026-02-01, e)", {"d": date(2026, 1, 1), "e": date(2026, 3, 1)}, date(2026, 2, 1)),
        ("d > 2026-02-28 and d <= e", {"d": date(2026, 3, 1), "e": date(2026, 3, 1)}, True),
        ("w == '甲'", {"w": "甲"}, True),
        ("w != '甲'", {"w": None}, "MISSING"),
        ("w in ['甲', '乙']", {"w": "乙"}, True),
        ("w not in ['甲', '乙']", {"w": "乙"}, False),
        ("w in ['甲']", {"w": None}, "MISSING"),
        ("t + u + 1", {"t": True, "u": False}, 2),
        ("1 < a < 3", {"a": 2}, True),
        ("1 < a < 2", {"a": 2}, False),
        ("mod(a, 3)", {"a": 7}, 1),
        ("mod(a, 3)", {"a": -1}, 2),
        ("mod(a, -3)", {"a": 1}, -2),
        ("mod(a, 0.5)", {"a": Decimal("1.7")}, Fraction(1, 5)),
        ("mod(a, b)", {"a": 1, "b": 0}, "DIVIDED_BY_ZERO"),
        ("sign(a) * 10 + sign(-a)", {"a": Fraction(-1, 3)}, -9),
        ("sign(t)", {"t": True}, 1),
        ("sign(a)", {"a": None}, "MISSING"),
        ("year(d) * 10000 + month(d) * 100 + day(d)", {"d": date(1969, 12, 31)}, 19691231),
        ("year(d + 0.5)", {"d": date(2026, 2, 28)}, 2026),
        ("month(d)", {"d": None}, "MISSING"),
    ],
)
def test_a_formula_is_worth_what_it_says(text: str, values: dict[str, Any], expected: Any) -> None:
    assert value(text, **values) == expected


@given(st.dates())
def test_the_parts_of_a_date_are_those_of_the_calendar(day: date) -> None:
    assert [value(f"{part}(d)", d=day) for part in ("year", "month", "day")] == [day.year, day.month, day.day]


def test_a_day_beyond_all_calendars_has_the_year_of_the_farthest() -> None:
    assert value("year(d + 10 ** 20) > 20000", d=date(2026, 1, 1)) is True


@given(NUMBERS, NUMBERS, NUMBERS)
def test_arithmetic_is_that_of_fractions(a: Any, b: Any, c: Any) -> None:
    whole = None not in (a, b, c)
    assert value("(a + b) * c - a * b", a=a, b=b, c=c) == ((a + b) * c - a * b if whole else "MISSING")
    if whole:
        assert value("a / (b * b + 1) ** 3", a=a, b=b) == Fraction(a) / (Fraction(b) * b + 1) ** 3


# -------------------------------------------------------------------- three values


@given(TRUTHS, TRUTHS)
def test_and_or_not_are_three_valued(t: bool | None, u: bool | None) -> None:
    both = False if t is False or u is False else None if None in (t, u) else True
    either = True if t is True or u is True else None if None in (t, u) else False
    assert value("t and u", t=t, u=u) == ("MISSING" if both is None else both)
    assert value("t or u", t=t, u=u) == ("MISSING" if either is None else either)
    assert value("not t", t=t) == ("MISSING" if t is None else not t)


def test_a_comparison_with_a_blank_is_unknown_and_only_given_asks_about_blanks() -> None:
    assert value("a > 3", a=None) == "MISSING"
    assert value("a == a", a=None) == "MISSING"
    assert value("given(a)", a=None) is False
    assert value("given(a)", a=0) is True
    assert value("given(a / 0)", a=1) is False
    assert value("not given(a) or a > 3", a=None) is True


def test_coalesce_takes_the_first_that_is_there_and_never_covers_what_is_invalid() -> None:
    assert value("coalesce(a, b, 7)", a=None, b=None) == 7
    assert value("coalesce(a, b, 7)", a=None, b=5) == 5
    assert value("coalesce(a, 7)", a=3) == 3
    assert value("coalesce(a, b)", a=None, b=None) == "MISSING"
    assert value("coalesce(a / 0, 7)", a=1) == 7
    assert value("coalesce(a, 7)", a=Column.numbers([0]).masked_where(np.array([True]), Why.INVALID)) == "INVALID"
    assert value("coalesce(t, false)", t=None) is False
    assert value("coalesce(w, '无')", w=None) == "无"
    assert value("coalesce(d, 2026-01-01)", d=None) == date(2026, 1, 1)


def test_if_needs_only_the_branch_it_takes() -> None:
    assert value("if(t, a, b)", t=True, a=1, b=None) == 1
    assert value("if(t, a, b)", t=False, a=1, b=None) == "MISSING"
    assert value("if(t, a, b)", t=None, a=1, b=1) == "MISSING"
    assert value("if(b > 0, a / b, 0)", a=1, b=0) == 0


# -------------------------------------------------------------------- real functions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sqrt(2)", Fraction(14142135624, 10**10)),
        ("sqrt(16)", 4),
        ("sqrt(0)", 0),
        ("ln(1)", 0),
        ("ln(10)", Fraction(23025850930, 10**10)),
        ("exp(1)", Fraction(27182818285, 10**10)),
        ("exp(0) - 1", 0),
        ("10000 ** 0.5", 100),
        ("8 ** (1 / 3)", 2),
        ("2 ** 0.5 * 2 ** 0.5", Fraction(14142135624, 10**10) ** 2),
        ("0 ** 0.5", 0),
        ("1.01 ** 25", Fraction(12824319950, 10**10)),
        ("sqrt(-1)", "OUT_OF_DOMAIN"),
        ("ln(0)", "OUT_OF_DOMAIN"),
        ("exp(41)", "OUT_OF_DOMAIN"),
        ("exp(-400)", 0),
        ("(-8) ** 0.5", "OUT_OF_DOMAIN"),
        ("0 ** -0.5", "OUT_OF_DOMAIN"),
        ("100 ** 10.5", "OUT_OF_DOMAIN"),
        ("10 ** 10 ** 10", "OUT_OF_DOMAIN"),
        ("2 ** 21", 2**21),
    ],
)
def test_real_functions_are_taken_at_ten_decimals(text: str, expected: Any) -> None:
    assert value(text) == expected


def test_what_is_masked_is_not_asked_and_keeps_its_reason() -> None:
    assert value("sqrt(a)", a=None) == "MISSING"
    assert value("a ** b", a=None, b=None) == "MISSING"
    assert value("a ** 2", a=None) == "MISSING"
    assert value("a ** b", a=2, b=None) == "MISSING"


@given(st.fractions(min_value=0, max_value=10**6, max_denominator=10**4))
def test_a_root_is_right_to_ten_decimals(a: Fraction) -> None:
    root = value("sqrt(a)", a=a)
    assert (root * 10**10).denominator == 1
    assert abs(root - Fraction(math.isqrt(int(a * 10**40)), 10**20)) <= Fraction(6, 10**11)


@given(
    st.lists(
        st.tuples(
            st.fractions(min_value=-4, max_value=4, max_denominator=8),
            st.one_of(st.integers(-3, 3), st.fractions(min_value=-2, max_value=2, max_denominator=3)),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_a_power_never_depends_on_the_other_rows(rows: list[tuple[Fraction, Any]]) -> None:
    """Whole exponents are exact and others at ten decimals, whether a unit stands alone or among many."""
    a, b = (Column.numbers(list(c)) for c in zip(*rows, strict=True))
    together = evaluate(parse("a ** b", NAMES, ""), Table(a=a, b=b))
    for row in range(len(rows)):
        alone = evaluate(parse("a ** b", NAMES, ""), Table(a=a.take([row]), b=b.take([row])))
        assert alone.listed() == [together.listed()[row]]
        assert alone.masked[0] == together.masked[row]


def test_no_formula_uses_up_the_machine() -> None:
    """Powers of powers of powers end as out of range, in every row by itself."""
    found = evaluate(parse("((((a ** 20) ** 20) ** 20) ** 20) ** 20", NAMES, ""), Table(a=Column.numbers([9, 1, Fraction(7, 3), 0])))
    assert found.listed() == [None, 1, None, 0]
    assert found.why is not None
    assert found.why.tolist() == [Why.OUT_OF_DOMAIN, 0, Why.OUT_OF_DOMAIN, 0]
    assert bounded(Column.numbers([2**MOST_BITS - 1])).listed() == [2**MOST_BITS - 1]
    assert bounded(Column.numbers([2**MOST_BITS])).listed() == [None]
    assert bounded(Column.texts(["x"])).listed() == ["x"]


# -------------------------------------------------------------------- trees


def test_the_names_and_results_of_a_formula_are_known() -> None:
    node = parse("if(a > points(k), sum(honours, share * b, level == w), rate(k)) + count(honours, share > points())", NAMES, "")
    assert names(node) == {"a", "b", "w", "honours"}
    assert results(node) == {("points", "k"), ("rate", "k"), ("points", "")}
    assert names(constant(3)) == results(constant(3)) == results(Name("a")) == names(Result("points", "k")) == set()
    assert names(Over("count", "honours", None, None)) == {"honours"}


def test_a_list_is_no_column_and_a_column_no_list() -> None:
    records = Records(np.array([0, 1]), {"share": Column.numbers([1])})
    with pytest.raises(TypeError, match="is a list"):
        evaluate(Name("honours"), Table(honours=records))
    with pytest.raises(TypeError, match="is no list"):
        evaluate(Over("count", "a", None, None), Table(a=Column.numbers([1])))


def test_a_list_can_be_asked_whether_it_was_handed_in() -> None:
    records = Records(np.array([0, 1, 1]), {"share": Column.numbers([1])}, np.array([0, Why.MISSING], dtype=np.uint8))
    marks = Panel(("甲",), (Column.numbers([None, 3]),))
    scope = Table(honours=records, marks=marks)
    assert evaluate(parse("given(honours)", NAMES, ""), scope).listed() == [True, False]
    assert evaluate(parse("given(marks)", NAMES, ""), scope).listed() == [False, True]
    assert evaluate(parse("mean(marks)", NAMES, ""), scope).listed() == [None, 3]


def test_results_and_outer_names_are_repeated_for_each_record() -> None:
    records = Records(np.array([0, 2, 2, 3]), {"share": Column.numbers([1, 2, 3])})
    scope = Table(honours=records, a=Column.numbers([10, 20, 30]), b=Column.of(5), **{"points:k": Column.numbers([1, 2, 3])})
    assert evaluate(parse("sum(honours, share * a)", NAMES, ""), scope).listed() == [30, 0, 90]
    assert evaluate(parse("sum(honours, share + b)", NAMES, ""), scope).listed() == [13, 0, 8]
    assert evaluate(parse("count(honours, share >= points(k))", NAMES, ""), scope).listed() == [2, 0, 1]
    assert evaluate(parse("sum(honours, 2)", NAMES, ""), scope).listed() == [4, 0, 2]
    assert evaluate(parse("count(honours, true)", NAMES, ""), scope).listed() == [2, 0, 1]


def test_every_function_of_the_language_is_there() -> None:
    wanted = {"min", "max", "abs", "round", "floor", "ceil", "clip", "if", "coalesce", "given", "sqrt", "ln", "exp"}
    wanted |= {"sign", "mod", "year", "month", "day"}
    assert wanted < set(FUNCTIONS)
    assert isinstance(constant(3).value.values, Exact)


# -------------------------------------------------------------------- products of powers


def test_a_product_of_powers_is_exact_where_all_are_whole_and_taken_once_at_ten_decimals_otherwise() -> None:
    from scorekit.domain.functions import powers

    two, three = Column.of(2), Column.numbers([3, None])
    assert powers([two, three], [Column.of(3), Column.of(-1)]).listed() == [Fraction(8, 3), None]
    assert powers([two, three], [Column.of(Fraction(1, 2))] * 2).listed() == [Fraction("2.4494897428"), None]
    assert powers([Column.of(0), Column.of(-1)], [Column.of(0), Column.of(1)]).listed() == [-1]
    assert powers([Column.of(0), two], [Column.of(Fraction(1, 2)), Column.of(1)]).listed() == [0]


def test_a_product_of_powers_beyond_all_measure_is_out_of_range() -> None:
    from scorekit.domain.functions import powers

    beyond = powers([Column.of(10**9)], [Column.of(Fraction(21, 2))])
    assert Why(int(beyond.why[0])) == Why.OUT_OF_DOMAIN  # type: ignore[index]
    tie = powers([Column.of(Fraction(1, 4 * 10**20))], [Column.of(Fraction(1, 2))])
    assert tie.listed() == [Fraction(1, 10**10)]


# -------------------------------------------------------------------- children of a section


def children(formula: str, columns: dict[str, Any], **frame: Any) -> list[Any]:
    """What a formula over the children of a section s (a, b, and a section t of c) gives each unit."""
    shape = {
        "limit": NUMBER,
        "s": section(
            {
                "a": criterion(points=10),
                "b": criterion(points=5, not_applicable_if="limit > 5"),
                "t": section({"c": criterion(points=5)}, weight=3),
            }
        ),
        "x": criterion({"mark": {"of": formula}}, 100, {}, kind="bonus"),
    }
    return points(outcome_of(shape, columns, **frame), "x")


COLUMNS = {"s.a": [5, 10, 1], "s.b": [5, 1, 2], "s.t.c": [1, 2, 3], "limit": [1, 1, 9]}


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("sum(children(s), points)", [11, 13, 4]),
        ("best(children(s), points, 2)", [10, 12, 4]),
        ("best(children(s), points, 1) + limit", [6, 11, 12]),
        ("count(children(s))", [3, 3, 2]),
        ("count(children(s), rate >= 0.5)", [2, 1, 1]),
        ("sum(children(s), points * weight) / sum(children(s), weight)", [Decimal("2.6"), Decimal("3.4"), Decimal("2.5")]),
        ("min(children(s), full)", [5, 5, 5]),
        ("count(children(s), rank == 1)", [1, 1, 1]),
        ("count(children(s), points >= limit)", [3, 3, 0]),
        ("sum(children(), points) + count(children())", [12, 14, 5]),
    ],
)
def test_children_of_a_section_are_a_list_of_those_that_apply(formula: str, expected: list[Any]) -> None:
    assert children(formula, COLUMNS) == [pytest.approx(float(e)) if isinstance(e, Decimal) else e for e in expected]


def test_a_child_without_points_leaves_the_list_unknown_and_one_that_is_a_bonus_is_none() -> None:
    shape = {
        "s": section({"a": criterion(missing="incomplete"), "d": criterion(kind="bonus")}),
        "x": criterion({"mark": {"of": "count(children(s))"}}, 9, {}, kind="bonus"),
    }
    found = outcome_of(shape, {"s.a": [1, None], "s.d": [1, 1]})
    assert points(found, "x") == [1, 0]
    assert reasons(found, "x") == ["ADDED", "MISSING_AS_ZERO"]


def test_a_child_without_full_marks_has_no_rate() -> None:
    shape = {
        "s": section({"a": criterion(points=None), "b": criterion()}),
        "x": criterion({"mark": {"of": "sum(children(s), full)"}}, 99, {}, kind="bonus"),
    }
    assert points(outcome_of(shape, {"s.a": [3], "s.b": [1]}), "x") == [10]
    shape["x"] = criterion({"mark": {"of": "sum(children(s), rate)"}}, 99, {}, kind="bonus")
    assert reasons(outcome_of(shape, {"s.a": [3], "s.b": [1]}), "x") == ["NO_FIGURE_AS_ZERO"]


@given(st.lists(st.lists(st.integers(0, 10), min_size=3, max_size=3), min_size=1, max_size=4), st.integers(0, 4))
def test_over_children_functions_are_those_done_by_hand_and_never_depend_on_batches(rows: list[list[int]], k: int) -> None:
    shape = {
        "s": section({n: criterion() for n in "abc"}),
        "x": criterion({"mark": {"of": f"best(children(s), points, {k})"}}, 99, {}, kind="bonus"),
    }
    columns = {f"s.{n}": [r[i] for r in rows] for i, n in enumerate("abc")}
    plan = plan_of(shape)
    expected = [sum(sorted(r, reverse=True)[:k]) for r in rows]
    assert points(assessed(plan, units(plan, columns)), "x") == expected
    assert points(assessed(plan, units(plan, columns), batches=[[i] for i in range(len(rows))]), "x") == expected


# -------------------------------------------------------------------- each mark of a panel

MARKS = [[12, 10, None], [12, 12, 1], [None, None, None]]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("count(marks, mark == 12)", [1, 2, 0]),
        ("sum(marks, mark, rater != '甲')", [10, 13, 0]),
        ("sum(marks, min(mark, a))", [10, 11, 0]),
        ("best(marks, mark, 1, mark < 12)", [10, 1, 0]),
        ("if(any(marks, mark < 5), 1, 0) + if(all(marks, mark > 5), 2, 0)", [2, 1, 2]),
        ("mean(marks, mark * 2)", [22, Fraction(50, 3), None]),
        ("sum(marks, lookup(worth, mark))", [5, 7, 0]),
    ],
)
def test_each_mark_may_be_asked_by_what_it_is_and_who_gave_it(formula: str, expected: list[Any]) -> None:
    shape = {"marks": PANEL, "a": NUMBER, "x": {"type": "number", "title": "x", "x-derive": formula}, "k": criterion()}
    tables = {"worth": {"keys": ["分"], "rows": [[12, 3], [10, 2], [1, 1]]}}
    found = outcome_of(shape, {"marks": MARKS, "a": [5, 5, 5], "k": [1, 1, 1]}, tables=tables)
    [(scope, _)] = track_scopes(found.plan, found.submissions, found.sheet)
    assert [None if v is None else v for v in scope.value("x").listed()] == expected
