"""Reports as plain text: line by line, in the encoding that the file is marked with or that it proves to be in."""

from __future__ import annotations

from scorekit.plugin import Extractor, InputError, Narrative, Passage, SourceFile, T, assured, encodings_of, hookimpl, undecided

LARGEST = 8 * 2**20
_KNOWN = ("工会", "职工", "员工", "工作", "会员")
"""Of these at least one stands in any report; text misread as GB18030 holds none."""
_COMMON = 0.9
"""The share of the commonest 3755 characters among all that a report in GB18030 has at least."""


def read(file: SourceFile, encoding: str | None) -> Narrative:
    """The lines that hold text. Raises InputError where the file is too large, empty, binary, or its encoding cannot be told."""
    if file.path.stat().st_size > LARGEST:
        what = T("the report is larger than {limit} MB", limit=LARGEST // 2**20)
        raise InputError(what, file.name, T("keep the text and leave out the rest"))
    text, used = _decoded(file, encoding)
    lines = [(number, line.strip("\r\x0c ")) for number, line in enumerate(text.split("\n"), 1)]
    filled = [(number, line) for number, line in lines if line.strip()]
    if not filled:
        raise InputError(T("the report holds no text"), file.name, T("have it sent again"))
    passages = tuple(Passage(line, paragraph=i, line=number, wraps=True) for i, (number, line) in enumerate(filled, 1))
    return Narrative(passages, (T("the text was read as {encoding}", encoding=used),) if used == "gb18030" and not encoding else ())


def _decoded(file: SourceFile, asked: str | None) -> tuple[str, str]:
    """The text and the encoding that it is in. Raises InputError where it cannot be told, or as asked it is no text."""
    for name in encodings_of(file, asked):
        text = file.path.read_bytes().decode(name)
        if "\0" in text or (name == "gb18030" and asked is None and not _sensible(text)):
            break
        assured(file, name, asked, told=_known(text))
        return text, name
    raise undecided(file, "big5")


def _known(text: str) -> bool:
    return any(word in text for word in _KNOWN)


def _sensible(text: str) -> bool:
    """Whether text read as GB18030 is Chinese indeed: other encodings decode, too, into rare characters."""
    written = [c for c in text if "\u3400" <= c <= "\u9fff" or c >= "\U00020000"]
    common = sum(1 for c in written if 0xB0 <= (code := c.encode("gb18030"))[0] <= 0xD7 and len(code) == 2 and code[1] >= 0xA1)
    return _known(text) and common >= _COMMON * len(written)


@hookimpl
def scorekit_extractors() -> list[Extractor]:
    """The reader of plain texts."""
    return [Extractor("txt", (".txt",), read, "The lines of a plain text, in six encodings")]
