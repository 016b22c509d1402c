"""Tables that nobody generated with the items one under another: a label and its value beside it, or a column for each unit.

Read are titles of the form with one value to the right of each (单位名称 | 甲厂工会, also in pairs along a row), and tables of items
with units as columns (项目 | 甲厂工会 | 乙厂工会). What cannot be told is a problem that says where, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scorekit.plugin import Origin, Problem, RawTable, T, Text, Unreadable, folded

from .headings import Heading, known_count, known_word, letter
from .sifting import Sifter, is_aside, is_total, titles_noted

MOST_ROWS, MOST_COLUMNS = 2000, 200
VALUES = frozenset({
    "填报值", "填报数", "填报情况", "填报内容", "填写内容", "填写情况", "数值", "数据", "内容", "情况", "完成情况", "实际值", "实际数",
    "实际完成", "完成数", "完成值", "结果", "本单位情况", "填写", "value",
})  # fmt: skip
"""How a column is headed that holds the values of one unit."""
_ASIDE = frozenset({
    "备注", "说明", "计量单位", "单位", "满分", "分值", "条款号", "条款", "序号", "编号", "考核内容", "计分办法", "评分标准", "佐证材料",
    "自评分", "填写说明", "note", "remark", "no",
})  # fmt: skip
Row = tuple[int, list[Any]]
Spot = tuple[int, int]
"""A row among those given and a column, both from 0."""
Heads = tuple[int, dict[int, str]]
"""A row that heads the columns of values, and its texts by column."""


@dataclass
class _Form:
    """What is found: values by label, one for each unit, with their spots; spots that were taken care of; problems."""

    rows: Sequence[Row]
    file: str
    sheet: str
    columns: dict[str, list[Any]] = field(default_factory=dict)
    spots: dict[str, list[Spot]] = field(default_factory=dict)
    done: set[Spot] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def cell(self, spot: Spot) -> Any:
        """What stands there; None beyond the end of a row."""
        cells = self.rows[spot[0]][1]
        return cells[spot[1]] if spot[1] < len(cells) else None

    def address(self, spot: Spot) -> str:
        """As a spreadsheet names it."""
        return f"{letter(spot[1])}{self.rows[spot[0]][0]}"

    def note(self, severity: Any, what: Text, cure: Text, cell: str = "") -> None:
        """Record a problem of the sheet."""
        self.problems.append(Problem(severity, what, cure, file=self.file, sheet=self.sheet, cell=cell))


def items_down(texts: Sequence[Sequence[Any]], head: Heading | None, headers: frozenset[str]) -> bool:
    """Whether the first rows hold more known words one under another than any header would."""
    if not headers:
        return False
    known = head.known if head is not None else 0
    if head is not None and known > 1:
        filled = [c for c in texts[head.last] if c not in (None, "")]
        if known_count(filled, headers) * 2 > len(filled) or head.first < head.last:
            return False
    spots = {
        (r, k): folded(_label(c)[0])
        for r, row in enumerate(texts)
        for k, c in enumerate(row)
        if isinstance(c, str) and known_word(_label(c)[0], headers)
    }
    if len(set(spots.values())) < max(2, known + 1):
        return False
    last = -1 if head is None else head.last
    columns = {k for r, k in spots if r == last}
    return not columns or bool(columns & {k for r, k in spots if r != last})  # in a long table the unit heads another column than its items


def read_items(
    rows: Sequence[Row], names: Sequence[str], headers: frozenset[str], file: str, sheet: str, rubric: str | None = None
) -> RawTable:
    """The units of such a table, a row each; *names* are the folded words of the field that names a unit, its path first."""
    form = _Form(rows, file, sheet)
    labels = _labels(form, headers)
    top = min((spot[0] for spots in labels.values() for spot in spots), default=0)
    spots_of = {s for spots in labels.values() for s in spots}
    heads = _heads(form, top, spots_of)
    for name, spots in labels.items():
        if len(spots) > 1:
            at = [form.address(s) for s in spots]
            form.note(
                "error",
                T("“{header}” stands several times: {cells}", header=name, cells=at),
                T("keep one of them, or write the section beside each"),
                at[0],
            )
            form.done.update((s[0], c) for s in spots for c in range(len(form.rows[s[0]][1])))
    single = {name: spots[0] for name, spots in labels.items() if len(spots) == 1}
    across = _units_across(form, single, heads, names)
    if across:
        _take_across(form, single, heads, across, names, top)
    else:
        _take_beside(form, single, spots_of)
    _note_rest(form, top, {s[1] for s in single.values()})
    return _table(form, rubric)


def _label(text: str) -> tuple[str, str]:
    """A text as a label and what stands behind its colon in the same cell."""
    before, colon, behind = text.replace("：", ":", 1).partition(":")
    return (before, behind.strip()) if colon else (text, "")


def _labels(form: _Form, headers: frozenset[str]) -> dict[str, list[Spot]]:
    """The known words and where each stands, with the section to the left of it where it is not enough alone."""
    found: dict[str, list[Spot]] = {}
    for r, (_, cells) in enumerate(form.rows):
        for c, cell in enumerate(cells):
            if isinstance(cell, str) and known_word(_label(cell)[0], headers):
                found.setdefault(" ".join(_label(cell)[0].split()), []).append((r, c))
    for name in [n for n, spots in found.items() if len(spots) > 1]:
        rest: list[Spot] = []
        for spot in found.pop(name):
            full = next((f for over in _over(form, spot) if known_word(f := f"{over}/{name}", headers)), None)
            (found.setdefault(full, []) if full else rest).append(spot)
        if rest:
            found[name] = rest
    return found


def _over(form: _Form, spot: Spot) -> list[str]:
    """The texts to the left of a label: in each column the last one at its row or above."""
    texts = []
    for column in range(spot[1] - 1, -1, -1):
        above = (form.cell((r, column)) for r in range(spot[0], -1, -1))
        texts.append(next((" ".join(c.split()) for c in above if isinstance(c, str) and c.strip()), ""))
    return [t for t in texts if t]


def _heads(form: _Form, top: int, labels: set[Spot]) -> Heads:
    """The nearest row above *top* that heads the columns beside the labels, and its texts; row −1 where there is none."""
    last, theirs = max((c for _, c in labels), default=0), {r for r, _ in labels}
    for r in range(top - 1, -1, -1):
        texts = {c: str(v) for c, v in enumerate(form.rows[r][1]) if v is not None}
        if r in theirs or not texts:
            continue
        if any(c > last for c in texts) and min(texts) <= last:
            return r, texts
        if len(texts) > 1:
            break
    return -1, {}


def _units_across(form: _Form, labels: Mapping[str, Spot], heads: Heads, names: Sequence[str]) -> list[int]:
    """The columns that hold a unit each; none where the table is of one unit."""
    columns = {s[1] for s in labels.values()}
    if len(columns) != 1:
        return []
    left = columns.pop()
    named = next((s for n, s in labels.items() if _is(n, names)), None)
    aside = {c for c, t in heads[1].items() if folded(t) in _ASIDE}
    if named is not None:
        filled = [c for c in range(left + 1, len(form.rows[named[0]][1])) if form.cell((named[0], c)) is not None and c not in aside]
        return filled if len(filled) > 1 else []
    found = [c for c, t in heads[1].items() if c > left and folded(t) not in _ASIDE]
    return found if names and found and not any(folded(heads[1][c]) in VALUES for c in found) else []


def _is(name: str, names: Sequence[str]) -> bool:
    return any(known_word(name, frozenset([n])) for n in names)


def _take_across(form: _Form, labels: Mapping[str, Spot], heads: Heads, across: Sequence[int], names: Sequence[str], top: int) -> None:
    """The values of tables with a column for each unit; a column of totals is none."""
    row = next((s[0] for n, s in labels.items() if _is(n, names)), heads[0])
    kept = []
    for column in across:
        if is_total(form.cell((row, column))):
            what = T("the column “{text}” is a total and no unit; it is left out", text=str(form.cell((row, column))))
            form.note("repair", what, T("nothing needs to be done if this is what was meant"), form.address((row, column)))
            form.done.update((r, column) for r in range(len(form.rows)))
        else:
            kept.append(column)
    if row == heads[0]:
        labels = {names[0]: (row, -1), **labels}
    for name, (r, c) in labels.items():
        form.columns[name] = [form.cell((r, column)) for column in kept]
        form.spots[name] = [(r, column) for column in kept]
        form.done |= {(r, column) for column in (c, *kept)}


def _take_beside(form: _Form, labels: Mapping[str, Spot], taken: set[Spot]) -> None:
    """The value of each label of a table of one unit: in the column headed for it, else the one that stands to its right."""
    headings = {r: _heads(form, r, taken) for r in {r for r, _ in labels.values()}}
    filled: dict[int, set[int]] = {}
    for r, (row, _) in headings.items():
        filled.setdefault(row, set()).update(k for k, c in enumerate(form.rows[r][1]) if c is not None)
    for name, (r, c) in labels.items():
        form.done.add((r, c))
        inline = _label(form.cell((r, c)))[1]
        if inline:
            form.columns[name], form.spots[name] = [inline], [(r, c)]
            continue
        row, heads = headings[r]
        aside = {k for k, t in heads.items() if folded(t) in _ASIDE}
        headed = [k for k, t in heads.items() if folded(t) in VALUES]
        end = min((other for where, other in taken if where == r and other > c), default=max(len(form.rows[r][1]), c + 2))
        beside = [k for k in range(c + 1, end) if form.cell((r, k)) is not None and k not in aside]
        own = [k for k in headed if c < k < max(end, headed[0] + 1)][:1] if len(headed) == 1 else []
        at = own or beside[:1] or [next((k for k in range(c + 1, end) if k not in aside), c)]
        rivals = [k for k, t in heads.items() if c < k < end and k in filled[row] and k not in aside and ":" not in folded(t)]
        form.columns[name], form.spots[name] = [form.cell((r, at[0])) if at[0] > c else None], [(r, at[0])]  # the label: no place is left
        form.done.add((r, at[0]))
        if not own and (len(beside) > 1 or (beside and len(rivals) > 1)):
            form.columns[name] = [_untold(form, name, r, beside, [heads[k] for k in rivals])]
            form.done.update((r, k) for k in beside)


def _untold(form: _Form, name: str, r: int, beside: Sequence[int], rivals: Sequence[str]) -> Unreadable:
    """What stands beside a label where nobody knows which of several cells, or of the columns headed so, holds its value."""
    if len(beside) > 1:
        what = T("several cells stand beside “{header}”: {cells}", header=name, cells=[form.address((r, k)) for k in beside])
    else:
        what = T("each of these columns may hold the value of “{header}”: {heads}", header=name, heads=list(rivals))
    return Unreadable("; ".join(str(form.cell((r, k))) for k in beside), what, T("head the column of the values with “填报值”"))


def _note_rest(form: _Form, top: int, columns: set[int]) -> None:
    """Tell of every filled cell that is neither a label nor a value."""
    sifter = Sifter(form.file, form.sheet, ())
    titles = [
        n for r, (n, cells) in enumerate(form.rows[:top]) if any(c is not None and (r, k) not in form.done for k, c in enumerate(cells))
    ]
    if titles:
        titles_noted(sifter, titles)
    aside: set[int] = set()
    for r in range(top, len(form.rows)):
        number, cells = form.rows[r]
        rest = [k for k, cell in enumerate(cells) if cell is not None and (r, k) not in form.done]
        if not rest:
            continue
        if any((r, k) in form.done for k in range(len(cells))):
            aside.update(rest)
        elif isinstance(cells[rest[0]], str) and is_aside(cells[rest[0]]):
            sifter.note(
                T("the row “{text}” is a note and no unit; it is left out", text=cells[rest[0]].strip()[:60]), f"{letter(rest[0])}{number}"
            )
        else:
            shown = str(cells[rest[0]])[:60]
            form.note(
                "warning",
                T("“{header}” is no field of the form and is not read", header=shown),
                T("leave it out, or use a title of the form"),
                form.address((r, rest[0])),
            )
    if aside:
        what = T("these columns hold no values of units and are not read: {letters}", letters=[letter(k) for k in sorted(aside)])
        sifter.note(what)
    form.problems += sifter.problems


def _table(form: _Form, rubric: str | None) -> RawTable:
    size = max(map(len, form.columns.values()), default=0)
    first = next(iter(form.spots.values()), [(0, 0)] * size)
    elsewhere = {
        name: {unit: Origin(form.file, form.sheet, form.address(spot)) for unit, spot in enumerate(spots)}
        for name, spots in form.spots.items()
    }
    return RawTable(
        form.columns,
        (form.file,),
        (0,) * size,
        tuple(form.rows[spot[0]][0] for spot in first),
        form.sheet,
        {name: letter(spots[0][1]) for name, spots in form.spots.items()},
        rubric,
        tuple(form.problems),
        elsewhere,
    )
