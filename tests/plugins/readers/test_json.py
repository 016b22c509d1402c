"""JSON and NDJSON: exact and strict, each refusal with its line, the other files go on."""

from __future__ import annotations

import codecs
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.readers import exact_json, gather, json_files, ndjson
from scorekit_plugins.readers.exact_json import Refused, parsed

from scorekit.words import say
from tests.intake import problems_of, read_with

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.decimals(allow_nan=False, allow_infinity=False, places=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def written(value):
    """A JSON text of a value, numbers digit by digit."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)}: {written(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return f"{value:f}" if isinstance(value, Decimal) else json.dumps(value)


def test_numbers_of_up_to_308_digits_before_the_point_are_read():
    assert parsed("[1e307, " + "9" * 308 + ", 0e400, 1e-400]") == [10**307, 10**308 - 1, 0, Decimal("1e-400")]


@given(VALUES)
def test_what_is_written_is_read_back_exactly(value):
    assert parsed(written(value)) == value


def test_numbers_keep_every_digit():
    assert parsed("[0.1, 19.99, 5.0, 12345678901234567890, 1e2]") == [Decimal("0.1"), Decimal("19.99"), 5, 12345678901234567890, 100]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('{"a": 1,\n "b": 2,\n "a": 3}', 3, "the key “a” stands twice in one object"),
        ('{"a": {"x": 1, "\\u0078": 2}}', 1, "the key “x” stands twice in one object"),
        ('{"a":\n NaN}', 2, "NaN is no number"),
        ("[1,\n\n-Infinity]", 3, "-Infinity is no number"),
        ('{"a": ' + "9" * 1001 + "}", 1, "a number has more than 1000 digits"),
        ('{"a": 1e99999999}', 1, "a number has more than 1000 digits"),
        ('{"a":\n 1.5e-20000}', 2, "a number has more than 1000 digits"),
        ('{"a": 1e400}', 1, "a number has more than 308 digits before the point"),
        ('{"a": [1,\n -10.5E308]}', 2, "a number has more than 308 digits before the point"),
        ('{"a": ' + "9" * 309 + "}", 1, "a number has more than 308 digits before the point"),
        ("\n" + "[" * 101 + "]" * 101, 2, "objects or lists are nested more than 100 deep"),
        ("[" * 100_000, 1, "objects or lists are nested more than 100 deep"),
        ('{"a": 1,\n "b" 2}', 2, 'this is no valid JSON, near “: 1, "b" 2}”'),
        (" \n", 0, "the file is empty"),
        ('{"a": [1, 2], "b": NaN}', 1, "NaN is no number"),
        ('{"a": 1,\n"b": "\\ud800"}', 2, "a text holds half a character (a lone surrogate)"),
        ('{"\\udc00": [1]}', 1, "a text holds half a character (a lone surrogate)"),
    ],
)
def test_a_text_that_readers_disagree_on_is_refused_with_its_line(text, line, what):
    with pytest.raises(Refused) as caught:
        parsed(text)
    assert (caught.value.line, say(caught.value.what, "en")) == (line, what)


def test_a_hundred_levels_and_a_whole_pair_of_surrogates_are_read():
    assert parsed("[" * 100 + "]" * 100)
    assert parsed('["\\ud83d\\ude00", 1, null]') == ["😀", 1, None]
    assert parsed(json.dumps([{"a": 1}] * 200)) == [{"a": 1}] * 200


def test_braces_and_words_inside_texts_are_no_faults():
    assert parsed(json.dumps({"a": 'NaN {[ " 9' + "9" * 2000}))


@pytest.mark.parametrize("encode", [lambda t: t.encode(), lambda t: codecs.BOM_UTF8 + t.encode(), lambda t: t.encode("utf-16")])
def test_a_file_is_read_by_its_mark_or_as_utf_8(tmp_path, encode):
    (tmp_path / "u.json").write_bytes(encode('{"unit": "某工会", "a": {"b": 1, "c": {"d": true}}, "list": [{"x": 1}]}'))
    [found] = read_with(json_files, tmp_path / "u.json")
    assert dict(found.columns) == {"unit": ["某工会"], "a.b": [1], "a.c.d": [True], "list": [[{"x": 1}]]}
    assert (found.files, found.file, found.row, found.letters) == (("u.json",), (0,), (0,), {})


def test_files_share_a_table_in_the_order_of_their_names(tmp_path):
    (tmp_path / "b.json").write_text('{"unit": "乙", "extra": 2}', encoding="utf-8")
    (tmp_path / "a.json").write_text('[{"unit": "甲"}, {"unit": "丙"}]', encoding="utf-8")
    [found] = read_with(json_files, tmp_path / "b.json", tmp_path / "a.json")
    assert found.columns == {"unit": ["甲", "丙", "乙"], "extra": [None, None, 2]}
    assert (found.files, found.file, found.row) == (("a.json", "b.json"), (0, 0, 1), (1, 2, 0))


def test_a_refused_file_is_a_problem_and_the_others_are_read(tmp_path):
    (tmp_path / "a.json").write_bytes('{"unit": "甲"}'.encode("gb18030"))
    (tmp_path / "b.json").write_text('{"unit": "乙"}', encoding="utf-8")
    (tmp_path / "c.json").write_text('["乙"]', encoding="utf-8")
    (tmp_path / "d.json").write_text('{"a": {"b": 1}, "a.b": 2}', encoding="utf-8")
    (tmp_path / "e.json").write_text('{"a": {"c": 1, "b.c": 1, "b": {"c": 2}}}', encoding="utf-8")
    tables = read_with(json_files, *tmp_path.iterdir())
    assert [t.columns for t in tables if len(t)] == [{"unit": ["乙"]}]
    assert problems_of(tables) == [
        "error : the file is not in UTF-8",
        "error /1: a submission must be a JSON object, in braces",
        "error : “a.b” is given twice, nested and with a dot",
        "error : “a.b.c” is given twice, nested and with a dot",
    ]


def test_too_large_a_file_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(json_files, "LARGEST", 10)
    (tmp_path / "a.json").write_text('{"unit": "long enough"}', encoding="utf-8")
    assert problems_of(read_with(json_files, tmp_path / "a.json")) == ["error : the file is larger than 0 MB"]


def test_units_are_grouped_by_the_rubric_they_name_and_a_path_is_no_name(tmp_path):
    for name, schema in {"a": '"one"', "b": '"two"', "c": '"one"', "d": '"../x.json"', "e": "7"}.items():
        (tmp_path / f"{name}.json").write_text(f'{{"$schema": {schema}, "unit": "{name}"}}', encoding="utf-8")
    tables = read_with(json_files, *tmp_path.iterdir())
    assert [(t.rubric, t.columns["unit"]) for t in tables if len(t)] == [("one", ["a", "c"]), ("two", ["b"]), (None, ["d", "e"])]
    assert problems_of(tables) == ["warning /$schema: $schema must name a rubric by its id, not by a path or address"] * 2


def test_a_full_table_is_given_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(gather, "ROWS", 2)
    (tmp_path / "a.json").write_text(json.dumps([{"n": i} for i in range(5)]), encoding="utf-8")
    assert [len(t) for t in read_with(json_files, tmp_path / "a.json")] == [2, 2, 1]


def test_ndjson_has_one_unit_a_line_and_the_line_as_its_row(tmp_path):
    (tmp_path / "a.ndjson").write_text('{"unit": "甲"}\n\n{"unit": NaN}\n7\n{"unit": "乙"}', encoding="utf-8")
    tables = read_with(ndjson, tmp_path / "a.ndjson")
    assert [(t.columns["unit"], t.row) for t in tables if len(t)] == [(["甲", "乙"], (1, 5))]
    assert problems_of(tables) == ["error /3: NaN is no number", "error /4: a submission must be a JSON object, in braces"]


def test_an_endless_line_ends_the_reading_of_its_file_only(tmp_path, monkeypatch):
    monkeypatch.setattr(ndjson, "LARGEST", 40)
    (tmp_path / "a.jsonl").write_text('{"unit": 1}\n{"unit": "' + "x" * 50 + '"}\n{"unit": 3}\n', encoding="utf-8")
    (tmp_path / "b.jsonl").write_text('{"unit": 4}\n', encoding="utf-8")
    tables = read_with(ndjson, tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    assert [t.columns["unit"] for t in tables if len(t)] == [[1, 4]]
    assert problems_of(tables) == ["error /2: the line is longer than 0 MB"]


def test_readers_say_which_endings_they_read():
    assert [r.suffixes for r in (*json_files.scorekit_readers(), *ndjson.scorekit_readers())] == [(".json",), (".ndjson", ".jsonl")]


def test_a_fault_that_cannot_be_found_again_is_still_refused(monkeypatch):
    monkeypatch.setattr(exact_json, "_faults", lambda text: iter(()))
    with pytest.raises(Refused) as caught:
        parsed('{"a": 1, "a": 2}')
    assert caught.value.line == 1
