"""Formulas, clauses and gates in words: what the printed standard and an explanation say of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

from scorekit.domain.column import Column
from scorekit.domain.formula import CHILDREN, EACH, OF_MARK, Call, Constant, Figure, Lookup, Name, Node, Over, Result, Tied
from scorekit.domain.plan import ClausePlan, GatePlan, LevelPlan, Part, RankingPlan, SectionPlan, Track
from scorekit.domain.population import FIGURES
from scorekit.domain.printing import ROUNDING_MODES, clock, shown
from scorekit.domain.rubric import Rounding, with_items
from scorekit.domain.rule import Band, Knot, Param, Range
from scorekit.domain.ties import key_words
from scorekit.errors import T, Text
from scorekit.words import figure, say

_SIGNS = {"*": " × ", "/": " ÷ ", "+": " + ", "-": " − ", "**": " ^ ", "<": " < ", "<=": " ≤ ", ">": " > ", ">=": " ≥ "}
_INFIX = {
    "zh": {**_SIGNS, "==": " 为 ", "!=": " 不为 ", "and": " 且 ", "or": " 或 "},
    "en": {**_SIGNS, "==": " is ", "!=": " is not ", "and": " and ", "or": " or "},
}
_CALLS = {
    "zh": {
        "min": "最小值({})",
        "max": "最大值({})",
        "abs": "绝对值({})",
        "round": "四舍五入({})",
        "floor": "向下取整({})",
        "ceil": "向上取整({})",
        "clip": "限制在范围内({})",
        "if": "如果({})",
        "coalesce": "首个有值({})",
        "given": "已填报({})",
        "sqrt": "平方根({})",
        "ln": "自然对数({})",
        "exp": "指数({})",
        "not": "非({})",
        "negative": "−{}",
        "sign": "正负号({})",
        "mod": "余数({})",
        "year": "{}的年份",
        "month": "{}的月份",
        "day": "{}的日",
        "count": "{}条数",
        "sum": "{}合计",
        "any": "{}中有",
        "all": "{}全部",
        "mean": "{}平均",
        "median": "{}中位数",
        "product": "{}乘积",
        "min of": "{}最小",
        "max of": "{}最大",
        "distinct": "{}不同值个数",
        "deviation": "{}标准差",
        "among": "{}是同分的单位",
        "ahead": "同分各单位中{}低于本单位的个数",
        "best": "{}最高{number}项合计",
        "worst": "{}最低{number}项合计",
        "trimmed": "{}去掉{number}个最高、{number}个最低后平均",
        "nth": "{}第{number}高",
        "points": "“{}”得分",
        "full": "“{}”满分",
        "rate": "“{}”得分率",
        "rank": "“{}”名次",
        "outcome": "“{}”评定状态",
        "base": "基本分",
        "bonus": "加分合计",
        "deduction": "扣分合计",
        "exact": "取整前的{}",
        "left_out": "“{}”缺项的份额",
    },
    "en": {
        "not": "not ({})",
        "negative": "−{}",
        "best": "sum of the {number} greatest of {}",
        "worst": "sum of the {number} least of {}",
        "trimmed": "mean of {} without the {number} greatest and {number} least",
        "nth": "number {number} from the top of {}",
        "distinct": "how many different values of {}",
        "deviation": "standard deviation of {}",
        "among": "{} is one of those tied",
        "ahead": "how many of those tied have a lower {}",
        "points": "points of “{}”",
        "full": "full marks of “{}”",
        "rate": "score rate of “{}”",
        "rank": "rank of “{}”",
        "outcome": "outcome of “{}”",
        "base": "the base total",
        "bonus": "the bonuses",
        "deduction": "the deductions",
        "exact": "{} before rounding",
        "left_out": "share left out of “{}”",
    },
}
_STRENGTH = {"or": 1, "and": 2, "==": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "in": 3, "+": 4, "-": 4, "*": 5, "/": 5, "**": 6}
_AMONG = {"zh": ("属于", "不属于"), "en": ("in", "not in")}
_OF_ELEMENT = {
    "zh": {
        "points": "得分", "full": "满分", "rate": "得分率", "weight": "权重", "rank": "名次", "mark": "打分",
        "rater": "评委", "role": "评委类别",
    },
    "en": {"points": "points", "full": "full marks", "rate": "score rate", "weight": "weight", "rank": "rank", "mark": "mark"},
}  # fmt: skip
_TOTAL = {"zh": "总分", "en": "total"}
_BETWEEN = {"zh": "；", "en": "; "}
_RECORD = {"zh": "本条得分", "en": "its own points"}
_PERIOD = {"zh": {"period.start": "考核期开始日", "period.end": "考核期结束日"}, "en": {}}
Manner = Literal["", "percent", "clock"]
"""How a number is written: as it is, as a percentage, as minutes and seconds."""
_OF_FIELD = frozenset({"target", "step", "limit", "full_at"})
_TRUTHS = {"zh": ("否", "是"), "en": ("no", "yes")}


class Speaker:
    """Says the formulas and clauses of one track in one language; names become titles."""

    def __init__(self, track: Track, lang: str) -> None:
        self.lang = lang
        spec = track.whole or track.standard
        fields = tuple(with_items(spec.fields))
        records = [f.record for f in fields if f.record is not None]
        self.titles = {f.path: f.title for f in fields}
        scored = [(spec.criteria, spec.sections), *((r.criteria, r.sections) for r in records)]
        self.items = {i.path: i.title for parts in scored for items in parts for i in items}
        self.rankings = {r.id: r.title for r in spec.rankings}
        self.percentages = {f.path for f in fields if f.percentage}
        self.durations = {f.path for f in fields if f.unit == "duration"}

    # ---------------------------------------------------------------- formulas

    def formula(self, node: Node, strength: int = 0) -> str:
        """A formula with the titles of what it reads, e.g. ``会员人数 ÷ 职工人数``."""
        if isinstance(node, Constant):
            text = self.constant(node.value)
            return f"({text})" if text.startswith("-") and strength >= _STRENGTH["**"] else text
        if isinstance(node, Name):
            return self._title(node.path)
        if isinstance(node, Result) and node.figure == "record":
            return _RECORD[self.lang]
        if isinstance(node, Result):
            known = {**self.items, **(self.rankings if node.figure == "rank" else {}), "": _TOTAL[self.lang]}
            return self._named(node.figure, known.get(node.path, node.path))
        if isinstance(node, Over) and node.function == EACH and node.inner is not None:
            return self.formula(node.inner, strength)
        if isinstance(node, Over):
            return self._over(node)
        if isinstance(node, Lookup):
            keys = ("、" if self.lang == "zh" else ", ").join(self.formula(k) for k in node.keys)
            return f"“{node.table.title}”表({keys})" if self.lang == "zh" else f"table “{node.table.title}” ({keys})"
        if isinstance(node, Figure):
            return self.figure(node)
        if isinstance(node, Tied):
            return self._named(node.function, self.formula(node.of))
        return self._call(node, strength)

    def _call(self, node: Call, strength: int) -> str:
        mine = _STRENGTH.get(node.function, 9)
        if node.function in _INFIX[self.lang] and len(node.arguments) == 2:
            left, right = node.arguments
            percent = self.manner(left) if mine == 3 else ""
            # A power of a power, or a comparison of comparisons, is told apart from one that stands on the right.
            text = self.formula(left, mine + (mine in (3, 6))) + _INFIX[self.lang][node.function] + self._side(right, mine + 1, percent)
            return f"({text})" if mine < strength else text
        denied = node.arguments[0] if node.function == "not" else None
        among = denied if isinstance(denied, Call) else node
        if among.function == "in":
            options = ("、" if self.lang == "zh" else ", ").join(self.formula(a) for a in among.arguments[1:])
            text = f"{self.formula(among.arguments[0])} {_AMONG[self.lang][among is not node]} {options}"
            return f"({text})" if _STRENGTH["in"] < strength else text
        if isinstance(denied, Call) and denied.function == "given" and self.lang == "zh":
            return f"未填报({self.formula(denied.arguments[0])})"
        if node.function == "not" and isinstance(node.arguments[0], Name):
            return f"“{self.formula(node.arguments[0])}”{'为否' if self.lang == 'zh' else ' is no'}"
        inside = ", ".join(self.formula(a, 6 if node.function == "negative" else 0) for a in node.arguments)
        text = self._named(node.function, inside)
        return f"({text})" if node.function == "negative" and strength >= _STRENGTH["**"] else text

    def _side(self, node: Node, strength: int, percent: Manner) -> str:
        if percent and isinstance(node, Constant) and node.value.kind == "number":
            return self.constant(node.value, percent)
        return self.formula(node, strength)

    def _title(self, path: str) -> str:
        """The title of a field; of one rater's mark with the rater in brackets."""
        panel, _, said = path.rpartition(".")
        if path.startswith(CHILDREN) or (said in OF_MARK and path not in self.titles and panel in self.titles):
            return _OF_ELEMENT[self.lang].get(said, said)
        of, mark, rater = path.partition("@")
        if mark:
            return f"{self.titles.get(of, of)}（{rater}）" if self.lang == "zh" else f"{self.titles.get(of, of)} ({rater})"
        return self.titles.get(path) or _PERIOD[self.lang].get(path, path)

    def _over(self, node: Over) -> str:
        """Of records the value stands in what is said of them (最高2项); a condition follows in square brackets."""
        function = f"{node.function} of" if f"{node.function} of" in _CALLS[self.lang] else node.function
        of = self.titles.get(node.path, node.path)
        if node.path.startswith(CHILDREN):
            path = node.path.removeprefix(CHILDREN)[:-1]
            section = self.items.get(path, path or _TOTAL[self.lang])
            of = f"“{section}”各项" if self.lang == "zh" else f"the items of “{section}”"
        if node.number is None:
            text = self._named(function, of) + (f"({self.formula(node.inner)})" if node.inner is not None else "")
        else:
            inner = "" if node.inner is None else f"({self.formula(node.inner)})"
            text = self._named(function, of + inner, self.formula(node.number, 9))
        return f"{text}[{self.formula(node.condition)}]" if node.condition is not None else text

    def figure(self, node: Figure) -> str:
        """A figure of the population: whose, of what, and how it is taken."""
        zh = self.lang == "zh"
        whose = self.whom(node.within, node.where)
        value = "" if node.of is None else self.formula(node.of, 7)
        more = "" if node.beside is None else (f"与{self.formula(node.beside, 7)}" if zh else f" and {self.formula(node.beside, 7)}")
        what = FIGURES[self.lang][node.over].format(q=figure(node.q * 100))
        if node.over in ("rank", "percentile") and node.first == "low":
            what += "（由低到高）" if zh else " (the lowest first)"
        if zh:
            return f"{whose}{value}{more}的{what}" if value else f"{whose}{what}"
        return f"{what} of {value}{more} {whose}" if value else f"{what} {whose}"

    def whom(self, within: tuple[Node, ...], where: Node | None) -> str:
        """The units that are seen together."""
        zh = self.lang == "zh"
        alike = "、".join(self.formula(k) for k in within) if zh else ", ".join(self.formula(k) for k in within)
        text = (f"同{alike}各单位" if alike else "全部单位") if zh else (f"over units of the same {alike}" if alike else "over all units")
        if where is None:
            return text
        return f"{text}（{self.formula(where)}的）" if zh else f"{text} with {self.formula(where)}"

    def _named(self, function: str, inside: str, number: str = "") -> str:
        pattern = _CALLS[self.lang].get(function, function + "({})")
        return pattern.format(inside, number=number)

    def constant(self, value: Column, manner: Manner = "") -> str:
        """A literal; a number as a percentage or duration where it stands beside one."""
        if manner == "clock" and value.kind == "number":
            return clock(value)[0]
        return shown(value, percentage=manner == "percent", truths=_TRUTHS[self.lang])[0]

    def manner(self, node: Node) -> Manner:
        """How the numbers beside a formula are written."""
        if isinstance(node, Name) and node.path in self.durations:
            return "clock"
        return "percent" if self.is_percentage(node) else ""

    def is_percentage(self, node: Node) -> bool:
        """Whether a formula is a percentage: a field that is one, or a rate of points."""
        if isinstance(node, Name):
            return node.path.endswith(".rate") if node.path.startswith(CHILDREN) else node.path in self.percentages
        return isinstance(node, Result) and node.figure in ("rate", "left_out")

    # ---------------------------------------------------------------- clauses

    def clause(self, clause: ClausePlan) -> str:
        """The rule's own wording with its parameters, then its cap and conditions.

        ``zh!over`` is the whole wording where the clause gives ``over``; ``zh:over`` is added to it then.
        """
        rule = clause.rule
        first = clause.arguments[rule.first.name][1]
        beside: Manner = self.manner(first) if not isinstance(first, str) and first is not None else ""
        values = {
            n: _Said(self, v, beside if n in _OF_FIELD or p.kind in ("bands", "knots") else "") for n, (p, v) in clause.arguments.items()
        }
        whole = [rule.says[key] for n in clause.spec.params if (key := f"{self.lang}!{n}") in rule.says]
        template = whole[0] if whole else rule.says.get(self.lang) or rule.says.get("zh") or rule.name
        text = _filled(template, values)
        for param, value in clause.arguments.values():
            text += _filled(self._more(clause, param, value), values)
        return text + self._conditions(clause)

    def aggregate(self, section: SectionPlan) -> str:
        """How a section's items are combined, with the parameters and the rounding of weighted parts."""
        found = section.aggregator
        values = {n: _Said(self, v, "") for n, (_, v) in section.settings.items()}
        return _filled(found.says.get(self.lang) or found.says.get("zh") or found.name, values)

    def _more(self, clause: ClausePlan, param: Param, value: Any) -> str:
        """What the wording adds for a parameter: for its value (``zh:steps=started``), or because the clause gives it (``zh:over``)."""
        says, key = clause.rule.says, f"{self.lang}:{param.name}"
        word = str(value).lower() if isinstance(value, bool) else value
        if param.kind in ("text", "truth", "integer") and f"{key}={word}" in says:
            return says[f"{key}={word}"]
        return says.get(key, "") if param.name in clause.spec.params or (param.kind == "rounding" and value is not None) else ""

    def _conditions(self, clause: ClausePlan) -> str:
        zh = self.lang == "zh"
        text = ""
        if clause.cap is not None:
            text += f"，最多{self.formula(clause.cap)}分" if zh else f", at most {self.formula(clause.cap)}"
        if clause.condition is not None and not _holds(clause.condition):
            text += f"（仅当{self.formula(clause.condition)}）" if zh else f" (only if {self.formula(clause.condition)})"
        if clause.waived_if is not None:
            text += f"（{self.formula(clause.waived_if)}的，可不计）" if zh else f" (waived if {self.formula(clause.waived_if)})"
        if clause.spec.within is not None or clause.where is not None:
            whom = self.whom(clause.within, clause.where)
            text += f"（在{whom}中比较）" if zh else f" (compared {whom})"
        return text

    def level(self, level: LevelPlan) -> list[str]:
        """What a level asks for: its lines, then its conditions with their titles."""
        of = self.formula(level.of)
        asks = [f"{of} {sign} {self.formula(line)}" for sign, line in (("≥", level.at_least), ("≤", level.at_most)) if line is not None]
        return asks + self.parts(level.parts)

    def parts(self, parts: Sequence[Part]) -> list[str]:
        """Several conditions, each with the title that it has."""
        between = "：" if self.lang == "zh" else ": "
        return [(part.title + between if part.title else "") + self.formula(part.condition) for part in parts]

    def ranking(self, ranking: RankingPlan, category: str) -> Text:
        """A ranking: what it goes by, among whom, its chain, and where it ends; *category* is the field of categories."""
        spec = ranking.spec
        order = T("higher first") if spec.first == "high" else T("lower first")
        told: list[Text | str] = [T("by {figure}, {order}", figure=self.formula(ranking.by), order=order)]
        if spec.decimals is not None:
            told.append(T("at {decimals} decimals", decimals=spec.decimals))
        if spec.within and spec.within != (category,):
            told.append(T("within {fields}", fields=[self.titles.get(name, name) for name in spec.within]))
        elif not spec.within and category:
            told.append(T("all units together"))
        if ranking.where is not None:
            told.append(T("only {condition}", condition=self.formula(ranking.where)))
        if spec.ends is not None:
            told.append(T("only the first {count} places", count=spec.ends))
        told += [T("equal ones by {key}", key=key_words(tie.spec)) for tie in ranking.ties]
        return T("{title}: {asks}", title=spec.title or T("main ranking"), asks=_BETWEEN[self.lang].join(say(t, self.lang) for t in told))

    def gate(self, gate: GatePlan) -> str:
        """When a gate fires, in words."""
        condition, zh = self.formula(gate.condition), self.lang == "zh"
        if gate.parts:
            any_of = gate.spec.condition.how == "any"
            condition = ("；" if zh else "; ").join(self.parts(gate.parts))
            condition = (("任一条：" if zh else "any of: ") if any_of else ("各条：" if zh else "all of: ")) + condition
        if not gate.spec.fires_when:
            condition = f"须满足{'' if gate.parts else '：'}{condition}" if zh else f"required: {condition}"
        if gate.only_for is None:
            return condition
        return condition + (f"（只对{self.formula(gate.only_for)}的）" if zh else f" (only for {self.formula(gate.only_for)})")


