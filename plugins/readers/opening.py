"""A workbook opened: its sheets, its texts, and how it shows numbers; what leads nowhere or to two places is refused."""

from __future__ import annotations

import datetime
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NamedTuple

from scorekit.plugin import T, Unreadable

from .cells import MAIN, Shown
from .package import Refused, damaged, macros
from .strings import shared_texts

_WORKBOOK, _RELATIONS, _ROOT, _TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels", "[Content_Types].xml"
_CUSTOM = "docprops/custom.xml"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STATES = ("visible", "hidden", "veryHidden")
_DATES = frozenset({14, 15, 16, 17, 18, 19, 20, 21, 22, *range(27, 37), 45, 46, 47, *range(50, 59)})
"""Number formats of their own number that are dates or times, those of Chinese programs among them."""
_FORMULA = 8192
"""Characters of a formula; programs that look into a longer one may do so for minutes."""
_PERCENTS = frozenset({9, 10})
_CLOCKS = frozenset({18, 20})
"""Number formats of their own number that show hours and minutes alone."""
_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]', re.DOTALL)
_SAVE = T("open it in Excel or WPS and save it again as .xlsx")


class Property(NamedTuple):
    """A property that someone gave the workbook."""

    name: str
    value: str


@dataclass(slots=True)
class Sheet:
    """A sheet of cells: its title, whether it is seen, and its part of the package."""

    title: str
    sheet_state: str
    parent: Book
    part: str

    def _get_source(self) -> IO[bytes]:
        return self.parent.package.open(self.part)


@dataclass(slots=True)
class Book:
    """A workbook at hand until it is closed; ``others`` are the titles of sheets without cells, such as charts."""

    package: zipfile.ZipFile
    worksheets: list[Sheet] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    texts: Sequence[str | Unreadable] = ()
    shown: Shown = field(default_factory=Shown)
    percents: frozenset[int] = frozenset()
    custom_doc_props: Sequence[Property] = ()

    def close(self) -> None:
        """Let the file go."""
        self.package.close()


class _Relation(NamedTuple):
    kind: str
    part: str
    """The name of the part as the package has it; empty where there is none."""


def opened(path: Path) -> Book:
    """The workbook at *path*, which was looked over before. Raises Refused, and whatever a damaged part raises."""
    package = zipfile.ZipFile(path)
    try:
        return _book(package)
    except BaseException:
        package.close()
        raise


def _book(package: zipfile.ZipFile) -> Book:
    known = {name.lower(): name for name in package.namelist()}
    if any(name.lower() not in known for name in (_WORKBOOK, _RELATIONS, _ROOT, _TYPES)):
        raise damaged()
    roots = [r.part for r in _relations(package, known, _ROOT, "").values() if r.kind == "officeDocument"]
    if [r.lower() for r in roots] != [_WORKBOOK]:
        raise damaged()
    relations = _relations(package, known, known[_RELATIONS], "xl")
    root = _tree(package, roots[0])
    if root.tag != MAIN + "workbook" or any(len(n.text or "") > _FORMULA for n in root.iter(MAIN + "definedName")):
        raise damaged()
    book = Book(package)
    _sheets(book, root, relations)
    _contents(book, relations, known, _epoch(root))
    if _CUSTOM in known:
        book.custom_doc_props = list(_properties(_tree(package, known[_CUSTOM])))
    return book


def _tree(package: zipfile.ZipFile, part: str) -> Any:
    from xml.etree.ElementTree import parse

    with package.open(part) as source:
        return parse(source).getroot()  # noqa: S314 - a document type is refused before


def _relations(package: zipfile.ZipFile, known: Mapping[str, str], part: str, folder: str) -> dict[str, _Relation]:
    """Where a part leads, by the names it uses."""
    found: dict[str, _Relation] = {}
    for node in _tree(package, part):
        if node.tag != _RELATION:
            raise damaged()
        name, target = node.get("Id", ""), node.get("Target", "").replace("\\", "/")
        if name in found:
            raise Refused(T("the workbook uses the name “{name}” for two of its parts", name=name[:30]), _SAVE)
        path = posixpath.normpath(posixpath.join(folder, target)) if not target.startswith("/") else posixpath.normpath(target[1:])
        inside = node.get("TargetMode", "Internal") == "Internal"
        found[name] = _Relation(node.get("Type", "").rpartition("/")[2], known.get(path.lower(), "") if inside else "")
    return found


