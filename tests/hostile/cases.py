"""What a case of the corpus is, and what one brings: the sentences, and whether the good unit beside it is scored."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorekit.catalogue import Catalogue, discover
from scorekit.domain.outputs import Outcome
from scorekit.domain.printing import printed
from scorekit.errors import ScorekitError, Text
from scorekit.evaluation import evaluate_path
from scorekit.loading.request import Request
from scorekit.words import say
from tests.hostile.making import GOOD, HEADER, packed, parts, row_xml, sheet_xml

RUBRIC = Path(__file__).parents[2] / "samples" / "invalid" / "rubric.json"
GOOD_FILE, GOOD_UNIT, GOOD_TOTAL = "东风机械厂.xlsx", "东风机械厂工会", "97.75"
Content = bytes | str | Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile file. *kind* says what it is: a submission (a good unit beside it), a rubric, a notice or settings.

    *make* gives the content, or makes the file (or what stands in its place) at the path it is handed. *long*: making it
    takes seconds. *stops*: the run ends with status 2, as what cannot be told stops it.
    """

    name: str
    make: Callable[[], Content]
    ending: str = ".xlsx"
    kind: str = "submission"
    stops: bool = False
    long: bool = False
    file: str = ""

    def put(self, folder: Path) -> None:
        """Lay the case out in *folder*: ``submissions``, and the rubric and notice beside it."""
        submissions = folder / "submissions"
        submissions.mkdir(parents=True, exist_ok=True)
        shutil.copy(RUBRIC, folder / "rubric.json")
        (submissions / GOOD_FILE).write_bytes(good())
        path = self._path(folder)
        content = self.make()
        if callable(content):
            content(path)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def _path(self, folder: Path) -> Path:
        return {
            "submission": folder / "submissions" / (self.file or self.name + self.ending),
            "rubric": folder / "rubric.json",
            "notice": folder / "notice.json",
            "settings": folder / "submissions" / "scorekit.toml",
        }[self.kind]

    def options(self, folder: Path) -> Mapping[str, Any]:
        """What the run is asked for."""
        notice = {"notice": folder / "notice.json"} if self.kind == "notice" else {}
        return notice if self.kind == "settings" else {"rubric": str(folder / "rubric.json"), **notice}

    def command(self) -> list[str]:
        """The same as a command line, to be given in the folder."""
        words = ["evaluate", "submissions"] + ([] if self.kind == "settings" else ["--rubric", "rubric.json"])
        return words + (["--notice", "notice.json"] if self.kind == "notice" else [])


@functools.cache
def good() -> bytes:
    """The workbook of the good unit."""
    return packed(parts(("自评表", sheet_xml(row_xml(1, HEADER) + row_xml(2, GOOD)))))


@functools.cache
def catalogue() -> Catalogue:
    """The plugins of this checkout."""
    return discover(third_party=False)


@dataclass(frozen=True, slots=True)
class Brought:
    """What a case brought: its sentences, who was scored with which total, and by unit the values that were read."""

    lines: list[str]
    stopped: bool
    totals: Mapping[str, str]


def brought(case: Case, folder: Path) -> Brought:
    """Evaluate a case in *folder*; what is no ScorekitError is let through."""
    try:
        outcome = evaluate_path(folder / "submissions", catalogue(), Request(**case.options(folder)))
    except ScorekitError as error:
        said = [_said(error.what), error.where, _said(error.cure)]
        return Brought([" · ".join(s for s in ["stopped", *said] if s).replace(str(folder), "…")], True, {})
    return Brought(problem_lines(outcome), False, totals(outcome))


def _said(text: Text | None) -> str:
    return "" if text is None else say(text, "zh")


def problem_lines(outcome: Outcome) -> list[str]:
    """Each problem on a line, as the table of problems has it."""
    found = []
    for p in outcome.problems:
        parts = [p.severity, p.unit, p.file, p.sheet, p.cell, p.field, _said(p.what), _said(p.cure)]
        found.append(" · ".join(s for s in parts if s))
    return found


def totals(outcome: Outcome) -> dict[str, str]:
    """The total of each unit that is ranked, the status of the others."""
    standings = outcome.standings
    shown = printed(standings.figures["total"].spread(len(standings)), outcome.plan.decimals)
    told = zip(standings.unit, standings.status, shown, strict=True)
    return {str(unit): str(total if status == "ranked" else status) for unit, status, total in told}
