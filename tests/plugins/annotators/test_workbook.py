"""The marked copy and the list alone: what is marked, what is kept, what is written when nothing may be."""

from __future__ import annotations

import datetime
import hashlib
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from scorekit_plugins.annotators.workbook import list_alone, marked_copy, scorekit_annotators
from scorekit_plugins.readers.copies import lineage, values

from scorekit.domain.annotated import Lineage
from scorekit.domain.intake import SourceFile
from scorekit.errors import T
from scorekit.words import say

from .returning import SHA, VALUES, altered, finding, head, made, returned


def rich(path: Path) -> Path:
    """A form with all that ordinary forms hold."""
    book = Workbook()
    sheet = book.active
    sheet.title = "表"
    sheet["A1"] = CellRichText("自评表", TextBlock(InlineFont(b=True, color="FFFF0000"), "（必填）"))
    sheet.merge_cells("A1:D1")
    for row in (
        ["单位名称", "人数", "比例", "日期"],
        ["甲单位", "许多", 0.5, datetime.date(2026, 1, 2)],
        ["=1+1", 12, 0.25, None],
        ["合计", "=SUM(B3:B4)", None, None],
    ):
        sheet.append(row)
    sheet["A4"].data_type = "s"
    sheet["C3"].number_format, sheet["D3"].number_format = "0.0%", "yyyy年m月d日"
    sheet["B3"].font, sheet["B3"].alignment = Font(name="仿宋", size=14, bold=True), Alignment(horizontal="right", wrap_text=True)
    sheet["B4"].fill, sheet["B4"].border = PatternFill("solid", fgColor="FF00B050"), Border(left=Side(style="thin"))
    sheet["B3"].protection = Protection(locked=False)
    sheet.protection.sheet = True
    sheet["A2"].comment = Comment("填全称", "发表单位")
    sheet["B3"].comment = Comment("在册会员", "发表单位")
    valid = DataValidation("list", formula1='"是,否"', allow_blank=True, showErrorMessage=True, promptTitle="提示", prompt="选一个")
    whole = DataValidation("whole", "between", "0", "100")
    for rule, area in ((valid, "C3:C9"), (whole, "B3:B9")):
        rule.add(area)
        sheet.add_data_validation(rule)
    sheet.conditional_formatting.add("C3:C9", CellIsRule("greaterThan", ["1"], fill=PatternFill(bgColor="FFFF0000")))
    sheet["E3"].hyperlink, sheet["E3"].value = "https://example.org/a", "链接"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["F"].hidden = 33.5, True
    sheet.row_dimensions[4].height, sheet.row_dimensions[5].hidden = 40, True
    sheet.column_dimensions.group("G", "J", outline_level=1)
    sheet.freeze_panes, sheet.auto_filter.ref = "B3", "A2:D5"
    sheet.print_area, sheet.print_title_rows = "A1:D5", "2:2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.oddHeader.center.text, sheet.page_margins.top = "第 &P 页", 0.3
    hidden = book.create_sheet("代码")
    hidden.append(["是"])
    hidden.sheet_state = "hidden"
    tabled = book.create_sheet("明细")
    tabled.append(["a", "b"])
    tabled.append([1, 2])
    tabled.add_table(Table(displayName="t", ref="A1:B2"))
    book.defined_names["选项"] = DefinedName("选项", attr_text="代码!$A$1")
    book.properties.creator, book.properties.title = "某市总工会", "自评表"
    book.save(path)
    return path


def copied(path: Path, *findings: Any, **more: Any) -> Any:
    target = path.with_name("copy.xlsx")
    why = marked_copy(returned(path, *findings, **more), target)
    assert why is None, say(why, "en")
    return load_workbook(target, rich_text=True)


