"""The same submissions written as offices write them: in many layouts of workbooks and of CSV files, and where each value then stands."""

from __future__ import annotations

import csv
import datetime
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from scorekit.catalogue import Catalogue
from scorekit.compiling import compile_plan
from scorekit.domain.joining import joined
from scorekit.domain.plan import Plan
from scorekit.domain.problems import Problems
from scorekit.domain.tables import Problem, Submissions
from scorekit.loading.rubrics import load_rubric
from scorekit.loading.submissions import submitted
from scorekit.stages.validate import distinct, validate

NUMBER = {"type": "number"}
RUBRIC: dict[str, Any] = {
    "title": "试读标准",
    "type": "object",
    "required": ["unit", "category"],
    "properties": {
        "unit": {"type": "string", "title": "单位名称", "x-form": {"aliases": ["工会名称"]}},
        "category": {"enum": ["企业", "机关"], "title": "类别"},
        "organisation": {
            "type": "object",
            "title": "组织建设",
            "properties": {
                "members": {"type": "integer", "title": "会员人数", "x-unit": "人", "x-form": {"aliases": ["会员数"]}},
                "employees": {"type": "integer", "title": "职工人数", "x-unit": "人"},
                "founded": {"type": "string", "format": "date", "title": "建会日期"},
                "satisfied": {**NUMBER, "title": "满意度", "x-unit": "percent"},
            },
        },
        "funds": {
            "type": "object",
            "title": "经费管理",
            "properties": {
                "income": {**NUMBER, "title": "经费收入", "x-unit": "万元"},
                "audited": {"type": "boolean", "title": "是否审计"},
                "satisfied": {**NUMBER, "title": "满意度", "x-unit": "percent"},
            },
        },
        "leader": {"type": "string", "title": "主席姓名"},
        "score": {"title": "试评", "x-criterion": {"points": 1, "rule": {"mark": {"of": "1"}}, "reading": "试"}},
    },
    "x-rubric": {"language": 1, "id": "trial-reading", "version": "1", "unit": "unit", "category": "category"},
}
FIELDS = (
    "unit", "category", "organisation.members", "organisation.employees", "organisation.founded", "organisation.satisfied",
    "funds.income", "funds.audited", "funds.satisfied", "leader",
)  # fmt: skip
TITLES = ("单位名称", "类别", "会员人数", "职工人数", "建会日期", "满意度", "经费收入", "是否审计", "满意度", "主席姓名")
SECTIONS = {"organisation": "组织建设", "funds": "经费管理"}
UNITS = {
    "organisation.members": "人",
    "organisation.employees": "人",
    "funds.income": "万元",
    "organisation.satisfied": "%",
    "funds.satisfied": "%",
}
Unit = dict[str, Any]
Cells = dict[tuple[int, int], Any]
"""Values by row and column, both from 1."""


def plan(catalogue: Catalogue) -> Plan:
    """The plan of the rubric that all layouts are written for."""
    return compile_plan(load_rubric(_written_rubric(), catalogue), catalogue)


def _written_rubric() -> Path:
    import json
    import tempfile

    path = Path(tempfile.mkdtemp()) / "rubric.json"
    path.write_text(json.dumps(RUBRIC, ensure_ascii=False), encoding="utf-8")
    return path


# -------------------------------------------------------------------- what is submitted


def units(draw: random.Random, count: int, first: int = 0) -> list[Unit]:
    """Submissions by field, some of them with blanks; names are all different."""
    places = ["红星机械厂", "东风㛃业公司", "第一中学", "审计局", "合成材料厂", "注塑厂", "日化集团", "人民医院"]
    return [_unit(draw, f"{draw.choice(places)}{first + i}工会") for i in range(count)]


def _unit(draw: random.Random, name: str) -> Unit:
    found: Unit = {
        "unit": name,
        "category": draw.choice(["企业", "机关"]),
        "organisation.members": draw.randrange(0, 20_000),
        "organisation.employees": draw.randrange(0, 30_000),
        "organisation.founded": datetime.date(1950, 1, 1) + datetime.timedelta(draw.randrange(27_000)),
        "organisation.satisfied": Decimal(draw.randrange(200, 10_001)) / 100,
        "funds.income": Decimal(draw.randrange(100_000)) / 100,
        "funds.audited": draw.random() < 0.5,
        "funds.satisfied": Decimal(draw.randrange(200, 10_001)) / 100,
        "leader": draw.choice(["张三", "李·四", "欧阳㛃", "王　五"]),
    }
    return {p: None if p not in ("unit", "category") and draw.random() < 0.1 else v for p, v in found.items()}


