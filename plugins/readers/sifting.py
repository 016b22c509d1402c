"""What stands below a header: the units' rows, and blank lines, totals and notes, each of which is listed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from scorekit.plugin import Problem, RawTable, T, Text, Unreadable, folded

from .headings import SERIAL, known_word, letter, opening_words, titles_only

TOTALS = frozenset(
    {"合计", "总计", "小计", "共计", "累计", "总和", "平均", "平均值", "total", "totals", "subtotal", "grandtotal", "sum", "average"}
)
_PLAIN_TOTALS = frozenset(w for w in TOTALS if not w.isascii())
_TOTALLED = ("合计", "总计", "小计", "共计", "平均", "平均值", "平均数", "平均分")
"""How a longer text ends that is a total: 全区合计, 企业小计."""
NOTED = "填制审复负经联主分统报校签附备人单部日时领注说电示样范举例"
"""The characters with which a note begins."""
ENDED = "：:）)字章名日计均值数分"
"""The characters with which a total or a note ends that may begin with any."""
_NOTE = re.compile(
    r"(填表|制表|填报|审核|复核|负责|经办|联系|主管|分管|部门|统计|报送|附|备){0,2}(人|单位|部门|日期|时间|领导|注|说明|电话):|注[0-9]?[.、:]"
    r"|(填表|制表|填报|审核|复核|审批|经办|校对|报送|签发):"
    rf"|[{NOTED}][^:]{{0,12}}(签字|签章|签名|盖章|公章)\)?:|[^:]{{0,12}}(签字|签章|签名|盖章|公章)\)?:?$"
    r"|(示例|样例|范例|举例|填写示例|填表示例|例)(:|$)|\((示例|样例|范例|例)\)"
)
_DAY = re.compile(r"[0-9]{0,4}年[0-9]{0,2}月[0-9]{0,2}日$")
_COUNTED = re.compile(r"\(?([0-9]{1,2}|[一二三四五六七八九十]{1,2})[)、.]")
_REMARK = re.compile(r"[(\[][^()\[\]]*[)\]]$")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_COLUMN_WORDS = frozenset({"栏次", "栏号", "行次", "列次"})
_LISTED = 20
_SHORT = 40
ROWS = 16_000
"""Rows of a table where there are many."""


@dataclass(slots=True)
class Sifter:
    """Tells units' rows from the others, and lists the others for the report."""

    file: str
    sheet: str
    names: tuple[str, ...]
    headers: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    blank: list[tuple[int, int]] = field(default_factory=list)
    waiting: list[tuple[int, int]] = field(default_factory=list)
    prepared: list[tuple[int, int]] = field(default_factory=list)
    """Rows in which formulas stand, none of them with a result, and nothing else."""
    serial: int = -1
    title: str = ""
    fresh: bool = True
    """Whether no row has been met yet."""
    noting: bool = False
    """Whether the last row that was filled is a note."""
    ended: int = 0
    """The row in which another table begins, whose rows are not read."""
    openings: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        words = [folded(n) for n in self.names]
        self.serial = next((i for i, w in enumerate(words) if w in SERIAL), -1)
        self.title = next((w for w in words if w), "")
        self.openings = opening_words(self.headers)

    def unit(self, row: int, cells: Sequence[Any]) -> bool:
        """Whether the cells of a row are a unit's."""
        if self.ended:
            return False
        filled = (i for i, c in enumerate(cells) if c is not None and (type(c) is not str or (c and not c.isspace())))
        first = next(filled, -1)
        if self.fresh and first >= 0:
            self.fresh = False
            if _numbers_columns(cells, self.names):
                self.note(T("the row under the header numbers the columns; it is left out"), f"{letter(first)}{row}")
                return False
        if first == self.serial and first >= 0:
            if type(cells[first]) is str and self._aside(row, first, cells):
                return False
            first = next(filled, -1)
        if first < 0:
            self.waiting.append((row, row))
            return False
        if _comes_to_nothing(cells[first]) and all(_comes_to_nothing(cells[i]) for i in filled):
            self.prepared.append((row, row))
            return False
        if type(cells[first]) is str and self._aside(row, first, cells):
            return False
        for at in (first + 1, first + 2):
            if at < len(cells) and type(cells[at]) is str and len(cells[at]) < _SHORT and _word(cells[at]).rstrip(":") in _PLAIN_TOTALS:
                self._total(row, at, cells[at].strip())
                return False
        self.met()
        return True

    def met(self) -> None:
        """Take note that a unit stands here: blank rows before it stand between units."""
        self.fresh = self.noting = False
        if self.waiting:
            self.blank.extend(self.waiting)
            self.waiting.clear()

    def _aside(self, row: int, first: int, cells: Sequence[Any]) -> bool:
        """Whether the row is a total, a note, the header once more or that of another table; if so it is listed."""
        text = cells[first].strip()
        word = _word(text)
        if _is_total(word.rstrip(":")):
            self._total(row, first, text)
            return True
        if _NOTE.match(word or folded(text[:_SHORT])) or (
            _alone(cells, first) and (_DAY.match(word) or (self.noting and _COUNTED.match(word)))
        ):
            what = T("the row “{text}” is a note and no unit; it is left out", text=text[:60])
            self.noting = True
        elif word.rstrip(":") == self.title and _repeats(cells, self.names):
            what = T("the header stands here once more; the row is left out")
        elif text[:2].lower() in self.openings and titles_only(cells, self.headers):
            self.ended = row
            what = T("another table begins here; the rows from here on are not read")
            cure = T("save each table in a file of its own")
            self.problems.append(Problem("error", what, cure, file=self.file, sheet=self.sheet, cell=f"{letter(first)}{row}"))
            return True
        else:
            return False
        self.note(what, f"{letter(first)}{row}")
        return True

    def _total(self, row: int, at: int, text: str) -> None:
        self.note(T("the row “{text}” is a total and no unit; it is left out", text=text), f"{letter(at)}{row}")

    def note(self, what: Text, cell: str = "") -> None:
        """List something that was recognised and left out."""
        cure = T("nothing needs to be done if this is what was meant")
        self.problems.append(Problem("repair", what, cure, file=self.file, sheet=self.sheet, cell=cell))

    def finish(self) -> None:
        """List the blank rows that stand between units (those at the end are nobody's concern), and those of formulas alone."""
        if self.blank:
            self.note(T("blank rows are left out: {rows}", rows=_listed(self.blank)))
        if self.prepared:
            self.note(T("rows in which only formulas stand, none with a result, are left out: {rows}", rows=_listed(self.prepared)))


