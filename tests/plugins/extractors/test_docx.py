"""Documents: paragraphs, tables, what was inserted and deleted, and all that is refused."""

from __future__ import annotations

import sys
import zipfile

import pytest
from scorekit_plugins.extractors import docx

from scorekit.errors import InputError
from scorekit.plugin import SourceFile

python_docx = pytest.importorskip("docx")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def saved(path, *paragraphs, tables=()):
    document = python_docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    for rows in tables:
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    document.save(path)
    return path


def read(path):
    return docx.read(SourceFile(path, path.name), None)


def with_body(path, xml):
    """A document whose body holds *xml*."""
    saved(path, "起")
    with zipfile.ZipFile(path) as package:
        parts = {n: package.read(n) for n in package.namelist()}
    start, _, end = parts["word/document.xml"].decode().partition("<w:body>")
    mc = ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    start = start if "xmlns:mc=" in start else start.replace("<w:document", "<w:document" + mc, 1)
    parts["word/document.xml"] = f"{start}<w:body>{xml}{end.partition('</w:p>')[2]}".encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_paragraphs_are_counted_and_empty_ones_are_not(tmp_path):
    found = read(saved(tmp_path / "r.docx", "总结", "", "全县职工500人。"))
    assert [(p.text, p.paragraph) for p in found.passages] == [("总结", 1), ("全县职工500人。", 2)]


def test_headings_have_their_level(tmp_path):
    document = python_docx.Document()
    document.add_heading("抓组建", 2)
    document.add_paragraph("职工500人")
    document.save(tmp_path / "r.docx")
    assert [p.level for p in read(tmp_path / "r.docx").passages] == [2, 0]


def test_cells_stand_behind_their_labels(tmp_path):
    tables = [[["职工人数", "500人", "会员人数", "480人"]], [["单位", "职工", "会员"], ["甲", "300", "290"], ["乙", "200", ""]]]
    found = read(saved(tmp_path / "r.docx", "总结", tables=tables)).passages[1:]
    assert [(p.text, p.table, p.row, p.paragraph) for p in found] == [
        ("职工人数\t500人", 1, 1, 0),
        ("会员人数\t480人", 1, 1, 0),
        ("单位", 2, 1, 0),
        ("职工", 2, 1, 0),
        ("会员", 2, 1, 0),
        ("单位\t甲", 2, 2, 0),
        ("职工\t300", 2, 2, 0),
        ("会员\t290", 2, 2, 0),
        ("单位\t乙", 2, 3, 0),
        ("职工\t200", 2, 3, 0),
    ]


def test_what_was_inserted_is_read_and_what_was_deleted_is_not(tmp_path):
    xml = f"<w:p>{run('职工')}<w:ins>{run('500')}</w:ins><w:del><w:r><w:delText>400</w:delText></w:r></w:del>{run('人')}</w:p>"
    assert [p.text for p in read(with_body(tmp_path / "r.docx", xml)).passages] == ["职工500人"]


def test_content_controls_boxes_and_breaks_are_read_once(tmp_path):
    box = f"<w:txbxContent><w:p>{run('框里')}</w:p></w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice Requires='x'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    xml = (
        f"<w:sdt><w:sdtContent><w:p>{run('控件')}<w:r><w:tab/></w:r>{run('后')}</w:p></w:sdtContent></w:sdt>"
        f"<w:p>{run('段')}<w:r>{both}</w:r><w:r><w:noBreakHyphen/></w:r></w:p>"
    )
    assert [p.text for p in read(with_body(tmp_path / "r.docx", xml)).passages] == ["控件 后", "段-", "框里"]


def test_a_table_within_a_table_is_not_read_as_rows_of_the_outer_one(tmp_path):
    document = python_docx.Document()
    cell = document.add_table(1, 1).rows[0].cells[0]
    cell.text = "外"
    cell.add_table(1, 1).rows[0].cells[0].text = "内"
    document.save(tmp_path / "r.docx")
    assert [(p.table, p.row) for p in read(tmp_path / "r.docx").passages] == [(1, 1)]


def test_a_document_without_text_is_refused(tmp_path):
    with pytest.raises(InputError, match="holds no text"):
        read(saved(tmp_path / "r.docx", ""))


def test_without_the_library_it_is_said_what_to_install(tmp_path, monkeypatch):
    saved(tmp_path / "r.docx", "总结")
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(InputError, match="needs the package python-docx") as caught:
        read(tmp_path / "r.docx")
    assert "scorekit[documents]" in str(caught.value.cure)


def test_a_package_that_is_no_document_is_damaged(tmp_path):
    with zipfile.ZipFile(tmp_path / "r.docx", "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(InputError, match="damaged"):
        read(tmp_path / "r.docx")
