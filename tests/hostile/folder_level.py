"""What stands in a folder and is no file, or a file by an odd name."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.hostile.cases import Case
from tests.hostile.making import book

TEXT = "单位名称,类别\n新华印刷厂工会,企业\n"


def _made(name: str, make: Callable[[Path], None], file: str = "", **more: bool) -> Case:
    return Case(f"folder-{name}", lambda: make, file=file, **more)


def cases() -> Iterator[Case]:
    """All of them."""
    yield _made("directory-named-as-a-workbook", lambda p: p.mkdir())
    yield _made("pipe", os.mkfifo)
    yield _made("socket", _socket)
    yield _made("link-to-itself", lambda p: p.symlink_to(p.name))
    yield _made("link-to-nowhere", lambda p: p.symlink_to("nowhere.xlsx"))
    yield _made("link-out-of-the-folder", lambda p: p.symlink_to("/etc/passwd"), stops=True)
    yield _made("link-to-the-folder-above", lambda p: p.symlink_to(".."), file="loop")
    yield _made("link-to-endless-zeros", lambda p: p.symlink_to("/dev/zero"))
    yield _made("nested-200-deep", _nested, file="d")
    for word, name in {
        "line-end": "新\n华.xlsx",
        "escape": "新\x1b[31m华.xlsx",
        "right-to-left": "新\u202excslx.exe.xlsx",
        "formula": "=cmd|' !A0.xlsx",
        "option": "--out=evil.xlsx",
        "spaces": "  .xlsx",
        "many-dots": "新华.csv.exe.xlsx",
        "upper-case": "新华.XLSX",
        "reserved": "CON.xlsx",
        "reserved-com": "com1.xlsx",
        "quotes": "'\"`$(id)`.xlsx",
        "percent": "%s%n{0}.xlsx",
        "markup": "<script>alert(1)<.xlsx",
        "colon": "a:b.xlsx",
        "backslash": "..\\..\\evil.xlsx",
        "zero-width": "新\u200b华.xlsx",
        "long": "新" * 80 + ".xlsx",
        "tilde": "~$新华.xlsx",
    }.items():
        yield Case(f"folder-name-{word}", book, file=name)
    yield Case("folder-name-not-utf-8", book, file=os.fsdecode(b"\xff\xfe\xb9\xa4.xlsx"))
    yield Case("folder-name-without-ending", book, file="新华")
    yield Case("folder-name-ending-only", book, file=".xlsx")
    yield Case("folder-name-twice-in-other-case", lambda: _two, file="新华.xlsx")


def _socket(path: Path) -> None:
    """A socket; its path must be short, so it is made from inside the folder."""
    before = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(before)


def _nested(path: Path) -> None:
    for _ in range(200):
        path.mkdir()
        path = path / "d"
    path.with_suffix(".csv").write_text(TEXT, encoding="utf-8")


def _two(path: Path) -> None:
    path.write_bytes(book())
    path.with_name("新华.XLSX").write_bytes(book())
