"""The form of one unit as it comes back: read by codes and heads, whatever was done to its rows, columns and properties."""

from __future__ import annotations

import datetime

import pytest
from openpyxl import load_workbook
from scorekit_plugins.forms.workbook import workbook as written
from scorekit_plugins.readers import workbook

from scorekit.catalogue import discover
from scorekit.compiling import compile_plan
from scorekit.compiling.form import form
from scorekit.domain.intake import Unreadable
from scorekit.domain.rubric import Rubric
from scorekit.stages.validate import header_words
from scorekit.words import say
from tests.intake import problems_of, read_with

CATALOGUE = discover(third_party=False)
MARK = {"points": 5, "rule": {"mark": {}}, "reading": "示例"}
DOCUMENT = {
    "title": "试评标准",
    "type": "object",
    "properties": {
        "unit": {"type": "string", "title": "单位名称"},
        "members": {"type": "integer", "title": "会员人数", "x-unit": "人"},
        "rate": {"type": "number", "title": "入会率", "x-unit": "percent", "x-criterion": {**MARK, "no": "1"}},
        "twice": {"x-derive": "members * 2", "title": "加倍", "x-criterion": {**MARK, "rule": {"mark": {"of": "twice"}}}},
        "list": {
            "type": "array",
            "title": "荣誉",
            "items": {"type": "object", "properties": {"name": {"type": "string", "title": "奖项"}}},
        },
    },
    "x-rubric": {"language": 1, "id": "trial", "version": "1"},
}
PLAN = compile_plan(Rubric("trial", "1", "试评标准", DOCUMENT, "r.json"), CATALOGUE)
VALUE, OWN, CODE = "E", "F", "H"
ROWS = {"unit": 6, "members": 7, "list": 8, "rate": 9, "twice": 10}


def blank(path):
    path.write_bytes(written(form(PLAN, "unit", "zh")))
    book = load_workbook(path)
    return book, book["申报表"]


def read(path):
    return read_with(workbook, path, headers=header_words(PLAN))


@pytest.fixture
def sheet(tmp_path):
    book, found = blank(tmp_path / "甲.xlsx")
    head = {c.value: c.column_letter for c in found[5]} if found["A5"].value == "条款号" else {c.value: c.column_letter for c in found[4]}
    heads = next(row for row in found.iter_rows() if any(c.value == "代号" for c in row))
    at = {c.value: c.column_letter for c in heads}
    rows = {c.value: c.row for c in found[at["代号"]] if c.value and c.row > heads[0].row}
    assert head is not None

    class Filled:
        book_, sheet_, cells, head_row = book, found, at, heads[0].row

        def put(self, code, value, column="填报值"):
            found[f"{at[column]}{rows[code]}"].value = value
            return f"{at[column]}{rows[code]}"

        def row(self, code):
            return rows[code]

        def tables(self):
            book.save(tmp_path / "甲.xlsx")
            return read(tmp_path / "甲.xlsx")

    filled = Filled()
    filled.put("unit", "甲工会")
    return filled


def columns(tables):
    return {name: cells[0] for name, cells in tables[0].columns.items()}


def test_values_come_by_code_each_with_its_own_cell(sheet):
    cell = sheet.put("members", 120)
    [main, _] = tables = sheet.tables()
    assert columns(tables)["members"] == 120
    assert main.elsewhere["members"][0].text == f"甲.xlsx#申报表!{cell}"
    assert (len(main), main.rubric, main.beside["form"][0], main.beside["edition"][0]) == (1, "trial", "unit", "1")


def test_a_blank_cell_has_its_place_too(sheet):
    [main, _] = sheet.tables()
    assert columns([main])["members"] is None
    assert main.elsewhere["members"][0].cell.endswith(str(sheet.row("members")))


def test_what_is_computed_or_stands_on_its_own_sheet_is_not_read(sheet):
    assert "twice" not in columns(sheet.tables())
    assert "list" not in columns(sheet.tables())


