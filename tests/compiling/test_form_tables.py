"""Columns whose heads a reader knows again, names of sheets, and rows made ready."""

from __future__ import annotations

import pytest

from scorekit.compiling.form_tables import Tables, free_name, heads, table_lines, unit_shown
from scorekit.domain.naming import folded
from scorekit.stages.validate.match import item_words
from tests.intake import plan_of

NUMBER = {"type": "number"}


def tables(properties):
    plan = plan_of(properties)
    return Tables(plan, "zh"), {f.path: f for f in plan.fields}


@pytest.mark.parametrize(
    ("unit", "head"), [("人", "数（人）"), ("percent", "数（%）"), ("fraction", "数（%）"), ("duration", "数"), ("", "数")]
)
def test_a_head_says_the_unit_of_measure(unit, head):
    found, fields = tables({"n": {**NUMBER, "title": "数", **({"x-unit": unit} if unit else {})}})
    assert found.title("n") == head
    assert found.title("n", bare=True) == "数"
    assert unit_shown(fields["n"]) in ("人", "%", "")


def test_a_title_that_means_two_fields_stands_with_its_section_or_as_the_path():
    section = {"type": "object", "properties": {"n": {**NUMBER, "title": "次数"}, "m": {**NUMBER, "title": "次数"}}}
    found, _ = tables({"a": {**section, "title": "甲节"}, "n": {**NUMBER, "title": "次数"}})
    assert [found.title(p) for p in ("n", "a.n", "a.m")] == ["n", "a.n", "a.m"]


def test_marks_and_votes_stand_under_title_and_rater():
    found, _ = tables({"s": {"type": "object", "title": "测评", "x-source": {"who": "survey", "options": ["满意", "不满意"]}}})
    assert found.title("s", "满意") == "测评@满意"


def test_every_head_means_its_field_and_no_other():
    found, fields = tables({"a": {**NUMBER, "title": "单位名称"}, "b": {**NUMBER, "title": "面积（平方米）", "x-unit": "平方米"}})
    for path in fields:
        assert found.known.slots(found.title(path)) == {(path, "")}


def records(**items):
    return {"type": "array", "title": "明细", "items": {"type": "object", "properties": items}}


def test_the_heads_of_records_mean_their_fields_even_where_titles_are_alike():
    found, fields = tables(
        {"l": records(a={**NUMBER, "title": "数"}, b={**NUMBER, "title": "数"}, c={"type": "string", "title": "单位名称"})}
    )
    words = item_words(fields["l"])
    names = [words[folded(c.title)] for c in found.list_columns(fields["l"])]
    assert names == ["a", "b", "c"]


def test_who_a_record_belongs_to_is_never_taken_for_one_of_its_fields():
    found, fields = tables({"l": records(c={"type": "string", "title": "单位名称"})})
    assert [c.title for c in found.identity(category=False, beside=fields["l"])] == ["unit"]
    assert [c.title for c in found.identity(category=False)] == ["单位名称"]


def test_derived_fields_and_lists_of_records_have_no_column():
    found, fields = tables({"l": records(a=NUMBER, b={"x-derive": "a", "title": "b"}, c=records(d=NUMBER))})
    assert [c.title for c in found.list_columns(fields["l"])] == ["l.a"]


@pytest.mark.parametrize(("title", "name"), [("荣誉", "荣誉"), ("荣誉/称号", "l"), ("很长的" * 15, "l"), ("'荣誉'", "l")])
def test_a_lists_sheet_is_named_so_that_it_is_known_again(title, name):
    found, fields = tables({"l": {**records(a=NUMBER), "title": title}})
    assert found.sheet_name(fields["l"], set()) == name


def test_names_of_sheets_differ_whatever_they_are():
    taken: set[str] = set()
    assert [free_name(n, taken) for n in ("表", "表", "表", "", "[]", "A" * 40, "a" * 40)] == [
        "表", "表(2)", "表(3)", "1", "1(2)", "A" * 31, "a" * 27 + "(2)",
    ]  # fmt: skip


CRITERION = {"points": 5, "rule": {"mark": {}}, "reading": "示例"}


def own_heads(properties):
    found, fields = tables(properties)
    columns = found.with_own_scores([f for f in fields.values() if f.path not in ("unit", "category") and f.derive is None], None)
    return found, [c.title for c in columns], columns


def test_an_items_own_score_stands_beside_its_field():
    _, names, columns = own_heads({"a": {**NUMBER, "title": "甲项", "x-criterion": CRITERION}, "b": {**NUMBER, "title": "乙数"}})
    assert names[:3] == ["甲项", "甲项/自评分", "乙数"]
    assert (columns[1].answer.kind, columns[1].width, columns[1].wording) == ("number", 8.0, "")


def test_the_own_score_of_what_is_computed_stands_where_the_standard_has_it_with_the_published_text():
    item = {"title": "比例", "x-derive": "a + b", "x-criterion": {**CRITERION, "wording": "按比例"}}
    section = {"type": "object", "title": "节", "properties": {"a": NUMBER, "b": NUMBER, "r": item, "c": NUMBER}}
    _, names, columns = own_heads({"s": section})
    assert names[:4] == ["s.a", "s.b", "比例/自评分", "s.c"]
    assert columns[2].wording == "按比例"


def test_items_of_one_title_have_their_own_scores_under_their_sections_or_paths():
    item = {**NUMBER, "title": "次数", "x-criterion": CRITERION}
    section = {"type": "object", "properties": {"n": item}}
    found, names, _ = own_heads({"n": item, "a": {**section, "title": "甲节"}, "b": {**section, "title": "乙节"}})
    assert [n for n in names if "自评分" in n or n.startswith("own:")] == ["own:n", "甲节/次数/自评分", "乙节/次数/自评分"]
    assert [found.known.slots(n) for n in ("own:n", "甲节/次数/自评分")] == [{("own:n", "")}, {("own:a.n", "")}]


def test_rows_are_made_ready_and_those_of_a_register_filled_in():
    found, _ = tables({"n": NUMBER})
    columns = found.identity(category=True)
    assert [(line.times, [c.value for c in line.cells]) for line in table_lines(columns, [["甲", "企业"]])] == [
        (1, ["甲", "企业"]),
        (5, [None, None]),
    ]
    assert [line.times for line in table_lines(columns)] == [30]
    assert len(heads(columns)) == 2
