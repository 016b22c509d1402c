"""Numbers read off bytes: each is the number that its text says, and whatever is no plain number is left alone."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scorekit.domain.digits import LONGEST
from tests.building import spans

PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
DECIMAL = st.one_of(
    st.integers(-(10**9), 10**20).map(str),
    st.decimals(-1000, 1000, places=3).map(lambda d: f"{d:f}"),
    st.floats(0, 1).map(lambda f: f"{f:.8f}"),
    st.floats(0, 1).map(lambda f: f"{f:.17f}"),
    st.sampled_from(["", "0", "-0", "+7", ".5", "-.25", "007", "1234567.8", "12345678.9", "0.00000000000001", "99999999999999.9"]),
)
NEARLY = st.text("0123456789.+-/:e ％１", max_size=18)


@given(st.lists(DECIMAL, min_size=1, max_size=9))
@example(["7", "8", ""])
@example(["0.00001234567", "1.0"])
@example(["-5", "0.125"])
def test_plain_decimals_are_read_exactly(texts):
    found = spans(texts).digits()
    if found is None:
        assert max(len(t.lstrip("+-")) for t in texts) > LONGEST or sum(map(len, texts)) > LONGEST // 2
        return
    assert [Decimal(n).scaleb(-found.decimals) for n in found.num.tolist()] == [Decimal(t or 0) for t in texts]
    assert (found.blank is None) == ("" not in texts)
    assert found.blank is None or found.blank.tolist() == [not t for t in texts]


@given(st.lists(NEARLY, min_size=1, max_size=4))
def test_nothing_is_read_that_is_no_plain_decimal(texts):
    found = spans(texts).digits()
    if found is not None:
        assert all(not t or PLAIN.fullmatch(t) for t in texts)
        assert [Decimal(n).scaleb(-found.decimals) for n in found.num.tolist()] == [Decimal(t or 0) for t in texts]


@pytest.mark.parametrize(
    "text", [".", "-", "+", "3.", "1.2.3", "--1", "1-", "1e3", "１", "0x1", "1 ", " 1", "1/2", "9:9", "1" * 25, "12345678.", "1.23456789.1"]
)
def test_what_is_no_plain_decimal_is_left_alone(text):
    assert spans([text]).digits() is None
    assert spans(["1", text, "2.5"]).digits() is None


@pytest.mark.parametrize("code", [c for c in range(1, 256) if not chr(c).isdigit() or c > 127])
def test_every_byte_but_a_digit_is_told(code):
    for size in (8, 12, 18):
        for place in range(size):
            cell = bytearray(b"123456781234567812"[:size])
            cell[place] = code
            found = spans([bytes(cell)]).digits()
            plain = (place == 0 and chr(code) in "+-") or (chr(code) == "." and place < size - 1)
            assert (found is not None) == plain
            assert found is None or Decimal(int(found.num[0])).scaleb(-found.decimals) == Decimal(cell.decode())


def test_many_decimals_beside_great_numbers_are_left_alone_where_64_bits_do_not_hold_them():
    assert spans(["9999999999999999", "0.00000000000001"]).digits() is None
    assert spans(["9999999999999999999"]).digits() is None
    assert spans(["0.0000000000000000001"]).digits() is None
    assert spans(["0.7284313097000122"]).digits().num.tolist() == [7284313097000122]
    assert spans(["999", "0.00000000000001"]).digits().decimals == 14


MARKS = st.integers(0, 100).map(lambda n: f"{n / 10:.1f}")
SHARES = st.integers(1, 16).flatmap(lambda n: st.integers(0, 10 ** (n + 1) - 1).map(lambda v: f"{v // 10**n}.{v % 10**n:0{n}d}"))
WHOLE = st.integers(0, 9999).map(str)
ODD = st.sampled_from(["", "7", "-1", "3.", ".5", "1.2.3", "0.5x", "x.5", "1/5", "12345.6789", "1.23456789012345678"])


@given(kind=st.sampled_from([MARKS, SHARES, WHOLE]), odd=st.one_of(st.none(), ODD), data=st.data())
def test_columns_of_one_look_are_read_as_any_other_and_one_odd_cell_among_them_is_told(kind, odd, data):
    texts = data.draw(st.lists(st.one_of(kind, st.just("")) if data.draw(st.booleans()) else kind, min_size=1, max_size=12))
    if odd is not None:
        texts.insert(data.draw(st.integers(0, len(texts))), odd)
    found = spans(texts).digits()
    plain = all(not t or PLAIN.fullmatch(t) for t in texts)
    if found is None:
        assert not plain or sum(map(len, texts)) > LONGEST // 2
        return
    assert plain
    assert [Decimal(n).scaleb(-found.decimals) for n in found.num.tolist()] == [Decimal(t or 0) for t in texts]
    assert (found.blank is not None) == ("" in texts)
