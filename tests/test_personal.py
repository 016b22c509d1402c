"""What a rubric marks as personal: nowhere in what is public, and never repeated in a message."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from scorekit.cli import main

MARK = {"x-form": {"personal": True}}
RUBRIC: dict[str, Any] = {
    "title": "个人考核标准",
    "type": "object",
    "required": ["name", "idno"],
    "properties": {
        "name": {"type": "string", "title": "姓名"},
        "idno": {"type": "string", "title": "身份证号", "pattern": "^[0-9]{17}[0-9X]$", **MARK},
        "phone": {"type": "string", "title": "手机", "maxLength": 11, **MARK},
        "card": {"type": "integer", "title": "银行卡号", "minimum": 0, "maximum": 10**15, **MARK},
        "birth": {"type": "string", "format": "date", "title": "出生日期", **MARK},
        "sex": {"enum": ["男", "女"], "title": "性别", **MARK},
        "rate": {
            "type": "number",
            "title": "体检指标",
            "x-unit": "percent",
            **MARK,
            "x-criterion": {"no": "2", "points": 5, "rule": {"pro_rata": {}}, "invalid": "as-missing", "missing": "zero"},
        },
        "talks": {"type": "integer", "title": "谈心次数", "x-criterion": {"no": "1", "points": 10, "rule": {"pro_rata": {"full_at": 10}}}},
        "family": {
            "type": "array",
            "title": "家庭成员",
            "items": {
                "type": "object",
                "required": ["tie"],
                "properties": {
                    "tie": {"type": "string", "title": "关系"},
                    "who": {"type": "string", "title": "成员姓名", "maxLength": 12, **MARK},
                    "born": {"type": "string", "format": "date", "title": "成员出生日期", **MARK},
                },
            },
            "x-criterion": {"no": "3", "kind": "bonus", "points": 2, "rule": {"mark": {"of": "count(family, tie == '父')"}}},
        },
    },
    "x-rubric": {"language": 1, "id": "persons", "version": "1", "unit": ["name", "idno"]},
}
GOOD = "11010119900307001X"
HEADS = ("姓名", "身份证号", "手机", "银行卡号", "出生日期", "性别", "体检指标", "谈心次数")


def person(number: int, **own: Any) -> dict[str, Any]:
    good = {
        "name": f"张{number}",
        "idno": f"9{number:016d}X",
        "phone": f"1399{number:07d}",
        "card": 622200000000000 + number,
        "birth": "1990-03-07",
    }
    family = [{"tie": "父", "who": f"亲人CANARY{number}", "born": "1960-01-01"}]
    return {**good, "sex": "女", "rate": 0.5, "talks": 3 + number % 5, "family": family, **own}


def submissions(folder: Path) -> list[str]:
    """People with good and with bad values in marked fields; the values that must not be seen."""
    folder.mkdir()
    bad = ("CANARY-idno", "CANARY-phone-too-long", "CANARY-card", "CANARY-birth", "CANARY-sex", "CANARY-rate")
    people = [person(i) for i in range(1, 9)]
    people.append(person(9, **dict(zip(("idno", "phone", "card", "birth", "sex", "rate"), bad, strict=True))))
    people.append(person(10, family=[{"tie": "母", "who": "CANARY-too-long-a-name", "born": "CANARY-born"}, "CANARY-record"]))
    people.append(person(11, name="张11 13990000011", card=-77778888, rate={"CANARY": "CANARY-object"}))
    people += [person(12), person(12)]
    for i, one in enumerate(people):
        (folder / f"p{i}.json").write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADS)
    sheet.append(["李1", GOOD, "13990000021", "CANARY-c", "CANARY-b", "CANARY-s", "CANARY-r", 5])
    sheet.append(["李2", 110101199003070011, "=CANARY()", 1.5, 32874, "ＣＡＮＡＲＹ", "９２％", 5])
    sheet.append(["李3", "11010119900307003X", " 1399 0000023 ", "６２２２００００", "1990年3月7日", "女 ", "=9/10", 5])
    book.save(folder / "表.xlsx")
    marked = [
        *bad,
        "CANARY",
        "-77778888",
        "77778888",
        GOOD,
        "110101199003070011",
        "11010119900307003X",
        "9" + "0" * 15,
        "1399000",
        "62220000",
    ]
    return [*marked, "ＣＡＮＡＲＹ", "６２２２", "1399 0000023"]


def every_text(folder: Path, *names: str) -> dict[str, bytes]:
    """The bytes of all files, of the parts of workbooks too, by name."""
    found: dict[str, bytes] = {}
    for path in sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith(".") and (not names or p.name in names)):
        found[path.name] = path.read_bytes() + path.name.encode()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as package:
                found |= {f"{path.name}/{part}": package.read(part) + part.encode() for part in package.namelist()}
    return found


def seen(marked: list[str], texts: dict[str, bytes]) -> list[tuple[str, str]]:
    forms = {m: [m.encode(), m.encode("utf-16-le")] for m in marked}
    return [(name, m) for name, content in texts.items() for m, own in forms.items() if any(f in content for f in own)]


@pytest.fixture
def given(tmp_path: Path) -> tuple[list[str], list[str]]:
    (tmp_path / "rubric.json").write_text(json.dumps(RUBRIC, ensure_ascii=False), encoding="utf-8")
    return [str(tmp_path / "in"), "--rubric", str(tmp_path / "rubric.json")], submissions(tmp_path / "in")


def run(capsys: pytest.CaptureFixture[str], *words: str, lang: str = "zh") -> bytes:
    status = main(["--lang", lang, *words])
    said = "".join(capsys.readouterr())
    assert status == 0, said
    return said.encode()


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_nothing_that_is_marked_is_in_a_public_list(
    form: str, given: tuple[list[str], list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words, marked = given
    run(capsys, "evaluate", *words, "--out", str(tmp_path / "out"), "--format", form)
    for lang, *more in (("zh",), ("en", "--with", "total", "--with", "status"), ("zh", "--order", "name")):
        said = run(capsys, "publish", str(tmp_path / "out"), "-o", str(tmp_path / "public"), *more, lang=lang)
        texts = {**every_text(tmp_path / "public"), "said": said}
        assert {"公示名单.xlsx", "public.csv", "run.json", "公示名单.xlsx/docProps/core.xml"} <= texts.keys()
        assert seen(marked, texts) == []
        with (tmp_path / "public/public.csv").open(encoding="utf-8-sig", newline="") as file:
            names = [row["unit"] for row in csv.DictReader(file)]
        assert {"张1", "张8", "李1", "张11 ＊＊＊"} <= set(names)
        assert len(set(names)) == len(names)


def test_messages_explanations_and_sheets_for_the_meeting_say_where_it_is_and_not_what(
    given: tuple[list[str], list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words, marked = given
    said = run(capsys, "evaluate", *words, "--out", str(tmp_path / "out")) + run(
        capsys, "validate", *words, "--out", str(tmp_path / "checked")
    )
    with (tmp_path / "out/problems.csv").open(encoding="utf-8-sig", newline="") as file:
        problems = list(csv.DictReader(file))
    told = {f"{i}": (p["message"] + "\0" + p["cure"]).encode() for i, p in enumerate(problems)}
    assert len(problems) > 12
    assert seen([m for m in marked if not m.isdigit() or len(m) > 7], told) == []
    assert sum("个人信息，不予显示" in p["message"] for p in problems) > 5
    assert {"表.xlsx", "p8.json"} <= {p["file"] for p in problems}
    people = [
        m for m in marked if m not in (GOOD, "9" + "0" * 15, "1399000", "11010119900307003X")
    ]  # names hold the number, which is half of the key
    sheets = {n: t for n, t in every_text(tmp_path / "out", "ranking.xlsx").items() if "/" in n}
    assert seen([m for m in people if "CANARY" in m], {"said": said, **sheets}) == []
    for name in ("张1", "张10", "李3"):
        explained = run(capsys, "explain", str(tmp_path / "out"), f"{name} / ")
        assert seen([m for m in people if "CANARY" in m or m.startswith(("1399", "6222"))], {"explained": explained}) == []
        assert "个人信息，不予显示".encode() in explained


def test_what_was_submitted_is_kept_where_an_explanation_needs_it(
    given: tuple[list[str], list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "evaluate", *given[0], "--out", str(tmp_path / "out"))
    assert b"CANARY-phone-too-long" in (tmp_path / "out/inputs.csv").read_bytes()
