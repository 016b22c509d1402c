"""Batches put together: nothing is lost, and some rows of the whole look as the whole does."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.column import Column, Why
from scorekit.domain.joining import joined, sheets_joined
from scorekit.domain.lazy import columns, shape_of
from scorekit.domain.marks import Panel, Records
from scorekit.domain.tables import Reason, ScoreSheet
from tests.building import units
from tests.domain.test_tables import PLAN, content, sheet, table


@given(st.lists(st.integers(0, 3), max_size=6))
def test_taking_rows_and_joining_them_again_changes_nothing(cuts: list[int]) -> None:
    whole = table()
    edges = [0, *sorted(cuts), 4]
    parts = [whole.take(slice(a, b)) for a, b in itertools.pairwise(edges)]
    assert content(joined(parts)) == content(whole)


def test_what_a_repair_replaced_goes_with_its_row() -> None:
    from dataclasses import replace

    whole = replace(table(), raw={(0, "n"): "一", (3, "n"): "三"})
    assert whole.take([3, 1]).raw == {(0, "n"): "三"}
    assert joined([whole.take([3]), whole.take([0, 1])]).raw == {(0, "n"): "三", (1, "n"): "一"}


def test_a_column_that_a_batch_lacks_is_missing_there_and_keeps_its_unit() -> None:
    one, two = table(2), units(PLAN, {"d": [None, None], "t": [True, False]})
    for parts, first in (([one, two], 0), ([two, one], 2)):
        found = joined(parts)
        n, h, m = found.columns["n"], found.columns["h"], found.columns["m"]
        assert isinstance(n, Column)
        assert isinstance(h, Records)
        assert isinstance(m, Panel)
        assert (n.unit, n.listed()[first]) == ("percent", 0)
        assert sum(v is None for v in n.listed()) == 3
        assert h.why is not None
        assert (h.lengths.tolist()[first : first + 2], int((h.why > 0).sum())) == ([0, 1], 2)
        assert m.count().listed()[first : first + 2] == [1, 1]


def test_one_batch_is_itself() -> None:
    one = table()
    sheet = ScoreSheet(4)
    assert joined([one]) is one
    assert sheets_joined([sheet]) is sheet


def test_what_a_part_lacks_is_no_part_of_the_standard_there() -> None:
    found = sheets_joined([sheet(2), ScoreSheet(1, totals={"total": Column.numbers([5])})])
    assert (found.size, found.points["a"].listed(), found.totals["total"].listed()) == (3, [0, 1, None], [None, None, 5])
    assert found.reasons["a"].tolist() == [Reason.PART, Reason.PART, Reason.NOT_PART]
    assert found.points["a"].why is not None
    assert found.points["a"].why.tolist() == [0, 0, Why.NOT_PART]


def test_values_of_different_kinds_stand_in_one_column_as_words() -> None:
    """Two categories' standards may read different things for one criterion."""
    number = Column("number", Column.numbers([1, None]).values, Column.numbers([1, None]).why, "percent")
    lists = Records(np.array([0, 1]), {"n": Column.numbers([1])})
    parts = [
        ScoreSheet(2, values={"a": number}),
        ScoreSheet(1, values={"a": Column.texts(["甲"])}),
        ScoreSheet(1, values={"a": lists}),
        ScoreSheet(1),
    ]
    found = sheets_joined(parts).values["a"]
    assert isinstance(found, Column)
    assert (found.kind, found.listed()) == ("text", ["100%", None, "甲", None, None])


def measured(value: int, unit: str | None) -> Column:
    return Column("number", Column.numbers([value]).values, None, unit)


def test_a_percentage_and_a_plain_number_stand_in_one_column_as_words_in_any_order() -> None:
    parts = [ScoreSheet(1, values={"a": measured(5, "percent")}), ScoreSheet(1, values={"a": measured(5, None)})]
    for sheets, texts in ((parts, ["500%", "5"]), (parts[::-1], ["5", "500%"])):
        found = columns(sheets_joined(sheets).values)
        assert [found.source("a").read(slice(i, i + 1)).listed() for i in range(2)] == [[t] for t in texts]
        assert (found["a"].kind, found["a"].unit, found["a"].listed()) == ("text", None, texts)


def test_numbers_of_other_units_have_none_together_in_any_order() -> None:
    parts = [ScoreSheet(1, values={"a": measured(5, unit), "m": Panel(("甲",), (measured(5, unit),))}) for unit in ("人", "户", "人")]
    for sheets, unit in ((parts, None), (parts[::-1], None), (parts[::2], "人")):
        found = columns(sheets_joined(sheets).values)
        for name in ("a", "m"):
            for value in (found.source(name).read(slice(0, 1)), found[name]):
                assert next(iter(getattr(value, "marks", ())), value).unit == unit


