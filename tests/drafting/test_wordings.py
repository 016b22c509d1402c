"""Together the wordings read what standards say, and what none of them reads is left to the author."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scorekit.catalogue import discover
from scorekit.drafting.wordings import WORDINGS, left_over, pieces
from tests.drafting import test_counted, test_judged, test_measured

TABLES = (test_measured.WORDINGS, test_counted.WORDINGS, test_judged.WORDINGS)


def test_more_than_forty_wordings_are_read() -> None:
    assert sum(len(table) for table in TABLES) > 55


def test_every_rule_that_is_drafted_is_one_that_there_is() -> None:
    known = set(discover(third_party=False).rules)
    assert {name for table in TABLES for _, _, rules, _ in table for rule in rules for name in rule} <= known


def test_every_wording_reads_something_of_the_tables() -> None:
    from scorekit.drafting.pieces import plain

    texts = [(plain(wording), None if points is None else Decimal(points)) for table in TABLES for wording, points, _, _ in table]
    assert [w.__name__ for w in WORDINGS if not any(next(w(text, points), None) for text, points in texts)] == []


def test_several_clauses_of_one_method_are_read_one_by_one() -> None:
    found, rest = pieces("未建名册的不得分；登记率98%以上得4分，90%以上得3分；每缺一项扣0.5分", Decimal(4))
    assert [next(iter(p.rule), "") for p in found] == ["tiers", "each", ""]
    assert found[-1].keys == {"zero_if": "not {f}"}
    assert rest == ""


@pytest.mark.parametrize("text", ["按照上级规定折算得分系数", "视上年度基数另行加分"])
def test_what_no_wording_reads_is_left_over(text: str) -> None:
    found, rest = pieces(text, Decimal(5))
    assert rest or found == [] or any(p.todo for p in found) or "mark" in found[0].rule


def test_fillers_say_nothing() -> None:
    assert left_over("□,扣完为止,其余不得分") == ""
    assert left_over("□,另加系数分") == "另加系数分"
