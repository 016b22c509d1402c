"""Sixty and more kinds of error in a returned workbook: how a good one is spoilt, which cells are marked, what the comment says.

``python -m tests.faulty`` runs them through the command line and prints how many are marked right, and mended.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from scorekit.cli import main

NUMBER = {"type": "number"}
MARK = {"type": ["number", "null"], "minimum": 0, "maximum": 100}
RUBRIC: Mapping[str, Any] = {
    "title": "返修标准",
    "type": "object",
    "required": ["unit", "category", "members", "secretary"],
    "properties": {
        "unit": {"type": "string", "title": "单位名称"},
        "category": {"enum": ["企业", "机关"], "title": "类别"},
        "members": {"type": "integer", "minimum": 0, "maximum": 100000, "title": "会员人数", "x-unit": "人"},
        "rate": {**NUMBER, "minimum": 0, "maximum": 100, "title": "入会率", "x-unit": "percent"},
        "cover": {**NUMBER, "minimum": 0, "maximum": 1, "title": "覆盖率", "x-unit": "fraction"},
        "trainings": {**NUMBER, "exclusiveMinimum": 0, "exclusiveMaximum": 1000, "title": "培训次数", "x-unit": "次"},
        "money": {**NUMBER, "minimum": 0, "multipleOf": 0.5, "title": "经费", "x-unit": "万元"},
        "founded": {"type": "string", "format": "date", "title": "建会日期"},
        "open": {"type": "boolean", "title": "是否公开"},
        "grade": {"enum": ["优", "良", "差"], "title": "评定等级"},
        "code": {"type": "string", "pattern": "^[0-9]{6}$", "title": "统一代码"},
        "chair": {"type": "string", "minLength": 2, "maxLength": 4, "title": "主席姓名"},
        "time": {**NUMBER, "minimum": 0, "title": "用时", "x-unit": "duration"},
        "form": {"const": "甲种", "title": "表种"},
        "secretary": {"type": "string", "title": "秘书长"},
        "level": {"enum": [1, 2, 3], "title": "级数"},
        "marks": {
            "type": "object",
            "title": "评委打分",
            "x-source": {"who": "panel", "raters": ["评委1", "评委2"]},
            "additionalProperties": MARK,
        },
        "survey": {
            "type": "object",
            "title": "测评",
            "x-source": {"who": "survey", "raters": ["满意", "不满意"]},
            "additionalProperties": {},
        },
        "average": {**NUMBER, "title": "人均经费", "x-derive": "money / members"},
        "honours": {
            "type": "array",
            "title": "荣誉",
            "maxItems": 3,
            "items": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"enum": ["先进", "模范"], "title": "名称"},
                    "year": {"type": "integer", "minimum": 2020, "maximum": 2026, "title": "年度"},
                    "note": {"type": "string", "maxLength": 10, "title": "摘要"},
                },
            },
        },
    },
    "if": {"properties": {"open": {"const": True}, "grade": {"const": "差"}}, "required": ["open", "grade"]},
    "then": {"properties": {"level": {"const": 3}}},
    "x-rubric": {
        "language": 1,
        "id": "returned",
        "version": "1",
        "category": "category",
        "long": {"unit": "单位", "item": "项目", "value": "数值"},
    },
}
GOOD: Mapping[str, Any] = {
    "单位名称": "",
    "类别": "企业",
    "会员人数": 120,
    "入会率": 92.5,
    "覆盖率": 0.08,
    "培训次数": 3,
    "经费": 2.5,
    "建会日期": datetime.date(2020, 5, 1),
    "是否公开": True,
    "评定等级": "优",
    "统一代码": "123456",
    "主席姓名": "李明",
    "用时": "3:05.20",
    "表种": "甲种",
    "秘书长": "王芳",
    "级数": 2,
    "评委1": 88,
    "评委2": 90,
    "满意": 10,
    "不满意": 2,
}
HEAD, FIRST, UNITS = 3, 4, 3
"""The form has a title, a line for its maker, its head in row 3, three units below it; and a sheet of honours."""
MAIN, LIST, LONG = "自评表", "荣誉", "补报"
Spoil = Callable[[Workbook], object]


@dataclass(frozen=True)
class Kind:
    """One kind of error: how it is made, the cells to be marked (``sheet!address``) each with words of its comment, how it is mended."""

    name: str
    spoil: Spoil
    marked: Mapping[str, tuple[str, ...]]
    mend: Spoil


def form(name: str) -> Workbook:
    """A good workbook of three units, their names beginning with *name*."""
    book = Workbook()
    sheet = book.active
    sheet.title = MAIN
    sheet["A1"], sheet["A2"] = "年度自评表", "填表单位工会"
    for column, head in enumerate(GOOD, 1):
        sheet.cell(HEAD, column, head)
    for row in range(UNITS):
        for column, (head, value) in enumerate(GOOD.items(), 1):
            sheet.cell(FIRST + row, column, f"{name}{'甲乙丙'[row]}单位" if head == "单位名称" else value)
    honours = book.create_sheet(LIST)
    honours.append(["单位名称", "名称", "年度", "摘要"])
    honours.append([f"{name}甲单位", "先进", 2024, "省级"])
    honours.append([f"{name}乙单位", "模范", 2025, "市级"])
    return book


def address(head: str, row: int = FIRST, sheet: str = MAIN) -> str:
    """The cell of a field in a row, as ``sheet!address``."""
    from openpyxl.utils import get_column_letter

    heads = list(GOOD) if sheet == MAIN else ["单位名称", "名称", "年度", "摘要"]
    return f"{sheet}!{get_column_letter(heads.index(head) + 1)}{row}"


def put(place: str, value: Any) -> Spoil:
    """Write a value into a cell (as Excel does: a text that begins with = is a formula)."""
    sheet, _, cell = place.partition("!")

    def write(book: Workbook) -> None:
        book[sheet][cell].value = value

    return write


def entered(name: str, head: str, value: Any, *words: str, row: int = FIRST, sheet: str = MAIN) -> Kind:
    """A wrong value in one cell, mended by the right one."""
    place = address(head, row, sheet)
    right = GOOD[head] if sheet == MAIN else {"名称": "先进", "年度": 2024, "摘要": "省级"}[head]
    return Kind(name, put(place, value), {place: words}, put(place, right))


def all_of(*works: Spoil) -> Spoil:
    def run(book: Workbook) -> None:
        for work in works:
            work(book)

    return run


def _name_of(book: Workbook, row: int = FIRST) -> str:
    return str(book[MAIN].cell(row, 1).value)


def _long(*rows: tuple[str, Any, Any]) -> Spoil:
    """A long table on a sheet of its own; the unit's name is that of the row named by its first character."""

    def write(book: Workbook) -> None:
        sheet = book.create_sheet(LONG)
        sheet.append(["单位", "项目", "数值"])
        for unit, item, value in rows:
            row = {"甲": 0, "乙": 1, "丙": 2}.get(unit, -1)
            sheet.append([_name_of(book, FIRST + row) if row >= 0 else unit, item, value])

    return write


