"""Results as input: figures of earlier runs by key, one or several of them, and nothing in silence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import scorekit
from scorekit.catalogue import Catalogue, discover
from scorekit.domain.outputs import Outcome
from scorekit.errors import InputError
from scorekit.evaluation import evaluate_path
from scorekit.loading.request import Request
from scorekit.loading.results import load_results
from scorekit.saving import save
from tests.building import NUMBER, TEXT, criterion, document, said, section

LEVELS = [{"id": "good", "title": "先进", "at_least": 8}]


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return discover(third_party=False)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, known: Catalogue) -> Path:
    """The results of a first round: four members of two teams, one of them without a total."""
    folder = tmp_path_factory.mktemp("first")
    shape = {"team": {**TEXT, "title": "班组"}, "s": section({"a": criterion(missing="incomplete")})}
    rubric = written(folder / "rubric.json", document(shape, levels=LEVELS))
    units = folder / "units.csv"
    units.write_text("单位名称,班组,s.a\n甲,一班,9\n乙,一班,7.5\n丙,二班,\n丁,三班,8\n", encoding="utf-8")
    save(evaluate_path(units, known, Request(rubric=str(rubric))), known, folder / "out")
    return folder / "out"


def written(path: Path, document_: Any) -> Path:
    path.write_text(json.dumps(document_, ensure_ascii=False), encoding="utf-8")
    return path


def source(**more: Any) -> dict[str, Any]:
    return {"who": "result", "run": "初赛", "figure": "total", **more}


def second(folder: Path, units: str, field: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a second round: the field ``carried`` comes from the first."""
    (folder / "in").mkdir()
    (folder / "in" / "all.csv").write_text(units, encoding="utf-8")
    return {
        "path": folder / "in",
        "rubric": str(written(folder / "rubric.json", document({"carried": field, "code": {**TEXT, "title": "代号"}}))),
    }


def carried_on(work: dict[str, Any], known: Catalogue, first: Path) -> Outcome:
    return evaluate_path(work["path"], known, Request(work["rubric"], results={"初赛": first}))


CARRIED = {**NUMBER, "title": "初赛成绩"}


def values(outcome: Any) -> list[Any]:
    return [None if v is None else v if isinstance(v, str) else float(v) for v in outcome.submissions.columns["carried"].listed()]


def problems(outcome: Any) -> list[str]:
    return [f"{p.severity} {p.unit} {p.field}: {said(p.what)}" for p in outcome.problems if p.severity == "error"]


def test_a_round_is_carried_over_by_the_units_name(tmp_path: Path, known: Catalogue, first: Path) -> None:
    work = second(tmp_path, "单位名称\n丁\n甲\n戊\n丙\n", criterion(field={**CARRIED, "x-source": source()}))
    outcome = carried_on(work, known, first)
    assert values(outcome) == [8, 9, None, None]
    assert problems(outcome) == [
        "error 戊 carried: the run “初赛” has no unit “戊”: “初赛成绩” is missing",
        "error 丙 carried: the run “初赛” has no figure for “丙”: “初赛成绩” is missing",
    ]
    run = outcome.run["results"]["初赛"]
    assert (run["rubric"], run["version"], len(run["digest"])) == ("test", "1", 64)


@pytest.mark.parametrize(
    ("take", "found"),
    [("sum", [16.5, None, 8]), ("mean", [8.25, None, 8]), ("max", [9, None, 8]), ("min", [7.5, None, 8]), ("count", [2, 1, 1])],
)
def test_members_go_into_their_team_by_a_field(tmp_path: Path, known: Catalogue, first: Path, take: str, found: list[Any]) -> None:
    work = second(tmp_path, "单位名称\n一班\n二班\n三 班\n", criterion(field={**CARRIED, "x-source": source(by="team", take=take)}))
    assert values(carried_on(work, known, first)) == found


def test_several_where_one_is_asked_for_are_invalid(tmp_path: Path, known: Catalogue, first: Path) -> None:
    work = second(tmp_path, "单位名称\n一班\n", criterion(field={**CARRIED, "x-source": source(by="team")}))
    outcome = carried_on(work, known, first)
    assert (values(outcome), problems(outcome)) == ([None], ["error 一班 carried: the run “初赛” has 2 units “一班”"])


