"""``scorekit template``: a form as a file, what is refused, and a run that needs no rubric named."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from scorekit.cli import main


def run(capsys, *words):
    status = main(list(map(str, words)))
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.parametrize("option", ["--out", "--output", "-o"])
def test_where_it_goes_is_said_in_any_of_three_ways(capsys, tmp_path, option):
    assert run(capsys, "template", "top-ten-and-stars", option, tmp_path / "a.xlsx")[0] == 0
    assert run(capsys, "template", "--help")[1].count("--output") == 0


def test_a_form_is_written(capsys, tmp_path):
    path = tmp_path / "表.xlsx"
    assert run(capsys, "template", "top-ten-and-stars", "-o", path)[:2] == (0, f"已写入：{path}\n")
    assert load_workbook(path).sheetnames[0] == "申报表"


@pytest.mark.parametrize("kind", ["units", "office", "survey"])
def test_for_whom_it_is_may_be_said(capsys, tmp_path, kind):
    assert run(capsys, "template", "top-ten-and-stars", "--for", kind, "-o", tmp_path / "a.xlsx")[0] == 0


def test_a_kind_without_fields_is_refused_and_nothing_is_written(capsys, tmp_path):
    status, _, err = run(capsys, "template", "top-ten-and-stars", "--for", "panel", "-o", tmp_path / "a.xlsx")
    assert status == 2
    assert "没有“panel”这种表格要填的栏目" in err
    assert "survey（测评的统计）" in err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_kept_unless_it_is_to_be_replaced(capsys, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_text("mine")
    status, _, err = run(capsys, "template", "top-ten-and-stars", "-o", path)
    assert (status, path.read_text()) == (2, "mine")
    assert "文件已经存在" in err
    assert run(capsys, "template", "top-ten-and-stars", "-o", path, "--force")[0] == 0
    assert path.read_bytes().startswith(b"PK")


def test_an_ending_that_no_writer_has_is_refused(capsys, tmp_path):
    status, _, err = run(capsys, "template", "top-ten-and-stars", "-o", tmp_path / "a.docx")
    assert status == 2
    assert "不能写扩展名为“.docx”的表格" in err
    assert ".xlsx" in err


def test_a_category_that_is_none_is_refused(capsys, tmp_path):
    assert run(capsys, "template", "model-home", "--category", "某类", "-o", tmp_path / "a.xlsx")[0] == 2


def test_a_raters_form_has_the_rater(capsys, tmp_path):
    run(capsys, "template", "model-home", "--for", "panel", "--rater", "评委2", "-o", tmp_path / "a.xlsx")
    values = [c for row in load_workbook(tmp_path / "a.xlsx").worksheets[0].iter_rows(values_only=True) for c in row]
    assert "评委2" in values
    assert run(capsys, "template", "model-home", "--for", "panel", "--rater", "某人", "-o", tmp_path / "b.xlsx")[0] == 2


def test_the_units_of_a_register_are_filled_in_on_tables(capsys, tmp_path):
    register = tmp_path / "名册.csv"
    register.write_text("单位名称,类别\n甲工会,企业\n乙工会,机关\n", encoding="utf-8")
    words = ("template", "model-home", "--register", register, "-o", tmp_path / "a.xlsx", "--force")
    assert run(capsys, *words, "--for", "office")[0] == 0
    values = [row[0] for row in load_workbook(tmp_path / "a.xlsx").worksheets[0].iter_rows(values_only=True)]
    assert {"甲工会", "乙工会"} <= set(values)
    run(capsys, *words, "--for", "units", "--category", "机关")
    values = [row[0] for row in load_workbook(tmp_path / "a.xlsx").worksheets[0].iter_rows(values_only=True)]
    assert "乙工会" in values
    assert "甲工会" not in values
    status, _, err = run(capsys, *words)
    assert status == 2
    assert "--for units" in err


def test_the_rubric_that_a_form_names_is_the_rubric_of_the_run(capsys, tmp_path):
    folder = tmp_path / "材料"
    folder.mkdir()
    run(capsys, "template", "top-ten-and-stars", "-o", folder / "a.xlsx")
    book = load_workbook(folder / "a.xlsx")
    for row in book.worksheets[0].iter_rows():
        if row[-1].value == "unit":
            next(c for c in row if not c.protection.locked).value = "甲家庭"
        if row[-1].value == "category":
            next(c for c in row if not c.protection.locked).value = "文明家庭"
    book.save(folder / "a.xlsx")
    status, out, _ = run(capsys, "evaluate", folder, "--out", tmp_path / "o")
    assert status == 0
    assert "top-ten-and-stars" in out
