"""What is proposed out of the reports of tests/reports: nothing that is called sure is wrong, and most facts are found."""

from __future__ import annotations

from collections import Counter

from benchmarks import extraction


def test_nothing_sure_is_wrong_and_most_facts_are_found():
    found = extraction.verdicts()
    facts = sum(len(case["facts"]) for case in extraction.cases())
    counts = Counter((v.confidence, v.what) for v in found)
    assert [v for v in found if (v.confidence, v.what) == ("high", "wrong")] == []
    assert counts["high", "right"] >= 0.65 * facts
    assert counts["high", "right"] + counts["medium", "right"] >= 0.8 * facts


def test_the_figures_are_printed(capsys):
    assert extraction.main([]) == 0
    assert "precision 100.0%" in capsys.readouterr().out
