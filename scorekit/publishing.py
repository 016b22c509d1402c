"""The public list of an earlier run: who stands where, in the words of the notice, without anything that is marked as personal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorekit.catalogue import Catalogue
from scorekit.domain.folders import RECORD
from scorekit.domain.personal import field_path, marked
from scorekit.domain.plan import Plan
from scorekit.domain.publicity import PublicList
from scorekit.domain.reasons import STATUS_WORDS
from scorekit.errors import InputError, OutputError, T, Text
from scorekit.explaining import plan_of
from scorekit.loading.results import Results, file_digest
from scorekit.saving import put_set
from scorekit.words import say

VEIL = "＊＊＊"
MORE = ("total", "status")
"""Columns that are shown only where they are asked for."""
ORDERS = ("rank", "name")
_HEADS = {
    "rank": T("rank"),
    "unit": T("unit"),
    "category": T("category"),
    "level": T("level"),
    "award": T("award"),
    "status": T("status"),
    "total": T("total"),
}
_RESULTS = {
    "考核结果": T("Assessment results, for public notice"),
    "推荐名单": T("List of recommendations, for public notice"),
    "表彰": T("List of those commended"),
}
_LISTED = ("ranked", "not awarded", "not ranked")
_SHORT = 4
"""A marked value of fewer signs, all of them ASCII, may stand in a name by chance."""
Row = Mapping[str, str]


@dataclass(frozen=True)
class Wish:
    """What is asked of a public list: further columns, and the order (by rank, or by the names' code points)."""

    more: tuple[str, ...] = ()
    order: str = "rank"


def publish(
    results: Results, catalogue: Catalogue, out: Path, wish: Wish, lang: str, tell: Any = None
) -> tuple[tuple[Path, ...], list[Text]]:
    """Write the public list into the folder *out*: its files, and what is to be said of it.

    Raises InputError for results without anybody to be listed, OutputError for a folder that holds something else.
    """
    if any(out.glob("standings.*")) or any(out.glob("problems.*")):
        what = T("the folder holds the results of an evaluation, which a public list would replace")
        raise OutputError(what, str(out), T("give another folder with --out"))
    plan = plan_of(results, catalogue)
    found, notes = public_list(results, plan, wish, lang)
    made = {p.file: p.render(found) for p in sorted(catalogue.publishers.values(), key=lambda p: p.name)}
    document = {
        "record": 1,
        "rubric": {"id": plan.rubric.id, "version": plan.rubric.version, "title": plan.rubric.title},
        "published": {"of": file_digest(results.folder / RECORD), "columns": list(found.names), "order": wish.order, "lang": lang},
    }
    return put_set(out, made, document, tell), notes


def public_list(results: Results, plan: Plan, wish: Wish, lang: str) -> tuple[PublicList, list[Text]]:
    """The list, and what its maker should know: whose names had to be replaced."""
    notice: Mapping[str, Any] = (results.run.get("notice") or {}).get("document", {})
    wording = notice.get("wording", {})
    result = wording.get("result", "考核结果")
    rows = [r for r in results.standings if r["status"] in _LISTED and (result == "考核结果" or r["award"])]
    if not rows:
        raise InputError(T("there is nobody to be listed"), str(results.folder), T("look at the ranking: who has a place or a seat?"))
    names = _Names(results, plan)
    shown = names.of(rows, lang)
    if wish.order == "name":
        order = {category: place for place, category in enumerate(dict.fromkeys(r["category"] for r in rows))}
        pairs = sorted(zip(rows, shown, strict=True), key=lambda pair: (order[pair[0]["category"]], pair[1]))
        rows, shown = [r for r, _ in pairs], [n for _, n in pairs]
    wanted = [n for n in ("rank", "unit", "category", "total", "level", "award", "status") if n not in MORE or n in wish.more]
    wanted = [n for n in wanted if n not in names.out and not (n == "rank" and wish.order == "name")]
    filled = tuple(n for n in wanted if n == "unit" or any(r[n] for r in rows))
    cells = [{**_public(r, "status" in wish.more, lang), "unit": name} for r, name in zip(rows, shown, strict=True)]
    basis, period = wording.get("basis", ""), notice.get("period", {})
    lines = [say(T("Basis: {basis}", basis=basis), lang)] if basis else []
    if period.get("start") and period.get("end"):
        lines.append(say(T("Period assessed: {start} to {end}", start=period["start"], end=period["end"]), lang))
    return PublicList(
        title=str(notice.get("title") or plan.base.title),
        result=say(_RESULTS[result], lang),
        lines=tuple(lines),
        names=filled,
        heads=tuple(say(_HEADS[n], lang) for n in filled),
        rows=tuple(tuple(cell[n] for n in filled) for cell in cells),
        below=tuple(say(t, lang) for t in (T("Public notice from ______ to ______"), T("Objections to (office, telephone): ____________"))),
        subject=f"{plan.rubric.id} {plan.rubric.version}",
    ), names.notes


def _public(row: Row, with_status: bool, lang: str) -> Row:
    """A row in words: the level of a unit that is not awarded would read as an award where no status stands beside it."""
    status = say(STATUS_WORDS[row["status"]], lang)
    level = status if row["status"] == "not awarded" and not with_status else row["level"]
    return {**row, "status": status, "level": level}


class _Names:
    """Names under which units may be shown: no marked part of an identity, no marked value within them."""

    def __init__(self, results: Results, plan: Plan) -> None:
        self.hidden = marked(plan.fields)
        self.identity = plan.base.identity
        self.out = {"category"} & {"category" for p in (plan.base.category,) if p in self.hidden}
        self.notes: list[Text] = []
        self.parts: dict[str, dict[str, str]] = {}
        self.values: dict[str, set[str]] = {}
        for row in results.rows("inputs") if self.hidden else ():
            self._take(row)

    def _take(self, row: Row) -> None:
        path = field_path(row["field"])
        if path in self.hidden:
            self.values.setdefault(row["unit"], set()).update(v for v in (row["value"], row["raw"]) if _telling(v))
        elif path in self.identity:
            self.parts.setdefault(row["unit"], {})[path] = row["value"]

    def of(self, rows: Sequence[Row], lang: str) -> list[str]:
        """The names of the units in *rows*, each of its own."""
        if not self.hidden:
            return [r["unit"] for r in rows]
        kept = [p for p in self.identity if p not in self.hidden]
        found = [self._name(r["unit"], kept) or say(T("no. {number}", number=i), lang) for i, r in enumerate(rows, 1)]
        if len(kept) < len(self.identity):
            self.notes.append(
                T("part of the units' names is marked as personal and left out")
                if kept
                else T("the units are known by personal data alone: they are numbered; give the rubric a name that may be shown")
            )
        met: dict[str, int] = {}
        for place, name in enumerate(found):
            met[name] = met.get(name, 0) + 1
            found[place] = name if met[name] == 1 else f"{name}（{met[name]}）"
        return found

    def _name(self, unit: str, kept: Sequence[str]) -> str:
        name = unit
        if len(kept) < len(self.identity):
            own = self.parts.get(unit, {})
            name = " / ".join(filter(None, (own.get(p, "") for p in kept)))
        for value in sorted(self.values.get(unit, ()), key=len, reverse=True):
            name = name.replace(value, VEIL)
        return name


def _telling(value: str) -> bool:
    return len(value) >= _SHORT or (len(value) > 1 and not value.isascii())
