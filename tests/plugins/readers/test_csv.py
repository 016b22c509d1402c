"""CSV as offices send it: six encodings and none silently wrong, titles, totals, blank lines, guarded texts."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scorekit_plugins.readers import csv_files

from scorekit.domain.intake import Unreadable
from scorekit.errors import InputError
from tests.intake import problems_of, read_with

HEADERS = ("单位名称", "人数", "日期", "unit", "members")
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8 with mark": "utf-8-sig",
    "utf-16 little-endian": "utf-16",
    "utf-16 big-endian": "utf-16-be",
    "gbk": "gbk",
    "gb18030": "gb18030",
}
NAMES = st.text(st.sampled_from("甲乙丙工会机械厂一二三路茅·ABCabc 09()"), min_size=1, max_size=8).filter(lambda t: t.strip() == t)


def as_csv(rows, delimiter=","):
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue()


def encoded(text, encoding):
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    return mark + text.encode(encoding)


def read_text(tmp_path, text, encoding="utf-8", headers=HEADERS, asked=None):
    (tmp_path / "a.csv").write_bytes(encoded(text, encoding))
    return read_with(csv_files, tmp_path / "a.csv", headers=headers, encoding=asked)


@settings(max_examples=60, deadline=None)
@given(names=st.lists(NAMES, min_size=1, max_size=6), encoding=st.sampled_from(sorted(ENCODINGS)))
def test_a_generated_file_in_any_of_six_encodings_is_read_as_it_was_written(tmp_path_factory, names, encoding):
    text = as_csv([["单位名称", "人数"], *([n, str(i)] for i, n in enumerate(names))])
    [found] = read_text(tmp_path_factory.mktemp("csv"), text, ENCODINGS[encoding])
    units = [n for n in names if n.strip()]
    assert list(found.columns["单位名称"]) == units
    assert list(found.columns["人数"]) == [str(i) for i in range(len(units))]


@settings(max_examples=60, deadline=None)
@given(names=st.lists(NAMES, min_size=1, max_size=4), encoding=st.sampled_from(["utf-8", "gbk"]))
def test_under_an_ascii_header_a_file_is_read_right_or_the_encoding_is_asked_for(tmp_path_factory, names, encoding):
    text = as_csv([["unit", "members"], *([n, "1"] for n in names)])
    try:
        [found] = read_text(tmp_path_factory.mktemp("csv"), text, encoding)
    except InputError as error:
        asked = error
    else:
        asked = None
        assert list(found.columns["unit"]) == names
    assert asked is None or "--encoding" in asked.cure.template


def test_gbk_that_happens_to_be_valid_utf_8_is_known_by_its_header(tmp_path):
    text = as_csv([["单位名称", "人数"], ["路茅", "1"]])
    assert "路茅".encode("gbk").decode("utf-8")
    [found] = read_text(tmp_path, text, "gbk")
    assert found.columns["单位名称"] == ("路茅",)


@pytest.mark.parametrize(
    ("data", "asked"),
    [
        ("单位名称,人数\n甲,1\n".encode("utf-16-le"), None),
        ("unit,members\n路茅,1\n".encode("gbk"), None),
        ("單位,人數\n甲,1\n".encode("big5"), None),
        (b"unit,members\n\xff\xff\xff,1\n", None),
        ("单位名称,人数\n甲,1\n".encode(), "ascii"),
        (b"unit,members\n", "no-such-encoding"),
        (b"unit,members\n", "base64"),
    ],
)
def test_where_the_encoding_cannot_be_told_it_is_asked_for(tmp_path, data, asked):
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_with(csv_files, tmp_path / "a.csv", headers=HEADERS, encoding=asked)
    assert caught.value.where == "a.csv"


def test_the_encoding_asked_for_is_used(tmp_path):
    [found] = read_text(tmp_path, "单位名称\n甲\n", "utf-16-le", asked="utf-16-le")
    assert found.columns == {"单位名称": ("甲",)}


def test_rows_and_letters_are_those_of_a_spreadsheet(tmp_path):
    text = '2026年自评表,,\r\n\r\n单位名称,人数,日期\r\n"甲\r\n工会",1,2026-01-01\r\n\r\n乙,2,\r\n,,\r\n合计,3,\r\n填表人：某某,,\r\n\r\n'
    [found] = read_text(tmp_path, text)
    assert (found.row, found.letters) == ([4, 6], {"单位名称": "A", "人数": "B", "日期": "C"})
    assert list(found.columns["单位名称"]) == ["甲\r\n工会", "乙"]
    assert problems_of([found]) == [
        "repair : the rows above the header are taken as a title: 1–2",
        "repair A8: the row “合计” is a total and no unit; it is left out",
        "repair A9: the row “填表人：某某” is a note and no unit; it is left out",
        "repair : blank rows are left out: 5",
    ]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_delimiter_is_found_by_the_header(tmp_path, delimiter):
    [found] = read_text(tmp_path, as_csv([["单位名称", "人数"], ["甲,;乙", "1"]], delimiter))
    assert found.columns == {"单位名称": ("甲,;乙",), "人数": ("1",)}


def test_texts_that_mean_nothing_to_a_form_stay_as_they_are(tmp_path):
    [found] = read_text(tmp_path, "单位名称,人数\nNA,007\nNone,null\n")
    assert found.columns == {"单位名称": ("NA", "None"), "人数": ("007", "null")}


def test_the_apostrophe_is_taken_off_only_where_it_guards(tmp_path):
    [found] = read_text(tmp_path, "单位名称,人数\n'=1+1,'-3\n'甲,\"'\t7\"\n'@x,'5\n")
    assert list(found.columns["单位名称"]) == ["=1+1", "'甲", "@x"]
    assert list(found.columns["人数"]) == ["-3", "\t7", "'5"]


def test_a_comma_inside_a_value_makes_its_row_unreadable(tmp_path):
    [found] = read_text(tmp_path, "单位名称,人数\n甲,1,234\n乙,2,\n丙\n")
    first = found.columns["单位名称"][0]
    assert isinstance(first, Unreadable)
    assert found.columns["人数"][0] is first
    assert first.shown == "甲,1,234"
    assert [found.columns[h][1:] for h in found.columns] == [("乙", "丙"), ("2", "")]


def test_a_lost_quotation_mark_is_a_problem_with_its_row(tmp_path):
    [found] = read_text(tmp_path, '单位名称,人数\n甲,1\n"乙,2\n丙,3\n')
    assert list(found.columns["单位名称"]) == ["甲"]
    assert problems_of([found]) == ["error A3: the file is no valid CSV"]


def test_without_a_known_header_the_file_is_a_problem(tmp_path):
    assert problems_of(read_text(tmp_path, "甲,乙\n1,2\n")) == ["error : no header row with a known column name was found"]
    assert problems_of(read_text(tmp_path, "")) == ["error : no header row with a known column name was found"]


def test_without_known_words_the_first_filled_row_of_texts_is_the_header(tmp_path):
    [found] = read_text(tmp_path, "自评表,,\n名称,数量,备注\n甲,1,\n", headers=())
    assert list(found.columns) == ["名称", "数量", "备注"]


def test_a_known_column_given_twice_is_given_to_nobody(tmp_path):
    [found] = read_text(tmp_path, "单位名称,人数,杂项,人 数,杂项\n甲,1,a,2,b\n")
    assert list(found.columns) == ["单位名称", "人数", "杂项"]
    assert isinstance(found.columns["人数"][0], Unreadable)
    assert found.columns["杂项"] == ("a",)


def test_values_under_no_header_are_reported(tmp_path):
    [found] = read_text(tmp_path, "单位名称,,人数\n甲,x,1\n")
    assert problems_of([found]) == ["warning : these columns have values but no header, and are not read: B"]


def test_two_row_heads_give_section_and_title(tmp_path):
    text = "自评表,,,,\n单位名称,组织,,服务,\n,人数,满意度,满意度,其他\n甲厂,1,2,3,4\n"
    [found] = read_text(tmp_path, text, headers=("单位名称", "人数", "满意度", "组织/满意度", "服务/满意度"))
    assert list(found.columns) == ["单位名称", "人数", "组织/满意度", "服务/满意度", "服务/其他"]
    assert found.row == [4]


def test_long_files_come_in_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_files, "ROWS", 2)
    tables = read_text(tmp_path, "单位名称,人数\n" + "".join(f"{n},1\n" for n in "甲乙丙"))
    assert [t.row for t in tables] == [[2, 3], [4]]


def test_the_header_repeated_within_the_table_is_left_out(tmp_path):
    [found] = read_text(tmp_path, "单位名称,人数\n甲,1\n单位名称,人数\n乙,2\n单位名称,3\n")
    assert list(found.columns["单位名称"]) == ["甲", "乙", "单位名称"]
    assert problems_of([found]) == ["repair A3: the header stands here once more; the row is left out"]


def test_a_total_may_stand_in_the_column_of_serial_numbers(tmp_path):
    [found] = read_text(tmp_path, "序号,单位名称,人数\n1,甲,1\n2,乙,1\n合计,,2\n", headers=HEADERS)
    assert list(found.columns["单位名称"]) == ["甲", "乙"]
    assert problems_of([found]) == ["repair A4: the row “合计” is a total and no unit; it is left out"]


def test_rows_with_nothing_but_a_number_of_order_are_blank(tmp_path):
    [found] = read_text(tmp_path, "序号,单位名称,人数\n1,甲,1\n2,,\n3,合计:,\n4,乙,1\n", headers=HEADERS)
    assert list(found.columns["单位名称"]) == ["甲", "乙"]
    assert problems_of([found]) == [
        "repair B4: the row “合计:” is a total and no unit; it is left out",
        "repair : blank rows are left out: 3",
    ]


def test_many_blank_rows_are_listed_up_to_a_limit(tmp_path):
    [found] = read_text(tmp_path, "单位名称,人数\n" + "甲,1\n,\n" * 30 + "乙,1\n")
    [line] = problems_of([found])
    assert line.endswith("41, …")


def test_the_reader_names_its_endings():
    assert [r.suffixes for r in csv_files.scorekit_readers()] == [(".csv", ".tsv")]


@pytest.mark.parametrize(
    "above", ["评委：,裁判1,,填报日期：,2026/7/3\n", "评委：裁判1,填报日期：2026年7月3日\n", '"评委:裁判1"\n填报日期：,2026-07-03\n']
)
def test_labels_above_the_header_are_told_as_in_a_workbook(tmp_path, above):
    [found] = read_text(tmp_path, f"评委打分表\n{above}单位名称,人数\n甲厂,9\n")
    assert {name: text for name, (text, _) in found.beside.items()} == {"rater": "裁判1", "sent": "2026-07-03"}
    assert found.head == 2 + above.count("\n")
    assert list(found.columns["单位名称"]) == ["甲厂"]


def test_every_block_of_a_long_file_has_what_stands_above_it_and_a_wrong_date_is_told_once(tmp_path):
    rows = "".join(f"第{n}厂,{n}\n" for n in range(20_000))
    found = read_text(tmp_path, f"评委：裁判1\n填报日期：,明天\n单位名称,人数\n{rows}", "utf-16")
    assert len(found) > 1
    assert all(t.beside == {"rater": ("裁判1", "A1")} for t in found)
    assert [p for p in problems_of(found) if "no date" in p] == ["warning B2: the date of filling in “明天” is no date"]
