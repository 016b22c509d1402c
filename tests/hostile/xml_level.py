"""Parts whose XML declares, hides or nests what a reader may not follow."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.cases import Case
from tests.hostile.making import MAIN, OFFICE, RELATIONS, SHEET, STRINGS, TYPES, WORKBOOK, book, cell, packed, parts, sheet, with_part

FIRST = '<?xml version="1.0" encoding="UTF-8"?>\n'


def _sheet(start: str, xml: str | None = None) -> bytes:
    """The workbook with another beginning of the sheet's part."""
    return packed({**parts(), SHEET: start + (xml or sheet()).removeprefix(FIRST)})


def _coded(encoding: str, declared: str = "", mark: bytes = b"") -> bytes:
    xml = sheet().replace('encoding="UTF-8"', f'encoding="{declared or encoding}"')
    return packed({**parts(), SHEET: mark + xml.encode(encoding)})


def cases() -> Iterator[Case]:
    """All of them."""
    yield from types()
    yield from encodings()
    yield from shapes()


def types() -> Iterator[Case]:
    """Document types and entities."""
    yield Case("xml-doctype", lambda: _sheet("<!DOCTYPE worksheet>"))
    yield Case("xml-doctype-in-lower-case", lambda: _sheet("<!doctype worksheet>"))
    laughs = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    yield Case("xml-billion-laughs", lambda: _sheet(f'<!DOCTYPE w [<!ENTITY a0 "ha">{laughs}]>', sheet().replace("新华", "&a9;")))
    blow = f'<!DOCTYPE w [<!ENTITY a "{"x" * 100_000}">]>'
    yield Case("xml-quadratic-blow-up", lambda: _sheet(blow, sheet().replace("新华", "&a;" * 1000)))
    outside = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    yield Case("xml-entity-of-a-file", lambda: _sheet(outside, sheet().replace("新华", "&a;")))
    yield Case("xml-entity-of-an-address", lambda: _sheet(outside.replace("file:///etc/passwd", "http://127.0.0.1:9/x"), sheet()))
    yield Case("xml-parameter-entity", lambda: _sheet('<!DOCTYPE w [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;]>'))
    yield Case("xml-type-of-an-address", lambda: _sheet('<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">'))
    for part in (TYPES, "_rels/.rels", WORKBOOK, RELATIONS):
        short = part.translate(str.maketrans("/._", "---", "[]")).strip("-").lower()
        yield Case(f"xml-doctype-in-{short}", lambda part=part: packed({**parts(), part: "<!DOCTYPE a>" + str(parts()[part])}))
    kind = f"{OFFICE}.sharedStrings+xml"
    sst = f'<!DOCTYPE a [<!ENTITY b "c">]><sst xmlns="{MAIN}"><si><t>&b;</t></si></sst>'
    yield Case("xml-doctype-in-shared-strings", lambda: packed(with_part(STRINGS, sst, kind)))
    yield Case("xml-doctype-behind-a-long-comment", lambda: _sheet("<!--" + "x" * 3_000_000 + "--><!DOCTYPE worksheet>"))
    yield Case("xml-doctype-across-blocks", lambda: _sheet("<!--" + "x" * (2**20 - len("<!---->") - 5) + "--><!DOCTYPE worksheet>"))
    yield Case("xml-unknown-entity", lambda: _sheet(FIRST, sheet().replace("新华", "&nbsp;")))
    yield Case("xml-stylesheet-instruction", lambda: _sheet(FIRST + '<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>'))
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    yield Case("xml-include", lambda: book(after=include))


