"""Addresses of whole columns are those that submissions give one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scorekit.domain.listing import Rows
from scorekit.domain.places import Addresses, speller
from scorekit.domain.tables import Origin
from tests.outcomes import FIELDS, small_submissions

PATHS = [f.path for f in FIELDS] + ["rights.talk@评委1"]


@pytest.mark.parametrize("rows", [np.arange(6), np.array([5, 0, 2]), np.array([0, 1]), np.array([], dtype=np.int64)])
def test_they_agree_with_the_addresses_of_single_values(rows: Rows) -> None:
    submissions = small_submissions()
    addresses = Addresses(submissions, rows)
    for path in PATHS:
        assert addresses.cells(path) == [submissions.cell(r, path) for r in rows.tolist()]
        if (pieces := addresses.pieces(path)) is not None:
            alike = [[piece] * len(rows) if isinstance(piece, str) else piece for piece in pieces]
            assert ["".join(parts) for parts in zip(*alike, strict=True)] == addresses.cells(path)
    for paths in (PATHS[:1], PATHS[2:5], []):
        assert addresses.sources(paths) == [submissions.source(r, paths) for r in rows.tolist()]
    assert addresses.file == [submissions.file(r) for r in rows.tolist()]
    assert addresses.sheet == [submissions.sheet(r) for r in rows.tolist()]


def test_a_unit_that_is_one_of_many_in_a_json_file_is_named_by_its_place_there() -> None:
    assert speller({}, "a.b@甲")(3) == "/3/a/b/甲"
    assert speller({}, "a.b")(0) == "/a/b"
    assert speller({"x": "C"}, "a")(7) == "/a"
    assert speller({"x": "C"}, "x")(7) == "C7"


def test_an_address_is_given_in_pieces_where_the_tables_of_all_units_are_alike() -> None:
    submissions = small_submissions()
    assert Addresses(submissions, np.array([0, 1, 3])).pieces("rights.contracts") == ["G", ["4", "5", "6"]]
    assert Addresses(submissions, np.array([0, 1])).pieces("extra.honours") == ["/extra/honours"]
    assert Addresses(submissions, np.array([2, 5])).pieces("rights.talk@评委1") == ["/rights/talk/评委1"]
    assert Addresses(submissions, np.arange(6)).pieces("rights.contracts") is None
    many = replace(submissions, places=(submissions.places[0], replace(submissions.places[1], row=np.array([7, 8]))))
    assert Addresses(many, np.array([2, 5])).pieces("rights.contracts") == ["/", ["7", "8"], "/rights/contracts"]
    elsewhere = {"rights.contracts": {0: Origin("补.xlsx", "表", "B2")}}
    moved = replace(submissions, places=(replace(submissions.places[0], elsewhere=elsewhere), submissions.places[1]))
    assert Addresses(moved, np.array([0, 1])).pieces("rights.contracts") is None
