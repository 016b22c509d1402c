"""The page: stage after stage over files, whatever the batches, the order of rows or of files."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorekit.catalogue import Catalogue, discover
from scorekit.domain.intake import RawTable
from scorekit.domain.outputs import Outcome
from scorekit.domain.tables import Problem
from scorekit.errors import InputError, T
from scorekit.evaluation import evaluate, evaluate_path, local, validate_path
from scorekit.loading.commission import Commission
from scorekit.loading.request import Request
from tests.building import NUMBER, catalogue, criterion, document, plan_of, said, section, totals

LEVELS = [{"id": "good", "title": "先进", "at_least": 8}]


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return discover(third_party=False)


@pytest.fixture
def rubric(tmp_path: Path) -> str:
    path = tmp_path / "rubric.json"
    path.write_text(json.dumps(document({"a": criterion()}, categories=("甲", "乙"), levels=LEVELS), ensure_ascii=False), encoding="utf-8")
    return str(path)


def submitted(folder: Path, *rows: tuple[Any, ...], name: str = "all.csv") -> Path:
    """A folder with one CSV file of these rows: unit, category, a."""
    folder.mkdir(exist_ok=True)
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("unit", "category", "a"), *rows])
    return folder


def told(outcome: Outcome) -> dict[str, tuple[Any, ...]]:
    """What came out, by unit."""
    s = outcome.standings
    columns = zip(s.unit, totals(outcome), s.rank.tolist(), s.level, s.award, s.status, s.because, strict=True)
    return {unit: (*rest, [said(t) for t in because]) for unit, *rest, because in columns}


def test_a_folder_goes_in_and_standings_come_out(tmp_path: Path, known: Catalogue, rubric: str) -> None:
    work = submitted(tmp_path / "work", ("红星", "甲", 9), ("东方", "甲", 7.5), ("西方", "乙", 8))
    outcome = evaluate_path(work, known, Request(rubric=rubric, lang="en"))
    assert {u: found[:3] for u, found in told(outcome).items()} == {
        "红星": (9, 1, "先进"),
        "东方": (7.5, 2, "未达标"),
        "西方": (8, 1, "先进"),
    }
    assert (outcome.lang, outcome.notice, outcome.problems) == ("en", None, ())


def test_marks_votes_and_times_come_out_of_one_workbook(tmp_path: Path, known: Catalogue) -> None:
    from openpyxl import Workbook

    marks = {
        "type": "object", "title": "打分", "additionalProperties": {"type": ["number", "null"], "minimum": 0, "maximum": 100},
        "x-source": {"who": "panel", "raters": {"张": {"role": "专家"}, "李": {"role": "专家"}, "王": {"role": "群众"}}, "columns": "评委{n}"},
        "x-form": {"blank": ["回避"]},
    }  # fmt: skip
    survey = {"type": "object", "title": "测评", "x-source": {"who": "survey", "options": ["满意", "不满意"]}}
    shape = {
        "marks": criterion({"panel": {"weights": {"专家": 0.6, "群众": 0.4}, "out_of": 100}}, field=marks),
        "survey": criterion({"votes": {"worth": {"满意": 100, "不满意": 0}}}, field=survey),
        "lap": criterion(
            {"tiers": {"bands": [{"above": 180, "points": 5}], "otherwise": 10}}, field={**NUMBER, "title": "用时", "x-unit": "duration"}
        ),
    }
    (tmp_path / "rubric.json").write_text(json.dumps(document(shape), ensure_ascii=False), encoding="utf-8")
    book = Workbook()
    sheet = book.active
    sheet.append(["单位名称", "评委1", "评委2", "评委3", "满意票", "不满意票", "用时"])
    sheet.append(["甲", 90, 80, "回避", 9, 1, "2:59.99"])
    sheet.append(["乙", 90, 80, 70, 0, 0, "3:00.01"])
    (tmp_path / "in").mkdir()
    book.save(tmp_path / "in" / "all.xlsx")
    outcome = evaluate_path(tmp_path / "in", known, Request(rubric=str(tmp_path / "rubric.json")))
    assert {p: [None if v is None else float(v) for v in outcome.sheet.points[p].listed()] for p in shape} == {
        "marks": [8.5, 7.9], "survey": [9, 0], "lap": [10, 5],
    }  # fmt: skip
    assert outcome.submissions.source(1, ["marks@王", "survey@满意"]) == "all.xlsx#Sheet!D3; all.xlsx#Sheet!E3"


def test_a_notice_gives_the_seats(tmp_path: Path, known: Catalogue, rubric: str) -> None:
    notice = tmp_path / "notice.json"
    notice.write_text('{"rubric": "test", "categories": {"甲": {"seats": 1}}, "award": {"title": "先进单位"}}', encoding="utf-8")
    work = submitted(tmp_path / "work", ("红星", "甲", 9), ("东方", "甲", 8))
    outcome = evaluate_path(work, known, Request(rubric=rubric, notice=notice))
    assert outcome.standings.award == ("先进单位", "")
    assert outcome.notice is not None


def test_faults_in_the_data_are_problems_and_good_units_are_scored(tmp_path: Path, known: Catalogue, rubric: str) -> None:
    work = submitted(tmp_path / "work", ("红星", "甲", "many"), ("东方", "甲", 8), ("", "甲", 5), ("南方", "丙", 5))
    outcome = evaluate_path(work, known, Request(rubric=rubric))
    assert sorted(outcome.standings.status) == ["incomplete", "invalid", "invalid", "ranked"]
    assert told(outcome)["东方"][:2] == (8, 1)
    assert {p.severity for p in outcome.problems} == {"error"}


@pytest.mark.parametrize("heading", ["unit", "category"])
def test_nobody_is_ranked_where_a_file_does_not_say_who_is_who(tmp_path: Path, known: Catalogue, rubric: str, heading: str) -> None:
    work = tmp_path / "work"
    work.mkdir()
    (work / "all.csv").write_text("{},a\nx,9\ny,8\n".format("category" if heading == "unit" else "unit"), encoding="utf-8")
    try:
        outcome = evaluate_path(work, known, Request(rubric=rubric))
    except InputError as error:
        assert said(error.what).startswith("nothing can be scored")  # noqa: PT017
    else:
        assert set(outcome.standings.status) == {"invalid"}
        assert outcome.problems


def test_two_files_that_claim_one_unit_are_both_named(tmp_path: Path, known: Catalogue, rubric: str) -> None:
    work = submitted(tmp_path / "work", ("红星", "甲", 9), name="one.csv")
    submitted(work, ("红星", "甲", 8), ("东方", "甲", 7), name="two.csv")
    outcome = evaluate_path(work, known, Request(rubric=rubric))
    assert told(outcome)["红星"][4] == "invalid"
    assert {"one.csv", "two.csv"} <= {p.file for p in outcome.problems}
    assert told(outcome)["东方"][:2] == (7, 1)


def test_where_there_is_nothing_the_run_is_refused(tmp_path: Path, known: Catalogue, rubric: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError):
        evaluate_path(tmp_path / "empty", known, Request(rubric=rubric))
    with pytest.raises(InputError, match="nothing can be scored") as caught:
        evaluate_path(submitted(tmp_path / "heads"), known, Request(rubric=rubric))
    assert caught.value.cure is not None


def test_without_any_table_the_run_is_refused_and_says_what_to_name() -> None:
    work = Commission(plan_of({"a": criterion()}), None, [])
    with pytest.raises(InputError) as caught:
        evaluate(work, catalogue())
    assert said(caught.value.what) == "nothing can be scored: there is no submission in it"
    assert ".xlsx" in said(caught.value.cure)


def test_a_run_without_any_unit_says_the_first_error_that_was_found_and_where() -> None:
    repair = Problem("repair", T("a space was removed"), T("nothing to do"), file="a.csv")
    error = Problem("error", T("the file is empty"), T("fill it"), file="b.xlsx", sheet="表", field="/a")
    empty = RawTable({}, (), (), (), problems=(repair, error))
    with pytest.raises(InputError) as caught:
        evaluate(Commission(plan_of({"a": criterion()}), None, [empty]), catalogue())
    assert said(caught.value.what) == "nothing can be scored: the file is empty"
    assert (caught.value.where, said(caught.value.cure)) == ("b.xlsx 表 /a", "fill it")


def test_checking_finds_the_same_problems_and_scores_nothing(tmp_path: Path, known: Catalogue, rubric: str) -> None:
    work = submitted(tmp_path / "work", ("红星", "甲", "many"), ("红星", "甲", 8), ("东方", "甲", 8))
    checked, scored = validate_path(work, known, Request(rubric=rubric)), evaluate_path(work, known, Request(rubric=rubric))
    assert checked.problems == scored.problems
    assert checked.standings.unit == ("红星", "红星", "东方")
    assert (set(checked.standings.status), dict(checked.standings.figures), dict(checked.sheet.points)) == ({""}, {}, {})


@pytest.mark.parametrize("run", [evaluate_path, validate_path])
def test_progress_is_told_for_every_unit(tmp_path: Path, known: Catalogue, rubric: str, run: Any) -> None:
    seen: list[int] = []
    work = submitted(tmp_path / "work", ("红星", "甲", 9), ("东方", "甲", 8))
    run(work, known, Request(rubric=rubric), progress=seen.append)
    assert sum(seen) == 2


# -------------------------------------------------------------------- batches

PROPERTIES = {
    "s": section({"a": criterion(), "b": criterion({"to_best": {"points": 5}}, 5)}),
    "late": NUMBER,
    "c": {"x-criterion": {"points": 3, "rule": {"flag": {"of": "rate(s) >= 0.5"}}}},
}
PLAN = plan_of(
    PROPERTIES,
    categories=("甲", "乙"),
    levels=LEVELS,
    gates={"g": {"title": "门", "if": "late > 2", "effect": "not ranked"}},
    variants={"乙": {"criteria": {"s.a": {"points": 8}}}},
    rank={"tie_break": [{"by": "s.a", "first": "high", "title": "a"}]},
)
value = st.none() | st.integers(0, 8) | st.just("bad")
row = st.tuples(st.integers(0, 9), st.sampled_from(["甲", "乙", "丙"]), value, value, st.none() | st.integers(0, 4))


def table(rows: list[tuple[Any, ...]]) -> RawTable:
    """One batch as a reader gives it."""
    names = ("unit", "category", "s.a", "s.b", "late")
    columns = {name: [f"U{r[0]}" if not i else r[i] for r in rows] for i, name in enumerate(names)}
    return RawTable(
        columns, ("all.csv",), (0,) * len(rows), tuple(range(2, 2 + len(rows))), "", {n: "ABCDE"[i] for i, n in enumerate(names)}
    )


def result(batches: list[list[tuple[Any, ...]]]) -> Outcome:
    return evaluate(Commission(PLAN, None, [table(b) for b in batches if b]), catalogue())


@settings(max_examples=30)
@given(st.lists(row, min_size=1, max_size=9), st.integers(1, 8))
def test_the_size_of_batches_never_shows(rows: list[tuple[Any, ...]], size: int) -> None:
    parted = [rows[i : i + size] for i in range(0, len(rows), size)]
    whole, parts = result([rows]), result(parted)
    assert list(told(whole)) == list(told(parts))
    for unit, found in told(whole).items():
        assert found[:5] == told(parts)[unit][:5]


@settings(max_examples=30)
@given(st.lists(row, min_size=1, max_size=9, unique_by=lambda r: r[0]), st.randoms())
def test_the_order_of_the_units_never_shows(rows: list[tuple[Any, ...]], chance: Any) -> None:
    other = list(rows)
    chance.shuffle(other)
    assert told(result([rows])) == told(result([other]))


def test_one_batch_needs_no_other_unit() -> None:
    rows = [(1, "甲", 5, 4, 0), (2, "乙", 3, 4, 0)]
    submissions, sheet, problems = local(PLAN, table(rows))
    assert (submissions.unit, sheet.size, problems) == (("U1", "U2"), 2, ())
    assert "s.a" in sheet.points
    assert "s.b" not in sheet.points or "c" not in sheet.points


def test_problems_that_say_the_same_are_told_once() -> None:
    one = table([(1, "甲", "bad", 4, 0)])
    outcome = evaluate(Commission(PLAN, None, [one, replace(table([(2, "甲", 1, 1, 0)]), problems=())]), catalogue())
    assert len({(p.unit, p.field, said(p.what)) for p in outcome.problems}) == len(outcome.problems) > 0
