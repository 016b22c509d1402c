"""Validation: what stands in a file becomes typed columns, and everything noticed on the way is reported with its place."""

from __future__ import annotations

import datetime
import time
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorekit.domain.column import Column, Why
from scorekit.domain.intake import Entry, Percent, RawTable, Unreadable
from scorekit.domain.joining import joined
from scorekit.domain.tables import Problem
from scorekit.errors import T
from scorekit.stages.validate import distinct, header_words, validate
from scorekit.words import say
from tests.intake import plan_of, said, table

COUNT = {"type": "integer", "minimum": 0, "title": "人数", "x-unit": "人"}
RATE = {"type": "number", "minimum": 0, "maximum": 100, "title": "入会率", "x-unit": "percent"}
SHARE = {"type": "number", "minimum": 0, "maximum": 1, "title": "占比", "x-unit": "fraction"}
FLAG = {"type": "boolean", "title": "达标"}
DAY = {"type": "string", "format": "date", "title": "日期"}
GRADE = {"enum": ["A 级", "B 级"], "title": "等级", "x-form": {"blank": ["—"], "not_applicable": ["不适用"]}}
NOTE = {"type": "string", "title": "说明"}
PANEL = {
    "type": "object", "title": "评审", "additionalProperties": {"type": ["number", "null"], "minimum": 0, "maximum": 100},
    "x-source": {"who": "panel", "raters": ["甲评委", "乙评委"]},
}  # fmt: skip
LIST = {
    "type": "array", "title": "荣誉", "items": {"type": "object", "required": ["level"], "properties": {
        "level": {"enum": ["国家级", "省级"], "title": "级别"}, "date": {"type": "string", "format": "date", "title": "日期"},
        "points": {"type": "number", "title": "分"}}},
}  # fmt: skip
PLAN = plan_of({"n": COUNT, "r": RATE, "s": SHARE, "b": FLAG, "d": DAY, "g": GRADE, "t": NOTE})


def one(field, cells, *, plan=PLAN, letters=True):
    """The values, reasons, problems and kept texts of one field over named units."""
    size = len(cells)
    columns = {"unit": [f"单位{i}" for i in range(size)], "category": ["企业"] * size, field: cells}
    found, problems = validate(plan, table(columns, letters=letters))
    column = found.columns[field]
    whys = [0] * size if column.why is None else column.why.tolist()
    return column.listed(), whys, said(problems), dict(found.raw)


# ---------------------------------------------------------------- kinds of cells


def test_numbers_of_every_type_are_exact():
    cells = [1, 2.5, Decimal("0.10"), "3", "1,000", None, " ", 10**30]
    values, whys, problems, raw = one("r", [c if c != 10**30 else 7 for c in cells])
    assert values == [Fraction(1, 100), Fraction(25, 1000), Fraction(1, 1000), Fraction(3, 100), None, None, None, Fraction(7, 100)]
    assert whys == [0, 0, 0, 0, Why.INVALID, Why.MISSING, Why.MISSING, 0]
    assert problems[-1] == "error C6: 1,000 is more than 100"
    assert raw[(4, "r")] == "1,000"


def test_great_numbers_and_small_steps_stay_exact():
    plan = plan_of({"x": {"type": "number", "title": "x"}})
    cells = [10**30, Decimal("1E-30"), 0.1, 2**53 + 1, -(2**70)]
    assert one("x", cells, plan=plan)[0] == [10**30, Fraction(1, 10**30), Fraction(1, 10), 2**53 + 1, -(2**70)]
    assert one("x", [10**30, 1], plan=plan)[0] == [10**30, 1]
    assert one("x", [0.5, 1], plan=plan)[0] == [Fraction(1, 2), 1]
    assert one("x", [0.5, 2**60], plan=plan)[0] == [Fraction(1, 2), 2**60]
    assert one("x", [Decimal("1E-25"), 10**18], plan=plan)[0] == [Fraction(1, 10**25), 10**18]


def test_what_is_not_finite_is_invalid():
    values, whys, problems, raw = one("r", [float("nan"), float("inf"), 1.5])
    assert (values[:2], whys, raw[(1, "r")]) == ([None, None], [Why.INVALID, Why.INVALID, 0], "inf")
    assert problems[0] == "error C2: nan is no number"
    assert one("r", ["5%", float("nan")])[1] == [0, Why.INVALID]


def test_a_percentage_is_a_fraction_under_either_unit():
    cells = [92.28, "92.28%", Percent(Decimal("0.9228")), "９２.28％"]
    values, _, problems, raw = one("r", cells)
    assert values == [Fraction(9228, 10000)] * 4
    assert problems == ["repair C3: “92.28%” is read as 92.28%", "repair C5: “９２.28％” is read as 92.28%"]
    assert raw == {(1, "r"): "92.28%", (3, "r"): "９２.28％"}
    assert one("s", [0.9228, *cells[1:]])[0] == [Fraction(9228, 10000)] * 4


def test_the_columns_of_percentages_say_so():
    columns = {"unit": ["甲"], "category": ["企业"], "r": [5], "s": [0.5], "n": [1]}
    found, _ = validate(PLAN, table(columns))
    assert [found.columns[p].unit for p in ("r", "s", "n", "t")] == ["percent", "fraction", "人", None]


