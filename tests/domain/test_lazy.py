"""Columns made when they are asked for, and once."""

from __future__ import annotations

import numpy as np
import pytest

from scorekit.domain.lazy import Columns, Later, columns, passing


def counting(made: list[str], name: str, value: int) -> Columns[int]:
    """One column that notes every time it is made."""

    def make() -> int:
        made.append(name)
        return value

    return Columns({}, {name: Later(make)})


def test_a_column_is_made_at_its_first_reading_and_only_then() -> None:
    made: list[str] = []
    table = counting(made, "a", 1)
    assert "a" in table
    assert len(table) == 1
    assert list(table) == ["a"]
    assert made == []
    assert (table["a"], table["a"], table.get("a")) == (1, 1, 1)
    assert made == ["a"]


def test_a_column_for_once_is_not_kept() -> None:
    made: list[str] = []
    table = counting(made, "a", 1)
    assert (passing(table, "a"), passing(table, "a"), made) == (1, 1, ["a", "a"])
    assert (table["a"], passing(table, "a"), passing({"b": 2}, "b")) == (1, 1, 2)
    assert made == ["a", "a", "a"]
    with pytest.raises(KeyError):
        passing(table, "c")


def test_a_name_that_is_not_there_is_missing() -> None:
    table = Columns({"a": 1}, {"b": Later(lambda: 2)})
    assert "c" not in table
    assert table.get("c") is None
    with pytest.raises(KeyError):
        table["c"]


def test_names_stand_once_also_after_they_were_made() -> None:
    table = Columns({"a": 1}, {"b": Later(lambda: 2)})
    assert table["b"] == 2
    assert (len(table), sorted(table), dict(table)) == (2, ["a", "b"], {"a": 1, "b": 2})


def test_more_columns_make_nothing_and_change_nothing() -> None:
    made: list[str] = []
    table = counting(made, "a", 1)
    more = table.having({"b": 2})
    assert made == []
    assert dict(more) == {"a": 1, "b": 2}
    assert list(table) == ["a"]
    assert dict(table.having({"a": 5})) == {"a": 5}
    assert made == ["a"]


def test_a_column_that_was_made_is_not_made_again_for_its_heirs() -> None:
    made: list[str] = []
    table = counting(made, "a", 1)
    heirs = [table.having({"b": 2}), table.mapped(lambda v: v + 1)]
    assert [h["a"] for h in heirs] == [1, 2]
    assert table["a"] == 1
    assert made == ["a"]


def test_columns_put_in_are_there_and_win_over_those_awaited() -> None:
    table = Columns({"a": 1}, {"b": Later(lambda: 2)})
    table.update({"b": 3, "c": 4})
    assert dict(table) == {"a": 1, "b": 3, "c": 4}
    assert len(table) == 3
    assert dict(table.having({"d": 5})) == {"a": 1, "b": 3, "c": 4, "d": 5}


def test_every_column_is_changed_when_it_is_asked_for() -> None:
    table = Columns({"a": 1, "b": 2}).mapped(lambda v: v * 10)
    assert dict(table) == {"a": 10, "b": 20}


def test_a_plain_table_becomes_one_of_columns_and_one_of_columns_stays_itself() -> None:
    table = Columns({"a": 1})
    assert columns(table) is table
    assert dict(columns({"a": 1})) == {"a": 1}


def test_marked_rows_are_changed_when_a_column_is_asked_for_whole_or_in_part() -> None:
    table = Columns({"a": np.array([1, 2, 3, 4]), "b": np.array([5, 6, 7, 8])})
    marks = np.array([True, False, True, False])
    changed = table.marked(marks, lambda column, marked: np.where(marked, 0, column))
    assert changed["a"].tolist() == [0, 2, 0, 4]
    assert changed.source("b").read(slice(1, 3)).tolist() == [6, 0]
    assert changed.source("b").read(np.array([3, 0])).tolist() == [8, 0]
    assert table["a"].tolist() == [1, 2, 3, 4]


def test_columns_of_another_table_stand_in_place_of_their_like() -> None:
    made: list[str] = []
    table = counting(made, "a", 1).having({"b": 2})
    found = table.beside(table.only(["b", "z"]).mapped(lambda v: v * 10))
    assert (list(found), made) == (["a", "b"], [])
    assert dict(found) == {"a": 1, "b": 20}


def test_a_table_is_looked_at_in_runs_of_rows() -> None:
    table = Columns({"a": np.arange(7)})
    runs = [(rows.start, rows.stop, part["a"].tolist()) for rows, part in table.parted(7, 3)]
    assert runs == [(0, 3, [0, 1, 2]), (3, 6, [3, 4, 5]), (6, 7, [6])]


def test_rows_of_rows_are_those_of_the_first_table() -> None:
    table = Columns({"a": np.arange(10)})
    assert table.taken(slice(2, 9)).taken(np.array([0, 3, 3]))["a"].tolist() == [2, 5, 5]
    assert table.taken(np.array([9, 1, 4])).taken(slice(1, 3))["a"].tolist() == [1, 4]
    assert table.taken(slice(2, 9)).taken(slice(1, 3))["a"].tolist() == [3, 4]
    assert table.taken(slice(2, 4)).source("a").shapes() == table.source("a").shapes()


def test_a_table_may_be_gone_through_while_a_column_is_made() -> None:
    table = Columns({"a": 1}, {"b": Later(lambda: 2)})
    names = iter(table)
    assert next(names) == "b"
    table.update({"c": 3})
    assert (list(names), len(table)) == (["a", "c"], 3)
