"""Objects of one layout read together: each is what the exact reader makes of it, and what that refuses is left to it."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scorekit_plugins.readers import json_files, layouts, ndjson
from scorekit_plugins.readers.layouts import layout

from scorekit.domain.spans import Spans
from tests.intake import problems_of, read_with

TOKENS = st.sampled_from(
    ["1", "-2", "0", "-0", "12.50", "007", "-", "1e5", "1E-7", "1e400", ".5", "5.", "+1", "NaN", "true", "false", "null", "nul", "True",
     '"甲"', '"乙,丙"', '"a\\"b"', '"a"b"', '"\\u4e2d"', '"\t"', '""', '"', "[1]", "[]", '[{"x":1}]', "{}", '{"x":1}', "12345678901234567890",
     "0.12345678901234567", "1}", '"1"', "", "5 ", " 5"]
)  # fmt: skip
PLAIN = st.sampled_from(["1", "20", "3.5", "null", "true", '"甲"'])
SHAPES = (
    '{{"unit":{0},"a":{{"x":{1},"y":{2}}}}}',
    '{{"unit": {0}, "a": {{"x": {1}, "y": {2}}}, "$schema": "trial"}}',
    '{{"unit":{0},"a.x":{1},"b":{2}}} ',
)
STRAY = st.sampled_from(
    [
        "",
        " ",
        "[]",
        "{}",
        '{"a":1,"a":2}',
        '{"unit":1}',
        "x",
        '{"unit":1,"a":{"x":1,"x":2}}',
        '\ufeff{"unit":1}',
        "\0",
        '{"a":{"x":1},"a.x":2,"b":3}',
    ]
)


def lines_of(draw):
    shape = draw(st.sampled_from(SHAPES))
    kind = draw(st.sampled_from([PLAIN, PLAIN, st.one_of(PLAIN, TOKENS)]))
    return draw(
        st.lists(
            st.one_of(st.tuples(kind, kind, kind).map(lambda v: shape.format(*v)), STRAY if draw(st.booleans()) else st.nothing()),
            max_size=8,
        )
    )


LINES = st.composite(lines_of)()


def read_both(module, *paths):
    found = []
    for least in (10**9, 2):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(layouts, "LEAST", least)
            found.append(read_with(module, *paths))
    return found


def flat(tables):
    """Each unit with its place and values, whatever table it stands in; and all problems."""
    units = []
    for table in tables:
        cells = {path: list(column) for path, column in table.columns.items()}
        for row in range(len(table)):
            place = (table.files[int(table.file[row])], int(table.row[row]), table.rubric)
            units.append((place, sorted((p, repr(c[row])) for p, c in cells.items() if c[row] is not None)))
    return sorted(units, key=lambda u: u[0][:2]), sorted(problems_of(tables))


@settings(max_examples=300, deadline=None)
@given(parts=st.lists(LINES, max_size=3), end=st.sampled_from(["\n", "\r\n"]))
@example([['{"unit":1,"a":{"x":1,"y":2}}'] * 2 + ['{"unit":1,"a":{"x":{"z":1},"y":2}}'] * 2], "\n")
@example([['{"unit":"甲","a":{"x":01,"y":2}}'] * 3], "\n")
@example([['{"unit":"' + "甲乙" * 9 + '","a":{"x":-01.5,"y":2}}', '{"unit":"' + "乙" * 9 + '","a":{"x":-0.5,"y":null}}'] * 3], "\n")
def test_lines_read_together_are_those_read_one_by_one(tmp_path_factory, parts, end):
    path = tmp_path_factory.mktemp("lines") / "a.ndjson"
    path.write_bytes(end.join(line for part in parts for line in part).encode())
    alone, together = read_both(ndjson, path)
    assert flat(alone) == flat(together)


@settings(max_examples=100, deadline=None)
@given(parts=st.lists(LINES, max_size=3), indent=st.booleans())
def test_files_read_together_are_those_read_one_by_one(tmp_path_factory, parts, indent):
    folder = tmp_path_factory.mktemp("files")
    for place, text in enumerate(line for part in parts for line in part):
        (folder / f"{place}.json").write_bytes((text.replace(",", ",\n  ") if indent else text).encode())
    alone, together = read_both(json_files, *sorted(folder.iterdir()))
    assert flat(alone) == flat(together)


def test_values_stay_in_their_bytes_and_nulls_are_none(tmp_path):
    path = tmp_path / "a.ndjson"
    units = [{"unit": f"单位{i}", "a": {"n": i, "d": i / 4, "t": i % 3 == 0, "z": None if i % 2 else i}} for i in range(300)]
    path.write_text("\n".join(json.dumps(u, ensure_ascii=False) for u in units), encoding="utf-8")
    [found] = read_with(ndjson, path)
    assert {p: isinstance(c, Spans) for p, c in found.columns.items()} == {
        "unit": False,
        "a.n": True,
        "a.d": True,
        "a.t": True,
        "a.z": True,
    }
    assert list(found.columns["a.z"]) == [None if i % 2 else i for i in range(300)]
    assert list(found.columns["a.d"])[:2] == [Decimal("0.0"), Decimal("0.25")]
    assert found.columns["a.z"].digits().blank.sum() == 150
    assert list(found.row) == list(range(1, 301))


def test_a_few_lines_of_another_layout_do_not_hold_up_the_rest(tmp_path):
    path = tmp_path / "a.ndjson"
    lines = [f'{{"unit":{i},"n":{i}}}' if i % 50 else f'{{"unit":{i}}}' for i in range(400)]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = read_with(ndjson, path)
    assert [len(t) for t in found] == [392, 8]
    assert sorted(n for t in found for n in t.columns["unit"]) == list(range(400))


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ('{"a":1}', [("a", b'{"a":', b"}")]),
        ('{ "a" : "x" , "b":{"c":null}}\r', [("a", b'{ "a" : ', b" "), ("b.c", b' "b":{"c":', b"}}\r")]),
        ("[1]", None),
        ('{"a":[1,2]}', None),
        ('{"a":[]}', None),
        ('{"a":{}}', None),
        ('{"a":"x,y"}', None),
        ('{"a":"\\n"}', None),
        ('{"a":1,"a":1}', None),
        ('{"a":{"b":1},"a.b":1}', None),
        ("{}", None),
        ("", None),
    ],
)
def test_a_layout_is_what_stands_around_the_values(text, segments):
    found = layout(text.encode())
    assert (found if found is None else [tuple(s) for s in found]) == segments


def test_lines_beyond_the_limit_end_the_file_wherever_they_stand(tmp_path, monkeypatch):
    monkeypatch.setattr(ndjson, "LARGEST", 50)
    monkeypatch.setattr(ndjson, "STRETCH", 20)
    path = tmp_path / "a.ndjson"
    path.write_text('{"unit":1}\n{"unit":2}\n' + '{"unit":"' + "x" * 90 + '"}\n{"unit":3}\n', encoding="utf-8")
    found = read_with(ndjson, path)
    assert [list(t.columns.get("unit", ())) for t in found] == [[1, 2], []]
    assert problems_of(found) == ["error /3: the line is longer than 0 MB"]
