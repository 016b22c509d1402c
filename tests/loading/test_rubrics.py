"""Rubrics: found by id or path, checked when they are loaded, never taken from the wrong pack."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scorekit.catalogue import Catalogue, discover
from scorekit.errors import RubricError
from scorekit.loading.rubrics import load_rubric, rubric_of, shipped
from tests.building import criterion, document, said

SHIPPED = {"model-home", "six-haves", "standardisation"}


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return discover(third_party=False)


def written(folder: Path, **frame: Any) -> Path:
    """A rubric's file in a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "rubric.json"
    path.write_text(json.dumps(document({"a": criterion(points=2.50)}, **frame), ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: Catalogue) -> Catalogue:
    """A catalogue with two more packs of rubrics, of which one holds an id that is shipped."""
    for name, rubric in (("first_pack", "our-home"), ("second_pack", "model-home")):
        (tmp_path / name / "empty").mkdir(parents=True)
        (tmp_path / name / "__init__.py").touch()
        written(tmp_path / name / rubric, id=rubric)
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.syspath_prepend(str(tmp_path))
    return replace(known, rubric_packs=("first_pack", "second_pack"))


def test_all_shipped_rubrics_pass_their_own_check(known: Catalogue) -> None:
    rubrics = shipped(known)
    assert {r.id for r in rubrics} >= SHIPPED
    assert [r.id for r in rubrics] == sorted(r.id for r in rubrics)
    assert all(r.title and r.version for r in rubrics)


def test_a_rubric_is_found_by_its_id(known: Catalogue) -> None:
    found = load_rubric("model-home", known)
    assert found.id == "model-home"
    assert found.where.endswith("model-home/rubric.json")


def test_a_rubric_is_found_by_its_file_or_its_folder(tmp_path: Path, known: Catalogue) -> None:
    path = written(tmp_path)
    for reference in (path, str(path), tmp_path):
        found = load_rubric(reference, known)
        assert (found.id, found.version, found.title, found.where) == ("test", "1", "考核标准", str(path))
    assert load_rubric(path, known).document["properties"]["a"]["x-criterion"]["points"] == Decimal("2.5")


def test_a_rubric_needs_a_title(tmp_path: Path, known: Catalogue) -> None:
    bare = {k: v for k, v in document({"a": criterion()}).items() if k != "title"}
    with pytest.raises(RubricError) as caught:
        rubric_of(bare, str(tmp_path / "rubric.json"), known)
    assert said(caught.value.what) == "“title” is missing"


def test_a_rubric_of_a_pack_is_found_by_its_id(packs: Catalogue) -> None:
    assert load_rubric("our-home", packs).id == "our-home"
    assert sorted(r.id for r in shipped(packs)) == sorted(
        [*(r.id for r in shipped(replace(packs, rubric_packs=()))), "model-home", "our-home"]
    )


def test_a_pack_never_takes_the_place_of_a_shipped_rubric_unnoticed(packs: Catalogue) -> None:
    with pytest.raises(RubricError) as caught:
        load_rubric("model-home", packs)
    assert said(caught.value.what).startswith("several packs hold the rubric “model-home”: ")
    assert "second_pack" in said(caught.value.what)
    second = next(p.where for p in shipped(packs) if "second_pack" in p.where)
    assert load_rubric(second, packs).id == "model-home"


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("model-hom", "did you mean “model-home”?"),
        ("zzz", "; or name a file"),
        ("/nowhere/rubric.json", "; or name a file"),
    ],
)
def test_a_rubric_that_is_not_there_is_an_error_with_a_cure(known: Catalogue, name: str, cure: str) -> None:
    with pytest.raises(RubricError) as caught:
        load_rubric(name, known)
    assert said(caught.value.what) == f"there is no rubric “{name}”"
    assert said(caught.value.cure).endswith(cure)


def test_a_folder_without_a_rubric_is_none(tmp_path: Path, known: Catalogue) -> None:
    with pytest.raises(RubricError, match="there is no rubric"):
        load_rubric(tmp_path, known)


