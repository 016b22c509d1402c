"""Fields that look personal and are not marked."""

from __future__ import annotations

from typing import Any

import pytest

from scorekit.compiling.checks import checks
from scorekit.compiling.privacy import unmarked
from tests.building import criterion, plan_of


def titles(**fields: Any) -> list[str]:
    plan = plan_of({"a": criterion(), **fields})
    found = checks(plan)
    assert all(problem in found for problem in unmarked(plan))
    return [p.what.params["title"] for p in unmarked(plan)]


@pytest.mark.parametrize("title", ["身份证号", "联系人手机", "办公电话", "银行卡号", "家庭住址", "出生日期", "Passport no.", "ID number"])
def test_a_field_that_looks_personal_is_warned_of_unless_it_is_marked(title: str) -> None:
    assert titles(b={"type": "string", "title": title}) == [title]
    assert titles(b={"type": "string", "title": title, "x-form": {"personal": True}}) == []


@pytest.mark.parametrize("title", ["单位名称", "电话调查人数", "出生率", "手机普及率", "说明"])
def test_counts_and_other_fields_are_not_warned_of(title: str) -> None:
    assert titles(b={"type": "number", "title": title}) == []


def test_fields_of_records_are_looked_at_and_a_marked_list_is_enough() -> None:
    items = {"type": "object", "properties": {"born": {"type": "string", "title": "出生日期"}}}
    assert titles(b={"type": "array", "title": "成员", "items": items}) == ["出生日期"]
    assert titles(b={"type": "array", "title": "成员", "items": items, "x-form": {"personal": True}}) == []
