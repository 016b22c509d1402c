"""Plain texts: six encodings, none guessed silently, lines with their numbers."""

from __future__ import annotations

import codecs

import pytest
from scorekit_plugins.extractors import txt

from scorekit.errors import InputError
from scorekit.plugin import SourceFile

TEXT = "县总工会2026年工作总结\n\n全县职工500人，会员480人。\n"
ENCODINGS = {
    "utf-8": TEXT.encode(),
    "utf-8 with mark": codecs.BOM_UTF8 + TEXT.encode(),
    "utf-16 little": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
    "utf-16 big": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    "gbk": TEXT.encode("gbk"),
    "gb18030": TEXT.encode("gb18030"),
}


def read(path, data, encoding=None):
    path.write_bytes(data)
    return txt.read(SourceFile(path, path.name), encoding)


@pytest.mark.parametrize("data", ENCODINGS.values(), ids=ENCODINGS)
def test_a_text_in_any_of_the_six_encodings_reads_the_same(tmp_path, data):
    found = read(tmp_path / "r.txt", data)
    assert [(p.text, p.paragraph, p.line, p.wraps) for p in found.passages] == [
        ("县总工会2026年工作总结", 1, 1, True),
        ("全县职工500人，会员480人。", 2, 3, True),
    ]


def test_that_a_text_was_taken_for_gb18030_is_said(tmp_path):
    assert [r.params for r in read(tmp_path / "r.txt", TEXT.encode("gbk")).remarks] == [{"encoding": "gb18030"}]
    assert read(tmp_path / "r.txt", TEXT.encode()).remarks == ()
    assert read(tmp_path / "r.txt", TEXT.encode("gbk"), "gbk").remarks == ()


@pytest.mark.parametrize(
    "data",
    [
        "縣總工會二零二六年工作總結，職工五百人".encode("big5"),
        "工会の活動報告。組合員は五百人です".encode("shift_jis"),
        "노동조합 활동 보고서".encode("euc-kr"),
        "工会工作".encode("utf-16-le"),
        "工会工作".encode("utf-32-le"),
        "工会工作\0".encode(),
        ("工会工作" * 3000 + "\0").encode(),
        bytes(range(1, 256)),
        "职工五百人\n".encode("gbk") * 9 + "工会工作\n".encode(),
        "茅".encode("gbk") + b" 2026\n",
    ],
    ids=[
        "big5",
        "shift-jis",
        "euc-kr",
        "utf-16 without mark",
        "utf-32 without mark",
        "zero byte",
        "zero byte far behind",
        "binary",
        "two encodings",
        "one character in both",
    ],
)
def test_what_is_in_no_known_encoding_is_refused_and_never_guessed(tmp_path, data):
    with pytest.raises(InputError, match="encoding of the file cannot be told"):
        read(tmp_path / "r.txt", data)


@pytest.mark.parametrize(
    "data", ["工会工作".encode("gb18030")[:-1], "工会工作".encode()[:-1], b"\xff\xfe\xfd" * 5], ids=["gbk", "utf-8", "utf-16"]
)
def test_a_text_cut_within_a_character_is_said_to_be_cut(tmp_path, data):
    with pytest.raises(InputError, match="ends in the middle of a character"):
        read(tmp_path / "r.txt", data)


def test_a_marked_text_is_in_the_encoding_of_its_mark_whatever_is_asked(tmp_path):
    for encoding in ("utf-32", "utf-16", "utf-8-sig"):
        assert read(tmp_path / "r.txt", TEXT.encode(encoding), "gbk").passages[0].text == "县总工会2026年工作总结"


def test_an_encoding_that_was_asked_for_is_used(tmp_path):
    assert read(tmp_path / "r.txt", "職工五百人".encode("big5"), "big5").passages[0].text == "職工五百人"


@pytest.mark.parametrize("asked", ["no-such", "rot13", "base64"])
def test_an_encoding_that_is_none_is_named(tmp_path, asked):
    with pytest.raises(InputError, match="there is no encoding"):
        read(tmp_path / "r.txt", b"abc", asked)


def test_an_encoding_that_does_not_fit_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be told"):
        read(tmp_path / "r.txt", "职工".encode("gbk"), "utf-8")


@pytest.mark.parametrize("data", [b"", b" \n\t\n", "\ufeff".encode()])
def test_a_report_without_text_is_refused(tmp_path, data):
    with pytest.raises(InputError, match="holds no text"):
        read(tmp_path / "r.txt", data)


def test_a_text_beyond_the_limit_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(txt, "LARGEST", 10)
    with pytest.raises(InputError, match="larger than"):
        read(tmp_path / "r.txt", TEXT.encode())


def test_lines_end_as_windows_and_unix_end_them(tmp_path):
    assert [p.text for p in read(tmp_path / "r.txt", b"one\r\ntwo\n").passages] == ["one", "two"]
