"""Requests: what a person asks of one run, and what the settings of a folder say where the person says nothing."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from scorekit.loading.request import Request
from scorekit.loading.settings import Settings

SETTINGS = Settings(rubric="six-haves", notice=Path("notice.json"), encoding="gb18030", lang="en")


def test_where_nothing_is_asked_the_settings_say_it() -> None:
    found = Request().beside(SETTINGS)
    assert (found.notice, found.encoding) == (Path("notice.json"), "gb18030")


def test_what_is_asked_for_wins_over_the_settings() -> None:
    asked = Request(notice=Path("mine.json"), encoding="utf-8", twice="latest")
    assert asked.beside(SETTINGS) == asked


def test_the_rubric_and_the_language_are_not_taken_from_the_settings_here() -> None:
    """Between the two stands what the submissions name, and the voice has chosen the language already."""
    found = Request(lang="zh").beside(SETTINGS)
    assert (found.rubric, found.lang) == (None, "zh")


def test_a_request_does_not_change_on_its_way() -> None:
    with pytest.raises(FrozenInstanceError):
        Request().lang = "en"  # type: ignore[misc]
