"""Records scored as submissions are and combined: dives, honours, papers, accidents, attempts; held against plain fractions."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.rules.records import records

from scorekit.domain.outputs import Outcome
from tests import oracle
from tests.building import NUMBER, TEXT, TRUTH, assessed, criterion, plan_of, points, reasons, totals, units
from tests.slow import Slow, minted

JUDGES = ["甲", "乙", "丙", "丁", "戊", "己", "庚"]
PANEL = {"type": "object", "additionalProperties": NUMBER, "x-source": {"who": "panel", "raters": JUDGES}}


def rounds(items: dict[str, Any], own: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    inner = {"type": "object", "properties": items, **({"x-criterion": own} if own is not None else {})}
    return {"type": "array", "items": inner, **more}


def combined(points: Any = None, *, kind: str = "base", **params: Any) -> dict[str, Any]:
    start = {"start": "empty"} if kind == "base" else {}
    full = {} if points is None else {"points": points}
    return {"x-criterion": {"kind": kind, **full, **start, "rule": {"records": params}}}


def outcome(properties: dict[str, Any], columns: dict[str, Any], batches: Any = None, **frame: Any) -> Outcome:
    plan = plan_of(properties, records, **frame)
    return assessed(plan, units(plan, columns), batches=batches)


# -------------------------------------------------------------------- diving


MIDDLE = "sum(marks) - max(marks) - min(marks)"
DIVES = {
    "dives": rounds(
        {"marks": PANEL, "difficulty": NUMBER, "execution": {"x-criterion": {"rule": {"mark": {"of": MIDDLE}}}}},
        {"rounding": {"decimals": 1}, "multiplier": "difficulty", "multiplied_rounding": {"decimals": 2}},
        **combined(combine="sum"),
    ),
    "net": {"x-derive": f"sum(dives, ({MIDDLE}) * difficulty)"},
    "x": criterion({"mark": {"of": "net"}}, None, {}),
}


def dive(marks: list[Any], difficulty: Any) -> dict[str, Any]:
    return {"marks": [*marks, *[None] * (7 - len(marks))], "difficulty": difficulty}


def test_marks_less_the_highest_and_lowest_times_the_difficulty_are_summed_over_the_dives() -> None:
    first = [dive([8, 8.5, 7.5, 9, 8], 2.7), dive([6, 6, 6.5, 7, 5.5, 6, 6], 3.1)]
    found = outcome(DIVES, {"dives": [first, [], None]})
    # 24.5 × 2.7 = 66.15; 30.5 × 3.1 = 94.55
    assert points(found, "dives") == [160.7, 0, 0]
    assert reasons(found, "dives") == ["ADDED", "NONE", "MISSING_AS_ZERO"]
    assert points(found, "x") == [160.7, 0, 0]


MARKS = st.lists(st.one_of(st.none(), st.integers(0, 20).map(lambda n: Fraction(n, 2))), min_size=7, max_size=7)
DIVE = st.tuples(MARKS, st.integers(10, 40).map(lambda n: Fraction(n, 10)))


@given(st.lists(st.lists(DIVE, max_size=4), min_size=1, max_size=5))
def test_dives_by_a_plain_program_in_fractions(divers: list[list[Any]]) -> None:
    expected = []
    for dives in divers:
        total = Fraction(0)
        for marks, difficulty in dives:
            given_ = [m for m in marks if m is not None]
            # A sum of no mark is 0, and the highest of none is missing: the criterion is, and a base criterion counts 0 then.
            middle = sum(given_) - max(given_) - min(given_) if given_ else Fraction(0)
            middle = max(middle, Fraction(0))
            total += oracle.half_up(oracle.half_up(middle, 1) * difficulty, 2)
        expected.append(oracle.half_up(total, 2))
    listed = [[{"marks": marks, "difficulty": difficulty} for marks, difficulty in dives] for dives in divers]
    found = outcome(DIVES, {"dives": listed})
    assert found.sheet.points["dives"].listed() == expected


# -------------------------------------------------------------------- honours, papers, accidents, attempts


PRICED = "if(level == '国家级', if(kind == '综合', 5, 4), if(kind == '综合', 3, 2))"
HONOURS = {"honours": rounds({"name": TEXT, "level": TEXT, "kind": TEXT}, **combined(8, kind="bonus", value=PRICED, matter="name"))}


def honour(name: str, level: str, kind: str = "综合") -> dict[str, Any]:
    return {"name": name, "level": level, "kind": kind}


def test_honours_priced_by_level_and_kind_count_once_an_award_up_to_the_cap() -> None:
    one = [honour("先锋号", "省级"), honour("先锋号", "国家级"), honour("安康杯", "国家级", "单项")]
    two = [honour("先锋号", "省级", "单项"), honour("先锋号", "省级", "单项")]
    assert points(outcome(HONOURS, {"honours": [one, two, []]}), "honours") == [8, 2, 0]


def test_the_first_counts_in_full_and_further_ones_less() -> None:
    shape = {"honours": rounds({"price": NUMBER}, **combined(combine="first-further", value="price", further="price / 2"))}
    assert points(outcome(shape, {"honours": [[{"price": 2}, {"price": 6}, {"price": 4}], [{"price": 1}]]}), "honours") == [9, 1]


def test_a_paper_is_shared_by_its_authors_and_the_sum_is_capped() -> None:
    shape = {"papers": rounds({"price": NUMBER, "authors": NUMBER}, **combined(5, kind="bonus", value="price / authors"))}
    third = [{"price": 1, "authors": 3}] * 3
    found = outcome(shape, {"papers": [third, [{"price": 10, "authors": 1}], [{"price": 2, "authors": 0}]]})
    assert points(found, "papers") == [1, 5, 0]
    assert reasons(found, "papers")[2] == "NO_FIGURE_AS_ZERO"


ACCIDENTS = {
    "accidents": rounds(
        {
            "dead": NUMBER,
            "hidden": TRUTH,
            "harm": {"x-criterion": {"kind": "deduction", "rule": {"each": {"of": "dead", "deduct": 5}}}},
            "hiding": {"x-criterion": {"kind": "deduction", "rule": {"each": {"of": "if(hidden, 1, 0)", "deduct": 3}}}},
        },
        {"floor": -12},
        **combined(20, kind="deduction", only="worst-deduction"),
    ),
    "b": criterion("mark", 100, NUMBER),
}


def test_of_accidents_only_the_worst_is_deducted_each_within_its_floor() -> None:
    cases = [[{"dead": 1, "hidden": True}, {"dead": 2, "hidden": False}], [{"dead": 3, "hidden": True}], []]
    found = outcome(ACCIDENTS, {"accidents": cases, "b": [90, 90, 90]})
    assert (points(found, "accidents"), totals(found)) == ([-10, -12, 0], [80, 78, 90])


def test_a_blank_in_a_record_that_is_deducted_leaves_the_unit_incomplete() -> None:
    found = outcome(ACCIDENTS, {"accidents": [[{"dead": None, "hidden": True}, {"dead": 1, "hidden": False}]], "b": [90]})
    assert (points(found, "accidents"), reasons(found, "accidents"), totals(found)) == ([None], ["MISSING"], [None])


ATTEMPTS = {"tries": rounds({"metres": NUMBER, "foul": TRUTH}, **combined(combine="best", k=2, value="metres", where="not foul"))}


def test_the_best_two_of_three_attempts_count() -> None:
    tries = [
        [{"metres": m, "foul": f} for m, f in row] for row in ([(5, False), (7, False), (6, False)], [(5, False), (9, True)], [(9, True)])
    ]
    assert points(outcome(ATTEMPTS, {"tries": tries}), "tries") == [13, 5, 0]


# -------------------------------------------------------------------- all that a criterion may have, in a record


FULL = {
    "rate": NUMBER,
    "r": rounds(
        {
            "a": {
                **NUMBER,
                "x-criterion": {
                    "points": 10,
                    "rule": {"mark": {}},
                    "not_applicable_if": "a > 20",
                    "zero_if": "b > 5",
                    "rounding": {"decimals": 0},
                },
            },
            "b": {
                **NUMBER,
                "x-criterion": {
                    "points": 5,
                    "clauses": {"x": {"rule": {"each": {"deduct": "rate"}}, "cap": 3, "waived_if": "b == 4"}},
                    "missing": "leave-out",
                },
            },
            "extra": {**NUMBER, "x-criterion": {"kind": "bonus", "points": 2, "rule": {"mark": {}}}},
        },
        {"aggregate": "sum", "cap": 14, "bonus_cap": 1},
        **combined(combine="mean"),
    ),
    "share": {"x-derive": "sum(r, points(a)) / sum(r, full(a)) * 100"},
    "s": criterion({"mark": {"of": "share"}}, None, {}),
}


def plain_record(record: dict[str, Any], rate: Fraction) -> Fraction | None:
    """The record of ``FULL`` by hand."""
    a, b, extra = (record[n] for n in ("a", "b", "extra"))
    if b is None and a is not None:
        got_a: Fraction | None = Fraction(0)  # zero_if is unknown: missing, and counted 0
    elif a is None:
        got_a = Fraction(0)
    else:
        got_a = oracle.half_up(Fraction(0) if b > 5 else max(min(a, Fraction(10)), Fraction(0)), 0)
    if a is not None and a > 20:
        got_a = None
    got_b = None if b is None else max(Fraction(5) - (0 if b == 4 else max(min(b * rate, Fraction(3)), Fraction(-3))), Fraction(0))
    got_b = None if got_b is None else min(got_b, Fraction(5))
    there = [(p, f) for p, f in ((got_a, 10), (got_b, 5)) if p is not None]
    base = sum((p for p, _ in there), Fraction(0)) * (Fraction(15, sum(f for _, f in there)) if there else 0)
    bonus = min(max(extra or Fraction(0), Fraction(0)), Fraction(2), Fraction(1))
    return min(base + bonus, Fraction(14))


SMALL = st.one_of(st.none(), st.integers(0, 24).map(lambda n: Fraction(n, 1)), st.integers(0, 40).map(lambda n: Fraction(n, 4)))
ROW = st.fixed_dictionaries({"a": SMALL, "b": SMALL, "extra": SMALL})
UNITS = st.lists(st.tuples(st.integers(0, 4).map(lambda n: Fraction(n, 2)), st.lists(ROW, max_size=4)), min_size=1, max_size=6)


@given(UNITS)
def test_all_keys_of_a_criterion_act_in_a_record_as_in_a_submission(drawn: list[Any]) -> None:
    expected = []
    for rate, rows in drawn:
        figures = [plain_record(row, rate) for row in rows]
        expected.append(oracle.half_up(sum(figures, Fraction(0)) / len(figures), 2) if figures else Fraction(0))
    found = outcome(FULL, {"rate": [rate for rate, _ in drawn], "r": [rows for _, rows in drawn]})
    assert found.sheet.points["r"].listed() == expected


@given(UNITS, st.randoms(use_true_random=False))
def test_batches_and_neighbours_change_nothing(drawn: list[Any], chance: Any) -> None:
    columns = {"rate": [rate for rate, _ in drawn], "r": [rows for _, rows in drawn]}
    whole = outcome(FULL, columns)
    cut = chance.randint(0, len(drawn))
    parts = [p for p in (list(range(cut)), list(range(cut, len(drawn)))) if p]
    batched = outcome(FULL, columns, parts)
    for path in ("r", "s"):
        assert batched.sheet.points[path].listed() == whole.sheet.points[path].listed()
        alone = [outcome(FULL, {n: [v[row]] for n, v in columns.items()}).sheet.points[path].listed()[0] for row in range(len(drawn))]
        assert alone == whole.sheet.points[path].listed()


def test_a_record_to_which_nothing_applies_is_no_record() -> None:
    shape = {
        "r": rounds(
            {"n": {**NUMBER, "x-criterion": {"points": 5, "rule": {"mark": {}}, "not_applicable_if": "n > 5"}}}, **combined(combine="mean")
        )
    }
    assert points(outcome(shape, {"r": [[{"n": 9}, {"n": 4}], [{"n": 9}]]}), "r") == [4, 0]


def test_sections_of_a_record_are_combined_and_read_like_those_of_a_unit() -> None:
    form = {
        "type": "object",
        "x-criterion": {"cap": 6},
        "properties": {"a": criterion("mark", 5, NUMBER), "b": criterion("mark", 5, NUMBER)},
    }
    items = {"form": form, "c": {"x-criterion": {"points": 9, "rule": {"mark": {"of": "points(form) / 2"}}}}}
    shape = {"r": rounds(items, **combined(combine="sum"))}
    found = outcome(shape, {"r": [[{"form.a": 4, "form.b": 5}, {"form.a": 1, "form.b": 0}]]})
    assert points(found, "r") == [10.5]  # 6 + 3, and 1 + 0.5


def test_a_list_in_a_list_is_scored_from_the_inside_out() -> None:
    heats = rounds({"t": {**NUMBER, "x-criterion": {"points": 10, "rule": {"mark": {}}}}})
    items = {"heats": heats, "weight": NUMBER, "best": {"x-criterion": {"rule": {"mark": {"of": "max(heats, record() * weight)"}}}}}
    shape = {
        "events": rounds(items, **combined(combine="sum")),
        "n": {"x-derive": "sum(events, count(heats))"},
        "x": criterion({"mark": {"of": "n"}}, None, {}),
    }
    one = [{"heats": [{"t": 3}, {"t": 12}], "weight": 2}, {"heats": [{"t": 5}], "weight": 1}]
    found = outcome(shape, {"events": [one, [], [{"heats": [{"t": 1}], "weight": 3}]]}, [[0], [1, 2]])
    assert (points(found, "events"), points(found, "x")) == ([25, 0, 3], [3, 0, 1])


def test_records_are_compared_with_all_records_of_the_category_where_a_rule_compares() -> None:
    items = {"t": {**NUMBER, "x-criterion": {"points": 5, "rule": {"place_points": {"prices": [5, 3, 1]}}}}}
    shape = {"r": rounds(items, **combined(combine="sum"))}
    columns = {"r": [[{"t": 9}, {"t": 7}], [{"t": 8}], [{"t": 1}]]}
    assert points(outcome(shape, columns), "r") == points(outcome(shape, columns, [[0], [1, 2]]), "r") == [6, 3, 0]


# -------------------------------------------------------------------- one per matter across lists


NAMED = {"name": TEXT, "price": NUMBER}
TWO = {
    "h": rounds(NAMED, **combined(9, kind="bonus", value="price")),
    "o": rounds(NAMED, **combined(9, kind="bonus", value="price")),
    "all": {"x-criterion": {"kind": "bonus", "rule": {"records": {"of": "o", "value": "price", "counted": False}}}},
}
MATTERS = {"award": {"title": "奖项", "lists": {"h": {"key": "name", "value": "price"}, "o": {"key": "name", "value": "price"}}}}


def test_one_matter_counts_once_across_lists_the_larger_and_of_equals_the_first_list() -> None:
    h, o = [{"name": "甲", "price": 3}, {"name": "乙", "price": 1}], [{"name": "甲", "price": 3}, {"name": "乙", "price": 2}]
    found = outcome(TWO, {"h": [h, []], "o": [o, o]}, matters=MATTERS)
    assert (points(found, "h"), points(found, "o"), points(found, "all")) == ([3, 0], [2, 5], [5, 5])


ENTRY = st.fixed_dictionaries({"name": st.sampled_from("甲乙丙"), "price": st.integers(-3, 4).map(Fraction)})


@given(st.lists(st.tuples(st.lists(ENTRY, max_size=4), st.lists(ENTRY, max_size=4)), min_size=1, max_size=5))
def test_matters_across_lists_by_a_plain_program(drawn: list[Any]) -> None:
    shape = {k: rounds(NAMED, **combined(kind="bonus", value="price")) for k in "ho"}
    for k in "ho":
        shape[k]["x-criterion"]["floor"] = None
    expected: dict[str, list[Fraction]] = {"h": [], "o": []}
    for pair in drawn:
        flat = [(k, r) for k, rows in zip("ho", pair, strict=True) for r in rows]
        sums = {"h": Fraction(0), "o": Fraction(0)}
        for i, (k, r) in enumerate(flat):
            rivals = [
                (abs(q["price"]), -j) for j, (_, q) in enumerate(flat) if q["name"] == r["name"] and (q["price"] < 0) == (r["price"] < 0)
            ]
            if max(rivals) == (abs(r["price"]), -i):
                sums[k] += r["price"]
        for k in "ho":
            expected[k].append(sums[k])
    found = outcome(shape, {"h": [p[0] for p in drawn], "o": [p[1] for p in drawn]}, matters=MATTERS)
    assert {k: found.sheet.points[k].listed() for k in "ho"} == expected


def test_a_condition_that_is_unknown_for_one_record_costs_only_its_own_unit() -> None:
    found = outcome(ATTEMPTS, {"tries": [[{"metres": 5, "foul": None}], [{"metres": 4, "foul": False}]]})
    assert (points(found, "tries"), reasons(found, "tries")) == ([0, 4], ["MISSING_AS_ZERO", "ADDED"])


# -------------------------------------------------------------------- by chance


class Chance(Random):
    """Lists of scored records of every sort."""

    def some(self, share: float, **more: Any) -> dict[str, Any]:
        return {name: value for name, value in more.items() if self.random() < share}

    def stage(self) -> dict[str, Any]:
        return {
            "decimals": self.randint(0, 2),
            "mode": self.choice(["half-up", "half-even", "floor", "ceiling", "toward-zero", "away-from-zero"]),
        }

    def item(self, kind: str) -> dict[str, Any]:
        rule = {"each": {"deduct": self.choice([0.5, 1, 2])}} if kind == "deduction" or self.random() < 0.2 else {"mark": {}}
        points = {} if kind != "base" and self.random() < 0.5 else {"points": self.randint(1, 8)}
        spec = {"kind": kind, "rule": rule, **points, **self.some(0.3, rounding=self.stage(), weight=self.randint(1, 3))}
        spec |= self.some(0.4, missing=self.choice(["zero", "incomplete"])) if kind != "base" else {}
        spec |= self.some(0.4, missing=self.choice(["zero", "incomplete", "leave-out"])) if kind == "base" else {}
        if kind == "bonus" and "each" in rule:
            spec["rule"] = {"mark": {}}
        return {**NUMBER, "x-criterion": spec}

    def items(self) -> dict[str, Any]:
        kinds = [*["base"] * self.randint(1, 2), *self.choices(["bonus", "deduction"], k=self.randint(0, 2))]
        properties: dict[str, Any] = {f"i{i}": self.item(kind) for i, kind in enumerate(kinds)}
        own = self.some(
            0.3, bonus_cap=3, deduction_cap=2, cap=6, floor=self.choice([0, 1]), rounding=self.stage(), multiplied_rounding=self.stage()
        )
        own |= self.some(0.4, multiplier=self.choice([0.5, 3, "factor"]), aggregate=self.choice(["weighted-mean", "minimum"]))
        return {"type": "object", "properties": {**properties, "factor": NUMBER, "award": TEXT}, "x-criterion": own}

    def record(self, names: list[str]) -> dict[str, Any]:
        def gap(value: Any) -> Any:
            return None if self.random() < 0.04 else value

        given_ = {n: gap(Fraction(self.randint(0, 12), self.choice([1, 1, 2, 3]))) for n in names}
        return {**given_, "factor": Fraction(self.randint(1, 6), 2), "award": self.choice("甲乙丙")}


def figure_of(items: dict[str, Any], record: dict[str, Any]) -> Any:
    """本条得分, or why there is none, by the slow program of whole assessments: a record is scored as a submission is."""
    own = items["x-criterion"]
    frame = {"rounding": {}, "total": {k: own[k] for k in ("aggregate",) if k in own}}
    frame["caps"] = {side: own[f"{side}_cap"] for side in ("bonus", "deduction") if f"{side}_cap" in own}
    slow = Slow(
        {"properties": {n: c for n, c in items["properties"].items() if "x-criterion" in c}, "x-rubric": frame},
        [{**record, "category": ""}],
    )
    base, bonus, deduction = slow.section("", 0)[0], slow.extras(0, 1), slow.extras(0, -1)
    if base in ("missing", "invalid") or bonus is None or deduction is None:
        return None
    if isinstance(base, str) and all(i.get("kind") == "base" for i in slow.items.values()):
        return base
    # Where nothing of the base applies and something else is scored, the record is one all the same.
    base = Fraction(0) if isinstance(base, str) else base
    total = base + bonus - deduction
    total = min(total, Fraction(own.get("cap", total)))
    total = minted(max(total, Fraction(own.get("floor", total))), own.get("rounding"))
    factor = own.get("multiplier", 1)
    return minted(total * (record["factor"] if factor == "factor" else Fraction(str(factor))), own.get("multiplied_rounding"))


@pytest.mark.parametrize("seeds", [range(60), pytest.param(range(1000, 4000), marks=pytest.mark.long)])
def test_records_by_chance_are_scored_and_combined_as_a_slow_program_does(seeds: range) -> None:
    for seed in seeds:
        chance = Chance(seed)
        items = chance.items()
        names = [n for n, c in items["properties"].items() if "x-criterion" in c]
        ways = {
            "combine": chance.choice(["sum", "mean", "product", "best", "worst"]),
            **chance.some(0.4, matter="award", only="worst-deduction", k=2),
        }
        shape = {"r": {"type": "array", "items": items, **combined(None, kind="bonus", **ways)}}
        shape["r"]["x-criterion"] |= {"floor": None, "missing": "incomplete"}
        lists = [None if chance.random() < 0.1 else [chance.record(names) for _ in range(chance.randint(0, 5))] for _ in range(8)]
        plan = plan_of(shape, records, rounding={"total": {"decimals": 2}})
        found = assessed(plan, units(plan, {"r": lists})).sheet.points["r"].spread(8).listed()
        for unit, told in zip(lists, found, strict=True):
            figures = [] if unit is None else [{**r, "own": figure_of(items, r)} for r in unit]
            counting = [r for r in figures if not isinstance(r["own"], str)]
            wanted = None if unit is None else oracle.records(counting, value="own", **ways)
            assert told == wanted, f"seed {seed}: {shape}\n{figures}"
