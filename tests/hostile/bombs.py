"""Workbooks that are small to send and large to open, each built in another way."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Mapping
from random import Random

from tests.hostile.making import (
    MAIN,
    RELATIONS,
    SHEET,
    STRINGS,
    STYLES,
    TYPES,
    WORKBOOK,
    Part,
    compound,
    packed,
    parts,
    raw_entry,
    raw_package,
    sheet,
    with_part,
    zeros,
)

MUCH = 250
"""Megabytes that come out, where a bomb is measured in them."""


def _noisy(size: int, between: str = "") -> str:
    """Text that packs to about a fiftieth, so that no ratio gives it away."""
    chance = Random(1)
    piece = "".join(chance.choice("abcdefgh") for _ in range(4000))
    return (piece + between) * (size // (4000 + len(between)))


def _raw(name: str, body: bytes, size: int, crc: int = 0) -> bytes:
    """The workbook with a part whose packed bytes are given."""
    entries = []
    for part, data in parts().items():
        if part != name:
            raw = str(data).encode()
            entries.append(raw_entry(part.encode(), raw, len(raw), zlib.crc32(raw), 0))
    return raw_package([*entries, raw_entry(name.encode(), body, size, crc)])


def _overlapping(count: int = 1500) -> bytes:
    """Many entries of the directory for the same packed bytes."""
    body = zeros(2**20)
    own, listed = raw_entry(b"a0000.xml", body, 2**20, zlib.crc32(b" " * 2**20))
    whole = [raw_entry(p.encode(), str(d).encode(), len(str(d).encode()), zlib.crc32(str(d).encode()), 0) for p, d in parts().items()]
    base = raw_package([*whole, (own, listed)])
    at = base.index(own)
    entries = [*whole, (own, listed)]
    offsets = [base.index(o) for o, _ in whole] + [at]
    for i in range(1, count):
        entries.append((b"", listed.replace(b"a0000.xml", f"a{i:04}.xml".encode())))
        offsets.append(at)
    return raw_package(entries, offsets)


def _quoted(count: int = 300) -> bytes:
    """Each part's bytes reach over the headers of all that follow, which are quoted in them."""
    kernel = b"<a>" + b" " * 100_000 + b"</a>"
    own, listed = raw_entry(b"k.xml", zlib.compress(kernel)[2:-4], len(kernel), zlib.crc32(kernel))
    chain, entries = own, [listed]
    for i in range(count):
        packed_size = len(chain)
        own, listed = raw_entry(f"q{i}.xml".encode(), b"", len(kernel) + packed_size, 0)
        chain = own + chain
        entries.append(listed[:20] + packed_size.to_bytes(4, "little") + listed[24:])
    first = [raw_entry(p.encode(), str(d).encode(), len(str(d).encode()), zlib.crc32(str(d).encode()), 0) for p, d in parts().items()]
    base = sum(len(o) for o, _ in first)
    places, at = [], len(chain)
    for i, _ in enumerate(entries):
        size = len(raw_entry(f"q{i - 1}.xml".encode() if i else b"k.xml", b"", 0, 0)[0])
        at -= size if i else len(raw_entry(b"k.xml", zlib.compress(kernel)[2:-4], 0, 0)[0])
        places.append(base + at)
    offsets = [sum(len(o) for o, _ in first[:i]) for i in range(len(first))] + places
    return raw_package([*first, (chain, entries[0]), *((b"", e) for e in entries[1:])], offsets)


def _entries(count: int) -> bytes:
    """A directory of very many empty parts."""
    entries = [raw_entry(f"{i}".encode(), b"", 0, 0, 0) for i in range(count)]
    return raw_package(entries)


def _many(count: int, size: int) -> dict[str, Part]:
    """Parts that are each in order and together too much."""
    return {**parts(), **{f"xl/media/image{i}.xml": "<a>" + _noisy(size, "<b/>") + "</a>" for i in range(count)}}


def _wide(encoding: str) -> dict[str, Part]:
    return with_part("xl/media/image1.xml", ("<a>" + "<b/>" * 2_000_000 + "</a>").encode(encoding))


LAUGHS = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
ENTITIES = f'<!DOCTYPE w [<!ENTITY a0 "ha">{LAUGHS}]>'


def _numbered(tag: str, count: int, before: str = "", after: str = "") -> str:
    """Very many tags, told apart so that they do not pack too well."""
    return before + "".join(f'<{tag} a="{i * 7919 % 1000003}"/>' for i in range(count)) + after


def _cells(rows: int, width: int) -> str:
    letters = "JKLMNOPQRSTUVWXY"[:width]

    def row(r: int) -> str:
        return f'<row r="{r}">' + "".join(f'<c r="{c}{r}"><v>{r * 31 % 977}</v></c>' for c in letters) + "</row>"

    return sheet(rows="".join(map(row, range(3, rows + 3))))