def test_a_file_that_is_no_rubric_is_refused_with_a_pointer(tmp_path: Path, known: Catalogue) -> None:
    path = written(tmp_path, levles=[])
    with pytest.raises(RubricError) as caught:
        load_rubric(path, known)
    assert caught.value.where.startswith(f"{path}#/x-rubric")
    assert "levels" in said(caught.value.cure)


def test_a_file_that_is_no_json_is_an_error_of_the_rubric(tmp_path: Path, known: Catalogue) -> None:
    (tmp_path / "rubric.json").write_text("{", encoding="utf-8")
    with pytest.raises(RubricError) as caught:
        load_rubric(tmp_path, known)
    assert caught.value.where == f"{tmp_path / 'rubric.json'}:1"


def test_a_version_that_is_a_number_is_told_as_it_is_written(known: Catalogue) -> None:
    found = document({"a": criterion()})
    for version, told in (("2026.10", "2026.10"), (Decimal("2026.10"), "2026.10"), (3, "3")):
        found["x-rubric"]["version"] = version
        try:
            assert rubric_of(found, "rubric.json", known).version == told
        except RubricError as error:
            assert not isinstance(version, str)
            assert error.where.endswith("/x-rubric/version")  # noqa: PT017


# -------------------------------------------------------------------- a lower level's rubric


def extending(folder: Path, base: str, name: str = "city.json", **changes: Any) -> Path:
    """A rubric in *folder* that extends *base*."""
    path = folder / name
    frame = {"language": 1, "id": "city", "version": "1", "extends": base, "changes": changes}
    path.write_text(json.dumps({"x-rubric": frame}, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_rubric_extends_a_file_of_its_own_folder(tmp_path: Path, known: Catalogue) -> None:
    written(tmp_path, id="ours")
    found = load_rubric(extending(tmp_path, "rubric.json", criteria={"a": {"points": 3}}), known)
    assert (found.id, found.title) == ("city", "考核标准")
    assert found.document["properties"]["a"]["x-criterion"]["points"] == 3
    assert found.frame["based_on"]["id"] == "ours"


def test_a_rubric_extends_a_shipped_one_by_its_id(tmp_path: Path, known: Catalogue) -> None:
    found = load_rubric(extending(tmp_path, "model-home"), known)
    assert found.frame["based_on"]["version"] == load_rubric("model-home", known).version


def test_the_merged_rubric_stands_alone(tmp_path: Path, known: Catalogue) -> None:
    found = load_rubric(extending(tmp_path, "model-home"), known)
    assert rubric_of(dict(found.document), "rubric.json", known).document == found.document


@pytest.mark.parametrize("base", ["../rubric.json", "/etc/rubric.json", "http://x.example/rubric.json", "a\\b.json", "C:b.json"])
def test_a_base_outside_the_folder_or_at_an_address_is_refused(tmp_path: Path, known: Catalogue, base: str) -> None:
    with pytest.raises(RubricError) as caught:
        load_rubric(extending(tmp_path, base), known)
    assert caught.value.where.endswith("city.json#/x-rubric/extends")


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path, known: Catalogue) -> None:
    (tmp_path / "in").mkdir()
    written(tmp_path / "out")
    (tmp_path / "in" / "base.json").symlink_to(tmp_path / "out" / "rubric.json")
    with pytest.raises(RubricError) as caught:
        load_rubric(extending(tmp_path / "in", "base.json"), known)
    assert said(caught.value.what) == "there is no file “base.json” in the rubric's folder"


def test_rubrics_that_extend_one_another_are_refused(tmp_path: Path, known: Catalogue) -> None:
    extending(tmp_path, "city.json", "county.json")
    with pytest.raises(RubricError) as caught:
        load_rubric(extending(tmp_path, "county.json"), known)
    assert said(caught.value.what) == "“city.json” leads back to itself"


def test_a_base_that_is_not_there_is_named_with_those_that_are(tmp_path: Path, known: Catalogue) -> None:
    with pytest.raises(RubricError) as caught:
        load_rubric(extending(tmp_path, "model-hom"), known)
    assert said(caught.value.what) == "there is no rubric “model-hom”"
    assert "model-home" in said(caught.value.cure)
