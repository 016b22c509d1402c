"""Encodings by mark, then strictly: what cannot be told is asked, and never guessed."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.encodings import assured, decodes, encodings_of, only_narrow, undecided
from scorekit.errors import InputError
from scorekit.plugin import SourceFile
from tests.building import said

TEXT = "单位名称,职工人数\n红星机械厂工会,12\n"
MARKED = [
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"), (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"), (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
]  # fmt: skip


def file(folder: Path, data: bytes) -> SourceFile:
    path = folder / "a.csv"
    path.write_bytes(data)
    return SourceFile(path, "a.csv")


@pytest.mark.parametrize(("mark", "encoding", "name"), MARKED, ids=[m[1] for m in MARKED])
def test_a_marked_file_is_in_the_encoding_of_its_mark_whatever_is_asked(tmp_path: Path, mark: bytes, encoding: str, name: str) -> None:
    source = file(tmp_path, mark + TEXT.encode(encoding))
    assert list(encodings_of(source, "gb18030")) == list(encodings_of(source, None)) == [name]
    assert source.path.read_bytes().decode(name) == TEXT


def test_without_a_mark_utf_8_comes_first_and_gb18030_only_where_it_can_be() -> None:
    assert TEXT.encode("utf-8") != TEXT.encode("gb18030")


@pytest.mark.parametrize(("encoding", "wanted"), [("utf-8", "utf-8"), ("gb18030", "gb18030")])
def test_the_likeliest_is_the_one_it_was_written_in(tmp_path: Path, encoding: str, wanted: str) -> None:
    assert next(encodings_of(file(tmp_path, TEXT.encode(encoding)), None)) == wanted


def test_an_encoding_asked_for_is_taken_alone_or_refused(tmp_path: Path) -> None:
    source = file(tmp_path, TEXT.encode("utf-16-le"))
    assert list(encodings_of(source, "utf-16-le")) == ["utf-16-le"]
    with pytest.raises(InputError) as caught:
        list(encodings_of(source, "klingon"))
    assert "klingon" in said(caught.value.what)
    with pytest.raises(InputError) as caught:
        list(encodings_of(file(tmp_path, b"\xff\xff\x80"), "utf-8"))
    assert said(caught.value.what) == "the encoding of the file cannot be told"


def test_a_file_with_noughts_and_no_mark_is_asked_about(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        list(encodings_of(file(tmp_path, TEXT.encode("utf-16-le")), None))
    assert "--encoding utf-16-le" in said(caught.value.cure)


def test_what_is_in_neither_is_asked_about(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        list(encodings_of(file(tmp_path, b"\x81\x20\xff\xff"), None))
    assert "--encoding big5" in said(caught.value.cure)
    assert caught.value.where == undecided(SourceFile(tmp_path, "a.csv"), "x").where == "a.csv"


@given(st.text(st.characters(exclude_categories=["Cs"], min_codepoint=1), max_size=40), st.sampled_from(["utf-8", "gb18030", "utf-16-le"]))
def test_whatever_was_written_decodes_in_its_own_encoding(text: str, encoding: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t"
        path.write_bytes(text.encode(encoding))
        assert decodes(path, encoding)
        if encoding == "utf-8":
            beyond = [c for c in text if c > "\x7f"]
            assert only_narrow(path) == (bool(beyond) and max(beyond) < "\u0800")


COMMON = "工会工作总结职工会员人数单位名称类别\n"


@pytest.mark.parametrize(
    ("data", "encoding", "told", "why"),
    [
        ("é".encode(), "utf-8", False, "a character of GBK, too"),
        ("工会".encode("gb18030"), "gb18030", False, "too little to tell"),
        (COMMON.encode("big5", "ignore") * 4, "gb18030", False, "characters that no everyday text has"),
        (COMMON.encode("gb18030") + "工会\n".encode(), "gb18030", True, "a word in UTF-8 among them"),
        (COMMON.encode("gb18030") + "Союз".encode("gb18030"), "gb18030", False, "letters of another script"),
    ],
)
def test_what_may_well_be_in_another_encoding_is_asked_about(tmp_path: Path, data: bytes, encoding: str, told: bool, why: str) -> None:
    source = file(tmp_path, data)
    assert decodes(source.path, encoding)
    with pytest.raises(InputError) as caught:
        assured(source, encoding, None, told)
    assert "--encoding gb18030" in said(caught.value.cure), why
    assert assured(source, encoding, encoding, told) is None  # whoever asks for it has it


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [("é", "utf-8", True), ("工会", "utf-8", False), ("工会", "gb18030", True), (COMMON, "gb18030", False), ("abc", "utf-8", False)],
)
def test_what_can_be_in_no_other_encoding_is_taken(tmp_path: Path, text: str, encoding: str, told: bool) -> None:
    assert assured(file(tmp_path, text.encode(encoding)), encoding, None, told) is None


def test_who_asked_for_utf_8_in_vain_is_told_of_gb18030(tmp_path: Path) -> None:
    for asked, example in (("UTF8", "gb18030"), ("utf-8", "gb18030"), ("gb18030", "big5"), ("ascii", "big5")):
        with pytest.raises(InputError) as caught:
            list(encodings_of(file(tmp_path, b"\xff\xff\x80"), asked))
        assert f"--encoding {example}" in said(caught.value.cure)


def test_a_character_cut_at_the_end_does_not_decode(tmp_path: Path) -> None:
    path = tmp_path / "t"
    path.write_bytes("工".encode()[:2])
    assert not decodes(path, "utf-8")


def test_gbk_read_as_utf_8_by_mistake_shows_narrow_characters_only(tmp_path: Path) -> None:
    narrow, wide = tmp_path / "n", tmp_path / "w"
    narrow.write_bytes("é ü Ж".encode())
    wide.write_bytes("é 工会".encode())
    assert (only_narrow(narrow), only_narrow(wide)) == (True, False)
