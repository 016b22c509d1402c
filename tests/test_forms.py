"""Forms and back: what is filled in is what is read, over rubrics by chance and over all that are shipped."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from scorekit_plugins.forms.workbook import workbook

from scorekit.catalogue import discover
from scorekit.compiling import compile_plan
from scorekit.compiling.form import form
from scorekit.compiling.form_kinds import kinds_of
from scorekit.domain.intake import ReadRequest
from scorekit.errors import InputError
from scorekit.evaluation import validate_path
from scorekit.loading.forms import of_forms
from scorekit.loading.request import Request
from scorekit.loading.rubrics import load_rubric, shipped
from scorekit.loading.submissions import read
from scorekit.stages.validate import header_words, name_words
from scorekit.words import say
from tests.round_trip import by_office, through
from tests.shipped_forms import through as sample_through

CATALOGUE = discover(third_party=False)
SHIPPED = [r.id for r in shipped(CATALOGUE)]
ORDINARY = range(12)


@pytest.mark.parametrize("seed", ORDINARY)
def test_values_by_chance_come_back_from_every_kind_of_form(seed: int) -> None:
    counted, lost = through(seed, CATALOGUE)
    assert lost == []
    assert counted["values"] > 0


@settings(max_examples=6, derandomize=True, deadline=None)
@given(st.integers(1000, 10**6))
def test_any_rubric_of_any_seed_comes_back(seed: int) -> None:
    assert through(seed, CATALOGUE)[1] == []


@pytest.mark.long
def test_over_a_hundred_rubrics_nothing_is_lost() -> None:
    counted: Counter[str] = Counter()
    for seed in range(120):
        found, lost = through(seed, CATALOGUE)
        assert lost == []
        counted += found
    assert (counted["rubrics"], counted["forms"] > 400, counted["values"] > 15_000) == (120, True, True)


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("seed", range(8))
def test_what_libreoffice_saved_comes_back_too(seed: int) -> None:
    assert through(seed, CATALOGUE, by_office)[1] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_rubric_has_forms_and_an_empty_one_says_that_nothing_is_filled_in(name: str, tmp_path) -> None:
    plan = compile_plan(load_rubric(name, CATALOGUE), CATALOGUE)
    for kind in kinds_of(plan):
        path = tmp_path / f"{kind}.xlsx"
        path.write_bytes(workbook(form(plan, kind, "zh")))
        with pytest.raises(InputError) as caught:
            validate_path(path, CATALOGUE, Request())
        assert "什么也没有填" in say(caught.value.what, "zh"), kind


@pytest.mark.parametrize("name", ["top-ten-and-stars", "worker-bookroom", "congress"])
def test_a_samples_values_come_back_and_rank_as_they_do(name: str) -> None:
    assert sample_through(name, CATALOGUE)[1] == []


@pytest.mark.long
@pytest.mark.parametrize("name", SHIPPED)
def test_every_samples_values_come_back_and_rank_as_they_do(name: str) -> None:
    assert sample_through(name, CATALOGUE)[1] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_in_no_form_that_is_handed_out_does_a_code_stand_beside_the_title_of_another_item(name: str, tmp_path: Path) -> None:
    plan = compile_plan(load_rubric(name, CATALOGUE), CATALOGUE)
    if "unit" not in kinds_of(plan):
        pytest.skip("nothing in it is for the unit to fill in")
    (tmp_path / "表.xlsx").write_bytes(workbook(form(plan, "unit", "zh")))
    book = load_workbook(tmp_path / "表.xlsx")
    [sheet, *_] = book.worksheets
    head = next(row for row in sheet.iter_rows() if {"代号", "填报值"} <= {c.value for c in row})
    code, value = (next(c.column for c in head if c.value == word) for word in ("代号", "填报值"))
    for row in range(head[0].row + 1, sheet.max_row + 1):
        if sheet.cell(row, code).value:
            sheet.cell(row, value).value = 1
    book.save(tmp_path / "表.xlsx")
    asked = ReadRequest(None, header_words(plan), name_words(plan))
    tables = list(of_forms(read(tmp_path, CATALOGUE, asked), plan))
    assert any(k.startswith("title:") for t in tables for k in t.beside)
    assert [p for t in tables for p in t.problems if "beside the code" in p.what.template] == []
