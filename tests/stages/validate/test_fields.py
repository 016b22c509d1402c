"""What is said of a value that a field does not take."""

from __future__ import annotations

import pytest

from scorekit.stages.validate import validate
from scorekit.words import say
from tests.intake import plan_of, table

SHARED = {"type": "integer", "minimum": 2, "title": "联合署名单位数"}


def cures(value, required=()):
    columns = {"unit": ["甲"], "category": ["企业"], "shared": [value]}
    return [say(p.cure, "zh") for p in validate(plan_of({"shared": SHARED}, required=required), table(columns))[1]]


def test_who_writes_nought_for_none_is_told_to_leave_the_cell_blank():
    assert cures(0) == ["请填写不小于 2 的数；没有的，空着"]


@pytest.mark.parametrize(("value", "required"), [(1, ()), (-3, ()), (0, ("shared",))])
def test_of_other_numbers_and_of_what_is_required_nothing_is_said_of_blanks(value, required):
    assert cures(value, required) == ["请填写不小于 2 的数"]


def test_what_is_allowed_is_not_spoken_of():
    assert cures(2) == []
