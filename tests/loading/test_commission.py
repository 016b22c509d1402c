"""Commissions: which rubric, notice and tables a run has, found out before anything is scored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scorekit.catalogue import Catalogue, discover
from scorekit.errors import InputError, RubricError, ScorekitError
from scorekit.loading.commission import Commission, commission, framed
from scorekit.loading.request import Request
from scorekit.loading.rubrics import load_rubric
from tests.building import criterion, document, said

FRAME = {"categories": ("甲", "乙"), "levels": [{"id": "good", "title": "先进", "at_least": 5}]}


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return discover(third_party=False)


class Round:
    """A folder with a rubric, a notice and submissions."""

    def __init__(self, place: Path, known: Catalogue) -> None:
        self.place, self.known = place, known
        self.work = place / "work"
        self.work.mkdir()
        self.rubric = self.written("rubric.json", document({"a": criterion()}, **FRAME))
        (self.work / "all.csv").write_text("unit,category,a\n红星,甲,9\n", encoding="utf-8")

    def written(self, name: str, content: Any) -> Path:
        path = self.place / name
        path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return path

    def notice(self, **content: Any) -> Path:
        return self.written("notice.json", {"rubric": "test", **content})

    def asked(self, path: Path | None = None, **more: Any) -> Commission:
        return commission(path or self.work, self.known, Request(**{"rubric": self.rubric, **more}))

    def fault(self, **more: Any) -> ScorekitError:
        with pytest.raises(InputError) as caught:
            self.asked(**more)
        return caught.value


@pytest.fixture
def round_(tmp_path: Path, known: Catalogue) -> Round:
    return Round(tmp_path, known)


# -------------------------------------------------------------------- which rubric


def test_a_rubric_may_be_named_by_path_or_given_as_it_is(round_: Round) -> None:
    rubric = load_rubric(round_.rubric, round_.known)
    assert round_.asked().plan.rubric.id == "test"
    assert round_.asked(rubric=rubric).plan.rubric is rubric
    assert round_.asked(rubric=str(round_.rubric)).plan.rubric.id == "test"


def test_the_submissions_may_name_the_rubric(round_: Round) -> None:
    round_.written("work/one.json", {"$schema": "model-home", "unit": "红星"})
    assert round_.asked(rubric=None).plan.rubric.id == "model-home"


def test_the_rubric_asked_for_wins_and_the_other_name_is_a_problem(round_: Round) -> None:
    round_.written("work/one.json", {"$schema": "model-home", "unit": "东方", "category": "甲"})
    work = round_.asked()
    assert work.plan.rubric.id == "test"
    found = [said(p.what) for t in work.tables for p in t.problems]
    assert found == ["the submission names the rubric “model-home”, but “test” is applied"]


def test_an_address_names_no_rubric(round_: Round) -> None:
    round_.written("work/one.json", {"$schema": "https://json-schema.org/draft/2020-12/schema", "unit": "东方"})
    round_.written("work/two.json", {"$schema": "../rubric.json", "unit": "西方"})
    assert said(round_.fault(rubric=None).what) == "it is not said which standard applies"


def test_submissions_that_name_several_rubrics_need_one_to_be_asked_for(round_: Round) -> None:
    for name in ("model-home", "six-haves"):
        round_.written(f"work/{name}.json", {"$schema": name, "unit": name})
    error = round_.fault(rubric=None)
    assert said(error.what) == "the submissions name several rubrics: model-home, six-haves"
    assert "model-home.json" in error.where
    assert round_.asked().plan.rubric.id == "test"


def test_the_settings_of_the_folder_name_the_rubric_where_nobody_else_does(round_: Round) -> None:
    round_.written("work/scorekit.toml", 'rubric = "six-haves"\n')
    assert round_.asked(rubric=None).plan.rubric.id == "six-haves"
    assert round_.asked().plan.rubric.id == "test"


def test_a_named_rubric_that_is_not_there_is_an_error(round_: Round) -> None:
    round_.written("work/one.json", {"$schema": "model-hom", "unit": "红星"})
    with pytest.raises(RubricError, match="there is no rubric"):
        round_.asked(rubric=None)


def test_a_run_without_a_rubric_is_not_begun(round_: Round) -> None:
    error = round_.fault(rubric=None)
    assert (said(error.what), error.where) == ("it is not said which standard applies", str(round_.work))


# -------------------------------------------------------------------- which notice


def test_a_run_needs_no_notice(round_: Round) -> None:
    assert round_.asked().notice is None


def test_the_notice_asked_for_wins_over_that_of_the_settings(round_: Round) -> None:
    round_.written("work/scorekit.toml", 'notice = "own.json"\n')
    round_.written("work/own.json", {"rubric": "test", "award": {"title": "自己的"}})
    assert round_.asked(path=round_.work / "all.csv").notice is None
    settled = round_.asked().notice
    assert settled is not None
    assert settled.award == "自己的"
    asked = round_.asked(notice=round_.notice(award={"title": "来的"})).notice
    assert asked is not None
    assert asked.award == "来的"


def test_units_only_assessed_are_known_by_their_folded_names(round_: Round) -> None:
    notice = round_.asked(notice=round_.notice(assess_only={"units": ["ＡＢＣ 工会"]})).notice
    assert notice is not None
    assert notice.assess_only_units == frozenset({"abc工会"}) or notice.assess_only_units == frozenset({"abc 工会"})


def test_the_period_of_the_notice_is_that_of_the_plan(round_: Round) -> None:
    properties = {"day": {"type": "string", "format": "date"}, "a": criterion({"flag": {"of": "day >= period.start"}}, field={})}
    round_.written("rubric.json", document(properties, period={"start": "2025-01-01", "end": "2025-12-31"}))
    with_notice = round_.asked(notice=round_.notice(period={"start": "2026-02-01", "end": "2026-12-31"}))
    assert "2026, 2, 1" in repr(with_notice.plan.tracks[0].criteria) or "2026-02-01" in repr(with_notice.plan.tracks[0].criteria)


@pytest.mark.parametrize(
    ("content", "what", "pointer"),
    [
        ({"rubric": "six-haves"}, "the notice is of the rubric “six-haves”, not “test”", "/rubric"),
        ({"categories": {"丙": {"seats": 1}}}, "the notice names the category “丙”", "/categories/丙"),
        ({"assess_only": {"categories": ["丁"]}}, "the notice names the category “丁”", "/assess_only/categories"),
        ({"award": {"level": "best"}}, "the notice names the level “best”", "/award/level"),
        ({"categories": {"甲": {"seats": 1, "tie": "toss"}}}, "there is no tie policy “toss”", "/categories/甲/tie"),
    ],
)
def test_a_notice_that_does_not_fit_the_rubric_is_refused_with_its_pointer(
    round_: Round, content: dict[str, Any], what: str, pointer: str
) -> None:
    error = round_.fault(notice=round_.notice(**content))
    assert said(error.what) == what
    assert error.where == f"{round_.place / 'notice.json'}#{pointer}"
    assert error.cure is not None


def test_a_notice_that_fits_is_taken(round_: Round) -> None:
    content = {"categories": {"甲": {"seats": 1}}, "assess_only": {"categories": ["乙"]}, "award": {"level": "good"}}
    assert round_.asked(notice=round_.notice(**content)).notice is not None


def test_seats_for_categories_that_the_rubric_does_not_have_are_refused(round_: Round) -> None:
    round_.written("rubric.json", document({"a": criterion()}))
    error = round_.fault(notice=round_.notice(categories={"甲": {"seats": 1}}))
    assert said(error.what) == "the notice names the category “甲”"
    assert said(error.cure) == 'the standard has none: write "" for all units'
    assert round_.asked(notice=round_.notice(categories={"": {"seats": 1}})).notice is not None


# -------------------------------------------------------------------- which tables


def test_the_tables_are_those_of_the_folder_in_the_language_of_the_run(round_: Round) -> None:
    work = round_.asked(lang="en")
    assert work.lang == "en"
    assert [(t.files, len(t)) for t in work.tables] == [(("all.csv",), 1)]


def test_the_encoding_may_be_asked_for_or_set(round_: Round) -> None:
    (round_.work / "all.csv").write_bytes("unit,category,a\n红星,甲,9\n".encode("big5", "replace"))

    def read(**more: Any) -> list[Any]:
        return [list(t.columns["unit"]) for t in round_.asked(**more).tables]

    wanted = read(encoding="big5")
    round_.written("work/scorekit.toml", 'encoding = "big5"\n')
    assert read() == wanted


def test_a_frame_is_one_table(round_: Round) -> None:
    import pandas as pd

    frame = pd.DataFrame({"unit": ["红星", "东方"], "category": ["甲", "乙"], "a": [9, 8]})
    rubric = load_rubric(round_.rubric, round_.known)
    work = framed(frame, round_.known, Request(rubric, round_.notice(award={"title": "先进"}), lang="en"))
    assert [len(t) for t in work.tables] == [2]
    assert (work.lang, work.notice is not None and work.notice.award) == ("en", "先进")
