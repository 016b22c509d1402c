"""A form as a workbook (.xlsx): locked headings, open cells with dropdowns, ready to print on A4; equal forms are equal bytes."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from typing import Any

from scorekit.plugin import Form, FormWriter, T, hookimpl, say, xml_text

from .checks import Checks
from .looks import Looks, height, put
from .sheets import MARGINS, Maker

PROPERTIES = ("rubric", "version", "digest", "form")
"""Names (after ``scorekit-``) of the document properties by which a reader knows a form and the rubric it was made from."""
_CREATED = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - openpyxl takes no time zone here
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(<)")
_STAMP = (1980, 1, 1, 0, 0, 0)
_PAGE = 76.0
"""The width of the one column of guidance, that fits a page in any font: programs do not shrink a column that is wider than a page."""


def workbook(form: Form) -> bytes:
    """The bytes of a form's workbook."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    looks, checks = Looks(), Checks(book, form.lang)
    for sheet in form.sheets:
        Maker(book.create_sheet(sheet.name), sheet, form, looks, checks).fill()
    _guidance(book.create_sheet(form.heading), form, looks)
    if checks.options is not None:
        book.move_sheet(checks.options, len(book.worksheets))
    _properties(book, form)
    made = io.BytesIO()
    book.save(made)
    return _settled(made)


def _properties(book: Any, form: Form) -> None:
    from openpyxl.packaging.custom import StringProperty

    book.properties.title = xml_text(form.title)[:255]
    book.properties.creator = "scorekit"
    book.properties.created = _CREATED
    told = {"rubric": form.rubric, "version": xml_text(form.version), "digest": form.digest, "form": form.kind}
    for name in PROPERTIES:
        book.custom_doc_props.append(StringProperty(name=f"scorekit-{name}", value=told[name]))


def _guidance(sheet: Any, form: Form, looks: Looks) -> None:
    """The sheet that tells how the form is filled in."""
    sheet.column_dimensions["A"].width = _PAGE
    texts = (f"{form.title}　{form.heading}", *form.guidance)
    for row, text in enumerate(texts, 1):
        cell = sheet.cell(row, 1)
        put(cell, text)
        cell.font = looks.font(16, True, "黑体") if row == 1 else looks.font(11)
        cell.alignment = looks.aligned("center" if row == 1 else "left")
        sheet.row_dimensions[row].height = height(
            [(text, _PAGE / (1.6 if row == 1 else 1.1))], 36 if row == 1 else 22, 22 if row == 1 else 16
        )
    for row in (len(texts) - 1, len(texts)):
        sheet.cell(row, 1).protection = looks.unlocked
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    for side, size in MARGINS.items():
        setattr(sheet.page_margins, side, size)
    sheet.oddFooter.center.text = say(T("Page {page} of {pages}", page="&P", pages="&N"), form.lang)


def _settled(made: io.BytesIO) -> bytes:
    """The package once more without the time of its making."""
    target = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as settled:
        for part in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            content = source.read(part)
            if part == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z\2", content)
            info = zipfile.ZipInfo(part, _STAMP)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            settled.writestr(info, content)
    return target.getvalue()


@hookimpl
def scorekit_forms() -> list[FormWriter]:
    """Offer the workbook."""
    return [FormWriter("xlsx", ".xlsx", workbook, "a workbook with dropdowns and checks, that prints on A4")]
