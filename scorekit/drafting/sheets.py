"""A table of clauses as offices keep it: columns found by their headings, merged cells carried down, sections told from clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from scorekit.drafting.clauses import Clause
from scorekit.drafting.pieces import plain
from scorekit.errors import InputError, T

HEADINGS = {
    "section": ("项目", "一级指标", "考核项目", "考核内容分类", "评价项目", "指标类别", "类别", "部分", "大项", "考核类别"),
    "part": ("二级指标", "子项目", "分项", "考核要素"),
    "content": (
        "内容",
        "考核内容",
        "三级指标",
        "指标",
        "考核指标",
        "评价内容",
        "条款",
        "考核要点",
        "具体内容",
        "评价指标",
        "指标内容",
        "工作内容",
        "考核标准",
        "标准",
    ),
    "points": ("分值", "满分", "标准分", "权重", "分数", "配分", "基本分", "满分值", "分"),
    "method": (
        "评分办法",
        "评分标准",
        "计分办法",
        "扣分标准",
        "评分细则",
        "计分方法",
        "考核办法",
        "评分说明",
        "评分方法",
        "评价标准",
        "计分标准",
        "评分规则",
    ),
    "no": ("条款号", "序号", "编号", "条款", "号"),
    "note": ("备注", "说明", "备注说明"),
}
KINDS = (("either", "加减分|加扣分|奖惩"), ("deduction", "扣分|减分|倒扣|惩处"), ("bonus", "加分|附加|奖励|奖分|鼓励"))
"""What a section's title says its clauses are."""
NEEDED = ("content", "method")
SEARCHED = 20


@dataclass(frozen=True)
class Part:
    """A section of the table: its title, its full marks (of a bonus, its limit) or its weight where they are stated, its clauses."""

    title: str
    points: Decimal | None
    clauses: tuple[Clause, ...]
    weight: Decimal | None = None


def parts_of(sheets: Sequence[tuple[str, Sequence[Sequence[Any]]]], where: str) -> tuple[str, tuple[Part, ...]]:
    """Title and sections of the first sheet that is a table of clauses.

    Raises InputError where no sheet has a heading for what is asked and one for how it is scored.
    """
    for name, rows in sheets:
        head = next((i for i, row in enumerate(rows[:SEARCHED]) if _columns(row).keys() & set(NEEDED) and len(_columns(row)) >= 2), None)
        if head is not None:
            above = [str(c).strip() for row in rows[:head] for c in row if c is not None and str(c).strip()]
            return (above[0] if above else name), _parts(rows[head + 1 :], _columns(rows[head]))
    cure = T("write headings over the columns: {names}", names=["项目", "内容", "分值", "评分办法"])
    raise InputError(T("there is no table of clauses in the file"), where, cure)


def _columns(row: Sequence[Any]) -> dict[str, int]:
    """Which column holds what; the first heading that fits counts, exact ones before those with more words."""
    found: dict[str, int] = {}
    heads = [re.sub(r"\s|[（(][^（()）]*[)）]", "", str(c or "")) for c in row]
    for kind, names in HEADINGS.items():
        free = [i for i in range(len(heads)) if i not in found.values()]
        index = next((i for n in names for i in free if heads[i] == n), None)
        if index is None:
            index = next((i for n in names for i in free if len(n) > 1 and n in heads[i]), None)
        if index is not None:
            found[kind] = index
    return found


def _parts(rows: Sequence[Sequence[Any]], columns: dict[str, int]) -> tuple[Part, ...]:
    """Sections in the order of the table; a cell left empty under a section's title belongs to it."""
    titles: list[str] = []
    clauses: dict[str, list[Clause]] = {}
    now = ""
    for row in rows:
        cells = {kind: _cell(row, index) for kind, index in columns.items()}
        if not any(cells.values()) or re.match(r"^(?:合计|总计|小计|总分)", "".join(cells.values())):
            continue
        now = cells.get("section", "") or now
        if now not in titles:
            titles.append(now)
            clauses[now] = []
        content, method = cells.get("content", ""), cells.get("method", "")
        points = _points(cells.get("points", ""))
        held = clauses[now]
        if method and not content and points is None and held:
            held[-1] = _continued(held[-1], method)
        elif content or method:
            content = content or cells.get("part", "") or now
            held.append(Clause(content, points, method, cells.get("no", ""), cells.get("note", "")))
    return tuple(_part(title, clauses[title]) for title in titles if clauses[title])


def _continued(clause: Clause, method: str) -> Clause:
    """A clause whose method goes on in the next row."""
    joined = f"{clause.method}；{method}" if clause.method != method else method
    return Clause(clause.content, clause.points, joined, clause.no, clause.note)


def _cell(row: Sequence[Any], index: int) -> str:
    value = row[index] if index < len(row) else None
    if value is None:
        return ""
    if isinstance(value, (Decimal, float)) and value == int(value):
        value = int(value)
    return str(value).strip()


def _points(text: str) -> Decimal | None:
    """A full mark such as 5, 5分 or （5分）."""
    match = re.fullmatch(r"\(?(\d+(?:\.\d+)?)分?\)?", plain(text))
    try:
        return Decimal(match[1]) if match else None
    except InvalidOperation:
        return None


def _part(text: str, clauses: Sequence[Clause]) -> Part:
    """A section under its title without number, points and weight: 一、组织建设（40分）, 实操（50%）, 加分（不超过10分）."""
    points = re.search(r"[（(][^（()）]*?(\d+(?:\.\d+)?)分?[)）]", text)
    weight = re.search(r"[（(][^（()）]*?(\d+(?:\.\d+)?)[%％][)）]", text)
    title = re.sub(r"[（(][^（()）]*\d[^（()）]*[)）]", "", text)
    title = re.sub(r"^[一二三四五六七八九十\d]+[、.．\s]+", "", re.sub(r"\s+", "", title))
    kind = next((kind for kind, words in KINDS if re.search(words, title)), "")
    return Part(
        title or "考核内容",
        Decimal(points[1]) if points else None,
        tuple(replace(c, kind=kind) for c in clauses),
        Decimal(weight[1]) if weight else None,
    )