def described(book: Any, skip: tuple[str, ...] = ()) -> dict[str, Any]:
    """All of a workbook that a sender may have made, but for the cells named."""
    found: dict[str, Any] = {"names": {n: d.attr_text for n, d in book.defined_names.items()}, "title": book.properties.title}
    found["creator"] = book.properties.creator
    for s in (s for s in book.worksheets if s.title != "错误清单"):
        cells = {c.coordinate: c for row in s.iter_rows() for c in row if c.coordinate not in skip and (c.value is not None or c.has_style)}
        found[s.title] = {
            "values": {a: (repr(c.value), c.data_type) for a, c in cells.items()},
            "styles": {a: repr((c.font, c.fill, c.border, c.alignment, c.number_format, c.protection)) for a, c in cells.items()},
            "links": {a: c.hyperlink.target for a, c in cells.items() if c.hyperlink},
            "comments": {a: c.comment.text for a, c in cells.items() if c.comment},
            "validations": sorted(repr(v) for v in s.data_validations.dataValidation),
            "conditions": sorted(
                (str(a.sqref), [(r.type, r.operator, r.formula, repr(r.dxf)) for r in a.rules]) for a in s.conditional_formatting
            ),
            "merged": sorted(map(str, s.merged_cells.ranges)),
            "columns": {k: (d.min, d.max, d.width, d.hidden, d.outlineLevel) for k, d in s.column_dimensions.items()},
            "rows": {k: (d.height, d.hidden, d.outlineLevel) for k, d in s.row_dimensions.items() if d.height or d.hidden},
            "page": [
                repr(x)
                for x in (
                    s.page_setup,
                    s.page_margins,
                    s.oddHeader.center.text,
                    s.print_area,
                    s.print_title_rows,
                    s.freeze_panes,
                    s.auto_filter,
                )
            ],
            "rest": (s.sheet_state, repr(s.protection), sorted(s.tables)),
        }
    return found


def test_all_but_the_marked_cell_is_as_it_was(tmp_path: Path) -> None:
    path = rich(tmp_path / "a.xlsx")
    before = described(load_workbook(path, rich_text=True), ("B3",))
    assert before["表"]["links"]
    before["表"]["links"] = {}  # links that lead out of the workbook go: others open the copy
    assert described(copied(path), ("B3",)) == before


def test_the_marked_cell_keeps_its_value_and_format_and_gains_fill_border_and_comment(tmp_path: Path) -> None:
    cell = copied(rich(tmp_path / "a.xlsx"))["表"]["B3"]
    assert (cell.value, cell.font.name, cell.font.size, cell.alignment.horizontal, cell.protection.locked) == (
        "许多",
        "仿宋",
        14,
        "right",
        False,
    )
    assert (cell.fill.fill_type, cell.fill.fgColor.rgb) == ("solid", "FFFFC7CE")
    assert {s.style for s in (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)} == {"thick"}
    assert cell.comment.author == "发表单位"
    assert cell.comment.text == "在册会员\n――――\nscorekit:\n【错误】所填不是数\n怎样改：请填写数"


def test_the_senders_file_is_not_touched(tmp_path: Path) -> None:
    path = rich(tmp_path / "a.xlsx")
    os.utime(path, (1_000_000, 1_000_000))
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    copied(path)
    assert (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime) == (before, 1_000_000)


def test_a_copy_holds_the_same_values_and_says_what_it_was_made_of(tmp_path: Path) -> None:
    path = rich(tmp_path / "a.xlsx")
    copied(path)
    file = SourceFile(tmp_path / "copy.xlsx", "copy.xlsx")
    assert values(file) == values(SourceFile(path, "a.xlsx"))
    assert lineage(file) == Lineage((SHA,), VALUES)


def test_the_list_is_seen_first_and_no_other_sheet_is_selected_with_it(tmp_path: Path) -> None:
    book = copied(rich(tmp_path / "a.xlsx"))
    assert book.active.title == book.sheetnames[-1] == "错误清单"
    assert [s.title for s in book.worksheets if any(v.tabSelected for v in s.views.sheetView)] == ["错误清单"]


@pytest.mark.parametrize("alone", [False, True])
def test_equal_files_give_equal_bytes_whatever_the_clock_and_the_hashes_say(alone: bool, tmp_path: Path) -> None:
    path = rich(tmp_path / "a.xlsx")
    program = (
        "import sys; from pathlib import Path; from scorekit_plugins.annotators.workbook import *; from tests.plugins.annotators.returning import returned;"
        f"p = Path({str(path)!r}); print({'list_alone' if alone else 'marked_copy'}(returned(p), Path(sys.argv[1])))"
    )
    for seed in "12":
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": ".", "TZ": "Asia/Shanghai" if seed == "1" else "UTC"}
        subprocess.run([sys.executable, "-c", program, str(tmp_path / f"{seed}.xlsx")], env=env, check=True, capture_output=True)
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


