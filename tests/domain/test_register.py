"""The register as the stages see it."""

from __future__ import annotations

from scorekit.domain.coded import Coded
from scorekit.domain.register import Recusal, Register
from scorekit.domain.roll import Names
from tests.building import criterion, plan_of, units


def test_a_line_is_found_by_the_folded_key_of_its_unit() -> None:
    lines = units(plan_of({"a": criterion()}), {"unit": ["甲 厂", "乙"]})
    register = Register("名册.csv", "", lines, Coded.same("", 2), Names.blank(2), (Recusal("评委1", "乙", "名册.csv#B2"),))
    assert len(register) == 2
    assert register.finder.rows(Names.of(["乙", "甲厂", "丙"])).tolist() == [1, 0, -1]
