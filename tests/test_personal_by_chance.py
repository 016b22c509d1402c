"""Rubrics by chance whose fields are marked at will: no byte of a public list, and no word said of it, holds a marked value."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scorekit.cli import main
from tests.test_personal import every_text, seen

CANARY = "CANARY"
MARK = {"x-form": {"personal": True}}
PANEL = {"title": "评委打分", "x-source": "panel"}
KINDS = ("text", "choice", "number", "date", "flag", "list", "object", "panel", "whole")


def secret(number: int, unit: int, form: int) -> Any:
    """What stands in a marked field: a word that occurs nowhere else, as it is, padded, within others, or as another kind of value."""
    word = f"{CANARY}{number}x{unit}"
    return (word, f"  {word} ", f"亲属 {word}，电话 {word}", [word], {word: word}, f"=HYPERLINK({word})")[form]


def field(kind: str, number: int, marked: bool) -> dict[str, Any]:
    """One field of the rubric; in lists and objects what is marked stands within."""
    mark = MARK if marked else {}
    title = {"title": f"项目{number}"}
    inner = {"type": "string", "title": f"内容{number}", **mark}
    if kind == "choice":
        return {"enum": ["甲类", "乙类"], **title, **mark}
    if kind == "list":
        item = {"type": "object", "properties": {"tie": {"type": "string", "title": f"关系{number}"}, "who": inner}}
        return {"type": "array", **title, "items": item}
    if kind == "whole":
        item = {"type": "object", "properties": {"tie": {"type": "string", "title": f"关系{number}"}}}
        return {"type": "array", **title, "items": item, **mark}
    if kind == "object":
        return {"type": "object", **title, "properties": {"who": inner}}
    if kind == "panel":
        return {"type": "object", **PANEL, **title, "additionalProperties": {"type": "number"}, **mark}
    types = {"text": "string", "number": "number", "date": "string", "flag": "boolean"}
    return {"type": types[kind], **title, **({"format": "date"} if kind == "date" else {}), **mark}


def filled(kind: str, value: Any) -> Any:
    """What a unit sends in such a field."""
    if kind in ("list", "whole"):
        return [{("who" if kind == "list" else "tie"): value}, value]
    if kind == "object":
        return {"who": value}
    if kind == "panel":
        return {value if isinstance(value, str) else CANARY: 5, "评委一": value}
    return value


@st.composite
def desks(draw: st.DrawFn) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A rubric and what units sent, the word in every field that is marked; a marked part of names and category, too."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=6))
    own_key, category, quoting = draw(st.booleans()), draw(st.sampled_from(["", "open", "marked"])), draw(st.booleans())
    score = {"no": "1", "points": 10, "rule": {"pro_rata": {"full_at": 10}}}
    fields: dict[str, Any] = {
        "name": {"type": "string", "title": "姓名"},
        "key": {"type": "string", "title": "编号", **MARK},
        "talks": {"type": "integer", "title": "谈心次数", "x-criterion": score},
        **{f"f{i}": field(kind, i, True) for i, kind in enumerate(kinds)},
    }
    own: dict[str, Any] = {"language": 1, "id": "chance", "version": "1", "unit": ["name", "key"] if own_key else "name"}
    if category:
        fields["sort"] = {"enum": ["一线", "机关", CANARY], "title": "类别", **(MARK if category == "marked" else {})}
        own["category"] = "sort"
    required = ["name", *(["key"] if own_key else []), *(["sort"] if category else [])]
    rubric = {"title": "考核标准", "type": "object", "required": required, "properties": fields, "x-rubric": own}
    sent = []
    for unit in range(draw(st.integers(1, 4))):
        forms = draw(st.lists(st.integers(0, 5), min_size=len(kinds), max_size=len(kinds)))
        values = {f"f{i}": filled(kind, secret(i, unit, forms[i])) for i, kind in enumerate(kinds)}
        name = f"张{unit} {secret(0, unit, 0)}" if quoting else f"张{unit}"
        values |= {"name": name, "key": secret(99, unit, 0), "talks": 3 + unit}
        if quoting:
            values["key"] = secret(0, unit, 0)
        if category:
            values["sort"] = CANARY if category == "marked" else "一线"
        sent.append(values)
    return rubric, sent


def said_of(*words: str) -> tuple[int, bytes]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = main(["--lang", "zh", *words])
    return status, said.getvalue().encode()


@settings(max_examples=12, deadline=None)
@given(desk=desks(), order=st.sampled_from(["rank", "name"]))
def test_whatever_is_marked_no_byte_of_a_public_list_holds_it(desk: tuple[dict[str, Any], list[dict[str, Any]]], order: str) -> None:
    rubric, sent = desk
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "in").mkdir()
        (folder / "rubric.json").write_text(json.dumps(rubric, ensure_ascii=False), encoding="utf-8")
        for i, one in enumerate(sent):
            (folder / f"in/p{i}.json").write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
        status, said = said_of("evaluate", str(folder / "in"), "--rubric", str(folder / "rubric.json"), "--out", str(folder / "out"))
        assert status == 0, said.decode()
        more = ("--with", "total", "--with", "status", "--order", order)
        status, said = said_of("publish", str(folder / "out"), "-o", str(folder / "public"), *more)
        assert status == 0, said.decode()
        texts = {**every_text(folder / "public"), "said": said}
        assert {"公示名单.xlsx", "public.csv", "run.json"} <= texts.keys()
        assert seen([CANARY], texts) == []
