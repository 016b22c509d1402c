"""Addresses of millions of values: as the tables give them one by one, each met once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.sites import Place, Seen, Sites, field_sites
from scorekit.domain.tables import Origin, Places

FIELDS = ("a", "b.c", "marks@甲", "d")
LETTERS = st.sampled_from([{}, {"a": "B", "b.c": "AA"}, {"": "A"}])
ADDRESSES = st.tuples(
    st.sampled_from(["a.xlsx", "b.json", ""]),
    st.sampled_from(["", "表"]),
    st.sampled_from(["", "B7", "AA120", "B0", "B07", "b7", "B1234567890", "D7:E9", "7"]),
    st.sampled_from(["", "a", "/7/a/b", "/a", "/0/a", "/12", "/12/", "/7/a\nb"]),
)


def spelt(sites: Sites) -> list[tuple[str, str, str, str]]:
    """Addresses as (file, sheet, cell, field)."""
    columns = zip(sites.place.tolist(), sites.file.tolist(), sites.number.tolist(), strict=True)
    return [(sites.files[f], sites.places[p].sheet, *sites.places[p].spelt(n)) for p, f, n in columns]


@given(st.lists(ADDRESSES, max_size=20))
def test_addresses_are_given_back_as_they_were(addresses):
    sites = Sites.of(addresses)
    assert spelt(sites) == addresses
    assert sites.celled().tolist() == [bool(cell) for _, _, cell, _ in addresses]


@given(st.lists(st.lists(ADDRESSES, max_size=8), max_size=4), st.data())
def test_addresses_are_joined_and_taken(parts, data):
    sites, whole = Sites.joined([Sites.of(p) for p in parts]), [a for p in parts for a in p]
    assert spelt(sites) == whole
    assert len(set(sites.places)) == len(sites.places)
    assert len(set(sites.files)) == len(sites.files)
    rows = data.draw(st.lists(st.integers(0, len(whole) - 1))) if whole else []
    assert spelt(sites.take(np.array(rows, dtype=np.int64))) == [whole[r] for r in rows]


@given(LETTERS, st.lists(st.tuples(st.integers(0, 2), st.sampled_from([0, 2, 7, 2**33])), min_size=1, max_size=8), st.booleans(), st.data())
def test_the_fields_of_a_table_stand_where_it_says_one_by_one(letters, rows, moved, data):
    elsewhere = {"a": {0: Origin("c.xlsx", "打分", "D9")}, "d": {0: Origin("c.json", "", "/x")}} if moved else {}
    files, numbers = zip(*rows, strict=True)
    places = Places(("a.x", "b.x", "c.x"), np.array(files, dtype=np.int32), "表" if letters else "", np.array(numbers), letters, elsewhere)
    inner = data.draw(st.lists(st.integers(0, len(rows) - 1), min_size=1, unique=True))
    for path in FIELDS:
        found = spelt(field_sites(places, np.array(inner), path))
        assert found == [one(places, row, path) for row in inner]


def one(places: Places, row: int, path: str) -> tuple[str, str, str, str]:
    """The address of one value."""
    if (origin := places.origin(row, path)) is not None:
        return origin.file, origin.sheet, origin.cell, path
    cell = places.cell(row, path)
    if places.letters:
        return places.file_of(row), places.sheet, "" if cell.startswith("/") else cell, path
    return places.file_of(row), places.sheet, "", cell


@given(st.lists(st.lists(ADDRESSES, max_size=8), max_size=5))
def test_an_address_is_met_once(batches):
    seen, known = Seen(), set()
    for batch in batches:
        sites = Sites.of(batch)
        assert seen.has(sites).tolist() == [a in known for a in batch]
        fresh = [a not in known and a not in batch[:i] for i, a in enumerate(batch)]
        assert seen.first(sites).tolist() == fresh
        known |= set(batch)
        assert seen.has(sites).all()


def test_an_address_without_number_stands_for_itself():
    assert Place.of("表", "", "a") == (Place("表", "", "a"), 0)
    assert Place.of("", "", "/3/a") == (Place("", "", "/a", "field"), 3)
    assert Place("", "", "/a", "field").spelt(3) == ("", "/3/a")


@pytest.mark.parametrize(
    ("place", "celled"), [(Place("", "B", "a", "cell"), True), (Place("", "B7:C8", "a"), True), (Place("", "", "a"), False)]
)
def test_an_address_may_name_a_cell(place, celled):
    assert place.celled is celled


def test_addresses_of_many_batches_are_looked_for_in_few_runs():
    seen = Seen()
    for at in range(200):
        assert seen.first(Sites.of([("a.x", "", f"B{n}", "a") for n in (at + 1, at + 500)])).all()
    assert max(map(len, seen._known.values())) <= 65
    assert seen.has(Sites.of([("a.x", "", f"B{n}", "a") for n in (1, 200, 201, 499, 500, 699, 700)])).tolist() == [
        True,
        True,
        False,
        False,
        True,
        True,
        False,
    ]
