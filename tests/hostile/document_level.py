"""Rubrics, notices and settings that come from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from tests.hostile.cases import RUBRIC, Case

Document = dict[str, Any]


TAKEN = frozenset(
    [
        "pattern-nested-plus",
        "pattern-alternatives",
        "formula-power",
        "formula-power-of-two",
        "formula-zero",
        "choices-two-thousand",
        "choices-a-hundred-thousand-of-a-field",
        "item-number-of-5000-digits",
        "item-number-of-5000-parts",
        "item-number-of-chinese-digits",
        "fields-twenty-thousand",
        "minimum-above-maximum",
        "type-list",
        "nested-90-deep",
        "id-huge",
        "title-formula",
        "one-of-nested",
        "period-reversed",
        "basis-formula",
        "encoding",
        "nul",
    ]
)
"""Odd, and yet a rubric, a notice or settings: they are taken, and nothing else happens."""


def _rubric(name: str, change: Callable[[Document], None]) -> Case:
    def made() -> str:
        document = json.loads(RUBRIC.read_text(encoding="utf-8"))
        change(document)
        return json.dumps(document, ensure_ascii=False)

    return Case(f"rubric-{name}", made, kind="rubric", stops=name not in TAKEN)


def _text(name: str, content: str | bytes, kind: str = "rubric") -> Case:
    stops = name not in TAKEN or (kind, name) == ("settings", "nul")
    return Case(f"{kind}-{name}", lambda: content, kind=kind, stops=stops)


def _field(**more: Any) -> Callable[[Document], None]:
    return lambda d: d["properties"]["employees"].update(more)


def _rule(path: str, **more: Any) -> Callable[[Document], None]:
    return lambda d: d["properties"]["work"]["properties"][path]["x-criterion"].update(more)


def cases() -> Iterator[Case]:
    """All of them."""
    yield from rubrics()
    yield from texts()
    yield from notices()
    yield from settings()


def rubrics() -> Iterator[Case]:
    """References, patterns, formulas, sizes."""
    for word, address in {
        "address": "http://127.0.0.1:9/x.json",
        "file": "file:///etc/passwd",
        "path": "../../../etc/passwd",
        "data": "data:application/json,{}",
        "nowhere": "#/$defs/nowhere",
        "itself": "#/properties/employees",
    }.items():
        yield _rubric(f"reference-to-{word}", lambda d, address=address: d["properties"].update(employees={"$ref": address}))
    yield _rubric("reference-in-a-circle", _circle)
    yield _rubric("reference-dynamic", lambda d: d["properties"]["employees"].update({"$dynamicRef": "#x"}))
    for word, pattern in {
        "nested-plus": "^(a+)+$",
        "alternatives": "^(a|aa)+$",
        "back-reference": r"^(a*)\1$",
        "look-ahead": "^(?=(a+)+$)a",
        "counted": "^(a{1,9999}){1,9999}$",
        "broken": "(",
        "huge": "a" * 100_000,
        "counted-hugely": "a{1000000}",
    }.items():
        yield _rubric(f"pattern-{word}", lambda d, pattern=pattern: d["properties"]["unit"].update(pattern=pattern))
    yield _rubric("pattern-properties", lambda d: d.update(patternProperties={"^(a+)+$": {}}))
    for word, formula in {
        "deep": "(" * 5000 + "members" + ")" * 5000,
        "long": "+".join(["members"] * 50_000),
        "power": "9**9**9**9",
        "power-of-two": "2 ** 1000000000",
        "import": "__import__('os').system('id')",
        "attribute": "members.__class__",
        "lambda": "(lambda: 1)()",
        "comprehension": "[x for x in members]",
        "text": "'a' * 1000000000",
        "zero": "members / 0",
        "huge-number": "9" * 5000,
        "exponent": "1e999999999",
        "nul": "members\0",
        "minus-signs": "-" * 5000 + "members",
        "walrus": "(x := members)",
        "format": "f'{members}'",
    }.items():
        yield _rubric(
            f"formula-{word}", lambda d, formula=formula: d["properties"]["work"]["properties"]["membership"].update({"x-derive": formula})
        )
    for word, many in {"a-hundred-thousand": 100_000, "two-thousand": 2000, "two-thousand-and-one": 2001}.items():
        named = ["企业", *(f"类{i}" for i in range(1, many))]
        yield _rubric(f"choices-{word}", lambda d, named=named: d["properties"]["category"].update(enum=named))
    choices = [f"级{i}" for i in range(100_000)]
    founded = {"enum": choices, "title": "建会日期"}
    yield _rubric("choices-a-hundred-thousand-of-a-field", lambda d: d["properties"].update(founded=founded))
    for word, choices in {
        "empty": [],
        "with-null": ["企业", "机关", None],
        "without-a-text": ["企业", "机关", ""],
        "of-spaces": ["企业", "机关", "  "],
        "of-numbers": [1, 2],
        "with-a-truth": ["企业", "机关", True],
        "with-a-list": ["企业", "机关", ["企业"]],
    }.items():
        yield _rubric(f"choices-{word}", lambda d, choices=choices: d["properties"]["category"].update(enum=choices))
    for word, number in {"of-5000-digits": "9" * 5000, "of-5000-parts": "1." * 5000, "of-chinese-digits": "九" * 5000}.items():
        yield _rubric(f"item-number-{word}", _rule("activities", no=number))
    yield _rubric(
        "fields-twenty-thousand",
        lambda d: d["properties"].update({f"f{i}": {"type": "number", "title": f"栏目{i}"} for i in range(20_000)}),
    )
    yield _rubric("points-huge", lambda d: d["properties"]["work"]["x-criterion"].update(points=10**400))
    yield _rubric("points-negative", _rule("activities", points=-30))
    yield _rubric("decimals-huge", lambda d: d["x-rubric"].update(rounding={"total": {"decimals": 10**9}}))
    yield _rubric("multiple-of-zero", _field(multipleOf=0))
    yield _rubric("minimum-above-maximum", _field(minimum=10, maximum=1))
    yield _rubric("type-list", _field(type=["integer", "string"]))
    yield _rubric("nested-90-deep", _nested)
    yield _rubric("id-of-a-path", lambda d: d["x-rubric"].update(id="../../evil"))
    yield _rubric("id-huge", lambda d: d["x-rubric"].update(id="x" * 1_000_000))
    yield _rubric("title-formula", lambda d: d.update(title="=cmd|' /C calc'!A0"))
    yield _rubric("title-not-a-text", lambda d: d.update(title=[]))
    yield _rubric("extends-itself", lambda d: d["x-rubric"].update(extends="rubric.json"))
    yield _rubric("extends-out-of-the-folder", lambda d: d["x-rubric"].update(extends="../../etc/passwd.json"))
    yield _rubric("extends-an-address", lambda d: d["x-rubric"].update(extends="http://127.0.0.1:9/x.json"))
    yield _rubric("properties-a-list", lambda d: d.update(properties=[]))
    yield _rubric("properties-null", lambda d: d.update(properties=None))
    for word, frame in {"a-text": "example", "true": True, "null": None, "a-list": ["extends"], "a-number": 1}.items():
        yield _rubric(f"frame-{word}", lambda d, frame=frame: d.update({"x-rubric": frame}))
    yield _rubric("one-of-nested", lambda d: d["properties"]["employees"].update(oneOf=[{"oneOf": [{}] * 1000}] * 100))


def _circle(document: Document) -> None:
    document["$defs"] = {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}
    document["properties"]["employees"] = {"$ref": "#/$defs/a"}


def _nested(document: Document) -> None:
    inner: Document = {"type": "object", "title": "x", "properties": {}}
    node = inner
    for _ in range(40):
        node["properties"]["a"] = {"type": "object", "title": "x", "properties": {}}
        node = node["properties"]["a"]
    document["properties"]["deep"] = inner


def texts() -> Iterator[Case]:
    """Rubrics whose JSON is broken or too much."""
    whole = RUBRIC.read_bytes()
    yield _text("empty", b"")
    yield _text("cut", whole[: len(whole) // 2])
    yield _text("nested-100000-deep", "[" * 100_000)
    yield _text("objects-100000-deep", '{"a":' * 100_000 + "1" + "}" * 100_000)
    yield _text("number-of-5000-digits", whole.replace(b'"full": 100', b'"full": ' + b"9" * 5000))
    yield _text("number-with-huge-exponent", whole.replace(b'"full": 100', b'"full": 1e999999999'))
    yield _text("number-with-huge-negative-exponent", whole.replace(b'"full": 100', b'"full": 1e-999999999'))
    yield _text("number-infinite", whole.replace(b'"full": 100', b'"full": Infinity'))
    yield _text("key-twice", whole.replace(b'"full": 100', b'"full": 100, "full": 1'))
    yield _text("lone-surrogate", whole.replace('"职工人数"'.encode(), b'"\\ud800"'))
    yield _text("nul", whole.replace('"职工人数"'.encode(), b'"\\u0000"'))
    yield _text("invalid-utf-8", whole.replace("职工".encode(), b"\xff"))
    yield _text("utf-16", whole.decode().encode("utf-16"))
    yield _text("gbk", whole.decode().encode("gbk"))
    yield _text("of-40-megabytes", b" " * (40 * 2**20) + whole)
    yield _text("a-list", b"[]")
    yield _text("a-workbook", b"PK\x03\x04" + bytes(1000))


def notices() -> Iterator[Case]:
    """Notices."""
    base = {"rubric": "example", "categories": {"企业": {"seats": 1}}}
    for word, change in {
        "seats-huge": {"categories": {"企业": {"seats": 10**400}}},
        "seats-fraction": {"categories": {"企业": {"seats": 0.5}}},
        "seats-truth": {"categories": {"企业": {"seats": True}}},
        "seed-huge": {"categories": {"企业": {"seats": 1, "tie": "draw", "seed": "x" * 1_000_000}}},
        "unit-not-a-text": {"assess_only": {"units": [1]}},
        "date-wrong": {"period": {"start": "2026-02-31", "end": "2026-01-01"}},
        "period-reversed": {"period": {"start": "2026-12-31", "end": "2026-01-01"}},
        "basis-formula": {"wording": {"result": "表彰", "basis": "=cmd|' /C calc'!A0"}},
        "key-unknown": {"evil": 1},
        "categories-a-list": {"categories": []},
    }.items():
        content = json.dumps({**base, **change}, ensure_ascii=False)
        yield _text(word, content, "notice")
    yield _text("empty", b"", "notice")
    yield _text("nested", "[" * 100_000, "notice")
    yield _text("lone-surrogate", json.dumps(base).replace("example", "\\ud800"), "notice")
    yield _text("number-with-huge-exponent", '{"rubric": "example", "categories": {"企业": {"seats": 1e999999999}}}', "notice")
    yield _text("key-twice", '{"rubric": "example", "rubric": "other"}', "notice")


def settings() -> Iterator[Case]:
    """scorekit.toml of a folder that came by mail."""
    for word, content in {
        "empty": "",
        "broken": "rubric = ",
        "binary": b"\xff\xfe\x00",
        "plugins": 'rubric = "model-home"\nplugins = "evil"',
        "out": 'rubric = "model-home"\nout = "/tmp/evil"',
        "absolute": 'rubric = "/etc/passwd"',
        "dots": 'rubric = "../rubric.json"',
        "drive": 'rubric = "C:\\\\evil.json"',
        "address": 'rubric = "http://127.0.0.1:9/rubric.json"',
        "notice-dots": 'rubric = "model-home"\nnotice = "../../etc/passwd"',
        "nul": 'rubric = "a\\u0000b"',
        "long": f'rubric = "{"x" * 100_000}"',
        "deep": "a = " + "[" * 5000 + "]" * 5000,
        "number": "rubric = 1",
        "table": "[rubric]\nx = 1",
        "encoding": 'rubric = "model-home"\nencoding = "rot13"',
        "key-twice": 'rubric = "model-home"\nrubric = "six-haves"',
        "of-10-megabytes": "# " + "x" * 10_000_000,
    }.items():
        yield _text(word, content, "settings")