class _Said:
    """One parameter in a rule's wording: ``{target}``, or ``{target:%}`` for a percentage."""

    def __init__(self, speaker: Speaker, value: Any, manner: Manner) -> None:
        self.speaker = speaker
        self.value = value
        self.manner = manner

    def __format__(self, spec: str) -> str:
        return self._text(self.value, "percent" if spec == "%" else self.manner if spec == "" else "")

    def _text(self, value: Any, manner: Manner) -> str:
        speaker = self.speaker
        if isinstance(value, Constant):
            return speaker.constant(value.value, manner)
        if isinstance(value, Band):
            bound, points = self._text(value.bound, manner), self._text(value.points, "")
            sign = "≥" if value.inclusive else ">"
            return f"{sign}{bound}得{points}分" if speaker.lang == "zh" else f"{sign}{bound}: {points}"
        if isinstance(value, Knot):
            return f"{self._text(value.value, manner)}→{self._text(value.points, '')}"
        if isinstance(value, Range):
            return f"{self._text(value.low, manner)}–{self._text(value.high, manner)}"
        if isinstance(value, tuple):
            return ("、" if speaker.lang == "zh" else ", ").join(self._text(v, manner) for v in value)
        if isinstance(value, dict):
            return ("、" if speaker.lang == "zh" else ", ").join(f"{k} {self._text(v, manner)}" for k, v in value.items())
        if isinstance(value, Rounding):
            return say(rounding_words(value), speaker.lang)
        if isinstance(value, str):
            return speaker.titles.get(value, value)
        if isinstance(value, (int, Fraction)):
            return figure(value)
        return "" if value is None else speaker.formula(value, 7)


def rounding_words(rounding: Rounding) -> Text:
    """How a stage rounds, in words."""
    return T("rounded to {decimals} decimals ({mode})", decimals=rounding.decimals, mode=ROUNDING_MODES[rounding.mode])


def _filled(template: str, values: Mapping[str, Any]) -> str:
    """A template with its parameters; a name that the rule does not have stays as it is."""

    def replaced(match: re.Match[str]) -> str:
        name, _, spec = match[1].partition(":")
        return format(values[name], spec) if name in values else match[0]

    return re.sub(r"\{(\w+(?::[^{}]*)?)\}", replaced, template)


def _holds(condition: Node) -> bool:
    """Whether a condition always holds, so that it needs no words."""
    return isinstance(condition, Constant) and bool(condition.value.values[0])
