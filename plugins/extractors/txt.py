"""Reports as plain text: line by line, in the encoding that the file is marked with or that it proves to be in."""

from __future__ import annotations

import codecs

from scorekit.plugin import Extractor, InputError, Narrative, Passage, SourceFile, T, hookimpl

LARGEST = 8 * 2**20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KNOWN = ("工会", "职工", "员工", "工作", "会员")
"""Of these at least one stands in any report; text misread as GB18030 holds none."""
_COMMON = 0.9
"""The share of the commonest 3755 characters among all that a report in GB18030 has at least."""


def read(file: SourceFile, encoding: str | None) -> Narrative:
    """The lines that hold text. Raises InputError where the file is too large, empty, binary, or its encoding cannot be told."""
    if file.path.stat().st_size > LARGEST:
        what = T("the report is larger than {limit} MB", limit=LARGEST // 2**20)
        raise InputError(what, file.name, T("keep the text and leave out the rest"))
    data = file.path.read_bytes()
    text, used = _decoded(data, encoding, file)
    lines = [(number, line.strip("\r\x0c ")) for number, line in enumerate(text.split("\n"), 1)]
    filled = [(number, line) for number, line in lines if line.strip()]
    if not filled:
        raise InputError(T("the report holds no text"), file.name, T("have it sent again"))
    passages = tuple(Passage(line, paragraph=i, line=number, wraps=True) for i, (number, line) in enumerate(filled, 1))
    return Narrative(passages, (T("the text was read as {encoding}", encoding=used),) if used == "gb18030" and not encoding else ())


def _decoded(data: bytes, asked: str | None, file: SourceFile) -> tuple[str, str]:
    """The text and the encoding that it is in: by its mark, as asked, else strictly UTF-8, else strictly GB18030 if it makes sense."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if marked == "" or (marked is None and asked is None and b"\0" in data):
        raise _undecided(file)
    for name in [marked] if marked else [_checked(asked, file)] if asked else ["utf-8", "gb18030"]:
        try:
            text = data.decode(name)
        except (UnicodeError, ValueError):
            continue
        if "\0" in text or (name == "gb18030" and not asked and not _sensible(text)):
            raise _undecided(file)
        return text, name
    raise _undecided(file)


def _sensible(text: str) -> bool:
    """Whether text read as GB18030 is Chinese indeed: other encodings decode, too, into rare characters."""
    written = [c for c in text if "\u3400" <= c <= "\u9fff" or c >= "\U00020000"]
    common = sum(1 for c in written if 0xB0 <= (code := c.encode("gb18030"))[0] <= 0xD7 and len(code) == 2 and code[1] >= 0xA1)
    return any(word in text for word in _KNOWN) and common >= _COMMON * len(written)


def _undecided(file: SourceFile) -> InputError:
    return InputError(
        T("the encoding of the file cannot be told"),
        file.name,
        T("save it as UTF-8, or name its encoding, for example: --encoding {example}", example="big5"),
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


@hookimpl
def scorekit_extractors() -> list[Extractor]:
    """The reader of plain texts."""
    return [Extractor("txt", (".txt",), read, "The lines of a plain text, in six encodings")]
