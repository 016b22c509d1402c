"""Every kind of error is marked at its cell, nothing else is, and the mended copy is read without it; figures: ``python -m tests.faulty``."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from scorekit.cli import main

from . import faulty


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, faulty.Tally]:
    folder = tmp_path_factory.mktemp("faulty")
    return folder, faulty.tried(folder)


def test_there_are_more_than_sixty_kinds_each_by_its_own_name() -> None:
    assert len({k.name for k in faulty.KINDS}) == len(faulty.KINDS) >= 60


def test_every_kind_is_marked_at_its_cells_and_no_other_cell_is(tried: tuple[Path, faulty.Tally]) -> None:
    assert tried[1].wrong == {}


def test_every_mended_copy_is_read_without_its_problems(tried: tuple[Path, faulty.Tally]) -> None:
    assert tried[1].unmended == {}


def test_a_good_form_gets_nothing_back(tmp_path: Path) -> None:
    assert run(tmp_path, "好") == []


def run(folder: Path, *names: str) -> list[str]:
    """Check good forms of these names; what goes back."""
    import json

    sent = folder / "材料"
    sent.mkdir(exist_ok=True)
    (folder / "rubric.json").write_text(json.dumps(faulty.RUBRIC, ensure_ascii=False), encoding="utf-8")
    for name in names:
        faulty.form(name).save(sent / f"{name}.xlsx")
    assert main(["validate", str(sent), "--rubric", str(folder / "rubric.json"), "--out", str(folder / "检查")]) == 0
    return sorted(p.name for p in (folder / "检查").glob("*.xlsx"))


def test_copies_beside_what_they_were_made_of_change_nothing(tried: tuple[Path, faulty.Tally], tmp_path: Path) -> None:
    before, sent = tried[0], tmp_path / "材料"
    shutil.copytree(before / "材料", sent)
    for copy in (before / "检查").glob("*_批注.xlsx"):
        shutil.copy(copy, sent)
    assert main(["validate", str(sent), "--rubric", str(before / "rubric.json"), "--out", str(tmp_path / "检查")]) == 0
    assert faulty.graves(tmp_path / "检查") == faulty.graves(before / "检查")


def test_mended_copies_count_in_the_place_of_what_they_were_made_of(tried: tuple[Path, faulty.Tally], tmp_path: Path) -> None:
    before, sent = tried[0], tmp_path / "材料"
    shutil.copytree(before / "材料", sent)
    for copy in (before / "改后").glob("*.xlsx"):
        shutil.copy(copy, sent / f"{hashlib.sha256(copy.name.encode()).hexdigest()[:8]}.xlsx")
    assert main(["validate", str(sent), "--rubric", str(before / "rubric.json"), "--out", str(tmp_path / "检查")]) == 0
    assert faulty.graves(tmp_path / "检查") == {}


def _through_libreoffice(folder: Path, out: Path) -> None:
    files = sorted(map(str, folder.glob("*_批注.xlsx")))
    home = f"-env:UserInstallation=file://{out}/home"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(out), *files], check=True, capture_output=True, timeout=560
    )


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_copies_that_libreoffice_saved_again_are_still_known_and_mended(tried: tuple[Path, faulty.Tally], tmp_path: Path) -> None:
    before, resaved, sent = tried[0], tmp_path / "存过", tmp_path / "材料"
    resaved.mkdir()
    _through_libreoffice(before / "检查", resaved)
    copies = sorted(resaved.glob("*.xlsx"))
    assert len(copies) == len(faulty.KINDS)
    shutil.copytree(before / "材料", sent)
    for copy in copies:
        shutil.copy(copy, sent)
    assert main(["validate", str(sent), "--rubric", str(before / "rubric.json"), "--out", str(tmp_path / "检查")]) == 0
    assert faulty.graves(tmp_path / "检查") == faulty.graves(before / "检查")
    for kind in faulty.KINDS:
        path = sent / f"{kind.name}_批注.xlsx"
        book = load_workbook(path)
        kind.mend(book)
        book.save(path)
    assert main(["validate", str(sent), "--rubric", str(before / "rubric.json"), "--out", str(tmp_path / "再查")]) == 0
    assert faulty.graves(tmp_path / "再查") == {}
