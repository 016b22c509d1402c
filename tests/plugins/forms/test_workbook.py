"""The workbook of a form: its properties, its sheet of guidance, and the same bytes for the same form."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from scorekit_plugins.forms.workbook import scorekit_forms, workbook

from scorekit.catalogue import discover
from scorekit.compiling import compile_plan
from scorekit.compiling.form import form
from scorekit.loading.rubrics import load_rubric

CATALOGUE = discover(third_party=False)
PLAN = compile_plan(load_rubric("worker-bookroom", CATALOGUE), CATALOGUE)
_ALONE = """
import hashlib
from scorekit.catalogue import discover
from scorekit.compiling import compile_plan
from scorekit.compiling.form import form
from scorekit.loading.rubrics import load_rubric
from scorekit_plugins.forms.workbook import workbook
c = discover(third_party=False)
print(hashlib.sha256(workbook(form(compile_plan(load_rubric("worker-bookroom", c), c), "unit", "zh"))).hexdigest())
"""


@pytest.fixture(scope="module")
def made():
    return workbook(form(PLAN, "unit", "zh"))


def test_the_form_and_its_rubric_stand_in_the_properties(made):
    book = load_workbook(io.BytesIO(made))
    found = {p.name: p.value for p in book.custom_doc_props}
    assert found["scorekit-rubric"] == "worker-bookroom"
    assert (found["scorekit-form"], found["scorekit-version"], len(found["scorekit-digest"])) == ("unit", PLAN.rubric.version, 64)
    assert book.properties.title == "职工书屋和活动阵地建设考核标准自评申报表"


def test_the_sheet_to_fill_in_comes_first_and_guidance_after_it(made):
    book = load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["申报表", "活动项目", "当年命名", "填表说明", "选项"]
    assert book["填表说明"]["A2"].value.startswith("1．")
    assert book["填表说明"].protection.sheet
    assert (book["填表说明"].page_setup.fitToWidth, book["填表说明"].page_setup.fitToHeight) == (1, 0)


def test_equal_forms_are_equal_bytes_in_another_second_and_under_another_hash_seed(made):
    digests = set()
    for seed in ("0", "4711"):
        done = subprocess.run(
            [sys.executable, "-c", _ALONE], env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True, text=True
        )
        digests.add(done.stdout.strip())
    assert digests == {hashlib.sha256(made).hexdigest()}


def test_no_part_tells_when_it_was_made(made):
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z</dcterms:modified>" in package.read("docProps/core.xml")


def test_there_is_no_formula_in_any_cell(made):
    for sheet in load_workbook(io.BytesIO(made)).worksheets:
        assert {c.data_type for row in sheet.iter_rows() for c in row} <= {"s", "n", "inlineStr"}


def test_the_writer_is_found_by_the_ending():
    [writer] = scorekit_forms()
    assert (writer.name, writer.suffix, CATALOGUE.forms["xlsx"].suffix) == ("xlsx", ".xlsx", ".xlsx")
    assert Path("a.xlsx").suffix == writer.suffix
