"""The workbook of a draft comes back: what a person took counts, at its cell."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from scorekit_plugins.drafters.workbook import render
from scorekit_plugins.readers import workbook

from scorekit.domain.drafts import Blank, Draft, Proposal, Spot
from scorekit.plugin import ReadRequest, SourceFile, Unreadable

FIELDS = ("unit", "category", "a.n", "a.rate", "a.held")
BLANKS = tuple(Blank(f, f"题{f}") for f in FIELDS)
VALUES = {"unit": "甲工会", "a.n": 12, "a.rate": Decimal("95.5"), "a.held": True}
DRAFT = Draft(
    "r", "标准", "1", "d", "总结.docx", "s", BLANKS,
    {f: (Proposal(f, f, v, str(v), "句子。", Spot(paragraph=1), "high"),) for f, v in VALUES.items()},
    (Proposal("x", "别的", 3, "3", "句。", Spot(paragraph=1), "high"),),
)  # fmt: skip
ROW = {f: i for i, f in enumerate(FIELDS, 6)}


def filled(path, answers=(), lang="zh", change=None, **instead):
    """The draft at *path* with answers by field, values entered instead, and whatever else *change* does to the book."""
    book = openpyxl.load_workbook(io.BytesIO(render(DRAFT, lang)))
    sheet = book.worksheets[0]
    for field, answer in dict(answers).items():
        sheet.cell(ROW[field], 4).value = answer
    for field, value in instead.items():
        sheet.cell(ROW[field.replace("_", ".")], 5).value = value
    if change is not None:
        change(book)
    book.save(path)
    return path


def read(path):
    return list(workbook.read([SourceFile(path, path.name)], ReadRequest(headers=frozenset({"题unit"}))))


def only(path):
    [table] = read(path)
    return table


def given(table):
    return {k: v[0] for k, v in table.columns.items() if v[0] is not None}


def test_an_untouched_draft_gives_nothing_and_is_an_error(tmp_path):
    table = only(filled(tmp_path / "d.xlsx"))
    assert given(table) == {}
    assert table.beside["draft"][0] == "4 0 总结.docx"
    assert [p.severity for p in table.problems] == ["error"]
    assert table.rubric == "r"


def test_what_was_taken_counts_at_its_cell(tmp_path):
    table = only(filled(tmp_path / "d.xlsx", {"unit": "是", "a.n": "是", "a.rate": "否"}, category="乡镇"))
    assert given(table) == {"unit": "甲工会", "a.n": 12, "category": "乡镇"}
    assert {f: o[0].text for f, o in table.elsewhere.items() if f in given(table)} == {
        "unit": "d.xlsx#核对!C6",
        "a.n": "d.xlsx#核对!C8",
        "category": "d.xlsx#核对!E7",
    }
    assert table.beside["draft"][0] == "1 4 总结.docx"
    assert [p.severity for p in table.problems] == ["warning"]


def test_every_kind_of_value_comes_back_as_it_was_proposed(tmp_path):
    table = only(filled(tmp_path / "d.xlsx", dict.fromkeys(VALUES, "是")))
    assert given(table) == {"unit": "甲工会", "a.n": 12, "a.rate": 95.5, "a.held": "是"}
    assert table.problems == ()


@pytest.mark.parametrize("yes", ["是", "yes", "Y", "√", "采用", " 是 ", True, 1])
def test_yes_in_the_ways_in_which_people_say_it(tmp_path, yes):
    assert given(only(filled(tmp_path / "d.xlsx", {"a.n": yes}))) == {"a.n": 12}


@pytest.mark.parametrize("no", ["否", "no", "×", "不采用", False, 0])
def test_no_in_the_ways_in_which_people_say_it(tmp_path, no):
    table = only(filled(tmp_path / "d.xlsx", {"a.n": no}))
    assert given(table) == {}
    assert table.beside["draft"][0] == "3 1 总结.docx"


@pytest.mark.parametrize("other", ["也许", "待核", 2, datetime.date(2026, 1, 1), "=1=1"])
def test_anything_else_takes_nothing_and_is_reported_at_its_cell(tmp_path, other):
    table = only(filled(tmp_path / "d.xlsx", {"a.n": other, "unit": "是"}))
    assert given(table) == {"unit": "甲工会"}
    assert ("error", "D8") in [(p.severity, p.cell) for p in table.problems]


def test_a_value_entered_instead_counts_and_one_beside_a_yes_is_refused(tmp_path):
    assert given(only(filled(tmp_path / "d.xlsx", {"a.n": "否"}, a_n=15))) == {"a.n": 15}
    assert given(only(filled(tmp_path / "e.xlsx", a_n=15))) == {"a.n": 15}
    assert isinstance(given(only(filled(tmp_path / "f.xlsx", {"a.n": "是"}, a_n=15)))["a.n"], Unreadable)


def test_a_yes_where_nothing_is_proposed_is_reported(tmp_path):
    table = only(filled(tmp_path / "d.xlsx", {"category": "是"}))
    assert "no proposal here to take" in str(table.problems[0].what)


def test_a_formula_is_never_taken(tmp_path):
    def change(book):
        book.worksheets[0]["C8"] = "=6+6"
        book.worksheets[0]["E7"] = "=A1"

    found = given(only(filled(tmp_path / "d.xlsx", {"a.n": "是"}, change=change)))
    assert isinstance(found["a.n"], Unreadable)
    assert isinstance(found["category"], Unreadable)


def test_a_row_without_its_code_is_reported_if_anything_was_entered(tmp_path):
    def change(book):
        book.worksheets[0]["K8"] = None
        book.worksheets[0]["K9"] = None

    table = only(filled(tmp_path / "d.xlsx", {"a.n": "是"}, change=change))
    assert [p.cell for p in table.problems if "code of the field" in str(p.what)] == ["K8"]


def test_a_row_twice_is_refused(tmp_path):
    def change(book):
        sheet = book.worksheets[0]
        for column in range(1, 12):
            sheet.cell(11, column).value = sheet.cell(8, column).value
        sheet["C11"] = 13

    assert isinstance(given(only(filled(tmp_path / "d.xlsx", {"a.n": "是"}, change=change)))["a.n"], Unreadable)


def test_it_is_known_by_its_columns_where_its_properties_are_gone(tmp_path):
    def change(book):
        for name in [p.name for p in book.custom_doc_props]:
            del book.custom_doc_props[name]

    table = only(filled(tmp_path / "d.xlsx", {"a.n": "是"}, change=change))
    assert given(table) == {"a.n": 12}
    assert table.rubric == "r"


def test_columns_may_be_moved_and_rows_sorted(tmp_path):
    def change(book):
        sheet = book.worksheets[0]
        cells = [[c.value for c in row] for row in sheet.iter_rows(min_row=5)]
        head, *rest = [[row[-1], *row[:-1]] for row in cells]
        for r, row in enumerate([head, *reversed(rest)], 5):
            for c, value in enumerate(row, 1):
                sheet.cell(r, c).value = value

    assert given(only(filled(tmp_path / "d.xlsx", {"a.n": "是"}, change=change))) == {"a.n": 12}


def test_an_english_draft_reads_the_same(tmp_path):
    assert given(only(filled(tmp_path / "d.xlsx", {"a.n": "yes"}, lang="en"))) == {"a.n": 12}


def test_a_draft_whose_sheet_is_gone_says_so(tmp_path):
    def change(book):
        del book["核对"]

    [table] = read(filled(tmp_path / "d.xlsx", change=change))
    assert "the sheet to confirm is not in it" in str(table.problems[0].what)


def test_an_ordinary_workbook_is_no_draft(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["题unit", "采用"])
    book.active.append(["甲", "是"])
    book.save(tmp_path / "d.xlsx")
    assert all(not t.beside for t in read(tmp_path / "d.xlsx"))
