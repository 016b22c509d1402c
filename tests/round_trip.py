"""Values through forms and back: ``python -m tests.round_trip [RUBRICS] [--office]`` prints how many came back, and how many were lost.

With ``--office`` every workbook is saved once by LibreOffice on the way.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from scorekit.catalogue import Catalogue, discover
from scorekit.compiling import compile_plan
from scorekit.compiling.form_kinds import fields_of, kinds_of
from scorekit.domain.column import Column
from scorekit.domain.documents import pretty
from scorekit.domain.marks import Panel, Records
from scorekit.domain.plan import Plan
from scorekit.domain.rubric import Rubric
from scorekit.domain.tables import Submissions
from scorekit.evaluation import validate_path
from scorekit.loading.request import Request
from tests.filling import as_json, asked, filled, scored
from tests.forms_by_chance import Chance

UNITS = 3


def told(value: Any) -> list[Any]:
    """What stands in a column, row by row: values, and why there is none."""
    if isinstance(value, Records):
        inner = list(zip(*(told(c) for c in value.columns.values()), strict=True)) if value.columns else []
        why = value.why.tolist() if value.why is not None else [0] * len(value)
        bounds = value.offsets.tolist()
        return [(w, inner[a:b]) for w, a, b in zip(why, bounds[:-1], bounds[1:], strict=True)]
    if isinstance(value, Panel):
        marks = {r: told(m) for r, m in zip(value.raters, value.marks, strict=True)}
        return [sorted((r, m[row]) for r, m in marks.items() if m[row] != (None, 3)) for row in range(len(value))] if marks else []
    column: Column = value
    why = column.why.tolist() if column.why is not None else [0] * len(column)
    return list(zip(column.listed(), why, strict=True))


def by_unit(found: Submissions) -> dict[str, dict[str, Any]]:
    """All values of each unit, by its key."""
    columns = {path: told(value) for path, value in found.columns.items()}
    return {key: {p: c[row] if c else [] for p, c in columns.items()} for row, key in enumerate(found.key)}


def read(folder: Path, rubric: Rubric, catalogue: Catalogue) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """What a folder of submissions holds, and the errors and warnings met."""
    outcome = validate_path(folder, catalogue, Request(rubric=rubric))
    return by_unit(outcome.submissions), [f"{p.severity} {p.cell} {p.field} {p.what}" for p in outcome.problems if p.severity != "repair"]


def losses(
    plan: Plan,
    rubric: Rubric,
    units: Sequence[dict[str, Any]],
    kind: str,
    catalogue: Catalogue,
    chance: Chance,
    saved: Callable[[Path], None],
) -> tuple[int, list[str]]:
    """How many values went through forms of a kind, and what came back otherwise than from JSON."""
    with tempfile.TemporaryDirectory() as name:
        plain, forms = Path(name) / "json", Path(name) / "forms"
        plain.mkdir(), forms.mkdir()
        for number, unit in enumerate(units):
            (plain / f"{number}.json").write_bytes(pretty(as_json(plan, kind, unit)))
        filled(plan, kind, units, forms, chance)
        saved(forms)
        if kind in ("office", "survey") and all(f.kind == "records" for f in fields_of(plan, kind, None)):
            for number, unit in enumerate(units):  # such a form holds lists alone, of units that stand elsewhere
                (forms / f"{number}.json").write_bytes(pretty({p: unit[p] for p in plan.base.identity}))
        if kind == "panel":
            return _by_rater(plan, rubric, plain, forms, catalogue)
        wanted, _ = read(plain, rubric, catalogue)
        got, _ = read(forms, rubric, catalogue)
        return sum(map(len, wanted.values())), list(_differences(wanted, got, {**asked(plan, kind), **scored(plan, kind)}))


def _by_rater(plan: Plan, rubric: Rubric, plain: Path, forms: Path, catalogue: Catalogue) -> tuple[int, list[str]]:
    """Each rater's form gives the marks of one rater; all of them together are what JSON says."""
    wanted, _ = read(plain, rubric, catalogue)
    paths = [p for p, f in asked(plan, "panel").items() if f.kind == "panel"]
    got: dict[str, dict[str, Any]] = {key: {p: [] for p in paths} for key in wanted}
    for file in sorted(forms.glob("*.xlsx")):
        for key, values in read(file, rubric, catalogue)[0].items():
            for path in paths:
                got.setdefault(key, {}).setdefault(path, []).extend(values[path])
    for values in (*got.values(), *wanted.values()):
        for path in paths:
            values[path] = sorted(set(values[path]), key=repr)
    return sum(len(v[p]) for v in wanted.values() for p in paths), list(_differences(wanted, got, dict.fromkeys(paths)))


def _differences(wanted: Any, got: Any, paths: Any) -> Any:
    for key in wanted.keys() | got.keys():
        for path in paths:
            left, right = wanted.get(key, {}).get(path), got.get(key, {}).get(path)
            if left != right and not (left is None and path.startswith("own:") and right == (None, 3)):  # a column that stayed blank
                yield f"{key} {path}: {left} / {right}"


def by_office(folder: Path) -> None:
    """Every workbook of a folder as LibreOffice saves it."""
    target = folder / "saved"
    files = sorted(map(str, folder.glob("*.xlsx")))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(target),
            *files,
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    for file in files:
        shutil.move(target / Path(file).name, file)
    shutil.rmtree(folder / "profile", ignore_errors=True)
    shutil.rmtree(target, ignore_errors=True)


def through(seed: int, catalogue: Catalogue, saved: Callable[[Path], None] = lambda _: None) -> tuple[Counter[str], list[str]]:
    """One rubric by chance through all kinds of form that it has."""
    chance = Chance(seed)
    document = chance.rubric()
    rubric = Rubric(document["x-rubric"]["id"], document["x-rubric"]["version"], document["title"], document, "rubric.json")
    plan = compile_plan(rubric, catalogue)
    units = [chance.unit(plan, i) for i in range(UNITS)]
    counted: Counter[str] = Counter(rubrics=1)
    lost: list[str] = []
    for kind in kinds_of(plan):
        values, missing = losses(plan, rubric, units, kind, catalogue, chance, saved)
        counted.update({"forms": 1, f"{kind}": 1, "values": values})
        lost += [f"seed {seed} {kind} {m}" for m in missing]
    return counted, lost


def main(words: Sequence[str]) -> int:
    office = "--office" in words
    count = next((int(w) for w in words if w.isdigit()), 120)
    catalogue = discover(third_party=False)
    counted: Counter[str] = Counter()
    lost: list[str] = []
    for seed in range(count):
        found, missing = through(seed, catalogue, by_office if office else lambda _: None)
        counted += found
        lost += missing
    sys.stdout.write(json.dumps({**counted, "losses": len(lost), "saved by LibreOffice": office}, ensure_ascii=False) + "\n")
    sys.stdout.write("\n".join([*lost[:40], ""]))
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
