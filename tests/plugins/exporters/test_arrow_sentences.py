"""Reasons put together as Arrow arrays are, letter for letter, those put together as Python's texts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from scorekit.catalogue import discover
from scorekit.domain.pages import Page
from scorekit.domain.roll import Names
from scorekit.domain.tables import unscored
from scorekit.domain.telling import reasons_page, reasons_told
from scorekit.evaluation import evaluate_path
from scorekit.loading.request import Request
from scorekit.words import LANGUAGES
from tests.domain.test_pages import ADDED, SIZE, filled
from tests.outcomes import small_outcome

pa = pytest.importorskip("pyarrow")
from scorekit_plugins.exporters.arrow_sentences import joined  # noqa: E402

SAMPLES = Path(__file__).parents[3] / "samples"
OUTCOME = small_outcome()
NAMES = sorted(p.parent.name for p in SAMPLES.glob("*/submissions") if p.parent.name != "invalid")


@given(ADDED)
def test_a_page_is_joined_as_in_python(added: list[tuple[set[int], str, int]]) -> None:
    page, right = filled(added)
    array = joined(page, "|")
    array.validate(full=True)
    assert array.type == pa.string()
    assert array.to_pylist() == [text or None for text in right]
    assert len(array) == SIZE


def test_an_empty_page_and_empty_sentences_are_null() -> None:
    assert joined(Page(2), ";").to_pylist() == [None, None]
    page = Page(2)
    page.add(np.array([1]), "")
    assert joined(page, ";").to_pylist() == [None, None]
    assert len(joined(Page(0), ";")) == 0


def test_names_beyond_what_32_bits_count_are_joined_too() -> None:
    names = Names.of(["甲", "乙"])
    page = Page(2)
    page.add(np.arange(2), ["与", Names(names.data, names.offsets.astype(np.int64))])
    assert joined(page, ";").to_pylist() == ["与甲", "与乙"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_reasons_of_an_outcome_are_those_that_are_told(lang: str) -> None:
    for because in (OUTCOME.standings.because, list(OUTCOME.standings.because), unscored(OUTCOME.submissions).because):
        rows = np.arange(len(OUTCOME.standings))[::-1]
        right = reasons_told(because, rows, lang, ";")
        assert joined(reasons_page(because, rows, lang), ";").to_pylist() == [text or None for text in right]


@pytest.mark.parametrize("name", NAMES)
def test_reasons_of_every_sample_are_those_that_are_told(name: str) -> None:
    outcome = evaluate_path(SAMPLES / name / "submissions", discover(third_party=False), Request())
    rows = np.arange(len(outcome.standings))
    for lang in LANGUAGES:
        right = reasons_told(outcome.standings.because, rows, lang, "；")
        assert joined(reasons_page(outcome.standings.because, rows, lang), "；").to_pylist() == [text or None for text in right]