def test_a_number_that_fits_only_the_other_unit_is_reported_and_not_rescaled():
    columns = {"unit": ["甲", "乙"], "category": ["企业"] * 2, "s": [92.28, "120%"]}
    found, problems = validate(PLAN, table(columns))
    assert found.columns["s"].why.tolist() == [Why.INVALID] * 2
    assert [say(p.cure, "en") for p in problems if p.severity == "error"] == [
        "if 92.28 % is meant, write it with the percent sign: 92.28%",
        "enter a number between 0 and 1",
    ]
    floor = plan_of({"r": {**RATE, "minimum": 1}})
    assert one("r", [0.95], plan=floor)[1] == [Why.INVALID]


def test_a_number_that_looks_like_the_other_unit_is_taken_as_it_stands_with_a_warning():
    assert one("r", [0.9228, "0.5%", 50])[2] == [
        "warning C2: 0.9228 is taken as 0.9228 %",
        "repair C3: “0.5%” is read as 0.5%",
    ]
    free = plan_of({"s": {"type": "number", "title": "占比", "x-unit": "fraction"}})
    assert one("s", [92.28, 1.2], plan=free)[2] == ["warning C2: 92.28 is taken as 9228 %"]


def test_truths_are_read_and_the_forms_own_words_reported_once_a_sheet():
    columns = {"unit": ["甲", "乙", "丙", "丁"], "category": ["企业"] * 4, "b": ["是", "否", "√", None]}
    found, problems = validate(PLAN, table(columns))
    assert found.columns["b"].listed() == [True, False, True, None]
    assert said(problems) == ["repair : 是 and 否 are read as yes and no", "repair : “√” is read as yes"]
    assert found.raw == {}
    assert one("b", [True, False])[0] == [True, False]


def test_every_spelling_of_a_truth_is_told_once_a_column_and_what_is_none_cell_by_cell():
    columns = {"unit": list("甲乙丙丁戊"), "category": ["企业"] * 5, "b": ["√", "×", "√", "也许", 1]}
    found, problems = validate(PLAN, table(columns))
    assert found.columns["b"].listed() == [True, False, True, None, True]
    assert said(problems) == [
        "repair : “1” is read as yes",
        "repair : “×” is read as no",
        "repair : “√” is read as yes",
        "error C5: “也许” is neither yes nor no",
    ]
    assert said(validate(PLAN, table({**columns, "b": ["√"] * 5}))[1]) == ["repair : “√” is read as yes"]


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_how_truths_were_read_does_not_depend_on_which_words_share_a_batch(cut: int):
    columns = {"unit": list("甲乙丙丁"), "category": ["企业"] * 4, "b": ["√", "是", "×", "√"]}
    whole = validate(PLAN, table(columns))[1]
    parts = [validate(PLAN, table({n: c[rows] for n, c in columns.items()}))[1] for rows in (slice(0, cut), slice(cut, 4))]
    assert sorted(said(distinct([*parts[0], *parts[1]]))) == sorted(said(whole))
    assert len(whole) == 3


def test_in_json_each_truth_in_words_is_a_repair():
    values, _, problems, raw = one("b", ["是", True], letters=False)
    assert (values, problems, raw) == ([True, True], ["repair /b: 是 and 否 are read as yes and no"], {(0, "b"): "是"})


def test_dates_are_read():
    values, whys, problems, _ = one("d", [datetime.date(2026, 7, 30), "2026年7月30日", "明天", None])
    assert values == [datetime.date(2026, 7, 30)] * 2 + [None] * 2
    assert whys == [0, 0, Why.INVALID, Why.MISSING]
    assert problems == ["repair C3: “2026年7月30日” is read as 2026-07-30", "error C4: “明天” is no date"]


def test_texts_stay_texts():
    assert one("t", ["NA", "007", " a "])[0] == ["NA", "007", " a "]
    values, _, problems, _ = one("t", [7, 7.0, 0.5, Decimal("1.50"), datetime.date(2026, 1, 1), True, [1], "x"])
    assert values == ["7", "7", "0.5", "1.50", "2026-01-01", None, None, "x"]
    assert problems[0] == "repair C2: “7” is read as “7”"
    assert problems[-2:] == ["error C7: TRUE is no text", "error C8: [1] is no text"]


def test_blank_and_not_applicable_are_what_the_form_declares():
    values, whys, problems, _ = one("g", ["Ａ级", "A 级", "—", " 不适用", "", "C"])
    assert values == ["A 级", "A 级", None, None, None, None]
    assert whys == [0, 0, Why.MISSING, Why.NOT_APPLICABLE, Why.MISSING, Why.INVALID]
    assert problems == ["repair C2: “Ａ级” is read as “A 级”", "error C7: “C” is none of the values that may be entered"]


def test_declared_words_hold_where_all_else_is_plain():
    plan = plan_of({"t": {**NOTE, "x-form": {"blank": ["—"]}}, "n": {**COUNT, "x-form": {"not_applicable": ["不适用"]}}})
    assert one("t", ["x", "—"], plan=plan)[1] == [0, Why.MISSING]
    assert one("t", ["x", "y"], plan=plan)[1] == [0, 0]
    assert one("n", ["5", "不适用"], plan=plan)[1] == [0, Why.NOT_APPLICABLE]


def test_values_of_an_enum_that_fold_alike_are_told_apart():
    plan = plan_of({"g": {"enum": ["a b", "ab"], "title": "g"}})
    assert one("g", ["a b", "ab"], plan=plan)[0] == ["a b", "ab"]


def test_an_unreadable_cell_says_itself_what_is_wrong_once():
    whole = Unreadable("99", T("the cell holds a formula"), T("enter the value itself"))
    columns = {"unit": ["甲", "乙"], "category": ["企业"] * 2, "n": [whole, whole], "r": [whole, 5], "b": [whole, None], "d": [None, whole]}
    found, problems = validate(PLAN, table(columns))
    assert said(problems) == ["error C2: the cell holds a formula"]
    assert found.columns["n"].why.tolist() == [Why.INVALID] * 2
    assert found.raw == {(0, "n"): "99"}