# -------------------------------------------------------------------- how it is laid out


@dataclass(frozen=True)
class Layout:
    """How a table is written; ``head`` has one, two or three rows, ``dress`` is how titles are written."""

    titles: int = 0
    about: str = ""
    gap: int = 0
    head: str = "one"
    dress: str = "plain"
    serial: bool = False
    remark: bool = False
    numbered: str = ""
    left: int = 0
    blank_rows: bool = False
    subtotals: bool = False
    total: str = ""
    notes: tuple[str, ...] = ()
    hidden: bool = False
    order: int | None = None
    cells: str = "typed"


DRESSES = ("plain", "broken", "spaced", "unit", "wide-unit", "star", "colon", "alias", "ordinal", "angled", "unit-told")


@dataclass
class Written:
    """A sheet as it was written, and the place of each value by unit and field."""

    cells: Cells = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    places: dict[tuple[str, str], str] = field(default_factory=dict)

    def put(self, row: int, column: int, value: Any) -> None:
        """Write one cell."""
        if value is not None:
            self.cells[row, column] = value

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        return max(r for r, _ in self.cells), max(c for _, c in self.cells)


def laid_out(submissions: Sequence[Unit], layout: Layout) -> Written:
    """One unit a row under a header, as *layout* says."""
    found = Written()
    fields = list(FIELDS)
    if layout.order is not None:
        random.Random(layout.order).shuffle(fields)
        if layout.head != "one":  # fields of one section stand together under its head
            order = [f.partition(".")[0] for f in fields]
            fields.sort(key=lambda p: order.index(p.partition(".")[0]))
    columns = (["#"] if layout.serial else []) + fields + (["备注"] if layout.remark else [])
    first = layout.left + 1
    row = _above(found, layout, first, len(columns))
    row = _head(found, layout, columns, first, row)
    _body(found, layout, columns, first, row, submissions)
    return found


def _above(found: Written, layout: Layout, first: int, width: int) -> int:
    row = 1
    for i in range(layout.titles):
        found.put(row, first, ["附件1", "2026年度工会工作考核自评表", "（企业、机关通用）"][i])
        if i:
            found.merges.append((row, first, row, first + width - 1))
        row += 1
    if layout.about:
        found.put(row, first, layout.about)
        row += 1
    return row + layout.gap


def _head(found: Written, layout: Layout, columns: Sequence[str], first: int, row: int) -> int:
    deep = {"one": 1, "two": 2, "three": 3}[layout.head]
    for i, name in enumerate(columns):
        column = first + i
        section = SECTIONS.get(name.partition(".")[0]) if name not in ("#", "备注") else None
        title = {"#": "序号", "备注": "备注"}.get(name) or dressed(name, layout.dress)
        if deep == 1:
            double = section and TITLES[FIELDS.index(name)] == "满意度"
            found.put(row, column, f"{section}/{title}" if double else title)
        elif section is None:
            found.put(row, column, title)
            found.merges.append((row, column, row + deep - 1, column))
        else:
            found.put(row + deep - 1, column, title)
            starts = i == 0 or SECTIONS.get(columns[i - 1].partition(".")[0]) != section
            run = sum(1 for c in columns if SECTIONS.get(c.partition(".")[0]) == section)
            if starts:
                found.put(row + deep - 2, column, section)
                found.merges.append((row + deep - 2, column, row + deep - 2, column + run - 1))
                if deep == 3:
                    found.put(row, column, "考核内容")
                    found.merges.append((row, column, row, column + run - 1))
    row += deep
    if layout.numbered:
        for i in range(len(columns)):
            found.put(row, first + i, ("甲乙丙丁戊"[i] if i < 3 else i - 2) if layout.numbered == "letters" else i + 1)
        row += 1
    return row


def dressed(name: str, dress: str) -> str:
    """The title of a field as people write it in a header."""
    title, unit = TITLES[FIELDS.index(name)], UNITS.get(name)
    if dress == "broken":
        return title[:2] + "\n" + title[2:]
    if dress == "spaced":
        return " 　".join(title)
    if dress == "unit" and unit:
        return f"{title}({unit})"
    if dress == "wide-unit" and unit:
        return f"{title}（{unit}）"
    if dress == "angled" and unit:
        return f"{title}【{unit}】"
    if dress == "unit-told" and unit:
        return f"{title}（单位：{unit}）"
    if dress == "alias":
        return {"unit": "工会名称", "organisation.members": "会员数"}.get(name, title)
    if dress == "ordinal":
        return f"{FIELDS.index(name) + 1}、{title}"
    return {"star": f"*{title}", "colon": f"{title}："}.get(dress, title)


