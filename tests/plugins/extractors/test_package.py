"""What a document's package may not be: each refused in one sentence before anything opens it."""

from __future__ import annotations

import time
import zipfile

import pytest
from scorekit_plugins.extractors import package
from scorekit_plugins.extractors.package import Refused, looked_over

TYPES = ("[Content_Types].xml", "<Types/>")


def zipped(path, *parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts:
            made.writestr(name, data)
    return path


def refusal(path):
    """The sentence with which a document is refused; nothing where it may be opened."""
    try:
        looked_over(path)
    except Refused as fault:
        return str(fault.what)
    return ""


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "the file is empty"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old document"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"{\\rtf1 x}", "rich text"),
        (b"<html></html>", "damaged"),
        (b"PK\x03\x04" + b"x" * 100, "damaged"),
    ],
)
def test_a_file_that_is_no_document_is_told_by_its_first_bytes(tmp_path, data, what):
    path = tmp_path / "r.docx"
    path.write_bytes(data)
    assert what in refusal(path)


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ([TYPES, ("word/vbaProject.bin", "x")], "macros"),
        ([TYPES, ("xl/workbook.xml", "<w/>")], "workbook under another name"),
        ([("word/document.xml", "<w/>")], "damaged"),
        ([TYPES, ("../x.xml", "<w/>")], "forbidden names"),
        ([TYPES, ("word/document.xml", "<!DOCTYPE w><w/>")], "document type"),
        ([TYPES, ("word/document.xml", "<!DOCTYPE w><w/>".encode("utf-16"))], "document type"),
        ([TYPES, ("word/media/a.bin", b"\0" * 3 * 2**20)], "times its size"),
        ([TYPES, ("word/document.xml", b" " * 25 * 2**20)], "unpacks to more than"),
        ([TYPES, ("word/document.xml", b"<a>" * 700_000)], "unpacks to more than"),
        ([TYPES, *((f"word/{i}.bin", b"") for i in range(2001))], "unpacks to more than"),
    ],
)
def test_packages_that_could_do_harm_are_refused_at_once(tmp_path, parts, what):
    path = zipped(tmp_path / "r.docx", *parts)
    start = time.monotonic()
    assert what in refusal(path)
    assert time.monotonic() - start < 10


def test_two_parts_of_one_name_are_refused(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate"):
        path = zipped(tmp_path / "r.docx", TYPES, ("word/document.xml", "<a/>"), ("word/document.xml", "<b/>"))
    assert "two of one name" in refusal(path)


def test_a_file_beyond_the_limit_is_not_even_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(package, "LARGEST", 3)
    path = tmp_path / "r.docx"
    path.write_bytes(b"PK\x03\x04")
    assert "unpacks to more than" in refusal(path)


def test_a_torn_package_is_damaged(tmp_path):
    path = zipped(tmp_path / "r.docx", TYPES, ("word/document.xml", "<a/>" * 1000))
    path.write_bytes(path.read_bytes()[:-40])
    assert "damaged" in refusal(path)


def test_an_ordinary_package_is_let_through(tmp_path):
    assert refusal(zipped(tmp_path / "r.docx", TYPES, ("word/document.xml", "<a/>"))) == ""
