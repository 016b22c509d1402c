"""Numbers over one power of ten: a sequence of floats or blanks, whose numerators nobody rounds."""

from __future__ import annotations

import pickle

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.decimals import Decimals

CELLS = st.lists(st.one_of(st.none(), st.integers(-999_999, 999_999)), max_size=12)
PLACES = st.integers(0, 6)


def decimals(cells, places):
    num = np.array([c or 0 for c in cells], dtype=np.int32)
    return Decimals(num, places, np.array([c is None for c in cells], dtype=bool) if None in cells else None)


@given(CELLS, PLACES)
def test_it_is_read_as_a_list_of_floats_is(cells, places):
    wanted = [None if c is None else float(f"{c}e-{places}") for c in cells]
    found = decimals(cells, places)
    assert (list(found), found.tolist(), [found[i] for i in range(len(cells))], len(found)) == (wanted, wanted, wanted, len(cells))
    assert found == wanted
    assert found != [*wanted, 1]


@given(CELLS, PLACES, st.integers(0, 12), st.integers(0, 12))
def test_some_rows_are_those_of_the_list(cells, places, first, last):
    found, rows = decimals(cells, places), slice(first, last)
    assert found[rows] == list(found)[rows]
    picked = np.arange(len(cells)) % 2 == 0
    assert found.take(picked).tolist() == found.tolist()[::2]


def test_it_goes_to_another_process_and_comes_back():
    found = decimals([5, None, -25], 1)
    assert pickle.loads(pickle.dumps(found)) == [0.5, None, -2.5]
    assert found != "no sequence of cells"
