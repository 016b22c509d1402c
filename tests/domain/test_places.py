"""Addresses of whole columns are those that submissions give one by one."""

from __future__ import annotations

import numpy as np
import pytest

from scorekit.domain.listing import Rows
from scorekit.domain.places import Addresses, speller
from tests.outcomes import FIELDS, small_submissions

PATHS = [f.path for f in FIELDS] + ["rights.talk@评委1"]


@pytest.mark.parametrize("rows", [np.arange(6), np.array([5, 0, 2]), np.array([0, 1]), np.array([], dtype=np.int64)])
def test_they_agree_with_the_addresses_of_single_values(rows: Rows) -> None:
    submissions = small_submissions()
    addresses = Addresses(submissions, rows)
    for path in PATHS:
        assert addresses.cells(path) == [submissions.cell(r, path) for r in rows.tolist()]
    for paths in (PATHS[:1], PATHS[2:5], []):
        assert addresses.sources(paths) == [submissions.source(r, paths) for r in rows.tolist()]
    assert addresses.file == [submissions.file(r) for r in rows.tolist()]
    assert addresses.sheet == [submissions.sheet(r) for r in rows.tolist()]


def test_a_unit_that_is_one_of_many_in_a_json_file_is_named_by_its_place_there() -> None:
    assert speller({}, "a.b@甲")(3) == "/3/a/b/甲"
    assert speller({}, "a.b")(0) == "/a/b"
    assert speller({"x": "C"}, "a")(7) == "/a"
    assert speller({"x": "C"}, "x")(7) == "C7"
