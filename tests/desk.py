"""A desk for tests: a rubric filled in by units, an office, seven raters and a survey, and a folder of what came back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from scorekit.catalogue import Catalogue, discover
from scorekit.compiling import compile_plan
from scorekit.domain.outputs import Outcome
from scorekit.domain.plan import Plan
from scorekit.domain.printing import plain
from scorekit.evaluation import evaluate_path, validate_path
from scorekit.loading.request import Request
from tests.building import NUMBER, TRUTH, criterion, document, rubric_of, said, section

RATERS = [f"评委{n}" for n in range(1, 8)]
PANEL = {
    "type": "object", "title": "现场评分", "additionalProperties": {"type": ["number", "null"], "minimum": 0, "maximum": 10},
    "x-source": {"who": "panel", "raters": RATERS},
}  # fmt: skip
SURVEY = {
    "type": "object", "title": "满意度测评", "additionalProperties": {"type": ["integer", "null"], "minimum": 0},
    "x-source": {"who": "survey", "options": ["满意", "不满意"]},
}  # fmt: skip
SHAPE = {
    "own": section({
        "members": criterion(field={**NUMBER, "title": "会员数", "maximum": 10}),
        "books": criterion(field={**NUMBER, "title": "图书数", "maximum": 10}),
    }, title="自评"),
    "office": section({
        "safety": criterion(field={**NUMBER, "title": "安全得分", "x-source": "office"}),
        "funds": criterion(field={**NUMBER, "title": "经费得分", "x-source": "office"}),
    }, title="部门"),
    "accident": {**TRUTH, "title": "发生事故", "x-source": "office"},
    "marks": criterion({"panel_mean": {"drop": 1}}, field=PANEL),
    "poll": criterion({"votes": {"worth": {"满意": 1, "不满意": 0}}}, field=SURVEY),
}  # fmt: skip
"""Fields by who fills them: the unit (own), the office (office, accident), seven raters, a survey."""
CATEGORIES = ("企业", "机关")


def known() -> Catalogue:
    """The built-in plugins."""
    return discover(third_party=False)


class Desk:
    """A folder of submissions under the rubric of the desk, and a register beside it."""

    def __init__(self, folder: Path, shape: Mapping[str, Any] = SHAPE, **frame: Any) -> None:
        self.folder, self.catalogue = folder, known()
        (folder / "in").mkdir()
        self.rubric = folder / "rubric.json"
        found = document(shape, categories=CATEGORIES, **frame)
        self.rubric.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        self.register: Path | None = None

    def csv(self, name: str, *lines: str) -> Desk:
        """A CSV file among the submissions."""
        path = self.folder / "in" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return self

    def book(self, name: str, **sheets: Sequence[Sequence[Any]]) -> Path:
        """A workbook beside the submissions, its sheets as rows of cells."""
        book = Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        book.save(self.folder / name)
        return self.folder / name

    def listed(self, *rows: Sequence[Any], **more: Sequence[Sequence[Any]]) -> Desk:
        """The register as a workbook: rows of name and category (and area), further sheets by name."""
        head = ["单位名称", "类别", "片区", "联系人"]
        self.register = self.book("名册.xlsx", 名册=[head, *([*row, "", ""][:4] for row in rows)], **more)
        return self

    def request(self, **more: Any) -> Request:
        """The request of this desk."""
        return Request(str(self.rubric), lang="zh", register=self.register, **more)

    def outcome(self, **more: Any) -> Outcome:
        """What evaluating finds."""
        return evaluate_path(self.folder / "in", self.catalogue, self.request(**more))

    def checked(self, **more: Any) -> Outcome:
        """What checking finds."""
        return validate_path(self.folder / "in", self.catalogue, self.request(**more))


def standing(outcome: Outcome) -> dict[str, tuple[str, str, int, Any]]:
    """Of each unit: category, status, rank, total."""
    found = outcome.standings
    totals = plain(found.figures["total"].spread(len(found)))
    return {
        u: (c, s, int(r), t) for u, c, s, r, t in zip(found.unit, found.category, found.status, found.rank.tolist(), totals, strict=True)
    }


def problems(outcome: Outcome, *severities: str) -> list[str]:
    """The problems in English, one a line: severity, unit, place, text."""
    wanted = severities or ("error", "warning", "repair")
    lines = []
    for p in outcome.problems:
        if p.severity in wanted:
            place = " ".join(part for part in (p.file, p.sheet, p.cell or p.field) if part)
            lines.append(f"{p.severity} {p.unit}| {place}| {said(p.what)}")
    return lines


def plan() -> Plan:
    """The plan of the desk's rubric."""
    return compile_plan(rubric_of(document(SHAPE, categories=CATEGORIES)), known())