def _blank(head: str, row: int = FIRST) -> Spoil:
    return put(address(head, row), None)


def _column(title: str, value: Any) -> Spoil:
    """One more column, U, with a value for the second unit."""

    def write(book: Workbook) -> None:
        book[MAIN].cell(HEAD, len(GOOD) + 1, title)
        book[MAIN].cell(FIRST + 1, len(GOOD) + 1, value)

    return write


def _merged(area: str) -> Spoil:
    return lambda book: book[MAIN].merge_cells(area)


def _unmerged(area: str) -> Spoil:
    return lambda book: book[MAIN].unmerge_cells(area)


def _two_rows(book: Workbook) -> None:
    """Put a second row of heads above the raters: 评委打分 over both of them, merged."""
    sheet = book[MAIN]
    first = list(GOOD).index("评委1") + 1
    sheet.cell(HEAD - 1, first, "评委打分")
    sheet.merge_cells(start_row=HEAD - 1, end_row=HEAD - 1, start_column=first, end_column=first + 1)


def _hidden(book: Workbook) -> None:
    book[MAIN].row_dimensions[FIRST + 2].hidden = True


def _percent(place: str, value: float) -> Spoil:
    def write(book: Workbook) -> None:
        sheet, _, cell = place.partition("!")
        book[sheet][cell].value, book[sheet][cell].number_format = value, "0.0%"

    return write


def _general(place: str, value: float) -> Spoil:
    def write(book: Workbook) -> None:
        sheet, _, cell = place.partition("!")
        book[sheet][cell].value, book[sheet][cell].number_format = value, "General"

    return write


def _error(place: str) -> Spoil:
    def write(book: Workbook) -> None:
        sheet, _, cell = place.partition("!")
        book[sheet][cell].value, book[sheet][cell].data_type = "#N/A", "e"

    return write


