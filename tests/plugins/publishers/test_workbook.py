"""公示名单.xlsx: a sheet to print, in which all is text."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
from scorekit_plugins.publishers.workbook import render, scorekit_publishers

from scorekit.domain.publicity import PublicList

LIST = PublicList(
    "某某标准",
    "考核结果公示",
    ("依据：文件",),
    ("rank", "unit", "total"),
    ("名次", "单位", "总分"),
    (("1", "=1+1", "90.00"), ("2", "http://example.org", "80.5"), ("", "甲" * 40_000, "")),
    ("公示期：______",),
    "id 1",
)


def test_title_heads_rows_and_what_is_filled_in_by_hand() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(render(LIST))).active
    assert sheet is not None
    told = [[c for c in row if c is not None] for row in sheet.iter_rows(values_only=True)]
    assert told[:6] == [
        ["某某标准"],
        ["考核结果公示"],
        ["依据：文件"],
        ["名次", "单位", "总分"],
        ["1", "=1+1", "90.00"],
        ["2", "http://example.org", "80.5"],
    ]
    assert (told[-1], max(map(len, told[6]))) == (["公示期：______"], 32_000)
    assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f" or c.hyperlink]
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight, sheet.print_title_rows) == (9, 0, "$4:$4")


def test_equal_lists_are_equal_bytes_and_one_column_is_enough() -> None:
    assert render(LIST) == render(replace(LIST))
    assert render(replace(LIST, names=("unit",), heads=("单位",), rows=(("甲",),))).startswith(b"PK")
    assert [p.file for p in scorekit_publishers()] == ["公示名单.xlsx"]
