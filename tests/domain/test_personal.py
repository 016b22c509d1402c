"""Marked fields: which they are, and messages that do not repeat what stands in them."""

from __future__ import annotations

from decimal import Decimal

from scorekit.domain.personal import HIDDEN, Veils, field_path, marked, touched
from scorekit.errors import T
from tests.outcomes import field

NAME = field("family.name", "姓名", "text", personal=True)
TIE = field("family.tie", "关系", "text")
FIELDS = (
    field("phone", "手机", "text", personal=True, blank=("无",), unit="号"),
    field("family", "家庭成员", "records", items=(TIE, NAME)),
    field("secret", "奖惩", "records", personal=True, items=(field("secret.what", "事由", "text"),)),
    field("open", "说明", "text"),
)


def test_what_a_marked_list_holds_is_marked_and_a_list_is_touched_by_a_marked_field_in_it() -> None:
    assert marked(FIELDS) == {"phone", "family.name", "secret", "secret.what"}
    assert touched(FIELDS) == {"phone", "family.name", "secret", "secret.what", "family"}
    assert marked(FIELDS[3:]) == touched(FIELDS[3:]) == frozenset()


def test_the_field_of_a_mark_or_of_a_record_is_found() -> None:
    assert [field_path(n) for n in ("a", "a.b[12].c", "a[0].b[1].c", "talk@评委1", "a[0].talk@[1]")] == [
        "a",
        "a.b.c",
        "a.b.c",
        "talk",
        "a.talk",
    ]


def test_a_message_keeps_what_the_rubric_says_and_nothing_that_was_submitted() -> None:
    veils = Veils(FIELDS)
    text = T(
        "{title}: {text} {least} {others} {inner}",
        title="手机",
        text="139",
        least=Decimal(7),
        others=["无", "138"],
        inner=T("{x}", x="137"),
    )
    told = veils.over("phone", text)
    assert told.template == text.template
    assert dict(told.params) == {"title": "手机", "text": HIDDEN, "least": HIDDEN, "others": ["无", HIDDEN], "inner": T("{x}", x=HIDDEN)}
    for path in ("family[3].name", "family.name", "family", "secret[0].what"):
        assert veils.over(path, T("{text}", text="张三")).params == {"text": HIDDEN}
    for path in ("open", "family[3].tie", "family.tie"):
        assert veils.over(path, text) is text


def test_a_rubric_without_marked_fields_has_no_veils() -> None:
    assert not Veils(FIELDS[3:])
    assert Veils(FIELDS)
