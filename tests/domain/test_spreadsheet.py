"""A formula written for a spreadsheet: what it says, what it cannot say, and that LibreOffice reckons as the formula does."""

from __future__ import annotations

import random
import shutil
import subprocess
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from scorekit.compiling.lookup_tables import lookup_tables
from scorekit.compiling.names import StandardNames
from scorekit.compiling.parsing import parse
from scorekit.compiling.standard import standard
from scorekit.domain.column import Column
from scorekit.domain.formula import Figure, evaluate
from scorekit.domain.marks import Records
from scorekit.domain.spreadsheet import NoSpreadsheetFormError, Sheet, spreadsheet
from tests.building import DATE, NUMBER, TEXT, TRUTH, criterion, rubric

LIST = {"type": "array", "items": {"type": "object", "properties": {"v": NUMBER, "x": TRUTH}}}
TABLES = {
    "prices": {"rows": {"机关": 5, "企业": 3}},
    "steps": {"keys": [{"name": "数", "match": "at_least"}], "rows": [[0, 1], [2, 1.5], [5, 2]], "otherwise": 0},
    "both": {"keys": ["类", {"name": "数", "match": "at_most"}], "rows": [["机关", 3, 1], ["机关", 9, 2], ["企业", 9, 3]], "otherwise": -1},
    "long": {"keys": ["数"], "rows": [[n, n] for n in range(61)]},
}
RUBRIC = rubric(
    {**dict.fromkeys("abc", NUMBER), "t": TRUTH, "u": TRUTH, "w": TEXT, "d": DATE, "list": LIST, "k": criterion()}, tables=TABLES
)
STANDARD = standard(RUBRIC.document, RUBRIC)
NAMES = StandardNames(STANDARD, lookup_tables(STANDARD.tables, "rubric.json#/x-rubric/tables"))
KINDS: dict[str, Any] = {"t": Column.truths, "u": Column.truths, "w": Column.texts, "d": Column.dates}
FIELDS = ("a", "b", "c", "t", "u", "w", "d")
RECORDS = 4
SHEET = Sheet(
    {**{n: f"{chr(65 + i)}1" for i, n in enumerate(FIELDS)}, "list.v": "H1:K1", "list.x": "L1:O1", "points:k": "P1"},
    truths=frozenset({"t", "u", "list.x"}),
    texts=frozenset({"w"}),
    dates=frozenset({"d"}),
)


def written(text: str) -> str:
    return spreadsheet(parse(text, NAMES, ""), SHEET)


class Row:
    """One unit's values as a scope."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def value(self, path: str) -> Any:
        if path == "list":
            columns = {"v": Column.numbers(self.values["list.v"]), "x": Column.truths(self.values["list.x"])}
            return Records(Column.numbers([0]).values.num * 0 + [0, RECORDS], columns)  # type: ignore[arg-type]
        return KINDS.get(path, Column.numbers)([self.values[path]])

    def result(self, figure: str, path: str) -> Column:
        return Column.numbers([self.values[f"{figure}:{path}"]])


# -------------------------------------------------------------------- what is written


@pytest.mark.parametrize(
    ("formula", "cell"),
    [
        ("a / b", '=IFERROR((IF(ISBLANK(A1),NA(),A1)/(IF(ISBLANK(B1),NA(),B1))),"")'),
        ("a >= 0.9", '=IFERROR((ROUND(IF(ISBLANK(A1),NA(),A1)-(0.9),10)>=0),"")'),
        ("w == '机关'", '=IFERROR(EXACT(IF(ISBLANK(F1),NA(),F1),"机关"),"")'),
        ("given(a)", '=IFERROR(NOT(ISBLANK(A1)),"")'),
        ("not t", '=IFERROR(NOT(IF(ISBLANK(D1),NA(),((D1=TRUE)+(D1="是")>0))),"")'),
        ("points(k) / 3", '=IFERROR((IF(ISBLANK(P1),NA(),P1)/(3)),"")'),
        ("d - 2026-01-01", '=IFERROR((IF(ISBLANK(G1),NA(),G1)-(DATE(2026,1,1))),"")'),
        ("lookup(prices, w)", '=IFERROR(IF(EXACT(IF(ISBLANK(F1),NA(),F1),"机关"),5,IF(EXACT(IF(ISBLANK(F1),NA(),F1),"企业"),3,NA())),"")'),
        ("sum(list, v)", '=IFERROR(SUM(IF(TRUE,IFERROR(IF(ISBLANK(H1:K1),NA(),H1:K1),""),"")),"")'),
    ],
)
def test_a_formula_is_written_with_the_cells_of_its_names(formula: str, cell: str) -> None:
    assert written(formula) == cell


def test_a_text_with_quotes_stays_one_text() -> None:
    assert written("w == 'a\"&B1&\"'") == '=IFERROR(EXACT(IF(ISBLANK(F1),NA(),F1),"a""&B1&"""),"")'


@pytest.mark.parametrize("formula", ["rate(k)", "count(list)", "distinct(list, v)", "lookup(long, a)"])
def test_what_a_sheet_has_no_cell_or_no_function_for_is_refused(formula: str) -> None:
    with pytest.raises(NoSpreadsheetFormError):
        written(formula)


def test_what_is_taken_of_all_units_is_refused() -> None:
    with pytest.raises(NoSpreadsheetFormError, match="Figure"):
        spreadsheet(Figure("mean", "mean", parse("a", NAMES, ""), (), None, None, "high", Fraction(0), "linear"), SHEET)


def test_a_formula_that_no_cell_holds_is_refused() -> None:
    long = " and ".join(["(t or u)"] * 12)
    with pytest.raises(NoSpreadsheetFormError, match="longer than 8000"):
        written(long)


