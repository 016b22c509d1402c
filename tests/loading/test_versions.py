"""Which submission of a unit is the latest: by what stands above it, never by a guess; what is set aside takes its records along."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook

from scorekit.loading.versions import Stamp, latest, version_of
from tests.building import NUMBER, TEXT, criterion
from tests.desk import Desk, problems, standing


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", (2,)), ("第2版", (2,)), ("第十版", (10,)), ("第二十一版", (21,)), ("Ｖ１.１０", (1, 10)), ("2.0", (2,)), ("二", (2,)),
        ("2026年第3版", (3,)), ("", None), ("终稿", None), ("2026年3月", None), ("最终版", None), ("第一百二版", None),
    ],
)  # fmt: skip
def test_a_version_is_the_number_that_it_says(text: str, number: tuple[int, ...] | None) -> None:
    assert version_of(text) == number


@pytest.mark.parametrize(
    ("stamps", "best"),
    [
        ([("", "第十版"), ("", "第2版")], 0),
        ([("", "V1.9"), ("", "V1.10")], 1),
        ([("", "终稿"), ("", "1")], None),
        ([("", ""), ("2026-05-01", "")], None),
        ([("", "2"), ("2026-05-01", "1")], 0),
        ([("2026-05-01", "3"), ("2026-05-02", "")], 1),
        ([("2026-05-01", "1"), ("2026-05-01", "1")], None),
        ([("2026-05-01", ""), ("2026-05-02", ""), ("", "")], None),
        ([("2026-05-02", "1"), ("2026-05-01", "3"), ("", "2")], None),
    ],
)
def test_the_latest_is_later_than_each_other_or_there_is_none(stamps: list[tuple[str, str]], best: int | None) -> None:
    for order in permutations(stamps):
        found = latest([Stamp(sent, version_of(version)) for sent, version in order])
        assert (None if found < 0 else order[found]) == (None if best is None else stamps[best])


HONOURS = {
    "type": "array", "title": "荣誉", "items": {"type": "object", "properties": {
        "name": {**TEXT, "title": "名称"}, "prize": {**NUMBER, "title": "奖金"}}},
}  # fmt: skip
SHAPE = {"members": criterion(field={**NUMBER, "title": "会员数"}), "honours": HONOURS}


def sent(desk: Desk, version: int, prize: int, named: bool, *more: str) -> None:
    """A workbook of a unit in a version, with one honour on a sheet of its own; *more* units without any."""
    book = Workbook()
    sheet = book.active
    for row in (["版次：", version], ["单位名称", "类别", "会员数"], ["甲", "企业", version], *([u, "企业", 0] for u in more)):
        sheet.append(row)
    listed = book.create_sheet("荣誉")
    listed.append([*(["单位名称"] if named else []), "名称", "奖金"])
    listed.append([*(["甲"] if named else []), "先进", prize])
    book.save(desk.folder / "in" / f"v{version}.xlsx")


@pytest.mark.parametrize("named", [True, False])
def test_the_records_of_a_submission_that_is_set_aside_go_with_it(tmp_path: Path, named: bool) -> None:
    desk = Desk(tmp_path, SHAPE)
    sent(desk, 1, 100, named)
    sent(desk, 2, 200, named)
    found = desk.outcome(twice="latest")
    assert found.submissions.columns["honours"].columns["prize"].listed() == [200]  # type: ignore[union-attr]
    assert problems(found, "error") == []


def test_the_records_of_other_units_in_the_file_stay(tmp_path: Path) -> None:
    desk = Desk(tmp_path, SHAPE)
    sent(desk, 1, 100, True, "乙")
    sent(desk, 2, 200, True)
    found = desk.outcome(twice="latest")
    honours = found.submissions.columns["honours"]
    assert dict(zip(found.submissions.unit, np.diff(honours.offsets).tolist(), strict=True)) == {"甲": 1, "乙": 0}  # type: ignore[union-attr]
    assert honours.columns["prize"].listed() == [200]  # type: ignore[union-attr]
    assert standing(found)["乙"][1] == "ranked"