def _listed(book: Workbook) -> None:
    book[LIST].append(["无此单位", "先进", 2024, ""])


def _nameless(book: Workbook) -> None:
    book[LIST].append([None, "先进", 2024, ""])


def _delisted(book: Workbook) -> None:
    book[LIST].delete_rows(4)


MEMBERS, LAST = address("会员人数"), FIRST + UNITS - 1
LONG_CELL = f"{LONG}!C2"
NEW = f"{MAIN}!U{HEAD}"
KINDS: tuple[Kind, ...] = (
    entered("number-words", "会员人数", "许多", "许多"),
    entered("number-negative", "会员人数", -5, "-5", "0"),
    entered("number-too-large", "会员人数", 200000, "200000", "100000"),
    entered("number-fraction", "会员人数", 12.5, "12.5", "整数"),
    entered("number-formula", "会员人数", "=60+60", "公式"),
    Kind("number-error", _error(MEMBERS), {MEMBERS: ("#N/A",)}, put(MEMBERS, 120)),
    entered("number-percent", "会员人数", "92.28%", "92.28%"),
    entered("number-other-unit", "会员人数", "12公斤", "12公斤"),
    entered("number-too-long", "会员人数", 12345678901234567, "15"),
    entered("number-truth", "会员人数", True, "TRUE"),
    Kind("number-date", put(MEMBERS, datetime.date(2026, 1, 2)), {MEMBERS: ("2026-01-02",)}, _general(MEMBERS, 120)),
    entered("number-two", "会员人数", "12、13", "12、13"),
    entered("number-two-points", "会员人数", "1.2.3", "1.2.3"),
    entered("number-commas", "会员人数", "1,2,3", "1,2,3"),
    entered("number-chinese", "会员人数", "十二", "十二"),
    entered("number-dash", "会员人数", "-", "-"),
    entered("number-about", "会员人数", "约120", "约120"),
    entered("number-nan", "会员人数", "NaN", "NaN"),
    entered("number-nothing-required", "会员人数", None, "未填写"),
    entered("number-blank-required", "会员人数", "  ", "未填写"),
    entered("number-in-row-3", "会员人数", "很多", "很多", row=LAST),
    entered("choice-of-numbers", "级数", 4, "4"),
    entered("percent-above", "入会率", 120, "120", "100"),
    entered("percent-below", "入会率", -3, "-3"),
    entered("percent-doubtful", "入会率", 0.95, "0.95"),
    entered("percent-words", "入会率", "九成", "九成"),
    Kind("percent-style", _percent(address("入会率"), 1.2), {address("入会率"): ("120",)}, _general(address("入会率"), 92.5)),
    entered("fraction-above", "覆盖率", 95, "95", "%"),
    entered("fraction-formula", "覆盖率", "=1/2", "公式"),
    entered("exclusive-minimum", "培训次数", 0, "0"),
    entered("exclusive-maximum", "培训次数", 1000, "1000"),
    entered("no-multiple", "经费", 1.3, "1.3", "0.5"),
    entered("two-faults-of-one-cell", "经费", -1.3, "-1.3", "0.5", "0"),
    entered("date-words", "建会日期", "去年", "去年"),
    entered("date-impossible", "建会日期", "2026-02-30", "2026-02-30"),
    entered("date-month-only", "建会日期", "2026-07", "2026-07"),
    Kind(
        "date-number", _general(address("建会日期"), 5), {address("建会日期"): ("5",)}, put(address("建会日期"), datetime.date(2020, 5, 1))
    ),
    entered("date-truth", "建会日期", True, "TRUE"),
    entered("truth-words", "是否公开", "也许", "也许"),
    entered("truth-number", "是否公开", 3, "3"),
    entered("choice-unknown", "评定等级", "一般", "一般", "优"),
    entered("choice-near", "评定等级", "优秀", "优秀", "优"),
    entered("choice-truth", "评定等级", True, "TRUE"),
    entered("pattern", "统一代码", "12A456", "12A456"),
    entered("pattern-short", "统一代码", "123", "123"),
    entered("text-formula", "统一代码", "=A1", "公式"),
    entered("text-short", "主席姓名", "李", "李", "2"),
    entered("text-long", "主席姓名", "欧阳上官五", "欧阳上官五", "4"),
    entered("text-required", "秘书长", None, "未填写"),
    entered("duration-words", "用时", "很快", "很快"),
    entered("duration-impossible", "用时", "3:75", "3:75"),
    entered("constant", "表种", "乙种", "乙种"),
    entered("category-unknown", "类别", "学校", "学校", "企业"),
    entered("category-missing", "类别", None, "类别"),
    Kind(
        "name-missing",
        all_of(_blank("单位名称", LAST)),
        {address("单位名称", LAST): ("单位名称",)},
        put(address("单位名称", LAST), "另有名称的单位"),
    ),
    entered("mark-above", "评委1", 101, "101", "100"),
    entered("mark-below", "评委1", -1, "-1"),
    entered("mark-words", "评委2", "好", "好"),
    entered("mark-formula", "评委2", "=80+8", "公式"),
    entered("votes-fraction", "满意", 2.5, "2.5"),
    entered("votes-negative", "不满意", -2, "-2"),
    Kind("column-unknown", _column("学习强国积分", 5), {NEW: ("学习强国积分",)}, all_of(put(NEW, None), put(f"{MAIN}!U{FIRST + 1}", None))),
    Kind("column-computed", _column("人均经费", 5), {NEW: ("人均经费",)}, all_of(put(NEW, None), put(f"{MAIN}!U{FIRST + 1}", None))),
    Kind("column-near", put(address("用时", HEAD), "用時间"), {address("用时", HEAD): ("用時间",)}, put(address("用时", HEAD), "用时")),
    Kind(
        "column-twice",
        _column("经费", 3),
        {address("经费"): ("经费",)},
        all_of(put(NEW, None), put(f"{MAIN}!U{FIRST + 1}", None)),
    ),
    Kind(
        "two-columns-of-one-field",
        _column("经费（万元）", 3),
        {address("经费", HEAD): ("经费",)},
        all_of(put(NEW, None), put(f"{MAIN}!U{FIRST + 1}", None)),
    ),
    Kind(
        "merged-units",
        all_of(put(address("秘书长", FIRST + 1), None), _merged("O4:O5")),
        {address("秘书长"): ("O4:O5", "未填写")},
        all_of(_unmerged("O4:O5"), put(address("秘书长", FIRST + 1), "王芳")),
    ),
    Kind(
        "under-two-heads",
        all_of(_two_rows, put(address("评委2"), 101)),
        {address("评委2"): ("101",)},
        put(address("评委2"), 90),
    ),
    Kind("in-a-hidden-row", all_of(_hidden, put(address("级数", LAST), 9)), {address("级数", LAST): ("9",)}, put(address("级数", LAST), 2)),
    Kind(
        "together",
        all_of(put(address("评定等级"), "差")),
        {address("级数"): ("只能是“3”",)},
        put(address("级数"), 3),
    ),
    entered("list-choice", "名称", "优秀", "优秀", "先进", sheet=LIST, row=2),
    entered("list-required", "名称", None, "未填写", sheet=LIST, row=2),
    entered("list-below", "年度", 2019, "2019", "2020", sheet=LIST, row=2),
    entered("list-words", "年度", "前年", "前年", sheet=LIST, row=2),
    entered("list-formula", "年度", "=2020+4", "公式", sheet=LIST, row=2),
    entered("list-long", "摘要", "一二三四五六七八九十一", "10", sheet=LIST, row=2),
    Kind("list-of-nobody", _listed, {f"{LIST}!A4": ("荣誉",)}, _delisted),
    Kind("list-nameless", _nameless, {f"{LIST}!A4": ("荣誉",)}, _delisted),
    Kind("list-column", put(f"{LIST}!E1", "颁奖人"), {f"{LIST}!E1": ("颁奖人",)}, put(f"{LIST}!E1", None)),
    Kind("long-words", all_of(_blank("会员人数"), _long(("甲", "会员人数", "许多"))), {LONG_CELL: ("许多",)}, put(LONG_CELL, 120)),
    Kind("long-above", all_of(_blank("会员人数"), _long(("甲", "会员人数", 200000))), {LONG_CELL: ("100000",)}, put(LONG_CELL, 120)),
    Kind("long-formula", all_of(_blank("入会率"), _long(("甲", "入会率", "=90"))), {LONG_CELL: ("公式",)}, put(LONG_CELL, 90)),
    Kind("long-mark", all_of(_blank("评委1"), _long(("甲", "评委打分@评委1", 120))), {LONG_CELL: ("100",)}, put(LONG_CELL, 90)),
    Kind("long-item", _long(("甲", "学习强国", 5)), {f"{LONG}!B2": ("学习强国",)}, lambda book: book[LONG].delete_rows(2)),
    Kind("long-nameless", _long(("", "级数", 2)), {f"{LONG}!A2": ("单位",)}, lambda book: book[LONG].delete_rows(2)),
    Kind(
        "long-twice",
        all_of(_blank("级数"), _long(("甲", "级数", 2), ("甲", "级数", 3))),
        {f"{LONG}!C3": ("C2",)},
        lambda book: book[LONG].delete_rows(3),
    ),
)


