"""The reference of aggregators: what each makes of a section's children, with one worked example for all."""

from __future__ import annotations

from typing import Any

from docs.pages.markdown import as_json, code, fenced, page, table
from scorekit.catalogue import discover
from scorekit.domain.column import Column, Why
from scorekit.domain.printing import plain
from scorekit.domain.rule import Aggregator, Children

INTRO = """写在一级指标的 `aggregate` 里，不写是 `sum`；总分的写在 `x-rubric.total.aggregate` 里。
汇总的是本节的基本分项和下级的一级指标，不含加分项、扣分项。
有参数的写成 `{"名称": {参数}}`，如 `"aggregate": {"best": {"k": 3}}`；没有参数的只写名称。
不适用的一项，得分、满分、权重都不计。权重是考核项或下级一级指标的 `weight`（默认 1；数或公式）。文件在 `plugins/aggregators/`。"""
FORMULAS = {
    "sum": "各项得分之和",
    "weighted-sum": "Σ 权重 × 得分，权重照用",
    "weighted-mean": "Σ 权重 × 得分 ÷ Σ 适用各项的权重",
    "product": "Π 得分 ^ 权重；整数次的乘方精确，其余取到 10 位小数",
    "geometric-mean": "Π 得分 ^ (权重 ÷ Σ 权重)，取到 10 位小数；一项为 0 则为 0，有负数则没有",
    "harmonic-mean": "Σ 权重 ÷ Σ (权重 ÷ 得分)；一项为 0 则为 0，有负数则没有",
    "power-mean": "(Σ 权重 × 得分^p ÷ Σ 权重) ^ (1 ÷ p)，取到 10 位小数；p 不为 0，有负数则没有",
    "best": "得分最高的 k 项之和；不足 k 项的取全部。满分取满分最高的 k 项之和",
    "best-mean": "得分最高的 k 项的平均数；不足 k 项的取全部",
    "minimum": "最低的得分",
    "maximum": "最高的得分",
    "formula": "公式 `points`，可读本节各项的得分；`full` 是满分的公式，不写是各项满分之和",
}
SETTINGS: dict[str, dict[str, Any]] = {
    "best": {"k": 1},
    "best-mean": {"k": 2},
    "power-mean": {"p": Column.of(2)},
    "formula": {"points": Column.of(9)},
}
SPELLED = {"best": "k = 1", "best-mean": "k = 2", "power-mean": "p = 2", "formula": "points 的结果是 9"}
CHILDREN = (("甲", 18, 20, 2), ("乙", 60, 100, 3), ("丙", None, 40, 5))
EXAMPLE: dict[str, Any] = {
    "type": "object",
    "title": "提高水平",
    "x-criterion": {"no": "4", "points": 20, "aggregate": "weighted-mean"},
    "properties": {
        "learning": {"type": "object", "title": "学习调研", "x-criterion": {"no": "4.1", "points": 20, "weight": 20}, "properties": {}},
        "service": {"type": "object", "title": "服务职工", "x-criterion": {"no": "4.2", "points": 20, "weight": 40}, "properties": {}},
        "opinion": {"type": "object", "title": "职工评价", "x-criterion": {"no": "4.3", "points": 20, "weight": 40}, "properties": {}},
    },
}


def build() -> str:
    """The page."""
    found = discover(third_party=False).aggregators
    names = [*(n for n in FORMULAS if n in found), *sorted(found.keys() - FORMULAS.keys())]
    rows = [[code(n), _settings(found[n]), FORMULAS[n], found[n].says["zh"], *_figures(found[n])] for n in names]
    inside = [[n, "不适用" if p is None else str(p), str(f), str(w)] for n, p, f, w in CHILDREN]
    return page(
        "汇总办法",
        INTRO,
        table(["名称", "参数", "得分（满分同样算）", "印作", "下例的得分", "下例的满分"], rows),
        "例：一个一级指标有三个下级，其中丙不适用于这个单位。",
        table(["下级", "得分", "满分", "权重"], inside),
        "加权平均直接平均得分，不先换算成得分率：各节的满分应当相同，像下面这样（`properties` 里的考核项略去）。",
        fenced(as_json(EXAMPLE), "json"),
    )


def _figures(aggregator: Aggregator) -> tuple[str, str]:
    """What the aggregator gives for the example's children."""
    points = tuple(_applying(p, p) for _, p, _, _ in CHILDREN)
    full = tuple(_applying(p, f) for _, p, f, _ in CHILDREN)
    weight = tuple(Column.of(w) for *_, w in CHILDREN)
    settings = SETTINGS.get(aggregator.name, {})
    earned, whole = aggregator.function(Children(tuple(n for n, *_ in CHILDREN), points, full, weight), **settings)
    note = f"（{SPELLED[aggregator.name]}）" if settings else ""
    return plain(earned, 4)[0] + note, plain(whole, 4)[0]


def _settings(aggregator: Aggregator) -> str:
    """The parameters, those that may be left out in brackets."""
    kinds = {"integer": "整数", "number": "数或公式"}
    told = [f"{code(p.name)}：{kinds.get(p.kind, p.kind)}" + ("" if p.required else "（可不写）") for p in aggregator.params]
    return "；".join(told) or "无"


def _applying(points: int | None, figure: int | None) -> Column:
    """One child's figure, masked where the child does not apply."""
    column = Column.numbers([figure or 0])
    return column if points is not None else column.masked_where(Column.truths([True]), Why.NOT_APPLICABLE)
