"""What deciding works with: one text for many rows."""

from __future__ import annotations

import numpy as np
import pytest

from scorekit.domain.deciding import Barred, Told
from scorekit.errors import T


def test_one_text_is_told_of_some_rows():
    told = Told(np.array([1, 4, 7]), T("a"))
    assert dict(told) == {1: T("a"), 4: T("a"), 7: T("a")}
    assert [row in told for row in range(9)] == [row in (1, 4, 7) for row in range(9)]
    assert "1" not in told
    with pytest.raises(KeyError):
        told[2]


def test_nobody_is_told_anything():
    told = Told(np.zeros(0, dtype=np.int64), T("a"))
    assert len(told) == 0
    assert 0 not in told


def test_units_are_out_that_are_invalid_or_only_assessed():
    barred = Barred({0: T("a")}, Told(np.array([2]), T("b")))
    assert barred.rows(4).tolist() == [True, False, True, False]
