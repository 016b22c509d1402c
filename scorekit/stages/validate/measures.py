"""Units of measure as people write them behind a number: which mean the same, and which turn into one another exactly.

Money turns into money (元, 万元, 亿元), and a number may be given in tens of thousands (1.2万人). Any other unit than the one that is
asked for is a fault, however near it is: a wrong unit is worse than no number.
"""

from __future__ import annotations

from fractions import Fraction

_MONEY = {"元": 1, "块": 1, "千元": 10**3, "万元": 10**4, "百万元": 10**6, "千万元": 10**7, "亿元": 10**8}
_MANY = {"千": 10**3, "万": 10**4, "亿": 10**8}
_SAME = (
    frozenset({"平方米", "㎡", "m²", "m2", "平米", "平方"}),
    frozenset({"公里", "千米", "km"}),
    frozenset({"公斤", "千克", "kg"}),
    frozenset({"米", "m"}),
    frozenset({"小时", "h"}),
    frozenset({"天", "日"}),
    frozenset({"人", "名", "位", "个"}),
    frozenset({"次", "场", "期", "届", "回", "个"}),
    frozenset({"家", "户", "所", "处", "间", "个"}),
    frozenset({"份", "篇", "件", "条", "项", "本", "册", "张", "部", "起", "个"}),
    frozenset({"台", "套", "块", "只", "组", "批", "班", "支", "个"}),
)
_COUNTERS = frozenset({*"个人名位次项件家户场份期篇条起处间所台张块本册部套组只批班支天日年月岁分届回", "人次"})


def factor(written: str, asked: str) -> Fraction | None:
    """By what a number in the unit *written* is multiplied to be in the unit *asked*; None where it is another measure.

    Where no unit is asked for, a number of anything that is counted one by one is taken.
    """
    if written == asked or any(written in same and asked in same for same in _SAME):
        return Fraction(1)
    if written in _COUNTERS and not asked:
        return Fraction(1)
    if asked in _MONEY:
        money = _MONEY.get(written) or _MANY.get(written)
        return None if money is None else Fraction(money, _MONEY[asked])
    many = _MANY.get(written[:1])
    return many * one if many and asked in _COUNTERS and (one := factor(written[1:] or asked, asked)) else None


def is_unit(word: str) -> bool:
    """Whether a word is a unit of measure that is known here."""
    return word in _MONEY or word in _COUNTERS or any(word in same for same in _SAME)
