"""Reading the register (名册) through the readers, and giving each unit the category that it has there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.catalogue import Catalogue
from scorekit.domain.coded import Coded
from scorekit.domain.column import Column
from scorekit.domain.finding import NOWHERE
from scorekit.domain.intake import RawTable, Reader, ReadRequest, SourceFile, Unreadable
from scorekit.domain.joining import joined
from scorekit.domain.keys import folded_names
from scorekit.domain.naming import all_folded, folded, header_forms
from scorekit.domain.parcels import packed, unpacked
from scorekit.domain.plan import Plan
from scorekit.domain.problems import Problems
from scorekit.domain.register import Recusal, Register
from scorekit.domain.roll import Names
from scorekit.domain.spans import Spans
from scorekit.domain.tables import Origin, Problem, ScoreSheet, Submissions
from scorekit.errors import InputError, T
from scorekit.loading.lists import key_of
from scorekit.loading.results import file_digest
from scorekit.stages.validate import header_words, validate
from scorekit.stages.validate.match import Dictionary, dictionary
from scorekit.stages.validate.repair import text_of

CATEGORY = ("类别", "category")
AREA = ("片区", "area", "地区", "区域")
NAME = ("单位名称", "单位", "名称", "name")
RATER = ("评委", "评委姓名", "rater")
_COMPARED = 200_000
"""Names that are compared, all in all, to find one like a name that is not known."""
RECUSED = ("回避单位", "所在单位", "评委单位", "unit of the rater")
_WORDS = frozenset(folded(w) for w in (*CATEGORY, *AREA, *NAME, *RATER, *RECUSED))


def load_register(path: Path, catalogue: Catalogue, plan: Plan, encoding: str | None = None) -> Register:
    """The register in a workbook, CSV, JSON or Parquet file.

    Raises InputError, naming file, sheet and cell: a unit without key or category, two lines for one unit, a category that
    the rubric does not have, no header with the columns that are needed.
    """
    named = _narrowed(plan)
    known = dictionary(named)
    parts: list[Submissions] = []
    area: list[Names] = []
    title: list[Names] = []
    recusals: list[tuple[Recusal, Origin]] = []
    noted: list[Problem] = []
    for table in _read(path, catalogue, ReadRequest(encoding, header_words(named) | _WORDS)):
        noted += table.problems
        if not len(table):
            continue
        headers = _headers(table, known)
        raters = _recusals(table)
        if raters is not None:
            recusals += raters
        elif all((p, "") in headers for p in plan.base.identity):
            if parts:
                parts[-1] = _packed(parts[-1])
            parts.append(_lines(table, named, _one_each(headers, plan, table, path), path))
            area.append(_texts(table, AREA))
            title.append(_texts(table, NAME))
    if not parts:
        what = T("no header of a register was found in it: {titles}", titles=[f.title for f in named.fields])
        raise InputError(what, path.name, T("write these titles above the columns, one unit a row"))
    lines = joined(parts)
    _once(lines, plan)
    noted += _doubtful(recusals, lines, plan)
    told = tuple(r for r, _ in recusals)
    names = Names.joined(title)
    names = lines.unit if names == lines.unit else names  # where the name is the key, it is held once
    areas, problems = Coded.of(Names.joined(area)), tuple(Problems.of(noted).distinct())
    return Register(path.name, file_digest(path), lines, areas, names, told, problems)


def _narrowed(plan: Plan) -> Plan:
    """The plan of what names a unit and its category; a standard title, 类别, is known for the category, too."""
    wanted = [p for p in (*plan.base.identity, plan.base.category) if p]
    fields = [f for f in plan.fields if f.path in wanted]
    words = {folded(w) for f in fields if f.path != plan.base.category for w in (f.path, f.title, *f.aliases)}
    more = tuple(w for w in CATEGORY if folded(w) not in words)
    fields = [replace(f, aliases=(*f.aliases, *more)) if f.path == plan.base.category else f for f in fields]
    return replace(plan, fields=tuple(fields), criteria=())


def _read(path: Path, catalogue: Catalogue, request: ReadRequest) -> Iterator[RawTable]:
    """The tables of the file. Raises InputError where there is none, or where it cannot be read."""
    if not path.is_file():
        raise InputError(T("there is no such file or folder"), str(path), T("look at the path"))
    reader: Reader | None = next((r for r in catalogue.readers.values() if path.suffix.lower() in r.suffixes and r.name != "foreign"), None)
    if reader is None:
        names = sorted(s for r in catalogue.readers.values() if r.name != "foreign" for s in r.suffixes)
        raise InputError(T("the register cannot be read"), str(path), T("these endings are read: {names}", names=names))
    for table in reader.read([SourceFile(path, path.name)], request):
        _sound(table.problems)
        yield table


def _sound(problems: Iterable[Problem]) -> None:
    """Raises InputError for the first error among *problems*: the office's own file must be right."""
    faults = [p for p in problems if p.severity == "error"]
    if faults:
        first = faults[0]
        where = " ".join(part for part in (first.file, first.sheet, first.cell or first.field) if part)
        raise InputError(T("the register cannot be used: {what}", what=first.what), where, first.cure)