# ---------------------------------------------------------------- through the command line


@dataclass(frozen=True)
class Tally:
    """How the kinds fared: the names of those whose copies were wrong, and of those whose mended copies were not read clean."""

    kinds: int
    cells: int
    wrong: dict[str, str]
    unmended: dict[str, str]


def tried(folder: Path) -> Tally:
    """Spoil one workbook for each kind, check them, look at the marks, mend the copies, and check those."""
    rubric, sent, out, back = folder / "rubric.json", folder / "材料", folder / "检查", folder / "改后"
    rubric.write_text(json.dumps(RUBRIC, ensure_ascii=False), encoding="utf-8")
    sent.mkdir(parents=True)
    back.mkdir()
    for kind in KINDS:
        book = form(kind.name)
        kind.spoil(book)
        book.save(sent / f"{kind.name}.xlsx")
    assert main(["validate", str(sent), "--rubric", str(rubric), "--out", str(out)]) == 0
    wrong, unmended = {}, {}
    for kind in KINDS:
        copy = out / f"{kind.name}_批注.xlsx"
        fault = _compared(kind, copy) if copy.is_file() else "no copy"
        if fault:
            wrong[kind.name] = fault
        if not copy.is_file():
            unmended[kind.name] = "no copy"
            continue
        book = load_workbook(copy)
        kind.mend(book)
        book.save(back / f"{kind.name}.xlsx")
    assert main(["validate", str(back), "--rubric", str(rubric), "--out", str(folder / "再查")]) == 0
    left = graves(folder / "再查")
    unmended |= {k.name: "; ".join(left[f"{k.name}.xlsx"]) for k in KINDS if f"{k.name}.xlsx" in left}
    return Tally(len(KINDS), sum(len(k.marked) for k in KINDS), wrong, unmended)


