"""What a spreadsheet checks: dropdowns of any length, bounds, words beside numbers, messages in Chinese."""

from __future__ import annotations

from decimal import Decimal

import pytest
from openpyxl import Workbook
from scorekit_plugins.forms.checks import Checks

from scorekit.plugin import Ask


def checked(*ranges, lang="zh"):
    book = Workbook()
    checks = Checks(book, lang)
    checks.on(book.worksheets[0], ranges)
    return book, book.worksheets[0].data_validations.dataValidation


@pytest.mark.parametrize(
    ("ask", "rule"),
    [
        (Ask("number", least=0, most=100), ("decimal", "between", "0", "100")),
        (Ask("whole", least=0), ("whole", "greaterThanOrEqual", "0", None)),
        (Ask("number", least=0, beyond=frozenset({"least"})), ("decimal", "greaterThan", "0", None)),
        (Ask("number", most=Decimal("9.50"), beyond=frozenset({"most"})), ("decimal", "lessThan", "9.5", None)),
        (Ask("number"), ("decimal", "between", "-1000000000000000", "1000000000000000")),
        (Ask("number", least=50, most=100, loose=True), ("decimal", "between", "0.5", "100")),
        (Ask("text", least=2, most=30), ("textLength", "between", "2", "30")),
        (Ask("text", most=30), ("textLength", "lessThanOrEqual", "30", None)),
        (Ask("text"), (None, None, None, None)),
        (Ask("date"), ("date", "greaterThan", "1", None)),
    ],
)
def test_a_cell_is_checked_by_what_is_asked_for(ask, rule):
    _, [found] = checked(("G5", ask))
    assert (found.type, found.operator, found.formula1, found.formula2) == rule


def test_words_that_stand_for_no_value_are_taken_beside_numbers():
    _, [found] = checked(("G5:G9", Ask("whole", least=0, most=9, words=("不适用", '"'))))
    assert found.formula1 == 'IF(ISNUMBER(G5),AND(TRUE,G5=INT(G5),G5>=0,G5<=9),OR(G5="不适用",G5=""""))'


def test_a_check_that_no_program_could_hold_is_left_to_the_reader():
    _, [found] = checked(("G5", Ask("number", words=tuple(f"不适用的第{i}种情形" for i in range(40)))))
    assert found.type is None


@pytest.mark.parametrize("count", [2, 60, 2000])
def test_options_stand_on_a_hidden_sheet_so_that_no_list_is_too_long(count):
    options = tuple(f"=第{i}片区,联合工会" for i in range(count))
    book, [found] = checked(("B2", Ask("choice", choices=options, words=("—",))))
    sheet = book["选项"]
    assert (found.type, found.formula1, sheet.sheet_state) == ("list", "scorekit_options_1", "hidden")
    assert book.defined_names["scorekit_options_1"].attr_text == f"选项!$B$1:$B${count + 1}"
    assert [c.value for c in sheet["B"][: count + 1]] == [*options, "—"]
    assert {c.data_type for c in sheet["B"]} == {"s"}


def test_numbers_to_choose_from_stay_numbers_and_like_lists_stand_once():
    book, found = checked(("B2", Ask("choice", choices=(1, 2))), ("B9", Ask("choice", choices=(1, 2))))
    assert [c.value for c in book["选项"]["B"][:2]] == [1, 2]
    assert len(found) == 1
    assert str(found[0].sqref) == "B2 B9"


def test_messages_are_chinese_and_as_short_as_programs_allow():
    _, [found] = checked(("B2", Ask("number", asks="很长" * 300)))
    assert (found.errorTitle, found.promptTitle, found.error[:3]) == ("填写内容不符合要求", "填写要求", "请填：")
    assert max(len(found.error), len(found.prompt)) <= 255
    assert found.showErrorMessage
    assert found.allow_blank
