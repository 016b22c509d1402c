"""Whole forms as data: sheets, what stands beside tables, raters, registers."""

from __future__ import annotations

import pytest

from scorekit.catalogue import discover
from scorekit.compiling import compile_plan
from scorekit.compiling.form import form
from scorekit.compiling.form_kinds import kinds_of
from scorekit.domain.documents import digest
from scorekit.domain.form import Ask
from scorekit.errors import RubricError
from scorekit.loading.rubrics import load_rubric, shipped
from scorekit.stages.validate.match import dictionary
from scorekit.words import say

CATALOGUE = discover(third_party=False)


def plan(name):
    return compile_plan(load_rubric(name, CATALOGUE), CATALOGUE)


HOME = plan("model-home")


def test_a_form_says_of_which_rubric_it_is():
    made = form(HOME, "unit", "zh")
    assert (made.rubric, made.version, made.digest) == ("model-home", HOME.rubric.version, digest(HOME.rubric.document))
    assert all(made.digest[:16] in sheet.edition for sheet in made.sheets)


def test_a_list_has_a_sheet_of_its_own_named_after_it():
    names = [(s.name, s.path) for s in form(plan("congress"), "unit", "zh").sheets]
    assert names[1:] == [("职代会会议", "procedure.sessions"), ("提案", "motions.list"), ("民主管理荣誉", "extra.honours")]


def test_lists_of_one_name_have_sheets_by_their_paths():
    names = [s.name for s in form(plan("labour-contest"), "unit", "zh").sheets]
    assert names[1:] == ["q1.projects", "q2.projects", "q3.projects", "q4.projects"]


def test_the_records_of_many_units_say_whose_they_are():
    [_, sheet] = form(plan("union-building"), "units", "zh").sheets[:2]
    assert sheet.heads[0].title == "单位名称"


def test_a_raters_form_offers_the_raters_or_has_the_one_asked_for():
    assert form(HOME, "panel", "zh").sheets[0].beside[0][1].choices == ("评委1", "评委2", "评委3", "评委4", "评委5")
    assert form(HOME, "panel", "zh", rater="评委2").sheets[0].beside[0][1].value == "评委2"


def test_a_rater_whom_the_rubric_does_not_name_is_refused():
    with pytest.raises(RubricError) as caught:
        form(HOME, "panel", "zh", rater="某人")
    assert say(caught.value.what, "zh") == "标准里没有评委“某人”"


def test_units_of_a_register_are_filled_in_and_rows_are_left_for_more():
    lines = form(HOME, "units", "zh", units=[["甲工会", "企业"], ["乙工会", "机关"]]).sheets[0].lines
    first = [[c.value for c in line.cells[:2] if isinstance(c, Ask)] for line in lines]
    assert first == [["甲工会", "企业"], ["乙工会", "机关"], [None, None]]
    assert lines[-1].times > 1
    office = form(HOME, "office", "zh", units=[["甲工会", "企业"]]).sheets[0].lines[0].cells
    assert [c.value for c in office[:2]] == ["甲工会", None]


def test_one_category_is_filled_in_where_the_form_is_for_it():
    cells = [line.cells for line in form(HOME, "unit", "zh", category="机关").sheets[0].lines if line.cells[-1] == "category"]
    assert [c.value for c in cells[0] if isinstance(c, Ask)] == ["机关"]


def test_no_two_sheets_of_any_form_have_one_name():
    for rubric in shipped(CATALOGUE):
        found = compile_plan(rubric, CATALOGUE)
        for kind in kinds_of(found):
            made = form(found, kind, "zh")
            names = [made.heading, *(s.name for s in made.sheets)]
            assert len({n.casefold() for n in names}) == len(names)
            assert all(0 < len(n) <= 31 for n in names)


def test_the_table_of_all_units_asks_for_the_own_scores_that_the_form_of_one_unit_does():
    for rubric in shipped(CATALOGUE):
        found = compile_plan(rubric, CATALOGUE)
        if "units" not in kinds_of(found):
            continue
        for category in (None, *found.categories[:1]):
            known, one, all_ = dictionary(found), form(found, "unit", "zh", category), form(found, "units", "zh", category)
            at = [h.title for h in one.sheets[0].heads].index("自评分")
            alone = {f"own:{line.cells[-1]}" for line in one.sheets[0].lines if line.kind != "heading" and line.cells[at]}
            slots = [known.slots(h.title) for h in all_.sheets[0].heads]
            table = [path for s in slots if len(s) == 1 for path, _ in s if path.startswith("own:")]
            assert (set(table), len(table)) == (alone, len(alone)), (rubric.id, category)


def test_tables_of_the_office_and_of_raters_ask_for_no_own_scores():
    for kind in ("office", "panel"):
        assert not any("自评" in h.title for h in form(HOME, kind, "zh").sheets[0].heads), kind


def test_every_row_has_a_cell_for_each_column():
    for rubric in shipped(CATALOGUE):
        found = compile_plan(rubric, CATALOGUE)
        for kind in kinds_of(found):
            for sheet in form(found, kind, "en").sheets:
                assert {len(line.cells) for line in (*sheet.lines, *sheet.above) if line.kind != "heading"} == {len(sheet.heads)}
