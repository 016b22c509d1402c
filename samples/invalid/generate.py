"""Writes the bad files that no editor writes: damaged, hostile and foreign workbooks, and tables in odd encodings.

``python samples/invalid/generate.py`` writes them again, byte for byte; every other case is plain text and is edited by hand.
"""

from __future__ import annotations

import struct
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

Cell = str | int | float | None
HEADER = ["单位名称", "类别", "职工人数", "会员人数", "建会日期", "发生重大事故", "文体活动次数", "满意率"]
FIRST: list[Cell] = ["东风机械厂工会", "企业", 120, 114, "2019-05-01", "否", 6, 92.5]
SECOND: list[Cell] = ["新华印刷厂工会", "企业", 80, 76, "2020-03-01", "否", 5, 95]
WHEN = (2026, 1, 1, 0, 0, 0)
COMMAND = "evaluate submissions --rubric rubric.json\n"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def reference(row: int, column: int) -> str:
    """The address of a cell, both counted from 0."""
    return f"{chr(65 + column)}{row + 1}"


def cell(address: str, value: Cell) -> str:
    """One cell: a number, or text in place."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{address}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{address}"><v>{value}</v></c>'


def sheet(rows: Sequence[Sequence[Cell]], replaced: Mapping[str, str] | None = None, after: str = "") -> str:
    """A worksheet; *replaced* gives cells their own XML by address, *after* follows the rows."""
    own = replaced or {}
    lines = []
    for r, row in enumerate(rows):
        cells = "".join(own.get(reference(r, c), cell(reference(r, c), value)) for c, value in enumerate(row))
        lines.append(f'<row r="{r + 1}">{cells}</row>')
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData>{after}</worksheet>'


def parts(*sheets: tuple[str, str]) -> dict[str, str]:
    """The parts of a workbook with these (title, XML of the worksheet)."""
    ids = range(1, len(sheets) + 1)
    types = "".join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{OFFICE}.worksheet+xml"/>' for i in ids)
    names = "".join(f'<sheet name="{title}" sheetId="{i}" r:id="rId{i}"/>' for i, (title, _) in zip(ids, sheets, strict=True))
    links = "".join(f'<Relationship Id="rId{i}" Type="{LINKS}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in ids)
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{OFFICE}.sheet.main+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{LINKS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        **{f"xl/worksheets/sheet{i}.xml": xml for i, (_, xml) in zip(ids, sheets, strict=True)},
    }


def packed(path: Path, content: Mapping[str, str | bytes], method: int = zipfile.ZIP_STORED) -> None:
    """Write a package with a fixed date, stored as it is: packed bytes differ from one version of zlib to another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as package:
        for name, data in content.items():
            info = zipfile.ZipInfo(name, WHEN)
            info.compress_type, info.create_system = method, 0
            package.writestr(info, data.encode() if isinstance(data, str) else data)


def book(folder: Path, replaced: Mapping[str, str] | None = None, header: Sequence[Cell] = HEADER, after: str = "") -> Path:
    """The workbook of the two units, some of its cells replaced."""
    path = folder / "自评表.xlsx"
    packed(path, parts(("自评表", sheet([header, FIRST, SECOND], replaced, after))))
    return path


def compound(*streams: str) -> bytes:
    """The outside of an old compound file (.xls, .et, or a workbook with a password) and the names of its streams."""
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    entries = b""
    for name in ("Root Entry", *streams):
        text = name.encode("utf-16-le")
        entries += text.ljust(64, b"\0") + struct.pack("<H", len(text) + 2) + bytes([5 if name == "Root Entry" else 2, 1]) + bytes(60)
    return header + fat + entries.ljust(512, b"\0")


