"""Which units a workbook shows: all of them, or of very many a digest that says what is left out and where the whole is."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.exporters import workbook, workbook_choice
from scorekit_plugins.exporters.workbook_choice import chosen, taken

from scorekit.domain.listing import listed_rows
from scorekit.domain.outputs import Outcome
from scorekit.words import say
from tests.outcomes import UNITS, in_rows, small_outcome

OUTCOME = small_outcome("en")
KINDS = ("企业", "机关")


def crowd(sizes: dict[str, int], seats: dict[str, int]) -> Outcome:
    """As many units of each category, by rank and in a mixed order; the first of them have a seat."""
    told = [(category, place) for category, size in sizes.items() for place in range(1, size + 1)]
    told = [told[i] for i in np.random.default_rng(len(told)).permutation(len(told))]
    outcome = in_rows(OUTCOME, [KINDS.index(c) * 2 for c, _ in told])
    standings = replace(
        outcome.standings,
        unit=tuple(f"{c}{place:05d}" for c, place in told),
        category=tuple(c for c, _ in told),
        rank=np.array([place for _, place in told]),
        award=tuple("模范" if place <= seats.get(c, 0) else "" for c, place in told),
    )
    return replace(outcome, standings=standings)


def bounds(monkeypatch: pytest.MonkeyPatch, **more: int) -> None:
    for name, value in {"MOST_UNITS": 10, "RANKED": 12, "DETAILED": 4, "EACH": 6, "NEAR": 2, **more}.items():
        monkeypatch.setattr(workbook_choice, name, value)


def shown(outcome: Outcome, category: str, *, detailed: bool = False) -> list[int]:
    """The places of a category that are shown."""
    choice = chosen(outcome)[detailed]
    return [int(name[2:]) for name, its in zip(choice.names, choice.category, strict=True) if its == category]


def test_where_there_are_not_too_many_all_units_are_shown_with_their_points() -> None:
    ranked, detailed = chosen(OUTCOME)
    assert ranked is detailed
    assert ranked.names == [UNITS[i] for i in listed_rows(OUTCOME)]
    assert ranked.left_out("standings") is None
    assert ranked.left_out("standings", "企业") is None


def test_of_very_many_the_first_of_each_category_are_shown_and_fewer_with_their_points(monkeypatch: pytest.MonkeyPatch) -> None:
    bounds(monkeypatch)
    many = crowd({"企业": 30, "机关": 3}, {})
    assert shown(many, "企业") == [1, 2, 3, 4, 5, 6]
    assert shown(many, "机关") == [1, 2, 3]
    assert shown(many, "企业", detailed=True) == shown(many, "机关", detailed=True) == [1, 2]


def test_all_with_a_seat_and_those_next_after_the_last_of_them_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    bounds(monkeypatch)
    many = crowd({"企业": 30, "机关": 30}, {"企业": 17, "机关": 1})
    assert shown(many, "企业") == list(range(1, 20))
    assert shown(many, "机关") == list(range(1, 7))
    assert shown(many, "企业", detailed=True) == [1, 2, 15, 16, 17, 18, 19]


def test_of_more_seats_than_can_be_shown_there_are_the_first_and_those_around_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    bounds(monkeypatch, SEATED=20)
    assert shown(crowd({"企业": 60}, {"企业": 20}), "企业") == list(range(1, 23))
    assert shown(crowd({"企业": 60}, {"企业": 21}), "企业") == [1, 2, 3, 4, 5, 6, 19, 20, 21, 22, 23]


def test_many_criteria_cost_room_for_units(monkeypatch: pytest.MonkeyPatch) -> None:
    bounds(monkeypatch, MOST_CELLS=19)
    few = crowd({"企业": 9}, {})
    assert shown(few, "企业") == list(range(1, 10))
    assert shown(few, "企业", detailed=True) == [1, 2, 3]  # 19 cells of 6 lines


def test_very_many_categories_have_one_unit_each_at_least(monkeypatch: pytest.MonkeyPatch) -> None:
    bounds(monkeypatch, RANKED=1)
    assert shown(crowd({"企业": 30, "机关": 30}, {"机关": 1}), "机关") == [1, 2]


@given(st.dictionaries(st.sampled_from(KINDS), st.integers(1, 40), min_size=1), st.integers(0, 45), st.integers(0, 45))
def test_what_is_shown_is_bounded_in_order_and_holds_the_line(sizes: dict[str, int], first: int, second: int) -> None:
    seats = {"企业": min(first, sizes.get("企业", 0)), "机关": min(second, sizes.get("机关", 0))}
    many = crowd(sizes, seats)
    with pytest.MonkeyPatch.context() as patch:
        bounds(patch, SEATED=25)
        ranked, detailed = chosen(many)
    whole = [many.standings.unit[i] for i in listed_rows(many)]
    assert ranked.names == [name for name in whole if name in set(ranked.names)]
    assert set(detailed.names) <= set(ranked.names)
    if sum(sizes.values()) > 10:
        for category, size in sizes.items():
            line = seats[category]
            around = {place for place in range(line - 2, line + 3) if line and 0 < place <= size}
            for choice, most in ((ranked, 6 + 25 + 5), (detailed, 2 * 2 + 5)):
                mine = {int(name[2:]) for name in choice.names if name.startswith(category)}
                assert around <= mine
                assert len(mine) <= most


def test_the_order_of_the_units_that_come_in_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    bounds(monkeypatch)
    many = crowd({"企业": 20, "机关": 25}, {"企业": 9})
    turned = taken(many, np.arange(45)[::-1])
    assert [c.names for c in chosen(many)] == [c.names for c in chosen(turned)]


def test_what_is_left_out_is_said_with_the_file_that_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    bounds(monkeypatch)
    ranked, detailed = chosen(crowd({"企业": 20, "机关": 3}, {"企业": 7}))
    assert say(ranked.left_out("standings", "企业") or "", "en") == (
        "Only 9 of 20 units are shown: the first ones and those near the last seat; "
        "standings.csv / standings.parquet beside this file has them all."
    )
    assert ranked.left_out("standings", "机关") is None
    assert say(detailed.left_out("scores") or "", "en").startswith("Only 9 of 23 units are shown: the first ones and those near")
    without = chosen(crowd({"企业": 20, "机关": 3}, {}))[0].left_out("standings", "企业")
    assert say(without or "", "en").startswith("Only the first 6 of 20 units are shown; standings.csv")


def test_each_sheet_says_what_it_leaves_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bounds(monkeypatch)
    workbook.write(crowd({"企业": 20, "机关": 3}, {"企业": 7}), tmp_path)
    book = openpyxl.load_workbook(tmp_path / "ranking.xlsx")
    told = {sheet.title: [c for row in sheet.iter_rows(max_row=5, values_only=True) for c in row if c] for sheet in book}
    assert any("Units: 20" in line for line in told["Ranking-企业"])
    assert any("Only 9 of 20 units are shown" in line for line in told["Ranking-企业"])
    assert not any("are shown" in line for line in told["Ranking-机关"])
    for name in ("Scores", "Points lost"):
        assert any("Only 9 of 23 units are shown" in str(line) and "scores.csv" in line for line in told[name])
    assert Counter(c for row in book["Scores"].iter_rows(min_row=9, max_col=1, values_only=True) for c in row) == {"企业": 7, "机关": 2}
    line = [row[1].row for row in book["Ranking-企业"].iter_rows() if row[1].border.bottom.style == "thick"]
    assert [book["Ranking-企业"].cell(row, 2).value for row in line] == ["企业00007"]


def test_a_digest_of_equal_outcomes_is_equal_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bounds(monkeypatch)
    many = crowd({"企业": 20, "机关": 15}, {"企业": 7})
    for name, outcome in (("a", many), ("b", taken(many, np.arange(35)[::-1]))):
        (tmp_path / name).mkdir()
        workbook.write(outcome, tmp_path / name)
    assert (tmp_path / "a/ranking.xlsx").read_bytes() == (tmp_path / "b/ranking.xlsx").read_bytes()


@given(st.lists(st.integers(0, 5), max_size=12))
def test_units_taken_alone_have_what_they_had_in_the_whole(rows: list[int]) -> None:
    few, s = taken(OUTCOME, np.array(rows, dtype=np.int64)), OUTCOME.standings
    texts: list[tuple[Any, Any]] = [(few.standings.unit, s.unit), (few.standings.award, s.award), (few.standings.because, s.because)]
    texts += [(few.standings.level, s.level), (few.standings.status, s.status), (few.standings.rank.tolist(), s.rank.tolist())]
    for mine, whole in texts:
        assert list(mine) == [whole[i] for i in rows]
    assert few.standings.figures["total"].listed() == [s.figures["total"].listed()[i] for i in rows]
    assert few.sheet.points["rights.talk"].listed() == [OUTCOME.sheet.points["rights.talk"].listed()[i] for i in rows]
    assert [few.submissions.source(i, ["unit"]) for i in range(len(rows))] == [OUTCOME.submissions.source(i, ["unit"]) for i in rows]
