"""``scorekit publish``: from a folder of results to the public list."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from scorekit.cli import main

SAMPLES = Path(__file__).parents[2] / "samples"


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = main(["--lang", "zh", *(str(w) for w in words)])
    told = capsys.readouterr()
    return status, told.out, told.err


def evaluated(capsys: pytest.CaptureFixture[str], sample: str, out: Path, *more: object) -> Path:
    status, _, said = run(capsys, "evaluate", SAMPLES / sample / "submissions", "--out", out, *more)
    assert status == 0, said
    return out


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "public.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_list_names_who_stands_where_and_its_record_names_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = evaluated(capsys, "team-home", tmp_path / "out")
    status, said, _ = run(capsys, "publish", out, "-o", tmp_path / "public")
    assert (status, said.startswith("公示名单在")) == (0, True)
    listed = rows(tmp_path / "public")
    assert {"rank", "unit"} <= set(listed[0])
    assert not {"total", "status", "reasons"} & set(listed[0])
    record = json.loads((tmp_path / "public/run.json").read_text(encoding="utf-8"))
    assert set(record) == {"record", "rubric", "published", "files"}
    assert set(record["files"]) == {"public.csv", "公示名单.xlsx"}
    sheet = openpyxl.load_workbook(tmp_path / "public/公示名单.xlsx").active
    assert sheet is not None
    assert sheet["A2"].value == "考核结果公示"
    first = (tmp_path / "public/公示名单.xlsx").read_bytes()
    assert run(capsys, "publish", out, "-o", tmp_path / "again")[0] == 0
    assert (tmp_path / "again/公示名单.xlsx").read_bytes() == first


def test_more_columns_and_another_order_are_there_when_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = evaluated(capsys, "team-home", tmp_path / "out")
    assert run(capsys, "publish", out, "-o", tmp_path / "p", "--with", "total", "--with", "status", "--order", "name")[0] == 0
    listed = rows(tmp_path / "p")
    assert ("rank" in listed[0], {"total", "status"} <= set(listed[0])) == (False, True)
    assert listed == sorted(
        listed, key=lambda r: (list(dict.fromkeys(x.get("category", "") for x in listed)).index(r.get("category", "")), r["unit"])
    )
    for words in (("--with", "reasons"), ("--order", "total")):
        status, _, said = run(capsys, "publish", out, "-o", tmp_path / "p", *words)
        assert (status, said.count("\n")) == (2, 1)


def test_who_is_denied_the_award_bears_no_level_in_public_unless_the_status_stands_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = evaluated(capsys, "model-home", tmp_path / "out")
    with (out / "standings.csv").open(encoding="utf-8-sig", newline="") as file:
        known = {r["unit"]: r for r in csv.DictReader(file)}
    denied = {unit for unit, row in known.items() if row["status"] == "not awarded"}
    assert denied
    assert run(capsys, "publish", out, "-o", tmp_path / "p")[0] == 0
    bare = {r["unit"]: r["level"] for r in rows(tmp_path / "p")}
    assert bare == {unit: "不予授予" if unit in denied else known[unit]["level"] for unit in bare}
    assert run(capsys, "publish", out, "-o", tmp_path / "q", "--with", "status")[0] == 0
    told = {r["unit"]: (r["level"], r["status"]) for r in rows(tmp_path / "q")}
    assert {told[unit] for unit in denied} == {(known[unit]["level"], "不予授予") for unit in denied}


def test_a_list_of_recommendations_holds_those_with_a_seat_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notice = SAMPLES / "honours-selection" / "notice.json"
    out = evaluated(capsys, "honours-selection", tmp_path / "out", "--notice", notice)
    assert run(capsys, "publish", out, "-o", tmp_path / "p")[0] == 0
    wording = json.loads(notice.read_text(encoding="utf-8")).get("wording", {}).get("result", "考核结果")
    listed = rows(tmp_path / "p")
    assert wording == "考核结果" or all(r["award"] for r in listed)
    text = json.loads(notice.read_text(encoding="utf-8")) | {"wording": {"result": "推荐名单"}}
    (tmp_path / "notice.json").write_text(json.dumps(text, ensure_ascii=False), encoding="utf-8")
    out = evaluated(capsys, "honours-selection", tmp_path / "out2", "--notice", tmp_path / "notice.json")
    assert run(capsys, "publish", out, "-o", tmp_path / "p2")[0] == 0
    seated = rows(tmp_path / "p2")
    assert seated
    assert all(r["award"] for r in seated)


def test_people_who_are_known_by_marked_numbers_alone_are_numbered_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = evaluated(capsys, "full-time-cadres", tmp_path / "out")
    status, _, warned = run(capsys, "publish", out, "-o", tmp_path / "p")
    assert (status, "序号" in warned) == (0, True)
    assert [r["unit"] for r in rows(tmp_path / "p")][:2] == ["第1号", "第2号"]


def test_the_results_themselves_are_no_place_for_the_list_and_without_results_there_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = evaluated(capsys, "team-home", tmp_path / "out")
    before = (out / "run.json").read_bytes()
    for words in ((out, "-o", out), (tmp_path / "absent", "-o", tmp_path / "p"), (tmp_path, "-o", tmp_path / "p")):
        status, _, said = run(capsys, "publish", *words)
        assert (status, said.count("\n")) == (2, 1), said
    assert (out / "run.json").read_bytes() == before