def workbooks(into: Path) -> None:
    """The workbooks whose cells cannot be taken as they stand."""
    book(into / "xlsx-formula" / "submissions", {"H3": '<c r="H3"><f>G3*19</f><v>95</v></c>'})
    book(into / "xlsx-error-cell" / "submissions", {"H3": '<c r="H3" t="e"><v>#DIV/0!</v></c>'})
    book(into / "xlsx-merged" / "submissions", {"H3": ""}, after='<mergeCells count="1"><mergeCell ref="H2:H3"/></mergeCells>')
    book(into / "xlsx-hidden-under-merge" / "submissions", after='<mergeCells count="1"><mergeCell ref="H2:H3"/></mergeCells>')
    book(into / "xlsx-duplicate-header" / "submissions", header=[*HEADER[:6], "满意率", "满意率"])
    book(into / "xlsx-cell-twice" / "submissions", {"H3": '<c r="H3"><v>95</v></c><c r="H3"><v>59</v></c>'})
    book(into / "xlsx-long-number" / "submissions", {"C3": '<c r="C3"><v>411102199003070012</v></c>'})
    book(into / "xlsx-text-for-number" / "submissions", {"G3": cell("G3", "五次")})
    plain = [["序号", "内容"], [1, "文体活动"]]
    packed(into / "xlsx-no-header" / "submissions" / "自评表.xlsx", parts(("自评表", sheet(plain))))
    hidden = parts(("自评表", sheet([HEADER, FIRST])), ("补报", sheet([HEADER, SECOND])))
    hidden["xl/workbook.xml"] = hidden["xl/workbook.xml"].replace('name="补报"', 'name="补报" state="hidden"')
    packed(into / "xlsx-hidden-sheet" / "submissions" / "自评表.xlsx", hidden)


def packages(into: Path) -> None:
    """The workbooks that are not opened at all; a good one stands beside each."""
    second = parts(("自评表", sheet([HEADER, SECOND])))
    whole = into / "xlsx-truncated" / "submissions" / "新华印刷厂.xlsx"
    packed(whole, second)
    whole.write_bytes(whole.read_bytes()[:900])
    bomb = {**second, "xl/media/image1.xml": b"<a>" + bytes(2**22) + b"</a>"}
    packed(into / "xlsx-bomb" / "submissions" / "新华印刷厂.xlsx", bomb, zipfile.ZIP_DEFLATED)
    packed(into / "xlsx-macro" / "submissions" / "新华印刷厂.xlsx", {**second, "xl/vbaProject.bin": b"macro"})
    linked = {**second, "xl/externalLinks/externalLink1.xml": "<externalLink/>"}
    packed(into / "xlsx-external-link" / "submissions" / "新华印刷厂.xlsx", linked)
    packed(into / "xlsx-forbidden-name" / "submissions" / "新华印刷厂.xlsx", {**second, "../自评表.xml": "<a/>"})
    doctype = '<!DOCTYPE a [<!ENTITY x "x">]>' + second["xl/worksheets/sheet1.xml"]
    packed(into / "xlsx-doctype" / "submissions" / "新华印刷厂.xlsx", {**second, "xl/worksheets/sheet1.xml": doctype})
    for name, file, content in (
        ("xlsx-password", "新华印刷厂.xlsx", compound("EncryptionInfo", "EncryptedPackage")),
        ("xlsx-old-under-new-name", "新华印刷厂.xlsx", compound("Workbook")),
        ("xls-old", "新华印刷厂.xls", compound("Workbook")),
        ("xlsx-web-page", "新华印刷厂.xlsx", "<html><table><tr><td>新华印刷厂工会</td></tr></table></html>\n".encode()),
        ("xls-web-page", "新华印刷厂.xls", "<html><table><tr><td>新华印刷厂工会</td></tr></table></html>\n".encode()),
        ("xlsx-empty", "新华印刷厂.xlsx", b""),
        ("wps-et", "新华印刷厂.et", compound("Workbook")),
    ):
        (into / name / "submissions").mkdir(parents=True, exist_ok=True)
        (into / name / "submissions" / file).write_bytes(content)
    for bad in sorted(into.glob("*/submissions/新华印刷厂.*")):
        if bad.suffix in (".xlsx", ".xls", ".et"):
            packed(bad.with_name("东风机械厂.xlsx"), parts(("自评表", sheet([HEADER, FIRST]))))


def tables(into: Path) -> None:
    """Tables in encodings that cannot be told."""
    text = "\n".join(",".join(str(value) for value in row) for row in (HEADER, FIRST, SECOND)) + "\n"
    for name, content in (
        ("csv-utf-16-without-mark", text.encode("utf-16-le")),
        ("csv-mixed-encodings", text.encode("gb18030") + "齐心纺织公司工会,企业,60,57,2020-03-01,否,5,95\n".encode() + b"\xff\n"),
    ):
        (into / name / "submissions").mkdir(parents=True, exist_ok=True)
        (into / name / "submissions" / "自评表.csv").write_bytes(content)


def main(into: Path) -> None:
    """Write every generated file into the folder of cases *into*, and the command of each case that is generated whole."""
    workbooks(into)
    packages(into)
    tables(into)
    for folder in sorted(into.iterdir()):
        if (folder / "submissions").is_dir() and not (folder / "command.txt").exists():
            (folder / "command.txt").write_text(COMMAND, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