def _sheets(book: Book, root: Any, relations: Mapping[str, _Relation]) -> None:
    """List the sheets. Raises Refused where one leads nowhere, or two lead to one part."""
    taken: set[str] = set()
    for node in root.findall(f"{MAIN}sheets/{MAIN}sheet"):
        title, state = node.get("name"), node.get("state", "visible")
        relation = relations.get(node.get(_LINK, ""), _Relation("", ""))
        if title is None or state not in _STATES:
            raise damaged()
        if not relation.part or relation.part in taken:
            shown = title[:60]
            nowhere = T("the sheet “{name}” leads to no part of the workbook", name=shown)
            raise Refused(T("the sheet “{name}” is another one once more", name=shown) if relation.part else nowhere, _SAVE)
        taken.add(relation.part)
        if relation.kind == "xlMacrosheet":
            raise macros()
        if relation.kind == "worksheet":
            book.worksheets.append(Sheet(title, state, book, relation.part))
        elif relation.kind in ("chartsheet", "dialogsheet"):
            book.others.append(title)
        else:
            raise damaged()


def _contents(book: Book, relations: Mapping[str, _Relation], known: Mapping[str, str], epoch: datetime.datetime) -> None:
    """The texts and the number formats."""
    texts, styles = (_parts(relations, known, kind) for kind in ("sharedStrings", "styles"))
    for part in texts:
        with book.package.open(part) as source:
            book.texts = shared_texts(source)
    book.shown = Shown(epoch=epoch)
    for part in styles:
        book.shown, book.percents = _formats(_tree(book.package, part), epoch)


def _parts(relations: Mapping[str, _Relation], known: Mapping[str, str], kind: str) -> set[str]:
    """The part of a kind, which some programs find by where it leads from, others by its name. Raises Refused where the two differ."""
    usual = known.get(f"xl/{kind}.xml".lower(), "")
    found = {r.part for r in relations.values() if r.kind == kind} | {usual}
    found.discard("")
    if len(found) > 1:
        raise damaged()
    return found


def _formats(root: Any, epoch: datetime.datetime) -> tuple[Shown, frozenset[int]]:
    """How styles show numbers, and which of them show percentages."""
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format

    own = {int(n.get("numFmtId", "-1")): n.get("formatCode", "") for n in root.findall(f"{MAIN}numFmts/{MAIN}numFmt")}
    styles = [int(n.get("numFmtId", "0")) for n in root.findall(f"{MAIN}cellXfs/{MAIN}xf")]
    dates = {f for f in set(styles) if (is_date_format(own[f]) if f in own else f in _DATES)}
    durations = {f for f in dates if (is_timedelta_format(own[f]) if f in own else f == 46)}
    percents = {f for f in set(styles) if (_percentage(own[f]) if f in own else f in _PERCENTS)}
    clocks = {f for f in dates if (_clock(own[f]) if f in own else f in _CLOCKS)}
    of = [frozenset(i for i, f in enumerate(styles) if f in wanted) for wanted in (dates, durations, clocks, percents)]
    return Shown(len(styles) or None, of[0], of[1], of[2], epoch), of[3]


def _clock(code: str) -> bool:
    """Whether a number format shows hours and minutes, parted by a colon, and nothing else."""
    shown = code.partition(";")[0].lower().replace("am/pm", "").strip()
    return re.fullmatch("h{1,2}:m{1,2}", re.sub(r"\[\$[^\]]*\]", "", shown).replace("\\", "").strip()) is not None


def _percentage(code: str) -> bool:
    """Whether a number format shows a hundred times the number; a % that stands as a letter does not."""
    return "%" in _LITERAL.sub("", code).partition(";")[0]


def _epoch(root: Any) -> datetime.datetime:
    """The day from which the workbook counts."""
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

    settings = root.find(f"{MAIN}workbookPr")
    late = settings is not None and settings.get("date1904") in ("1", "true")
    return CALENDAR_MAC_1904 if late else CALENDAR_WINDOWS_1900


def _properties(root: Any) -> Iterator[Property]:
    for node in root:
        if len(node) == 1 and not len(node[0]):
            yield Property(node.get("name", ""), node[0].text or "")
