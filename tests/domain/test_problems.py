"""Problems as columns: read as a tuple of problems is, whatever was put together of what."""

from __future__ import annotations

import pickle
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain import problems as room
from scorekit.domain.problem import Problem
from scorekit.domain.problems import Problems
from scorekit.domain.roll import Names
from scorekit.domain.sites import Sites
from scorekit.errors import T

PROBLEMS = st.lists(
    st.builds(
        Problem,
        st.sampled_from(["error", "warning", "repair"]),
        st.sampled_from([T("“{title}” is empty", title="a"), T("“{title}” is empty", title="b"), T("x"), T("n", of=[T("y"), 1])]),
        st.sampled_from([T("fill it in"), T("nothing needs to be done")]),
        st.sampled_from(["", "某某公司工会", "U1", "U2"]),
        st.sampled_from(["", "a.xlsx", "b.json"]),
        st.sampled_from(["", "表"]),
        st.sampled_from(["", "B7", "B8", "C7"]),
        st.sampled_from(["", "a", "/3/a", "/4/a", "/a"]),
    ),
    max_size=30,
)


@given(PROBLEMS)
def test_problems_are_read_as_a_tuple_of_them_is(listed):
    found = Problems.of(listed)
    assert len(found) == len(listed)
    assert list(found) == listed
    assert found == tuple(listed)
    assert tuple(listed) == found
    assert [found[i] for i in range(-len(listed), len(listed))] == listed * 2
    assert found[3:7] == listed[3:7]
    assert Problems.of(found) is found


@given(PROBLEMS)
def test_a_message_is_held_once(listed):
    found = Problems.joined([Problems.of([p]) for p in listed])
    assert list(found) == listed
    assert len(found.messages) == len({(p.severity, repr(p.what), repr(p.cure)) for p in listed})


@given(st.lists(PROBLEMS, max_size=4), st.data())
def test_problems_are_joined_and_taken(parts, data):
    whole = [p for part in parts for p in part]
    found = Problems.joined([part if i % 2 else Problems.of(part) for i, part in enumerate(parts)])
    assert list(found) == whole
    rows = data.draw(st.lists(st.integers(0, len(whole) - 1))) if whole else []
    assert list(found.take(np.array(rows, dtype=np.int64))) == [whole[r] for r in rows]
    assert pickle.loads(pickle.dumps(found)) == whole


@given(PROBLEMS)
def test_problems_are_counted_and_graded_without_being_read(listed):
    found = Problems.of(listed)
    assert found.counts() == Counter(p.severity for p in listed)
    assert found.graded(["repair", "error", "warning"]).tolist() == [["repair", "error", "warning"].index(p.severity) for p in listed]
    assert found.of_no_unit().tolist() == [not p.unit for p in listed]


@given(PROBLEMS)
def test_what_is_said_of_a_whole_table_is_kept_once(listed):
    seen, kept = set(), []
    for p in listed:
        said = (p.severity, repr(p.what), p.file, p.sheet, p.field)
        if p.unit or p.cell or said not in seen:
            kept.append(p)
        if not p.unit and not p.cell:
            seen.add(said)
    assert list(Problems.of(listed).distinct()) == kept


def test_blocks_of_problems_read_as_one(monkeypatch):
    monkeypatch.setattr(room, "BLOCK", 3)
    listed = [Problem("error", T("x"), T("y"), f"U{i}", "a.xlsx", "表", f"B{i + 1}", "a") for i in range(10)]
    assert list(Problems.of(listed)) == listed


def test_the_same_of_many_units_costs_their_names_and_little_more():
    size = 1000
    sites = Sites.of([("a.xlsx", "表", f"B{i + 2}", "a") for i in range(size)])
    found = Problems.saying("warning", T("x"), T("y"), Names.of([f"U{i:05d}" for i in range(size)]), sites)
    held = (found.message, found.unit.data, found.unit.offsets, sites.place, sites.file, sites.number)
    assert sum(a.nbytes for a in held) < size * (6 + 20) + 20
    assert found[7] == Problem("warning", T("x"), T("y"), "U00007", "a.xlsx", "表", "B9", "a")


def test_problems_are_equal_to_no_other_thing_and_say_what_they_are():
    found = Problems.of([Problem("error", T("x"), T("y"))])
    assert found != 5
    assert found != []
    assert not Problems.of([])
    assert repr(found).startswith("Problems([Problem(severity='error'")