def encodings() -> Iterator[Case]:
    """Encodings that readers disagree about."""
    yield Case("xml-utf-16", lambda: _coded("utf-16"))
    yield Case("xml-utf-16-without-mark", lambda: _coded("utf-16-le", "UTF-16"))
    yield Case("xml-utf-16-be", lambda: _coded("utf-16-be", "UTF-16", b"\xfe\xff"))
    yield Case("xml-utf-16-said-to-be-utf-8", lambda: _coded("utf-16", "UTF-8"))
    yield Case("xml-utf-8-said-to-be-utf-16", lambda: _coded("utf-8", "UTF-16"))
    yield Case("xml-utf-7", lambda: _coded("utf-7"))
    yield Case("xml-utf-32", lambda: _coded("utf-32"))
    yield Case("xml-ebcdic", lambda: packed({**parts(), SHEET: sheet().replace("UTF-8", "cp037").encode("cp037", "xmlcharrefreplace")}))
    yield Case("xml-gbk-said", lambda: _coded("gbk"))
    yield Case("xml-gbk-not-said", lambda: _coded("gbk", "UTF-8"))
    yield Case("xml-latin-1-said", lambda: packed({**parts(), SHEET: sheet().replace("UTF-8", "ISO-8859-1").encode()}))
    yield Case("xml-ascii-said", lambda: packed({**parts(), SHEET: sheet().replace("UTF-8", "US-ASCII").encode()}))
    yield Case("xml-byte-order-mark", lambda: _coded("utf-8", "UTF-8", b"\xef\xbb\xbf"))
    yield Case("xml-byte-order-mark-twice", lambda: _coded("utf-8", "UTF-8", b"\xef\xbb\xbf\xef\xbb\xbf"))
    yield Case("xml-invalid-utf-8", lambda: packed({**parts(), SHEET: sheet().encode().replace("新".encode(), b"\xff\xfe")}))
    yield Case("xml-overlong-utf-8", lambda: packed({**parts(), SHEET: sheet().encode().replace("新".encode(), b"\xc0\xaf")}))
    yield Case("xml-surrogates-in-utf-8", lambda: packed({**parts(), SHEET: sheet().encode().replace("新".encode(), b"\xed\xa0\x80")}))
    yield Case("xml-nul", lambda: _sheet(FIRST, sheet().replace("新华", "新\0华")))
    yield Case("xml-control-character", lambda: _sheet(FIRST, sheet().replace("新华", "新\x01华")))
    yield Case("xml-control-character-by-number", lambda: _sheet(FIRST, sheet().replace("新华", "新&#1;华")))
    yield Case("xml-nul-by-number", lambda: _sheet(FIRST, sheet().replace("新华", "新&#0;华")))
    yield Case("xml-surrogate-by-number", lambda: _sheet(FIRST, sheet().replace("新华", "新&#xD800;华")))
    yield Case("xml-version-1-1", lambda: _sheet('<?xml version="1.1" encoding="UTF-8"?>'))
    yield Case("xml-version-9", lambda: _sheet('<?xml version="9.0" encoding="UTF-8"?>'))
    yield Case("xml-space-before-declaration", lambda: _sheet("  " + FIRST))


