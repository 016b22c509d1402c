"""A CSV file read block by block is the file read row by row: values, rows, problems, and all that validation makes of it."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scorekit_plugins.readers import csv_files, stretches

from scorekit.domain.spans import Spans
from scorekit.errors import InputError
from scorekit.loading.pooling import pooled
from scorekit.stages.validate import distinct, validate
from scorekit.stages.validate.match import header_words
from tests.intake import plan_of, read_with, said

PLAN = plan_of({
    "members": {"type": "integer", "title": "人数", "minimum": 0},
    "share": {"type": "number", "title": "比例", "x-unit": "percent", "maximum": 100},
    "open": {"type": "boolean", "title": "公开"},
    "founded": {"type": "string", "format": "date", "title": "日期", "x-unit": "date"},
    "grade": {"enum": ["国家级", "省级"], "title": "级别"},
    "plain": {"type": "number", "title": "无", "x-form": {"blank": ["—", "无"], "not_applicable": ["不适用"]}},
}, required=["members"])  # fmt: skip
HEADS = ("单位名称", "类别", "人数", "比例", "公开", "级别", "无")
NAMES = [
    "甲厂工会",
    "A001",
    "乙",
    "合计",
    " 总 计",
    "Total",
    "Tolstoy",
    "填表人：某",
    "单位:甲",
    "单位名称",
    "",
    "  ",
    "7",
    "'=甲",
    "ａ",
    "工会\n一",
    '"甲"',
]
CELLS = {
    "类别": ["企业", "机关", "企 业", "", "乡镇"],
    "人数": ["1", "20", "-3", "1,000", "１２", "12人", "", "1.0", "1.5", "007", "99999999999999999", "十", "'-5", "0.12345678901"],
    "比例": ["92.28%", "92.28", "0.5", "", "101", "1e2", ".5"],
    "公开": ["是", "否", "true", "√", "1", "", "maybe"],
    "级别": ["国家级", "省 级", "省级", "", "市级"],
    "无": ["—", "无", "3", "", "不适用", "2.50"],
}
ROWS = st.tuples(st.sampled_from(NAMES), *(st.sampled_from(CELLS[h]) for h in HEADS[1:]))
PLAIN = st.tuples(st.sampled_from(NAMES[:3]), *(st.sampled_from(CELLS[h][:2]) for h in HEADS[1:]))
STRAY = st.sampled_from(
    ["", ",,,,,,", "甲", "甲,企业,1,2,是,省级,3,,", "甲,企业,1,2,是,省级,3,x", 'a"b,企业,1', '"', "序号,单位名称", "\0"]
)


def line(row):
    return ",".join('"' + c.replace('"', '""') + '"' if set(c) & set(',"\n') else c for c in row)


LINES = st.lists(st.one_of(ROWS.map(line), PLAIN.map(line), PLAIN.map(line), STRAY), max_size=14)


def read_both(path, size, encoding=None):
    """The file read row by row, and block by block."""
    headers = header_words(PLAN)
    found = []
    for least, stretch in ((10**9, 10**6), (1, size)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(csv_files, "LEAST", least)
            patch.setattr(csv_files, "HEAD", max(stretch, 1))
            patch.setattr(stretches, "STRETCH", stretch)
            try:
                found.append(read_with(csv_files, path, headers=headers, encoding=encoding))
            except InputError as error:
                found.append(str(error.what))
    return found


def flat(tables):
    """Rows of all tables one under the other, and their problems."""
    filled = [t for t in tables if len(t)]
    names = list(filled[0].columns) if filled else []
    columns = {n: list(chain.from_iterable(t.columns[n] for t in filled)) for n in names}
    places = [(t.files[f], int(r)) for t in filled for f, r in zip(t.file, t.row, strict=True)]
    return columns, places, sorted(said(p for t in tables for p in t.problems)), {n: t.letters for t in filled for n in t.letters}


def judged(tables):
    """What validation says of each row and value, wherever tables begin."""
    rows, raw, problems = [], [], []
    for table in pooled(tables):
        units, own = validate(PLAN, table)
        problems.extend(own)
        places = [int(units.places[0].row[i]) for i in units.inner]
        whys = {p: np.zeros(len(units), int).tolist() if c.why is None else c.why.tolist() for p, c in units.columns.items()}
        values = {p: list(zip(c.listed(), whys[p], strict=True)) for p, c in units.columns.items()}
        rows += [(place, units.unit[i], [(p, v[i]) for p, v in values.items()]) for i, place in enumerate(places)]
        raw += [(places[r], p, t) for (r, p), t in units.raw.items()]
    return sorted(rows, key=lambda r: r[0]), sorted(raw), sorted(said(distinct(problems)))


def in_both_ways(path, size, encoding=None):
    """What is made of the file read row by row, and of the file read block by block: an error's words, or all of it."""
    return [(f,) if isinstance(f, str) else (repr(flat(f)), judged(f)) for f in read_both(path, size, encoding)]


@settings(max_examples=150, deadline=None)
@given(
    lines=LINES,
    end=st.sampled_from(["\n", "\r\n"]),
    size=st.integers(1, 400),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
)
@example(["甲,企业,1,2,是,省级,3", '"合计",企业,1,2,是,省级,3', ",,,,,,", "乙,企业,1,2,是,省级,3"], "\n", 400, "utf-8")
@example(['"工会\n一",企业,1,2,是,省级,3', '乙,企业,"1",2,是,省级,3'], "\r\n", 30, "utf-8")
def test_blocks_and_rows_say_the_same(tmp_path_factory, lines, end, size, encoding):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    text = end.join(["自评表,,,,,,", ",".join(HEADS), *lines])
    path.write_bytes(text.encode(encoding))
    slow, fast = in_both_ways(path, size)
    assert slow == fast


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(PLAIN, min_size=1, max_size=30), serial=st.booleans(), last=st.booleans())
def test_plain_rows_say_the_same_with_and_without_serial_numbers(tmp_path_factory, rows, serial, last):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    head = ["序号", *HEADS] if serial else HEADS
    lines = [",".join([str(i), *row] if serial else row) for i, row in enumerate(rows, 1)]
    path.write_text("\n".join([",".join(head), *lines, *(["合计,,,9,,,,"[not serial :]] if last else [])]), encoding="utf-8")
    slow, fast = in_both_ways(path, 10**6)
    assert slow == fast


def test_a_plain_block_is_left_in_its_bytes(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("单位名称,人数\n" + "甲,1\n" * 40_000, encoding="utf-8")
    found = [t for t in read_with(csv_files, path, headers=header_words(PLAN)) if len(t)]
    assert sum(map(len, found)) == 40_000
    assert all(isinstance(c, Spans) for t in found for c in t.columns.values())
    assert [int(found[0].row[0]), int(found[-1].row[-1])] == [2, 40_001]


def test_columns_that_stand_twice_and_values_without_a_header_are_told_in_blocks_too(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("单位名称,人数,人数,\n" + "甲,1,2,3\n" * 10, encoding="utf-8")
    slow, fast = in_both_ways(path, 10**6)
    assert slow == fast
    assert "twice" in slow[0]
