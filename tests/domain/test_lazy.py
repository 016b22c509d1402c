"""Columns made when they are asked for, and once."""

from __future__ import annotations

import pytest

from scorekit.domain.lazy import Columns, Later, columns


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
