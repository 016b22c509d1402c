"""Formulas: an allow-list grammar, bounded; everything else is refused with the place where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.compiling.names import StandardNames
from scorekit.compiling.parsing import DEEPEST, LONGEST, FormulaError, Names, parse
from scorekit.compiling.standard import standard
from tests.building import DATE, NUMBER, TEXT, criterion, rubric, said, section, spelled

LISTS = {"type": "array", "items": {"type": "object", "properties": {"level": TEXT, "share": NUMBER}}}
PANEL = {"type": "object", "additionalProperties": NUMBER, "x-source": {"who": "panel", "raters": ["甲"]}}


@pytest.fixture(scope="module")
def names() -> StandardNames:
    shape = {
        "a": NUMBER,
        "b": NUMBER,
        "on": DATE,
        "会员": NUMBER,
        "and": NUMBER,
        "s": section({"a": NUMBER, "c": criterion(), "t": section({"d": NUMBER})}),
        "honours": LISTS,
        "marks": PANEL,
    }
    found = rubric(shape)
    return StandardNames(standard(found.document, found))


def tree(text: str, names: Names, base: str = "") -> str:
    return spelled(parse(text, names, base))


def fault(text: str, names: Names, base: str = "") -> tuple[str, int]:
    with pytest.raises(FormulaError) as caught:
        parse(text, names, base)
    return said(caught.value.what), caught.value.position


# -------------------------------------------------------------------- what is understood


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + b * 2 - 1", "-(+(a, *(b, 2)), 1)"),
        ("(a + b) / 2", "/(+(a, b), 2)"),
        ("-a ** 2", "negative(**(a, 2))"),
        ("2 ** -1", "**(2, -1)"),
        ("a ** b ** 2", "**(a, **(b, 2))"),
        ("--a", "negative(negative(a))"),
        ("-0.5", "-0.5"),
        ("1 < a <= 2 != b", "and(and(<(1, a), <=(a, 2)), !=(2, b))"),
        ("not a > 1 and b == 2 or true", "or(and(not(>(a, 1)), ==(b, 2)), True)"),
        ("a in [1, 2, -3]", "in(a, 1, 2, -3)"),
        ("a not in [1]", "not(in(a, 1))"),
        ("not not a > 1", "not(not(>(a, 1)))"),
        ("'文 本' == 'x'", "==(文 本, x)"),
        ("on - 2026-06-30", "-(on, 2026-06-30)"),
        ("a-1", "-(a, 1)"),
        ("会员 / a", "/(会员, a)"),
        ("`and` + 1", "+(and, 1)"),
        ("if(a > 1, b, min(a, b, 0))", "if(>(a, 1), b, min(a, b, 0))"),
        ("round(a, 2) + coalesce(b, 0)", "+(round(a, 2), coalesce(b, 0))"),
        ("points() + full(s) + rate(s.c) + rank()", "+(+(+(points<>, full<s>), rate<s.c>), rank<>)"),
        ("outcome(`s.c`) == 'missing'", "==(outcome<s.c>, missing)"),
        ("period.end - on", "-(period.end, on)"),
        ("count(honours)", "count[honours; None; None]"),
        ("count(honours, level == '省级')", "count[honours; None; ==(honours.level, 省级)]"),
        ("sum(honours, share * a, level in ['x'])", "sum[honours; *(honours.share, a); in(honours.level, x)]"),
        ("mean(marks)", "mean[marks; None; None]"),
        ("best(honours, share, 2)", "best[honours; honours.share; None; 2]"),
        ("worst(honours, share, a, level == 'x')", "worst[honours; honours.share; ==(honours.level, x); a]"),
        ("trimmed(marks, 1)", "trimmed[marks; None; None; 1]"),
        ("trimmed(marks, min(mark, 9), a)", "trimmed[marks; min(marks.mark, 9); None; a]"),
        ("best(marks, mark, 2, rater in ['甲', '乙'])", "best[marks; marks.mark; in(marks.rater, 甲, 乙); 2]"),
        ("count(marks, mark >= a)", "count[marks; None; >=(marks.mark, a)]"),
        ("nth(marks, 1) - `marks@甲`", "-(nth[marks; None; None; 1], marks@甲)"),
        ("distinct(honours, level)", "distinct[honours; honours.level; None]"),
        ("count(children(s), rate > a)", "count[children(s); None; >(children(s).rate, a)]"),
        ("product(children(`s.t`), points)", "product[children(s.t); children(s.t).points; None]"),
        ("sum(children(), weight * points)", "sum[children(); *(children().weight, children().points); None]"),
        ("base() + bonus() - deduction()", "-(+(base<>, bonus<>), deduction<>)"),
        ("deviation(marks) + mod(a, 2) + sign(b)", "+(+(deviation[marks; None; None], mod(a, 2)), sign(b))"),
        ("year(on) + month(on) + day(on)", "+(+(year(on), month(on)), day(on))"),
        ("max(a, 3)", "max(a, 3)"),
        ("true and false", "and(True, False)"),
        ("a\t+\n b", "+(a, b)"),
    ],
)
def test_a_formula_reads_as_its_tree(names: StandardNames, text: str, expected: str) -> None:
    assert tree(text, names) == expected


def test_a_name_is_sought_in_its_own_section_then_outward_to_the_root(names: StandardNames) -> None:
    assert tree("a + b + d", names, "s.t") == "+(+(s.a, b), s.t.d)"
    assert tree("a", names, "") == "a"
    assert tree("t.d + s.a", names, "s") == "+(s.t.d, s.a)"
    assert tree("points(c)", names, "s.t") == "points<s.c>"


def test_within_a_list_a_name_is_sought_in_the_record_first(names: StandardNames) -> None:
    assert tree("sum(honours, share + a)", names, "s") == "sum[honours; +(honours.share, s.a); None]"


# -------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("text", "what", "place"),
    [
        ("", "a value is missing here", 0),
        ("a +", "a value is missing here", 3),
        ("a b", "“b” was not expected here", 2),
        ("2a", "“a” was not expected here", 1),
        ("(a", "“)” is missing at the end", 2),
        ("xyz(a)", "there is no function “xyz”", 0),
        ("coalesc(a, 1)", "there is no function “coalesc”; did you mean “coalesce”?", 0),
        ("sum(a)", "sum takes a list first", 0),
        ("count(3)", "count takes a list first", 0),
        ("if(a, b)", "if takes 3 to 3 values, not 2", 0),
        ("abs()", "a value is missing here", 4),
        ("nobody", "there is no field “nobody”", 0),
        ("1 + honour", "there is no field “honour”; did you mean “honours”?", 4),
        ("s.x.d", "there is no field “s.x.d”; did you mean “s.t.d”?", 0),
        ("points(x9)", "there is no criterion or section “x9”", 7),
        ("points(a)", "there is no criterion or section “a”", 7),
        ("points('s')", "there is no criterion or section “'s'”", 7),
        ("points(s", "“)” is missing at the end", 8),
        ("exact(s)", "exact() is that of the total and names nothing", 6),
        ("rank(nobody)", "there is no ranking, criterion or section “nobody”", 5),
        ("sum(children(b), points)", "there is no section “b”", 13),
        ("sum(children(zz), points)", "there is no section “zz”", 13),
        ("sum(children(s.c), points)", "there is no section “s.c”; did you mean “s.t”?", 13),
        ("sum(children(s, points)", "“)” is missing before “,”", 14),
        ("sum(children(), a, 1, 2)", "sum over a list takes at most 2 more", 0),
        ("base(s)", "base() is that of the total and names nothing", 5),
        ("best(honours, share)", "best needs a number: how many, or which place", 0),
        ("trimmed(marks)", "trimmed needs a number: how many, or which place", 0),
        ("ahead(a, b)", "ahead takes one value, not 2", 0),
        ("`marks@乙`", "there is no field “marks@乙”; did you mean “marks@甲”?", 0),
        ("count(honours, level == 'x', 1)", "count over a list takes at most 1 more", 0),
        ("sum(honours, share, true, 1)", "sum over a list takes at most 2 more", 0),
        ("count(honours a)", "“)” is missing before “a”", 14),
        ("a in 3", "“[” is missing before “3”", 5),
        ("a in []", "a value is missing here", 6),
        ("a not 3", "“in” is missing before “3”", 6),
        ("2026-13-01", "2026-13-01 is no date", 0),
        ("and", "a value is missing here", 0),
        ("a ; b", "“;” is no part of a formula", 2),
        ('"a"', "“\"” is no part of a formula; did you mean “'”?", 0),
        ("a ÷ 2", "“÷” is no part of a formula; did you mean “/”?", 2),
        ("a = 1", "“=” is no part of a formula; did you mean “==”?", 2),
        ("'open", "the quotation mark “'” is not closed", 0),
        ("level", "there is no field “level”; did you mean “honours.level”?", 0),
    ],
)
def test_what_is_no_formula_is_refused_with_its_place(names: StandardNames, text: str, what: str, place: int) -> None:
    assert fault(text, names) == (what, place)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "a.__class__",
        "a.__class__.__bases__[0]",
        "().__class__",
        "eval('1')",
        "open('/etc/passwd')",
        "lambda: a",
        "a if b else 1",
        "[x for x in honours]",
        "{1: 2}",
        "a := 1",
        "f'{a}'",
        "a @ b",
        "a % 2",
        "a // 2",
        "a & b",
        "a[0]",
        "honours.level.upper()",
        "exec",
        "1e9",
        "0x10",
        "a\\b",
        "${a}",
        "`a",
    ],
)
def test_nothing_of_python_gets_through(names: StandardNames, text: str) -> None:
    with pytest.raises(FormulaError):
        parse(text, names, "")


def test_a_formula_has_at_most_500_characters(names: StandardNames) -> None:
    assert LONGEST == 500
    parse("a" + " " * 499, names, "")
    assert fault("a" + " " * 500, names) == ("the formula is longer than 500 characters", 500)


@pytest.mark.parametrize(
    "nested",
    [
        lambda n: "(" * n + "a" + ")" * n,
        lambda n: "abs(" * n + "a" + ")" * n,
        lambda n: "not " * n + "a > 1",
        lambda n: "-" * n + "a",
        lambda n: "a" + " ** a" * n,
        lambda n: "a in [" * n + "1" + "]" * n,
        lambda n: "min(1, " * n + "a" + ")" * n,
        lambda n: "if(true, 1, " * n + "a" + ")" * n,
    ],
)
def test_a_formula_is_nested_at_most_20_levels_deep_whatever_it_is_made_of(names: StandardNames, nested: object) -> None:
    assert DEEPEST == 20
    assert callable(nested)
    parse(nested(19), names, "")
    what, _ = fault(nested(21), names)
    assert what == "the formula is nested deeper than 20 levels"


def test_a_long_chain_is_not_deep(names: StandardNames) -> None:
    assert tree("+".join("a" * 250), names).count("+") == 249


@given(st.text(max_size=60))
def test_any_text_is_a_formula_or_is_refused_and_nothing_else_happens(text: str) -> None:
    found = rubric({"a": NUMBER, "honours": LISTS})
    known = StandardNames(standard(found.document, found))
    error = _refusal(text, known)
    assert error is None or 0 <= error.position <= max(len(text), 1)


@given(
    st.lists(
        st.sampled_from(["a", "(", ")", "-", "not ", "**", "+", "1", ",", "count(", "honours", " in ", "[", "]", "'x'", "<", "min("]),
        max_size=40,
    )
)
def test_any_sequence_of_tokens_is_a_formula_or_is_refused(parts: list[str]) -> None:
    found = rubric({"a": NUMBER, "honours": LISTS})
    error = _refusal("".join(parts), StandardNames(standard(found.document, found)))
    assert error is None or said(error.what)


def _refusal(text: str, names: Names) -> FormulaError | None:
    try:
        parse(text, names, "")
    except FormulaError as error:
        return error
    return None


def test_names_are_to_be_said_by_who_knows_them() -> None:
    names = Names()
    for call in (lambda: names.field("a", ""), lambda: names.item("a", ""), lambda: names.is_list("a"), lambda: names.near("a")):
        with pytest.raises(NotImplementedError):
            call()