def _headers(table: RawTable, known: Dictionary) -> dict[tuple[str, str], list[str]]:
    """The headers of each field that names a unit, or its category."""
    found: dict[tuple[str, str], list[str]] = {}
    for header in table.columns:
        for slot in known.slots(header):
            found.setdefault(slot, []).append(header)
    return found


def _one_each(headers: Mapping[tuple[str, str], list[str]], plan: Plan, table: RawTable, path: Path) -> dict[tuple[str, str], str]:
    """The one header of each field: by the rubric's own words before the standard ones. Raises InputError where there are several."""
    own, found = Dictionary(plan), dict[tuple[str, str], str]()
    for slot, several in headers.items():
        meant = [h for h in several if slot in own.slots(h)] or several
        if len(meant) > 1:
            what = T("several columns fill the field “{title}”: {headers}", title=own.spec(slot[0]).title, headers=meant)
            raise InputError(what, " ".join(part for part in (path.name, table.sheet) if part), T("keep one of them"))
        found[slot] = meant[0]
    return found


def _lines(table: RawTable, plan: Plan, headers: Mapping[tuple[str, str], str], path: Path) -> Submissions:
    """One table's lines as typed columns. Raises InputError for a cell that cannot be right."""
    category = plan.base.category
    if category and (category, "") not in headers:
        title = next(f.title for f in plan.fields if f.path == category)
        where = " ".join(part for part in (path.name, table.sheet) if part)
        raise InputError(T("the register has no column “{title}”", title=title), where, T("add the column and fill it in"))
    kept = replace(table, columns={h: table.columns[h] for h in headers.values()}, rubric=None, beside={})
    submissions, problems = validate(plan, kept)
    _sound(problems)
    return replace(submissions, raw={})


def _packed(lines: Submissions) -> Submissions:
    """The lines with their columns as bytes, made into texts when somebody asks for them: a register may have millions."""
    parcel = packed((lines, ScoreSheet(len(lines)), Problems.of(())))
    body = b"".join(parcel.body)
    return unpacked(parcel.head, lambda start, length: body[start : start + length])[0]


def _once(lines: Submissions, plan: Plan) -> None:
    """Raises InputError where two lines are of one unit."""
    doubled = lines.key.repeated()
    if doubled:
        rows = doubled[0]
        places = [lines.source(r, plan.base.identity[:1]) for r in rows]
        what = T("the register has several lines for “{unit}”: {places}", unit=lines.unit[rows[0]], places=places)
        raise InputError(what, lines.file(rows[0]), T("keep one line for each unit"))


def _texts(table: RawTable, words: Sequence[str]) -> Names:
    """A column of remarks as texts, empty where there is none."""
    header = _header(table, words)
    if header is None:
        return Names.blank(len(table))
    return Names.of("" if c is None or isinstance(c, Unreadable) else text_of(c) for c in _listed(table.columns[header]))


def _header(table: RawTable, words: Sequence[str]) -> str | None:
    wanted = [folded(w) for w in words]
    found = {w: h for h in reversed(list(table.columns)) for w, _ in header_forms(h)}
    return next((found[w] for w in wanted if w in found), None)


