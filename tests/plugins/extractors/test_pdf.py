"""PDF files: lines with page and number, and each kind that holds no text in one sentence."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from scorekit_plugins.extractors import pdf

from scorekit.errors import InputError
from scorekit.plugin import SourceFile

pypdf = pytest.importorskip("pypdf")
REPORT = Path(__file__).parents[2] / "reports" / "青石县.pdf"


def read(path):
    return pdf.read(SourceFile(path, path.name), None)


def test_lines_have_their_page_and_number():
    found = read(REPORT).passages
    assert found[0].text == "青石县总工会2026年工作总结"
    assert (found[0].page, found[0].line, found[0].wraps) == (1, 1, True)
    assert any("已建会单位403个" in p.text for p in found)
    assert {p.page for p in found} == {1}


def test_a_scanned_report_is_said_to_be_one(tmp_path):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "r.pdf")
    with pytest.raises(InputError, match="pictures of pages"):
        read(tmp_path / "r.pdf")


def test_a_report_with_a_password_is_refused(tmp_path):
    writer = pypdf.PdfWriter(clone_from=REPORT)
    writer.encrypt("secret")
    writer.write(tmp_path / "r.pdf")
    with pytest.raises(InputError, match="password"):
        read(tmp_path / "r.pdf")


@pytest.mark.parametrize("cut", [0.2, 0.5])
def test_a_torn_report_is_damaged_or_has_no_text_and_never_crashes(tmp_path, cut):
    data = REPORT.read_bytes()
    (tmp_path / "r.pdf").write_bytes(data[: int(len(data) * cut)])
    with pytest.raises(InputError, match=r"damaged|pictures"):
        read(tmp_path / "r.pdf")


def test_what_is_no_pdf_is_told_by_its_first_bytes(tmp_path):
    for data, what in ((b"", "empty"), (b"PK\x03\x04", "no PDF")):
        (tmp_path / "r.pdf").write_bytes(data)
        with pytest.raises(InputError, match=what):
            read(tmp_path / "r.pdf")


def test_a_report_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(pdf, "SECONDS", 0.001)
    with pytest.raises(InputError, match="could not be read within"):
        read(REPORT)


def test_a_report_beyond_the_limits_is_refused(tmp_path, monkeypatch):
    writer = pypdf.PdfWriter()
    for _ in range(301):
        writer.add_blank_page(10, 10)
    writer.write(tmp_path / "r.pdf")
    with pytest.raises(InputError, match="more than 300 pages"):
        read(tmp_path / "r.pdf")
    monkeypatch.setattr(pdf, "LARGEST", 10)
    with pytest.raises(InputError, match="larger than"):
        read(REPORT)


def test_without_the_library_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(InputError, match="needs the package pypdf"):
        read(REPORT)


@pytest.mark.parametrize(
    ("line", "number"), [("- 3 -", True), ("第 3 页 共 5 页", True), ("3", True), ("2026年", False), ("职工500人", False)]
)
def test_numbers_of_pages_are_no_text(line, number):
    assert pdf._page_number(line) is number


def test_page_numbers_are_left_out_and_the_count_of_lines_goes_on(tmp_path):
    found = pdf._narrative([["- 1 -", "县总工会工作总结报告", "", "职工500人"]], SourceFile(tmp_path, "r.pdf"))
    assert [(p.text, p.line) for p in found.passages] == [("县总工会工作总结报告", 2), ("职工500人", 4)]
