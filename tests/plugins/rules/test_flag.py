"""Flag: points where something is so, otherwise where it is not."""

from __future__ import annotations

import pytest
from scorekit_plugins.rules.flag import flag

from scorekit.plugin import Column, column
from tests.plugins.columns import n, points


def test_a_flag_gives_points_or_otherwise() -> None:
    assert points(flag.function(Column.truths([True, False, None]), points=column(2))) == [2, 0, None]
    assert points(flag.function(Column.truths([True, False]), points=n(3, 4), otherwise=column(-1))) == [3, -1]


def test_a_number_is_no_flag() -> None:
    with pytest.raises(TypeError, match="no truth"):
        flag.function(n(1), points=column(2))
