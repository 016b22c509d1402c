"""Ways in which a good input is spoilt, each a function of the bytes and of chance."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from random import Random
from typing import Any

from tests.hostile.making import both, central, end, local, packed

Mutation = Callable[[bytes, Random], bytes]
NASTY = [
    "", "0", "-1", "1", "2", "NaN", "INF", "1e999", "-0", "1_0", "９", "0x10", "1048576", "1048577", "16385", "9" * 20, "9" * 400, "0." + "9" * 400,
    "A1", "A2", "H2", "H3", "XFD1048576", "XFE1", "A1:XFD1048576", "a1", "$A$1", "true", "TRUE", "s", "n", "b", "d", "e", "str", "inlineStr", "zz",
    "_x0000_", "_x000D_", "_xD800_", "&#9;", "&#10;", "&#1;", "&#xD800;", "&amp;", "&nbsp;", "\u202e", "\u200b", "\ufeff", "\x00", "\x01", "新华印刷厂工会",
    "企业", "合计", "单位名称", "=1+1", "http://127.0.0.1:9/", "../x", "file:///etc/passwd", "x" * 40_000, "1.7976931348623157E+308", "4.9E-324", "2026-02-31",
]  # fmt: skip
PIECES = [
    "<!-- x -->", "<?x y?>", "<![CDATA[<]]>", "<x/>", "<v>1</v>", "<f>1</f>", "<is><t>1</t></is>", '<c r="H2"><v>59</v></c>', "<c/>", "<row/>", "<row>",
    '<row r="2"/>', "</row>", "<t>甲</t>", "<si/>", "<r><t>甲</t></r>", "<rPh><t>x</t></rPh>", "<sheetData/>", "<!DOCTYPE a>", '<mergeCell ref="A1:B2"/>',
    '<mergeCells><mergeCell ref="G2:H3"/></mergeCells>', "<extLst><x/></extLst>", "x", "&x;", '<sheet name="x" sheetId="7" r:id="rId1"/>', "<xf/>",
]  # fmt: skip
_TOKENS = re.compile(r"<[^<>]*>|[^<>]+")
_ATTRIBUTE = re.compile(r"""([\w:]+)="([^"]*)\"""")


# ---------------------------------------------------------------- bytes


def flipped(data: bytes, chance: Random) -> bytes:
    """Some bytes changed."""
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 8])):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(data: bytes, chance: Random) -> bytes:
    """The end lost."""
    return data[: chance.randrange(len(data) + 1)]


def dropped(data: bytes, chance: Random) -> bytes:
    """A run of bytes lost."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[at + chance.choice([1, 2, 10, 100]) :]


def repeated(data: bytes, chance: Random) -> bytes:
    """A run of bytes given again somewhere."""
    at, size = chance.randrange(len(data) + 1), chance.choice([1, 4, 30, 200, 2000])
    to = chance.randrange(len(data) + 1)
    return data[:to] + data[at : at + size] + data[to:]


def inserted(data: bytes, chance: Random) -> bytes:
    """Something odd put in."""
    at = chance.randrange(len(data) + 1)
    odd = chance.choice([b"\0", b"\xff", b"\xef\xbb\xbf", b'"', b",", b"\n", b"\r", b"\r\n", b"'", b"\x1a", b"=", b"\t", b"\xed\xa0\x80"])
    return data[:at] + odd * chance.choice([1, 1, 2, 50]) + data[at:]


