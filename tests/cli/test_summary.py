"""After a run a few lines say how many units there are, who leads, what was wrong, and where the files are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import typer

from scorekit.cli.summary import MOST_AHEAD, MOST_PROBLEMS, conclude, problem_lines, summary
from scorekit.domain.tables import Problem, Severity
from scorekit.errors import T
from tests.outcomes import in_rows, small_outcome

WRITTEN = (Path("out/ranking.xlsx"), Path("out/run.json"))


def problem(severity: Severity, unit: str = "甲", **place: str) -> Problem:
    return Problem(severity, T("{name} is missing", name="members"), T("leave one of the two out"), unit, **place)


def test_the_summary_of_an_evaluation_in_english() -> None:
    assert summary(small_outcome(), WRITTEN, Path("out"), "en") == [
        "职工之家考核标准 (small-home 2026.1)",
        "6 units: ranked 4, not ranked 1, incomplete 1",
        "企业: 4 units",
        "  1  红星机械厂工会  14.67  模范  模范职工之家",
        "  2  =1+1 工会       13.52  模范",
        "机关: 2 units",
        "  1  市财政局工会  15.00  模范    模范职工之家",
        "  2  市教育局工会   5.00  未达标",
        "Problems: error 1, warning 1, repair 1",
        "The results are in out: ranking.xlsx, run.json",
    ]


def test_of_a_unit_at_the_head_that_a_gate_took_the_award_from_it_is_said() -> None:
    outcome = small_outcome()
    status = ["not awarded" if rank == 1 else s for rank, s in zip(outcome.standings.rank.tolist(), outcome.standings.status, strict=True)]
    kept = replace(outcome, standings=replace(outcome.standings, status=status, award=("",) * 6))
    lines = summary(kept, WRITTEN, Path("out"), "zh")
    assert [line for line in lines if line.endswith("不予授予")] == [line for line in lines if line.startswith("  1  ")] != []


def test_the_summary_speaks_chinese() -> None:
    lines = summary(small_outcome(), WRITTEN, Path("out"), "zh")
    assert lines[2] == "企业：4 个单位"
    assert lines[-1] == "结果在 out：ranking.xlsx、run.json"


def test_a_category_without_units_is_not_printed() -> None:
    lines = summary(in_rows(small_outcome(), [0, 1]), WRITTEN, Path("out"), "en")
    assert [line for line in lines if "units" in line] == ["2 units: ranked 2", "企业: 2 units"]


def test_units_without_categories_have_no_heading() -> None:
    outcome = small_outcome()
    outcome = replace(outcome, plan=replace(outcome.plan, categories=()), standings=replace(outcome.standings, category=("",) * 6))
    assert "units" not in "".join(summary(outcome, WRITTEN, Path("out"), "en")[2:])


def test_those_who_share_the_last_printed_place_are_counted() -> None:
    outcome = in_rows(small_outcome(), [0, 1, 2, 3, 4, 5])
    rank = outcome.standings.rank.copy()
    rank[:] = 1
    outcome = replace(outcome, standings=replace(outcome.standings, rank=rank))
    lines = summary(outcome, WRITTEN, Path("out"), "en")
    assert lines[6] == "  … and 1 more of the same place"
    assert len([line for line in lines if line.startswith("  1  ")]) == 5


def test_problems_are_listed_gravest_first_with_place_and_cure() -> None:
    found = [
        problem("repair"),
        problem("error", file="a.xlsx", sheet="表", cell="B2", field="#/x"),
        problem("warning", unit="", field="#/y"),
    ]
    assert problem_lines(found, "en")[:2] == [
        "[error] members is missing · 甲 · a.xlsx 表 B2 · leave one of the two out",
        "[warning] members is missing · #/y · leave one of the two out",
    ]
    assert problem_lines(found, "en")[-1] == "Problems: error 1, warning 1, repair 1"


def test_the_slightest_finding_of_a_standard_is_a_remark_and_no_repair() -> None:
    lines = problem_lines([problem("repair", unit="", field="#/y"), problem("warning", unit="")], "en", of_standard=True)
    assert lines[1:] == ["[remark] members is missing · #/y · leave one of the two out", "Problems: warning 1, remark 1"]
    assert problem_lines([problem("repair", unit="")], "zh", of_standard=True)[0].startswith("[提示] ")


def test_of_many_problems_the_rest_is_counted() -> None:
    lines = problem_lines([problem("warning")] * (MOST_PROBLEMS + 5), "en")
    assert len(lines) == MOST_PROBLEMS + 2
    assert lines[-2:] == ["… and 5 more", f"Problems: warning {MOST_PROBLEMS + 5}"]


def test_no_problems_are_said_to_be_none() -> None:
    assert problem_lines([], "en") == ["No problems in the submissions."]


@pytest.mark.parametrize(
    ("severities", "strict", "ends"),
    [(["error"], True, True), (["warning"], True, True), (["repair"], True, False), ([], True, False), (["error"], False, False)],
)
def test_only_a_strict_run_ends_with_a_status_for_errors_and_warnings(severities: list[Severity], strict: bool, ends: bool) -> None:
    found = [problem(s) for s in severities]
    if not ends:
        assert conclude(found, strict) is None
        return
    with pytest.raises(typer.Exit) as ended:
        conclude(found, strict)
    assert ended.value.exit_code == 1


def test_errors_of_no_single_unit_are_told_with_the_summary() -> None:
    found = (
        problem("error", unit="", file="a.csv", field="n"),
        problem("error"),
        problem("warning", unit=""),
        *(problem("error", unit=""),) * 9,
    )
    lines = summary(replace(small_outcome(), problems=found), WRITTEN, Path("out"), "en")
    told = [line for line in lines if line.startswith("[")]
    assert told[0] == "[error] members is missing · a.csv n · leave one of the two out"
    assert len(told) == MOST_AHEAD
    assert not any("甲" in line for line in told)