def test_lists_and_panels_of_a_sheet_are_joined() -> None:
    lists = Records(np.array([0, 1]), {"n": Column.numbers([1])})
    panel = Panel(("甲",), (Column.numbers([3]),))
    found = sheets_joined([ScoreSheet(1, values={"h": lists, "m": panel}), ScoreSheet(1, values={"h": lists, "m": panel})])
    h, m = found.values["h"], found.values["m"]
    assert isinstance(h, Records)
    assert isinstance(m, Panel)
    assert (h.offsets.tolist(), h.why, m.count().listed()) == ([0, 1, 2], None, [1, 1])


def test_panels_of_other_raters_are_joined_by_rater() -> None:
    """Whatever the order in which the parts name them; a rater whom a part does not know gave no mark there."""
    one = Panel(("乙", "甲"), (Column.numbers([1]), Column.numbers([2])))
    two = Panel(("甲", "丙"), (Column.numbers([3]), Column.numbers([4])))
    for parts in ([one, two], [two, one]):
        found = sheets_joined([ScoreSheet(1, values={"m": p}) for p in parts]).values["m"]
        assert isinstance(found, Panel)
        marks = {r: m.listed() for r, m in zip(found.raters, found.marks, strict=True)}
        assert found.raters == ("丙", "乙", "甲")
        assert marks == (
            {"丙": [None, 4], "乙": [1, None], "甲": [2, 3]} if parts[0] is one else {"丙": [4, None], "乙": [None, 1], "甲": [3, 2]}
        )


def rows_read(source: Any, index: Any) -> Any:
    found = source.read(index)
    return found.listed() if isinstance(found, Column) else [m.listed() for m in found.marks]


@given(st.lists(st.integers(0, 11), max_size=8), st.lists(st.integers(0, 12), max_size=3), st.integers(0, 12), st.integers(0, 12))
def test_some_rows_of_the_whole_are_read_as_from_the_whole(index: list[int], cuts: list[int], start: int, stop: int) -> None:
    whole = table(12)
    edges = [0, *sorted(cuts), 12]
    parts = [whole.take(slice(a, b)) for a, b in itertools.pairwise(edges)]
    found = columns(joined([p for p in parts if len(p)]).columns)
    for name in ("n", "w", "m"):
        source = found.source(name)
        made = columns(whole.columns).source(name)
        rows = np.array(index, dtype=np.int64)
        assert rows_read(source, rows) == rows_read(made, rows)
        within = slice(min(start, stop), max(start, stop))
        assert rows_read(source, within) == rows_read(made, within)
    lists = found.source("h").read(np.array(index, dtype=np.int64))
    assert isinstance(lists, Records)
    assert lists.lengths.tolist() == [0 if i == 2 else i for i in index]


def test_some_rows_have_the_look_of_the_whole() -> None:
    mixed = sheets_joined(
        [
            ScoreSheet(2, values={"a": Column.numbers([1, 2]), "m": Panel(("乙",), (Column.numbers([1, 2]),))}),
            ScoreSheet(1, values={"a": Column.texts(["x"]), "m": Panel(("甲",), (Column.numbers([3]),))}),
            ScoreSheet(1),
        ]
    )
    found = columns(mixed.values)
    for name in ("a", "m"):
        whole = shape_of(found.source(name).read())
        assert [shape_of(found.source(name).read(slice(i, i + 1))) for i in range(4)] == [whole] * 4
    assert found.source("a").read(slice(0, 1)).listed() == ["1"]
    assert found.source("m").read(slice(3, 4)).raters == ("乙", "甲")


def test_rows_that_no_part_has_are_blank_as_in_the_whole() -> None:
    found = sheets_joined([ScoreSheet(2, points={"a": Column.numbers([1, 2])}), ScoreSheet(2)])
    assert columns(found.points).source("a").read(slice(2, 4)).why.tolist() == [Why.NOT_PART] * 2  # type: ignore[union-attr]


def test_rows_are_taken_without_making_a_column_whole() -> None:
    made: list[int] = []

    class Noting:
        def __init__(self, number: int) -> None:
            self.number = number

        def read(self, rows: Any = None) -> Column:
            made.append(self.number)
            return Column.numbers([self.number, self.number + 1]).take(slice(None) if rows is None else rows)

        def shapes(self) -> Any:
            return frozenset((shape_of(Column.numbers([1])),))

    from scorekit.domain.lazy import Columns

    parts = [ScoreSheet(2, points=Columns({}, {"a": Noting(10 * i)})) for i in range(5)]
    taken = sheets_joined(parts).take(np.array([9, 4])).take(slice(0, 2))
    assert taken.points["a"].listed() == [41, 20]
    assert sorted(made) == [20, 40]