def worded(data: bytes, chance: Random) -> bytes:
    """Something nasty put in as text."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(NASTY).encode("utf-8", "replace") + data[at:]


def recoded(data: bytes, chance: Random) -> bytes:
    """Written in another encoding, or half in one and half in another."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    coded = text.encode(chance.choice(["gb18030", "utf-16", "utf-16-le", "utf-32", "utf-8-sig", "gbk", "big5", "latin-1"]), "replace")
    return coded if chance.random() < 0.7 else data[: len(data) // 2] + coded[len(coded) // 2 :]


PLAIN: list[Mutation] = [flipped, cut, dropped, repeated, inserted, worded]
TEXT: list[Mutation] = [*PLAIN, recoded]


# ---------------------------------------------------------------- tables


def celled(data: bytes, chance: Random) -> bytes:
    """A cell of a table replaced, moved or doubled."""
    rows = data.split(b"\n")
    row = chance.randrange(len(rows))
    cells = rows[row].split(b",")
    at = chance.randrange(len(cells))
    kind = chance.randrange(4)
    if kind == 0:
        cells[at] = chance.choice(NASTY).encode("utf-8", "replace")
    elif kind == 1:
        cells.insert(at, chance.choice(cells))
    elif kind == 2:
        del cells[at]
    else:
        cells[at] = b'"' + cells[at] + chance.choice([b'"', b"", b'""', b'"x'])
    rows[row] = b",".join(cells)
    return b"\n".join(rows)


def lined(data: bytes, chance: Random) -> bytes:
    """A line given again, lost or moved."""
    rows = data.split(b"\n")
    at, to = chance.randrange(len(rows)), chance.randrange(len(rows))
    row = rows[at] if chance.random() < 0.5 else rows.pop(at)
    rows.insert(to, row)
    return b"\n".join(rows)


# ---------------------------------------------------------------- objects

_VALUES: list[Any] = [None, True, False, 0, -1, 10**400, 1.5, "", "x", "NaN", [], {}, [[]], [{}], {"a": 1}, "a" * 5000, "\ud800", "\x00", "members / 0", 10**20, -(10**20), 0.1]  # fmt: skip


def spoilt(data: bytes, chance: Random) -> bytes:
    """One value of a JSON text replaced, moved, renamed or lost."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return data
    holders = [value]
    for holder in holders:
        inner = holder.values() if isinstance(holder, dict) else holder
        holders += [v for v in inner if isinstance(v, (dict, list)) and v]
    holder = chance.choice(holders)
    if not isinstance(holder, (dict, list)) or not holder:
        return data
    key = chance.choice(list(holder)) if isinstance(holder, dict) else chance.randrange(len(holder))
    other = chance.choice(holders)
    taken = chance.choice(list(other.values()) if isinstance(other, dict) else other) if other else None
    kind = chance.randrange(5)
    if kind == 0:
        holder[key] = chance.choice(_VALUES)
    elif kind == 1:
        holder[key] = json.loads(json.dumps(taken))
    elif kind == 2:
        del holder[key]
    elif kind == 3 and isinstance(holder, dict):
        holder[chance.choice([*NASTY, *map(str, holder)])] = holder.pop(key)
    else:
        holder[key] = chance.choice(NASTY)
    return json.dumps(value, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def digits(data: bytes, chance: Random) -> bytes:
    """A number written otherwise."""
    found = list(re.finditer(rb"-?[0-9]+(\.[0-9]+)?", data))
    if not found:
        return data
    match = chance.choice(found)
    odd = chance.choice(
        [b"NaN", b"-Infinity", b"1e999", b"1E-999999999", b"9" * 400, b"9" * 5000, b"-0.0", b"01", b"1.", b"+1", b"1e5", b"0.1", b"95.000"]
    )
    return data[: match.start()] + odd + data[match.end() :]


# ---------------------------------------------------------------- packages


def _opened(data: bytes) -> dict[str, bytes] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return {name: package.read(name) for name in package.namelist()}
    except Exception:  # noqa: BLE001 - what was spoilt before need not open
        return None


def headed(data: bytes, chance: Random) -> bytes:
    """A field of a header or of the directory lies."""
    found = _opened(data)
    if not found:
        return data
    name = chance.choice(list(found))
    value = chance.choice([0, 1, 8, 9, 0x20, 0x800, 2**15, 2**16 - 1])
    field = chance.choice(["flags", "method", "crc", "packed", "size", "extra", "offset", "disk"])
    try:
        if field == "extra":
            return local(data, name, extra=value)
        if field in ("offset", "disk"):
            return central(data, name, **{field: value})
        if chance.random() < 0.2:
            return end(data, **{chance.choice(["entries", "here", "size", "offset", "comment", "disk"]): value})
        return chance.choice([local, central, both])(data, name, **{field: value})
    except ValueError:
        return data


def parted(data: bytes, chance: Random) -> bytes:
    """A part lost, renamed, copied over another, or emptied."""
    found = _opened(data)
    if not found or len(found) < 2:
        return data
    one, other = chance.sample(list(found), 2)
    kind = chance.randrange(5)
    if kind == 0:
        del found[one]
    elif kind == 1:
        found[one] = found[other]
    elif kind == 2:
        found[chance.choice([one.upper(), one + "x", "../" + one, other + "/" + one, one.replace("/", "\\")])] = found.pop(one)
    elif kind == 3:
        found[one] = b""
    else:
        found[one] = chance.choice(PLAIN)(found[one], chance)
    return packed(found)


def _on_part(data: bytes, chance: Random, change: Callable[[str, Random], str], only: str = "") -> bytes:
    found = _opened(data)
    names = [n for n in found or () if n.endswith((".xml", ".rels")) and only in n]
    if not found or not names:
        return data
    # Sheets and texts are what is read; the rest is looked at less often.
    weighed = [n for n in names if "sheet" in n.lower() or "sharedstrings" in n.lower() or "styles" in n.lower()] * 4 + names
    name = chance.choice(weighed)
    try:
        text = found[name].decode("utf-8")
    except UnicodeDecodeError:
        return data
    return packed({**found, name: change(text, chance).encode("utf-8", "replace")})


def tagged(data: bytes, chance: Random) -> bytes:
    """A tag or text of a part lost, doubled, moved, or something put beside it."""

    def change(text: str, chance: Random) -> str:
        tokens = _TOKENS.findall(text)
        if not tokens:
            return text
        at, to = chance.randrange(len(tokens)), chance.randrange(len(tokens))
        kind = chance.randrange(5)
        if kind == 0:
            del tokens[at]
        elif kind == 1:
            tokens.insert(to, tokens[at])
        elif kind == 2:
            tokens[at], tokens[to] = tokens[to], tokens[at]
        elif kind == 3:
            tokens.insert(at, chance.choice(PIECES))
        elif not tokens[at].startswith("<"):
            tokens[at] = chance.choice(NASTY)
        return "".join(tokens)

    return _on_part(data, chance, change)


def attributed(data: bytes, chance: Random) -> bytes:
    """An attribute changed, lost or renamed."""

    def change(text: str, chance: Random) -> str:
        found = list(_ATTRIBUTE.finditer(text))
        if not found:
            return text
        match = chance.choice(found)
        value = chance.choice([*NASTY, chance.choice(found)[2]]).replace('"', "").replace("<", "")
        new = chance.choice([f'{match[1]}="{value}"', "", f'{match[1]}x="{match[2]}"', f'{match[0]} {chance.choice("rst")}="{value}"'])
        return text[: match.start()] + new + text[match.end() :]

    return _on_part(data, chance, change)


def valued(data: bytes, chance: Random) -> bytes:
    """A cell's kind, place, style or value changed."""

    def change(text: str, chance: Random) -> str:
        found = list(re.finditer(r"<c\b[^>]*?(/>|>.*?</c>)", text, re.DOTALL))
        if not found:
            return text
        match = chance.choice(found)
        address = re.search(r'r="([A-Z]+)([0-9]+)"', match[0])
        place = address[0] if address else 'r="H2"'
        value = chance.choice(NASTY).replace("<", "").replace("&", "&amp;") if chance.random() < 0.8 else "1"
        kind = chance.choice(["", ' t="s"', ' t="n"', ' t="b"', ' t="str"', ' t="inlineStr"', ' t="e"', ' t="d"', ' s="1"', ' s="2"'])
        inner = chance.choice(
            [f"<v>{value}</v>", f"<is><t>{value}</t></is>", f"<f>{value}</f><v>1</v>", f"<v>{value}</v><is><t>x</t></is>", ""]
        )
        new = f"<c {chance.choice([place, place, place, '', 'r=' + chr(34) + value[:20] + chr(34)])}{kind}>{inner}</c>"
        return text[: match.start()] + new + text[match.end() :]

    return _on_part(data, chance, change, "worksheets/sheet")


PACKAGE: list[Mutation] = [headed, parted, tagged, tagged, attributed, attributed, valued, valued, valued, *PLAIN[:4]]
TABLE: list[Mutation] = [celled, celled, lined, *TEXT]
OBJECT: list[Mutation] = [spoilt, spoilt, digits, lined, *TEXT]
DOCUMENT: list[Mutation] = [spoilt, spoilt, spoilt, spoilt, digits, *TEXT]
