"""Objects become tables; a draft becomes a table of its own in which only what was taken stands."""

from __future__ import annotations

import json

from scorekit_plugins.readers import json_files, ndjson

from scorekit.plugin import ReadRequest, SourceFile

OWN = {"$schema": "r", "unit": "甲"}
HELD = {
    "report": "总结.docx",
    "proposals": [{"field": "a.n", "value": 3, "accepted": True}, {"field": "a.m", "value": 4, "accepted": None}],
}


def read(reader, path, text):
    path.write_text(text, encoding="utf-8")
    return list(reader.read([SourceFile(path, path.name)], ReadRequest()))


def test_a_draft_is_a_table_of_its_own(tmp_path):
    [table] = read(json_files, tmp_path / "d.json", json.dumps({**OWN, "x-draft": HELD}))
    assert table.columns == {"unit": ["甲"], "a.n": [3]}
    assert table.rubric == "r"
    assert table.beside == {"draft": ("1 2 总结.docx", "/x-draft")}
    assert table.elsewhere["a.n"][0].text == "d.json#/x-draft/proposals/0/value"
    assert [(p.severity, p.file) for p in table.problems] == [("warning", "d.json")]


def test_drafts_among_other_units_keep_their_places(tmp_path):
    found = read(json_files, tmp_path / "d.json", json.dumps([{"unit": "乙"}, {**OWN, "x-draft": HELD}]))
    draft = next(t for t in found if t.beside)
    assert draft.elsewhere["a.n"][0].text == "d.json#/2/x-draft/proposals/0/value"
    assert [t.columns["unit"] for t in found if not t.beside] == [["乙"]]


def test_drafts_are_known_in_ndjson_too(tmp_path):
    found = read(ndjson, tmp_path / "d.ndjson", json.dumps({**OWN, "x-draft": HELD}, ensure_ascii=False) + "\n")
    assert [t.beside.get("draft", ("",))[0] for t in found] == ["1 2 总结.docx"]


def test_many_drafts_of_one_layout_are_still_drafts(tmp_path):
    lines = "\n".join(json.dumps({"unit": f"单位{i}", "x-draft": {"report": f"r{i}"}}, ensure_ascii=False) for i in range(300))
    found = read(ndjson, tmp_path / "d.ndjson", lines)
    assert sum(len(t) for t in found if t.beside) == 300
    assert not any(path.startswith("x-draft") for t in found for path in t.columns)


def test_a_draft_that_is_none_is_an_error_and_the_unit_stays(tmp_path):
    [table] = read(json_files, tmp_path / "d.json", json.dumps({**OWN, "x-draft": None}))
    assert [p.severity for p in table.problems] == ["error"]
    assert table.columns == {"unit": ["甲"]}
