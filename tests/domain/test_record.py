"""The run record names what is needed to recompute a result."""

from __future__ import annotations

from dataclasses import replace

from scorekit.domain.documents import pretty
from scorekit.domain.reasons import REASON_WORDS, SEVERITY_WORDS, STATUS_WORDS, reason_code
from scorekit.domain.record import counts, criteria, reasons, record
from scorekit.domain.tables import STATUSES, Reason, outcome_of
from scorekit.words import say
from tests.outcomes import DOCUMENT, small_outcome


def told(**changes: object) -> dict[str, object]:
    return record(
        small_outcome(**changes), inputs={"b.xlsx": "2", "a.json": "1"}, plugins={"z": "1"}, software="0.1", options={"format": "csv"}
    )


def test_it_holds_every_part_that_the_contract_names() -> None:
    found = told()
    assert found["rubric"] == {"id": "small-home", "version": "2026.1", "title": DOCUMENT["title"], "digest": found["rubric"]["digest"]}  # type: ignore[index]
    assert list(found["inputs"]) == ["a.json", "b.xlsx"]  # type: ignore[call-overload]
    assert found["options"] == {"format": "csv", "lang": "zh", "strict": False}
    assert found["plugins"] == {"rules.mark": "0.1.0", "z": "1"}
    assert found["population"]
    assert pretty(found).startswith(b'{\n "record": 1,\n "software": "0.1"')


def test_what_the_run_knows_of_itself_is_kept() -> None:
    found = told(run={"inputs": {"c": "3"}, "settings": {"digest": "x"}}, notice=None)
    assert found["inputs"] == {"a.json": "1", "b.xlsx": "2", "c": "3"}
    assert found["settings"] == {"digest": "x"}
    assert found["notice"] is None


def test_units_are_counted_by_status_and_problems_by_severity() -> None:
    assert counts(small_outcome()) == {
        "units": 6,
        "ranked": 4,
        "not_awarded": 0,
        "not_ranked": 1,
        "incomplete": 1,
        "invalid": 0,
        "problems": {"error": 1, "warning": 1, "repair": 1},
    }


def test_each_line_tells_its_full_marks_and_what_it_reads_by_category() -> None:
    found = criteria(small_outcome())
    assert found["rights.contracts"] == {
        "no": "2.1",
        "title": "集体合同签订率",
        "decimals": 2,
        "reads": {"企业": ["rights.contracts"]},
        "full": {"企业": "6"},
    }
    assert "full" not in found["gate:organisation.chair_elected"]


def test_a_rubric_without_categories_tells_them_under_no_name() -> None:
    outcome = small_outcome()
    plan = replace(outcome.plan, categories=(), tracks=(replace(outcome.plan.tracks[0], categories=()),))
    assert criteria(replace(outcome, plan=plan))["rights.talk"]["full"] == {"": "4"}


def test_every_reason_status_and_severity_has_words() -> None:
    assert set(REASON_WORDS) == set(Reason)
    assert set(STATUS_WORDS) == set(STATUSES)
    assert set(SEVERITY_WORDS) == {"error", "warning", "repair"}
    table = reasons()
    assert len(table) == len(Reason)
    assert table["missing-as-zero"] == {
        "number": 21,
        "outcome": "missing",
        "zh": say(REASON_WORDS[Reason.MISSING_AS_ZERO], "zh"),
        "en": "not submitted, counted as 0",
    }
    assert all(table[reason_code(r)]["outcome"] == outcome_of(r) for r in Reason)


def test_the_files_of_lookup_tables_are_named_with_their_digests() -> None:
    outcome = small_outcome()
    tables = {"a": {"file": "a.csv", "digest": "x", "rows": {"k": 1}}, "b": {"rows": {"k": 1}}}
    document = {**DOCUMENT, "x-rubric": {**DOCUMENT["x-rubric"], "tables": tables}}
    changed = replace(outcome.plan, rubric=replace(outcome.plan.rubric, document=document))
    found = record(replace(outcome, plan=changed), inputs={}, plugins={}, software="0.1", options={})
    assert found["rubric"]["tables"] == {"a": {"file": "a.csv", "digest": "x"}}
