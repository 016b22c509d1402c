"""Hostile and broken formulas: each is refused before anything runs, in words that a person in an office understands."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.compiling.names import StandardNames
from scorekit.compiling.parsing import parse
from scorekit.compiling.standard import standard
from scorekit.compiling.tokens import FormulaError
from scorekit.errors import RubricError
from scorekit.words import say
from tests.building import DATE, NUMBER, TEXT, TRUTH, criterion, fault_of, outcome_of, reasons, rubric, section

LISTS = {"type": "array", "items": {"type": "object", "properties": {"level": TEXT, "share": NUMBER}}}
PANEL = {"type": "object", "additionalProperties": NUMBER, "x-source": {"who": "panel", "raters": ["甲", "乙"]}}
SHAPE: dict[str, Any] = {
    "a": NUMBER,
    "b": NUMBER,
    "w": TEXT,
    "t": TRUTH,
    "d": DATE,
    "honours": LISTS,
    "marks": PANEL,
    "s": section({"c": criterion()}),
    "round1": criterion({"mark": {"of": "a"}}, 9, {}),
}
TABLES = {"prices": {"rows": {"省级": 3}}, "lines": {"keys": [{"name": "数", "match": "at_least"}], "rows": [[0, 1]]}}


def refused(text: str, shape: dict[str, Any] | None = None) -> str:
    """The Chinese words in which a derived value of this formula is refused, without the formula that they repeat."""
    error = fault_of(shape or {**SHAPE, "x": {"x-derive": text}}, tables=TABLES)
    assert isinstance(error, RubricError)
    assert error.where.startswith("rubric.json#/")
    words = say(error.what, "zh")
    return words.replace(text, "…") if text else words


HOSTILE: list[tuple[str, str]] = [
    ("__import__('os').system('rm -rf /')", "公式“…”在第17个字符处有误：公式中不能出现“.”"),
    ("().__class__.__bases__[0]", "公式“…”在第3个字符处有误：公式中不能出现“.”"),
    ("a.__class__", "公式“…”在第1个字符处有误：没有字段“…”"),
    ("__builtins__", "公式“…”在第1个字符处有误：没有字段“…”"),
    ("exec('1')", "公式“…”在第1个字符处有误：没有函数“exec”；是否想写“exact”？"),
    ("eval('1')", "公式“…”在第1个字符处有误：没有函数“eval”"),
    ("open('/etc/passwd')", "公式“…”在第1个字符处有误：没有函数“open”"),
    ("lambda: 1", "公式“…”在第7个字符处有误：公式中不能出现“:”"),
    ("[x for x in honours]", "公式“…”在第1个字符处有误：此处缺少数值或名称"),
    ("a; b", "公式“…”在第2个字符处有误：公式中不能出现“;”"),
    ("import os", "公式“…”在第1个字符处有误：没有字段“import”"),
    ("a if t else b", "公式“…”在第3个字符处有误：此处不应出现“if”"),
    ("f'{a}'", "公式“…”在第1个字符处有误：没有字段“f”"),
    ("a := 1", "公式“…”在第3个字符处有误：公式中不能出现“:”"),
    ("print(a)", "公式“…”在第1个字符处有误：没有函数“print”；是否想写“points”？"),
    ("{'a': 1}", "公式“…”在第1个字符处有误：公式中不能出现“{”"),
    ("a[0]", "公式“…”在第2个字符处有误：此处不应出现“[”"),
    ("honours[0].share", "公式“…”在第11个字符处有误：公式中不能出现“.”"),
    ("a.b.c.d", "公式“…”在第1个字符处有误：没有字段“…”；是否想写“d”？"),
    ("getattr(w, 'x')", "公式“…”在第1个字符处有误：没有函数“getattr”"),
    ("'%s' % w", "公式“…”在第6个字符处有误：公式中不能出现“%”；是否想写“/ 100”？"),
    ("a // b", "公式“…”在第4个字符处有误：此处缺少数值或名称"),
    ("a & b", "公式“…”在第3个字符处有误：公式中不能出现“&”；是否想写“and”？"),
    ("a | b", "公式“…”在第3个字符处有误：公式中不能出现“|”；是否想写“or”？"),
    ("a ^ b", "公式“…”在第3个字符处有误：公式中不能出现“^”"),
    ("~a", "公式“…”在第1个字符处有误：公式中不能出现“~”"),
    ("a << 2", "公式“…”在第4个字符处有误：此处缺少数值或名称"),
    ("@a", "公式“…”在第1个字符处有误：公式中不能出现“@”"),
    ("a ? b : w", "公式“…”在第3个字符处有误：公式中不能出现“?”"),
    ("$a", "公式“…”在第1个字符处有误：公式中不能出现“$”"),
    ("a#b", "公式“…”在第2个字符处有误：公式中不能出现“#”"),
    ("\\a", "公式“…”在第1个字符处有误：公式中不能出现“\\”"),
    ("a ＋ b", "公式“…”在第3个字符处有误：公式中不能出现“＋”；是否想写“+”？"),
    ("（a）", "公式“…”在第1个字符处有误：公式中不能出现“（”；是否想写“(”？"),
    ("a ≥ 1", "公式“…”在第3个字符处有误：公式中不能出现“≥”；是否想写“>=”？"),
    ("a ＝ 1", "公式“…”在第3个字符处有误：公式中不能出现“＝”；是否想写“==”？"),
    ("a == “甲”", "公式“…”在第6个字符处有误：公式中不能出现““”；是否想写“'”？"),
    ("a × 2", "公式“…”在第3个字符处有误：公式中不能出现“×”；是否想写“*”？"),
    ("a ÷ 2", "公式“…”在第3个字符处有误：公式中不能出现“÷”；是否想写“/”？"),
    ("50%", "公式“…”在第3个字符处有误：公式中不能出现“%”；是否想写“/ 100”？"),
    ("a，b", "公式“…”在第2个字符处有误：公式中不能出现“，”；是否想写“,”？"),
    ('w == "x"', "公式“…”在第6个字符处有误：公式中不能出现“\"”；是否想写“'”？"),
    ("a = 1", "公式“…”在第3个字符处有误：公式中不能出现“=”；是否想写“==”？"),
    ("", "公式“”在第1个字符处有误：此处缺少数值或名称"),
    ("   ", "公式“…”在第4个字符处有误：此处缺少数值或名称"),
    ("a +", "公式“…”在第4个字符处有误：此处缺少数值或名称"),
    ("* a", "公式“…”在第1个字符处有误：此处缺少数值或名称"),
    ("a b", "公式“…”在第3个字符处有误：此处不应出现“b”"),
    ("(a", "公式“…”在第3个字符处有误：公式末尾缺少“)”"),
    ("a)", "公式“…”在第2个字符处有误：此处不应出现“)”"),
    ("(" * 22 + "a" + ")" * 22, "公式“…”在第22个字符处有误：公式嵌套超过20层"),
    ("if(t, a)", "公式“…”在第1个字符处有误：if需要3至3个值，写了2个"),
    ("min()", "公式“…”在第5个字符处有误：此处缺少数值或名称"),
    ("sqrt(a, b)", "公式“…”在第1个字符处有误：sqrt需要1至1个值，写了2个"),
    ("round(a, b)", "公式“…”前后不相配：round() 的小数位数须为 0 到 10 的整数"),
    ("round(a, 99)", "公式“…”前后不相配：round() 的小数位数须为 0 到 10 的整数"),
    ("2026-02-30", "公式“…”在第1个字符处有误：…不是有效日期"),
    ("'未完", "公式“…”在第1个字符处有误：引号“'”没有配对"),
    ("`未完", "公式“…”在第1个字符处有误：引号“`”没有配对"),
    ("''a", "公式“…”在第3个字符处有误：此处不应出现“a”"),
    ("1.2.3", "公式“…”在第4个字符处有误：公式中不能出现“.”"),
    ("1e5", "公式“…”在第2个字符处有误：此处不应出现“e5”"),
    ("0x10", "公式“…”在第2个字符处有误：此处不应出现“x10”"),
    ("12 34", "公式“…”在第4个字符处有误：此处不应出现“34”"),
    ("a..b", "公式“…”在第2个字符处有误：公式中不能出现“.”"),
    ("a.", "公式“…”在第2个字符处有误：公式中不能出现“.”"),
    ("a in b", "公式“…”在第6个字符处有误：“b”之前缺少“[”"),
    ("a in []", "公式“…”在第7个字符处有误：此处缺少数值或名称"),
    ("not", "公式“…”在第4个字符处有误：此处缺少数值或名称"),
    ("a not b", "公式“…”在第7个字符处有误：“b”之前缺少“in”"),
    ("no_such", "公式“…”在第1个字符处有误：没有字段“…”"),
    ("no_such(a)", "公式“…”在第1个字符处有误：没有函数“no_such”"),
    ("summ(honours, share)", "公式“…”在第1个字符处有误：没有函数“summ”；是否想写“sum”？"),
    ("rate(nowhere)", "公式“…”在第6个字符处有误：没有条目或一级指标“nowhere”"),
    ("points(a)", "公式“…”在第8个字符处有误：没有条目或一级指标“a”"),
    ("lookup(nowhere, w)", "公式“…”在第8个字符处有误：没有表“nowhere”"),
    ("lookup(prices)", "公式“…”在第1个字符处有误：表“prices”有 1 个键，公式里写了 0 个"),
    ("lookup(lines, w)", "公式“…”前后不相配：此处应为数，不能是文字"),
    ("count(children(nowhere))", "公式“…”在第16个字符处有误：没有一级指标“nowhere”"),
    ("`marks@丙`", "公式“…”在第1个字符处有误：没有字段“marks@丙”；是否想写“marks@甲”？"),
    ("rank(nowhere)", "公式“…”在第6个字符处有误：没有叫“nowhere”的排名、考核项或一级指标"),
    ("honours", "公式“…”前后不相配：“…”是列表，请用 count、sum、max 等对它求值"),
    ("honours + 1", "公式“…”前后不相配：“honours”是列表，请用 count、sum、max 等对它求值"),
    ("sum(honours)", "公式“…”前后不相配：sum 须写明取“honours”每条记录的哪一项"),
    ("sum(honours, level)", "公式“…”前后不相配：此处应为数，不能是文字"),
    ("honours.share", "公式“…”前后不相配：“…”在每条记录中都有，请用 count、sum、max 等对列表“honours”求值"),
    ("sum(honours, count(honours))", "公式“…”前后不相配：列表里只能再取本条记录自己的列表和评委打分，“honours”不是"),
    ("count(honours, share)", "公式“…”前后不相配：此处应为是或否，不能是数"),
    ("any(marks)", "公式“…”前后不相配：any 要写明对每个打分问什么，例如 mark >= 60"),
    ("sum(a)", "公式“…”在第1个字符处有误：sum 的第一项须是列表"),
    ("marks", "公式“…”前后不相配：“…”是列表，请用 count、sum、max 等对它求值"),
    ("best(honours, share)", "公式“…”在第1个字符处有误：best 要有一个数：几个，或第几"),
    ("nth(marks, 0)", "公式“…”前后不相配：nth() 的个数（名次）是不小于 1 的整数"),
    ("best(marks, 1.5)", "公式“…”前后不相配：best() 的个数（名次）是不小于 0 的整数"),
    ("trimmed(marks, 0 - 1) + w", "公式“…”前后不相配：此处应为数，不能是文字"),
    ("w + 1", "公式“…”前后不相配：此处应为数，不能是文字"),
    ("w > 1", "公式“…”前后不相配：文字和数不能比较"),
    ("t + w", "公式“…”前后不相配：此处应为数，不能是文字"),
    ("d + d", "公式“…”前后不相配：日期和日期不能用“+”合并"),
    ("d * 2", "公式“…”前后不相配：此处应为数，不能是日期"),
    ("d == 1", "公式“…”前后不相配：日期和数不能比较"),
    ("-w", "公式“…”前后不相配：此处应为数，不能是文字"),
    ("not a", "公式“…”前后不相配：此处应为是或否，不能是数"),
    ("a and t", "公式“…”前后不相配：此处应为是或否，不能是数"),
    ("if(a, 1, 2)", "公式“…”前后不相配：此处应为是或否，不能是数"),
    ("coalesce(a, w)", "公式“…”前后不相配：数和文字不能比较"),
    ("min(w, w)", "公式“…”前后不相配：此处应为数，不能是文字"),
    ("sqrt(w)", "公式“…”前后不相配：此处应为数，不能是文字"),
    ("year(a)", "公式“…”前后不相配：此处应为日期，不能是数"),
    ("w in [1]", "公式“…”前后不相配：文字和数不能比较"),
    ("period.start", "公式用到了…，但通知和标准都没有写明考核期"),
    ("base(a)", "公式“…”在第6个字符处有误：base() 指总分的，括号内不写名称"),
    ("a + " * 200 + "a", "公式“…”在第501个字符处有误：公式超过500个字符"),
    ("-" * 30 + "a", "公式“…”在第22个字符处有误：公式嵌套超过20层"),
    ("a" * 501, "公式“…”在第501个字符处有误：公式超过500个字符"),
]
"""Each with the words that refuse it; … stands for the formula itself."""


@pytest.mark.parametrize(("text", "words"), HOSTILE)
def test_each_is_refused_with_its_exact_words(text: str, words: str) -> None:
    assert refused(text) == words


def test_there_are_sixty_at_least_each_once() -> None:
    assert len(HOSTILE) >= 60
    assert len({text for text, _ in HOSTILE}) == len(HOSTILE)


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ({"x": {"x-derive": "x"}, "a": criterion()}, "以下各项互相引用，形成循环：x → x"),
        (
            {"x": {"x-derive": "y"}, "y": {"x-derive": "z + 1"}, "z": {"x-derive": "x"}, "a": criterion()},
            "以下各项互相引用，形成循环：x → y → z → x",
        ),
        ({"a": criterion({"mark": {"of": "points(a)"}}, 9, {})}, "以下各项互相引用，形成循环：a → a"),
        ({"a": criterion({"mark": {"of": "base()"}}, 9, {})}, "以下各项互相引用，形成循环：a → base() → a"),
        ({"s": section({"a": criterion({"mark": {"of": "count(children(s))"}}, 9, {})})}, "以下各项互相引用，形成循环：s.a → s.a"),
    ],
)
def test_circles_print_their_path(shape: dict[str, Any], words: str) -> None:
    assert refused("", shape) == words


@pytest.mark.parametrize(
    "text",
    [
        "9 ** 9 ** 9 ** 9",
        "2 ** 20 ** 20",
        "exp(exp(exp(9)))",
        "exp(40) ** exp(40)",
        "((((7 ** 20) ** 20) ** 20) ** 20) ** 20",
        "a ** 20 ** 20",
        "1 / (a - a)",
        "ln(0 - a)",
        "sqrt(0 - a)",
        "product(honours, share ** 20) ** 20",
    ],
)
def test_what_would_use_up_the_machine_has_no_figure(text: str) -> None:
    shape = {**SHAPE, "k": criterion({"mark": {"of": text}}, 9, {}, missing="incomplete")}
    columns = {"a": [12345678], "honours": [[{"share": 10**9}] * 4], "s.c": [1]}
    assert reasons(outcome_of(shape, columns), "k")[0] in ("OUT_OF_DOMAIN", "DIVIDED_BY_ZERO", "CAPPED", "FULL")


def test_nothing_of_pythons_runs_whatever_a_text_says() -> None:
    """Parsed and evaluated in a process of its own that may open nothing, import nothing more and start nothing."""
    program = (
        "import sys\n"
        "from tests.compiling.test_hostile_formulas import HOSTILE, refused\n"
        "[refused(text) for text, _ in HOSTILE]\n"
        "seen = []\n"
        "bad = ('exec', 'compile', 'os.system', 'subprocess.Popen', 'socket.connect', 'os.remove', 'shutil.rmtree')\n"
        "sys.addaudithook(lambda event, args: seen.append(event) if event in bad else None)\n"
        "[refused(text) for text, _ in HOSTILE]\n"
        "print(sorted(set(seen)))\n"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (found.stdout.strip(), found.returncode) == ("[]", 0), found.stderr


_found = rubric(SHAPE)
NAMES = StandardNames(standard(_found.document, _found))
PIECES = st.sampled_from(
    ["a", "b", "w", "honours", "marks", "children", "(", ")", "[", "]", ",", "+", "-", "*", "/", "**", "<", "==", "in", "not", "and", "or",
     "if", "sum", "best", "lookup", "points", "rank", "1", "0.5", "'x'", "`a`", "2026-01-01", "2026-99-99", "true", " ", "@", "。", "\n"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=25).map("".join)))
def test_any_text_is_a_formula_or_is_refused_where_it_stops_being_one(text: str) -> None:
    try:
        parse(text, NAMES, "")
    except FormulaError as error:
        place = error.position
    else:
        place = 0
    assert 0 <= place <= len(text)
