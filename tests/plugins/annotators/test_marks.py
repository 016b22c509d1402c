"""Where marks are put, what they look like, and that they come off again."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Border, PatternFill, Side
from scorekit_plugins.annotators.marks import mark, placed, show_whole, unmark

from .returning import finding, head


@pytest.fixture
def book() -> Any:
    made = Workbook()
    made.active.title = "表"
    for row in (
        ["自评表"],
        ["单位", "评委打分", None, "经费（万元）"],
        ["单位名称", "评委1", "评委2", None],
        ["甲", "88", 90, 2],
        ["乙", 87, 91, 3],
    ):
        made.active.append(row)
    return made


def at(book: Any, *findings: Any) -> list[str]:
    return [address for _, address in placed(book, findings).places]


def sides(cell: Any) -> list[str]:
    return [n for n in ("left", "right", "top", "bottom") if getattr(cell.border, n).style == "thick"]


def test_a_finding_stands_at_its_cell_in_a_merged_one_at_the_first(book: Any) -> None:
    book["表"].merge_cells("C4:D5")
    assert at(book, finding("B4"), finding("D5"), finding("C4:D5"), finding("A9")) == ["B4", "C4", "C4", "A9"]


@pytest.mark.parametrize("cell", ["", "/members", "/3/members", "b4", "B0", "4"])
def test_what_is_no_cell_has_none(book: Any, cell: str) -> None:
    assert at(book, finding(cell)) == [""]


def test_a_sheet_that_is_not_there_has_no_cells(book: Any) -> None:
    assert at(book, finding("B4", sheet="别的表"), finding("B4", sheet="")) == ["", ""]


@pytest.mark.parametrize(
    ("words", "column", "above", "found"),
    [
        (("评委1",), "B", 4, "B3"),
        (("别的词",), "B", 4, "B3"),
        (("经费",), "D", 4, "D2"),
        (("别的词",), "D", 4, "D2"),
        (("评委2",), "", 4, "C3"),
        (("单位",), "", 4, "A2"),
        (("评委2",), "", 0, "C3"),
        (("别的词",), "", 4, ""),
        (("评委1",), "F", 4, ""),
        (("88",), "", 4, ""),
    ],
)
def test_the_head_of_a_column_is_found_by_its_words_above_the_units(
    book: Any, words: tuple[str, ...], column: str, above: int, found: str
) -> None:
    assert at(book, finding("", head=head(*words, column=column, above=above))) == [found]


def test_looking_for_a_head_makes_no_cell_anew_that_holds_anything(book: Any) -> None:
    before = {a: c.value for a, c in book["表"]._cells.items()}
    at(book, finding("", head=head("无", column="F", above=4)), finding("", head=head("无")))
    assert {a: c.value for a, c in book["表"]._cells.items() if c.value is not None} == {a: v for a, v in before.items() if v is not None}


def test_repairs_are_placed_but_not_marked(book: Any) -> None:
    found = placed(book, [finding("B4", "repair"), finding("C4", "warning")])
    assert [p for _, p in found.places] == ["B4", "C4"]
    assert list(found.cells) == [("表", "C4")]


def test_errors_and_warnings_are_told_apart_without_colours(book: Any) -> None:
    mark(book, placed(book, [finding("B4"), finding("C4", "warning")]).cells, "zh")
    sheet = book["表"]
    assert (sheet["B4"].border.left.style, sheet["C4"].border.left.style) == ("thick", "mediumDashed")
    assert sheet["B4"].fill.fgColor.rgb != sheet["C4"].fill.fgColor.rgb


def test_several_problems_of_a_cell_are_one_mark_with_one_comment_each_thing_once(book: Any) -> None:
    mark(book, placed(book, [finding("B4", "warning", what="甲"), finding("B4", what="乙"), finding("B4", what="乙")]).cells, "zh")
    comment = book["表"]["B4"].comment
    assert comment.text == "【警告】甲\n怎样改：请填写数\n――――\n【错误】乙\n怎样改：请填写数"
    assert comment.author == "scorekit"
    assert book["表"]["B4"].border.left.style == "thick"


def test_a_comment_has_a_box_that_shows_all_of_it(book: Any) -> None:
    mark(book, placed(book, [finding("B4"), finding("C4", what="很长" * 200)]).cells, "zh")
    short, long = book["表"]["B4"].comment, book["表"]["C4"].comment
    assert short.height < long.height
    assert long.height >= 20 * 17


def test_a_merged_cell_is_framed_as_one(book: Any) -> None:
    sheet = book["表"]
    sheet.merge_cells("C4:D5")
    mark(book, placed(book, [finding("D5")]).cells, "zh")
    assert [sides(sheet[a]) for a in ("C4", "D4", "C5", "D5")] == [
        ["left", "top"],
        ["right", "top"],
        ["left", "bottom"],
        ["right", "bottom"],
    ]
    assert sheet["C4"].comment is not None


def test_text_that_could_break_a_package_is_cleaned(book: Any) -> None:
    mark(book, placed(book, [finding("B4", what="a\x00b\ud800=1+1")]).cells, "zh")
    assert "a�b�=1+1" in book["表"]["B4"].comment.text


def test_marks_come_off_and_leave_what_the_neighbours_have(book: Any) -> None:
    sheet = book["表"]
    line = Border(left=Side(style="thin"), bottom=Side(style="thin"))
    for address in ("A4", "B4", "C4", "D4"):
        sheet[address].border, sheet[address].fill = line, PatternFill("solid", fgColor="FFEEEEEE")
    mark(book, placed(book, [finding("B4"), finding("C4", "warning")]).cells, "zh")
    unmark(book)
    for address in ("A4", "B4", "C4", "D4"):
        own = sheet[address]
        assert (own.border.left.style, getattr(own.border.top, "style", None), own.fill.fgColor.rgb) == ("thin", None, "FFEEEEEE")
    assert [c for row in sheet.iter_rows() for c in row if c.comment] == []


def test_the_senders_own_red_cells_and_comments_stay(book: Any) -> None:
    sheet = book["表"]
    sheet["B4"].fill = PatternFill("solid", fgColor="FFFFC7CE")
    sheet["B4"].comment = Comment("改过", "发表单位")
    sheet["C4"].border = Border(left=Side(style="thick", color="FFC00000"))
    unmark(book)
    assert sheet["B4"].fill.fgColor.rgb == "FFFFC7CE"
    assert sheet["B4"].comment.text == "改过"
    assert sheet["C4"].border.left.style == "thick"


def test_the_senders_own_comments_are_shown_whole(book: Any) -> None:
    book["表"]["B4"].comment = Comment("说明" * 100, "发表单位")
    show_whole(book)
    assert book["表"]["B4"].comment.height > 150
