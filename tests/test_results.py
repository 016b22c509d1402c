"""The Python API: a folder or a DataFrame in, tables, exact figures, explanations and a workbook out."""

from __future__ import annotations

import csv
import gc
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import scorekit
from scorekit.errors import InputError, OutputError, RubricError
from scorekit.results import Result
from tests.building import criterion, document, said

ROWS = [("红星工会", "甲", 9.25), ("东方工会", "甲", 7), ("西方工会", "乙", "many")]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("api")
    spec = document({"a": criterion(), "b": criterion()}, categories=("甲", "乙"))
    (folder / "rubric.json").write_text(json.dumps(spec, ensure_ascii=False), encoding="utf-8")
    notice = {"rubric": "test", "categories": {"甲": {"seats": 1}}, "award": {"title": "先进单位"}}
    (folder / "notice.json").write_text(json.dumps(notice, ensure_ascii=False), encoding="utf-8")
    (folder / "work").mkdir()
    with (folder / "work" / "all.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("unit", "category", "a"), *ROWS])
    return folder


@pytest.fixture(scope="module")
def result(place: Path) -> Result:
    return scorekit.evaluate(place / "work", place / "rubric.json", notice=place / "notice.json", lang="en")


def test_the_standings_are_a_frame_sorted_as_the_file_is(result: Result) -> None:
    frame = result.standings
    assert list(frame["unit"]) == ["红星工会", "东方工会", "西方工会"]
    assert frame["total"].tolist()[:2] == [9.25, 7.0]
    assert frame["rank"].tolist()[:2] == [1, 2]
    assert (str(frame["total"].dtype), str(frame["rank"].dtype)) == ("float64", "Int64")
    assert frame["award"].tolist() == ["先进单位", "", ""]
    assert frame["status"].tolist() == ["ranked", "ranked", "incomplete"]


def test_scores_and_problems_are_frames_too(result: Result) -> None:
    scores = result.scores.set_index(["unit", "criterion"])
    assert scores.loc[("红星工会", "a"), "points"] == 9.25
    assert scores.loc[("西方工会", "a"), "outcome"] == "invalid"
    errors = result.problems[result.problems["severity"] == "error"]
    assert errors["unit"].tolist() == ["西方工会"]
    assert {"severity", "message", "cure"} <= set(result.problems.columns)


def test_the_comparison_has_own_first_and_assessed_scores_the_greatest_difference_first(place: Path) -> None:
    import pandas as pd

    frame = pd.DataFrame(
        {"unit": ["红星工会", "东方工会"], "category": ["甲", "甲"], "a": [9.25, 7], "a/自评分": [10, 9.5], "初评总分": [None, 7]}
    )
    found = scorekit.evaluate(frame, place / "rubric.json").comparison
    assert list(found.columns) == ["unit", "criterion", "own", "first", "points", "difference"]
    assert found[["unit", "criterion"]].to_numpy().tolist() == [["东方工会", "a"], ["红星工会", "a"], ["东方工会", ""]]
    assert found["difference"].tolist() == [-2.5, -0.75, 0.0]
    assert (found["own"].tolist()[:2], found["first"].tolist()[2]) == ([9.5, 10.0], 7.0)
    assert found["own"].isna().tolist() == [False, False, True]
    assert {str(found[name].dtype) for name in ("own", "first", "points", "difference")} == {"float64"}


def test_without_own_or_first_scores_the_comparison_is_an_empty_frame(result: Result) -> None:
    assert list(result.comparison.columns) == ["unit", "criterion", "own", "first", "points", "difference"]
    assert result.comparison.empty
    assert str(result.comparison["own"].dtype) == "float64"


def test_exact_figures_are_fractions_and_what_is_not_there_is_none(result: Result) -> None:
    assert result.exact("红星工会") == Fraction(37, 4)
    assert result.exact(" 红星工会 ", "a") == Fraction(37, 4)
    assert isinstance(result.exact("东方工会"), Fraction)
    assert result.exact("西方工会") is None
    assert result.exact("西方工会", "a") is None


@pytest.mark.parametrize(
    ("unit", "criterion_", "what"),
    [
        ("中方工会", None, "there is no unit “中方工会” in these results"),
        ("红星工会", "zz", "there is no criterion “zz”"),
        ("中方工会", "zz", "there is no unit “中方工会” in these results"),
    ],
)
def test_a_figure_of_what_is_not_there_is_an_error(result: Result, unit: str, criterion_: str | None, what: str) -> None:
    with pytest.raises(InputError) as caught:
        result.exact(unit, criterion_)
    assert said(caught.value.what) == what


def test_a_unit_is_explained_in_the_language_of_the_run(result: Result, place: Path) -> None:
    assert "total 9.25 · rank 1" in result.explain("红星")
    chinese = scorekit.evaluate(place / "work", place / "rubric.json")
    assert "总分" in chinese.explain("红星")


def test_the_tables_behind_a_result_go_with_it(place: Path) -> None:
    found = scorekit.evaluate(place / "work", place / "rubric.json")
    folder = found._held.folder
    assert not (folder / "ranking.xlsx").exists()
    assert (folder / "standings.csv").is_file()
    del found
    gc.collect()
    assert not folder.parent.exists()


# -------------------------------------------------------------------- the workbook


def test_the_workbook_is_written_where_it_was_asked_for(result: Result, tmp_path: Path) -> None:
    import openpyxl

    path = result.to_excel(tmp_path / "ranking.xlsx")
    assert path == tmp_path / "ranking.xlsx"
    names = openpyxl.load_workbook(path, read_only=True).sheetnames
    assert len(names) > 1
    assert [p.name for p in tmp_path.iterdir()] == ["ranking.xlsx"]


def test_an_existing_workbook_is_replaced_and_a_text_names_a_place(result: Result, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("old")
    result.to_excel(str(tmp_path / "a.xlsx"))
    assert (tmp_path / "a.xlsx").read_bytes()[:2] == b"PK"


def test_a_place_that_cannot_be_written_to_is_an_error_that_leaves_nothing_behind(result: Result, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        result.to_excel(tmp_path / "none" / "a.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(OutputError) as caught:
        result.to_excel(tmp_path / "folder.xlsx")
    assert caught.value.where == str(tmp_path / "folder.xlsx")
    assert [p.name for p in tmp_path.iterdir()] == ["folder.xlsx"]


# -------------------------------------------------------------------- the door


def frame_of(rows: list[tuple[Any, ...]]) -> Any:
    import pandas as pd

    return pd.DataFrame(rows, columns=["unit", "category", "a"])


def test_a_frame_gives_what_the_file_gives(place: Path, result: Result) -> None:
    rubric = scorekit.load_rubric(place / "rubric.json")
    for standard in (rubric, place / "rubric.json", str(place / "rubric.json")):
        framed = scorekit.evaluate(frame_of(ROWS), standard, notice=str(place / "notice.json"), lang="en")
        kept = ["unit", "rank", "total", "award", "status"]
        assert framed.standings[kept].equals(result.standings[kept])


def test_a_frame_names_no_rubric(place: Path) -> None:
    with pytest.raises(InputError) as caught:
        scorekit.evaluate(frame_of(ROWS))
    assert said(caught.value.what) == "it is not said which standard applies"


def test_a_folder_of_plugins_may_be_named(tmp_path: Path, place: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "from scorekit.plugin import Column, hookimpl, rule\n\n\n"
        '@rule(adds=True, says={"zh": "半", "en": "half"})\ndef half(of: Column) -> Column:\n    """Half."""\n    return of / 2\n\n\n'
        "@hookimpl\ndef scorekit_rules():\n    return [half]\n",
        encoding="utf-8",
    )
    spec = document({"a": criterion("half")}, categories=("甲", "乙"))
    path = tmp_path / "rubric.json"
    path.write_text(json.dumps(spec, ensure_ascii=False), encoding="utf-8")
    found = scorekit.evaluate(place / "work", path, plugins=[str(tmp_path)])
    assert found.exact("红星工会") == Fraction(463, 100)
    assert scorekit.load_rubric(path, plugins=[tmp_path]).id == "test"
    with pytest.raises(RubricError):
        scorekit.load_rubric(path)


def test_the_public_names_are_there_and_no_others() -> None:
    assert sorted(scorekit.__all__) == ["Result", "Rubric", "ScorekitError", "__version__", "evaluate", "load_rubric"]
    assert scorekit.Result is Result
    assert scorekit.Rubric.__name__ == "Rubric"
    assert issubclass(InputError, scorekit.ScorekitError)
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = scorekit.no_such_name
