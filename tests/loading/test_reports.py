"""Reports through the extractor of their ending."""

from __future__ import annotations

import pytest

from scorekit.catalogue import Catalogue, discover
from scorekit.domain.reports import Extractor, Narrative, Passage
from scorekit.errors import InputError
from scorekit.loading.reports import narrative


def extractor(name, *suffixes):
    return Extractor(name, suffixes, lambda file, encoding: Narrative((Passage(f"{file.name} {encoding}"),)))


def test_a_report_is_read_by_its_ending_whatever_its_case(tmp_path):
    (tmp_path / "R.TXT").write_text("x")
    found = narrative(tmp_path / "R.TXT", Catalogue(extractors={"t": extractor("t", ".txt")}), "gbk")
    assert found.passages[0].text == "R.TXT gbk"


def test_what_is_not_there_is_no_report(tmp_path):
    known = Catalogue(extractors={"t": extractor("t", ".txt")})
    (tmp_path / "r.doc").write_text("x")
    for path, what in ((tmp_path, "is a folder"), (tmp_path / "no.txt", "no such file"), (tmp_path / "r.doc", "are not read")):
        with pytest.raises(InputError, match=what):
            narrative(path, known)


def test_two_extractors_of_one_ending_are_refused(tmp_path):
    (tmp_path / "r.txt").write_text("x")
    with pytest.raises(InputError, match=r"both read \.txt"):
        narrative(tmp_path / "r.txt", Catalogue(extractors={"a": extractor("a", ".txt"), "b": extractor("b", ".txt")}))


def test_the_built_in_extractors_read_three_endings():
    assert sorted(s for e in discover(third_party=False).extractors.values() for s in e.suffixes) == [".docx", ".pdf", ".txt"]


def test_a_report_that_is_a_book_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("scorekit.loading.reports.LONGEST", 3)
    (tmp_path / "r.txt").write_text("x")
    with pytest.raises(InputError, match="more than 3 characters"):
        narrative(tmp_path / "r.txt", Catalogue(extractors={"t": extractor("t", ".txt")}))
