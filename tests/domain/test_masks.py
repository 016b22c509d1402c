"""Reasons why values are not there: the first of two, and those of a list with gaps."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.masks import Why, beside, first_of, missing

REASONS = st.sampled_from(sorted(Why))


@given(st.lists(st.tuples(REASONS, REASONS)), st.booleans())
def test_the_first_reason_counts_and_the_other_only_where_there_is_none(rows, one) -> None:
    mine, theirs = (np.array([row[i] for row in rows], dtype=np.uint8) for i in range(2))
    theirs = theirs[:1] if one else theirs
    wanted = [a or (rows[0][1] if one else b) for a, b in rows]
    found = first_of(mine, theirs)
    assert (found.tolist(), found.dtype) == (wanted, np.uint8)


@given(st.lists(st.sampled_from([None, 0, "", False])))
def test_only_none_is_missing(listed) -> None:
    found = missing(listed)
    wanted = [Why.MISSING if v is None else Why.PRESENT for v in listed]
    assert ([Why.PRESENT] * len(listed) if found is None else found.tolist()) == wanted
    assert (found is None) == (None not in listed)


def test_where_several_reasons_meet_the_graver_one_is_the_greater_number() -> None:
    assert Why.PRESENT < Why.NOT_PART < Why.NOT_APPLICABLE < Why.MISSING < Why.TOO_FEW < Why.INVALID < Why.ERROR


@given(st.lists(REASONS, min_size=1), st.integers(1, 5))
def test_one_reason_is_that_of_all_rows_and_as_many_stand_as_they_are(reasons, size) -> None:
    why = np.array(reasons, dtype=np.uint8)
    assert beside(why, len(why)) is why
    assert beside(why[:1], size).tolist() == reasons[:1] * size