def test_equal_faults_in_several_rows_are_each_reported():
    assert one("n", ["x", "x"])[2] == ["error C2: “x” is no number", "error C3: “x” is no number"]


# ---------------------------------------------------------------- typed arrays


def typed(field, values, plan=PLAN):
    size = len(values)
    columns = {"unit": np.array([f"单位{i}" for i in range(size)], dtype=object), "category": ["企业"] * size, field: values}
    found, problems = validate(plan, RawTable(columns, ("a.parquet",), np.zeros(size, dtype=np.int32), np.arange(1, size + 1)))
    return found.columns[field], said(problems)


def test_typed_arrays_are_taken_as_they_are():
    assert typed("n", np.array([1, 2], dtype=np.uint8))[0].listed() == [1, 2]
    assert typed("r", np.array([92.5, 50.0]))[0].listed() == [Fraction(925, 1000), Fraction(1, 2)]
    assert typed("b", np.array([True, False]))[0].listed() == [True, False]
    assert typed("d", np.array(["2026-07-30", "NaT"], dtype="datetime64[ns]"))[0].listed() == [datetime.date(2026, 7, 30), None]
    assert typed("t", np.array(["x", None], dtype=object))[0].listed() == ["x", None]


def test_masked_arrays_are_missing_where_they_are_masked():
    for field, values in {"n": [1, 2], "r": [50.0, np.nan], "b": [True, False]}.items():
        column, problems = typed(field, np.ma.MaskedArray(np.array(values), mask=[False, True]))
        assert (column.why.tolist(), problems) == ([0, Why.MISSING], [])
    days = np.ma.MaskedArray(np.array(["2026-01-01", "2026-01-02"], dtype="datetime64[D]"), mask=[True, False])
    assert typed("d", days)[0].listed() == [None, datetime.date(2026, 1, 2)]
    assert typed("t", np.ma.MaskedArray(np.array([1, 2]), mask=[True, False]))[0].listed() == [None, "2"]


def test_nan_in_a_typed_array_is_invalid():
    column, problems = typed("r", np.array([50.0, np.nan]))
    assert column.why.tolist() == [0, Why.INVALID]
    assert problems == ["error /2/r: nan is no number"]


def test_arrays_of_another_kind_are_read_cell_by_cell():
    assert typed("b", np.array([1, 0]))[0].listed() == [True, False]
    assert typed("n", np.array([True, False]))[0].why.tolist() == [Why.INVALID] * 2
    assert typed("t", np.array([7.0, np.nan]))[0].listed() == ["7", None]
    assert typed("t", np.array(["2026-07-30"], dtype="datetime64[ns]"))[0].listed() == ["2026-07-30"]
    assert typed("d", np.array([46233]))[0].listed() == [datetime.date(2026, 7, 30)]
    assert typed("n", np.array([2**63], dtype=np.uint64))[0].listed() == [2**63]
    assert typed("n", np.array([], dtype=np.int64))[0].listed() == []


def test_numbers_of_numpys_own_in_a_list_are_read():
    assert one("n", [np.int64(3), np.float64(4.0)])[0] == [3, 4]
    assert one("d", [datetime.datetime.fromisoformat("2026-07-30"), datetime.datetime.fromisoformat("2026-07-30 10:00")])[0][
        0
    ] == datetime.date(2026, 7, 30)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=6))
def test_typed_and_written_numbers_come_out_the_same(numbers):
    as_texts = one("r", [f"{n:f}" for n in numbers])[0]
    assert as_texts == one("r", list(numbers))[0] == typed("r", np.array([float(n) for n in numbers]))[0].listed()


def test_many_typed_rows_cost_no_python_loop():
    size = 200_000
    plan = plan_of({f"n{i}": {"type": "integer", "title": f"n{i}"} for i in range(20)})
    columns = {f"n{i}": np.arange(size) for i in range(20)}
    columns |= {"unit": [f"单位{i}" for i in range(size)], "category": ["企业"] * size}
    start = time.perf_counter()
    found, problems = validate(plan, RawTable(columns, ("a",), np.zeros(size, dtype=np.int32), np.arange(1, size + 1)))
    assert time.perf_counter() - start < 3
    assert (len(found), problems) == (size, ())


# ---------------------------------------------------------------- identity, requirement, places


def test_a_unit_is_known_by_its_folded_name_and_printed_as_written():
    found, _ = validate(PLAN, table({"单位名称": ["阿里・木 江"], "类别": ["企业"]}))
    assert (found.unit, found.key) == (("阿里・木 江",), ("阿里·木江",))


def test_a_unit_may_be_known_by_several_fields():
    plan = plan_of({"code": {"type": "integer", "title": "编码"}, "day": DAY}, **{"x-rubric": {"unit": ["unit", "code", "day"]}})
    columns = {"unit": ["甲", "乙"], "编码": [7, None], "day": ["2026-01-02"] * 2, "类别": ["企业"] * 2}
    found, problems = validate(plan, table(columns, sheet="表"))
    assert found.unit == ("甲 / 7 / 2026-01-02", "a.xlsx#表!3")
    assert found.key[0] == "甲/7/2026-01-02"
    assert said(problems) == ["error B3: the unit has no name: “编码” is empty"]


