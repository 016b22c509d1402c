"""What extractors give: passages with their places."""

from __future__ import annotations

from scorekit.domain.reports import Extractor, Narrative, Passage


def test_a_passage_says_nothing_of_places_that_do_not_apply():
    assert (Passage("x").paragraph, Passage("x").page, Passage("x").table, Passage("x").wraps) == (0, 0, 0, False)


def test_extractors_are_alike_whoever_brings_them():
    def read(file, encoding):
        return Narrative(())

    assert Extractor("a", (".a",), read, plugin="x") == Extractor("a", (".a",), read, plugin="y")
