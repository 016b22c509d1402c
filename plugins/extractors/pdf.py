"""Reports as PDF: the lines of each page, read in a process of its own with a limit of time, memory and pages."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from typing import Any

from scorekit.plugin import Extractor, InputError, Narrative, Passage, SourceFile, T, Text, hookimpl

from . import pdf_pages

LARGEST = 50 * 2**20
SECONDS = 8
_FEWEST = 10  # characters a page; a scanned one has a page number at most
_AGAIN = T("have it sent again, or save it as .docx")


def read(file: SourceFile, encoding: str | None) -> Narrative:
    """The lines that hold text. Raises InputError for what is too large, protected, scanned, damaged, or takes too long."""
    with file.path.open("rb") as source:
        start = source.read(1024)
    if b"%PDF-" not in start:
        raise InputError(T("the file is empty") if not start else T("the file is no PDF, whatever its name says"), file.name, _AGAIN)
    if file.path.stat().st_size > LARGEST:
        raise InputError(T("the report is larger than {limit} MB", limit=LARGEST // 2**20), file.name, T("leave out the pictures"))
    if importlib.util.find_spec("pypdf") is None:
        raise InputError(
            T("reading {suffix} needs the package {package}", suffix=".pdf", package="pypdf"),
            file.name,
            T('install it with: pip install "scorekit[documents]"'),
        )
    found = _apart(file)
    if "pages" not in found:
        what, cure = _refusal(str(found.get("fault")))
        raise InputError(what, file.name, cure)
    return _narrative(found["pages"], file)


def _apart(file: SourceFile) -> dict[str, Any]:
    """What the other process says of the file."""
    program = [sys.executable, "-I", str(pdf_pages.__file__), str(file.path.resolve())]
    try:
        done = subprocess.run(program, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - our own program
        found = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return {"fault": "slow"}
    except ValueError:
        return {"fault": "damaged"}
    return found if isinstance(found, dict) else {"fault": "damaged"}


def _refusal(fault: str) -> tuple[Text, Text]:
    if fault == "password":
        return T("the PDF is protected by a password"), T("remove the password, or have the document itself sent")
    if fault == "pages":
        return T("the PDF has more than {limit} pages, or too much text", limit=pdf_pages.PAGES), T("keep the pages of the report itself")
    if fault == "slow":
        return T("the PDF could not be read within {limit} seconds", limit=SECONDS), T("save the report as .docx or .txt")
    return T("the PDF is damaged or cut short"), _AGAIN


def _narrative(pages: list[list[str]], file: SourceFile) -> Narrative:
    written = sum(len(line.strip()) for lines in pages for line in lines)
    if written < _FEWEST * len(pages) or not written:
        raise InputError(
            T("the PDF holds pictures of pages and no text (it was scanned)"),
            file.name,
            T("have the document itself sent (.docx), or enter the figures"),
        )
    passages: list[Passage] = []
    for page, lines in enumerate(pages, 1):
        filled = [(n, line) for n, line in enumerate(lines, 1) if line.strip()]
        passages += [Passage(line.strip(), page=page, line=n, wraps=True) for n, line in filled if not _page_number(line)]
    return Narrative(tuple(passages))


def _page_number(line: str) -> bool:
    """Whether a line holds nothing but the number of its page: - 3 -, 第 3 页 共 5 页."""
    bare = line.translate({ord(c): None for c in " -—–\t第页共/"})
    return bare.isdigit() and len(bare) <= 6


@hookimpl
def scorekit_extractors() -> list[Extractor]:
    """The reader of PDF files."""
    return [Extractor("pdf", (".pdf",), read, "The lines of a PDF that holds text")]