def _recusals(table: RawTable) -> list[tuple[Recusal, Origin]] | None:
    """Which rater belongs to which unit, of a table that says so; None where it does not."""
    rater, unit = _header(table, RATER), _header(table, RECUSED)
    if rater is None or unit is None:
        return None
    found = []
    for row, (name, own) in enumerate(zip(_listed(table.columns[rater]), _listed(table.columns[unit]), strict=True)):
        if name is None or own is None or isinstance(name, Unreadable) or isinstance(own, Unreadable):
            continue
        place = Origin(table.files[table.file[row]], table.sheet, f"{table.letters.get(unit, '')}{table.row[row]}")
        found.append((Recusal(text_of(name).strip(), folded(text_of(own)), place.text), place))
    return found


def _doubtful(recusals: Sequence[tuple[Recusal, Origin]], lines: Submissions, plan: Plan) -> Iterator[Problem]:
    """A warning for each rater whom no panel has, and for each unit that is only like one of the register: neither sets a mark aside."""
    panels = [f for f in plan.fields if f.kind == "panel" and f.source == "panel"]
    raters = {folded(r): r for f in panels for r in f.raters} if all(f.raters for f in panels) else {}
    keys = list(lines.key) if len(lines) * len(recusals) <= _COMPARED else []
    known = set(keys)
    for recusal, at in recusals:
        place = {"file": at.file, "sheet": at.sheet, "cell": at.cell}
        if raters and folded(recusal.rater) not in raters:
            what = T("no panel has the rater “{rater}”; no mark is set aside", rater=recusal.rater)
            yield Problem("warning", what, T("the raters are: {names}", names=list(raters.values())), "", **place)
        near = [] if recusal.unit in known else difflib.get_close_matches(recusal.unit, keys, 1, 0.6)
        if near:
            what = T(
                "the unit “{unit}” of the rater {rater} is not in the register; no mark is set aside",
                unit=recusal.unit,
                rater=recusal.rater,
            )
            yield Problem("warning", what, T("did you mean “{near}”?", near=lines.unit[keys.index(near[0])]), "", **place)


def _listed(cells: Any) -> list[Any]:
    found: list[Any] = cells.tolist() if isinstance(cells, np.ndarray) else list(cells)
    return found


# -------------------------------------------------------------------- giving


def with_register(tables: Iterable[RawTable], plan: Plan, register: Register | None) -> Iterator[RawTable]:
    """The tables, the category of each unit as the register has it; where the submission says another, it is reported.

    Units that the register does not name keep what they say.
    """
    path = plan.base.category
    column = None if register is None else register.lines.columns.get(path)
    if register is None or not path or not isinstance(column, Column):
        yield from tables
        return
    known = dictionary(plan)
    given = Coded.of(column.values.tolist())
    for table in tables:
        yield _given(table, plan, register, given, known) if len(table) else table


def keys_of(table: RawTable, paths: Sequence[str], known: Dictionary) -> Names:
    """The folded key of each row, empty where a part of it is missing."""
    headers = [next((h for h in table.columns if known.slots(h) == {(p, "")}), None) for p in paths]
    if None in headers:
        return Names.blank(len(table))
    cells = [_listed(table.columns[h]) for h in headers if h is not None]
    if len(cells) == 1 and all(type(c) is str for c in cells[0]):
        return folded_names(Names.of(cells[0]))[1]
    return Names.of(all_folded([key_of(parts) for parts in zip(*cells, strict=True)]))