def _book(part: str, content: Part, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    return packed({**parts(), part: content}, method)


def _styles(body: str) -> str:
    return f'<styleSheet xmlns="{MAIN}">{body}</styleSheet>'


def _directory_of_nothing() -> bytes:
    """An end record that tells of 4 GB of directory."""
    return b"PK\x03\x04" + bytes(200) + b"PK\x05\x06" + b"\0\0\0\0" + b"\xff" * 12 + b"\0\0"


BOMBS: Mapping[str, Callable[[], bytes]] = {
    "spaces in the sheet": lambda: _raw(SHEET, zeros(MUCH * 2**20), MUCH * 2**20),
    "spaces in the texts": lambda: _raw(STRINGS, zeros(MUCH * 2**20), MUCH * 2**20),
    "spaces in a picture": lambda: _raw("xl/media/image1.png", zeros(MUCH * 2**20), MUCH * 2**20),
    "spaces that say they are few": lambda: _raw(SHEET, zeros(MUCH * 2**20), 1000),
    "spaces that say they are few, with the sum of the few": lambda: _raw(SHEET, zeros(MUCH * 2**20), 1000, zlib.crc32(b" " * 1000)),
    "spaces that say they are none": lambda: _raw("xl/media/image1.png", zeros(MUCH * 2**20), 0),
    "spaces just below the limit of size": lambda: _raw(SHEET, zeros(199 * 2**20), 199 * 2**20),
    "forty parts of six megabytes": lambda: packed(_many(40, 6_000_000)),
    "1 500 entries for the same bytes": _overlapping,
    "300 parts that quote one another": _quoted,
    "2 001 parts": lambda: packed({**parts(), **{f"x/{i}": "" for i in range(2000)}}),
    "20 000 parts": lambda: _entries(20_000),
    "a directory of four gigabytes": _directory_of_nothing,
    "laughs": lambda: _book(SHEET, ENTITIES + sheet().replace("新华", "&a9;").partition("?>")[2]),
    "laughs in the styles": lambda: packed(with_part(STYLES, ENTITIES + "<a>&a9;</a>")),
    "laughs in a picture": lambda: packed(with_part("xl/media/image1.png", ENTITIES + "<a>&a9;</a>")),
    "laughs in wide characters": lambda: packed(with_part(STYLES, (ENTITIES + "<a>&a9;</a>").encode("utf-16"))),
    "one entity of a megabyte, a thousand times": lambda: _book(
        SHEET, f'<!DOCTYPE w [<!ENTITY a "{_noisy(1_000_000)}">]>' + sheet().replace("新华", "&a;" * 1000).partition("?>")[2]
    ),
    "an attribute of fifty megabytes": lambda: _book(SHEET, sheet().replace('r="2"', f'r="2" x="{_noisy(50_000_000)}"')),
    "a text of fifty megabytes": lambda: _book(SHEET, sheet().replace("新华", _noisy(50_000_000))),
    "a comment of fifty megabytes": lambda: _book(SHEET, sheet(before=f"<!--{_noisy(50_000_000)}-->")),
    "a comment of fifty megabytes full of tags": lambda: _book(SHEET, sheet(before=f"<!--{_noisy(50_000_000, '<')}-->")),
    "plain characters of fifty megabytes": lambda: _book(SHEET, sheet(before=f"<![CDATA[{_noisy(50_000_000, '<')}]]>")),
    "an instruction of fifty megabytes": lambda: _book(SHEET, sheet(before=f"<?x {_noisy(50_000_000, '<')}?>")),
    "a tag's name of ten megabytes": lambda: _book(SHEET, sheet(before=f"<a{_noisy(10_000_000)}/>")),
    "a hundred thousand attributes": lambda: _book(SHEET, sheet(before="<a" + "".join(f' a{i}="{i}"' for i in range(100_000)) + "/>")),
    "2.4 million cells": lambda: _book(SHEET, _cells(150_000, 16)),
    "2.4 million cells on four sheets": lambda: packed(parts(*((f"表{i}", _cells(40_000, 15)) for i in range(4)))),
    "400 000 cells in one row": lambda: _book(SHEET, sheet(rows=_numbered("c", 400_000, '<row r="3">', "</row>"))),
    "600 000 texts": lambda: packed(with_part(STRINGS, "<sst>" + "".join(f"<si><t>{i}</t></si>" for i in range(600_000)) + "</sst>")),
    "400 000 runs in one text": lambda: packed(with_part(STRINGS, _numbered("r", 400_000, "<sst><si>", "</si></sst>"))),
    "400 000 styles": lambda: packed(with_part(STYLES, _styles(_numbered("xf", 400_000, "<cellXfs>", "</cellXfs>")))),
    "400 000 fonts": lambda: packed(with_part(STYLES, _styles(_numbered("font", 400_000, "<fonts>", "</fonts>")))),
    "400 000 merges": lambda: _book(SHEET, sheet(after=_numbered("mergeCell", 400_000, "<mergeCells>", "</mergeCells>"))),
    "400 000 conditions": lambda: _book(SHEET, sheet(after=_numbered("conditionalFormatting", 400_000))),
    "400 000 links": lambda: _book(SHEET, sheet(after=_numbered("hyperlink", 400_000, "<hyperlinks>", "</hyperlinks>"))),
    "400 000 names": lambda: _book(WORKBOOK, str(parts()[WORKBOOK]).replace("</sheets>", "</sheets>" + _numbered("definedName", 400_000))),
    "400 000 relations": lambda: _book(
        RELATIONS, str(parts()[RELATIONS]).replace("</Relationships>", _numbered("Relationship", 400_000) + "</Relationships>")
    ),
    "400 000 types": lambda: _book(TYPES, str(parts()[TYPES]).replace("</Types>", _numbered("Override", 400_000) + "</Types>")),
    "400 000 nested tags": lambda: _book(SHEET, sheet(after="<a>" * 400_000 + "</a>" * 400_000)),
    "two million tags in wide characters": lambda: packed(_wide("utf-16")),
    "two million tags of a picture": lambda: packed(with_part("xl/media/image1.png", _numbered("b", 2_000_000, "<a>", "</a>"))),
    "bytes packed by another method": lambda: _book(SHEET, " " * 10_000_000, zipfile.ZIP_LZMA),
    "bytes packed by yet another method": lambda: _book(SHEET, " " * 10_000_000, zipfile.ZIP_BZIP2),
    "an old workbook of fifty megabytes": lambda: compound("EncryptedPackage", padding=50_000_000),
}