@pytest.mark.parametrize(
    ("figure", "found"),
    [("rank", [1, 3]), ("section:s", [9, 7.5]), ("points:s.a", [9, 7.5]), ("base", [9, 7.5])],
)
def test_any_figure_of_the_run_may_be_read(tmp_path: Path, known: Catalogue, first: Path, figure: str, found: list[Any]) -> None:
    work = second(tmp_path, "单位名称\n甲\n乙\n", criterion(field={**CARRIED, "x-source": source(figure=figure)}))
    assert values(carried_on(work, known, first)) == found


def test_a_level_is_a_word_and_the_key_may_stand_in_another_field(tmp_path: Path, known: Catalogue, first: Path) -> None:
    rule = {"priced": {"prices": {"先进": 3, "未达标": 0}}}
    field = criterion(rule, field={**TEXT, "title": "初赛等次", "x-source": source(figure="level", key="code")})
    work = second(tmp_path, "单位名称,代号\n一,甲\n二,乙\n三,\n", field)
    assert values(carried_on(work, known, first)) == ["先进", "未达标", None]


def test_what_was_entered_is_not_used_and_the_run_explains_itself(tmp_path: Path, known: Catalogue, first: Path) -> None:
    work = second(tmp_path, "单位名称,初赛成绩\n甲,10\n", criterion(field={**CARRIED, "x-source": source()}))
    outcome = carried_on(work, known, first)
    assert values(outcome) == [9]
    assert [said(p.what) for p in outcome.problems] == ["“初赛成绩” comes from an earlier run; what was entered is not used"]
    save(outcome, known, tmp_path / "out")
    from scorekit.explaining import explain

    saved = load_results(tmp_path / "out")
    assert saved.run["results"]["初赛"]["rubric"] == "test"
    assert any("初赛成绩 = 9 [初赛#甲]" in line for line in explain(saved, "甲", known, "zh"))
    assert [row["source"] for row in saved.scores] == ["初赛#甲"]


@pytest.mark.parametrize(
    ("field", "results", "words"),
    [
        (source(), {}, "the standard reads the results of an earlier run, “初赛”, and nothing says where they are"),
        (source(), {"初赛": ".", "复赛": "."}, "the standard reads no run “复赛”"),
        (source(figure="section:zz"), {"初赛": "first"}, "the run “初赛” has no figure “section:zz”"),
        (source(figure="points:zz"), {"初赛": "first"}, "the run “初赛” has no figure “points:zz”"),
        (source(by="zz"), {"初赛": "first"}, "the run “初赛” has no field “zz”"),
        (source(), {"初赛": "nowhere"}, "there are no results in this folder"),
    ],
)
def test_what_cannot_be_read_stops_the_run(
    tmp_path: Path, known: Catalogue, first: Path, field: dict[str, Any], results: dict[str, str], words: str
) -> None:
    work = second(tmp_path, "单位名称\n甲\n", criterion(field={**CARRIED, "x-source": field}))
    folders = {name: first if folder == "first" else tmp_path / folder for name, folder in results.items()}
    with pytest.raises(InputError) as fault:
        evaluate_path(work["path"], known, Request(work["rubric"], results=folders))
    assert said(fault.value.what) == words


def test_a_set_that_was_changed_is_refused(tmp_path: Path, known: Catalogue, first: Path) -> None:
    import shutil

    changed = tmp_path / "changed"
    shutil.copytree(first, changed)
    (changed / "standings.csv").write_bytes((changed / "standings.csv").read_bytes().replace(b"9.00", b"9.50"))
    work = second(tmp_path, "单位名称\n甲\n", criterion(field={**CARRIED, "x-source": source()}))
    with pytest.raises(InputError, match="do not belong together"):
        carried_on(work, known, changed)


def test_the_python_interface_reads_them_beside_a_frame(tmp_path: Path, first: Path) -> None:
    import pandas as pd

    work = second(tmp_path, "", criterion(field={**CARRIED, "x-source": source()}))
    found = scorekit.evaluate(pd.DataFrame({"unit": ["甲", "丁"]}), work["rubric"], results={"初赛": first})
    assert [float(v) for v in found.standings["total"]] == [9, 8]