def test_without_name_or_category_a_unit_is_its_place_and_an_error():
    found, problems = validate(PLAN, table({"unit": ["", "乙"], "category": ["企业", None]}, name="a.csv"))
    assert found.unit == ("a.csv#2", "乙")
    assert said(problems) == ["error A2: the unit has no name: “单位名称” is empty", "error B3: the unit has no category: “类别” is empty"]
    [name] = validate(PLAN, table({"category": ["企业"]}, letters=False))[0].unit
    assert name == "u0.json"


def test_another_category_is_invalid():
    found, problems = validate(PLAN, table({"unit": ["甲"], "category": ["车间"]}))
    assert found.columns["category"].why.tolist() == [Why.INVALID]
    assert said(problems) == ["error B2: “车间” is none of the values that may be entered"]


def test_a_blank_in_a_required_field_is_reported_once_and_stays_missing():
    plan = plan_of({"n": COUNT}, required=["n"])
    assert one("n", [1, None], plan=plan)[1:3] == ([0, Why.MISSING], ["warning C3: “人数” is empty"])
    columns = {"unit": ["甲", "乙"], "category": ["企业"] * 2}
    assert said(validate(plan, table(columns))[1]) == ["warning n: there is no column for “人数”, which is required"]
    assert said(validate(plan, table(columns, letters=False))[1]) == ["warning /n: “人数” is empty"] * 2


def test_every_submitted_field_has_a_column_whether_it_was_given_or_not():
    plan = plan_of({"n": COUNT, "b": FLAG, "d": DAY, "t": NOTE, "p": PANEL, "h": LIST, "x": {"x-derive": "n * 2", "title": "二倍"}})
    found, problems = validate(plan, table({"unit": ["甲"], "category": ["企业"]}))
    assert sorted(found.columns) == ["b", "category", "d", "h", "n", "p", "t", "unit"]
    assert [found.columns[p].why.tolist() for p in ("n", "b", "d", "t", "h")] == [[Why.MISSING]] * 5
    assert [m.why.tolist() for m in found.columns["p"].marks] == [[Why.MISSING]] * 2
    assert len(joined([found, validate(plan, table({"unit": ["乙"], "h": [[]]}, letters=False))[0]])) == 2
    assert problems == ()


def test_an_empty_table_gives_no_units_but_its_own_problems():
    own = Problem("error", T("the file is empty"), T("have it sent again"), file="a.xlsx")
    found, problems = validate(PLAN, RawTable({}, (), (), (), problems=(own,)))
    assert (len(found), problems) == (0, (own,))
    assert len(joined([found, validate(PLAN, table({"unit": ["甲"], "category": ["企业"]}))[0]])) == 1


def test_problems_come_by_row_and_then_by_field():
    columns = {"d": ["x", "x"], "n": ["y", "y"], "unit": ["甲", "乙"], "category": ["企业"] * 2}
    found, problems = validate(PLAN, table(columns, sheet="表"))
    assert [(p.unit, p.cell, p.field) for p in problems] == [("甲", "B2", "n"), ("甲", "A2", "d"), ("乙", "B3", "n"), ("乙", "A3", "d")]
    assert {(p.file, p.sheet) for p in problems} == {("a.xlsx", "表")}
    assert found.source(1, ["n"]) == "a.xlsx#表!B3"


def test_in_json_the_pointer_stands_as_the_field():
    columns = {"unit": ["甲"], "category": ["企业"], "a.n": ["y"]}
    plan = plan_of({"a": {"type": "object", "title": "组织", "properties": {"n": COUNT}}})
    [problem] = validate(plan, table(columns, letters=False))[1]
    assert (problem.cell, problem.field, problem.file) == ("", "/a/n", "u0.json")


def test_what_is_said_of_a_whole_table_is_said_once_over_all_batches():
    def batch():
        return validate(PLAN, table({"unit": ["甲"], "category": ["企业"], "b": ["是"], "n": ["x"], "扯淡": [1]}))[1]

    once = distinct([*batch(), *batch()])
    assert said(once).count("repair : 是 and 否 are read as yes and no") == 1
    assert said(once).count("error D2: “x” is no number") == 2


# ---------------------------------------------------------------- panels


def test_marks_come_by_rater_from_columns_or_from_an_object():
    plan = plan_of({"p": PANEL})
    columns = {"unit": ["甲", "乙"], "category": ["企业"] * 2, "评审@甲评委": [90, 101], "p@乙评委": ["８５", None]}
    found, problems = validate(plan, table(columns))
    panel = found.columns["p"]
    assert (panel.raters, [m.listed() for m in panel.marks]) == (("甲评委", "乙评委"), [[90, None], [85, None]])
    assert [m.why.tolist() for m in panel.marks if m.why is not None] == [[0, Why.INVALID], [0, Why.MISSING]]
    assert said(problems) == ["repair D2: “８５” is read as 85", "error C3: 101 is more than 100"]
    assert found.source(0, ["p"]) == "a.xlsx#C2"
    nested = {"unit": ["甲"], "category": ["企业"], "p.甲评委": [90], "p.乙评委": [None]}
    found, problems = validate(plan, table(nested, letters=False))
    assert [m.listed() for m in found.columns["p"].marks] == [[90], [None]]
    assert problems == ()


def test_a_rater_alone_is_enough_where_there_is_one_panel():
    columns = {"unit": ["甲"], "category": ["企业"], "甲评委": [90]}
    assert validate(plan_of({"p": PANEL}), table(columns))[0].columns["p"].marks[0].listed() == [90]
    found, problems = validate(plan_of({"p": PANEL, "q": PANEL}), table(columns))
    assert [found.columns[p].marks[0].why.tolist() for p in "pq"] == [[Why.INVALID]] * 2
    assert said(problems) == ["error 甲评委: “甲评委” may mean several fields: p@甲评委, q@甲评委"]