def graves(results: Path) -> dict[str, list[str]]:
    """The errors and warnings of a check, by file."""
    import csv

    found: dict[str, list[str]] = {}
    with (results / "problems.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["severity"] != "repair" and "隐藏" not in row["message"]:
                found.setdefault(row["file"], []).append(f"{row['sheet']}!{row['cell'] or row['field']} {row['message']}")
    return found


def marks(copy: Path) -> dict[str, str]:
    """The marked cells of a copy with their comments: those that have a fill and a border of our making."""
    book = load_workbook(copy)
    found = {}
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.fill.fill_type == "solid" and cell.border.left.style and cell.border.top.style:
                    found[f"{sheet.title}!{cell.coordinate}"] = cell.comment.text
    return found


def _compared(kind: Kind, copy: Path) -> str:
    """What is wrong with the marks of a copy; empty where all are right."""
    found = marks(copy)
    if found.keys() != kind.marked.keys():
        return f"marked {sorted(found)}, not {sorted(kind.marked)}"
    for place, words in kind.marked.items():
        missing = [w for w in words if w not in found[place]]
        if missing or "怎样改：" not in found[place]:
            return f"{place} says {found[place]!r} without {missing}"
    return ""


def _told(tally: Tally) -> list[str]:
    lines = [
        f"kinds of error: {tally.kinds}, cells to be marked: {tally.cells}",
        f"marked right: {tally.kinds - len(tally.wrong)} of {tally.kinds}",
        f"read without these problems once mended: {tally.kinds - len(tally.unmended)} of {tally.kinds}",
    ]
    return (
        lines
        + [f"  {n}: {w}" for n, w in sorted({**tally.wrong}.items())]
        + [f"  {n} left: {w}" for n, w in sorted(tally.unmended.items())]
    )


if __name__ == "__main__":
    place = Path(tempfile.mkdtemp())
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            found = tried(place)
    finally:
        shutil.rmtree(place)
    sys.stdout.write("\n".join(_told(found)) + "\n")
    sys.exit(bool(found.wrong or found.unmended))
