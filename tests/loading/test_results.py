"""Results read back: the same rows from either format, and no set that disagrees."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from scorekit.domain.column import Column, Why
from scorekit.errors import InputError
from scorekit.loading import results as results_of_runs
from scorekit.loading.results import Results, file_digest, load_results
from scorekit.saving import save
from tests.exporting import exporters, only, writes
from tests.outcomes import DOCUMENT, UNITS, small_outcome

OUTCOME = small_outcome()


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Results]:
    found = {}
    for form in ("csv", "parquet"):
        folder = tmp_path_factory.mktemp(form)
        save(OUTCOME, exporters(), folder, form)
        found[form] = load_results(folder)
    return found


@pytest.mark.parametrize("table", ["standings", "scores", "problems", "inputs"])
def test_both_formats_give_the_same_rows(results: dict[str, Results], table: str) -> None:
    def told(form: str) -> list[list[tuple[str, str]]]:
        return sorted(sorted(row.items()) for row in results[form].rows(table))

    assert told("csv") == told("parquet")
    assert len(told("csv")) > 2


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_names_come_back_as_they_were_whatever_guards_them_in_the_file(results: dict[str, Results], form: str) -> None:
    found = results[form]
    assert {r["unit"] for r in found.standings} == set(UNITS)
    assert {r["unit"] for r in found.scores} == set(UNITS)
    assert {r["unit"] for r in found.inputs} == set(UNITS)
    assert {r["field"] for r in found.problems} == {"rights.contracts", "rights.talk"}


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_one_unit_may_be_asked_for_alone(results: dict[str, Results], form: str) -> None:
    assert {r["unit"] for r in results[form].rows("scores", UNITS[1])} == {UNITS[1]}
    assert len(results[form].rows("inputs", UNITS[1])) == 12
    assert [r["severity"] for r in results[form].rows("problems", UNITS[0])] == ["repair"]
    assert results[form].rows("standings", "nobody") == []


def test_the_rubric_comes_back_with_exact_numbers(results: dict[str, Results]) -> None:
    assert results["csv"].rubric == DOCUMENT
    assert results["csv"].rubric["x-rubric"]["levels"][0]["at_least"] == Decimal("0.9")
    assert results["csv"].run["counts"]["units"] == 6


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_frame_has_numbers_where_there_are_figures(results: dict[str, Results], form: str) -> None:
    frame = results[form].frame("standings")
    assert str(frame["rank"].dtype) == "Int64"
    assert frame["rank"].isna().sum() == 2
    assert frame.set_index("unit").loc[UNITS[0], ["total", "section:rights"]].tolist() == [14.67, 9.2]
    assert results[form].frame("scores")["points"].isna().sum() == 8


@pytest.mark.parametrize("table", ["standings", "problems", "scores"])
def test_both_formats_give_the_same_frame(results: dict[str, Results], table: str) -> None:
    import pandas as pd

    frames = [results[form].frame(table) for form in ("csv", "parquet")]
    key = list(frames[0].columns[:2])
    mine, other = (f.sort_values(key, ignore_index=True) for f in frames)
    pd.testing.assert_frame_equal(mine, other, check_exact=True)


def test_declared_figures_are_the_same_in_both_formats(tmp_path: Path) -> None:

    third, place = Column.of(1) / Column.numbers([3, 4, 7, 1, 2, 9]), Column.numbers([1, 2, 3, 4, 5, None])
    words = Column.texts(["一", None, "=二", "三", "四", "五"])
    more = {**OUTCOME.standings.figures, "figure:third": third, "rank:all": place, "level:stars": words}
    outcome = replace(OUTCOME, standings=replace(OUTCOME.standings, figures=more))
    rows = []
    for form in ("csv", "parquet"):
        save(outcome, exporters(), tmp_path / form, form)
        rows.append(load_results(tmp_path / form).standings)
    assert rows[0] == rows[1]
    assert rows[0][0]["figure:third"] == "0.333333333333"
    assert (rows[0][0]["rank:all"], rows[0][1]["level:stars"]) == ("1", "")


def test_full_marks_that_differ_from_unit_to_unit_come_back(tmp_path: Path) -> None:

    full = {**OUTCOME.sheet.full, "rights.talk": Column.numbers([4, 2, 4, Decimal("2.5"), 4, 4])}
    outcome = replace(OUTCOME, sheet=replace(OUTCOME.sheet, full=full))
    found = []
    for form in ("csv", "parquet"):
        save(outcome, exporters(), tmp_path / form, form)
        found.append({r["unit"]: r["full"] for r in load_results(tmp_path / form).scores if r["criterion"] == "rights.talk"})
    assert found[0] == found[1]
    assert found[0][UNITS[3]] == "2.5"


# -------------------------------------------------------------------- what is refused


@pytest.mark.parametrize("size", [0, 1, 7, 8, 9, 100])
def test_a_digest_is_that_of_all_bytes_whatever_pieces_they_are_read_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(results_of_runs, "_PIECE", 8)
    (tmp_path / "file").write_bytes(bytes(range(size)))
    assert file_digest(tmp_path / "file") == hashlib.sha256(bytes(range(size))).hexdigest()
    assert file_digest(tmp_path / "none") == ""


def test_a_folder_without_results_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no results"):
        load_results(tmp_path)


def test_a_changed_file_is_named(tmp_path: Path) -> None:
    save(OUTCOME, exporters(), tmp_path)
    with open(tmp_path / "scores.csv", "a", encoding="utf-8") as file:
        file.write("x")
    with pytest.raises(InputError) as caught:
        load_results(tmp_path)
    assert caught.value.what.params["name"] == "scores.csv"
    (tmp_path / "scores.csv").unlink()
    with pytest.raises(InputError, match=r"scores\.csv"):
        load_results(tmp_path)


def test_people_may_write_in_their_workbook(tmp_path: Path) -> None:
    save(OUTCOME, exporters(), tmp_path)
    (tmp_path / "ranking.xlsx").write_bytes(b"annotated")
    assert len(load_results(tmp_path).standings) == 6


@pytest.mark.parametrize("text", ["[", "{}", '{"files": []}'])
def test_a_record_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    save(OUTCOME, only(writes("a.txt")), tmp_path)
    (tmp_path / "run.json").write_text(text)
    with pytest.raises(InputError, match=r"run\.json"):
        load_results(tmp_path)


def test_a_table_that_no_exporter_wrote_is_missed_by_name(tmp_path: Path) -> None:
    save(OUTCOME, only(writes("a.txt")), tmp_path)
    with pytest.raises(InputError, match=r"standings\.parquet"):
        _ = load_results(tmp_path).standings


def test_without_pyarrow_the_cure_is_told(results: dict[str, Results], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert len(results["csv"].rows("scores")) > 0
    with pytest.raises(InputError, match="pyarrow"):
        results["parquet"].rows("scores")


def test_parquet_scores_without_their_inputs_have_no_source(results: dict[str, Results]) -> None:
    found = results["parquet"]
    paths = {n: p for n, p in found.paths.items() if n != "inputs.parquet"}
    assert {r["source"] for r in Results(found.folder, found.run, paths).rows("scores")} == {""}


def test_records_of_an_invalid_list_and_units_of_no_category_come_back_from_either_format(tmp_path: Path) -> None:
    honours = OUTCOME.submissions.columns["extra.honours"]
    spoilt = replace(honours, why=np.array([Why.INVALID, 0, 0, 0, Why.MISSING, 0], dtype=np.uint8))  # type: ignore[type-var]
    submissions = replace(OUTCOME.submissions, columns={**OUTCOME.submissions.columns, "extra.honours": spoilt})
    standings = replace(OUTCOME.standings, category=("", *OUTCOME.standings.category[1:]))
    outcome = replace(OUTCOME, submissions=submissions, standings=standings)
    found = []
    for form in ("csv", "parquet"):
        save(outcome, exporters(), tmp_path / form, form)
        results = load_results(tmp_path / form)
        found.append([sorted(sorted(r.items()) for r in results.rows(t)) for t in ("scores", "inputs")])
    assert found[0] == found[1]
    assert {r["value"] for r in results.inputs if r["field"] == "extra.honours"} == {"2", "0", "", "1"}
