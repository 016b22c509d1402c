"""Workbooks and packages made by hand, byte by byte where no library would write them."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

Value = str | int | float | None
Part = str | bytes
HEADER: list[Value] = ["单位名称", "类别", "职工人数", "会员人数", "建会日期", "发生重大事故", "文体活动次数", "满意率"]
GOOD: list[Value] = ["东风机械厂工会", "企业", 120, 114, "2019-05-01", False, 6, 92.5]
ROW: list[Value] = ["新华印刷厂工会", "企业", 80, 76, "2020-03-01", False, 5, 95]
"""The row of the file that is looked at: row 2 of its sheet; the satisfaction (满意率) stands in H2."""
WHEN = (2026, 1, 1, 0, 0, 0)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES, WORKBOOK, RELATIONS = "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SHEET, STYLES, STRINGS = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"


def letter(column: int) -> str:
    """The letter of a column counted from 0, up to ZZ."""
    return chr(65 + column) if column < 26 else chr(64 + column // 26) + chr(65 + column % 26)


def cell(address: str, value: Value, more: str = "") -> str:
    """One cell: a number, or text in place."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{address}" t="b"{more}><v>{value:d}</v></c>'
    if isinstance(value, str):
        return f'<c r="{address}" t="inlineStr"{more}><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{address}"{more}><v>{value}</v></c>'


def row_xml(number: int, values: Sequence[Value], own: Mapping[str, str] | None = None) -> str:
    """One row; *own* gives cells their own XML by address."""
    own = own or {}
    cells = "".join(own.get(f"{letter(c)}{number}", cell(f"{letter(c)}{number}", v)) for c, v in enumerate(values))
    return f'<row r="{number}">{cells}</row>'


def sheet_xml(rows: str, before: str = "", after: str = "", root: str = "worksheet") -> str:
    """A worksheet with these rows of XML."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</{root}>'


def sheet(own: Mapping[str, str] | None = None, before: str = "", after: str = "", rows: str = "") -> str:
    """The sheet of the one unit, some of its cells replaced and *rows* below it."""
    return sheet_xml(row_xml(1, HEADER, own) + row_xml(2, ROW, own) + rows, before, after)


def parts(*sheets: tuple[str, str]) -> dict[str, Part]:
    """The parts of a workbook with these (title, XML of the worksheet); without any, the sheet of the one unit."""
    told = sheets or (("自评表", sheet()),)
    ids = range(1, len(told) + 1)
    types = "".join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{OFFICE}.worksheet+xml"/>' for i in ids)
    names = "".join(f'<sheet name="{title}" sheetId="{i}" r:id="rId{i}"/>' for i, (title, _) in zip(ids, told, strict=True))
    links = "".join(f'<Relationship Id="rId{i}" Type="{LINKS}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in ids)
    return {
        TYPES: f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{OFFICE}.sheet.main+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{LINKS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        WORKBOOK: f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{names}</sheets></workbook>',
        RELATIONS: f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        **{f"xl/worksheets/sheet{i}.xml": xml for i, (_, xml) in zip(ids, told, strict=True)},
    }


def with_part(name: str, content: Part, kind: str = "", more: Mapping[str, Part] | None = None) -> dict[str, Part]:
    """The parts of the workbook of the one unit and one part more, its content type (*kind*) declared where given."""
    found = parts()
    if kind:
        mark = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
        found[TYPES] = str(found[TYPES]).replace("</Types>", mark)
    return {**found, name: content, **(more or {})}


def styled(formats: Sequence[str], own: Mapping[str, str]) -> dict[str, Part]:
    """The workbook of the one unit with number formats: style *n* (from 1) shows numbers in the format *n*."""
    codes = "".join(f'<numFmt numFmtId="{164 + i}" formatCode="{escape(f, {chr(34): "&quot;"})}"/>' for i, f in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{164 + i}" applyNumberFormat="1"/>' for i in range(len(formats)))
    xml = f'<styleSheet xmlns="{MAIN}"><numFmts count="{len(formats)}">{codes}</numFmts><cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>'
    return {**with_part(STYLES, xml, f"{OFFICE}.styles+xml"), SHEET: sheet(own)}


def shared(texts: Iterable[str], own: Mapping[str, str]) -> dict[str, Part]:
    """The workbook of the one unit with shared strings, each given as the XML inside its ``si``."""
    xml = f'<sst xmlns="{MAIN}">' + "".join(f"<si>{t}</si>" for t in texts) + "</sst>"
    return {**with_part(STRINGS, xml, f"{OFFICE}.sharedStrings+xml"), SHEET: sheet(own)}


def packed(content: Mapping[str, Part], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package with a fixed date."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in content.items():
            info = zipfile.ZipInfo(name, WHEN)
            info.compress_type, info.create_system = method, 0
            package.writestr(info, data.encode() if isinstance(data, str) else data)
    return stream.getvalue()


def book(own: Mapping[str, str] | None = None, before: str = "", after: str = "", rows: str = "") -> bytes:
    """The workbook of the one unit, some of its cells replaced."""
    return packed({**parts(), SHEET: sheet(own, before, after, rows)})


# ---------------------------------------------------------------- records of a package, and lies in them

LOCAL, CENTRAL, END, END64, LOCATOR = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_LOCAL_FIELDS = {"flags": (6, "H"), "method": (8, "H"), "crc": (14, "I"), "packed": (18, "I"), "size": (22, "I"), "extra": (28, "H")}
_CENTRAL_FIELDS = {
    "flags": (8, "H"), "method": (10, "H"), "crc": (16, "I"), "packed": (20, "I"), "size": (24, "I"), "disk": (34, "H"), "offset": (42, "I"),
}  # fmt: skip
_END_FIELDS = {"disk": (4, "H"), "here": (8, "H"), "entries": (10, "H"), "size": (12, "I"), "offset": (16, "I"), "comment": (20, "H")}


def _record(data: bytes, mark: bytes, name: str, name_at: int) -> int:
    at = -1
    while (at := data.index(mark, at + 1)) >= 0:
        if data[at + name_at : at + name_at + len(name.encode())] == name.encode():
            return at
    raise ValueError(name)


def _set(data: bytes, at: int, place: tuple[int, str], value: int) -> bytes:
    changed = bytearray(data)
    struct.pack_into("<" + place[1], changed, at + place[0], value)
    return bytes(changed)


def local(data: bytes, name: str, **fields: int) -> bytes:
    """The package with fields of a part's own header changed."""
    for field, value in fields.items():
        data = _set(data, _record(data, LOCAL, name, 30), _LOCAL_FIELDS[field], value)
    return data