def test_no_clock_shows_in_a_package(tmp_path: Path) -> None:
    copied(rich(tmp_path / "a.xlsx"))
    with zipfile.ZipFile(tmp_path / "copy.xlsx") as package:
        assert {p.date_time for p in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    own = load_workbook(tmp_path / "a.xlsx").properties.modified
    assert re.search("modified[^>]*>([^<]*)<", core)[1] == f"{own.isoformat()}Z"  # type: ignore[index]


def test_findings_without_a_cell_stand_in_the_list_only(tmp_path: Path) -> None:
    whole = finding("", field="", what="整表的问题")
    book = copied(made(tmp_path / "a.xlsx"), finding(), whole, finding("C3", "repair"))
    assert [c.coordinate for row in book["表"].iter_rows() for c in row if c.comment] == ["B3"]
    rows = [[c.value for c in row] for row in book["错误清单"].iter_rows(min_row=4)]
    assert [(r[0], r[2], r[5], r[6], r[8]) for r in rows] == [
        (1, "B3", "许多", "所填不是数", "错误"),
        (2, None, None, "整表的问题", "错误"),
        (3, "C3", "0.5", "所填不是数", "已自动更正"),
    ]


def test_where_nothing_can_be_marked_there_is_no_copy(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx")
    why = marked_copy(returned(path, finding("", head=head("别的", above=3))), tmp_path / "copy.xlsx")
    assert why is not None
    assert "no cells" in say(why, "en")
    assert not (tmp_path / "copy.xlsx").exists()


def test_where_a_part_would_be_lost_there_is_no_copy(tmp_path: Path) -> None:
    path = altered(made(tmp_path / "a.xlsx"), {"customXml/item1.xml": "<x/>"})
    why = marked_copy(returned(path), tmp_path / "copy.xlsx")
    assert say(why or T(""), "zh") == "它含有自定义 XML 数据，副本里保留不了"
    assert not (tmp_path / "copy.xlsx").exists()


def test_where_openpyxl_warns_of_a_loss_there_is_no_copy(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", lambda b, s: (s.merge_range("E1:F1", "x"), s.write_comment("F1", "under the merge")))
    why = marked_copy(returned(path), tmp_path / "copy.xlsx")
    assert "unusual form" in say(why or T(""), "en")


def test_where_a_part_is_of_no_known_form_there_is_no_copy(tmp_path: Path) -> None:
    path = altered(made(tmp_path / "a.xlsx"), changes={"xl/worksheets/sheet1.xml": ('left="0.7"', 'left="wide"')})
    assert "cannot be read" in say(marked_copy(returned(path), tmp_path / "copy.xlsx") or T(""), "en")


def test_a_sheet_of_the_senders_own_of_the_lists_name_is_left_alone(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", lambda b, s: b.add_worksheet("错误清单"))
    assert "错误清单" in say(marked_copy(returned(path), tmp_path / "copy.xlsx") or T(""), "en")


def test_marking_a_copy_again_takes_the_earlier_marks_off(tmp_path: Path) -> None:
    first = tmp_path / "first.xlsx"
    assert marked_copy(returned(rich(tmp_path / "a.xlsx"), finding(), finding("A3")), first) is None
    book = copied(first, finding("C3"), lineage=Lineage(("c" * 64, SHA), VALUES))
    sheet = book["表"]
    assert [c.coordinate for row in sheet.iter_rows() for c in row if c.comment and "【" in c.comment.text] == ["C3"]
    assert (sheet["B3"].comment.text, sheet["B3"].comment.author) == ("在册会员", "发表单位")
    assert [a for a in ("A3", "B3", "C3") if sheet[a].fill.fgColor.rgb == "FFFFC7CE"] == ["C3"]
    assert book.sheetnames.count("错误清单") == 1
    assert len([s for s in book.sheetnames if s.startswith("错误清单")]) == 1
    assert lineage(SourceFile(tmp_path / "copy.xlsx", "")) == Lineage(("c" * 64, SHA), VALUES)


def test_the_list_alone_says_why_there_is_no_copy_and_that_it_is_none(tmp_path: Path) -> None:
    target = tmp_path / "list.xlsx"
    list_alone(returned(tmp_path / "甲.xlsx", why=T("it holds a part that cannot be read"), lineage=Lineage((SHA,))), target)
    book = load_workbook(target)
    assert book.sheetnames == ["错误清单"]
    assert "没有批注副本：它有一部分读不出" in book.active["A2"].value
    assert book.active["C4"].hyperlink is None
    assert lineage(SourceFile(target, "")) == Lineage((SHA,))


def test_both_languages_are_spoken(tmp_path: Path) -> None:
    book = copied(made(tmp_path / "a.xlsx"), lang="en")
    assert book.sheetnames[-1] == "errors to mend"
    assert "How to mend it" in book["表"]["B3"].comment.text


def test_one_annotator_is_offered() -> None:
    assert [(a.name, a.suffixes) for a in scorekit_annotators()] == [("workbook", (".xlsx",))]
