"""Few texts in many rows: read as a tuple of texts is, held as small numbers."""

from __future__ import annotations

import pickle
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.coded import Coded

TEXTS = st.lists(st.sampled_from(["企业", "机关", "", "a"]), max_size=30)


@given(TEXTS)
def test_coded_texts_are_read_as_a_tuple_of_texts_is(texts):
    coded = Coded.of(texts)
    assert coded.tolist() == list(coded) == texts
    assert coded == tuple(texts)
    assert tuple(texts) == coded
    assert [coded[i] for i in range(len(texts))] == texts
    assert coded[1:4] == texts[1:4]
    assert pickle.loads(pickle.dumps(coded)) == texts


@given(TEXTS)
def test_rows_are_counted_in_the_order_in_which_texts_first_stand_there(texts):
    counts = Coded.of(texts).counts()
    assert counts == Counter(texts)
    assert list(counts) == list(dict.fromkeys(texts))


@given(TEXTS)
def test_the_rows_of_a_text_and_their_numbers_are_found(texts):
    coded = Coded.of(texts)
    assert coded.rows("企业").tolist() == [t == "企业" for t in texts]
    assert coded.rows("none").tolist() == [False] * len(texts)
    assert coded.numbered({"企业": 4, "": 2}, 9).tolist() == [{"企业": 4, "": 2}.get(t, 9) for t in texts]


@given(TEXTS, st.data())
def test_rows_are_taken_by_an_index(texts, data):
    rows = data.draw(st.lists(st.integers(0, len(texts) - 1))) if texts else []
    assert Coded.of(texts).take(np.array(rows, dtype=np.int64)) == [texts[r] for r in rows]


def test_a_text_that_no_row_uses_or_that_stands_twice_counts_once():
    coded = Coded(np.array([0, 2, 2, 3]), ["a", "b", "a", "c"])
    assert coded.counts() == {"a": 3, "c": 1}
    assert coded.rows("a").tolist() == [True, True, True, False]
    assert coded == ["a", "a", "a", "c"]


def test_codes_are_as_narrow_as_the_texts_allow():
    assert Coded.of(["a", "b"]).codes.dtype == np.uint8
    assert Coded.of([str(i) for i in range(300)]).codes.dtype == np.uint16
    assert Coded.of([str(i) for i in range(70_000)]).codes.dtype == np.uint32
    assert Coded.same("x", 5).codes.nbytes == 5


def test_coded_texts_stay_the_same_object_and_say_what_they_are():
    coded = Coded.of("abcd")
    assert Coded.of(coded) is coded
    assert repr(coded) == "Coded(['a', 'b', 'c']…)"
    assert coded != "abcd"
    assert coded != 5


@given(TEXTS, st.data())
def test_the_texts_in_use_and_the_number_of_each_row_say_the_same(texts, data):
    known = [*dict.fromkeys(texts), "nobody"]
    found = Coded(np.array([known.index(t) for t in texts], dtype=np.int64), known)
    distinct, codes = found.few()
    assert [distinct[c] for c in codes.tolist()] == list(texts)
    assert set(distinct) == set(texts)