# -------------------------------------------------------------------- LibreOffice


class Maker:
    """Makes formulas by chance, of numbers, truths and dates."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def number(self, depth: int = 3) -> str:
        pick = self.random.choice
        if depth == 0:
            return pick(["a", "b", "c", "2", "0.02", "7", "0.9", "points(k)"])
        one, two = self.number(depth - 1), self.number(depth - 1)
        return pick(
            [
                f"({one} + {two})", f"({one} - {two})", f"({one} * {two})", f"({one} / {two})", f"min({one}, {two})", f"max({one}, {two}, a)",
                f"abs({one})", f"round({one}, 2)", f"round({one})", f"floor({one})", f"ceil({one})", f"clip({one}, 0, 5)",
                f"if({self.truth(depth - 1)}, {one}, {two})", f"coalesce({one}, {two})", f"({one}) ** 2", f"sqrt(abs({one}))",
                f"-({one})", f"mod({one}, 3)", f"sign({one})", "(d - 2026-01-01)", "year(d)", "month(d)",
                "sum(list, v)", "mean(list, v)", "max(list, v, x)", "min(list, v * 2, v > 1)", "count(list, x)", "sum(list, v, x)",
                "median(list, v)", "product(list, v)", "lookup(prices, w)", f"lookup(steps, {one})", f"lookup(both, w, {one})",
            ]
        )  # fmt: skip

    def truth(self, depth: int = 2) -> str:
        pick = self.random.choice
        if depth == 0:
            return pick(["t", "u", "given(a)", "w == '机关'", "w in ['机关', '企业']"])
        one, two = self.number(depth - 1), self.number(depth - 1)
        p, q = self.truth(depth - 1), self.truth(depth - 1)
        return pick(
            [
                f"{one} >= {two}", f"{one} < {two}", f"{one} == {two}", f"{one} != {two}", f"({p} and {q})", f"({p} or {q})", f"not ({p})",
                "d > 2026-06-30", "any(list, v > 2)", "all(list, x)", f"{one} > 1",
            ]
        )  # fmt: skip

    def row(self) -> dict[str, Any]:
        chance, number = self.random, lambda: Fraction(self.random.randint(-400, 900), self.random.choice([1, 2, 4, 10, 20, 100]))
        blank = lambda value: None if chance.random() < 0.12 else value
        found: dict[str, Any] = {n: blank(number()) for n in ("a", "b", "c", "points:k")}
        found.update({n: blank(chance.random() < 0.5) for n in ("t", "u")})
        found.update(w=blank(chance.choice(["机关", "企业", 'a"b'])), d=blank(date(2026, chance.randint(1, 12), chance.randint(1, 28))))
        found["list.v"] = [blank(number()) for _ in range(RECORDS)]
        found["list.x"] = [blank(chance.random() < 0.5) for _ in range(RECORDS)]
        return found


def cells(row: dict[str, Any]) -> list[Any]:
    """A unit's values as they stand in the sheet, A to P."""
    flat = [*(row[n] for n in FIELDS), *row["list.v"], *row["list.x"], row["points:k"]]
    return [float(v) if isinstance(v, Fraction) else v for v in flat]


def agrees(exact: Any, cell: Any) -> bool:
    """Whether a cell's value is the formula's: equal at four digits, or the formula's is within 1e-9 of a tie there."""
    if exact is None or cell in (None, ""):
        return exact is None and cell in (None, "")
    if isinstance(exact, bool):
        return bool(cell) == exact
    if isinstance(cell, datetime):
        return False
    found = Fraction(str(cell)) if not isinstance(cell, int) else Fraction(cell)
    if abs(exact) > 10**6:
        return abs(found - exact) <= abs(exact) / 10**9
    near_tie = abs((exact * 10**4 * 2) % 2 - 1) < Fraction(2, 10**5)
    return near_tie or Column.numbers([exact]).minted(4).listed() == Column.numbers([found]).minted(4).listed()


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reckons_as_the_formula_does(tmp_path: Path) -> None:
    maker, book, wanted = Maker(20260101), Workbook(), []
    sheet = book.active
    assert sheet is not None
    while len(wanted) < 3000:
        text = maker.number() if maker.random.random() < 0.7 else maker.truth()
        row = maker.row()
        node = parse(text, NAMES, "") if len(text) <= 500 else None
        if node is None:
            continue
        number = len(wanted) + 1
        at = Sheet({k: v.replace("1", str(number)) for k, v in SHEET.cells.items()}, SHEET.truths, SHEET.texts, SHEET.dates)
        try:
            formula = spreadsheet(node, at)
        except NoSpreadsheetFormError:
            continue
        [exact] = evaluate(node, Row(row)).listed()
        for column, value in enumerate(cells(row), 1):
            sheet.cell(number, column, value)
        sheet.cell(number, 17).value = ArrayFormula(f"Q{number}", formula)
        wanted.append((text, row, exact))
    book.save(tmp_path / "formulas.xlsx")
    out = tmp_path / "out"
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "xlsx", "--outdir", str(out)]
    subprocess.run([*command, str(tmp_path / "formulas.xlsx")], check=True, capture_output=True, timeout=500)
    [values] = [load_workbook(out / "formulas.xlsx", data_only=True).active]
    wrong = [
        f"{text} over {row}: exact {exact}, LibreOffice {values.cell(i, 17).value}"
        for i, (text, row, exact) in enumerate(wanted, 1)
        if not agrees(exact, values.cell(i, 17).value)
    ]
    assert wrong == []
    assert sum(exact is not None for _, _, exact in wanted) > 1000
