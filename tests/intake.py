"""What tests of readers and validation share: plans of a few fields, workbooks with and without their proper XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from scorekit.compiling.standard import standard
from scorekit.compiling.variants import expanded
from scorekit.domain.intake import RawTable, ReadRequest, SourceFile
from scorekit.domain.naming import folded
from scorekit.domain.plan import Plan
from scorekit.domain.rubric import Rubric
from scorekit.domain.tables import Problem
from scorekit.words import say

UNIT = {"type": "string", "title": "单位名称", "x-form": {"aliases": ["工会名称"]}}
CATEGORY = {"enum": ["企业", "机关"], "title": "类别"}


def plan_of(properties: Mapping[str, Any], *, required: Sequence[str] = (), **root: Any) -> Plan:
    """A plan of the fields unit, category and *properties*; nothing in it is scored."""
    document = {
        "title": "试评标准",
        "type": "object",
        "required": ["unit", "category", *required],
        "properties": {"unit": UNIT, "category": CATEGORY, **properties},
        **root,
        "x-rubric": {"id": "trial", "unit": "unit", "category": "category", **root.get("x-rubric", {})},
    }
    rubric = Rubric("trial", "1", "试评标准", document, "rubric.json")
    base = standard(expanded(document, document, "rubric.json"), rubric)
    return Plan(rubric, base, ("企业", "机关"), (), base.fields, base.criteria, base.gates, base.sections)


def table(columns: Mapping[str, Sequence[Any]], *, sheet: str = "", letters: bool = True, name: str = "a.xlsx", **more: Any) -> RawTable:
    """A table as a reader gives it, its first unit in row 2 of a sheet."""
    size = len(next(iter(columns.values()), ()))
    marks = {h: chr(65 + i) for i, h in enumerate(columns)} if letters else {}
    rows = tuple(range(2, 2 + size)) if letters else (0,) * size
    files = (name,) if letters else tuple(f"u{i}.json" for i in range(size))
    return RawTable(columns, files, (0,) * size if letters else tuple(range(size)), rows, sheet, marks, **more)


def said(problems: Iterable[Problem]) -> list[str]:
    """Problems as short lines: severity, cell or field, and the English text."""
    return [f"{p.severity} {p.cell or p.field}: {say(p.what, 'en')}" for p in problems]


def read_with(reader: Any, *paths: Path, headers: Iterable[str] = (), encoding: str | None = None) -> list[RawTable]:
    """All tables that a reader module gives for files."""
    request = ReadRequest(encoding, frozenset(map(folded, headers)))
    return list(reader.read([SourceFile(p, p.name) for p in paths], request))


def problems_of(tables: Iterable[RawTable]) -> list[str]:
    return said(p for t in tables for p in t.problems)


# ---------------------------------------------------------------- workbooks written by hand

TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>"
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def sheet_xml(rows: str, *, before: str = "", after: str = "", start: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return f'{start}<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def cell(address: str, value: Any) -> str:
    if isinstance(value, str):
        return f'<c r="{address}" t="inlineStr"><is><t>{value}</t></is></c>'
    return digits(address, str(value))


def digits(address: str, number: str, more: str = "") -> str:
    return f'<c r="{address}" {more}><v>{number}</v></c>'


HEAD = f'<row r="1">{cell("A1", "单位名称")}{cell("B1", "人数")}</row>'


def package(path: Path, rows: str = "", parts: Mapping[str, str | bytes] | None = None, **sheet: Any) -> Path:
    """A workbook of one sheet with these rows of XML under the header 单位名称, 人数; *parts* are added or replaced."""
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
        '<sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_RELATIONS}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet_xml(HEAD + rows, **sheet),
    }
    found.update(parts or {})
    path.write_bytes(zipped(found))
    return path


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()
