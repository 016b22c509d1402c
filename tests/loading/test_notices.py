"""Notices: what a round's JSON file says, and what in it is refused with its pointer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scorekit.domain.deciding import Notice, Seats
from scorekit.errors import InputError
from scorekit.loading.notices import load_notice
from tests.building import said


def loaded(folder: Path, **document: Any) -> Notice:
    path = folder / "notice.json"
    path.write_text(json.dumps({"rubric": "test", **document}, ensure_ascii=False), encoding="utf-8")
    return load_notice(path)


def fault(folder: Path, **document: Any) -> InputError:
    with pytest.raises(InputError) as caught:
        loaded(folder, **document)
    return caught.value


def test_a_notice_needs_no_more_than_its_rubric(tmp_path: Path) -> None:
    assert loaded(tmp_path) == Notice("test", document={"rubric": "test"})


def test_all_that_a_notice_says_is_kept(tmp_path: Path) -> None:
    document = {
        "title": "通知",
        "period": {"start": "2026-01-01", "end": "2026-12-31"},
        "award": {"title": "模范职工之家", "level": "model"},
        "categories": {"企业": {"seats": 5}, "机关": {"seats": 0, "tie": "draw", "seed": 2026}},
        "assess_only": {"categories": ["事业"], "units": ["红星"]},
        "wording": {"result": "表彰", "basis": "某字〔2026〕1号"},
    }
    found = loaded(tmp_path, **document)
    assert found.categories == {"企业": Seats(5, "expand", None), "机关": Seats(0, "draw", 2026)}
    assert found.period == document["period"]
    assert (found.award, found.level, found.result, found.basis) == ("模范职工之家", "model", "表彰", "某字〔2026〕1号")
    assert (found.assess_only_categories, found.assess_only_units) == (frozenset({"事业"}), frozenset({"红星"}))
    assert found.document == {"rubric": "test", **document}


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ({"rubric": 5}, "/rubric"),
        ({"colour": "red"}, ""),
        ({"categories": {"企业": {}}}, "/categories/企业"),
        ({"categories": {"企业": {"seats": -1}}}, "/categories/企业/seats"),
        ({"categories": {"企业": {"seats": "5"}}}, "/categories/企业/seats"),
        ({"categories": {"企业": {"seats": 1.5}}}, "/categories/企业/seats"),
        ({"categories": {"企业": {"seats": True}}}, "/categories/企业/seats"),
        ({"categories": {"企业": {"seats": 1, "seed": 7.5}}}, "/categories/企业/seed"),
        ({"wording": {"result": "表扬"}}, "/wording/result"),
        ({"period": {"start": "2026-13-01"}}, "/period/start"),
        ({"categories": {"a/b": {"seats": -1}}}, "/categories/a~1b/seats"),
    ],
)
def test_what_is_not_as_the_schema_has_it_is_refused_with_its_pointer(tmp_path: Path, document: dict[str, Any], pointer: str) -> None:
    error = fault(tmp_path, **document)
    assert error.where.startswith(f"{tmp_path / 'notice.json'}#{pointer}")
    assert error.cure is not None


def test_a_misspelt_key_has_its_cure(tmp_path: Path) -> None:
    error = fault(tmp_path, categoires={})
    assert "categories" in said(error.cure)


def test_a_commendation_needs_its_approval_basis(tmp_path: Path) -> None:
    error = fault(tmp_path, wording={"result": "表彰"})
    assert said(error.what) == "a commendation needs its approval basis"
    assert error.where.endswith("#/wording/basis")
    assert loaded(tmp_path, wording={"result": "推荐名单"}).result == "推荐名单"


def test_a_draw_needs_its_public_seed(tmp_path: Path) -> None:
    error = fault(tmp_path, categories={"企业": {"seats": 1, "tie": "draw"}})
    assert said(error.what) == "a draw needs its public seed"
    assert error.where.endswith("#/categories/企业/seed")
    assert loaded(tmp_path, categories={"企业": {"seats": 1, "tie": "draw", "seed": 0}}).categories["企业"].seed == 0