def _word(text: str) -> str:
    """A short text as words are compared."""
    return folded(text.strip()) if len(text) < 100 else ""


def beside_refused(file: str, sheet: str, names: Sequence[str], columns: Sequence[int], row: int) -> RawTable:
    """Nothing is read of tables side by side, whose first titles stand in *columns*."""
    at = [letter(c) for c in columns]
    what = T("tables stand side by side: “{name}” heads the columns {letters}; none of them is read", name=names[columns[0]], letters=at)
    cure = T("put the tables one under another, or each on a sheet of its own")
    problem = Problem("error", what, cure, file=file, sheet=sheet, cell=f"{at[1]}{row}")
    return RawTable({}, (file,), (), (), problems=(problem,))


def _is_total(word: str) -> bool:
    """Whether a folded text names a total, also of a part (企业小计) or with a remark in brackets."""
    return word in TOTALS or (
        0 < len(word) < _SHORT and (bare := _REMARK.sub("", word)) != "" and (bare in TOTALS or bare.endswith(_TOTALLED))
    )


def _alone(cells: Sequence[Any], first: int) -> bool:
    """Whether nothing stands in a row but its first text."""
    return all(c is None or (type(c) is str and not c.strip()) for i, c in enumerate(cells) if i != first)


def _numbers_columns(cells: Sequence[Any], names: Sequence[str]) -> bool:
    """Whether a row numbers the columns: 1, 2, 3, or 甲, 乙, 1, 2 and so on."""
    words = [folded(str(c)) for c in cells if c not in (None, "")]
    least = 2 if words and words[0] in _COLUMN_WORDS else 3
    words = words[least == 2 :]
    stems = next((i for i, w in enumerate(words) if w not in _STEMS or not w), len(words))
    numbers = [w.strip("()") for w in words[stems:]]
    counted = bool(numbers) and numbers == [str(i) for i in range(1, len(numbers) + 1)] and "".join(words[:stems]) == _STEMS[:stems]
    return counted and len(words) >= least and len(words) * 2 >= sum(map(bool, names))


def is_total(cell: Any) -> bool:
    """Whether a cell names a total."""
    return isinstance(cell, str) and _is_total(_word(cell).rstrip(":"))


def is_aside(text: str) -> bool:
    """Whether a text is a total, a note, a signature or a day."""
    word = _word(text) or folded(text[:_SHORT])
    return _is_total(word.rstrip(":")) or bool(_NOTE.match(word) or _DAY.match(word) or _COUNTED.match(word))


def titles_noted(sifter: Sifter, numbers: Sequence[int]) -> None:
    """List the rows above the header."""
    if numbers:
        sifter.note(T("the rows above the header are taken as a title: {rows}", rows=_runs([(n, n) for n in numbers])))


