"""The whole desk: what units, the office, raters and a survey sent back in forms, in one folder, ranks as the same values in one file."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from scorekit.catalogue import Catalogue, discover
from scorekit.compiling import compile_plan
from scorekit.compiling.form_kinds import kinds_of
from scorekit.domain.documents import pretty
from scorekit.evaluation import evaluate_path
from scorekit.loading.request import Request
from scorekit.loading.rubrics import load_rubric
from scorekit.words import say
from tests.filling import filled
from tests.forms_by_chance import Chance
from tests.shipped_forms import SAMPLES, entered, standings

CATALOGUE = discover(third_party=False)
FEW = 4


def differences(name: str, catalogue: Catalogue = CATALOGUE) -> list[str]:
    """Where units of a sample, through every kind of form at a time, come out otherwise than from JSON."""
    rubric = load_rubric(name, catalogue)
    plan = compile_plan(rubric, catalogue)
    asked = Request(rubric=rubric)
    sample = evaluate_path(SAMPLES / name / "submissions", catalogue, asked)
    once = [n for n, u in enumerate(sample.submissions.unit) if list(sample.submissions.unit).count(u) == 1]
    units = [entered(sample, plan)[n] for n in once[:FEW]]
    with tempfile.TemporaryDirectory() as plain, tempfile.TemporaryDirectory() as forms:
        for number, unit in enumerate(units):
            (Path(plain) / f"{number}.json").write_bytes(pretty({p: v for p, v in unit.items() if v is not None}))
        kinds = [k for k in kinds_of(plan) if k != ("units" if "unit" in kinds_of(plan) else "")]
        for kind in kinds:
            filled(plan, kind, units, Path(forms), Chance(1))
        wanted, found = (evaluate_path(Path(f), catalogue, asked) for f in (plain, forms))
    if standings(wanted) == standings(found):
        return []
    told = [f"{p.severity} {p.unit} {p.file} {p.cell} {p.field} {say(p.what, 'zh')}" for p in found.problems if p.severity != "repair"]
    return [f"wanted {standings(wanted)}", f"found {standings(found)}", *told]


@pytest.mark.parametrize("name", ["model-home", "top-ten-and-stars", "worker-bookroom"])
def test_all_forms_of_a_standard_in_one_folder_rank_as_json_does(name: str) -> None:
    assert differences(name) == []


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(p.name for p in SAMPLES.iterdir() if (p / "expected.json").is_file()))
def test_all_forms_of_every_standard_do(name: str) -> None:
    if name == "custom-plugin":
        pytest.skip("its rubric comes with its plugin")
    assert differences(name) == []
