"""Forms that come back, beside the rubric that is applied: their edition, and whose marks a rater's form holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from scorekit.domain.documents import digest
from scorekit.domain.intake import RawTable
from scorekit.domain.naming import folded
from scorekit.domain.plan import Plan
from scorekit.domain.register import Register
from scorekit.domain.rubric import FieldSpec
from scorekit.domain.tables import Problem
from scorekit.errors import T
from scorekit.stages.validate.match import dictionary


def of_forms(tables: Iterable[RawTable], plan: Plan) -> Iterator[RawTable]:
    """The tables; forms of another edition of the rubric with a warning, those of one rater with the marks given to the rater.

    Marks in a sheet of which nothing says whose they are are given to nobody, and an error says so.
    """
    checker = _Checker(plan)
    for table in tables:
        yield checker.checked(table) if table.beside or table.letters else table


def named_units(register: Register, plan: Plan, category: str | None = None) -> list[list[str]]:
    """The key and the category (if there are any) of each unit of a register, of all units or of one category's."""
    paths = (*plan.base.identity, *([plan.base.category] if plan.base.category else []))
    columns = [_texts(register.lines.columns[p]) for p in paths]
    rows = [list(row) for row in zip(*columns, strict=True)]
    return [row for row in rows if category is None or row[-1] == category]


def _texts(column: Any) -> list[str]:
    return ["" if v is None else str(v) for v in column.listed()]


class _Checker:
    """Knows the rubric that is applied, and how its panels are called; of a file each thing is said once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.digest = digest(plan.rubric.document)
        self.known = dictionary(plan)
        self.said: set[tuple[str, str]] = set()

    def checked(self, table: RawTable) -> RawTable:
        problems = [*table.problems, *self._edition(table), *self._titled(table)]
        form = table.beside.get("form", ("", ""))[0]
        if "list" not in table.beside and (form == "panel" or (not form and table.letters and any(map(self.known.panel, table.columns)))):
            return self._rated(replace(table, problems=tuple(problems)))
        return replace(table, problems=tuple(problems)) if len(problems) > len(table.problems) else table

    def _edition(self, table: RawTable) -> Iterator[Problem]:
        """The warning that a form was made from another edition of the rubric."""
        made, cell = table.beside.get("digest", ("", ""))
        file = table.files[0] if table.files else ""
        rubric = self.plan.rubric
        if not made or self.digest.startswith(made) or (file, "edition") in self.said or table.rubric not in (None, rubric.id):
            return
        self.said.add((file, "edition"))
        version = table.beside.get("edition", ("", ""))[0]
        what = T(
            "the form was made from the edition {theirs} ({made}) of the standard; {ours} ({own}) is applied",
            theirs=version, made=made[:8], ours=rubric.version, own=self.digest[:8],
        )  # fmt: skip
        yield Problem(
            "warning", what, T("look at what changed (scorekit rubric diff), or send out a fresh form"), "", file, table.sheet, cell
        )

    def _titled(self, table: RawTable) -> Iterator[Problem]:
        """The warnings that a value was taken by a code beside which the title of another item stands."""
        for name, (title, cell) in table.beside.items():
            lead, _, code = name.partition(":")
            taken, meant = (self.known.slots(word) if lead == "title" else set() for word in (code, title))
            if not taken or not meant or taken & meant:
                continue
            own = self.known.spec(min(taken)[0]).title
            what = T(
                "beside the code “{code}” ({own}) stands the title “{title}”; the value is taken by the code",
                code=code,
                own=own,
                title=title,
            )
            cure = T("look which of the two was meant, and write back its code and title")
            yield Problem("warning", what, cure, "", table.files[0], table.sheet, cell)

    def _rated(self, table: RawTable) -> RawTable:
        """The columns of panels as those of the rater who is named above the table; without one no mark is given to anybody."""
        columns: dict[str, Sequence[Any]] = {}
        letters: dict[str, str] = {}
        problems: list[Problem] = []
        for header, cells in table.columns.items():
            spec = self.known.panel(header)
            name = header
            if spec is not None:
                rater = self._rater(table, spec, header, problems)
                if not rater:
                    continue
                name = f"{spec.path}@{rater}"
            columns[name] = cells
            if header in table.letters:
                letters[name] = table.letters[header]
        return replace(table, columns=columns, letters=letters, problems=(*table.problems, *problems))

    def _rater(self, table: RawTable, spec: FieldSpec, header: str, problems: list[Problem]) -> str:
        """The rater as the rubric spells the name; "" where there is none or one that the panel does not have."""
        name, cell = table.beside.get("rater", ("", ""))
        if name and not spec.raters:
            return name
        found = next((r for r in spec.raters if folded(r) == folded(name)), "")
        if found or all(c is None or c == "" for c in table.columns[header]):
            return found
        if not name and table.head and header in table.letters:
            cell = f"{table.letters[header]}{table.head}"
        file = table.files[0] if table.files else ""
        key = (file, table.sheet)
        if key not in self.said:
            self.said.add(key)
            what = (
                T("the panel has no rater “{name}”; the marks are given to nobody", name=name)
                if name
                else T("the form does not say whose marks it holds")
            )
            cure = (
                T("write the rater above the table; the raters are: {names}", names=list(spec.raters))
                if spec.raters
                else T("write the rater above the table")
            )
            problems.append(Problem("error", what, cure, "", file, table.sheet, cell))
        return ""
