"""The Python interface: the public names, and the same figures as the command line from a path and from a DataFrame."""

from __future__ import annotations

import csv
import functools
import inspect
import io
import json
import math
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import scorekit
from scorekit.cli import main

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
FIGURES = ("rank", "total", "base", "bonus", "deduction", "adjusted")
PLAIN = ("unit", "category", "level", "award", "status")
WORDS = (*PLAIN, "reasons")


# -------------------------------------------------------------------- public names


def test_the_public_names_are_these() -> None:
    assert scorekit.__all__ == ["Result", "Rubric", "ScorekitError", "__version__", "evaluate", "load_rubric"]
    assert all(hasattr(scorekit, name) for name in scorekit.__all__)
    with pytest.raises(AttributeError, match="no attribute 'resluts'"):
        getattr(scorekit, "resluts")  # noqa: B009  (a name that is not there)


def parameters(function: Any) -> list[str]:
    """The parameters of a function as its callers see them: ``*`` stands before those that are named."""
    found: list[str] = []
    for p in inspect.signature(function).parameters.values():
        if p.kind is p.KEYWORD_ONLY and "*" not in found:
            found.append("*")
        found.append(p.name + ("" if p.default is p.empty else f"={p.default!r}"))
    return found


def test_the_functions_take_these_parameters() -> None:
    assert parameters(scorekit.load_rubric) == ["reference", "*", "plugins=()"]
    wanted = ["submissions", "rubric=None", "*", "notice=None", "encoding=None", "plugins=()", "lang='zh'", "results=None"]
    wanted += ["engine='local'", "workers=None", "scheduler=None"]
    assert parameters(scorekit.evaluate) == wanted


def test_a_result_has_these_members() -> None:
    members = {name for name in vars(scorekit.Result) if not name.startswith("_")}
    assert members == {"standings", "scores", "problems", "comparison", "exact", "explain", "to_excel"}
    assert parameters(scorekit.Result.exact) == ["self", "unit", "criterion=None"]
    assert parameters(scorekit.Result.explain) == ["self", "unit"]
    assert parameters(scorekit.Result.to_excel) == ["self", "path"]


def test_importing_the_package_imports_nothing_that_computes() -> None:
    heavy = ("pandas", "numpy", "openpyxl", "xlsxwriter", "jsonschema", "typer", "pyarrow")
    program = f"import sys, scorekit; print([n for n in {heavy} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


# -------------------------------------------------------------------- the same figures from a path


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The tables that the command line writes for a sample, by sample, each made once."""

    @functools.cache
    def of(sample: str, *words: str) -> Path:
        out = tmp_path_factory.mktemp(sample) / "out"
        assert main(["--lang", "zh", "evaluate", str(SAMPLES / sample / "submissions"), "--out", str(out), *words]) == 0
        return out

    return of


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


Columns = dict[str, list[float | str]]


def held(frame: pd.DataFrame, figures: tuple[str, ...], words: tuple[str, ...]) -> Columns:
    """Columns of a frame: figures as they are, nothing as a blank; words as they are."""
    found: Columns = {name: ["" if math.isnan(f) else f for f in frame[name].astype(float)] for name in figures}
    return found | {name: ["" if pd.isna(v) else str(v) for v in frame[name]] for name in words}


def standing(rows: list[dict[str, str]], figures: tuple[str, ...], words: tuple[str, ...]) -> Columns:
    """The same columns of a written table: the floats nearest to its figures."""
    found: Columns = {name: [float(r[name]) if r[name] else "" for r in rows] for name in figures}
    return found | {name: [r[name] for r in rows] for name in words}


@pytest.mark.parametrize("sample", ["model-home", "standardisation"])
def test_a_path_gives_the_figures_of_the_command_line(sample: str, written: Any) -> None:
    result, out = scorekit.evaluate(SAMPLES / sample / "submissions"), written(sample)
    assert held(result.standings, FIGURES, WORDS) == standing(table(out, "standings"), FIGURES, WORDS)
    assert held(result.scores, ("points",), ("unit", "criterion", "outcome", "reason", "source")) == standing(
        table(out, "scores"), ("points",), ("unit", "criterion", "outcome", "reason", "source")
    )
    assert held(result.problems, (), ("severity", "unit", "file", "sheet", "cell", "field", "message", "cure")) == standing(
        table(out, "problems"), (), ("severity", "unit", "file", "sheet", "cell", "field", "message", "cure")
    )


def test_a_notice_a_rubric_object_and_a_text_as_path_are_taken(written: Any) -> None:
    notice = SAMPLES / "model-home" / "notice.json"
    result = scorekit.evaluate(str(SAMPLES / "model-home" / "submissions"), scorekit.load_rubric("model-home"), notice=str(notice))
    assert held(result.standings, FIGURES, WORDS) == standing(
        table(written("model-home", "--notice", str(notice)), "standings"), FIGURES, WORDS
    )


def test_the_language_is_that_of_the_texts_and_of_no_figure(written: Any) -> None:
    result = scorekit.evaluate(SAMPLES / "model-home" / "submissions", lang="en")
    assert held(result.standings, FIGURES, PLAIN) == standing(table(written("model-home"), "standings"), FIGURES, PLAIN)
    assert "reaches" in result.standings["reasons"].iloc[0]


# -------------------------------------------------------------------- the same figures from a DataFrame


def standardisation(**options: Any) -> pd.DataFrame:
    """The sample's table as a person would read it into pandas: without its title, blank line and totals."""
    text = (SAMPLES / "standardisation" / "submissions" / "规范化建设自评表.csv").read_text(encoding="gb18030")
    frame = pd.read_csv(io.StringIO(text), header=1, **options)
    return frame[frame["单位名称"].notna() & (frame["单位名称"] != "合计")].reset_index(drop=True)


