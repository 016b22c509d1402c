"""Packages that are cut, bent, packed oddly, or that tell one reader this and another that."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator

from tests.hostile.cases import Case
from tests.hostile.making import (
    CENTRAL,
    END,
    RELATIONS,
    SHEET,
    TYPES,
    WORKBOOK,
    book,
    both,
    central,
    compound,
    end,
    local,
    packed,
    parts,
    raw_entry,
    raw_package,
    renamed,
    sheet,
    with_part,
    zeros,
)

FORGED = sheet({"H2": '<c r="H2"><v>100</v></c>'})


def cases() -> Iterator[Case]:
    """All of them."""
    yield from cut()
    yield from bent()
    yield from names()
    yield from methods()
    yield from ambiguous()
    yield from other_programs()


def cut() -> Iterator[Case]:
    """Cut short at many points, or with bytes lost."""
    whole = book()
    for share in (1, 5, 20, 40, 60, 80, 95, 99):
        yield Case(f"zip-cut-at-{share:02}-percent", lambda share=share: whole[: len(whole) * share // 100])
    yield Case("zip-cut-before-the-end-record", lambda: whole[: whole.rindex(END)])
    yield Case("zip-cut-in-the-end-record", lambda: whole[:-1])
    yield Case("zip-hole-in-the-middle", lambda: whole[:800] + whole[900:])
    yield Case("zip-empty-archive", lambda: END + bytes(18))
    yield Case("file-empty", lambda: b"")
    yield Case("file-one-byte", lambda: b"P")
    yield Case("file-four-bytes", lambda: b"PK\x03\x04")
    yield Case("file-zeros", lambda: bytes(4096))
    yield Case("zip-byte-flipped-in-the-sheet", lambda: _flipped(whole))


def _flipped(whole: bytes) -> bytes:
    at = whole.index(SHEET.encode()) + len(SHEET) + 200
    return whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]


def bent() -> Iterator[Case]:
    """Headers that lie."""
    whole = packed(parts(), zipfile.ZIP_STORED)
    small = book()
    yield Case("zip-wrong-crc", lambda: both(small, SHEET, crc=0x12345678))
    yield Case("zip-crc-differs-in-two-places", lambda: local(small, SHEET, crc=0x12345678))
    yield Case("zip-size-too-small", lambda: both(small, SHEET, size=100))
    yield Case("zip-size-too-small-with-its-crc", lambda: both(small, SHEET, size=100, crc=_crc(sheet().encode()[:100])))
    yield Case("zip-size-too-large", lambda: both(small, SHEET, size=2**27))
    yield Case("zip-packed-size-too-large", lambda: both(small, SHEET, packed=2**24))
    yield Case("zip-packed-size-zero", lambda: both(small, SHEET, packed=0))
    yield Case("zip-sizes-differ-in-two-places", lambda: local(whole, SHEET, size=100, packed=100))
    yield Case("zip-offset-into-another-part", lambda: central(small, SHEET, offset=40))
    yield Case("zip-offset-beyond-the-end", lambda: central(small, SHEET, offset=2**30))
    yield Case("zip-all-ones-for-zip64", lambda: both(small, SHEET, size=0xFFFFFFFF))
    yield Case("zip-zip64-says-other-size", lambda: _zip64(2**40))
    yield Case("zip-zip64-end-says-many", _zip64_end)
    yield Case("zip-more-entries-than-there-are", lambda: end(small, entries=60_000, here=60_000))
    yield Case("zip-fewer-entries-than-there-are", lambda: end(small, entries=3, here=3))
    yield Case("zip-directory-size-wrong", lambda: end(small, size=10))
    yield Case("zip-directory-offset-wrong", lambda: end(small, offset=0))
    yield Case("zip-on-two-disks", lambda: end(small, disk=1))


def _crc(data: bytes) -> int:
    return zipfile.crc32(data)  # type: ignore[attr-defined,no-any-return]


def _zip64(size: int) -> bytes:
    """A part whose entry in the directory gives another size in its extra field."""
    data = central(book(), SHEET, size=0xFFFFFFFF)
    at = data.index(SHEET.encode(), data.index(CENTRAL)) - 46
    extra = struct.pack("<HHQ", 1, 8, size)
    after = at + 46 + len(SHEET)
    data = data[: at + 30] + struct.pack("<H", len(extra)) + data[at + 32 : after] + extra + data[after:]
    old = struct.unpack_from("<I", data, data.rindex(END) + 12)[0]
    return end(data, size=old + len(extra))


def _zip64_end() -> bytes:
    """A closing record of the large form that claims four thousand million parts."""
    data = book()
    at = data.rindex(END)
    size, offset = struct.unpack_from("<II", data, at + 12)
    large = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 2**32, 2**32, size, offset)
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, at, 1)
    return end(data[:at] + large + locator + data[at:], entries=0xFFFF, here=0xFFFF)


def names() -> Iterator[Case]:
    """Names of parts that lead out of the package, or that stand twice."""
    for word, name in {
        "dots": "../自评表.xml",
        "dots-inside": "xl/../../evil.xml",
        "backslashes": "xl\\..\\..\\evil.xml",
        "absolute": "/etc/cron.d/evil",
        "drive": "C:/evil.xml",
        "stream": "xl/workbook.xml:evil",
        "network": "\\\\server\\share\\evil.xml",
    }.items():
        yield Case(f"zip-name-{word}", lambda name=name: packed({**parts(), name: "<a/>"}))
    yield Case("zip-name-nul", lambda: renamed(packed({**parts(), "xl/worksheets/sheet1.xmlXpng": FORGED}), "sheet1.xmlX", b"sheet1.xml\0"))
    yield Case("zip-name-control", lambda: packed({**parts(), "xl/\n\x1b[31m.xml": "<a/>"}))
    yield Case("zip-name-long", lambda: packed({**parts(), "x" * 60_000: "<a/>"}))
    yield Case("zip-name-empty", lambda: renamed(packed({**parts(), "x": "<a/>"}), "x\0", b"x\0") + b"")
    yield Case("zip-name-twice", _twice)
    yield Case("zip-name-twice-in-other-case", lambda: packed({**parts(), "XL/Worksheets/Sheet1.XML": FORGED}))
    yield Case("zip-name-twice-with-backslashes", lambda: packed({**parts(), "xl\\worksheets\\sheet1.xml": FORGED}))
    yield Case("zip-name-twice-with-dot", lambda: packed({**parts(), "xl/./worksheets/sheet1.xml": FORGED}))
    yield Case("zip-name-twice-with-slashes", lambda: packed({**parts(), "xl//worksheets/sheet1.xml": FORGED}))
    yield Case("zip-name-differs-in-two-places", lambda: book().replace(SHEET.encode(), b"xl/worksheets/sheet2.xml", 1))
    yield Case("zip-name-other-in-extra-field", lambda: _unicode_name(b"xl/worksheets/other1.xml"))


def _twice() -> bytes:
    return renamed(packed({**parts(), "xl/worksheets/sheetX.xml": FORGED}), "sheetX.xml", b"sheet1.xml")


def _unicode_name(other: bytes) -> bytes:
    """An entry whose extra field gives another name, which some programs take."""
    content = parts()
    entries = []
    for name, data in content.items():
        raw = str(data).encode()
        own, listed = raw_entry(name.encode(), raw, len(raw), _crc(raw), 0)
        if name == SHEET:
            extra = struct.pack("<HHBI", 0x7075, 5 + len(other), 1, _crc(name.encode())) + other
            listed = listed[:30] + struct.pack("<H", len(extra)) + listed[32:] + extra
        entries.append((own, listed))
    return raw_package(entries)


def methods() -> Iterator[Case]:
    """Methods of packing that spreadsheets do not read, and passwords."""
    yield Case("zip-bzip2", lambda: packed(parts(), zipfile.ZIP_BZIP2))
    yield Case("zip-lzma", lambda: packed(parts(), zipfile.ZIP_LZMA))
    yield Case("zip-lzma-wants-memory", _lzma_dictionary)
    for method in (9, 12, 14, 93, 95, 97, 99, 65535):
        yield Case(f"zip-method-{method}", lambda method=method: both(book(), SHEET, method=method))
    yield Case("zip-encrypted", lambda: both(book(), SHEET, flags=1))
    yield Case("zip-encrypted-strongly", lambda: both(book(), SHEET, flags=0x41))
    yield Case("zip-patched-data", lambda: both(book(), SHEET, flags=0x20))
    yield Case("zip-masked-directory", lambda: both(book(), SHEET, flags=0x2000))
    yield Case("zip-stored-called-packed", lambda: both(packed(parts(), zipfile.ZIP_STORED), SHEET, method=8))


def _lzma_dictionary() -> bytes:
    """A part that asks for a dictionary of nearly four thousand million bytes."""
    data = packed(parts(), zipfile.ZIP_LZMA)
    at = data.index(SHEET.encode()) + len(SHEET)
    return data[: at + 5] + struct.pack("<I", 0xFFFFFFF0) + data[at + 9 :]


def ambiguous() -> Iterator[Case]:
    """Packages in which programs find different parts."""
    whole, forged = book(), packed({**parts(), SHEET: FORGED})
    yield Case("zip-two-one-behind-the-other", lambda: whole + forged)
    yield Case("zip-behind-a-program", lambda: b"MZ" + bytes(1000) + whole)
    yield Case("zip-behind-a-header-of-its-kind", lambda: b"PK\x03\x04" + bytes(500) + whole)
    yield Case("zip-with-data-behind", lambda: whole + b"\0" * 1000)
    yield Case("zip-with-a-word-behind", lambda: whole + b"x")
    yield Case("zip-in-the-comment", lambda: end(whole, comment=len(forged)) + forged)
    yield Case("zip-end-record-in-the-comment", lambda: end(whole, comment=22) + END + bytes(18))
    yield Case("zip-comment-longer-than-said", lambda: end(whole, comment=5) + b"comment")
    yield Case("zip-comment-shorter-than-said", lambda: end(whole, comment=500) + b"comment")
    yield Case("zip-parts-overlap", _overlapping)
    yield Case("zip-two-parts-of-one-place", _same_place)
    yield Case("zip-nested", lambda: packed(with_part("xl/embeddings/book.xlsx", book())))
    yield Case("zip-sheet-is-a-picture", _picture)
    yield Case("zip-sheet-is-a-picture-with-entities", lambda: _picture(entities=True))
    yield Case("zip-workbook-elsewhere", _elsewhere)


def _overlapping() -> bytes:
    """A part whose bytes reach over the next part's header."""
    whole = packed(parts(), zipfile.ZIP_STORED)
    size = len(str(parts()[WORKBOOK]).encode())
    wider = whole[whole.index(WORKBOOK.encode()) + len(WORKBOOK) :][: size + 200]
    return both(whole, WORKBOOK, size=size + 200, packed=size + 200, crc=_crc(wider))


