"""Explain: one unit from its cells to its rank, in the words of the standard, each figure recomputable by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from scorekit_plugins.aggregators.weighted import weighted_sum

from scorekit.compiling.planning import compile_plan
from scorekit.domain.outputs import Outcome
from scorekit.stages.explain import Verdict, explain
from tests.building import BAD, NA, NUMBER, TEXT, TRUTH, assessed, catalogue, criterion, outcome_of, rubric, section, units

PERCENT = {"type": "number", "x-unit": "percent", "title": "签订率"}
HONOURS = {"type": "array", "title": "荣誉", "items": {"type": "object", "properties": {"level": {"type": "string", "title": "级别"}}}}
PANEL = {
    "type": "object",
    "title": "评议",
    "additionalProperties": {"type": ["number", "null"]},
    "x-source": {"who": "panel", "raters": ["甲", "乙"]},
}
LADDER = [
    {"id": "model", "title": "模范", "at_least": 90, "if": "elected"},
    {"id": "good", "title": "先进", "at_least": 80},
]


def item(title: str, rule: Any = "mark", points: Any = 10, **more: Any) -> dict[str, Any]:
    """A number with a title and a criterion."""
    return {
        "type": "number",
        "title": title,
        "x-criterion": {"rule": {rule: {}} if isinstance(rule, str) else rule, "points": points, **more},
    }


def told(outcome: Outcome, row: int = 0, lang: str = "en", **verdict: Any) -> list[str]:
    """The explanation of one unit of an outcome."""
    standings = outcome.standings
    found = {
        "rank": int(standings.rank[row]),
        "level": standings.level[row],
        "award": standings.award[row],
        "status": standings.status[row],
    }
    return explain(
        outcome.plan, outcome.submissions.take([row]), outcome.sheet.take([row]), Verdict(**{**found, "reasons": "", **verdict}), lang
    )


def told_of(properties: dict[str, Any], columns: dict[str, Any], lang: str = "en", **frame: Any) -> list[str]:
    return told(outcome_of(properties, columns, **frame), lang=lang)


def test_the_head_says_who_by_which_standard_from_which_file_and_what_came_out() -> None:
    lines = told_of({"a": item("甲项")}, {"a": [9]})
    assert lines[:5] == ["U1", "standard: 考核标准 (test 1)", "file: all.csv", "total 9.00 · rank 1 · level — · ranked", ""]


def test_the_head_has_category_award_and_reasons_where_there_are_any() -> None:
    outcome = outcome_of({"a": item("甲项")}, {"category": ["甲"], "a": [9]}, categories=("甲",))
    lines = told(outcome, award="先进单位", reasons="rank 1 of 甲")
    assert lines[0] == "U1 · 甲"
    assert lines[4:6] == ["award: 先进单位", "why: rank 1 of 甲"]
    nameless = outcome_of({"a": item("甲项")}, {"category": [None], "a": [9]}, categories=("甲",))
    assert told(nameless)[0] == "U1"


def test_a_criterion_shows_points_full_marks_clause_value_cell_and_what_the_rule_gave() -> None:
    lines = told_of({"a": item("甲项", no="1.1", wording="按实得分")}, {"a": [9]})
    assert lines[5:9] == ["  1.1 甲项  9.00 / 10  part of the full marks", "    clause: 按实得分", "    甲项 = 9 [/a]", "    甲项 → +9"]


def test_sections_stand_within_sections_and_show_their_own_figures() -> None:
    inner = {**section({"a": item("甲项")}), "title": "内"}
    lines = told_of({"s": {**section({"t": inner, "b": item("乙项")}), "title": "外"}}, {"s.t.a": [9], "s.b": [10]})
    assert [line for line in lines if "■" in line] == ["■ 外  19 / 20", "  ■ 内  9 / 10"]
    assert "    甲项  9.00 / 10  part of the full marks" in lines
    assert "  乙项  10.00 / 10  full marks" in lines


def test_a_section_that_does_not_apply_shows_no_figures() -> None:
    properties = {"s": {**section({"a": item("甲项")}), "title": "外"}, "b": item("乙项")}
    lines = told_of(properties, {"s.a": [NA], "b": [9]})
    assert "■ 外" in lines


def test_the_total_is_added_up_from_its_parts() -> None:
    properties = {
        "a": item("甲项"),
        "b": item("乙项", kind="bonus", points=5),
        "c": item("丙项", {"each": {"deduct": 1}}, None, kind="deduction"),
    }
    lines = told_of(properties, {"a": [9], "b": [3], "c": [2]})
    assert lines[-1] == "total = base 9.00 + bonus 3.00 − deduction 2.00 + adjusted 0.00 = 10.00"
    assert any(line.endswith(("→ -2", "→ −2")) for line in lines)


def test_what_does_not_apply_is_named_beside_the_total() -> None:
    properties = {"a": item("甲项", no="1"), "b": item("乙项")}
    lines = told_of(properties, {"a": [NA], "b": [9]})
    assert lines[-1] == "  put on the scale: 9 ÷ 10 × 20 = 18; left out: 1 甲项"


def test_a_section_that_is_a_scale_says_how_it_was_put_on_its_full_marks() -> None:
    inner = section({"a": item("甲项"), "b": item("乙项"), "c": item("丙项", kind="bonus", points=5)}, scale=True)
    lines = told_of({"s": {**inner, "title": "外"}}, {"s.a": [NA], "s.b": [9], "s.c": [0]})
    assert "  put on the scale: 9 ÷ 10 × 20 = 18; left out: 甲项" in lines
    assert sum("put on the scale" in line for line in lines) == 1


def test_a_weighted_total_says_how_it_was_put_on_its_full_marks_too() -> None:
    weighted = {"a": item("甲项", weight="0.4"), "b": item("乙项", weight="0.6")}
    shape = {"s": {**section(weighted, aggregate="weighted-sum", scale=True), "title": "甲节"}, "c": item("丙项")}
    plan = compile_plan(rubric(shape), catalogue(aggregators=[weighted_sum]))
    lines = told(assessed(plan, units(plan, {"s.a": [NA], "s.b": [9], "c": [7]})))
    assert "  points times weights, added up: 乙项 9 × 0.6" in lines
    assert "  put on the scale: 5.4 ÷ 6 × 10 = 9; left out: 甲项" in lines


def test_items_of_no_section_stand_under_a_head_of_their_own() -> None:
    lines = told_of({"s": {**section({"a": item("甲项")}), "title": "甲节"}, "b": item("乙项")}, {"s.a": [1], "b": [2]})
    assert lines[lines.index("■ other items") + 1].startswith("  乙项")
    assert "■ other items" not in told_of({"b": item("乙项")}, {"b": [2]})


def test_bonuses_and_deductions_that_caps_cut_short_are_added_up() -> None:
    properties = {n: item(n, kind=kind, points=9) for n, kind in (("b", "bonus"), ("c", "bonus"))}
    properties |= {n: item(n, {"each": {"deduct": 1}}, None, kind="deduction") for n in ("d", "e")}
    columns = {"a": [50], "b": [3], "c": [4], "d": [2], "e": [3]}
    lines = told_of({"a": item("甲项", points=100), **properties}, columns, caps={"bonus": 5, "deduction": 4})
    assert "  bonuses add up to 7; by their caps 5.00 count" in lines
    assert "  deductions add up to 5; by their caps 4.00 count" in lines
    assert not any("by their caps" in line for line in told_of({"a": item("甲项", points=100), **properties}, columns))


@pytest.mark.parametrize(("late", "said_"), [(2, "→ -2"), (5, "→ -5, of which -3 counts")])
def test_a_clause_that_its_cap_cuts_short_says_what_counts(late: int, said_: str) -> None:
    clauses = {"x": {"rule": {"each": {"deduct": 1}}, "cap": 3}}
    lines = told_of({"a": {**NUMBER, "title": "迟报", "x-criterion": {"points": 5, "clauses": clauses}}}, {"a": [late]})
    assert any(line.endswith(said_) for line in lines)


def test_a_unit_without_a_total_is_told_so_and_what_to_do() -> None:
    properties = {"a": item("甲项", remedy="补报材料"), "b": item("乙项", remedy="不必")}
    lines = told_of(properties, {"a": [BAD], "b": [5]})
    assert lines[-1] == "total: none can be given"
    assert lines[3] == "total — · rank none · level — · incomplete"
    assert "    to do: 补报材料" in lines
    assert "    to do: 不必" not in lines


def test_a_blank_that_counts_as_zero_says_what_to_hand_in() -> None:
    assert "    to do: 补报材料" in told_of({"a": item("甲项", remedy="补报材料")}, {"a": [None]})


def test_an_item_that_is_no_part_of_the_standard_shows_no_clause() -> None:
    lines = told_of({"a": item("甲项", only_for="b > 5"), "b": item("乙项")}, {"a": [9], "b": [1]})
    at = next(n for n, line in enumerate(lines) if line.startswith("  甲项  —"))
    assert lines[at + 1 : at + 3] == ["    甲项 = 9 [/a]", "    乙项 = 1 [/b]"] or not any("→" in line for line in lines[at + 1 : at + 3])


def test_clauses_start_from_full_marks_and_each_says_what_it_took() -> None:
    clauses = {
        "x": {"title": "第一款", "rule": {"shortfall": {"target": 0.9, "step": 0.02, "deduct": 0.5}}},
        "y": {"rule": {"each": {"of": "late", "deduct": 1}}},
    }
    rate = {**PERCENT, "x-criterion": {"points": 5, "clauses": clauses}}
    lines = told_of({"a": rate, "late": {**NUMBER, "title": "迟报"}}, {"a": [0.8], "late": [None]})
    assert "    starts from full marks 5" in lines
    assert any(line.startswith("    第一款: ") and line.endswith("→ -2.5") for line in lines)
    assert "    签订率 = 80% [/a]" in lines
    assert "    迟报 = blank [/late]" in lines
    assert any(line.startswith("    ") and line.endswith("→ not submitted") for line in lines)


def test_in_chinese_a_clauses_title_has_a_chinese_colon() -> None:
    clauses = {"x": {"title": "第一款", "rule": {"mark": {}}}}
    lines = told_of({"a": {**NUMBER, "title": "甲项", "x-criterion": {"points": 5, "clauses": clauses}}}, {"a": [4]}, "zh")
    assert any(line.startswith("    第一款：") for line in lines)


@pytest.mark.parametrize(("late", "word"), [(0, "no"), (3, "yes"), (None, "unknown")])
def test_a_zero_trigger_says_whether_it_fired(late: Any, word: str) -> None:
    properties = {"a": item("甲项", zero_if="late > 2"), "late": {**NUMBER, "title": "迟报"}}
    lines = told_of(properties, {"a": [9], "late": [late]})
    assert sum(line.startswith("    no marks if ") and line.endswith(f": {word}") for line in lines) == 1


def test_a_rule_that_compares_shows_its_recorded_figure() -> None:
    lines = told_of({"a": item("甲项", {"to_best": {"points": 10}})}, {"a": [4, 8]})
    assert "    share of the best → 5.00 (by comparison with all units of the category)" in lines
    blank = told_of({"a": item("甲项", {"to_best": {"points": 10}})}, {"a": [BAD, 8]})
    assert "    share of the best → — (by comparison with all units of the category)" in blank


def test_a_comparison_beyond_the_category_says_among_whom() -> None:
    lines = told_of({"a": item("甲项", {"place_points": {"prices": [2, 1]}}, within=[])}, {"a": [9, 5]})
    assert any(line.endswith("→ 2.00 (by comparison over all units)") for line in lines)


def test_a_derived_value_shows_its_formula_and_what_it_rests_on() -> None:
    properties = {
        "members": {**NUMBER, "title": "会员"},
        "staff": {**NUMBER, "title": "职工"},
        "a": {
            **PERCENT,
            "title": "入会率",
            "readOnly": True,
            "x-derive": "members / staff",
            "x-criterion": {"points": 5, "rule": {"pro_rata": {}}},
        },
    }
    lines = told_of(properties, {"members": [173], "staff": [200]})
    assert any(line.startswith("    入会率 = ") and line.endswith("= 86.5% (会员 = 173 [/members]; 职工 = 200 [/staff])") for line in lines)


def test_a_derived_constant_rests_on_nothing() -> None:
    properties = {"c": {**NUMBER, "title": "常数", "readOnly": True, "x-derive": "2 + 3"}, "a": item("甲项", {"mark": {"of": "c"}})}
    lines = told_of(properties, {"a": [1]})
    assert any(line.startswith("    常数 = ") and line.endswith(" = 5") for line in lines)


def test_what_a_repair_replaced_is_shown_as_it_was_written() -> None:
    outcome = outcome_of({"a": item("甲项")}, {"a": [9]})
    lines = told(replace(outcome, submissions=replace(outcome.submissions, raw={(0, "a"): "９分"})))
    assert "    甲项 = 9 (written “９分”) [/a]" in lines


def test_a_field_that_nobody_handed_in_has_no_cell() -> None:
    lines = told_of({"a": item("甲项"), "b": item("乙项")}, {"a": [9]})
    assert "    乙项 = blank" in lines


def test_truths_texts_marks_and_lists_are_shown_in_words() -> None:
    properties = {
        "t": {**TRUTH, "title": "真", "x-criterion": {"points": 1, "rule": {"flag": {}}}},
        "w": {**TEXT, "title": "字"},
        "n": {"title": "数", "x-criterion": {"points": 9, "rule": {"mark": {"of": "count(honours)"}}}},
        "m": {"title": "均", "x-criterion": {"points": 9, "rule": {"mark": {"of": "mean(talk)"}}}},
        "x": {"title": "字数", "x-criterion": {"points": 1, "rule": {"flag": {"of": "w == '好'"}}}},
        "honours": HONOURS,
        "talk": PANEL,
    }
    columns = {"t": [True], "w": ["好"], "honours": [[{"level": "省"}, {"level": "市"}]], "talk": [[8, None]]}
    english, chinese = (told_of(properties, columns, lang) for lang in ("en", "zh"))
    assert {"    真 = yes [/t]", "    字 = 好 [/w]", "    荣誉 = 2 records [/honours]", "    评议 = 甲 8, 乙 — [/talk]"} <= set(english)
    assert {"    真 = 是 [/t]", "    评议 = 甲 8、乙 — [/talk]"} <= set(chinese)


def test_gates_say_whether_they_fired_and_what_they_read() -> None:
    gates = {"g": {"no": "三", "title": "事故", "if": "accidents > 0 or rate(a) > 1", "effect": "not awarded"}}
    properties = {"a": item("甲项"), "accidents": {**NUMBER, "title": "事故数"}}
    fired, clear = (told_of(properties, {"a": [9], "accidents": [n]}, gates=gates) for n in (2, 0))
    at = next(n for n, line in enumerate(fired) if line.startswith("gate 三 事故: "))
    assert fired[at + 1] == "  事故数 = 2 [/accidents]"
    assert sum("事故数" in line and "[/accidents]" in line for line in clear) == 0
    assert any(line.startswith("gate 三 事故: ") for line in clear)


def test_the_keys_of_the_tie_chain_are_shown_to_a_unit_with_a_place() -> None:
    chain = {"tie_break": [{"by": "a", "first": "high", "title": "甲项"}, {"by": "rate", "first": "low", "title": "率"}]}
    properties = {"a": item("甲项"), "rate": PERCENT}
    lines = told_of(properties, {"a": [9], "rate": [0.5]}, rank=chain)
    assert lines[-2:] == ["tie key 1: 甲项 = 9 (higher first)", "tie key 2: 率 = 50% (lower first)"]
    assert not any("tie key" in line for line in told_of(properties, {"a": [BAD], "rate": [0.5]}, rank=chain))
    assert told_of(properties, {"a": [9], "rate": [None]}, rank=chain)[-1] == "tie key 2: 率 = nothing to compare (lower first)"


def test_a_key_that_compares_tied_units_is_told_without_a_value() -> None:
    chain = {"tie_break": [{"by": "ahead(rate)", "title": "在前的项数"}]}
    lines = told_of({"a": item("甲项"), "rate": PERCENT}, {"a": [9], "rate": [0.5]}, rank=chain)
    assert lines[-1] == "tie key 1: 在前的项数, found among those who are tied"


def test_an_item_or_section_without_full_marks_shows_none_and_its_points_are_no_bonus() -> None:
    shape = {"s": section({"a": criterion("mark", None, {**NUMBER, "title": "甲"})}, title="一节")}
    lines = told_of(shape, {"s.a": [9]})
    assert "■ 一节  9" in lines
    assert any(line.strip() == "甲  9.00  points earned" for line in lines)


# -------------------------------------------------------------------- the next level

BOTH = {"a": item("甲项", points=100), "elected": {**TRUTH, "title": "选举"}}


def next_level(a: Any, elected: Any, **verdict: Any) -> list[str]:
    lines = told(outcome_of(BOTH, {"a": [a], "elected": [elected]}, levels=LADDER), **verdict)
    return lines[next(n for n, line in enumerate(lines) if line.startswith("total") and n > 4) + 1 :]


def test_what_is_lacking_for_the_next_level_is_said() -> None:
    assert next_level(79.5, True) == ["next level 先进: 0.5 points short of 80"]


@pytest.mark.parametrize(("elected", "word"), [(True, "met"), (False, "not met"), (None, "undecided")])
def test_the_next_levels_condition_is_said_with_whether_it_is_met(elected: Any, word: str) -> None:
    lines = next_level(85, elected)
    assert lines[0] == "next level 模范: 5 points short of 90"
    assert lines[1].startswith("  its condition: ")
    assert lines[1].endswith(f"— {word}")


def test_a_line_that_is_reached_is_said_to_be_reached() -> None:
    assert next_level(95, False)[0] == "next level 模范: its line 90 is reached"


def test_the_highest_level_has_no_next_one() -> None:
    assert next_level(95, True) == []


def test_a_level_that_is_none_of_the_ladder_is_below_all() -> None:
    assert next_level(85, True, level="别的")[0] == "next level 先进: its line 80 is reached"


def test_how_far_the_last_seat_is_stands_last() -> None:
    assert next_level(95, True, line="the last seat …") == ["the last seat …"]


def test_a_unit_that_is_incomplete_is_told_of_no_level() -> None:
    lines = told(outcome_of(BOTH, {"a": [BAD], "elected": [True]}, levels=LADDER))
    assert lines[-1] == "total: none can be given"


@pytest.mark.parametrize(
    ("line", "late", "told_"),
    [
        ({"at_most": 5}, 9, "next level 合格: 4 above its most, 迟报 5"),
        ({"at_most": 5, "if": "elected"}, 5, "next level 合格: its line 迟报 5 is reached"),
        ({"at_most": 5}, None, "next level 合格: a blank leaves its line undecided"),
        ({"at_least": 5}, None, "next level 合格: a blank leaves its line undecided"),
        ({"at_least": "limit"}, 5, "next level 合格: a blank leaves its line undecided"),
    ],
)
def test_a_level_may_read_another_figure_and_have_a_most(line: dict[str, Any], late: Any, told_: str) -> None:
    ladder = [{"id": "x", "title": "合格", "of": "late", **line}]
    properties = {**BOTH, "late": {**NUMBER, "title": "迟报"}, "limit": {**NUMBER, "title": "限"}}
    columns = {"a": [9], "late": [late], "elected": [False], "limit": [None]}
    assert told_ in told_of(properties, columns, levels=ladder)


def test_a_derived_value_that_was_said_already_is_not_taken_apart_again() -> None:
    properties = {
        "members": {**NUMBER, "title": "会员"},
        "half": {**NUMBER, "title": "半数", "readOnly": True, "x-derive": "members / 2"},
        "more": {**NUMBER, "title": "加一", "readOnly": True, "x-derive": "half + 1"},
        "both": {**NUMBER, "title": "合", "readOnly": True, "x-derive": "half + more"},
        "a": item("甲项", {"mark": {"of": "both"}}, 100),
    }
    lines = told_of(properties, {"members": [8], "a": [0]})
    start = lines.index("    合 = 半数 + 加一 = 9")
    assert lines[start + 1 : start + 3] == ["      半数 = 会员 ÷ 2 = 4 (会员 = 8 [/members])", "      加一 = 半数 + 1 = 5 (半数 = 4)"]


def test_a_figure_that_a_criterion_told_is_only_named_among_the_figures() -> None:
    properties = {
        "members": {**NUMBER, "title": "会员"},
        "half": {"title": "半数", "x-derive": {"formula": "members / 2", "output": True}},
        "more": {"title": "加一", "x-derive": {"formula": "half + 1", "output": True}},
        "a": item("甲项", {"mark": {"of": "half"}}, 100),
    }
    lines = told_of(properties, {"members": [8], "a": [0]})
    assert lines[-2:] == ["半数 = 4", "加一 = 半数 + 1 = 5 (半数 = 4)"]


def test_a_figure_without_a_value_is_no_blank_entry() -> None:
    properties = {"n": {**NUMBER, "title": "数"}, "x": {"title": "商", "x-derive": "1 / n"}, "a": item("甲项", {"mark": {"of": "x"}}, 9)}
    assert "    商 = 1 ÷ 数 = no figure (数 = 0 [/n])" in told_of(properties, {"n": [0], "a": [0]})


def test_an_entry_that_says_not_applicable_is_told_as_such() -> None:
    assert "    甲项 = not applicable [/a]" in told_of({"a": item("甲项"), "b": item("乙项")}, {"a": [NA], "b": [1]})


def test_a_base_item_without_full_marks_earns_points_and_its_section_has_none_either() -> None:
    free = item("甲项", points=None)
    del free["x-criterion"]["points"]
    lines = told_of({"s": {**section({"a": free, "b": {**free, "title": "乙项"}}), "title": "节"}}, {"s.a": [3], "s.b": [0]})
    assert "■ 节  3" in lines
    assert "  甲项  3.00  points earned" in lines
    assert "  乙项  0.00  no points earned" in lines


def test_a_section_without_any_criterion_is_not_told() -> None:
    properties = {"s": {"type": "object", "title": "只填不评", "properties": {"n": NUMBER}}, "a": item("甲项")}
    assert not any("只填不评" in line for line in told_of(properties, {"s.n": [1], "a": [1]}))


def test_a_category_is_explained_by_its_own_standard() -> None:
    frame = {"categories": ("甲", "乙"), "variants": {"乙": {"title": "乙类标准", "criteria": {"a": {"points": 5}}}}}
    outcome = outcome_of({"a": item("甲项")}, {"category": ["甲", "乙"], "a": [4, 4]}, **frame)
    assert any("4.00 / 10" in line for line in told(outcome, 0))
    second = told(outcome, 1)
    assert any("4.00 / 5" in line for line in second)
    assert second[1] == "standard: 乙类标准 (test 1)"


def test_what_a_table_says_is_shown_with_its_keys() -> None:
    tables = {"t": {"title": "任务", "keys": ["级别", {"name": "数", "match": "at_least"}], "rows": [["省级", 0, 5], ["省级", 3, 8]]}}
    shape = {"level": {**TEXT, "title": "级别"}, "a": item("甲项", {"pro_rata": {"full_at": "lookup(t, level, a)"}})}
    lines = told_of(shape, {"level": ["省级"], "a": [4]}, tables=tables)
    assert "    table “任务”: 级别 省级, 甲项 4 → 8" in lines
    assert any("from table “任务” (级别, 甲项)" in line for line in lines)


def test_a_duration_is_shown_in_minutes_and_seconds() -> None:
    lap = {**item("用时"), "x-unit": "duration"}
    assert "  用时 = 3:05.2 [/a]" in [line[2:] for line in told_of({"a": lap}, {"a": [185.2]})]


def test_the_marks_that_counted_in_a_clause_stand_below_it() -> None:
    from scorekit_plugins.rules.panel import panel

    marks = {**PANEL, "x-criterion": {"rule": {"panel": {"drop_low": 1}}, "points": 100}}
    lines = told(outcome_of({"a": marks}, {"a": [(90, 80)]}, panel))
    assert (
        lines[lines.index("    评议 without the 1 lowest: the mean → +90") + 1] == "      counted: 甲 90; dropped: 乙 80; they come to 90"
    )


def test_figures_put_out_are_explained_after_the_total_with_the_digits_they_are_printed_with() -> None:
    shape = {
        "a": item("甲项"),
        "x": {"title": "三分之一", "x-derive": {"formula": "a / 3", "output": True, "print": {"decimals": 1}}},
        "y": {"title": "占比", "x-unit": "percent", "x-derive": {"formula": "a / 30", "rounding": {"decimals": 2}, "output": True}},
        "z": {"title": "词", "x-derive": {"formula": "if(a > 1, '好', '差')", "output": True}},
    }
    lines = told_of(shape, {"a": [5]})
    place = next(i for i, line in enumerate(lines) if line.startswith("total = "))
    assert lines[place + 1 : place + 4] == [
        "三分之一 = 甲项 / 3 = 1.7 (甲项 = 5 [/a])".replace(" / ", " ÷ "),
        "占比 = 甲项 ÷ 30 = 16.67% (甲项 = 5 [/a])",
        "词 = if(甲项 > 1, 好, 差) = 好 (甲项 = 5 [/a])",
    ]


# -------------------------------------------------------------------- how sections and extras were made


def test_charged_and_unheeded_items_and_what_is_not_converted_are_told() -> None:
    inner = {"a": item("甲"), "b": item("乙"), "u": item("丙", points=None)}
    fault = {"rule": {"each": {"deduct": 1}}, "kind": "deduction"}
    shape = {
        "s": {**section(inner), "title": "一节"},
        "t": {**section({"x": item("丁")}), "title": "二节"},
        "d": {"type": "number", "title": "违规", "x-criterion": {**fault, "charge_to": "s"}},
        "e": {"type": "number", "title": "差错", "x-criterion": {**fault, "charge_to": "t"}},
        "p": item("奖一", points=None, kind="bonus", group="g"),
        "q": item("奖二", points=None, kind="bonus", group="g"),
    }
    columns = {"s.a": [8], "s.b": [NA], "s.u": [3], "t.x": [NA], "d": [2], "e": [1], "p": [3], "q": [5]}
    lines = [line.strip() for line in told(outcome_of(shape, columns, caps={"groups": {"g": {"take": "largest"}}}))]
    assert "charged to it: 违规 -2" in lines
    assert "nothing of “二节” applies, so 差错 -1 falls on the total" in lines
    assert "奖一 (3) does not count beside the others of its group" in lines
    assert "bonuses add up to 8; by their caps 5.00 count" in lines
    assert "put on the scale: 8 ÷ 10 × 30 + 1 (not converted) = 25; left out: 乙, 丁" in lines


def test_which_of_several_clauses_counts_is_told() -> None:
    clauses = {"x": {"rule": {"each": {"of": "n", "deduct": 1}}}, "y": {"rule": {"each": {"of": "n", "deduct": 2}}}}
    shape = {"n": NUMBER, "a": {"x-criterion": {"points": 10, "combine": "worst", "clauses": clauses}}}
    assert "of these clauses only the heaviest counts" in [line.strip() for line in told(outcome_of(shape, {"n": [1]}))]


def test_how_a_section_was_combined_is_told_below_its_items() -> None:
    shape = {"s": section({"a": item("甲"), "b": item("乙")}, aggregate="minimum", scale_to=5)}
    lines = [line.strip() for line in told(outcome_of(shape, {"s.a": [8], "s.b": [4]}))]
    assert "minimum: 甲 8 (does not count), 乙 4" in lines
    assert "put on a scale of 5 points: 4 ÷ 10 × 5 = 2" in lines


def test_what_was_made_of_a_section_is_told_in_the_order_of_computing() -> None:
    fault = {"rule": {"each": {"deduct": 1}}, "kind": "deduction", "charge_to": "s"}
    shape = {
        "s": {**section({"a": item("甲"), "b": item("乙")}, scale=True, scale_to=10), "title": "一节"},
        "d": {"type": "number", "title": "违规", "x-criterion": fault},
    }
    lines = [line.strip() for line in told(outcome_of(shape, {"s.a": [8], "s.b": [NA], "d": [2]}))]
    at = lines.index("put on the scale: 8 ÷ 10 × 20 = 16; left out: 乙")
    assert lines[at : at + 3] == [
        "put on the scale: 8 ÷ 10 × 20 = 16; left out: 乙",
        "charged to it: 违规 -2",
        "put on a scale of 10 points: 14 ÷ 20 × 10 = 7",
    ]


@pytest.mark.parametrize(
    ("elected", "told_"),
    [
        (True, "requirement 主席: fulfilled — "),
        (False, "requirement 主席: not fulfilled — "),
        (None, "requirement 主席: the gate cannot be"),
    ],
)
def test_a_requirement_is_told_as_fulfilled_or_not(elected: bool | None, told_: str) -> None:
    gates = {"g": {"title": "主席", "require": "elected", "reading": "示例"}}
    lines = told_of({"a": item("甲项"), "elected": {**TRUTH, "title": "选举"}}, {"a": [9], "elected": [elected]}, gates=gates)
    assert any(line.startswith(told_) for line in lines)


def test_the_records_that_a_formula_reads_are_listed_once() -> None:
    courses = {"type": "array", "title": "课程", "items": {"type": "object", "properties": {"x": {**NUMBER, "title": "成绩"}}}}
    properties = {
        "courses": courses,
        "a": item("甲项", {"mark": {"of": "sum(courses, x)"}}, 100),
        "b": item("乙项", {"mark": {"of": "count(courses)"}}, 100),
    }
    lines = told_of(properties, {"courses": [[{"x": 80}, {"x": None}]], "a": [0], "b": [0]})
    assert [line.strip() for line in lines if "record 1" in line or "record 2" in line] == [
        "record 1: 成绩 80 [/courses/0]",
        "record 2:  [/courses/1]",
    ]