def shapes() -> Iterator[Case]:
    """Nesting, sizes, names."""
    yield Case("xml-not-closed", lambda: packed({**parts(), SHEET: sheet()[:-20]}))
    yield Case("xml-two-roots", lambda: packed({**parts(), SHEET: sheet() + sheet().removeprefix(FIRST)}))
    yield Case("xml-text-behind-the-root", lambda: packed({**parts(), SHEET: sheet() + "x"}))
    yield Case("xml-part-empty", lambda: packed({**parts(), SHEET: ""}))
    yield Case("xml-part-is-json", lambda: packed({**parts(), SHEET: "{}"}))
    yield Case("xml-workbook-empty", lambda: packed({**parts(), WORKBOOK: ""}))
    yield Case("xml-types-missing", lambda: packed({k: v for k, v in parts().items() if k != TYPES}))
    yield Case("xml-relations-missing", lambda: packed({k: v for k, v in parts().items() if k != RELATIONS}))
    deep = "<a>" * 100_000 + "</a>" * 100_000
    yield Case("xml-nested-a-hundred-thousand-deep", lambda: book(after=f"<extLst>{deep}</extLst>"))
    yield Case("xml-nested-in-a-cell", lambda: book({"H2": f'<c r="H2">{"<v>" * 50_000}1{"</v>" * 50_000}</c>'}))
    yield Case("xml-nested-in-strings", lambda: packed(with_part(STRINGS, f"<sst>{deep}</sst>", f"{OFFICE}.sharedStrings+xml")))
    yield Case(
        "xml-nested-in-the-workbook", lambda: packed({**parts(), WORKBOOK: str(parts()[WORKBOOK]).replace("<sheets>", deep + "<sheets>")})
    )
    wide = "".join(f' a{i}="{i}"' for i in range(100_000))
    yield Case("xml-attributes-a-hundred-thousand", lambda: book({"H2": f'<c r="H2"{wide}><v>95</v></c>'}))
    yield Case("xml-attribute-twice", lambda: book({"H2": '<c r="H2" r="H3"><v>95</v></c>'}))
    yield Case("xml-attribute-of-eight-megabytes", lambda: book({"H2": f'<c r="H2" x="{_noise(8_000_000)}"><v>95</v></c>'}))
    yield Case("xml-comment-of-eight-megabytes", lambda: book(before=f"<!--{_noise(8_000_000)}-->"))
    yield Case("xml-instruction-of-eight-megabytes", lambda: book(before=f"<?x {_noise(8_000_000)}?>"))
    yield Case("xml-name-of-eight-megabytes", lambda: book(before=f"<x{_noise(8_000_000)}/>"))
    yield Case(
        "xml-namespaces-a-hundred-thousand", lambda: book(before="<a" + "".join(f' xmlns:n{i}="u{i}"' for i in range(100_000)) + "/>")
    )
    yield Case("xml-namespace-missing", lambda: packed({**parts(), SHEET: sheet().replace(f' xmlns="{MAIN}"', "")}))
    yield Case("xml-namespace-other", lambda: packed({**parts(), SHEET: sheet().replace(MAIN, "urn:other")}))
    yield Case("xml-namespace-with-prefix", lambda: packed({**parts(), SHEET: _prefixed()}))
    yield Case("xml-namespace-not-declared", lambda: book({"H2": '<z:c r="H2"><v>95</v></z:c>'}))
    yield Case("xml-root-other", lambda: packed({**parts(), SHEET: sheet().replace("worksheet", "workbook")}))
    yield Case(
        "xml-strict", lambda: packed({k: str(v).replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main") for k, v in parts().items()})
    )
    yield Case("xml-cdata", lambda: book({"A2": '<c r="A2" t="inlineStr"><is><t><![CDATA[新华印刷厂工会]]></t></is></c>'}))
    yield Case("xml-comment-inside-a-number", lambda: book({"H2": '<c r="H2"><v>9<!-- x -->5</v></c>'}))
    yield Case("xml-instruction-inside-a-number", lambda: book({"H2": '<c r="H2"><v>9<?x y?>5</v></c>'}))
    yield Case("xml-element-inside-a-number", lambda: book({"H2": '<c r="H2"><v>9<b/>5</v></c>'}))
    yield Case("xml-number-by-characters", lambda: book({"H2": '<c r="H2"><v>&#57;5</v></c>'}))
    yield Case("xml-alternate-content", lambda: book({"H2": _alternate()}))


def _noise(size: int) -> str:
    """Text that packs badly enough to pass for ordinary."""
    found, state = [], 1
    for _ in range(size // 20):
        state = state * 6364136223846793005 % 2**64
        found.append(f"{state:020}")
    return "".join(found)


def _prefixed() -> str:
    xml = sheet().replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    for tag in ("worksheet", "sheetData", "row", "c", "is", "t", "v"):
        xml = xml.replace(f"<{tag} ", f"<x:{tag} ").replace(f"<{tag}>", f"<x:{tag}>").replace(f"</{tag}>", f"</x:{tag}>")
    return xml


def _alternate() -> str:
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    inner = cell("H2", 95)
    return f'<mc:AlternateContent xmlns:mc="{space}"><mc:Choice Requires="x">{inner}</mc:Choice><mc:Fallback>{cell("H2", 59)}</mc:Fallback></mc:AlternateContent>'