def _same_place() -> bytes:
    whole = packed({**parts(), "xl/worksheets/sheet9.xml": sheet()})
    at = whole.index(SHEET.encode()) - 30
    return central(whole, "xl/worksheets/sheet9.xml", offset=at)


def _picture(entities: bool = False) -> bytes:
    """A sheet under the name of a picture, which a scan of the usual names does not look at."""
    content = parts()
    mark = '<!DOCTYPE worksheet [<!ENTITY a "100">]>' if entities else ""
    xml = str(content.pop(SHEET)).replace("?>\n", "?>\n" + mark)
    if entities:
        xml = xml.replace("<v>95</v>", "<v>&a;</v>")
    content[RELATIONS] = str(content[RELATIONS]).replace("worksheets/sheet1.xml", "media/image1.png")
    content[TYPES] = str(content[TYPES]).replace(SHEET, "xl/media/image1.png")
    return packed({**content, "xl/media/image1.png": xml})


def _elsewhere() -> bytes:
    content = parts()
    moved = {k.replace("xl/", "office/"): str(v).replace("xl/", "office/") for k, v in content.items()}
    return packed(moved)


def other_programs() -> Iterator[Case]:
    """Files of other programs under the name of a workbook."""
    yield Case("other-password", lambda: compound("EncryptionInfo", "EncryptedPackage"))
    yield Case("other-password-far-behind", lambda: compound("EncryptionInfo", "EncryptedPackage", padding=3_000_000))
    yield Case("other-xls", lambda: compound("Workbook"))
    yield Case("other-et", lambda: compound("Workbook", "ETExtData"))
    yield Case("other-biff2", lambda: b"\x09\x00\x04\x00\x07\x00\x10\x00" + bytes(100))
    ods = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>", "META-INF/manifest.xml": "<a/>"}
    yield Case("other-ods", lambda: packed(ods, zipfile.ZIP_STORED))
    yield Case("other-docx", lambda: packed({TYPES: "<Types/>", "word/document.xml": "<a/>"}))
    yield Case("other-xlsb", lambda: packed({TYPES: "<Types/>", "xl/workbook.bin": b"\x83\x01\x00"}))
    yield Case("other-zip-of-workbooks", lambda: packed({"一.xlsx": book(), "二.xlsx": book()}))
    yield Case("other-csv", lambda: "单位名称,类别,满意率\n新华印刷厂工会,企业,95\n")
    yield Case("other-csv-gbk", lambda: "单位名称,类别,满意率\n新华印刷厂工会,企业,95\n".encode("gbk"))
    yield Case("other-html", lambda: "<html><table><tr><td>单位名称</td></tr></table></html>")
    yield Case("other-html-utf-16", lambda: "\ufeff<html><table><tr><td>单位名称</td></tr></table></html>".encode("utf-16-le"))
    yield Case("other-mhtml", lambda: "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html/>")
    yield Case("other-xml-2003", lambda: '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>')
    yield Case("other-json", lambda: '{"unit": "新华印刷厂工会"}')
    yield Case("other-pdf", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    yield Case("other-png", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100))
    yield Case("other-jpeg", lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(100))
    yield Case("other-rar", lambda: b"Rar!\x1a\x07\x01\x00" + bytes(100))
    yield Case("other-7z", lambda: b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(100))
    yield Case("other-gzip", lambda: b"\x1f\x8b\x08\x00" + bytes(100))
    yield Case("other-shortcut", lambda: b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(100))


def spaces(megabytes: int) -> bytes:
    """Deflated spaces for what unpacks to much."""
    return zeros(megabytes * 2**20)