def central(data: bytes, name: str, **fields: int) -> bytes:
    """The package with fields of a part's entry in the directory changed."""
    for field, value in fields.items():
        data = _set(data, _record(data, CENTRAL, name, 46), _CENTRAL_FIELDS[field], value)
    return data


def both(data: bytes, name: str, **fields: int) -> bytes:
    """The package with the same lie in both places."""
    return central(local(data, name, **fields), name, **fields)


def end(data: bytes, **fields: int) -> bytes:
    """The package with fields of its closing record changed."""
    for field, value in fields.items():
        data = _set(data, data.rindex(END), _END_FIELDS[field], value)
    return data


def renamed(data: bytes, old: str, new: bytes) -> bytes:
    """The package with a part's name replaced by another of the same length, in both places."""
    assert len(old.encode()) == len(new)
    return data.replace(old.encode(), new)


def deflated(data: bytes) -> bytes:
    """Raw deflate, as packages hold it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def zeros(size: int, level: int = 9) -> bytes:
    """Deflated spaces, *size* of them, without holding them."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    chunk = b" " * 2**20
    found = [packer.compress(chunk) for _ in range(size // 2**20)]
    return b"".join(found) + packer.flush()


def raw_entry(name: bytes, body: bytes, size: int, crc: int, method: int = 8, flags: int = 0) -> tuple[bytes, bytes]:
    """A part's own header with its bytes, and its entry in the directory without its offset."""
    fields = struct.pack("<HHHIIIHH", method, 0, 0x5C21, crc, len(body), size, len(name), 0)
    own = LOCAL + struct.pack("<HH", 20, flags) + fields + name + body
    listed = CENTRAL + struct.pack("<HHH", 20, 20, flags) + fields + struct.pack("<HHHI", 0, 0, 0, 0)
    return own, listed + b"%s" + name


def raw_package(entries: Sequence[tuple[bytes, bytes]], offsets: Sequence[int] | None = None, comment: bytes = b"") -> bytes:
    """A package of raw entries one behind the other; *offsets* says in the directory where each is, true or not."""
    body, directory = b"", b""
    for i, (own, listed) in enumerate(entries):
        at = len(body) if offsets is None else offsets[i]
        directory += listed.replace(b"%s", struct.pack("<I", at), 1)
        body += own
    tail = struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(directory), len(body), len(comment))
    return body + directory + END + tail + comment


def compound(*streams: str, padding: int = 0) -> bytes:
    """The outside of an old compound file (.xls, .et, or a workbook with a password) and the names of its streams."""
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    entries = b""
    for name in ("Root Entry", *streams):
        text = name.encode("utf-16-le")
        entries += text.ljust(64, b"\0") + struct.pack("<H", len(text) + 2) + bytes([5 if name == "Root Entry" else 2, 1]) + bytes(60)
    return header + fat + bytes(padding) + entries.ljust(512, b"\0")
