"""Workbooks whose sheets, links, names and numbers of things are not what they should be."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.cases import Case
from tests.hostile.making import (
    HEADER,
    LINKS,
    MAIN,
    OFFICE,
    PACKAGE,
    RELATIONS,
    ROW,
    SHEET,
    STRINGS,
    STYLES,
    TYPES,
    WORKBOOK,
    Part,
    book,
    cell,
    packed,
    parts,
    row_xml,
    sheet,
    sheet_xml,
    with_part,
)

OTHER = sheet_xml(row_xml(1, HEADER) + row_xml(2, ["齐心纺织公司工会", *ROW[1:]]))


def _workbook(old: str, new: str, content: dict[str, Part] | None = None) -> bytes:
    """The workbook with something in its list of sheets replaced."""
    found = content or parts()
    assert old in str(found[WORKBOOK]), old
    return packed({**found, WORKBOOK: str(found[WORKBOOK]).replace(old, new)})


def _relation(old: str, new: str) -> bytes:
    found = parts()
    assert old in str(found[RELATIONS]), old
    return packed({**found, RELATIONS: str(found[RELATIONS]).replace(old, new)})


def cases() -> Iterator[Case]:
    """All of them."""
    yield from sheets()
    yield from relations()
    yield from active()
    yield from names()
    yield from many()


def sheets() -> Iterator[Case]:
    """Sheets that are missing, hidden, doubled or no sheets."""
    two = parts(("自评表", sheet()), ("补报", OTHER))
    for state in ("hidden", "veryHidden", "nonsense"):
        yield Case(f"sheet-{state.lower()}", lambda state=state: _workbook('name="补报"', f'name="补报" state="{state}"', dict(two)))
    yield Case("sheet-all-hidden", lambda: _workbook('name="自评表"', 'name="自评表" state="hidden"'))
    yield Case("sheet-same-name", lambda: packed(parts(("自评表", sheet()), ("自评表", OTHER))))
    yield Case("sheet-same-name-in-other-case", lambda: packed(parts(("Form", sheet()), ("FORM", OTHER))))
    yield Case("sheet-same-part", lambda: _workbook("</sheets>", '<sheet name="二" sheetId="9" r:id="rId1"/></sheets>'))
    yield Case("sheet-name-long", lambda: packed(parts(("表" * 40_000, sheet()))))
    yield Case("sheet-name-empty", lambda: packed(parts(("", sheet()))))
    yield Case("sheet-name-forbidden", lambda: packed(parts(("a:b\\c/d?*[e]", sheet()))))
    yield Case("sheet-name-formula", lambda: packed(parts(("=cmd|' /C calc'!A0", sheet()))))
    yield Case("sheet-name-with-line-end", lambda: packed(parts(("表&#10;二", sheet()))))
    yield Case("sheet-name-missing", lambda: _workbook('name="自评表" ', ""))
    yield Case("sheet-none", lambda: _workbook('<sheet name="自评表" sheetId="1" r:id="rId1"/>', ""))
    yield Case("sheet-without-relation", lambda: _workbook(' r:id="rId1"', ""))
    yield Case("sheet-with-unknown-relation", lambda: _workbook('r:id="rId1"', 'r:id="rId7"'))
    yield Case("sheet-one-of-two-missing", lambda: packed({k: v for k, v in two.items() if k != "xl/worksheets/sheet2.xml"}))
    yield Case("sheet-missing", lambda: packed({k: v for k, v in parts().items() if k != SHEET}))
    yield Case("sheet-is-a-chart", lambda: _beside("chartsheet", f'<chartsheet xmlns="{MAIN}"><sheetViews/></chartsheet>'))
    yield Case("sheet-is-a-broken-chart", lambda: _beside("chartsheet", "<chartsheet"))
    yield Case("sheet-is-a-dialog", lambda: _beside("dialogsheet", f'<dialogsheet xmlns="{MAIN}"/>'))
    yield Case("sheet-is-an-old-macro-sheet", lambda: _beside("xlMacrosheet", f'<xm:macrosheet xmlns:xm="{MAIN}"/>', "macrosheets"))
    yield Case("sheet-is-the-workbook", lambda: _relation("worksheets/sheet1.xml", "workbook.xml"))
    yield Case(
        "sheet-two-hundred", lambda: packed(parts(*((f"表{i}", sheet_xml(row_xml(1, HEADER))) for i in range(200)), ("末", sheet())))
    )


def _beside(kind: str, xml: str, folder: str = "") -> bytes:
    """The workbook with another kind of sheet beside its own."""
    content, path = parts(), f"{folder or kind + 's'}/sheet9.xml"
    content[WORKBOOK] = str(content[WORKBOOK]).replace("</sheets>", '<sheet name="别的" sheetId="9" r:id="rId9"/></sheets>')
    link = f'<Relationship Id="rId9" Type="{LINKS}/{kind}" Target="{path}"/></Relationships>'
    content[RELATIONS] = str(content[RELATIONS]).replace("</Relationships>", link)
    return packed({**content, f"xl/{path}": xml})


def relations() -> Iterator[Case]:
    """Links from part to part that lead astray."""
    target = "worksheets/sheet1.xml"
    yield Case("relation-to-nowhere", lambda: _relation(target, "worksheets/sheet7.xml"))
    yield Case(
        "relation-to-an-address", lambda: _relation(f'Target="{target}"', 'Target="http://127.0.0.1:9/sheet1.xml" TargetMode="External"')
    )
    yield Case("relation-to-a-file", lambda: _relation(f'Target="{target}"', 'Target="file:///etc/passwd" TargetMode="External"'))
    yield Case("relation-out-of-the-package", lambda: _relation(target, "../../../../etc/passwd"))
    yield Case("relation-absolute", lambda: _relation(target, "/xl/worksheets/sheet1.xml"))
    yield Case("relation-with-backslashes", lambda: _relation(target, "worksheets\\sheet1.xml"))
    yield Case("relation-in-other-case", lambda: _relation(target, "Worksheets/Sheet1.xml"))
    yield Case("relation-same-id-twice", _same_id)
    yield Case("relation-of-unknown-type", lambda: _relation(f"{LINKS}/worksheet", f"{LINKS}/nonsense"))
    yield Case("relation-without-target", lambda: _relation(f' Target="{target}"', ""))
    yield Case("relation-many", lambda: packed({**parts(), RELATIONS: _many_relations()}))
    yield Case("types-wrong", lambda: packed({**parts(), TYPES: f'<Types xmlns="{PACKAGE}/content-types"/>'}))
    yield Case("types-two-workbooks", _two_workbooks)


def _same_id() -> bytes:
    """Two relations of one id: one program takes the first, another the last."""
    content = parts(("自评表", sheet()), ("补报", OTHER))
    content[RELATIONS] = str(content[RELATIONS]).replace('Id="rId2"', 'Id="rId1"')
    content[WORKBOOK] = str(content[WORKBOOK]).replace('<sheet name="补报" sheetId="2" r:id="rId2"/>', "")
    return packed(content)


def _many_relations() -> str:
    more = "".join(f'<Relationship Id="r{i}" Type="{LINKS}/x" Target="x{i}"/>' for i in range(50_000))
    return str(parts()[RELATIONS]).replace("</Relationships>", more + "</Relationships>")


def _two_workbooks() -> bytes:
    mark = f'<Override PartName="/xl/workbook2.xml" ContentType="{OFFICE}.sheet.main+xml"/><Override PartName="/xl/workbook.xml"'
    content = parts()
    content[TYPES] = str(content[TYPES]).replace('<Override PartName="/xl/workbook.xml"', mark)
    return packed({**content, "xl/workbook2.xml": str(content[WORKBOOK]).replace("自评表", "别的")})


def active() -> Iterator[Case]:
    """What would run, load or call."""
    yield Case("active-macro", lambda: packed(with_part("xl/vbaProject.bin", b"macro")))
    yield Case("active-macro-elsewhere", lambda: packed(with_part("xl/other/VBAPROJECT.BIN", b"macro")))
    yield Case("active-macro-by-type", lambda: _typed("xl/code.bin", "application/vnd.ms-office.vbaProject"))
    yield Case("active-macro-enabled-main", lambda: _main("application/vnd.ms-excel.sheet.macroEnabled.main+xml"))
    yield Case("active-template-main", lambda: _main(f"{OFFICE}.template.main+xml"))
    yield Case("active-addin-main", lambda: _main("application/vnd.ms-excel.addin.macroEnabled.main+xml"))
    yield Case("active-external-link", lambda: packed(with_part("xl/externalLinks/externalLink1.xml", "<externalLink/>")))
    dde = f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/C calc"/></externalLink>'
    yield Case("active-dde", lambda: packed(with_part("xl/externalLinks/externalLink1.xml", dde)))
    yield Case("active-ole-object", lambda: packed(with_part("xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0" + bytes(100))))
    yield Case("active-activex", lambda: packed(with_part("xl/activeX/activeX1.bin", bytes(100))))
    yield Case(
        "active-connection",
        lambda: packed(with_part("xl/connections.xml", f'<connections xmlns="{MAIN}"><connection id="1"/></connections>')),
    )
    yield Case("active-custom-ui", lambda: packed(with_part("customUI/customUI.xml", '<customUI onLoad="evil"/>')))
    link = '<hyperlinks><hyperlink ref="A2" r:id="rId9" xmlns:r="x" location="javascript:alert(1)"/></hyperlinks>'
    yield Case("active-hyperlink", lambda: book(after=link))
    picture = f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{LINKS}/image" Target="http://127.0.0.1:9/x.png" TargetMode="External"/></Relationships>'
    yield Case("active-remote-picture", lambda: packed(with_part("xl/worksheets/_rels/sheet1.xml.rels", picture)))
    yield Case(
        "active-pivot-cache",
        lambda: _workbook("</workbook>", '<pivotCaches><pivotCache cacheId="1" r:id="rId9"/></pivotCaches></workbook>'),
    )


def _typed(name: str, kind: str) -> bytes:
    return packed(with_part(name, b"macro", kind))


def _main(kind: str) -> bytes:
    content = parts()
    return packed({**content, TYPES: str(content[TYPES]).replace(f"{OFFICE}.sheet.main+xml", kind)})


def names() -> Iterator[Case]:
    """Defined names, properties, validations, conditional formats."""
    for word, name in {
        "formula": "<definedName name=\"x\">cmd|'/C calc'!A0</definedName>",
        "auto-open": '<definedName name="_xlnm.Auto_Open">自评表!$A$1</definedName>',
        "titles-wrong": '<definedName name="_xlnm.Print_Titles" localSheetId="0">nonsense!!</definedName>',
        "area-wrong": '<definedName name="_xlnm.Print_Area" localSheetId="0">#REF!</definedName>',
        "of-no-sheet": '<definedName name="x" localSheetId="99">A1</definedName>',
        "twice": '<definedName name="x">A1</definedName><definedName name="x">A2</definedName>',
    }.items():
        more = f"</sheets><definedNames>{name}</definedNames>"
        yield Case(f"name-{word}", lambda more=more: _workbook("</sheets>", more))
    backtrack = "'" + "a''" * 20_000
    more = f'</sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">{backtrack}</definedName></definedNames>'
    yield Case("name-titles-backtracking", lambda: _workbook("</sheets>", more))
    area = more.replace("Print_Titles", "Print_Area")
    yield Case("name-area-backtracking", lambda: _workbook("</sheets>", area))
    for word, part in {
        "core": "docProps/core.xml",
        "app": "docProps/app.xml",
        "custom": "docProps/custom.xml",
        "theme": "xl/theme/theme1.xml",
    }.items():
        yield Case(f"property-{word}-broken", lambda part=part: packed(with_part(part, "<broken")))
        yield Case(f"property-{word}-other", lambda part=part: packed(with_part(part, "<other/>")))
    yield Case("styles-broken", lambda: packed(with_part(STYLES, "<broken")))
    yield Case("styles-empty", lambda: packed(with_part(STYLES, f'<styleSheet xmlns="{MAIN}"/>')))
    yield Case("strings-broken", lambda: packed(with_part(STRINGS, "<broken", f"{OFFICE}.sharedStrings+xml")))
    yield Case("rubric-named-as-a-path", lambda: packed(with_part("docProps/custom.xml", _property("../../etc/passwd"))))
    yield Case("rubric-named-unknown", lambda: packed(with_part("docProps/custom.xml", _property("nonsense"))))


def _property(value: str) -> str:
    space = "http://schemas.openxmlformats.org/officeDocument/2006"
    return (
        f'<Properties xmlns="{space}/custom-properties" xmlns:vt="{space}/docPropsVTypes"><property '
        f'fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="scorekit-rubric"><vt:lpwstr>{value}</vt:lpwstr></property></Properties>'
    )


def many() -> Iterator[Case]:
    """Too much of something."""
    whole = 'sqref="A1:XFD1048576"'
    validation = f'<dataValidation type="list" {whole}><formula1>"是,否"</formula1></dataValidation>'
    yield Case("many-validations", lambda: book(after=f"<dataValidations>{validation * 1000}</dataValidations>"))
    areas = " ".join(f"A{i}:B{i}" for i in range(2, 100_000))
    yield Case("many-areas-of-a-validation", lambda: book(after=f'<dataValidations><dataValidation sqref="{areas}"/></dataValidations>'))
    condition = '<conditionalFormatting sqref="A1:XFD1048576"><cfRule type="expression" priority="1"><formula>1</formula></cfRule></conditionalFormatting>'
    yield Case("many-conditions", lambda: book(after=condition * 60_000))
    yield Case("many-conditions-a-million", lambda: book(after=condition * 1_000_000), long=True)
    xfs = '<xf numFmtId="0"/>' * 100_000
    yield Case("many-styles", lambda: packed(with_part(STYLES, f'<styleSheet xmlns="{MAIN}"><cellXfs>{xfs}</cellXfs></styleSheet>')))
    xfs_more = '<xf numFmtId="0"/>' * 400_000
    yield Case(
        "many-styles-400000", lambda: packed(with_part(STYLES, f'<styleSheet xmlns="{MAIN}"><cellXfs>{xfs_more}</cellXfs></styleSheet>'))
    )
    fonts = '<font><sz val="11"/></font>' * 80_000
    yield Case("many-fonts", lambda: packed(with_part(STYLES, f'<styleSheet xmlns="{MAIN}"><fonts>{fonts}</fonts></styleSheet>')))
    formats = "".join(f'<numFmt numFmtId="{164 + i}" formatCode="0.{"0" * (i % 9)}&quot;{i}&quot;"/>' for i in range(80_000))
    yield Case(
        "many-number-formats", lambda: packed(with_part(STYLES, f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts></styleSheet>'))
    )
    yield Case("many-strings", lambda: packed(with_part(STRINGS, _strings(2_000_000), f"{OFFICE}.sharedStrings+xml")), long=True)
    yield Case("many-strings-unused", lambda: packed(with_part(STRINGS, _strings(300_000), f"{OFFICE}.sharedStrings+xml")))
    yield Case("many-cells-empty", lambda: packed({**parts(), SHEET: _grid(100_000, 10, "")}), long=True)
    yield Case("many-cells-2500000", lambda: packed({**parts(), SHEET: _grid(250_000, 10, "<v>1</v>")}), long=True)
    yield Case("many-cells-in-one-row", lambda: book(rows='<row r="3">' + '<c r="A3"/>' * 150_000 + "</row>"))
    yield Case(
        "many-rows-empty",
        lambda: packed({**parts(), SHEET: sheet(rows="".join(f'<row r="{r}"/>' for r in range(3, 1_000_001)))}),
        long=True,
    )
    yield Case("many-rows-without-numbers", lambda: packed({**parts(), SHEET: sheet(rows="<row/>" * 1_200_000)}), long=True)
    yield Case("many-breaks", lambda: book(after="<rowBreaks>" + '<brk id="1" max="16383" man="1"/>' * 250_000 + "</rowBreaks>"))
    columns = "".join(f'<col min="{i}" max="{i}" width="9"/>' for i in range(1, 100_001))
    yield Case("many-columns", lambda: book(before=f"<cols>{columns}</cols>"))
    yield Case("many-links", lambda: book(after="<hyperlinks>" + '<hyperlink ref="A1" location="x"/>' * 200_000 + "</hyperlinks>"))
    yield Case(
        "many-names",
        lambda: _workbook(
            "</sheets>",
            "</sheets><definedNames>" + "".join(f'<definedName name="n{i}">A1</definedName>' for i in range(100_000)) + "</definedNames>",
        ),
    )
    yield Case("many-sheets-of-one-part", lambda: _workbook("</sheets>", _again(5000) + "</sheets>"))
    yield Case("many-columns-of-headers", lambda: packed({**parts(), SHEET: sheet_xml(_wide())}))
    yield Case("many-properties", lambda: packed(with_part("docProps/custom.xml", _properties(50_000))))
    yield Case("many-types", lambda: packed({**parts(), TYPES: _types(100_000)}))


def _strings(count: int) -> str:
    return f'<sst xmlns="{MAIN}">' + "".join(f"<si><t>{i}</t></si>" for i in range(count)) + "</sst>"


def _grid(rows: int, width: int, inner: str) -> str:
    letters = "JKLMNOPQRSTUV"[:width]
    body = "".join(f'<row r="{r}">' + "".join(f'<c r="{c}{r}" s="0">{inner}</c>' for c in letters) + "</row>" for r in range(3, rows + 3))
    return sheet(rows=body)


def _again(count: int) -> str:
    return "".join(f'<sheet name="s{i}" sheetId="{i + 2}" r:id="rId1"/>' for i in range(count))


def _wide() -> str:
    """A header of 16 384 columns, and a unit that fills a few of them."""
    from openpyxl.utils import get_column_letter

    more = "".join(cell(f"{get_column_letter(i)}1", f"其他{i}") for i in range(len(HEADER) + 1, 16_385))
    return row_xml(1, HEADER).replace("</row>", more + "</row>") + row_xml(2, ROW)


def _properties(count: int) -> str:
    one = _property("nonsense")
    start, end = one.index("<property "), one.index("</Properties>")
    body = "".join(one[start:end].replace("scorekit-rubric", f"p{i}").replace('pid="2"', f'pid="{i + 2}"') for i in range(count))
    return one[:start] + body + one[end:]


def _types(count: int) -> str:
    more = "".join(f'<Override PartName="/x{i}.xml" ContentType="application/xml"/>' for i in range(count))
    return str(parts()[TYPES]).replace("</Types>", more + "</Types>")