@pytest.mark.parametrize("options", [{"dtype": str}, {}, {"dtype_backend": "numpy_nullable"}], ids=["text", "numbers", "nullable"])
def test_a_frame_read_from_csv_gives_the_figures_of_the_command_line(options: dict[str, Any], written: Any) -> None:
    result, out = scorekit.evaluate(standardisation(**options), "standardisation"), written("standardisation")
    assert held(result.standings, FIGURES, PLAIN) == standing(table(out, "standings"), FIGURES, PLAIN)
    assert held(result.scores, ("points",), ("unit", "criterion", "outcome", "reason")) == standing(
        table(out, "scores"), ("points",), ("unit", "criterion", "outcome", "reason")
    )


def test_a_frame_made_of_json_with_lists_of_records_gives_the_figures_of_the_command_line(written: Any) -> None:
    units = [json.loads(p.read_text(encoding="utf-8")) for p in sorted((SAMPLES / "model-home" / "submissions").glob("*.json"))]
    frame = pd.json_normalize([{k: v for k, v in u.items() if k != "$schema"} for u in units], max_level=2)
    result, out = scorekit.evaluate(frame, "model-home"), written("model-home")
    assert held(result.standings, FIGURES, PLAIN) == standing(table(out, "standings"), FIGURES, PLAIN)
    assert held(result.scores, ("points",), ("unit", "criterion", "outcome", "reason")) == standing(
        table(out, "scores"), ("points",), ("unit", "criterion", "outcome", "reason")
    )


def test_a_frame_is_left_as_it_was() -> None:
    frame = standardisation()
    before = frame.copy(deep=True)
    scorekit.evaluate(frame, "standardisation")
    pd.testing.assert_frame_equal(frame, before)


def test_a_frame_needs_a_rubric() -> None:
    with pytest.raises(scorekit.ScorekitError, match="it is not said which standard applies"):
        scorekit.evaluate(standardisation())


# -------------------------------------------------------------------- what a result can do


@pytest.fixture(scope="module")
def result() -> scorekit.Result:
    return scorekit.evaluate(SAMPLES / "model-home" / "submissions")


def test_exact_figures_are_fractions_of_which_the_table_holds_the_nearest_float(result: scorekit.Result) -> None:
    unit = "甲川市第一机械厂工会"
    exact = result.exact(unit)
    assert exact == Fraction("101.03")
    row = result.standings.set_index("unit").loc[unit]
    assert float(exact) == row["total"]
    assert result.exact(unit, "satisfaction.site_review") == Fraction("1.92")
    assert result.exact("甲川市天工仪表公司工会") is None


def test_a_unit_or_criterion_that_is_not_there_is_an_error(result: scorekit.Result) -> None:
    with pytest.raises(scorekit.ScorekitError, match="there is no unit"):
        result.exact("无名工会")
    with pytest.raises(scorekit.ScorekitError, match="there is no criterion"):
        result.exact("甲川市第一机械厂工会", "nothing")


def test_a_unit_is_explained_as_the_command_explains_it(result: scorekit.Result, written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    unit = "甲川市南桥化工公司工会"
    out = written("model-home")
    capsys.readouterr()
    assert main(["--lang", "zh", "explain", str(out), unit]) == 0
    assert capsys.readouterr().out.strip() == result.explain(unit).strip()
    assert "88.59" in result.explain(unit)


def test_the_workbook_is_the_one_that_the_command_line_writes(result: scorekit.Result, written: Any, tmp_path: Path) -> None:
    path = result.to_excel(tmp_path / "排名.xlsx")
    assert sheets(path) == sheets(written("model-home") / "ranking.xlsx")


def sheets(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    try:
        return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    finally:
        book.close()