def test_a_panel_without_declared_raters_takes_those_it_finds():
    plan = plan_of({"p": {**PANEL, "x-source": "panel", "additionalProperties": True}})
    columns = {"unit": ["甲"], "category": ["企业"], "p.丙": [90], "p@丁": [80], "p.": [1]}
    panel = validate(plan, table(columns, letters=False))[0].columns["p"]
    assert (panel.raters, [m.listed() for m in panel.marks]) == (("丁", "丙"), [[80], [90]])


def test_headings_of_a_panel_without_declared_raters_may_begin_with_its_title():
    plan = plan_of({"p": {**PANEL, "title": "互评打分", "x-source": {"who": "panel"}}})
    columns = {"unit": ["甲"], "category": ["企业"], "互评打分@丙": [90], "互评打分/丁": [80]}
    found, problems = validate(plan, table(columns))
    panel = found.columns["p"]
    assert (panel.raters, [m.listed() for m in panel.marks], said(problems)) == (("丁", "丙"), [[80], [90]], [])


def test_a_declared_run_of_headings_stands_for_the_raters():
    plan = plan_of({"p": {**PANEL, "x-source": {"who": "panel", "raters": ["张", "李"], "columns": "评委{n}"}}})
    columns = {"unit": ["甲"], "category": ["企业"], "评委1": [90], "评委2": [80]}
    panel = validate(plan, table(columns))[0].columns["p"]
    assert (panel.raters, [m.listed() for m in panel.marks]) == (("张", "李"), [[90], [80]])
    counted = plan_of({"p": {**PANEL, "x-source": {"who": "panel", "columns": {"title": "评委{n}", "count": 2}}}})
    assert validate(counted, table(columns))[0].columns["p"].raters == ("评委1", "评委2")


def test_marks_may_be_grades():
    grades = {
        **PANEL,
        "additionalProperties": {"enum": ["优", "良", None]},
        "x-source": {"who": "panel", "raters": {"甲": {"role": "专家"}, "乙": {}}},
    }
    columns = {"unit": ["甲", "乙"], "category": ["企业"] * 2, "p@甲": ["优", "丙"], "p@乙": [None, "良"]}
    found, problems = validate(plan_of({"p": grades}), table(columns))
    panel = found.columns["p"]
    assert ([m.listed() for m in panel.marks], panel.roles) == ([["优", None], [None, "良"]], ("专家", ""))
    assert said(problems) == ["error C3: “丙” is none of the values that may be entered"]


SURVEY = {"type": "object", "title": "测评", "x-source": {"who": "survey", "options": ["满意", "不满意"], "invited": "asked"}}
ASKED = {"type": "integer", "title": "应到"}


def test_votes_come_under_the_headings_in_use_and_are_whole_numbers_from_0_on():
    plan = plan_of({"s": SURVEY, "asked": ASKED})
    columns = {"unit": ["甲", "乙", "丙"], "category": ["企业"] * 3, "满意票": [60, 1.5, -1], "投票不满意": [5, 0, 0], "应到": [70, 70, 70]}
    found, problems = validate(plan, table(columns))
    assert [m.listed() for m in found.columns["s"].marks] == [[60, None, None], [5, 0, 0]]
    assert said(problems) == ["error C3: 1.5 is no whole number", "error C4: -1 is less than 0"]


def test_more_votes_than_people_asked_are_invalid():
    plan = plan_of({"s": SURVEY, "asked": ASKED})
    columns = {"unit": ["甲", "乙"], "category": ["企业"] * 2, "s@满意": [60, 60], "测评@不满意": [11, None], "应到": [70, None]}
    found, problems = validate(plan, table(columns))
    assert [m.why.tolist() for m in found.columns["s"].marks] == [[Why.INVALID, 0], [Why.INVALID, Why.MISSING]]
    assert said(problems) == ["error C2: “测评” has 71 votes, and only 70 were asked"]


# ---------------------------------------------------------------- durations

LAP = {"type": ["string", "number"], "title": "用时", "x-unit": "duration", "maximum": 7200}


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("3:05.20", Fraction(926, 5)),
        ("03：05", 185),
        ("1:03:05.5", Fraction(7571, 2)),
        ("3分5秒", 185),
        ("3′05.2″", Fraction(926, 5)),
        ("59.99秒", Fraction(5999, 100)),
        ("59.99", Fraction(5999, 100)),
        (90, 90),
        ("90:00", 5400),
    ],
)
def test_a_duration_is_read_as_seconds_exactly(written, seconds):
    values, whys, problems, _ = one("x", [written], plan=plan_of({"x": LAP}))
    assert (values, whys, problems) == ([seconds], [0], [])


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("3:75", "“3:75” has more than 59 minutes or seconds"),
        ("1:75:00", "“1:75:00” has more than 59 minutes or seconds"),
        ("三分", "“三分” is no duration"),
        ("2:30:00", "2:30:00 is more than 7200"),
        ("50%", "“50%” is no duration"),
    ],
)
def test_what_is_no_duration_is_invalid(written, words):
    values, whys, problems, _ = one("x", [written], plan=plan_of({"x": LAP}))
    assert (values, whys, problems) == ([None], [Why.INVALID], [f"error C2: {words}"])


# ---------------------------------------------------------------- lists


