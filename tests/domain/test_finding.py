"""Finding names among others."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.finding import Finder
from scorekit.domain.roll import Names

TEXTS = st.lists(st.text("甲乙ab\0", max_size=3), max_size=20)


@given(TEXTS, TEXTS)
def test_each_name_is_found_where_it_stands_first(known: list[str], asked: list[str]) -> None:
    found = Finder(Names.of(known)).rows(Names.of(asked))
    assert found.tolist() == [known.index(t) if t and t in known else -1 for t in asked]


def test_texts_with_one_fingerprint_are_told_apart(monkeypatch: object) -> None:
    finder = Finder(Names.of(["甲", "乙"]))
    finder._marks = np.zeros(2, dtype=np.uint64)
    names = Names.of(["乙", "丙"])
    setattr(Names, "fingerprints", (kept := Names.fingerprints))  # noqa: B010
    try:
        Names.fingerprints = lambda self: np.zeros(len(self), dtype=np.uint64)  # type: ignore[method-assign]
        assert finder.rows(names).tolist() == [1, -1]
    finally:
        Names.fingerprints = kept  # type: ignore[method-assign]
