"""Faults that other scoring software shipped, each from the submissions to every export: none of them is ours."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.rules.panel import panel
from scorekit_plugins.rules.panel_mean import panel_mean

import scorekit
from scorekit.cli import main
from scorekit.domain.tables import Reason
from tests import oracle
from tests.building import assessed, criterion, document, outcome_of, plan_of, points, reasons, seats, totals, units, why

RATERS = ["甲评委", "乙评委", "丙评委"]
NUMBER = {"type": "number"}
PERCENT = {"type": "number", "x-unit": "percent"}
MARKS = {"type": "object", "additionalProperties": {"type": ["number", "null"]}, "x-source": {"who": "panel", "raters": RATERS}}


class Run:
    """One assessment from a CSV file to all that is written of it."""

    def __init__(self, folder: Path, properties: dict[str, Any], rows: Sequence[Sequence[Any]], **frame: Any) -> None:
        self.work, self.rubric, self.out = folder / "work", folder / "rubric.json", folder / "out"
        self.work.mkdir()
        self.plugins, notice = frame.pop("plugins", None), frame.pop("notice", None)
        self.rubric.write_text(json.dumps(document(properties, **frame), ensure_ascii=False), encoding="utf-8")
        with (self.work / "all.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        self.words = ["--rubric", str(self.rubric), *(["--plugins", str(self.plugins)] if self.plugins else [])]
        if notice:
            (folder / "notice.json").write_text(json.dumps({"rubric": "test", **notice}, ensure_ascii=False), encoding="utf-8")
            self.words += ["--notice", str(folder / "notice.json")]
        self.code = main(["evaluate", str(self.work), "--out", str(self.out), *self.words])

    def table(self, name: str) -> list[dict[str, str]]:
        with (self.out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def parquet(self, name: str) -> list[dict[str, Any]]:
        out = self.out.with_name("columns")
        if not out.exists():
            assert main(["evaluate", str(self.work), "--out", str(out), "--format", "parquet", *self.words]) == self.code
        found: list[dict[str, Any]] = pyarrow.parquet.read_table(out / f"{name}.parquet").to_pylist()
        return found

    def cells(self) -> list[Any]:
        """Every cell of the workbook: its value as a person sees it."""
        book = openpyxl.load_workbook(self.out / "ranking.xlsx")
        return [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]

    def sheet(self, title: str) -> list[list[Any]]:
        book = openpyxl.load_workbook(self.out / "ranking.xlsx")
        return [[c.value for c in row] for row in book[title].iter_rows()]

    def result(self) -> scorekit.Result:
        plugins = [self.plugins] if self.plugins else []
        return scorekit.evaluate(self.work, self.rubric, plugins=plugins)


@pytest.fixture
def run(tmp_path: Path) -> Any:
    return lambda *arguments, **frame: Run(tmp_path, *arguments, **frame)


# -------------------------------------------------------------------- points rebuilt from a rounded percentage


def test_points_are_minted_once_and_never_rebuilt_from_a_printed_percentage(run: Any) -> None:
    """One third is printed 33.33 %, and a third of 60 is 20.00 and not 19.998."""
    fields = {
        "members": NUMBER, "employees": NUMBER,
        "rate": {"title": "入会率", "x-unit": "percent", "x-derive": "members / employees", **criterion("pro_rata", 60, {})},
    }  # fmt: skip
    done = run(fields, [("unit", "members", "employees"), ("A", 1, 3), ("B", 2, 3), ("C", 173, 200)])
    assert {r["unit"]: r["points"] for r in done.table("scores")} == {"A": "20.00", "B": "40.00", "C": "51.90"}
    assert [r["total"] for r in sorted(done.table("standings"), key=lambda r: r["unit"])] == ["20.00", "40.00", "51.90"]
    assert done.result().exact("A", "rate") == 20
    assert {20, 40, 51.9} <= set(done.cells())


def test_what_reads_points_reads_the_minted_figure_and_a_rate_is_never_rounded_on_the_way() -> None:
    shape = {"a": criterion("pro_rata", 10), "twice": {"x-derive": "points(a) * 3"}, "share": {"x-derive": "rate(a)"}}
    shape |= {"b": criterion({"mark": {"of": "twice"}}, 100, {}), "c": criterion({"mark": {"of": "share * 30"}}, 100, {})}
    found = outcome_of(shape, {"a": [Fraction(1, 3)]})
    # 3.33 × 3 = 9.99; 3.33 ÷ 10 × 30 = 9.99 from the minted figure, and nothing of it was cut to 33 %
    assert (points(found, "a"), points(found, "b"), points(found, "c")) == ([3.33], [9.99], [9.99])


def test_six_times_a_sixth_is_the_whole_where_only_the_total_is_rounded() -> None:
    sixths = {f"c{i}": criterion("mark", 20) for i in range(6)}
    found = outcome_of(sixths, {f"c{i}": [Fraction("84.995") / 6] for i in range(6)}, rounding={"total": {"decimals": 2}})
    assert totals(found) == [85]


# -------------------------------------------------------------------- the export rounds differently from the screen

TIES = ("2.675", "1.005", "0.285", "8.345", "1.115", "9.995", "4.5")


def test_every_export_prints_the_same_figure_as_the_screen(run: Any, capsys: Any) -> None:
    """Halves that floats and bankers round down: 四舍五入 gives them upwards, wherever they are printed."""
    done = run({"a": criterion("mark", 20)}, [("unit", "a"), *((f"U{i}", text) for i, text in enumerate(TIES))])
    wanted = {f"U{i}": oracle.half_up(Fraction(text), 2) for i, text in enumerate(TIES)}
    assert wanted["U0"] == Fraction("2.68")
    assert wanted["U5"] == 10
    printed = {unit: f"{float(figure):.2f}" for unit, figure in wanted.items()}
    assert {r["unit"]: r["points"] for r in done.table("scores")} == printed
    assert {r["unit"]: r["total"] for r in done.table("standings")} == printed
    assert {r["unit"]: Fraction(str(r["total"])) for r in done.parquet("standings")} == wanted
    assert {r["unit"]: Fraction(str(r["points:a"])) for r in done.parquet("scores")} == wanted
    result = done.result()
    assert {unit: result.exact(unit) for unit in wanted} == wanted
    assert {float(w) for w in wanted.values()} <= {c for c in done.cells() if isinstance(c, int | float)}
    for unit, text in printed.items():
        capsys.readouterr()
        assert main(["explain", str(done.out), unit]) == 0
        assert text in capsys.readouterr().out


# -------------------------------------------------------------------- equal scores ranked 39, 40, 40, 40


def test_equal_totals_share_one_rank_and_the_next_is_skipped(run: Any) -> None:
    done = run({"a": criterion("mark", 100)}, [("unit", "a"), ("A", 90), ("B", 80), ("C", 80), ("D", 80), ("E", 70)])
    assert {r["unit"]: r["rank"] for r in done.table("standings")} == {"A": "1", "B": "2", "C": "2", "D": "2", "E": "5"}
    assert {r["unit"]: r["rank"] for r in done.parquet("standings")} == {"A": 1, "B": 2, "C": 2, "D": 2, "E": 5}


@given(st.lists(st.integers(0, 12).map(lambda n: Fraction(n, 4)), min_size=1, max_size=12))
def test_a_rank_is_one_more_than_the_units_that_are_better(values: list[Fraction]) -> None:
    found = outcome_of({"a": criterion("mark", 10)}, {"a": values})
    assert found.standings.rank.tolist() == [1 + sum(v > own for v in values) for own in values]


# -------------------------------------------------------------------- a missing rater counted as 0


@pytest.mark.parametrize("blank", ["", "回避"])
def test_a_missing_rater_is_no_nought(run: Any, blank: str) -> None:
    marks = {**MARKS, **criterion({"panel": {"out_of": 100}}, 10, {}), "x-form": {"blank": ["回避"]}}
    head = ("unit", *(f"marks@{r}" for r in RATERS))
    done = run({"marks": marks}, [head, ("A", 90, blank, 92), ("B", 90, 0, 92), ("C", blank, blank, blank)])
    found = {r["unit"]: (r["points"], r["reason"]) for r in done.table("scores")}
    assert found == {"A": ("9.10", "part"), "B": ("6.07", "part"), "C": ("0.00", "missing-as-zero")}


def test_below_its_fewest_marks_a_panel_has_no_figure_and_says_so() -> None:
    marks = {**MARKS, **criterion({"panel": {"fewest": 3, "out_of": 100}}, 10, {}, missing="incomplete")}
    found = outcome_of({"marks": marks}, {"marks": [(90, 90, 90), (90, None, 90)]}, panel)
    assert (points(found, "marks"), reasons(found, "marks")) == ([9, None], ["PART", "TOO_FEW"])
    assert list(found.standings.status) == ["ranked", "incomplete"]


# -------------------------------------------------------------------- 0 treated as empty


def test_nought_is_a_value_wherever_it_stands(run: Any) -> None:
    fields = {
        "a": criterion("mark", 10),
        "d": criterion({"each": {"deduct": 1}}, 5, kind="deduction"),
        "told": {"x-derive": "if(given(a), 1, 2)"},
        "first": {"x-derive": "coalesce(a, 7)"},
        "g": criterion({"mark": {"of": "told"}}, 10, {}),
        "h": criterion({"mark": {"of": "first"}}, 10, {}),
    }
    done = run(fields, [("unit", "a", "d"), ("A", 0, 0), ("B", "", ""), ("C", "0.00", "０")])
    found = {(r["unit"], r["criterion"]): (r["points"], r["outcome"], r["reason"]) for r in done.table("scores")}
    for unit in "AC":
        assert found[unit, "a"] == ("0.00", "scored", "zero")
        assert found[unit, "d"] == ("0.00", "scored", "none")
        assert (found[unit, "g"][0], found[unit, "h"][0]) == ("1.00", "0.00")
    assert found["B", "a"] == ("0.00", "missing", "missing-as-zero")
    assert found["B", "d"][0] == ""
    assert (found["B", "g"][0], found["B", "h"][0]) == ("2.00", "7.00")
    assert {r["unit"]: r["status"] for r in done.table("standings")} == {"A": "ranked", "B": "incomplete", "C": "ranked"}


# -------------------------------------------------------------------- the highest and lowest of two marks dropped


@pytest.mark.parametrize(
    "spec", [{"panel": {"drop": 1, "out_of": 100}}, {"panel_mean": {}}, {"mark": {"of": "trimmed(marks, 1) / 10"}}], ids=lambda s: next(iter(s))
)  # fmt: skip
def test_trimming_needs_three_marks_at_least(spec: dict[str, Any]) -> None:
    shape = {
        "marks": MARKS,
        "c": criterion(spec if "mark" in spec else {next(iter(spec)): {"of": "marks", **next(iter(spec.values()))}}, 10, {}),
    }
    given_ = [(90, 80, 70), (90, 70, None), (90, None, None), (None, None, None)]
    found = outcome_of(shape, {"marks": given_}, panel, panel_mean)
    assert points(found, "c") == [8, 0, 0, 0]
    assert reasons(found, "c") == ["PART", *["NO_FIGURE_AS_ZERO"] * 2, "MISSING_AS_ZERO"]


# -------------------------------------------------------------------- an ineligible entry used up a quota seat


@pytest.mark.parametrize("effect", ["not awarded", "not ranked"])
def test_gates_are_applied_before_seats_are_counted(run: Any, effect: str) -> None:
    fields = {"a": criterion("mark", 100), "bad": {"type": "boolean"}, "category": {"enum": ["甲"]}}
    gate = {"veto": {"title": "事故", "if": "bad", "effect": effect}}
    rows = [("unit", "category", "a", "bad"), ("A", "甲", 90, "是"), ("B", "甲", 80, "否"), ("C", "甲", 70, "否"), ("D", "甲", 60, "否")]
    notice = {"categories": {"甲": {"seats": 2}}, "award": {"title": "先进单位"}}
    done = run(fields, rows, gates=gate, category="category", notice=notice)
    found = {r["unit"]: (r["award"], r["rank"], r["status"]) for r in done.table("standings")}
    assert [u for u in "ABCD" if found[u][0]] == ["B", "C"]
    assert found["A"] == ("", "1" if effect == "not awarded" else "", effect)
    assert found["B"][1] == ("2" if effect == "not awarded" else "1")


# -------------------------------------------------------------------- the top-N slice cut a tie by row order


@pytest.mark.parametrize(
    ("tie", "taken", "said"),
    [
        ("expand", "ABC", "added"),
        ("draw", None, "drawn"),
    ],
)
def test_a_tie_at_the_line_is_decided_as_declared_and_never_by_the_order_of_rows(tie: str, taken: Any, said: str) -> None:
    plan = plan_of({"a": criterion("mark", 100)}, categories=["甲"])
    found = {}
    for order in ("ABCD", "DCBA", "BDAC"):
        scores = {"A": 90, "B": 80, "C": 80, "D": 70}
        columns = {"unit": list(order), "category": ["甲"] * 4, "a": [scores[u] for u in order]}
        outcome = assessed(plan, units(plan, columns), notice=seats(2, tie=tie, seed=7))
        found[order] = {unit for unit, award in zip(order, outcome.standings.award, strict=True) if award}
        assert any(said in text for row in range(4) for text in why(outcome, row))
    assert len({frozenset(f) for f in found.values()}) == 1
    assert found["ABCD"] == set(taken) if taken else len(found["ABCD"]) == 2


def test_the_report_names_what_the_tie_policy_did(run: Any) -> None:
    fields = {"a": criterion("mark", 100), "category": {"enum": ["甲"]}}
    rows = [("unit", "category", "a"), ("A", "甲", 90), ("B", "甲", 80), ("C", "甲", 80), ("D", "甲", 70)]
    notice = {"categories": {"甲": {"seats": 2, "tie": "refuse"}}, "award": {"title": "先进单位"}}
    done = run(fields, rows, category="category", notice=notice)
    found = {r["unit"]: r for r in done.table("standings")}
    assert [u for u in "ABCD" if found[u]["award"]] == ["A"]
    assert all("并列" in found[u]["reasons"] for u in "BC")


# -------------------------------------------------------------------- a rule error was logged and the row skipped

FALLIBLE = '''
"""A rule that fails at one value."""
from scorekit.plugin import Column, Rule, hookimpl, rule


@rule(adds=True, says={"zh": "{of}", "en": "{of}"})
def fallible(of: Column) -> Column:
    """What was entered, unless it is 13."""
    if 13 in of.listed():
        raise ZeroDivisionError("thirteen")
    return of


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [fallible]
'''


def test_an_error_of_a_rule_is_the_outcome_of_that_cell_in_every_export_and_never_a_nought(run: Any, tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "plugins").mkdir()
    (tmp_path / "plugins" / "fallible.py").write_text(FALLIBLE, encoding="utf-8")
    fields = {"a": criterion("fallible", 20), "b": criterion("mark", 20)}
    done = run(fields, [("unit", "a", "b"), ("A", 13, 5), ("B", 12, 5)], plugins=tmp_path / "plugins")
    scores = {(r["unit"], r["criterion"]): r for r in done.table("scores")}
    assert (scores["A", "a"]["points"], scores["A", "a"]["outcome"], scores["A", "a"]["reason"]) == ("", "error", "error")
    assert scores["B", "a"]["points"] == "12.00"
    standings = {r["unit"]: r for r in done.table("standings")}
    assert set(standings) == {"A", "B"}
    assert (standings["A"]["total"], standings["A"]["rank"], standings["A"]["status"]) == ("", "", "incomplete")
    assert (standings["B"]["total"], standings["B"]["rank"]) == ("17.00", "1")
    columns = {r["unit"]: r for r in done.parquet("scores")}
    assert (columns["A"]["points:a"], columns["A"]["reason:a"]) == (None, Reason.ERROR)
    assert (columns["B"]["points:a"], columns["A"]["points:b"]) == (12, 5)
    assert [r["unit"] for r in done.table("problems") if "fallible" in r["message"] and r["severity"] == "error"] == ["A"]
    assert any("fallible" in str(cell) for cell in done.cells())
    capsys.readouterr()
    assert main(["explain", str(done.out), "A", "--plugins", str(tmp_path / "plugins")]) == 0
    assert "出错" in capsys.readouterr().out


# -------------------------------------------------------------------- 0.57*100 >= 57 is false in floats


def test_the_fault_is_real_in_floats() -> None:
    assert not 0.57 * 100 >= 57


def test_thresholds_compare_exactly_in_formulas_bands_levels_and_steps(run: Any) -> None:
    bands = [{"at_least": 0.57, "points": 8}, {"at_least": 0.5, "points": 5}]
    fields = {
        "rate": {**PERCENT, **criterion({"tiers": {"bands": bands}}, 8, {})},
        "met": criterion({"flag": {"of": "rate * 100 >= 57"}}, 10, {}),
        "steps": criterion({"shortfall": {"of": "rate", "target": 0.67, "step": 0.02, "deduct": 0.5}}, 5, {}),
    }
    levels = [{"id": "a", "title": "优", "of": "rate * 100", "at_least": 57}, {"id": "b", "title": "良", "of": "rate", "at_least": 0.5699}]
    rows = [("unit", "rate"), ("A", "57%"), ("B", "56.99%"), ("C", "57.00"), ("D", "0.569")]
    done = run(fields, rows, levels=levels)
    found = {(r["unit"], r["criterion"]): r["points"] for r in done.table("scores")}
    for unit, wanted in {"A": ("8.00", "10.00", "2.50"), "B": ("5.00", "0.00", "2.50"), "C": ("8.00", "10.00", "2.50")}.items():
        assert tuple(found[unit, c] for c in ("rate", "met", "steps")) == wanted
    levels_of = {r["unit"]: r["level"] for r in done.table("standings")}
    assert [levels_of[u] for u in "ABC"] == ["优", "良", "优"]


@given(st.integers(0, 1000))
def test_every_whole_percentage_meets_its_own_line(hundredths: int) -> None:
    """80 % misses 90 % by exactly five steps of 2 %, and n % is n hundredths for every n."""
    rate = Fraction(hundredths, 1000)
    met = criterion({"flag": {"of": f"rate * 100 >= {hundredths / 10}"}}, 10, {})
    found = outcome_of({"rate": PERCENT, "c": met}, {"rate": [rate]})
    assert points(found, "c") == [10]