def lists(cells, plan=None, letters=False):
    size = len(cells)
    columns = {"unit": [f"单位{i}" for i in range(size)], "category": ["企业"] * size, "h": cells}
    found, problems = validate(plan or plan_of({"h": LIST}), table(columns, letters=letters))
    return found.columns["h"], said(problems), problems


def test_lists_become_flat_columns():
    found, problems, _ = lists([[{"level": "省级", "points": 2}, {"level": "国家级", "date": "2026-01-02"}], [], None])
    assert found.offsets.tolist() == [0, 2, 2, 2]
    assert found.why.tolist() == [0, 0, Why.MISSING]
    assert {n: c.listed() for n, c in found.columns.items()} == {
        "level": ["省级", "国家级"],
        "date": [None, datetime.date(2026, 1, 2)],
        "points": [2, None],
    }
    assert problems == []


def test_faults_in_a_record_are_found_by_its_place_in_the_list():
    found, problems, _ = lists([[{"level": "省级"}], [{"level": "省级"}, {"level": "县级", "points": "x", "more": 1}, {"more": 2}]])
    assert found.columns["level"].why.tolist() == [0, 0, Why.INVALID, Why.MISSING]
    assert problems == [
        "error /h/1/level: “县级” is none of the values that may be entered",
        "warning /h/2/level: “级别” is empty",
        "error /h/1/points: “x” is no number",
        "warning /h/1/more: “more” is no field of the records of “荣誉” and is not read",
    ]


def test_records_from_a_sheet_of_their_own_have_their_own_cells():
    entry = Entry({"level": "县级", "points": 1, "extra": {"x": 1}}, "b.xlsx", "荣誉", 7, {"level": "B"})
    _, _, problems = lists([[entry]], letters=True)
    assert [(p.file, p.sheet, p.cell, p.field) for p in problems] == [
        ("b.xlsx", "荣誉", "B7", "h.level"),
        ("b.xlsx", "荣誉", "7", "h.extra.x"),
    ]


def test_what_is_no_list_is_invalid():
    bad = Unreadable("x", T("the list is given twice: with the unit, and in a sheet or file of its own"), T("keep one of the two"))
    found, problems, _ = lists(["两项", [1], bad, ""], letters=True)
    assert found.why.tolist() == [Why.INVALID, Why.INVALID, Why.INVALID, Why.MISSING]
    assert problems == [
        "error C2: “荣誉” must be a list of records",
        "error C3: “荣誉” must be a list of records",
        "error C4: the list is given twice: with the unit, and in a sheet or file of its own",
    ]


def test_unreadable_cells_in_records_are_said_once():
    bad = Unreadable("=1", T("the cell holds a formula"), T("enter the value itself"))
    assert lists([[{"level": bad, "points": bad}]])[1] == ["error /h/0/level: the cell holds a formula"]


def test_lengths_of_lists_are_judged():
    plan = plan_of({"h": {**LIST, "minItems": 1, "maxItems": 2}})
    found, problems, _ = lists([[], [{"level": "省级"}] * 3, None, [{"level": "省级"}]], plan)
    assert found.why.tolist() == [Why.INVALID, Why.INVALID, Why.MISSING, 0]
    assert problems == ["error /h: the list has fewer than 1 records", "error /h: the list has more than 2 records"]


def test_a_list_field_that_two_columns_claim_is_invalid():
    columns = {"unit": ["甲"], "category": ["企业"], "h": [[]], "荣誉": [[]], "人数": [1], "n": [2]}
    found, problems = validate(plan_of({"h": LIST, "n": COUNT}), table(columns))
    assert [found.columns[p].why.tolist() for p in ("h", "n")] == [[Why.INVALID]] * 2
    assert said(problems) == [
        "error h: several columns fill the field “荣誉”: h, 荣誉",
        "error 人数: several columns fill the field “人数”: 人数, n",
    ]


# ---------------------------------------------------------------- headers


DOUBLE = {"title": "占比", "x-derive": "a.rate", "type": "number"}
SECTIONS = {
    "a": {"type": "object", "title": "组织", "properties": {"rate": {**RATE, "title": "满意度"}}},
    "b": {"type": "object", "title": "服务", "properties": {"rate": {**RATE, "title": "满意度"}, "x": DOUBLE}},
    "deep": {
        "type": "object",
        "title": "深",
        "properties": {"er": {"type": "object", "title": "层", "properties": {"n": {**COUNT, "x-form": {"aliases": ["职工数"]}}}}},
    },
}
NESTED = plan_of(SECTIONS)


@pytest.mark.parametrize(
    ("header", "path"),
    [
        ("a.rate", "a.rate"),
        ("a/rate", "a.rate"),
        ("组织/满意度", "a.rate"),
        ("服 务／满意度", "b.rate"),
        ("服务/满意度（%）", "b.rate"),
        ("深/层/人数", "deep.er.n"),
        ("层/人数", "deep.er.n"),
        ("深/人数", "deep.er.n"),
        ("*职工数(人)", "deep.er.n"),
        ("人数（必填）", "deep.er.n"),
        ("人数：", "deep.er.n"),
    ],
)
def test_a_field_is_found_by_path_section_title_or_alias(header, path):
    found, problems = validate(NESTED, table({"unit": ["甲"], "category": ["企业"], header: [50]}))
    assert found.columns[path].masked.tolist() == [False]
    assert problems == ()


def test_a_remark_in_brackets_must_be_the_unit():
    problems = validate(NESTED, table({"unit": ["甲"], "category": ["企业"], "人数(万元)": [50]}))[1]
    assert said(problems) == ["error 人数(万元): the column “人数(万元)” is given in 万元, and 人 is asked for; it is not read"]
    assert say(problems[0].cure, "en") == "turn the figures into the unit that is asked for, and head the column “人数”"


