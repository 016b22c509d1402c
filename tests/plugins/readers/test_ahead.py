"""Work ahead: the results in the order of the items, never many at once, and whatever is raised."""

from __future__ import annotations

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.readers.ahead import THREADS, ahead, beforehand


@given(st.lists(st.integers(), max_size=20))
def test_results_come_in_the_order_of_the_items(items):
    assert list(ahead(lambda n: n * 2, items)) == [n * 2 for n in items]


def test_only_a_few_items_are_taken_before_their_turn():
    taken = []
    found = ahead(lambda n: n, (taken.append(n) or n for n in range(50)))
    assert (next(found), len(taken)) == (0, THREADS + 1)
    found.close()
    assert len(taken) == THREADS + 1


def test_work_is_done_by_other_threads_and_its_faults_are_raised_here():
    names = set(ahead(lambda n: threading.current_thread().name, range(8)))
    assert threading.current_thread().name not in names

    def fail(n):
        if n == 3:
            raise ValueError(n)
        time.sleep(0)
        return n

    found = []
    with pytest.raises(ValueError, match="3"):
        found.extend(ahead(fail, range(9)))
    assert list(zip(range(3), ahead(fail, range(3)), strict=True)) == [(0, 0), (1, 1), (2, 2)]


@given(st.lists(st.integers(), max_size=20))
def test_what_is_made_beforehand_comes_in_order(items):
    assert list(beforehand(items)) == items


def test_one_item_is_made_before_its_turn_by_another_thread_and_faults_come_in_their_turn():
    made = []

    def making():
        for n in range(9):
            made.append((n, threading.current_thread()))
            if n == 3:
                raise ValueError(n)
            yield n

    found = beforehand(making())
    assert next(found) == 0
    found.close()
    assert len(made) <= 2
    assert threading.current_thread() not in {thread for _, thread in made}
    walk = beforehand(making())
    assert [next(walk), next(walk), next(walk)] == [0, 1, 2]
    with pytest.raises(ValueError, match="3"):
        next(walk)
