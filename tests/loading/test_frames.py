"""A DataFrame is read as a file would be: typed columns stay typed, what pandas calls missing is missing."""

from __future__ import annotations

import datetime
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from scorekit.errors import InputError
from scorekit.loading.frames import from_frame
from scorekit.stages.validate import validate
from tests.intake import plan_of

PLAN = plan_of({
    "n": {"type": "integer", "title": "人数"},
    "r": {"type": "number", "title": "入会率", "x-unit": "percent"},
    "b": {"type": "boolean", "title": "达标"},
    "d": {"type": "string", "format": "date", "title": "日期"},
    "t": {"type": "string", "title": "说明"},
    "h": {"type": "array", "title": "荣誉", "items": {"type": "object", "properties": {"level": {"type": "string"}}}},
})  # fmt: skip
DAY = datetime.date(2026, 7, 30)


def read(**columns):
    frame = pd.DataFrame({"单位名称": ["甲", "乙"], "category": ["企业", "机关"], **columns})
    found, problems = validate(PLAN, from_frame(frame))
    return {p: c for p, c in found.columns.items() if p not in ("unit", "category")}, problems


@pytest.mark.parametrize(
    ("field", "values", "expected"),
    [
        ("n", [1, 2], [1, 2]),
        ("n", [1.0, np.nan], [1, None]),
        ("n", pd.array([1, None], dtype="Int64"), [1, None]),
        ("r", [92.28, 50], [Fraction(9228, 10000), Fraction(1, 2)]),
        ("r", np.array([50, 25], dtype=np.float32), [Fraction(1, 2), Fraction(1, 4)]),
        ("r", pd.array([50.0, None], dtype="Float64"), [Fraction(1, 2), None]),
        ("r", ["92.28%", None], [Fraction(9228, 10000), None]),
        ("b", [True, False], [True, False]),
        ("b", pd.array([True, None], dtype="boolean"), [True, None]),
        ("b", [True, None], [True, None]),
        ("d", pd.to_datetime(["2026-07-30", None]), [DAY, None]),
        ("d", pd.to_datetime(["2026-07-30 10:00", None]), [DAY, None]),
        ("d", pd.to_datetime(["2026-07-30", "2026-07-30"]).tz_localize("UTC"), [DAY, DAY]),
        ("d", [DAY, pd.NaT], [DAY, None]),
        ("t", ["x", pd.NA], ["x", None]),
        ("t", pd.Categorical(["x", None]), ["x", None]),
        ("t", [1.0, np.nan], ["1", None]),
        ("t", [np.int64(7), "x"], ["7", "x"]),
    ],
)
def test_columns_of_every_type_are_read(field, values, expected):
    assert read(**{field: values})[0][field].listed() == expected


def test_lists_stay_lists():
    found, _ = read(h=[[{"level": "省级"}], []])
    assert found["h"].offsets.tolist() == [0, 1, 1]


def test_plain_columns_are_handed_on_as_arrays():
    found = from_frame(pd.DataFrame({"n": [1, 2], "b": [True, False]}))
    assert [type(c) for c in found.columns.values()] == [np.ndarray, np.ndarray]
    assert (list(found.row), found.files) == ([1, 2], ("DataFrame",))


def test_a_column_given_twice_is_refused():
    with pytest.raises(InputError, match="twice"):
        from_frame(pd.DataFrame([[1, 2]], columns=["n", "n"]))
