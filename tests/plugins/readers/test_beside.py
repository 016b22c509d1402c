"""What stands above a table: labels in the same cell or before it, dates in any writing, and what is no label."""

from __future__ import annotations

import datetime

import pytest
from scorekit_plugins.readers.beside import beside, edition_said, labelled, properties_of

from scorekit.domain.form import Edition
from tests.intake import said

FORM = Edition("a", "1", "panel", "0123456789abcdef" * 4)


def told(*rows):
    return beside([(i, row) for i, row in enumerate(rows, 1)], FORM, "f.xlsx", "表")


def test_a_label_has_its_value_behind_it():
    found, problems = told([None, "评委：", "张三"], ["填报日期:", None, datetime.datetime.fromisoformat("2026-07-30")], ["版次：", 2])
    assert {n: found[n] for n in ("rater", "sent", "version")} == {
        "rater": ("张三", "C1"),
        "sent": ("2026-07-30", "C2"),
        "version": ("2", "B3"),
    }
    assert problems == []


def test_or_in_the_same_cell():
    assert told(["评委：张三", "填报日期：2026年7月30日"])[0]["sent"] == ("2026-07-30", "B1")


def test_labels_side_by_side_are_told_apart():
    found, _ = told(["评委：", "填报日期：", datetime.date(2026, 7, 30)])
    assert "rater" not in found
    assert found["sent"][0] == "2026-07-30"


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-07-30", "2026-07-30"), ("2026/7/3", "2026-07-03"), ("2026.7.30", "2026-07-30"), ("2026年7月30日", "2026-07-30")],
)
def test_dates_are_read_as_people_write_them(text, day):
    assert told(["填报日期：", text])[0]["sent"][0] == day


@pytest.mark.parametrize("text", ["明天", "2026-13-45", "30"])
def test_what_is_no_date_is_told_at_its_cell(text):
    found, problems = told(["填报日期：", text])
    assert "sent" not in found
    assert said(problems) == [f"warning B1: the date of filling in “{text}” is no date"]


def test_other_texts_are_no_labels():
    assert set(told(["单位名称：", "甲"], ["评委打分", "80"], ["说明", None])[0]) == {"form", "edition", "digest"}


def test_small_print_counts_for_its_sheet_and_is_made_whole_by_the_properties():
    found, _ = told(["表样：a | 1 | office | 0123456789abcdef | x.list"])
    assert found["form"] == ("office", "A1")
    assert found["list"] == ("x.list", "A1")
    assert found["digest"][0] == FORM.digest


def test_small_print_of_another_rubric_keeps_its_own_digest():
    assert told(["表样：a | 1 | office | ffffffffffffffff"])[0]["digest"] == ("ffffffffffffffff", "A1")


def test_properties_count_before_small_print():
    properties = {"scorekit-form": "unit", "scorekit-rubric": "b", "scorekit-version": "2", "scorekit-digest": "d"}
    assert edition_said(properties, ["表样：a | 1 | office | 00"]) == Edition("b", "2", "unit", "d")
    assert edition_said({}, ["x", "表样：a | 1 | office | 00"]) == Edition("a", "1", "office", "00")
    assert edition_said({}, ["x"]) is None


@pytest.mark.parametrize("content", [b"", b"PK", b"no workbook", b"docProps/custom.xml"])
def test_of_what_is_no_workbook_there_are_no_properties(tmp_path, content):
    (tmp_path / "a.xlsx").write_bytes(content)
    assert properties_of(tmp_path / "a.xlsx") == {}


def test_labels_above_any_table_are_told_with_their_cells():
    rows = [(1, ["评委打分表"]), (2, ["评委：", "裁判1", None, "填报日期：2026年7月3日"])]
    assert labelled(rows, "a.xlsx", "表") == ({"rater": ("裁判1", "B2"), "sent": ("2026-07-03", "D2")}, [])


@pytest.mark.parametrize("label", ["评委单位", "评委所在单位", "所在单位", "回避单位", "unit of the rater"])
def test_the_unit_of_a_rater_is_told(label):
    assert labelled([(2, [f"{label}：", "甲厂工会"])], "a.xlsx", "表") == ({"belongs": ("甲厂工会", "B2")}, [])


def test_a_label_left_blank_says_nothing():
    assert labelled([(2, ["评委：", "裁判1", "评委单位：", None, "填报日期：", None])], "a.xlsx", "表")[0] == {"rater": ("裁判1", "B2")}


def test_a_sheet_that_is_no_form_has_what_stands_above_it(tmp_path):
    from openpyxl import Workbook
    from scorekit_plugins.readers.workbook import read

    from scorekit.plugin import ReadRequest, SourceFile

    book = Workbook()
    for row in (["评委打分表"], ["评委：", "裁判1"], ["单位名称", "作品打分"], ["甲", 88]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    [found] = read([SourceFile(tmp_path / "a.xlsx", "a.xlsx")], ReadRequest(headers=frozenset({"单位名称", "作品打分"})))
    assert found.beside == {"rater": ("裁判1", "B2")}
