"""Cells in the bytes of a file: a sequence like any other, with a short way for few different texts."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.spans import MOST
from tests.building import spans

TEXTS = st.lists(st.sampled_from(["", "是", "否", "true", "国家级", "一二三四五", "longer than eight", "乡镇", "甲", "乙"]), max_size=30)


@given(TEXTS)
def test_they_are_the_cells_that_were_written(texts):
    cells = spans(texts)
    assert cells == texts
    assert (len(cells), list(cells), [cells[i] for i in range(len(texts))]) == (len(texts), texts, texts)
    assert cells[1:3] == texts[1:3]
    assert cells.take([i % 2 == 0 for i in range(len(texts))] if texts else []) == texts[::2]


@given(TEXTS)
def test_few_different_cells_are_told_with_their_rows(texts):
    few = spans(texts).few()
    if any(len(t.encode()) > 16 for t in texts):
        assert few is None
        return
    distinct, codes = few
    assert [distinct[c] for c in codes] == texts
    assert distinct == list(dict.fromkeys(texts))


def test_many_different_cells_are_not_told():
    assert spans([str(i) for i in range(MOST)]).few() is not None
    assert spans([str(i) for i in range(MOST + 1)]).few() is None


def test_cells_that_differ_only_far_from_their_end_differ():
    assert spans(["a23456789", "b23456789", "23456789"]).few()[0] == ["a23456789", "b23456789", "23456789"]


def test_numbers_once_read_are_taken_along():
    cells = spans(["1", "", "2.5"])
    assert cells.digits().num.tolist() == [10, 0, 25]
    taken = cells.take([2, 1])
    assert (taken.digits().num.tolist(), taken.digits().blank.tolist()) == ([25, 0], [False, True])
    assert taken == ["2.5", ""]


@pytest.mark.parametrize("protocol", [2, 4, 5])
def test_they_can_be_sent_to_another_process(protocol):
    cells = spans(["1", "甲", "", "1" * 300])
    assert pickle.loads(pickle.dumps(cells, protocol)) == ["1", "甲", "", "1" * 300]
    numbers = pickle.loads(pickle.dumps(spans(["12345678901", ""]), protocol))
    assert numbers.digits().num.tolist() == [12345678901, 0]
    assert pickle.loads(pickle.dumps(spans([]), protocol)) == []


def test_their_bytes_need_no_copy_where_they_are_kept_apart():
    cells, buffers = spans(["1", "甲" * 1000]), []
    head = pickle.dumps(cells, 5, buffer_callback=buffers.append)
    assert len(head) < 1000
    assert any(buffer.raw().obj is cells.block.raw for buffer in buffers)
    back = pickle.loads(head, buffers=[bytes(buffer) for buffer in buffers])
    assert back == cells
