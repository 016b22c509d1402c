"""Which encoding a text file is in: by its mark, else strictly UTF-8, else strictly GB18030, and never a guess."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from scorekit.domain.intake import SourceFile
from scorekit.errors import InputError, T

_CHUNK = 2**20
_UTF8_WORD = re.compile(rb"(?<![\x80-\xff])(?:[\xe4-\xe9][\x80-\xbf]{2}){2,}(?![\x80-\xff])")
"""Two Chinese characters or more in UTF-8, and nothing else beyond ASCII around them."""
_SELDOM = frozenset(map(chr, (*range(0x370, 0x530), *range(0x2500, 0x2580), *range(0x3040, 0x3130))))
"""Letters of other scripts and lines of boxes, which GB2312 has as well."""
_ENOUGH = 16
"""Everyday characters that are no accident."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encodings_of(file: SourceFile, asked: str | None) -> Iterator[str]:
    """The encodings in which the whole file can be read, the likeliest first; one only where it is marked or asked for.

    Raises InputError where none can be, or where the file looks like UTF-16 without a mark.
    """
    with file.path.open("rb") as source:
        start = source.read(4096)
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    only = marked or (_checked(asked, file) if asked else None)
    if only is None and b"\0" in start:
        raise undecided(file, "utf-16-le")
    found = False
    for name in [only] if only else ["utf-8", "gb18030"]:
        if decodes(file.path, name):
            found = True
            yield name
    if not found:
        if any(_decodes(file.path, name, whole=False) for name in ([only] if only else ["utf-8", "gb18030"])):
            raise InputError(T("the file ends in the middle of a character"), file.name, T("it was cut short; have it sent again"))
        raise undecided(file, "gb18030" if asked and codecs.lookup(asked).name == "utf-8" else "big5")


def assured(file: SourceFile, encoding: str, asked: str | None, told: bool) -> None:
    """Raise InputError where a file that is valid in one of its encodings may well be in another, which nobody *asked* for.

    *told*: read so, it holds Chinese words that are known to belong into it.
    """
    if asked is not None:
        return
    narrow = encoding == "utf-8" and not told and only_narrow(file.path) and decodes(file.path, "gb18030")
    if narrow or (encoding == "gb18030" and hardly_gb18030(file.path, told)):
        raise undecided(file, "gb18030")


def decodes(path: Path, encoding: str) -> bool:
    """Whether the whole file is valid in an encoding."""
    return _decodes(path, encoding, whole=True)


def _decodes(path: Path, encoding: str, *, whole: bool) -> bool:
    """Whether the file is valid in an encoding, its last character perhaps cut off where not *whole*."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as source:
            while data := source.read(_CHUNK):
                decoder.decode(data)
        decoder.decode(b"", final=whole)
    except (UnicodeError, ValueError):
        return False
    return True


def only_narrow(path: Path) -> bool:
    """Whether a UTF-8 file has characters beyond ASCII and all are below U+0800, as those of GBK text read by mistake are."""
    greatest = "\0"
    with path.open(encoding="utf-8") as source:
        while (text := source.read(_CHUNK)) and greatest < "\u0800":
            greatest = max(greatest, "" if text.isascii() else max(text))
    return "\x7f" < greatest < "\u0800"


def hardly_gb18030(path: Path, told: bool) -> bool:
    """Whether a file that is valid GB18030 and no UTF-8 may well be something else.

    It may where cells of it are words in UTF-8 (two files put together, or one cut short); and, where no known word in Chinese
    tells the encoding, unless it holds enough characters and all of them are the everyday ones: those of Big5 and Shift-JIS are
    valid GB18030, too, but not all of them everyday characters.
    """
    seen = 0
    with path.open("rb") as source:
        while lines := source.readlines(_CHUNK):
            data = b"".join(lines)
            if _UTF8_WORD.search(data):
                return True
            if not told:
                text = "".join(c for c in data.decode("gb18030") if c > "\x7f")
                seen += len(text)
                if any(c in _SELDOM for c in set(text)) or not _everyday(text):
                    return True
    return not told and seen < _ENOUGH


def _everyday(text: str) -> bool:
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def undecided(file: SourceFile, example: str) -> InputError:
    """The error that asks for ``--encoding``."""
    return InputError(
        T("the encoding of the file cannot be told"),
        file.name,
        T("save it as UTF-8, or name its encoding, for example: --encoding {example}", example=example),
    )


def _checked(asked: str, file: SourceFile) -> str:
    try:
        codecs.lookup(asked)
        "".encode(asked)
    except (LookupError, UnicodeError):
        raise InputError(
            T("there is no encoding “{name}”", name=asked), file.name, T("name one such as utf-8, gb18030 or utf-16-le")
        ) from None
    return asked
