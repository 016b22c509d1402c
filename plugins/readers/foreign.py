"""Files that look like submissions but are not read: one problem each, saying what it is and how to save it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorekit.plugin import Problem, RawTable, Reader, ReadRequest, SourceFile, T, Text, hookimpl

_SAVE = T("open it in Excel or WPS and save it as .xlsx")
_DRAFT = T("enter its figures in the form's workbook (.xlsx), or have them drafted from the report: scorekit extract")
_AS_DOCX = T("enter its figures in the form's workbook (.xlsx), or save it as .docx and have them drafted: scorekit extract")
_TABLE = T("save a table as .csv or .xlsx; from a report have a submission drafted: scorekit extract")
_KINDS: dict[str, tuple[Text, Text]] = {
    ".xls": (T("an old Excel workbook (.xls) is not read"), _SAVE),
    ".et": (T("a WPS workbook (.et) is not read"), _SAVE),
    ".ett": (T("a WPS template (.ett) is not read"), _SAVE),
    ".xlt": (T("an old Excel template (.xlt) is not read"), _SAVE),
    ".xltx": (T("an Excel template (.xltx) is not read"), _SAVE),
    ".xlsm": (T("a workbook with macros (.xlsm) is not read"), T("save it as an ordinary workbook (.xlsx) without macros")),
    ".xlsb": (T("a binary workbook (.xlsb) is not read"), _SAVE),
    ".ods": (T("an OpenDocument workbook (.ods) is not read"), T("open it and save it as .xlsx")),
    ".numbers": (T("a Numbers workbook is not read"), T("export it as .xlsx")),
    ".html": (T("a web page is not read"), _SAVE),
    ".htm": (T("a web page is not read"), _SAVE),
    ".doc": (T("a text document is not read as a submission"), _AS_DOCX),
    ".docx": (T("a text document is not read as a submission"), _DRAFT),
    ".wps": (T("a text document is not read as a submission"), _AS_DOCX),
    ".txt": (T("a plain text is not read as a submission"), _TABLE),
    ".zip": (T("an archive is not unpacked"), T("unpack it into the folder")),
    ".rar": (T("an archive is not unpacked"), T("unpack it into the folder")),
    ".7z": (T("an archive is not unpacked"), T("unpack it into the folder")),
}


def read(files: Sequence[SourceFile], request: ReadRequest) -> Iterator[RawTable]:
    """No rows, one problem a file."""
    problems = []
    for file in sorted(files, key=lambda f: f.name):
        what, cure = _KINDS[file.path.suffix.lower()]
        problems.append(Problem("error", what, cure, file=file.name))
    yield RawTable({}, (), (), (), problems=tuple(problems))


@hookimpl
def scorekit_readers() -> list[Reader]:
    """The reader that names files of other programs."""
    return [Reader("foreign", tuple(sorted(_KINDS)), read, "Names files of other programs and how to save them")]
