"""Submissions: what is found in a folder, in which order it is read, and what its settings may say."""

from __future__ import annotations

import os

import pytest
import xlsxwriter
from scorekit_plugins.readers import csv_files, foreign, json_files, ndjson, workbook

from scorekit.catalogue import Catalogue
from scorekit.domain.intake import RawTable, Reader, ReadRequest
from scorekit.errors import InputError
from scorekit.loading.submissions import find, other_rubric, read, rubrics_named, submitted
from scorekit.stages.validate import validate
from tests.intake import plan_of, problems_of, said

CATALOGUE = Catalogue(readers={r.name: r for m in (csv_files, foreign, json_files, ndjson, workbook) for r in m.scorekit_readers()})
PLAN = plan_of({
    "n": {"type": "integer", "title": "人数"},
    "h": {"type": "array", "title": "荣誉", "items": {"type": "object", "properties": {"level": {"type": "string", "title": "级别"}}}},
})  # fmt: skip


def names(path, suffixes=None):
    return [f.name for f in find(path, suffixes)]


def put(folder, **files):
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_files_are_found_in_the_order_of_their_names_and_what_is_beside_the_point_is_left_aside(tmp_path):
    for name in (
        "b.json",
        "a.json",
        "sub/c.CSV",
        "B.xlsx",
        ".hidden.json",
        "~$B.xlsx",
        "README.md",
        "readme",
        "scorekit.toml",
        ".git/x.json",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "scorekit-results").mkdir()
    (tmp_path / "scorekit-results" / "run.json").write_text("{}", encoding="utf-8")
    (tmp_path / "scorekit-results" / "standings.csv").write_text("", encoding="utf-8")
    assert names(tmp_path) == ["B.xlsx", "a.json", "b.json", "sub/c.CSV"]
    assert names(tmp_path, [".json", ".csv"]) == ["a.json", "b.json", "sub/c.CSV"]
    assert names(tmp_path / "a.json") == ["a.json"]


def test_the_notice_that_the_settings_name_is_no_submission(tmp_path):
    put(tmp_path, a_dot_json="{}", round_dot_json="{}", scorekit_dot_toml='notice = "round.json"')
    assert names(tmp_path) == ["a.json"]


def test_nothing_there_is_an_error(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        find(tmp_path / "none")
    for folder in (tmp_path, put(tmp_path / "x", a_dot_pdf="")):
        with pytest.raises(InputError, match="nothing here"):
            list(read(folder, CATALOGUE, ReadRequest()))


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path):
    put(tmp_path, inside__a_dot_json="{}", secret_dot_json="{}")
    (tmp_path / "inside" / "b.json").symlink_to(tmp_path / "inside" / "a.json")
    (tmp_path / "inside" / "folder").symlink_to(tmp_path)
    assert names(tmp_path / "inside") == ["a.json", "b.json"]
    (tmp_path / "inside" / "c.json").symlink_to(tmp_path / "secret.json")
    with pytest.raises(InputError, match="leads out"):
        find(tmp_path / "inside")


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be made there")
def test_a_name_that_is_no_text_is_printed_all_the_same(tmp_path):
    with open(os.fsencode(tmp_path) + b"/\xff.json", "wb"):
        pass
    assert names(tmp_path) == ["\ufffd.json"]


def test_each_file_goes_to_the_reader_of_its_ending_and_the_rest_is_listed(tmp_path):
    put(tmp_path, a_dot_json='{"unit": "甲"}', b_dot_CSV="unit,n\n乙,1\n", c_dot_xls="", d_dot_pdf="", e="")
    tables = list(read(tmp_path, CATALOGUE, ReadRequest(headers=frozenset({"unit", "n"}))))
    assert [list(t.columns["unit"]) for t in tables if len(t)] == [["乙"], ["甲"]]
    assert problems_of(tables) == [
        "error : an old Excel workbook (.xls) is not read",
        "warning : files with the ending “.pdf” are not read",
        "warning : files with the ending “e” are not read",
    ]


def test_two_readers_of_one_ending_are_refused(tmp_path):
    readers = {**CATALOGUE.readers, "mine": Reader("mine", (".json",), lambda files, request: iter(()))}
    with pytest.raises(InputError, match="both read"):
        list(read(put(tmp_path, a_dot_json="{}"), Catalogue(readers=readers), ReadRequest()))


def test_a_quick_look_finds_the_rubrics_that_files_name(tmp_path):
    put(
        tmp_path,
        a_dot_json='[{"$schema": "one"}, {"$schema" : "two"}]',
        b_dot_json='{"$schema": "../x.json"}',
        c_dot_ndjson='{"$schema": "three"}\n{"$schema": "four"}',
        d_dot_csv='"$schema": "five"',
    )
    assert rubrics_named(tmp_path) == {"one": "a.json", "three": "c.ndjson", "two": "a.json"}


def test_a_table_that_names_another_rubric_is_warned_of():
    assert other_rubric(RawTable({}, ("a.json",), (), (), rubric="one"), "one") is None
    assert other_rubric(RawTable({}, (), (), ()), "one") is None
    found = other_rubric(RawTable({}, ("a.json",), (), (), rubric="two"), "one")
    assert said([found]) == ["warning : the submission names the rubric “two”, but “one” is applied"]


def test_lists_in_files_of_their_own_are_read_first_and_joined(tmp_path):
    put(
        tmp_path,
        荣誉_dot_csv="单位名称,级别\n甲,省级\n甲,市级\n",
        z_dot_json='[{"unit": "甲", "category": "企业"}, {"unit": "乙", "category": "企业"}]',
    )
    tables = list(submitted(tmp_path, CATALOGUE, PLAN))
    found, problems = validate(PLAN, tables[0])
    assert (found.columns["h"].offsets.tolist(), problems) == ([0, 2, 2], ())


def test_many_workbooks_of_one_unit_become_one_table(tmp_path):
    for i in range(3):
        with xlsxwriter.Workbook(tmp_path / f"{i}.xlsx") as made:
            made.add_worksheet("表").write_column(0, 0, ["单位名称", f"单位{i}"])
    [found] = submitted(tmp_path, CATALOGUE, PLAN)
    assert (list(found.columns["单位名称"]), found.files, found.file) == (
        ["单位0", "单位1", "单位2"],
        ("0.xlsx", "1.xlsx", "2.xlsx"),
        (0, 1, 2),
    )