def table(
    names: Sequence[str],
    rows: Sequence[Sequence[Any]],
    numbers: Sequence[int],
    sifter: Sifter,
    headers: frozenset[str],
    rubric: str | None = None,
) -> RawTable:
    """Rows (each as long as *names*) as columns; a known name that stands twice is given to neither column."""
    cells: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return columns_table(names, cells, numbers, sifter, headers, rubric)


def tables(
    names: Sequence[str],
    rows: list[list[Any]],
    numbers: Sequence[int],
    sifter: Sifter,
    headers: frozenset[str],
    rubric: str | None = None,
) -> list[RawTable]:
    """As ``table``, in blocks; *rows* are used up. What stands under no header is said once for all of them."""
    if len(rows) <= ROWS:
        return [table(names, rows, numbers, sifter, headers, rubric)]
    unnamed = [i for i, name in enumerate(names) if not name]
    _unnamed_noted(names, [[row[i] for row in rows] if i in unnamed else () for i in range(len(names))], sifter)
    for row in rows:
        for i in unnamed:
            row[i] = None
    found = []
    for start in range(0, len(rows), ROWS):
        block = rows[start : start + ROWS]
        rows[start : start + ROWS] = [[]] * len(block)  # a row is held as a row or in columns, not both
        found.append(table(names, block, numbers[start : start + ROWS], sifter, headers, rubric))
    return found


def columns_table(
    names: Sequence[str],
    cells: Sequence[Sequence[Any]],
    numbers: Sequence[int] | Any,
    sifter: Sifter,
    headers: frozenset[str],
    rubric: str | None = None,
) -> RawTable:
    """As ``table``, from columns."""
    columns: dict[str, Sequence[Any]] = {}
    letters: dict[str, str] = {}
    for name, group in _by_name(names).items():
        at = [letter(i) for i in group]
        columns[name], letters[name] = cells[group[0]], at[0]
        if len(group) > 1 and (not headers or known_word(name, headers)):
            what = T("the column “{name}” stands twice: {letters}", name=name, letters=at)
            columns[name] = [
                Unreadable("", what, T("keep one of the columns, or write the section before the title: section/title"))
            ] * len(numbers)
    _unnamed_noted(names, cells, sifter)
    problems, sifter.problems = tuple(sifter.problems), []
    file: Any = np.zeros(len(numbers), dtype=np.int32) if isinstance(numbers, np.ndarray) else (0,) * len(numbers)
    return RawTable(columns, (sifter.file,), file, numbers, sifter.sheet, letters, rubric, problems)


def _unnamed_noted(names: Sequence[str], cells: Sequence[Sequence[Any]], sifter: Sifter) -> None:
    """Warn of values under no header."""
    at = [letter(i) for i, name in enumerate(names) if not name and any(c not in (None, "") for c in cells[i])]
    if at:
        what = T("these columns have values but no header, and are not read: {letters}", letters=at)
        sifter.problems.append(
            Problem("warning", what, T("write a title above the column, or empty it"), file=sifter.file, sheet=sifter.sheet)
        )


def _by_name(names: Sequence[str]) -> Mapping[str, list[int]]:
    """Column numbers by name as it is first written; names that fold alike are one."""
    spelt: dict[str, str] = {}
    groups: dict[str, list[int]] = {}
    for i, name in enumerate(names):
        if name:
            groups.setdefault(spelt.setdefault(folded(name), name), []).append(i)
    return groups


def _repeats(cells: Sequence[Any], names: Sequence[str]) -> bool:
    return all(not n or (isinstance(c, str) and folded(c) == folded(n.rpartition("/")[2])) for c, n in zip(cells, names, strict=False))


def _comes_to_nothing(cell: Any) -> bool:
    """Whether a cell holds a formula prepared for a row that nobody has filled in."""
    return type(cell) is Unreadable and (cell.shown in ("", "0") or cell.shown.startswith("#"))


def _listed(found: Sequence[tuple[int, int]]) -> list[str]:
    runs = _runs(found)
    return [*runs[:_LISTED], "…"] if len(runs) > _LISTED else runs


def _runs(found: Sequence[tuple[int, int]]) -> list[str]:
    """Runs of rows, those that touch as one: 5, 7–9."""
    runs: list[tuple[int, int]] = []
    for first, last in found:
        if runs and runs[-1][1] == first - 1:
            runs[-1] = (runs[-1][0], last)
        else:
            runs.append((first, last))
    return [str(a) if a == b else f"{a}–{b}" for a, b in runs]
