"""What a form's conditions demand is said in the language of the people who fill it in."""

from __future__ import annotations

import re
from typing import Any

import pytest

from scorekit.stages.validate.conditions import demanded
from scorekit.stages.validate.whole import errors, validator
from scorekit.words import say

CASES: list[tuple[dict[str, Any] | bool, Any, str]] = [
    ({"minimum": 50}, 4, "不小于50"),
    ({"maximum": 4.5}, 5, "不大于4.5"),
    ({"exclusiveMinimum": 0}, 0, "大于0"),
    ({"exclusiveMaximum": 9}, 9, "小于9"),
    ({"multipleOf": 5}, 3, "5的倍数"),
    ({"const": "企业"}, "机关", "只能是“企业”"),
    ({"enum": ["企业", "机关"]}, "学校", "“企业、机关”之一"),
    ({"not": {"const": 13}}, 13, "不得为“13”"),
    ({"not": {"enum": [1, 2]}}, 2, "不得为“1、2”"),
    ({"not": {"minimum": 3}}, 5, "不是表单排除的情形"),
    ({"minLength": 2}, "a", "不少于2个字"),
    ({"maxLength": 2}, "abc", "不超过2个字"),
    ({"pattern": "^2026"}, "2025", "写法为 ^2026"),
    ({"minItems": 2}, [1], "不少于2项"),
    ({"maxItems": 1}, [1, 2], "不超过1项"),
    ({"minProperties": 2}, {"a": 1}, "不少于2项"),
    ({"maxProperties": 0}, {"a": 1}, "不超过0项"),
    ({"uniqueItems": True}, [1, 1], "各项不重复"),
    ({"contains": {"const": 1}}, [2], "其中要有一项符合表单的要求"),
    ({"anyOf": [{"minimum": 3}, {"const": 1}]}, 2, "2个条件中至少符合一个"),
    ({"oneOf": [{"minimum": 3}, {"const": 1}]}, 2, "2个条件中符合且只符合一个"),
    ({"type": "string"}, 2, "见表单说明"),
    ({"if": {"const": 1}, "then": False}, 1, "这种情况下此处不填"),
]


@pytest.mark.parametrize(("schema", "value", "wanted"), CASES, ids=[str(c[0]) for c in CASES])
def test_each_keyword_has_its_words(schema: dict[str, Any], value: Any, wanted: str) -> None:
    found = [say(demanded(e), "zh") for e in errors(validator(schema), value, "rubric.json")]
    assert found == [wanted]
    assert not re.search("[A-Za-z]", wanted)