def _given(table: RawTable, plan: Plan, register: Register, given: Coded, known: Dictionary) -> RawTable:
    """One table with the categories of the register."""
    path = plan.base.category
    lines = register.finder.rows(keys_of(table, plan.base.identity, known))
    hits = np.flatnonzero(lines != NOWHERE)
    if not len(hits):
        return table
    own = [h for h in table.columns if known.slots(h) == {(path, "")}]
    header = own[0] if own else path
    cells, said = _few(table.columns[header] if own else [None] * len(table))
    real = given.codes[lines[hits]].astype(np.int64)
    pairs, of = np.unique(said[hits] * len(given.texts) + real, return_inverse=True)
    other = np.array([_differ(cells[pair // len(given.texts)], given.texts[pair % len(given.texts)]) for pair in pairs.tolist()])[of]
    reported = [_other(table, plan, register, row, int(lines[row]), header, cells[said[row]]) for row in hits[other].tolist()]
    filled = np.array([*cells, None], dtype=object)[said]  # the None keeps cells that are lists whole
    filled[hits] = np.array([*given.texts, None], dtype=object)[real]
    columns = {h: c for h, c in table.columns.items() if h not in own[1:]}
    elsewhere = {**table.elsewhere, path: _InRegister.of(register, lines, path)}
    return replace(table, columns={**columns, header: filled.tolist()}, elsewhere=elsewhere, problems=[*table.problems, *reported])


def _few(cells: Any) -> tuple[list[Any], npt.NDArray[np.intp]]:
    """The cells of a column, those of few different texts once, and which of them stands in each row."""
    found = cells.few() if isinstance(cells, Spans) else None
    if found is None:
        listed = _listed(cells)
        return listed, np.arange(len(listed))
    return found


def _differ(said: Any, real: str) -> bool:
    """Whether a submission says another category than the register."""
    return said is not None and said != real and text_said(said) not in ("", folded(real))


def text_said(cell: Any) -> str:
    """What a cell says, folded; empty where it says nothing."""
    return "" if cell is None or isinstance(cell, Unreadable) else folded(text_of(cell))


def _other(table: RawTable, plan: Plan, register: Register, row: int, line: int, header: str, said: Any) -> Problem:
    path = plan.base.category
    title = next(f.title for f in plan.fields if f.path == path)
    what = T(
        "“{title}” is “{said}” in the submission and “{real}” in the register ({place}), which counts",
        title=title,
        said=text_of(said),
        real=text_of(register.lines.columns[path].values[line]),  # type: ignore[union-attr]
        place=register.lines.source(line, (path,)),
    )
    letter, origin = table.letters.get(header, ""), table.elsewhere.get(path, {}).get(row)
    cell = origin.cell if origin is not None else f"{letter}{table.row[row]}" if letter else ""
    place = {"cell": cell, "field": path} if cell else {"field": f"/{path.replace('.', '/')}"}
    cure = T("see which of the two is right")
    return Problem("warning", what, cure, register.lines.unit[line], table.files[table.file[row]], table.sheet, **place)


@dataclass(frozen=True)
class _InRegister(Mapping[int, Origin]):
    """The places of one block's values in the register; each is made only when it is asked for."""

    files: tuple[str, ...]
    letter: str
    sheets: tuple[str, ...]
    sheet: npt.NDArray[np.int16]
    number: npt.NDArray[np.int64]
    """The row in the register of each row of the block; −1 where the register does not name it."""

    @classmethod
    def of(cls, register: Register, lines: npt.NDArray[np.int64], path: str) -> _InRegister:
        """Of the values of *path* at some *lines* (−1: at none)."""
        places, there = register.lines.places, np.maximum(lines, 0)
        part, inner = register.lines.part[there], register.lines.inner[there]
        number = np.zeros(len(lines), dtype=np.int64)
        for which in np.unique(part).tolist():
            own = part == which
            number[own] = places[which].row[inner[own]]
        number[lines == NOWHERE] = NOWHERE
        letter = places[0].letters.get(path, "")
        return cls((register.file,), letter, tuple(p.sheet for p in places), part.astype(np.int16), number)

    def __getitem__(self, row: int) -> Origin:
        if self.number[row] == NOWHERE:
            raise KeyError(row)
        number = int(self.number[row])
        return Origin(self.files[0], self.sheets[int(self.sheet[row])], f"{self.letter}{number}" if self.letter else f"/{number}")

    def __iter__(self) -> Iterator[int]:
        return iter(np.flatnonzero(self.number != NOWHERE).tolist())

    def __len__(self) -> int:
        return int((self.number != NOWHERE).sum())
