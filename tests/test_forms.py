"""Forms and back: what is filled in is what is read, over rubrics by chance and over all that are shipped."""

from __future__ import annotations

import shutil
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scorekit_plugins.forms.workbook import workbook

from scorekit.catalogue import discover
from scorekit.compiling import compile_plan
from scorekit.compiling.form import form
from scorekit.compiling.form_kinds import kinds_of
from scorekit.errors import InputError
from scorekit.evaluation import validate_path
from scorekit.loading.request import Request
from scorekit.loading.rubrics import load_rubric, shipped
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
