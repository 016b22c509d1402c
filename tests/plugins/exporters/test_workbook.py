"""ranking.xlsx: what an official finds in it, and what must never be in it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from scorekit_plugins.exporters import workbook, workbook_details, workbook_losses, workbook_notes, workbook_paper

from scorekit import words
from scorekit.domain.column import Column
from scorekit.domain.deciding import Notice
from scorekit.domain.outputs import Outcome
from scorekit.domain.rubric import LevelSpec
from scorekit.domain.tables import Problem, Reason
from scorekit.errors import T
from tests.building import criterion, outcome_of
from tests.outcomes import UNITS, in_rows, small_outcome

OUTCOME = small_outcome("en")


def written(outcome: Outcome, folder: Path) -> Any:
    assert workbook.write(outcome, folder) == ["ranking.xlsx"]
    assert [p.name for p in folder.iterdir()] == ["ranking.xlsx"]
    return openpyxl.load_workbook(folder / "ranking.xlsx")


def rows(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def row_of(sheet: Any, text: str) -> int:
    return next(r for r, row in enumerate(rows(sheet), 1) if text in row)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return written(OUTCOME, tmp_path_factory.mktemp("book"))


def changed(tmp_path: Path, **changes: Any) -> Any:
    return written(replace(OUTCOME, **changes), tmp_path)


# -------------------------------------------------------------------- the whole book


def test_there_is_a_ranking_for_each_category_and_four_sheets_more(book: Any) -> None:
    assert book.sheetnames == ["Ranking-企业", "Ranking-机关", "Scores", "Points lost", "Problems", "Notes"]


def test_every_sheet_prints_on_a4_landscape_one_page_wide_with_numbered_pages(book: Any) -> None:
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
        assert "&P" in sheet.oddFooter.center.text


def test_heads_stay_in_sight_and_are_repeated(book: Any) -> None:
    for name in book.sheetnames[:-1]:
        assert book[name].freeze_panes is not None
        assert book[name].print_title_rows


def test_no_text_is_a_formula_or_a_link_whatever_it_begins_with(book: Any) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [c for c in cells if c.data_type == "f" or c.hyperlink]
    assert {"=1+1 工会", "+光明粮油工会"} <= {c.value for c in cells}


def test_equal_outcomes_are_equal_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        workbook.write(small_outcome("en"), tmp_path / name)
    assert (tmp_path / "a/ranking.xlsx").read_bytes() == (tmp_path / "b/ranking.xlsx").read_bytes()


def test_the_order_of_units_does_not_show(tmp_path: Path) -> None:
    for name, order in (("a", [0, 1, 2, 3, 4, 5]), ("b", [5, 2, 0, 4, 1, 3])):
        (tmp_path / name).mkdir()
        workbook.write(in_rows(OUTCOME, order), tmp_path / name)
    assert (tmp_path / "a/ranking.xlsx").read_bytes() == (tmp_path / "b/ranking.xlsx").read_bytes()


def test_personal_data_is_in_none_of_the_public_sheets(book: Any) -> None:
    for name in book.sheetnames[:4]:
        assert not [c for row in rows(book[name]) for c in row if c is not None and "110101199003070011" in str(c)]


def test_a_name_made_of_several_fields_is_shown_without_its_personal_part(tmp_path: Path) -> None:
    plan = replace(OUTCOME.plan, base=replace(OUTCOME.plan.base, identity=("unit", "extra.contact")))
    names = tuple(f"{u} / 110101199003070011" for u in UNITS)
    outcome = replace(OUTCOME, plan=plan, standings=replace(OUTCOME.standings, unit=names))
    found = written(outcome, tmp_path)
    assert UNITS[0] in [c for row in rows(found["Scores"]) for c in row]
    test_personal_data_is_in_none_of_the_public_sheets(found)


def test_a_name_that_is_personal_data_alone_is_shown(tmp_path: Path) -> None:
    plan = replace(OUTCOME.plan, base=replace(OUTCOME.plan.base, identity=("extra.contact",)))
    assert UNITS[0] in [c for row in rows(changed(tmp_path, plan=plan)["Scores"]) for c in row]


def test_an_outcome_without_units_is_a_book_that_says_so(tmp_path: Path) -> None:
    found = written(replace(in_rows(OUTCOME, []), problems=()), tmp_path)
    assert rows(found["Ranking"])[1][0] == "There are no units."


# -------------------------------------------------------------------- ranking


def test_the_ranking_has_title_facts_table_and_signatures(book: Any) -> None:
    found = rows(book["Ranking-企业"])
    assert found[0][0] == "职工之家考核标准"
    assert found[1][0] == "List of recommendations (企业)"
    assert found[2][0] == (
        "Standard: small-home, version 2026.1　　Period: 2026-01-01 to 2026-12-31　　Data of 2026-12-20　　Units: 4　　Seats: 1"
    )
    assert "Basis: 工发〔2026〕1号" in found[3][0]
    heads = ["rank", "unit", "total", "组织建设", "维护职能", "bonus", "deduction", "level", "award", "status", "remarks"]
    assert found[4] == heads
    assert found[5] == ["1", UNITS[0], 14.67, 2.5, 9.2, 3, 0, "模范", "模范职工之家", "ranked", None]
    assert found[8][:5] == ["—", UNITS[3], "—", "—", 8.1]
    assert found[-1][0].startswith("Panel:")


def test_what_caps_and_gates_changed_on_totals_is_shown_where_there_is_any(book: Any) -> None:
    assert "adjusted" in rows(book["Ranking-机关"])[4]
    assert "adjusted" not in rows(book["Ranking-企业"])[4]


def test_figures_are_shown_with_their_digits(book: Any) -> None:
    sheet = book["Ranking-企业"]
    assert (sheet["C6"].number_format, sheet["E6"].number_format) == ("0.00", "0.0")


def test_the_seat_line_is_a_thick_border_below_the_last_unit_with_an_award(book: Any) -> None:
    sheet = book["Ranking-企业"]
    assert [sheet.cell(r, 2).border.bottom.style for r in (6, 7)] == ["thick", "thin"]
    assert "thick line" in sheet["A4"].value


def test_without_a_notice_there_are_no_seats_and_no_line(tmp_path: Path) -> None:
    sheet = changed(tmp_path, notice=None, standings=replace(OUTCOME.standings, award=("",) * 6))["Ranking-企业"]
    found = rows(sheet)
    assert found[1][0] == "Assessment results (企业)"
    assert "Seats" not in found[2][0]
    assert found[3][:2] == ["rank", "unit"]
    assert "award" not in found[3]
    assert {sheet.cell(r, 2).border.bottom.style for r in range(5, 9)} == {"thin"}


def test_a_wording_of_the_notice_that_is_not_known_is_shown_as_it_is(tmp_path: Path) -> None:
    found = changed(tmp_path, notice=Notice("small-home", result="初评意见"))
    assert rows(found["Ranking-企业"])[1][0] == "初评意见 (企业)"


def test_columns_that_say_nothing_are_left_out(tmp_path: Path) -> None:
    plan = replace(OUTCOME.plan, criteria=OUTCOME.plan.criteria[:3])
    figures = {"total": OUTCOME.standings.figures["total"], "bonus": Column.of(0), "section:extra": Column.of(None)}
    found = changed(tmp_path, plan=plan, standings=replace(OUTCOME.standings, level=("",) * 6, figures=figures))
    assert rows(found["Ranking-企业"])[4] == ["rank", "unit", "total", "组织建设", "维护职能", "award", "status", "remarks"]


def test_a_rubric_without_categories_has_one_ranking(tmp_path: Path) -> None:
    plan = replace(OUTCOME.plan, categories=(), tracks=(replace(OUTCOME.plan.tracks[0], categories=()),))
    found = changed(tmp_path, plan=plan, standings=replace(OUTCOME.standings, category=("",) * 6))
    assert found.sheetnames[:2] == ["Ranking", "Scores"]
    assert rows(found["Scores"])[4][:3] == ["rank", "unit", "total"]


@pytest.mark.parametrize("names", [("a/b", "a?b"), ("长" * 40, "长" * 41), ("[]", "[]:")])
def test_categories_that_no_sheet_may_be_called_have_sheets_all_the_same(tmp_path: Path, names: tuple[str, str]) -> None:
    category = tuple(names[0] if c == "企业" else names[1] for c in OUTCOME.standings.category)
    found = changed(tmp_path, standings=replace(OUTCOME.standings, category=category))
    assert len(found.sheetnames) == 6
    assert all(len(n) <= 31 for n in found.sheetnames)


# -------------------------------------------------------------------- scores by criterion


def test_scores_stand_under_sections_numbers_titles_and_full_marks(book: Any) -> None:
    found = rows(book["Scores"])
    assert found[2][4:] == ["1 组织建设", "2 维护职能", None, "3 附加项", None]
    assert found[3][4:] == ["1.1", "2.1", "2.2", "3.1", "3.2"]
    assert found[4] == ["category", "rank", "unit", "total", "入会率", "集体合同签订率", "现场评议", "荣誉加分", "投诉扣分"]
    assert found[5] == ["full marks (企业)", None, None, None, 5, 6, 4, 3, "—"]
    assert found[6] == ["full marks (机关)", None, None, None, 5, "／", 4, 3, "—"]
    assert found[7] == ["企业", "1", UNITS[0], 14.67, 2.5, 5.54, 3.63, 3, 0]
    assert found[9][4:7] == [5, "invalid", 2.4]
    assert found[10][3:6] == [None, "not given", 5.25]


def test_points_given_for_a_blank_are_starred(book: Any) -> None:
    sheet = book["Scores"]
    blank = sheet.cell(row_of(sheet, UNITS[2]), 7)
    assert (blank.value, blank.number_format) == (0, '0.00"*"')
    assert sheet.cell(row_of(sheet, UNITS[0]), 7).number_format == "0.00"


def test_full_marks_that_differ_are_said_to(tmp_path: Path) -> None:
    full = {
        **OUTCOME.sheet.full,
        "rights.talk": Column.numbers([4, 2, 4, Decimal("2.5"), 4, 4]),
        "extra.honours": Column.of(Decimal("2.5")).spread(6),
    }
    found = rows(changed(tmp_path, sheet=replace(OUTCOME.sheet, full=full))["Scores"])
    assert found[5][6:8] == ["varies", 2.5]


def test_criteria_of_no_section_stand_under_others(tmp_path: Path) -> None:
    tracks = tuple(
        replace(t, standard=replace(t.standard, criteria=tuple(replace(c, section="") for c in t.standard.criteria)))
        for t in OUTCOME.plan.tracks
    )
    found = rows(changed(tmp_path, plan=replace(OUTCOME.plan, tracks=tracks))["Scores"])
    assert found[2][4:] == ["others", None, None, None, None]


def test_scores_without_totals_and_full_marks_of_one_track(tmp_path: Path) -> None:
    plan = replace(OUTCOME.plan, tracks=OUTCOME.plan.tracks[:1])
    found = rows(changed(tmp_path, plan=plan, standings=replace(OUTCOME.standings, figures={}))["Scores"])
    assert found[4][:3] == ["category", "rank", "unit"]
    assert found[5][0] == "full marks"


def test_many_criteria_go_over_several_pages_with_the_names_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_paper, "FULL_WIDTH", 70)
    found = written(OUTCOME, tmp_path)["Scores"]
    assert [b.id for b in found.col_breaks.brk] == [7]
    assert found.print_title_cols == "$A:$D"
    assert "A1:G1" in {r.coord for r in found.merged_cells.ranges}
    assert found.page_setup.fitToWidth == 2


@pytest.mark.parametrize(
    ("groups", "starts"),
    [([], []), ([2, 2], []), ([6, 6], [8]), ([3, 12], [5, 13]), ([18], [10, 18]), ([1, 17], [3, 11, 19]), ([8, 1], [10])],
)
def test_pages_begin_with_sections_and_a_section_too_wide_for_one_is_cut(groups: list[int], starts: list[int]) -> None:
    widths = [20.0, 20.0, *[20.0] * sum(groups)]
    assert workbook_paper.page_starts(widths, 2, groups) == starts


# -------------------------------------------------------------------- points lost


def lost(book: Any) -> dict[tuple[str, str], list[Any]]:
    return {(row[0], row[1]): row[2:] for row in rows(book["Points lost"])[2:]}


def test_each_loss_is_told_with_its_clause_value_and_cell(book: Any) -> None:
    found = lost(book)
    assert found[UNITS[0], "1.1"] == [
        "入会率",
        5,
        2.5,
        2.5,
        "part of the full marks: 入会率达到90%,每少2%扣0.5分,扣完为止",
        "80%",
        "企业.xlsx 自评表 C4、D4",
    ]
    assert found[UNITS[3], "3.2"][:5] == ["投诉扣分", "—", -2, 2, "points taken away: 每件扣1分"]
    assert found[UNITS[4], "2.1"] == ["集体合同签订率", 6, "—", "—", "invalid, to be corrected: 按签订率计分", None, "企业.xlsx 自评表 G8"]
    assert found[UNITS[2], "2.2"][3:] == [
        4,
        "not submitted, counted as 0: 评委平均分",
        None,
        "a/教育局.json\n/rights/talk/评委1、/rights/talk/评委2",
    ]


def test_gates_that_fired_or_are_open_are_told(book: Any) -> None:
    found = lost(book)
    assert found[UNITS[3], "1.0"][1:5] == ["—", "—", "—", "the gate fired, not awarded: 未依法选举不得授予"]
    assert found[UNITS[4], "1.0"][4] == "the gate cannot be decided: 未依法选举不得授予"
    assert (UNITS[0], "1.0") not in found


def test_what_cost_nothing_is_not_told(book: Any) -> None:
    found = lost(book)
    assert (UNITS[0], "3.1") not in found
    assert (UNITS[1], "1.1") not in found
    assert (UNITS[4], "3.1") not in found


def test_personal_values_are_not_shown(book: Any) -> None:
    assert lost(book)[UNITS[3], "3.2"][5] == "personal data, not shown"


def test_values_are_shown_with_their_unit_and_truths_in_words(tmp_path: Path) -> None:
    values = {
        "organisation.membership": Column("number", Column.numbers([80, None, 0, 0, 0, 0]).values, None, "人"),
        "rights.contracts": Column.truths([True, False, False, False, False, False]),
    }
    found = lost(changed(tmp_path, sheet=replace(OUTCOME.sheet, values=values)))
    assert found[UNITS[0], "1.1"][5] == "80 人"
    assert found[UNITS[0], "2.1"][5] == "yes"
    assert found[UNITS[0], "2.2"][5] is None


def test_a_bonus_that_is_invalid_is_told_and_a_reason_without_wording_too(tmp_path: Path) -> None:
    reasons = {**OUTCOME.sheet.reasons, "extra.honours": np.full(6, Reason.INVALID, dtype=np.uint8)}
    assert lost(changed(tmp_path, sheet=replace(OUTCOME.sheet, reasons=reasons)))[UNITS[1], "3.1"][4] == "invalid, to be corrected"


def test_rows_beyond_what_a_sheet_holds_are_said_to_be_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_losses, "MOST_ROWS", 3)
    monkeypatch.setattr(workbook_notes, "MOST_PROBLEMS", 1)
    found = written(OUTCOME, tmp_path)
    assert rows(found["Points lost"])[1][0].startswith("12 more rows")
    assert rows(found["Problems"])[1][0].startswith("2 more rows")
    assert rows(found["Problems"])[3][:2] == ["error", UNITS[4]]
    assert len(rows(found["Points lost"])) == 6


def test_rows_written_in_blocks_are_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (("a", 1), ("b", 4), ("c", 512)):
        monkeypatch.setattr(workbook_losses, "BLOCK", size)
        monkeypatch.setattr(workbook_details, "BLOCK", size)
        (tmp_path / name).mkdir()
        workbook.write(OUTCOME, tmp_path / name)
    assert len({(tmp_path / name / "ranking.xlsx").read_bytes() for name in "abc"}) == 1


def test_the_gravest_problems_are_listed_and_those_that_tie_stand_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = [
        Problem(s, T("{n}", n=n), T("a"), u) for s, u, n in [("repair", "a", 9), ("error", "b", 5), ("error", "b", 4), ("error", "b", 3)]
    ]
    monkeypatch.setattr(workbook_notes, "MOST_PROBLEMS", 2)
    found = rows(changed(tmp_path, problems=tuple(told))["Problems"])
    assert [row[6] for row in found[3:]] == ["3", "4"]
    assert found[1][0] == "2 more rows are in the table of problems beside this file."


def test_figures_of_very_many_groups_are_told_of_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_notes, "MOST_FIGURES", 2)
    groups = [{"group": [str(i)], "n": 1, "value": "1"} for i in range(5)]
    told = notes(changed(tmp_path, population={"x": {"title": "x", "over": "mean", "groups": groups}}))["figures of the population"]
    assert told == "x, 0: 1 (1 units)\nx, 1: 1 (1 units)\n3 more are in run.json beside this file."


# -------------------------------------------------------------------- problems and notes


def test_problems_are_listed_with_the_titles_of_fields(book: Any) -> None:
    found = rows(book["Problems"])
    assert found[1] == ["severity", "unit", "file", "sheet", "cell", "field", "problem", "what to do"]
    assert found[2] == ["error", UNITS[4], "企业.xlsx", "自评表", "G8", "合同签订率", "“=九成” is no number", "write a number"]


def test_text_too_long_for_a_cell_is_cut_and_strange_letters_are_replaced(tmp_path: Path) -> None:
    for told, length in (("长" * 40_000, 32_000), ("\ud800", 1)):
        found = rows(changed(tmp_path, problems=(Problem("error", T("{text}", text=told), T("a")),))["Problems"])
        assert len(found[2][6]) == length


def notes(book: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    last = ""
    for head, text in rows(book["Notes"])[1:]:
        last = head or last
        found[last] = f"{found[last]}\n{text}" if last in found else text
    return found


def test_the_notes_tell_how_the_figures_are_to_be_read(book: Any) -> None:
    found = notes(book)
    assert found["standard"].startswith("职工之家考核标准, small-home version 2026.1; digest ")
    assert found["notice"] == "企业: 1 seats; 机关: 1 seats"
    assert found["rounding"] == "criteria: 2 digits, half up; the total: 2 digits, half up"
    assert "counted as 0" in found["gaps"]
    assert found["levels"] == "模范 ≥ 13.5, 合格 ≥ 9"
    assert "入会率 (higher first)" in found["ties"]
    assert found["gates"] == "1.0 主席依法选举产生（未依法选举不得授予） → not awarded"
    assert found["figures of the population"] == "mean rate, all units: 0.925 (4 units)"
    assert found["our own reading"] == "折算的办法是本工具的理解。"
    assert found["notes of the standard"] == "百分率填92.28或92.28%均可。"
    assert found["sources"] == "S01 评分细则 https://example.org/1"
    assert "caps" not in found


def test_the_notes_tell_of_groups_and_of_what_counts_only_once(tmp_path: Path) -> None:
    plan = OUTCOME.plan
    caps = {
        "deduction": {"take": "largest"},
        "bonus": {"cap": 5, "take": "all"},
        "groups": {"g": {"title": "荣誉", "plus": 3, "minus": 2, "cap": 9}, "h": {"cap": 4, "take": "largest"}, "i": {"plus": 1, "cap": 2}},
    }
    frame = {**plan.rubric.frame, "caps": caps, "total": {"cap": 120}}
    rubric = replace(plan.rubric, document={**plan.rubric.document, "x-rubric": frame})
    base = replace(plan.base, total=replace(plan.base.total, print=1))
    found = notes(changed(tmp_path, plan=replace(plan, rubric=rubric, base=base)))
    assert found["caps"].split("; ") == [
        "bonus in all at most 5",
        "deductions: only the largest counts",
        "total at most 120",
        "group 荣誉: bonuses at most 3",
        "group 荣誉: deductions at most 2",
        "group h at most 4",
        "group h: only the largest counts",
        "group i at most 2",
        "group i: bonuses at most 1",
    ]
    assert found["rounding"].endswith("on this paper the total stands with 1 digits; ranks and levels go by the whole figure")


def test_fewer_digits_on_paper_are_rounded_once_and_half_up(tmp_path: Path) -> None:
    plan = OUTCOME.plan
    sections = tuple(replace(s, print=0) for s in plan.sections)
    base = replace(plan.base, total=replace(plan.base.total, print=1))
    sheet = changed(tmp_path, plan=replace(plan, base=base, sections=sections))["Ranking-企业"]
    (tmp_path / "before").mkdir()
    before = written(OUTCOME, tmp_path / "before")["Ranking-企业"]
    assert (sheet["C6"].number_format, sheet["E6"].number_format) == ("0.0", "0")
    assert (before["C6"].value, sheet["C6"].value) == (14.67, 14.7)
    assert [row[0] for row in rows(sheet)] == [row[0] for row in rows(before)]


def test_the_notes_of_a_richer_standard(tmp_path: Path) -> None:
    plan = OUTCOME.plan
    [gate] = plan.gates
    effects = [
        ("zero", "rights"),
        ("level at most", "qualified"),
        ("level is", "none"),
        ("zero total", ""),
        ("not ranked", ""),
        ("odd", ""),
    ]
    gates = tuple(replace(gate, wording="", effects=((e, t),)) for e, t in effects)
    frame = {
        **plan.rubric.frame,
        "caps": {"bonus": Decimal("2.50"), "total": 110, "groups": {"honours": 3}},
        "rounding": {"total": {"decimals": 1, "mode": "floor"}, "record": {"decimals": 3, "mode": "odd"}},
        "missing": "leave-out",
    }
    rubric = replace(plan.rubric, document={**plan.rubric.document, "x-rubric": frame})
    steep = (LevelSpec("model", "模范", "#", at_least=14, condition="x"), LevelSpec("seen", "见过", "#"))
    shared = replace(plan.tracks[0], rankings=(replace(plan.tracks[0].rankings[0], ties=()),))
    tracks = (shared, replace(plan.tracks[1], standard=replace(plan.tracks[1].standard, levels=steep)))
    base = replace(plan.base, period={})
    only = Notice("small-home", assess_only_categories=frozenset({"机关"}), period={"end": "2026-12-31"})
    groups = [{"group": ["企业"], "n": 3, "value": "1/3"}, {"group": ["机关"], "n": 0}]
    places = {"title": "place", "over": "rank", "groups": [{"group": [], "n": 2, "values": [["5", 1], ["4", 1]]}]}
    population = {"rate": {"title": "rate", "over": "mean", "groups": groups}, "p": places}
    found = notes(
        changed(tmp_path, plan=replace(plan, gates=gates, rubric=rubric, tracks=tracks, base=base), notice=only, population=population)
    )
    assert found["gates"].split(" → ")[1:] == [
        "“维护职能” becomes 0\n1.0 主席依法选举产生",
        "level at most 合格\n1.0 主席依法选举产生",
        "the level is 未达标\n1.0 主席依法选举产生",
        "the total becomes 0\n1.0 主席依法选举产生",
        "not ranked\n1.0 主席依法选举产生",
        "odd",
    ]
    assert found["caps"] == "bonus in all at most 2.50; total at most 110; group honours at most 3"
    assert found["rounding"] == "the total: 1 digits, down; records: 3 digits, odd"
    assert found["gaps"].startswith("unless an item says otherwise: not submitted — left out")
    assert found["levels"] == "企业: 模范 ≥ 13.5, 合格 ≥ 9\n机关: 模范 ≥ 14 and its further conditions, 见过"
    assert found["ties"].startswith("equal totals share a place")
    assert found["notice"] == "机关: assessed only"
    assert (
        found["figures of the population"]
        == "rate, 企业: 0.3333333333 (3 units)\nrate, 机关: — (0 units)\nplace, all units: 2 units compared"
    )
    assert "period" not in found


def test_in_chinese_every_word_is_chinese(tmp_path: Path) -> None:
    found = written(small_outcome("zh"), tmp_path)
    if words.say(T("Ranking"), "zh") == "Ranking":
        pytest.skip("the catalogue was not compiled")
    assert found.sheetnames == ["排名表-企业", "排名表-机关", "得分明细", "扣分说明", "问题清单", "说明"]
    assert rows(found["扣分说明"])[1] == ["单位", "条款号", "考核内容", "满分", "得分", "扣分", "原因", "填报值", "出处"]


def test_it_offers_its_exporter() -> None:
    assert [(e.name, e.formats) for e in workbook.scorekit_exporters()] == [("workbook", ("csv", "parquet"))]


def test_only_sections_of_the_first_level_stand_in_the_ranking(tmp_path: Path) -> None:
    inner = replace(OUTCOME.plan.sections[2], parent="rights")
    found = changed(tmp_path, plan=replace(OUTCOME.plan, sections=(*OUTCOME.plan.sections[:2], inner)))
    assert rows(found["Ranking-企业"])[4][2:6] == ["total", "组织建设", "维护职能", "bonus"]


def test_figures_that_a_rubric_puts_out_are_columns_of_the_ranking(tmp_path: Path) -> None:
    shape = {
        "a": criterion(points=100),
        "x": {"title": "三分之一", "x-derive": {"formula": "a / 3", "output": True, "print": {"decimals": 1}}},
        "y": {"title": "占比", "x-unit": "percent", "x-derive": {"formula": "a / 100", "rounding": {"decimals": 2}, "output": True}},
    }
    sheet = written(outcome_of(shape, {"a": [50]}), tmp_path).worksheets[0]
    heads = rows(sheet)[row_of(sheet, "三分之一") - 1]
    unit = rows(sheet)[row_of(sheet, "U1") - 1]
    assert unit[heads.index("三分之一")] == pytest.approx(16.7)
    assert unit[heads.index("占比（%）")] == pytest.approx(50.0)


def test_people_read_durations_in_minutes_and_seconds_and_programs_in_seconds() -> None:
    from scorekit_plugins.exporters.wording import value_texts

    from scorekit.plugin import Column

    lap = Column("number", Column.numbers([185, None]).values, Column.numbers([185, None]).why, "duration")
    assert value_texts(lap, [0, 1], clocked=True) == ["3:05", ""]
    assert value_texts(lap, [0, 1]) == ["185", ""]