def _body(found: Written, layout: Layout, columns: Sequence[str], first: int, row: int, submissions: Sequence[Unit]) -> None:
    named = first + (1 if layout.serial else 0)
    for number, unit in enumerate(submissions, 1):
        for i, name in enumerate(columns):
            if name == "#":
                found.put(row, first + i, number)
            elif name != "备注":
                found.put(row, first + i, shown(unit[name], name, layout.cells))
                found.places[unit["unit"], name] = f"{get_column_letter(first + i)}{row}"
        if layout.hidden and number == 2:
            found.hidden.append(row)
        row += 1
        if layout.blank_rows and number % 2:
            row += 1
        if layout.subtotals and number % 3 == 0:
            found.put(row, named, "企业小计" if number % 2 else "小 计")
            found.put(row, first + len(columns) - 2, 99)
            row += 1
    if layout.total:
        found.put(row, first, layout.total)
        found.put(row, first + len(columns) - 2, 120)
        row += 1
    for note in layout.notes:
        found.put(row, first, note)
        row += 1


def shown(value: Any, name: str, how: str) -> Any:
    """A value as it is entered: typed, or as a text in one of the ways that people write."""
    if value is None or how == "typed":
        return float(value) if isinstance(value, Decimal) else value
    if isinstance(value, bool):
        return {"wide": "是" if value else "否", "unit": "√" if value else "×"}.get(how, "是" if value else "否")
    if isinstance(value, datetime.date):
        return {"wide": wide(value.isoformat()), "unit": f"{value.year}年{value.month}月{value.day}日"}.get(how, value.isoformat())
    if isinstance(value, (int, Decimal)):
        if how == "wide":
            return wide(f"{value:f}" if isinstance(value, Decimal) else f"{value:,}")
        return f"{value}{UNITS.get(name, '')}" if how == "unit" else str(value)
    return value


def wide(text: str) -> str:
    """Digits, commas and points of full width."""
    return text.translate({ord(a): b for a, b in zip("0123456789,.-", "０１２３４５６７８９，．－", strict=True)})


# -------------------------------------------------------------------- written and read


def as_workbook(path: Path, sheets: Mapping[str, Written]) -> Path:
    """The sheets as a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, found in sheets.items():
        sheet = book.create_sheet(name)
        for (row, column), value in found.cells.items():
            cell = sheet.cell(row, column, value)
            if isinstance(value, datetime.date):
                cell.number_format = "yyyy-mm-dd"
        for top, left, bottom, right in found.merges:
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        for row in found.hidden:
            sheet.row_dimensions[row].hidden = True
    book.save(path)
    return path


def as_csv(path: Path, found: Written, encoding: str = "utf-8-sig", delimiter: str = ",") -> Path:
    """The sheet as CSV; merged cells are lost, as they are when a spreadsheet saves it."""
    rows, columns = found.size
    with path.open("w", encoding=encoding, newline="") as target:
        writer = csv.writer(target, delimiter=delimiter)
        for row in range(1, rows + 1):
            writer.writerow([_csv(found.cells.get((row, c))) for c in range(1, columns + 1)])
    return path


def _csv(value: Any) -> str:
    return "" if value is None else str(value).upper() if isinstance(value, bool) else str(value)


def read(path: Path, plan: Plan, catalogue: Catalogue) -> tuple[Submissions, list[Problem]]:
    """All units under *path*, validated, and everything that was found."""
    parts = [validate(plan, table) for table in submitted(path, catalogue, plan)]
    problems = list(distinct(Problems.joined([p for _, p in parts])))
    filled = [s for s, _ in parts if len(s)]
    return joined(filled or [s for s, _ in parts]), problems


def values_of(found: Submissions) -> list[Unit]:
    """The typed values of all units, fractions exact; None where there is none."""
    columns = {p: found.columns[p].listed() for p in FIELDS}
    return [{p: columns[p][row] for p in FIELDS} for row in range(len(found))]


def meant(unit: Unit) -> Unit:
    """The values that a submission is to be read as."""
    return {
        p: Fraction(v) / 100 if v is not None and p.endswith("satisfied") else Fraction(v) if type(v) in (int, Decimal) else v
        for p, v in unit.items()
    }
