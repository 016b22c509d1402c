"""CSV tables: names, order and printing are those of the contract."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from scorekit_plugins.exporters import documents, problems, tables
from scorekit_plugins.exporters.tables import INPUTS, PROBLEMS, SCORES, STANDINGS

from scorekit.domain import listing
from scorekit.domain.column import Column
from scorekit.domain.documents import pretty
from scorekit.domain.lazy import Columns, Index, Made, count_of
from scorekit.domain.outputs import Outcome
from scorekit.domain.tables import Problem
from scorekit.errors import T
from tests.building import criterion, outcome_of
from tests.outcomes import DOCUMENT, UNITS, in_rows, small_outcome

OUTCOME = small_outcome("en")


def written(outcome: Outcome, folder: Path) -> dict[str, list[dict[str, str]]]:
    found = {}
    for name in tables.write(outcome, folder):
        assert (folder / name).read_bytes().startswith(b"\xef\xbb\xbf")
        with open(folder / name, encoding="utf-8-sig", newline="") as file:
            found[name.removesuffix(".csv")] = list(csv.DictReader(file))
    return found


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, str]]]:
    return written(OUTCOME, tmp_path_factory.mktemp("tables"))


def test_the_columns_are_those_of_the_contract(found: dict[str, list[dict[str, str]]]) -> None:
    assert tuple(found["standings"][0]) == (*STANDINGS, "section:organisation", "section:rights")
    assert tuple(found["scores"][0]) == SCORES
    assert tuple(found["problems"][0]) == PROBLEMS
    assert tuple(found["inputs"][0]) == INPUTS
    assert ",".join(STANDINGS) == "rank,unit,category,total,base,bonus,deduction,adjusted,level,award,status,reasons"


def test_the_standings_of_a_unit_in_full(found: dict[str, list[dict[str, str]]]) -> None:
    assert found["standings"][0] == {
        "rank": "1",
        "unit": UNITS[0],
        "category": "企业",
        "total": "14.67",
        "base": "11.67",
        "bonus": "3.00",
        "deduction": "0.00",
        "adjusted": "0.00",
        "level": "模范",
        "award": "模范职工之家",
        "status": "ranked",
        "reasons": "",
        "section:organisation": "2.50",
        "section:rights": "9.2",
    }


def test_a_figure_that_is_missing_is_empty(found: dict[str, list[dict[str, str]]]) -> None:
    incomplete = next(r for r in found["standings"] if r["status"] == "incomplete")
    assert (incomplete["total"], incomplete["rank"], incomplete["section:organisation"]) == ("", "", "")
    assert incomplete["reasons"] == "the figure of 入会率 is missing; the gate fired"


def test_reasons_are_told_in_the_language_of_the_run(tmp_path: Path) -> None:
    told = written(small_outcome("zh"), tmp_path)["standings"]
    assert "；" in next(r["reasons"] for r in told if r["status"] == "incomplete")


def score(found: dict[str, list[dict[str, str]]], unit: str, criterion: str) -> dict[str, str]:
    return next(r for r in found["scores"] if r["unit"] in (unit, "'" + unit) and r["criterion"] == criterion)


@pytest.mark.parametrize(
    ("unit", "criterion", "told"),
    [
        (0, "organisation.membership", ("2.50", "5", "scored", "part", "80%", "企业.xlsx#自评表!C4; 企业.xlsx#自评表!D4")),
        (1, "organisation.membership", ("5.00", "5", "scored", "full", "99.6666666667%", "企业.xlsx#自评表!C5; 企业.xlsx#自评表!D5")),
        (3, "organisation.membership", ("", "5", "missing", "divided-by-zero", "", "企业.xlsx#自评表!C6; 企业.xlsx#自评表!D6")),
        (4, "rights.contracts", ("", "6", "invalid", "invalid", "", "企业.xlsx#自评表!G8")),
        (
            2,
            "rights.talk",
            ("0.00", "4", "missing", "missing-as-zero", "", "a/教育局.json#/rights/talk/评委1; a/教育局.json#/rights/talk/评委2"),
        ),
        (
            5,
            "rights.talk",
            ("3.82", "4", "scored", "part", "评委1 95; 评委2 96", "财政局.json#/rights/talk/评委1; 财政局.json#/rights/talk/评委2"),
        ),
        (3, "extra.complaints", ("-2.00", "", "scored", "taken", "2", "企业.xlsx#自评表!K6; 企业.xlsx#自评表!L6")),
        (0, "extra.honours", ("3.00", "3", "scored", "capped", "2", "企业.xlsx#自评表!/extra/honours")),
        (3, "gate:organisation.chair_elected", ("", "", "scored", "gate-fired", "", "企业.xlsx#自评表!F6")),
    ],
)
def test_a_score_tells_points_reason_value_and_source(
    found: dict[str, list[dict[str, str]]], unit: int, criterion: str, told: tuple[str, ...]
) -> None:
    assert tuple(score(found, UNITS[unit], criterion)[n] for n in SCORES[2:]) == told


def test_what_is_no_part_of_a_units_standard_has_no_row(found: dict[str, list[dict[str, str]]]) -> None:
    assert {r["unit"] for r in found["scores"] if r["criterion"] == "rights.contracts"} == {
        UNITS[0],
        "'=1+1 工会",
        UNITS[3],
        "'+光明粮油工会",
    }


def test_where_tracks_read_different_fields_each_unit_has_its_own_source(tmp_path: Path) -> None:
    mine, other = OUTCOME.plan.tracks
    changed = replace(
        other, criteria=tuple(replace(c, reads=("extra.complaints",)) if c.spec.path == "rights.talk" else c for c in other.criteria)
    )
    told = written(replace(OUTCOME, plan=replace(OUTCOME.plan, tracks=(mine, changed))), tmp_path)
    assert score(told, UNITS[2], "rights.talk")["source"] == "a/教育局.json#/extra/complaints"
    assert score(told, UNITS[0], "rights.talk")["source"].startswith("企业.xlsx#自评表!M4")


def test_a_value_that_is_one_for_all_is_told_to_each(tmp_path: Path) -> None:
    values = {**OUTCOME.sheet.values, "rights.talk": Column.of(Decimal("0.5"))}
    told = written(replace(OUTCOME, sheet=replace(OUTCOME.sheet, values=values)), tmp_path)
    assert {r["value"] for r in told["scores"] if r["criterion"] == "rights.talk"} == {"0.5"}


def test_problems_stand_by_gravity_and_text_that_looks_like_a_formula_is_guarded(found: dict[str, list[dict[str, str]]]) -> None:
    assert [r["severity"] for r in found["problems"]] == ["error", "warning", "repair"]
    assert found["problems"][0]["unit"] == "'+光明粮油工会"
    assert tuple(found["problems"][2].values())[2:] == (
        "企业.xlsx",
        "自评表",
        "G4",
        "rights.contracts",
        "“92.28%” was read as 92.28",
        "write a number",
    )


def test_every_field_of_every_unit_is_told_as_it_was_read(found: dict[str, list[dict[str, str]]]) -> None:
    rows = {(r["unit"], r["field"]): r for r in found["inputs"]}
    assert rows[UNITS[0], "rights.contracts"] == {
        "unit": UNITS[0],
        "field": "rights.contracts",
        "value": "92.28%",
        "raw": "92.28%",
        "file": "企业.xlsx",
        "sheet": "自评表",
        "cell": "G4",
    }
    assert rows["'+光明粮油工会", "rights.contracts"]["raw"] == "'=九成"
    assert rows["'+光明粮油工会", "rights.contracts"]["value"] == ""
    assert rows[UNITS[0], "rights.talk@评委2"]["value"] == "91.5"
    assert rows[UNITS[0], "rights.trained_on"]["value"] == "2026-03-01"
    assert rows[UNITS[3], "organisation.chair_elected"]["value"] == "false"
    assert (UNITS[0], "organisation.membership") not in rows


def test_records_are_told_one_by_one_and_none_is_told_apart_from_not_handed_in(found: dict[str, list[dict[str, str]]]) -> None:
    rows = {(r["unit"], r["field"]): (r["value"], r["cell"]) for r in found["inputs"]}
    assert rows[UNITS[0], "extra.honours"][0] == "2"
    assert rows[UNITS[0], "extra.honours[0].share"][0] == "50%"
    assert rows[UNITS[0], "extra.honours[1].level"][0] == "'@省级"
    assert rows[UNITS[5], "extra.honours[0].level"] == ("市级", "/extra/honours/0/level")
    assert rows[UNITS[3], "extra.honours"][0] == "0"
    assert rows["'+光明粮油工会", "extra.honours"][0] == ""


def test_records_of_a_sheet_keep_its_cell(tmp_path: Path) -> None:
    places = OUTCOME.submissions.places
    letters = {**places[0].letters, "extra.honours": "J"}
    submissions = replace(OUTCOME.submissions, places=(replace(places[0], letters=letters), places[1]))
    rows = written(replace(OUTCOME, submissions=submissions), tmp_path)["inputs"]
    assert {r["cell"] for r in rows if r["field"].startswith("extra.honours") and r["unit"] == UNITS[0]} == {"J4"}


def test_records_of_a_table_of_their_own_have_its_row(tmp_path: Path) -> None:
    lists = OUTCOME.submissions.columns["extra.honours"]
    at = Column.texts([f"荣誉.csv!{n + 2}" for n in range(int(lists.offsets[-1]))])
    columns = {**OUTCOME.submissions.columns, "extra.honours": replace(lists, at=at)}
    rows = written(replace(OUTCOME, submissions=replace(OUTCOME.submissions, columns=columns)), tmp_path)["inputs"]
    cells = {r["field"]: r["cell"] for r in rows if r["unit"] == UNITS[0]}
    assert (cells["extra.honours[0].level"], cells["extra.honours[1].level"]) == ("荣誉.csv!2", "荣誉.csv!3")


def test_the_order_of_units_shows_in_the_inputs_only(tmp_path: Path) -> None:
    tables.write(OUTCOME, tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    for order in list(permutations(range(6)))[1::131]:
        problems = tuple(reversed(OUTCOME.problems))
        tables.write(replace(in_rows(OUTCOME, list(order)), problems=problems), tmp_path)
        after = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
        assert {n for n in after if after[n] != before[n]} == {"inputs.csv"}


def test_blocks_do_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables.write(OUTCOME, tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    monkeypatch.setattr(listing.row_blocks, "__defaults__", (2,))
    tables.write(OUTCOME, tmp_path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_runs_do_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables.write(OUTCOME, tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    for run in (1, 4, 5):
        monkeypatch.setattr(tables, "RUN", run)
        tables.write(OUTCOME, tmp_path)
        assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


class Rowwise(Made[Any]):
    """A column that nobody may read whole."""

    def read(self, rows: Index | None = None) -> Any:
        """No more than two of its rows."""
        assert rows is not None
        assert count_of(rows) <= 2
        return super().read(rows)


def rowwise(table: Mapping[str, Any]) -> Columns[Any]:
    return Columns({}, {name: Rowwise(column) for name, column in table.items()})


def test_no_column_is_read_whole_or_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {name: list(getattr(tables, name)(OUTCOME)) for name in ("scores", "inputs")}
    monkeypatch.setattr(tables, "RUN", 2)
    sheet = replace(OUTCOME.sheet, **{name: rowwise(getattr(OUTCOME.sheet, name)) for name in ("points", "full", "reasons", "values")})
    submissions = replace(OUTCOME.submissions, columns=rowwise(OUTCOME.submissions.columns))
    outcome = replace(OUTCOME, sheet=sheet, submissions=submissions)
    assert {name: list(getattr(tables, name)(outcome)) for name in ("scores", "inputs")} == before


def test_a_file_whose_name_would_be_a_formula_is_guarded_in_every_source(tmp_path: Path) -> None:
    places = OUTCOME.submissions.places
    odd = (replace(places[0], files=("=企业,1.xlsx",)), places[1])
    told = written(replace(OUTCOME, submissions=replace(OUTCOME.submissions, places=odd)), tmp_path)
    assert score(told, UNITS[0], "rights.contracts")["source"] == "'=企业,1.xlsx#自评表!G4"
    assert {r["file"] for r in told["inputs"] if r["unit"] == UNITS[0]} == {"'=企业,1.xlsx"}


def test_an_outcome_without_units_or_problems_is_heads_only(tmp_path: Path) -> None:
    told = written(replace(in_rows(OUTCOME, []), problems=()), tmp_path)
    assert told == {"standings": [], "scores": [], "problems": [], "inputs": []}


def test_letters_that_no_file_can_hold_are_spelt_out(tmp_path: Path) -> None:
    problem = Problem("error", T("bad \ud800 letter"), T("retype it"))
    assert written(replace(OUTCOME, problems=(problem,)), tmp_path)["problems"][0]["message"] == "bad \\ud800 letter"


def test_the_rubric_is_written_as_it_was_applied(tmp_path: Path) -> None:
    assert documents.write(OUTCOME, tmp_path) == ["rubric.json"]
    assert (tmp_path / "rubric.json").read_bytes() == pretty(DOCUMENT)
    assert b'"at_least": 0.90' in pretty(DOCUMENT)


def test_the_problems_may_be_written_alone(tmp_path: Path) -> None:
    assert problems.write(OUTCOME, tmp_path) == ["problems.csv"]
    alone = (tmp_path / "problems.csv").read_bytes()
    tables.write(OUTCOME, tmp_path)
    assert (tmp_path / "problems.csv").read_bytes() == alone
    assert [e.formats for e in problems.scorekit_exporters()] == [("problems",)]


def test_each_module_offers_its_exporter() -> None:
    assert [(e.name, e.formats) for m in (tables, documents) for e in m.scorekit_exporters()] == [
        ("csv", ("csv",)),
        ("rubric", ("csv", "parquet")),
    ]


def test_declared_figures_have_twelve_digits_or_those_of_their_rounding(tmp_path: Path) -> None:
    shape = {
        "a": criterion(points=100),
        "x": {"x-derive": {"formula": "a / 7", "output": True}},
        "y": {"x-derive": {"formula": "a / 4", "rounding": {"decimals": 3}, "output": True}},
        "z": {"x-derive": {"formula": "if(a > 20, '=好', '差')", "output": True}},
    }
    [first, second] = written(outcome_of(shape, {"a": [30, None]}), tmp_path)["standings"]
    assert list(first)[-3:] == ["figure:x", "figure:y", "figure:z"]
    assert [first[f"figure:{n}"] for n in "xyz"] == ["4.285714285714", "7.500", "'=好"]
    assert [second[f"figure:{n}"] for n in "xyz"] == ["", "", ""]