def test_a_column_headed_in_yuan_is_turned_into_ten_thousands_exactly_and_keeps_what_was_written():
    plan = plan_of({"income": {"type": "number", "title": "收入", "x-unit": "万元", "maximum": 100}})
    cells = [30000, "1,234.5", "5万元", None, "不详", 2_000_000]
    found, problems = validate(plan, table({"unit": list("甲乙丙丁戊己"), "category": ["企业"] * 6, "收入（元）": cells}))
    assert found.columns["income"].listed() == [3, Fraction(12345, 100_000), 5, None, None, None]
    assert said(problems) == [
        "repair 收入（元）: the column “收入（元）” is given in 元 and read as 万元",
        "repair C3: “1,234.5” is read as 1234.5",
        "repair C4: “5万元” is read as 50000 元",
        "error C6: “不详” is no number",
        "error C7: 2000000元 is more than 100",
    ]
    assert [found.raw.get((row, "income")) for row in range(6)] == ["30000元", "1,234.5元", "5万元", None, "不详", "2000000元"]


def test_a_title_of_two_sections_is_not_guessed():
    columns = {"unit": ["甲"], "category": ["企业"], "满意度": [50], "a.rate": [60]}
    found, problems = validate(NESTED, table(columns))
    assert found.columns["a.rate"].listed() == [Fraction(3, 5)]
    assert found.columns["b.rate"].why.tolist() == [Why.INVALID]
    assert said(problems) == ["error 满意度: “满意度” may mean several fields: a.rate, b.rate"]


def test_columns_that_are_no_fields_are_reported_once():
    columns = {"unit": ["甲"], "category": ["企业"], "序号": [1], "联系电话": [2], "占比": [3]}
    assert said(validate(NESTED, table(columns))[1]) == [
        "repair 序号: the column “序号” is not read",
        "warning 联系电话: “联系电话” is no field of the form and is not read",
        "warning 占比: “占比” is computed; what was entered is not used",
    ]


def test_in_files_of_one_unit_each_file_is_told_of_its_own_unknown_names():
    columns = {"unit": ["甲", "乙", "丙"], "category": ["企业"] * 3, "foo": [None, 1, 2]}
    problems = validate(NESTED, table(columns, letters=False))[1]
    assert [(p.file, p.unit, p.field) for p in problems] == [("u1.json", "乙", "/foo"), ("u2.json", "丙", "/foo")]
    lines = RawTable({"unit": ["甲", "乙"], "category": ["企业"] * 2, "foo": [1, 2]}, ("a.ndjson",), (0, 0), (1, 2))
    assert [(p.file, p.unit, p.field) for p in validate(NESTED, lines)[1]] == [("a.ndjson", "", "foo")]


def test_a_sheet_is_told_once_of_the_words_of_all_its_truths():
    plan = plan_of({"b": FLAG, "c": {**FLAG, "title": "乙"}})
    columns = {"unit": ["甲"], "category": ["企业"], "b": ["是"], "c": ["否"]}
    assert said(validate(plan, table(columns))[1]) == ["repair : 是 and 否 are read as yes and no"]


def test_an_object_in_the_place_of_a_value_is_an_error():
    columns = {"unit": ["甲", "乙"], "category": ["企业"] * 2, "a.rate": [None, 50], "a.rate.x": [1, None]}
    found, problems = validate(NESTED, table(columns, letters=False))
    assert found.columns["a.rate"].why.tolist() == [Why.INVALID, 0]
    assert said(problems) == ["error /a/rate: “满意度” must be a single value or a list, not an object"]
    found, problems = validate(plan_of({"h": LIST}), table({"unit": ["甲"], "category": ["企业"], "h.level": ["省级"]}, letters=False))
    assert found.columns["h"].why.tolist() == [Why.INVALID]
    panel = plan_of({"p": PANEL})
    misplaced = {"unit": ["甲"], "category": ["企业"], "p.丙评委": [5]}
    assert said(validate(panel, table(misplaced, letters=False))[1]) == [
        "warning /p/丙评委: “p.丙评委” is no field of the form and is not read"
    ]


def test_the_header_words_are_those_of_fields_records_and_raters():
    words = header_words(plan_of({"p": PANEL, "h": LIST, **SECTIONS}))
    assert {"单位名称", "工会名称", "组织/满意度", "评审@甲评委", "甲评委", "级别", "h.level", "points", "deep.er.n"} <= words


def test_a_sheet_without_any_known_column_is_still_a_sheet():
    problems = validate(plan_of({"n": COUNT}, required=["n"]), table({"foo": [1]}))[1]
    assert {p.field for p in problems} == {"unit", "category", "n", "foo"}
    assert not [p for p in problems if p.field.startswith("/")]


# ---------------------------------------------------------------- conditions


def test_a_condition_on_a_field_is_judged_for_each_distinct_value():
    plan = plan_of(
        {"n": {**COUNT, "not": {"const": 13}}, "d": {**DAY, "anyOf": [{"pattern": "^2026"}]}, "t": {**NOTE, "allOf": [{"minLength": 2}]}}
    )
    assert one("n", [12, 13, None, 13], plan=plan)[1:3] == (
        [0, Why.INVALID, Why.MISSING, Why.INVALID],
        ["error C3: “13” does not meet the form's conditions: not “13”", "error C5: “13” does not meet the form's conditions: not “13”"],
    )
    assert one("d", ["2026-01-01", "2025-01-01"], plan=plan)[1] == [0, Why.INVALID]
    assert one("t", ["ab", "a"], plan=plan)[1] == [0, Why.INVALID]
    half = plan_of({"r": {**RATE, "not": {"const": Decimal("12.5")}}})
    assert one("r", [12.5, 13], plan=half)[1] == [Why.INVALID, 0]


