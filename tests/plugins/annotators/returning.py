"""What tests of annotators share: workbooks with much in them, findings, packages with a part more."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

from scorekit.domain.annotated import Lineage
from scorekit.domain.annotators import Finding, Head, Returned
from scorekit.domain.intake import SourceFile

VALUES, SHA = "b" * 64, "a" * 64


def finding(cell: str = "B3", severity: Any = "error", sheet: str = "表", **more: Any) -> Finding:
    told: dict[str, Any] = {"unit": "甲单位", "field": "人数", "entered": "", "what": "所填不是数", "cure": "请填写数", **more}
    return Finding(severity, sheet=sheet, cell=cell, **told)


def head(*words: str, column: str = "", above: int = 3) -> Head:
    return Head(column, frozenset(words), above)


def returned(path: Path, *findings: Finding, lang: str = "zh", **more: Any) -> Returned:
    lineage = more.pop("lineage", Lineage((SHA,), VALUES))
    return Returned(SourceFile(path, path.name), findings or (finding(),), lineage, lang, **more)


def rows(sheet: Any) -> None:
    """A title, heads, two units."""
    for number, row in enumerate((["自评表"], ["单位名称", "人数", "比例"], ["甲单位", "许多", 0.5], ["乙单位", 12, 0.25])):
        sheet.write_row(number, 0, row)


def made(path: Path, write: Callable[[Any, Any], object] = lambda book, sheet: None) -> Path:
    """A workbook of XlsxWriter's making, *write* adding to it."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")
        rows(sheet)
        write(book, sheet)
    return path


def altered(path: Path, more: Mapping[str, str] = {}, changes: Mapping[str, tuple[str, str]] = {}) -> Path:
    """The package with parts *more*, and texts in others replaced."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, (old, new) in changes.items():
        text = parts[name].decode()
        assert old in text, text[:2000]
        parts[name] = text.replace(old, new, 1).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, content in {**parts, **{n: t.encode() for n, t in more.items()}}.items():
            package.writestr(name, content)
    return path