def test_own_scores_come_beside_the_values(sheet):
    cell = sheet.put("rate", 4.5, "自评分")
    [main, _] = sheet.tables()
    assert main.columns["own:rate"] == [4.5]
    assert main.elsewhere["own:rate"][0].cell == cell


def test_the_own_score_of_a_computed_item_is_read(sheet):
    sheet.put("twice", 3, "自评分")
    assert columns(sheet.tables())["own:twice"] == 3


def test_what_stands_above_the_table_is_said_of_the_table(sheet):
    target = sheet.sheet_
    labels = {c.value: c for row in target.iter_rows(max_row=sheet.head_row) for c in row if c.value}
    target.cell(labels["填报日期："].row, labels["填报日期："].column + 1).value = datetime.date(2026, 7, 30)
    [main, _] = sheet.tables()
    assert (main.beside["sent"][0], main.beside["version"][0]) == ("2026-07-30", "1")


def test_the_signature_is_a_note_and_the_rows_above_are_a_title(sheet):
    said = problems_of(sheet.tables())
    assert any("填表人" in s and "note" in s for s in said)
    assert all(s.startswith("repair") for s in said)


def test_a_form_whose_properties_were_dropped_reads_by_its_small_print(sheet):
    sheet.put("members", 7)
    for name in list(sheet.book_.custom_doc_props.names):
        del sheet.book_.custom_doc_props[name]
    [main, _] = sheet.tables()
    assert (main.columns["members"], main.rubric, len(main.beside["digest"][0])) == ([7], "trial", 16)


def test_without_any_print_it_reads_by_its_heads(sheet):
    sheet.put("members", 7)
    for name in list(sheet.book_.custom_doc_props.names):
        del sheet.book_.custom_doc_props[name]
    for target in sheet.book_.worksheets:
        target["A2"].value = None
    main = sheet.tables()[0]
    assert (main.columns["members"], main.rubric) == ([7], None)


def test_inserted_rows_change_nothing(sheet):
    sheet.put("members", 7)
    sheet.sheet_.insert_rows(sheet.row("members"), 3)
    assert columns(sheet.tables())["members"] == 7


def test_deleted_rows_are_items_that_were_not_handed_in(sheet):
    sheet.put("rate", 90)
    sheet.sheet_.delete_rows(sheet.row("members"))
    found = columns(sheet.tables())
    assert ("members" in found, found["rate"]) == (False, 90)


def test_columns_in_another_order_change_nothing(sheet):
    sheet.put("members", 7)
    sheet.put("rate", 3, "自评分")
    target = sheet.sheet_
    for row in range(sheet.head_row, sheet.row("twice") + 1):
        left, right = target[f"{sheet.cells['填报值']}{row}"], target[f"{sheet.cells['代号']}{row}"]
        left.value, right.value = right.value, left.value
    found = columns(sheet.tables())
    assert (found["members"], found["own:rate"]) == (7, 3)


def test_edited_labels_do_no_harm(sheet):
    sheet.put("members", 7)
    sheet.put("members", "随便改的", "指标")
    assert columns(sheet.tables())["members"] == 7


def test_the_title_beside_a_code_is_handed_on_where_it_is_one(sheet):
    sheet.put("members", 7)
    cell = sheet.put("rate", "会员人数", "指标")
    assert next(t.beside for t in sheet.tables() if "rate" in t.columns)["title:rate"] == ("会员人数", cell)
    sheet.put("rate", "随便改的", "指标")
    assert "title:rate" not in next(t.beside for t in sheet.tables() if "rate" in t.columns)


def test_a_code_that_was_overwritten_falls_back_on_the_title(sheet):
    sheet.put("members", 7)
    sheet.put("members", "xyz", "代号")
    assert columns(sheet.tables())["会员人数"] == 7


def test_neither_code_nor_title_is_an_error_at_the_cell(sheet):
    cell = sheet.put("members", 7)
    sheet.put("members", "xyz", "代号")
    sheet.put("members", "随便改的", "指标")
    tables = sheet.tables()
    assert "members" not in columns(tables)
    assert any(s.startswith(f"error {cell}: the row with the code “xyz”") for s in problems_of(tables))