CONDITION = {"if": {"properties": {"category": {"const": "企业"}}}, "then": {"required": ["n"], "properties": {"r": {"minimum": 50}}}}


def test_conditions_on_a_unit_are_judged_unit_by_unit():
    plan = plan_of({"n": COUNT, "r": RATE, "a": SECTIONS["a"]}, **CONDITION)
    columns = {
        "unit": ["甲", "乙", "丙"],
        "category": ["企业", "机关", "企业"],
        "n": [1, None, None],
        "r": [40, 40, 60],
        "a.rate": [5, None, None],
    }
    found, problems = validate(plan, table(columns))
    assert found.columns["r"].why.tolist() == [Why.INVALID, 0, 0]
    assert said(problems) == [
        "error D2: the entries do not meet the form's conditions: not below 50",
        "warning : something is missing that the form demands here",
    ]
    assert problems[1].unit == "丙"


def test_a_unit_that_meets_its_conditions_passes():
    plan = plan_of({"n": COUNT, "r": RATE}, **CONDITION)
    columns = {"unit": ["甲"], "category": ["企业"], "n": [1], "r": [60]}
    assert validate(plan, table(columns))[1] == ()


def test_a_condition_that_lies_in_no_field_is_an_error_of_the_unit():
    section = {**SECTIONS["a"], "properties": {**SECTIONS["a"]["properties"], "n": COUNT}, "minProperties": 2}
    problems = validate(plan_of({"a": section}), table({"unit": ["甲"], "category": ["企业"], "a.n": [1]}))[1]
    assert [(p.severity, p.field) for p in problems] == [("error", "a")]


def test_conditions_on_lists_and_panels_are_judged():
    plan = plan_of({
        "h": {**LIST, "uniqueItems": True, "items": {**LIST["items"], "dependentRequired": {"points": ["date"]}}},
        "p": {**PANEL, "minProperties": 2},
    })  # fmt: skip
    record = {"level": "省级"}
    columns = {
        "unit": ["甲", "乙", "丙", "丁"],
        "category": ["企业"] * 4,
        "h": [[record, dict(record)], [record], [{**record, "points": 1}], None],
        "p.甲评委": [90, 90, None, 90],
        "p.乙评委": [90, None, None, 80],
    }
    found, problems = validate(plan, table(columns, letters=False))
    assert found.columns["h"].why.tolist() == [Why.INVALID, 0, 0, Why.MISSING]
    assert [m.why.tolist() for m in found.columns["p"].marks] == [[0, Why.INVALID, Why.MISSING, 0], [0, Why.INVALID, Why.MISSING, 0]]
    assert said(problems) == [
        "error /h: the entries do not meet the form's conditions: no two entries alike",
        "error /p: the entries do not meet the form's conditions: at least 2 entries",
        "warning /h: something is missing that the form demands here",
    ]


def test_values_reach_the_conditions_as_they_were_written():
    plan = plan_of(
        {"r": RATE, "d": DAY, "h": LIST},
        **{"not": {"properties": {"r": {"const": 50}, "d": {"const": "2026-01-01"}}, "required": ["r", "d"]}},
    )
    columns = {"unit": ["甲"], "category": ["企业"], "r": ["50%"], "d": ["2026-01-01"], "h": [[{"level": "省级"}]]}
    assert [p.severity for p in validate(plan, table(columns, letters=False))[1]] == ["repair", "error"]


def test_a_constant_column_is_one():
    assert isinstance(validate(PLAN, table({"unit": ["甲"], "category": ["企业"]}))[0].columns["n"], Column)


EVENTS = {
    "events": {
        "type": "array", "title": "项目", "items": {"type": "object", "properties": {
            "marks": {"type": "object", "title": "打分", "x-source": {"who": "panel", "raters": ["甲", "乙"]},
                "additionalProperties": {"type": "number", "maximum": 10}},
            "heats": {"type": "array", "title": "各轮", "items": {"type": "object", "properties": {
                "time": {"type": "number", "title": "成绩", "minimum": 0}}}}}},
    },
}  # fmt: skip


def test_a_record_holds_marks_and_a_list_of_its_own_and_faults_name_the_whole_way():
    events = [
        {"marks": {"甲": 9, "乙": 11}, "heats": [{"time": 5}, {"time": -1}]},
        {"marks": {"甲": None, "丙": 3}},
        {"heats": []},
    ]
    plan = plan_of(EVENTS)
    columns = {"unit": ["一", "二"], "category": ["企业", "企业"], "events": [events, []]}
    submissions, problems = validate(plan, table(columns, letters=False))
    found = submissions.columns["events"]
    assert [m.listed() for m in found.columns["marks"].marks] == [[9, None, None], [None, None, None]]
    heats = found.columns["heats"]
    assert (heats.lengths.tolist(), heats.why.tolist(), heats.columns["time"].listed()) == ([2, 0, 0], [0, 3, 0], [5, None])
    assert said(problems) == [
        "error /events/0/marks/乙: 11 is more than 10",
        "error /events/0/heats/1/time: -1 is less than 0",
        "warning /events/1/marks/丙: “marks.丙” is no field of the records of “项目” and is not read",
    ]
