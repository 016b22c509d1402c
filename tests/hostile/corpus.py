"""All cases of the corpus, by name, and the sentences that each must bring."""

from __future__ import annotations

import re
from pathlib import Path

from tests.hostile import cell_level, document_level, folder_level, text_level, workbook_level, xml_level, zip_level
from tests.hostile.cases import Brought, Case

LEVELS = (zip_level, xml_level, cell_level, workbook_level, text_level, document_level, folder_level)
CASES: dict[str, Case] = {}
OF_LEVEL: dict[str, str] = {}
for _room in LEVELS:
    for _case in _room.cases():
        assert _case.name not in CASES, _case.name
        CASES[_case.name], OF_LEVEL[_case.name] = _case, _room.__name__.rpartition(".")[2]
WORKBOOKS = [n for n, c in CASES.items() if c.kind == "submission" and c.ending == ".xlsx"]
EXPECTED = Path(__file__).parent / "expected"
_LISTS = re.compile(r"(可用的设置有|现有标准)：.*")
"""Lists of all there is, which grow with every setting and rubric."""
LONGEST = 400
"""Characters of a line as it is kept; what is longer holds the sender's own words."""


def shown(found: Brought) -> list[str]:
    """What a case brought as it is kept: its sentences, then the units with their totals."""
    units = ["units: " + ", ".join(f"{u} {t}" for u, t in sorted(found.totals.items())[:20])] if found.totals else []
    return [_LISTS.sub(r"\1：〈全部〉", _printable(line))[:LONGEST] for line in [*found.lines[:40], *units]]


def _printable(line: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in line)


def expected(level: str) -> dict[str, list[str]]:
    """The sentences of a level's cases."""
    found: dict[str, list[str]] = {}
    path = EXPECTED / f"{level}.txt"
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if line.startswith("== "):
            lines = found.setdefault(line[3:], [])
        elif line:
            lines.append(line.removeprefix("  "))
    return found


def keep(level: str, cases: dict[str, list[str]]) -> None:
    """Write the sentences down, to be read before they are kept."""
    EXPECTED.mkdir(exist_ok=True)
    body = "\n".join(f"== {name}\n" + "".join(f"  {line}\n" for line in lines) for name, lines in cases.items())
    (EXPECTED / f"{level}.txt").write_text(body, encoding="utf-8", newline="\n")