def test_a_row_that_was_copied_with_another_value_gives_none(sheet):
    sheet.put("members", 7)
    sheet.put("rate", "members", "代号")
    sheet.put("rate", 8)
    assert isinstance(columns(sheet.tables())["members"], Unreadable)


def test_hidden_rows_are_read_and_told(sheet):
    sheet.put("members", 7)
    sheet.sheet_.row_dimensions[sheet.row("members")].hidden = True
    tables = sheet.tables()
    assert columns(tables)["members"] == 7
    assert any("hidden rows" in s for s in problems_of(tables))


def test_a_formula_is_no_value(sheet):
    sheet.put("members", "=1+1")
    assert isinstance(columns(sheet.tables())["members"], Unreadable)


@pytest.mark.parametrize(("entered", "shown"), [(92.28, "General"), ("92.28%", "General"), (0.9228, "0.00%")])
def test_a_percentage_may_be_entered_in_any_way_that_a_program_keeps(sheet, entered, shown, tmp_path):
    from scorekit.evaluation import validate_path
    from scorekit.loading.request import Request

    cell = sheet.put("rate", entered)
    sheet.sheet_[cell].number_format = shown
    sheet.tables()
    found = validate_path(tmp_path / "甲.xlsx", CATALOGUE, Request(rubric=PLAN.rubric)).submissions
    assert [str(v) for v in found.columns["rate"].listed()] == ["2307/2500"]


def test_a_value_over_the_computed_word_goes_on_to_be_refused(sheet):
    sheet.put("twice", 99)
    assert columns(sheet.tables())["twice"] == 99


def test_records_belong_to_the_only_unit_of_the_file(sheet):
    target = sheet.book_["荣誉"]
    head = next(row[0].row for row in target.iter_rows() if row[0].value == "奖项")
    target.cell(head + 1, 1).value = "先进"
    _, records = sheet.tables()
    assert (records.columns["奖项"], records.beside["list"][0]) == (("先进",), "list")


def test_an_empty_form_is_one_problem_and_no_unit(tmp_path):
    blank(tmp_path / "空.xlsx")[0].save(tmp_path / "空.xlsx")
    tables = read(tmp_path / "空.xlsx")
    assert sum(map(len, tables)) == 0
    assert [s for s in problems_of(tables) if s.startswith("error")] == ["error E6: nothing is filled in in this form"] or any(
        "nothing is filled in" in s for s in problems_of(tables)
    )


def test_guidance_and_options_are_no_sheets_to_be_told_of(sheet):
    assert not any("hidden sheets" in s or "without a known header" in s for s in problems_of(sheet.tables()))


def test_a_sheet_that_the_sender_added_is_told_of(sheet):
    sheet.book_.create_sheet("另附")["A1"].value = "说明"
    assert any("另附" in s for s in problems_of(sheet.tables()))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_form_is_read_whatever_language_it_speaks(tmp_path, lang):
    path = tmp_path / "a.xlsx"
    path.write_bytes(written(form(PLAN, "unit", lang)))
    book = load_workbook(path)
    target = book.worksheets[0]
    for row in target.iter_rows():
        if row[-1].value == "unit":
            next(c for c in row if not c.protection.locked).value = "甲"
    book.save(path)
    assert columns(read(path))["unit"] == "甲"
    assert say(read(path)[0].problems[0].what, "zh")


def test_the_rubric_is_named_without_opening_the_workbook(tmp_path):
    from scorekit.domain.intake import SourceFile

    blank(tmp_path / "a.xlsx")
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 docProps/custom.xml no workbook")
    assert workbook.named(SourceFile(tmp_path / "a.xlsx", "a.xlsx")) == "trial"
    assert workbook.named(SourceFile(tmp_path / "b.xlsx", "b.xlsx")) is None
