"""No file is read wrongly without a word, in whatever encoding it comes; ``python -m tests.encodings`` tries many more."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorekit.errors import InputError
from tests.encodings import CATALOGUE, PLAN, RIGHT, counted
from tests.layouts import read


def test_of_generated_files_none_is_silently_wrong() -> None:
    found = counted(150, 7)
    assert sum(kinds["silently wrong"] for kinds in found.values()) == 0
    assert all(found[kind].keys() <= {"right", "asked"} and found[kind]["right"] > 0 for kind in RIGHT)


@pytest.mark.long
def test_of_many_generated_files_none_is_silently_wrong() -> None:
    assert sum(kinds["silently wrong"] for kinds in counted(4000, 11).values()) == 0


HEAD = b"unit,category\n"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (HEAD + "红星厂,企业\n".encode() + "东风厂工会,企业\n".encode("gb18030"), "two files put together"),
        (HEAD + "東風公司工會,企業\n".encode("big5"), "Big5 is valid GB18030"),
        (HEAD + "㛃厂工会,企业\n".encode("gb18030") * 9, "characters that no everyday text has"),
        (HEAD + "厂工会,企业\n".encode("gb18030"), "too little to tell"),
        (HEAD + "Петров,企业\n".encode("gb18030"), "letters of another script"),
        ("单位名称,类别\n".encode("gb18030") + "红星厂工会,企业\n".encode(), "a header in the one, rows in the other"),
        (HEAD + "é".encode() + b",x\n", "one character, valid in both"),
    ],
)
def test_what_may_be_in_two_encodings_stops_and_asks(tmp_path: Path, data: bytes, why: str) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises(InputError) as caught:
        read(tmp_path / "a.csv", PLAN, CATALOGUE)
    assert "--encoding" in caught.value.cure.template, why


def test_a_file_cut_within_a_character_is_said_to_be_cut(tmp_path: Path) -> None:
    for encoding in ("utf-8", "gb18030", "utf-16"):
        (tmp_path / "a.csv").write_bytes("单位名称,类别\n红星厂工会,企业".encode(encoding)[:-1])
        with pytest.raises(InputError) as caught:
            read(tmp_path / "a.csv", PLAN, CATALOGUE)
        assert caught.value.what.template == "the file ends in the middle of a character"
