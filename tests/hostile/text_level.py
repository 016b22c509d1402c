"""CSV, JSON, NDJSON and Parquet that are broken, endless, or written to be read in two ways."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from tests.hostile.cases import Case
from tests.hostile.making import HEADER, ROW

HEAD = ",".join(map(str, HEADER)) + "\n"
LINE = ",".join("否" if v is False else str(v) for v in ROW) + "\n"
TEXT = HEAD + LINE
UNIT: dict[str, Any] = {
    "unit": "新华印刷厂工会",
    "category": "企业",
    "employees": 80,
    "members": 76,
    "founded": "2020-03-01",
    "accident": False,
    "work": {"activities": 5, "satisfaction": 95},
}
JSON = json.dumps(UNIT, ensure_ascii=False)


def _csv(name: str, content: str | bytes, **more: Any) -> Case:
    return Case(f"csv-{name}", lambda: content, ".csv", **more)


def _json(name: str, content: str | bytes, **more: Any) -> Case:
    return Case(f"json-{name}", lambda: content, ".json", **more)


def _lines(name: str, content: str | bytes, **more: Any) -> Case:
    return Case(f"ndjson-{name}", lambda: content, ".ndjson", **more)


def cases() -> Iterator[Case]:
    """All of them."""
    yield from encodings()
    yield from tables()
    yield from objects()
    yield from lines()
    yield from parquet()


def encodings() -> Iterator[Case]:
    """Bytes that are not what they seem."""
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"):
        yield _csv(f"in-{encoding}", TEXT.encode(encoding))
    yield _csv("in-utf-16-be-with-mark", b"\xfe\xff" + TEXT.encode("utf-16-be"))
    yield _csv("in-utf-16-without-mark", TEXT.encode("utf-16-le"), stops=True)
    yield _csv("in-utf-16-of-odd-length", TEXT.encode("utf-16") + b"\x00", stops=True)
    yield _csv("in-utf-16-with-half-a-pair", TEXT.encode("utf-16") + b"\x00\xd8", stops=True)
    yield _csv("in-utf-32", TEXT.encode("utf-32"))
    yield _csv("in-utf-7", TEXT.encode("utf-7"))
    yield _csv("in-big5", TEXT.encode("big5", "replace"), stops=True)
    yield _csv("in-shift-jis", TEXT.encode("shift_jis", "replace"), stops=True)
    yield _csv("in-latin-1", "unit,category,satisfaction\ncaf\xe9,企业,95\n".encode("latin-1", "replace"), stops=True)
    yield _csv("in-two-encodings", HEAD.encode() + LINE.encode("gbk"), stops=True)
    yield _csv("in-two-encodings-the-other-way", HEAD.encode("gbk") + LINE.encode(), stops=True)
    yield _csv("in-utf-8-read-as-gbk-and-saved", TEXT.encode().decode("gbk", "replace").encode())
    yield _csv("with-invalid-byte", HEAD.encode() + LINE.encode().replace("新".encode(), b"\xff"), stops=True)
    yield _csv("with-lone-surrogate", HEAD.encode() + LINE.encode().replace("新".encode(), b"\xed\xa0\x80"), stops=True)
    yield _csv("with-overlong-slash", HEAD.encode() + LINE.encode().replace("新".encode(), b"\xc0\xaf"), stops=True)
    yield _csv("with-replacement-characters", TEXT.replace("新华", "\ufffd\ufffd"))
    yield _csv("with-nul", TEXT.replace("新华", "新\0华"), stops=True)
    yield _csv("with-nul-far-behind", TEXT + "".join(f"单位{i},企业,80,76,,否,5,95\n" for i in range(500)) + "单\0位,企业,80,76,,否,5,95\n")
    yield _csv("with-marks-in-the-middle", TEXT.replace("\n", "\n\ufeff"))
    yield _csv("with-two-marks", b"\xef\xbb\xbf\xef\xbb\xbf" + TEXT.encode())
    yield _csv("only-a-mark", b"\xef\xbb\xbf")
    yield _csv("cut-inside-a-character", TEXT.replace("否,5,95\n", "否").encode()[:-1], stops=True)
    yield _csv("of-random-bytes", bytes((i * 7919 + i // 251) % 255 + 1 for i in range(20_000)), stops=True)


def tables() -> Iterator[Case]:
    """Quotation marks, line ends, widths, lengths."""
    yield _csv("empty", b"")
    yield _csv("one-byte", b"x")
    yield _csv("only-spaces", b"   \n \n")
    yield _csv("only-the-header", HEAD)
    yield _csv("header-without-line-end", HEAD.rstrip("\n"))
    yield _csv("header-again-and-again", HEAD * 50 + LINE + HEAD)
    broken = HEAD.replace(",建会日期", ",2001-05-01,是,0,66.67\n建会日期", 1)
    yield _csv("header-broken-in-two", broken + LINE)
    yield _csv("header-broken-within-a-word", HEAD.replace("发生重大", "发生重大1199,2001-05-01,是,0,66.67\n", 1) + LINE)
    yield _csv(
        "header-in-the-wrong-order", "期,发生重大事故,文体活动次数,满意率\n单位名称,类别,职工人数,会员人数,建会日1,是,0,66.67\n" + LINE
    )
    yield _csv(
        "header-runs-into-a-row-and-again",
        HEAD.replace("满意率\n", "满意现刷厂工会,企业,80,76,2020-03-01,否,5,95\n") + LINE + TEXT[TEXT.index("会日期") :],
    )
    yield _csv("quote-not-closed", HEAD + '"' + LINE + LINE)
    yield _csv("quote-inside", HEAD + LINE.replace("新华", '新"华'))
    yield _csv("quote-behind-a-quoted-cell", HEAD + LINE.replace("新华印刷厂工会", '"新华"印刷厂工会'))
    yield _csv("quote-open-over-all", '"' + TEXT)
    yield _csv("quote-in-the-header", '"' + HEAD + LINE)
    yield _csv("cell-with-line-ends", HEAD + LINE.replace("新华印刷厂工会", '"新华印刷厂\n工会"'))
    yield _csv("cell-with-commas", HEAD + LINE.replace("新华印刷厂工会", '"新华,印刷厂,工会"'))
    yield _csv("ends-mixed", TEXT.replace("\n", "\r\n", 1) + "齐心纺织公司工会,企业,60,57,2020-03-01,否,5,95\r")
    yield _csv("ends-old-mac", TEXT.replace("\n", "\r"))
    yield _csv("ends-doubled", TEXT.replace("\n", "\r\r\n"))
    yield _csv("ends-of-other-kinds", TEXT.replace("\n", "\x0b") + "\x0c\x1c\u2028\u2029\x85")
    yield _csv("no-last-line-end", TEXT.rstrip("\n"))
    yield _csv("delimiters-mixed", HEAD.replace(",", ";") + LINE)
    yield _csv("delimiter-unknown", TEXT.replace(",", "|"))
    yield _csv("says-its-delimiter", "sep=;\n" + TEXT.replace(",", ";"))
    yield _csv("row-too-long", HEAD + LINE.rstrip("\n") + ",1,2,3\n")
    yield _csv("row-too-short", HEAD + "新华印刷厂工会,企业\n")
    yield _csv("row-of-many-empty-cells", HEAD + LINE.rstrip("\n") + "," * 100_000 + "\n")
    yield _csv("column-twice", HEAD.rstrip("\n") + ",满意率\n" + LINE.rstrip("\n") + ",59\n")
    yield _csv("column-without-name", HEAD.rstrip("\n") + ",\n" + LINE.rstrip("\n") + ",59\n")
    yield _csv("cell-of-130000-characters", HEAD + LINE.replace("新华", "新" * 140_000))
    yield _csv("cell-of-20-megabytes", HEAD + LINE.replace("新华", "a" * 20_000_000))
    yield _csv("one-line-of-10-megabytes", "单位名称," * 800_000)
    yield _csv("a-million-columns", HEAD.rstrip("\n") + "".join(f",c{i}" for i in range(1_000_000)) + "\n" + LINE)
    yield _csv("a-million-delimiters", TEXT + "," * 1_000_000 + "\n")
    yield _csv("a-million-quotes", HEAD + '"' * 1_000_001 + "\n" + LINE)
    yield _csv("a-million-blank-lines", HEAD + "\n" * 1_000_000 + LINE)
    yield _csv("a-million-lone-returns", HEAD + "\r" * 1_000_000 + LINE)
    for word, text in {"formula": "=cmd|' /C calc'!A0", "plus": "+1+1", "at": "@SUM(A1)", "minus": "-1+1", "guarded": "'=1+1"}.items():
        yield _csv(f"name-{word}", HEAD + LINE.replace("新华印刷厂工会", text))
    yield _csv("name-tab-formula", HEAD + LINE.replace("新华印刷厂工会", '"\t=1+1"'))
    yield _csv("name-escape", HEAD + LINE.replace("新华印刷厂工会", "\x1b[31m新华"))
    yield _csv("number-nan", HEAD + LINE.replace(",95", ",NaN"))
    yield _csv("number-infinite", HEAD + LINE.replace(",95", ",Infinity"))
    yield _csv("number-of-400-digits", HEAD + LINE.replace(",95", "," + "9" * 400))
    yield _csv("number-with-exponent", HEAD + LINE.replace(",95", ",9.5e1"))
    yield _csv("number-with-huge-exponent", HEAD + LINE.replace(",95", ",1e999999999"))
    yield _csv("number-of-a-million-digits", HEAD + LINE.replace(",95", "," + "9" * 100_000))
    yield _csv("is-a-workbook", b"PK\x03\x04" + bytes(range(256)) * 4, stops=True)
    yield _csv("is-html", "<html><table><tr><td>单位名称</td></tr></table></html>")


def objects() -> Iterator[Case]:
    """JSON: keys twice, no numbers, depth, roots."""
    yield _json("empty", b"")
    yield _json("one-byte", b"{")
    yield _json("only-spaces", b"  \n ")
    for share in (10, 50, 90, 99):
        yield _json(f"cut-at-{share}-percent", JSON.encode()[: len(JSON.encode()) * share // 100])
    yield _json("key-twice", JSON.replace('"satisfaction": 95', '"satisfaction": 95, "satisfaction": 59'))
    yield _json("key-twice-by-escape", JSON.replace('"satisfaction": 95', '"satisfaction": 95, "\\u0073atisfaction": 59'))
    yield _json("key-twice-nested-and-dotted", JSON.replace('"accident"', '"work.activities": 9, "accident"'))
    for word, digits in {
        "nan": "NaN",
        "nan-in-lower-case": "nan",
        "infinity": "Infinity",
        "minus-infinity": "-Infinity",
        "undefined": "undefined",
        "hexadecimal": "0x5f",
        "leading-zero": "095",
        "plus": "+95",
        "point-first": ".95",
        "point-last": "95.",
        "underscore": "9_5",
        "single-quotes": "'95'",
        "full-width": "９５",
    }.items():
        yield _json(f"number-{word}", JSON.replace(": 95", ": " + digits))
    yield _json("number-of-400-digits", JSON.replace(": 95", ": " + "9" * 400))
    yield _json("number-of-5000-digits", JSON.replace(": 95", ": " + "9" * 5000))
    yield _json("number-of-a-million-digits", JSON.replace(": 95", ": " + "9" * 1_000_000))
    yield _json("number-with-huge-exponent", JSON.replace(": 95", ": 1e999999999"))
    yield _json("number-with-huge-negative-exponent", JSON.replace(": 95", ": 1e-999999999"))
    yield _json("number-with-400-decimals", JSON.replace(": 95", ": 0." + "9" * 400))
    yield _json("number-minus-zero", JSON.replace(": 95", ": -0.0"))
    yield _json("nested-101-deep", JSON.replace(": 95", ": " + "[" * 101 + "]" * 101))
    yield _json("nested-a-million-deep", "[" * 1_000_000)
    yield _json("nested-objects-a-hundred-thousand-deep", '{"a":' * 100_000 + "1" + "}" * 100_000)
    yield _json("nested-keys-of-a-field", JSON.replace(": 95", ': {"a": {"b": 95}}'))
    yield _json("lone-surrogate", JSON.replace("新华", "\\ud800"))
    yield _json("lone-surrogate-in-a-key", JSON.replace('"accident"', '"\\udfff": 1, "accident"'))
    yield _json("nul-in-a-text", JSON.replace("新华", "新\\u0000华"))
    yield _json("nul-byte", JSON.replace("新华", "新\0华"))
    yield _json("control-characters", JSON.replace("新华", "新\\u0001\\u001b[31m华"))
    yield _json("line-end-in-a-text", JSON.replace("新华", "新\n华"))
    yield _json("trailing-garbage", JSON + " x")
    yield _json("trailing-comma", JSON[:-1] + ",}")
    yield _json("two-objects", JSON + JSON)
    yield _json("comment", "// 自评表\n" + JSON)
    yield _json("single-quotes", JSON.replace('"', "'"))
    yield _json("byte-order-mark", b"\xef\xbb\xbf" + JSON.encode())
    yield _json("utf-16", JSON.encode("utf-16"))
    yield _json("utf-16-be", b"\xfe\xff" + JSON.encode("utf-16-be"))
    yield _json("utf-16-without-mark", JSON.encode("utf-16-le"))
    yield _json("utf-16-of-odd-length", JSON.encode("utf-16") + b"\x20")
    yield _json("utf-32", JSON.encode("utf-32"))
    yield _json("gbk", JSON.encode("gbk"))
    yield _json("invalid-utf-8", JSON.encode().replace("新".encode(), b"\xff"))
    for word, root in {
        "null": "null",
        "number": "95",
        "text": '"新华"',
        "truth": "true",
        "empty-list": "[]",
        "empty-object": "{}",
        "list-of-lists": "[[]]",
        "mixed-list": f"[{JSON}, 1, null]",
    }.items():
        yield _json(f"root-{word}", root)
    yield _json("list-for-a-text", JSON.replace('"新华印刷厂工会"', '["新华印刷厂工会"]'))
    yield _json("object-for-a-text", JSON.replace('"新华印刷厂工会"', '{"name": "新华印刷厂工会"}'))
    yield _json("number-for-a-text", JSON.replace('"新华印刷厂工会"', "12"))
    yield _json("text-of-20-megabytes", JSON.replace("新华", "a" * 20_000_000))
    yield _json("larger-than-32-megabytes", lambda_text(33))
    yield _json("a-hundred-thousand-keys", JSON[:-1] + "".join(f', "k{i}": 1' for i in range(100_000)) + "}")
    yield _json("a-key-of-a-megabyte", JSON[:-1] + f', "{"k" * 1_000_000}": 1}}')
    yield _json("a-million-records", JSON[:-1] + ', "honours": [' + ",".join(['{"level": "省级"}'] * 300_000) + "]}")
    yield _json("records-that-are-none", JSON[:-1] + ', "honours": [1, null, "x", [], {}]}')
    yield _json("schema-of-an-address", '{"$schema": "http://127.0.0.1:9/x.json", ' + JSON[1:])
    yield _json("schema-of-a-file", '{"$schema": "file:///etc/passwd", ' + JSON[1:])
    yield _json("schema-out-of-the-folder", '{"$schema": "../../etc/passwd", ' + JSON[1:])
    yield _json("schema-is-a-list", '{"$schema": [1], ' + JSON[1:])
    yield _json("special-keys", '{"__proto__": {"x": 1}, "__class__": 1, "": 2, ".": 3, "a..b": 4, ' + JSON[1:])


def lambda_text(megabytes: int) -> str:
    return " " * (megabytes * 2**20) + JSON


def lines() -> Iterator[Case]:
    """NDJSON: what one bad line does to the others."""
    other = JSON.replace("新华印刷厂", "齐心纺织公司")
    yield _lines("empty", b"")
    yield _lines("bad-line-between", f"{JSON}\n{{broken\n{other}\n")
    yield _lines("list-on-a-line", f"[{JSON}]\n{other}\n")
    yield _lines("object-over-lines", json.dumps(UNIT, ensure_ascii=False, indent=1))
    yield _lines("two-on-a-line", f"{JSON}{JSON}\n{other}\n")
    yield _lines("byte-order-marks", f"\ufeff{JSON}\n\ufeff{other}\n")
    yield _lines("utf-16", f"{JSON}\n{other}\n".encode("utf-16"))
    yield _lines("ends-mixed", f"{JSON}\r\n{other}\r".encode())
    yield _lines("ends-old-mac", f"{JSON}\r{other}\r".encode())
    yield _lines("nul-line", f"{JSON}\n\0\0\0\n{other}\n")
    yield _lines("blank-lines", "\n" * 100_000 + JSON)
    yield _lines("cut-in-the-last-line", f"{other}\n{JSON[:-20]}")
    yield _lines("line-of-33-megabytes", f'{other}\n{{"unit": "{"x" * (33 * 2**20)}"}}\n{JSON}\n')
    yield _lines("nan", f"{other}\n{JSON.replace(': 95', ': NaN')}\n")
    yield _lines("nested", f"{other}\n" + "[" * 100_000 + "\n")
    yield _lines("invalid-utf-8", f"{other}\n".encode() + JSON.encode().replace("新".encode(), b"\xff"))
    yield _lines("of-many-layouts", "".join(json.dumps({"unit": f"单位{i}", f"k{i}": i}) + "\n" for i in range(3000)))


def parquet() -> Iterator[Case]:
    """Parquet that is damaged."""
    for word, content in {
        "empty": b"",
        "magic-only": b"PAR1PAR1",
        "garbage": b"PAR1" + bytes(1000) + b"PAR1",
        "csv": TEXT.encode(),
    }.items():
        yield Case(f"parquet-{word}", lambda content=content: content, ".parquet")
    yield Case("parquet-cut", lambda: _parquet()[:-50], ".parquet")
    yield Case("parquet-bytes-flipped", lambda: _flipped(_parquet(), 30), ".parquet")
    yield Case("parquet-footer-flipped", lambda: _flipped(_parquet(), -60), ".parquet")
    yield Case("parquet-footer-length-lies", lambda: _parquet()[:-8] + b"\xff\xff\xff\x7fPAR1", ".parquet")


def _parquet() -> bytes:
    import pyarrow
    from pyarrow import parquet as room

    stream = BytesIO()
    columns = {str(h): [v] * 50 for h, v in zip(HEADER, ROW, strict=True)}
    room.write_table(pyarrow.table(columns), stream)
    return stream.getvalue()


def _flipped(data: bytes, at: int) -> bytes:
    changed = bytearray(data)
    for i in range(12):
        changed[at + i] ^= 0x5A
    return bytes(changed)
