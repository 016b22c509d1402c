"""Which encoding a text file is in: by its mark, else strictly UTF-8, else strictly GB18030, and never a guess."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from scorekit.plugin import InputError, SourceFile, T

_CHUNK = 2**20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def candidates(file: SourceFile, asked: str | None) -> Iterator[str]:
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
        raise undecided(file, asked or "big5")


def decodes(path: Path, encoding: str) -> bool:
    """Whether the whole file is valid in an encoding."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as source:
            while data := source.read(_CHUNK):
                decoder.decode(data)
        decoder.decode(b"", final=True)
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
