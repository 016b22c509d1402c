"""Names in one run of bytes: read as a tuple of texts, taken, compared, sorted and looked up without making words of them."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scorekit.domain import roll
from scorekit.domain.coded import Coded
from scorekit.domain.roll import Names, each, identities

LETTERS = st.text(st.sampled_from("aAb\0 工会éﬁ\n\ud800\U00020bb7"), max_size=20)
TEXTS = st.lists(st.one_of(LETTERS, st.text(max_size=30)), max_size=30)


@given(TEXTS)
def test_names_are_read_as_a_tuple_of_texts_is(texts):
    names = Names.of(texts)
    assert len(names) == len(texts)
    assert names.tolist() == list(names) == texts
    assert [names[i] for i in range(len(texts))] == texts
    assert [names[i] for i in range(-len(texts), 0)] == texts
    assert names == tuple(texts)
    assert tuple(texts) == names
    assert names == texts


@given(TEXTS, st.one_of(st.none(), st.integers(-40, 40)), st.one_of(st.none(), st.integers(-40, 40)), st.sampled_from([None, 1, 2, -1]))
def test_a_slice_of_names_is_that_of_the_tuple(texts, first, last, step):
    found = Names.of(texts)[first:last:step]
    assert isinstance(found, Names)
    assert found == texts[first:last:step]
    assert found.fingerprints().tolist() == Names.of(texts[first:last:step]).fingerprints().tolist()


@given(TEXTS, st.data())
def test_names_are_taken_by_an_index_or_a_truth_array(texts, data):
    rows = data.draw(st.lists(st.integers(0, len(texts) - 1), max_size=40)) if texts else []
    assert Names.of(texts).take(np.array(rows, dtype=np.int64)) == [texts[r] for r in rows]
    keep = data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    assert Names.of(texts).take(np.array(keep, dtype=bool)) == [t for t, k in zip(texts, keep, strict=True) if k]


def test_names_are_taken_by_an_index_as_narrow_as_its_greatest_row():
    texts = [f"单位{i}" for i in range(200)]
    assert Names.of(texts).take(np.array([127, 3], dtype=np.int8)) == ["单位127", "单位3"]


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_names_are_joined_one_under_the_other(parts):
    assert Names.joined([Names.of(p) for p in parts]) == [t for p in parts for t in p]


@given(TEXTS)
def test_names_go_to_another_process_and_come_back(texts):
    names = Names.of(["before", *texts, "behind"])[1:-1]
    back = pickle.loads(pickle.dumps(names))
    assert back == texts
    assert back.fingerprints().tolist() == names.fingerprints().tolist()


@given(TEXTS)
def test_rows_of_one_name_are_found_together_in_the_order_of_their_first(texts):
    wanted = {t: [i for i, u in enumerate(texts) if u == t] for t in texts if t}
    assert Names.of(texts).repeated() == [rows for rows in wanted.values() if len(rows) > 1]


def test_repeated_names_are_confirmed_by_their_text(monkeypatch):
    names = Names.of(["a", "b", "a", "c"])
    monkeypatch.setattr(Names, "fingerprints", lambda self: np.zeros(len(self), dtype=np.uint64))
    assert names.repeated() == [[0, 2]]
    assert names.among(["b"]).tolist() == [False, True, False, False]


@given(TEXTS, TEXTS)
def test_names_are_found_among_texts(texts, wanted):
    assert Names.of(texts).among([*wanted, *texts[:2]]).tolist() == [t in {*wanted, *texts[:2]} for t in texts]


@given(TEXTS)
def test_equal_texts_have_equal_fingerprints_and_others_have_others(texts):
    marks = Names.of(texts).fingerprints().tolist()
    assert len(set(marks)) == len(set(texts))
    assert len({(m, t) for m, t in zip(marks, texts, strict=True)}) == len(set(texts))


def test_fingerprints_are_the_same_on_every_machine():
    assert [hex(m) for m in Names.of(["", "a", "某某公司工会"]).fingerprints().tolist()] == [
        "0x0",
        "0x76ab465a23b8e7b",
        "0xa8ffdd6fe6cfdeaa",
    ]


@pytest.mark.parametrize("few", [0, 5, 256])
@given(data=st.data())
@settings(deadline=None)
def test_each_run_is_sorted_by_code_points_and_equal_names_keep_their_order(few, data):
    texts = data.draw(
        st.lists(
            st.one_of(LETTERS, st.sampled_from(["某某市总工会第一分会", "某某市总工会第一分会甲", "某某市总工会第二分会"])), max_size=40
        )
    )
    sizes = data.draw(st.lists(st.integers(1, 8), min_size=len(texts), max_size=len(texts)))
    first = np.zeros(len(texts), dtype=bool)
    first[[s for s in np.cumsum([0, *sizes]) if s < len(texts)]] = True
    rows = np.array(data.draw(st.permutations(range(len(texts)))), dtype=np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(roll, "_FEW", few)
        found, begins = Names.of(texts).in_order(rows, first)
    runs = np.cumsum(first).tolist()
    wanted = sorted(zip(runs, rows.tolist(), strict=True), key=lambda p: (p[0], texts[p[1]]))
    assert found.tolist() == [r for _, r in wanted]
    assert begins.tolist() == [
        i == 0 or (a[0], texts[a[1]]) != (b[0], texts[b[1]]) for i, (a, b) in enumerate(zip(wanted, wanted[-1:] + wanted, strict=False))
    ]


def test_blocks_of_names_read_as_one(monkeypatch):
    monkeypatch.setattr(roll, "BLOCK", 3)
    texts = [f"第{i}工会" * (i % 4) for i in range(20)]
    names = Names.of(texts)
    assert names == texts
    assert names.tolist() == texts
    assert names.take(np.arange(19, -1, -1)) == texts[::-1]
    assert names.fingerprints().tolist() == [int(Names.of([t]).fingerprints()[0]) for t in texts]


def test_a_name_costs_its_bytes_and_four_more():
    names = Names.of([f"unit {i:06d}" for i in range(1000)])
    assert names.data.nbytes + names.offsets.nbytes == 15 * 1000 + 8 + 4
    assert names.offsets.dtype == np.int32
    part = names[100:200]
    assert part.data.base is not None  # no text is copied


def test_names_are_equal_to_no_other_thing():
    assert Names.of(["a"]) != "a"
    assert Names.of(["a"]) != {"a"}
    assert Names.of(["a"]) != ["a", "b"]
    assert Names.of(["a"]) == Coded.same("a", 1)


def test_names_stay_the_same_object_where_nothing_changes():
    names = Names.of(["a", "b"])
    assert Names.of(names) is names
    assert names[:] is names
    assert names.take(np.arange(2)) is names
    assert Names.joined([names]) is names


def test_names_say_what_they_are():
    assert repr(Names.of("abcd")) == "Names(['a', 'b', 'c']…)"
    assert repr(Names.of(Coded.same("x", 1))) == "Names(['x'])"
    assert Names.blank(3) == ("", "", "")


def test_keys_that_are_the_names_are_held_once():
    unit, key = identities(["a", "b"], ["a", "b"])
    assert unit is key
    unit, key = identities(["A", "b"], ["a", "b"])
    assert (unit.tolist(), key.tolist()) == (["A", "b"], ["a", "b"])
    assert identities(unit, key) == (unit, key)


def test_keys_stay_held_once_where_they_are_the_names_in_every_table():
    one, other = identities("ab", "ab"), identities("C", "c")
    unit, key = each([one, one], Names.joined)
    assert unit is key
    unit, key = each([one, other], Names.joined)
    assert (unit, key) == (["a", "b", "C"], ["a", "b", "c"])


@given(st.lists(st.one_of(st.integers(0, 10**6), st.integers(-(2**63), 2**63 - 1)), max_size=12))
@example([0, 9, 10, 4_294_967_295, 10**18 - 1])
@example([10**18])
def test_whole_numbers_are_named_as_they_are_written(numbers):
    for kind in (np.int64, object):
        assert Names.numerals(np.array(numbers, dtype=kind)).tolist() == list(map(str, numbers))
    few = np.array([n % 2**15 for n in numbers], dtype=np.int16)
    assert Names.numerals(few).tolist() == list(map(str, few.tolist()))
