"""What goes back, as a whole: which files, under which names, replaced by the next check, and never over what somebody mended."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from scorekit.annotating import _name, check_copies, counted
from scorekit.catalogue import BUILT_IN, ENTRY_POINT, Catalogue, PluginInfo, discover
from scorekit.cli import main
from scorekit.domain.annotators import Annotator, Returned
from scorekit.errors import OutputError, PluginError, T
from scorekit.evaluation import validate_path
from scorekit.loading.request import Request
from scorekit.saving import save

from . import faulty


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """Two workbooks, one of them in a folder of its own, and the rubric beside; neither has a fault."""
    (tmp_path / "rubric.json").write_text(json.dumps(faulty.RUBRIC, ensure_ascii=False), encoding="utf-8")
    folder = tmp_path / "材料"
    (folder / "东区").mkdir(parents=True)
    faulty.form("甲").save(folder / "甲.xlsx")
    faulty.form("乙").save(folder / "东区" / "乙.xlsx")
    return folder


def spoilt(path: Path, cell: str = "C4", value: Any = "许多") -> None:
    book = load_workbook(path)
    book[faulty.MAIN][cell].value = value
    book.save(path)


def check(sent: Path, out: str = "检查", *words: str) -> int:
    return main(
        ["--lang", "zh", "validate", str(sent), "--rubric", str(sent.parent / "rubric.json"), "--out", str(sent.parent / out), *words]
    )


def back(sent: Path, out: str = "检查") -> list[str]:
    return sorted(p.name for p in (sent.parent / out).glob("*.xlsx"))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_good_files_get_nothing_back(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(sent) == 0
    assert back(sent) == []
    assert "退回" not in capsys.readouterr().out


def test_each_workbook_with_a_fault_comes_back_marked_its_folder_in_its_name(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoilt(sent / "甲.xlsx")
    spoilt(sent / "东区" / "乙.xlsx")
    assert check(sent) == 0
    assert back(sent) == ["东区_乙_批注.xlsx", "甲_批注.xlsx"]
    said = capsys.readouterr().out
    assert "可退回修改的：批注副本 2 份、错误清单 0 份" in said
    assert "problems.csv、run.json" in said


def test_the_senders_files_are_not_touched(sent: Path) -> None:
    spoilt(sent / "甲.xlsx")
    os.utime(sent / "甲.xlsx", (1_000_000, 1_000_000))
    before = digest(sent / "甲.xlsx")
    check(sent)
    assert (digest(sent / "甲.xlsx"), (sent / "甲.xlsx").stat().st_mtime) == (before, 1_000_000)


def test_the_record_names_what_goes_back_with_its_digest_and_its_plugin(sent: Path) -> None:
    spoilt(sent / "甲.xlsx")
    check(sent)
    run = json.loads((sent.parent / "检查" / "run.json").read_text(encoding="utf-8"))
    assert run["files"]["甲_批注.xlsx"] == digest(sent.parent / "检查" / "甲_批注.xlsx")
    assert "annotators.workbook" in run["plugins"]


def test_equal_submissions_give_equal_copies_wherever_they_are_written(sent: Path) -> None:
    spoilt(sent / "甲.xlsx")
    check(sent, "一")
    check(sent, "二")
    assert digest(sent.parent / "一" / "甲_批注.xlsx") == digest(sent.parent / "二" / "甲_批注.xlsx")


def test_the_next_check_replaces_what_the_last_one_wrote(sent: Path) -> None:
    spoilt(sent / "甲.xlsx")
    check(sent)
    spoilt(sent / "甲.xlsx", value=120)
    spoilt(sent / "东区" / "乙.xlsx")
    assert check(sent) == 0
    assert back(sent) == ["东区_乙_批注.xlsx"]


def test_a_copy_that_somebody_mended_in_the_folder_is_not_replaced(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoilt(sent / "甲.xlsx")
    check(sent)
    copy = sent.parent / "检查" / "甲_批注.xlsx"
    spoilt(copy, value=120)
    mended = digest(copy)
    assert check(sent) == 2
    assert "有改动：甲_批注.xlsx" in capsys.readouterr().err
    assert digest(copy) == mended
    shutil.move(copy, sent / "甲_批注.xlsx")
    assert check(sent) == 0
    assert back(sent) == []


def test_a_mended_copy_that_was_kept_from_the_last_reading_still_counts(sent: Path) -> None:
    spoilt(sent / "甲.xlsx")
    check(sent)
    shutil.copy(sent.parent / "检查" / "甲_批注.xlsx", sent / "改.xlsx")
    check(sent)
    assert back(sent) == ["甲_批注.xlsx"]
    spoilt(sent / "改.xlsx", value=120)
    for _ in range(2):
        assert check(sent) == 0
        assert back(sent) == []


def test_two_copies_mended_in_different_ways_are_two_claims(sent: Path) -> None:
    spoilt(sent / "甲.xlsx")
    check(sent)
    for name, value in (("一", 120), ("二", 121)):
        shutil.copy(sent.parent / "检查" / "甲_批注.xlsx", sent / f"{name}.xlsx")
        spoilt(sent / f"{name}.xlsx", value=value)
    check(sent, "再查")
    found = faulty.graves(sent.parent / "再查")
    assert found.keys() == {"一.xlsx", "二.xlsx"}
    assert all("多份材料都申报了这个单位" in line for lines in found.values() for line in lines)
    assert back(sent, "再查") == ["一_批注.xlsx", "二_批注.xlsx"]
    assert faulty.marks(sent.parent / "再查" / "一_批注.xlsx").keys() >= {"自评表!A4"}


def test_a_copy_that_lost_its_properties_is_an_ordinary_workbook(sent: Path) -> None:
    spoilt(sent / "甲.xlsx")
    check(sent)
    book = load_workbook(sent.parent / "检查" / "甲_批注.xlsx")
    del book.custom_doc_props["scorekit-annotated"]
    book.save(sent / "副本.xlsx")
    check(sent, "再查")
    assert {"甲.xlsx", "副本.xlsx"} <= faulty.graves(sent.parent / "再查").keys()


def test_what_is_wrong_with_a_mended_copy_comes_back_under_the_first_name(sent: Path) -> None:
    spoilt(sent / "甲.xlsx")
    check(sent)
    shutil.copy(sent.parent / "检查" / "甲_批注.xlsx", sent)
    spoilt(sent / "甲_批注.xlsx", value=-1)
    check(sent, "再查")
    assert back(sent, "再查") == ["甲_批注.xlsx"]
    assert list(faulty.marks(sent.parent / "再查" / "甲_批注.xlsx")) == ["自评表!C4"]
    shutil.copy(sent.parent / "再查" / "甲_批注.xlsx", sent / "第三次.xlsx")
    spoilt(sent / "第三次.xlsx", value=120)
    assert check(sent, "三查") == 0
    assert back(sent, "三查") == []


def test_other_files_get_a_list_that_is_no_submission_when_it_comes_back(sent: Path) -> None:
    (sent / "丙.csv").write_text("单位名称,类别,会员人数,秘书长\n丙,企业,很多,王\n", encoding="utf-8")
    (sent / "丁.json").write_text('{"unit": "丁", "category": "企业", "members": -1, "secretary": "王"}', encoding="utf-8")
    (sent / "旧.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (sent / "密.xlsx").write_bytes(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"))
    (sent / "证明.pdf").write_bytes(b"%PDF")
    check(sent)
    assert back(sent) == ["丁_错误清单.xlsx", "丙_错误清单.xlsx", "密_错误清单.xlsx", "旧_错误清单.xlsx"]
    rows = {n: [c.value for c in load_workbook(sent.parent / "检查" / n).active[4]] for n in back(sent)}
    assert rows["丙_错误清单.xlsx"][1:8] == [None, "C2", "丙", "会员人数", "很多", "“很多”不是数", "请填写数字，例如 92.28"]
    assert rows["丁_错误清单.xlsx"][2:6] == ["/members", "丁", "会员人数", "-1"]
    shutil.copy(sent.parent / "检查" / "丙_错误清单.xlsx", sent)
    before = faulty.graves(sent.parent / "检查")
    check(sent, "再查")
    assert faulty.graves(sent.parent / "再查") == before


def test_a_workbook_that_a_copy_would_not_keep_gets_a_list_that_says_why(sent: Path) -> None:
    from .plugins.annotators.returning import altered

    spoilt(sent / "甲.xlsx")
    altered(sent / "甲.xlsx", {"customXml/item1.xml": "<x/>"})
    check(sent)
    assert back(sent) == ["甲_错误清单.xlsx"]
    sheet = load_workbook(sent.parent / "检查" / "甲_错误清单.xlsx").active
    assert "它含有自定义 XML 数据，副本里保留不了" in sheet["A2"].value
    assert [c.value for c in sheet[4]][:6] == [1, "自评表", "C4", "甲甲单位", "会员人数", "许多"]


def test_a_value_under_a_merged_cell_would_be_lost_so_there_is_no_copy(sent: Path) -> None:
    from .plugins.annotators.returning import altered

    book = load_workbook(sent / "甲.xlsx")
    book[faulty.MAIN].merge_cells("P8:P9")
    book[faulty.MAIN]["O5"] = None
    book.save(sent / "甲.xlsx")
    altered(sent / "甲.xlsx", changes={"xl/worksheets/sheet1.xml": ('<mergeCell ref="P8:P9"', '<mergeCell ref="P4:P5"')})
    check(sent)
    assert back(sent) == ["甲_错误清单.xlsx"]
    assert "不尽相同" in load_workbook(sent.parent / "检查" / "甲_错误清单.xlsx").active["A2"].value


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("甲.xlsx", "甲_批注.xlsx"),
        ("东区/一/甲.xlsx", "东区_一_甲_批注.xlsx"),
        ("甲_批注.xlsx", "甲_批注.xlsx"),
        ("a:b?.xlsx", "a_b__批注.xlsx"),
        ("..\\..\\x.xlsx", "_.._x_批注.xlsx"),
        ("CON.甲.xlsx", "_CON.甲_批注.xlsx"),
        ("nul.xlsx", "_nul_批注.xlsx"),
        (" . .xlsx", "__批注.xlsx"),
    ],
)
def test_names_are_such_that_every_system_takes(source: str, name: str) -> None:
    assert _name(source, "_批注", set()) == name


def test_names_do_not_collide_whatever_the_folders_and_the_case() -> None:
    taken: set[str] = set()
    found = []
    for source in ("a/b.xlsx", "a_b.xlsx", "A_B.xlsx"):
        found.append(_name(source, "_批注", taken))
        taken.add(found[-1].casefold())
    assert found == ["a_b_批注.xlsx", "a_b_批注-2.xlsx", "A_B_批注-3.xlsx"]


def test_very_long_names_are_cut_and_stay_apart() -> None:
    first, second = (_name("深" * 60 + "/" + "名" * 60 + end + ".xlsx", "_错误清单", set()) for end in "甲乙")
    assert first != second
    assert len(first.encode()) <= 210


def test_copies_and_lists_are_counted_by_their_names() -> None:
    assert counted(["甲_批注.xlsx", "乙_批注-2.xlsx", "丙_错误清单.xlsx", "ranking.xlsx"]) == (2, 1)


def test_nothing_is_written_without_annotators_or_unless_asked_for(sent: Path) -> None:
    spoilt(sent / "甲.xlsx")
    catalogue = discover(third_party=False)
    outcome = validate_path(sent, catalogue, Request(rubric=str(sent.parent / "rubric.json")))
    save(outcome, catalogue, sent.parent / "一", "problems", sent)
    catalogue.annotators.clear()
    save(outcome, catalogue, sent.parent / "二", "problems", sent, copies=True)
    assert back(sent, "一") == back(sent, "二") == []


def _failing(sent: Path, origin: str, mark: Any) -> tuple[Any, Catalogue]:
    spoilt(sent / "甲.xlsx")
    catalogue = discover(third_party=False)
    outcome = validate_path(sent, catalogue, Request(rubric=str(sent.parent / "rubric.json")))
    own = catalogue.annotators["workbook"]
    catalogue.annotators["workbook"] = Annotator("workbook", own.suffixes, mark, own.alone, plugin="mine")
    catalogue.plugins = (*catalogue.plugins, PluginInfo("mine", origin, "1"))
    return outcome, catalogue


def _boom(returned: Returned, target: Path) -> None:
    raise ZeroDivisionError("boom")


def test_a_plugin_that_fails_is_named_and_nothing_is_left(sent: Path) -> None:
    outcome, catalogue = _failing(sent, ENTRY_POINT, _boom)
    with pytest.raises(PluginError, match="the annotator workbook failed: ZeroDivisionError: boom"):
        save(outcome, catalogue, sent.parent / "检查", "problems", sent, copies=True)
    assert not (sent.parent / "检查").exists()


def test_a_fault_of_our_own_is_not_dressed_up(sent: Path) -> None:
    outcome, catalogue = _failing(sent, BUILT_IN, _boom)
    with pytest.raises(ZeroDivisionError):
        save(outcome, catalogue, sent.parent / "检查", "problems", sent, copies=True)


def test_a_copy_with_other_values_does_not_leave_the_house(sent: Path) -> None:
    def wrong(returned: Returned, target: Path) -> None:
        shutil.copy(sent / "东区" / "乙.xlsx", target)

    outcome, catalogue = _failing(sent, ENTRY_POINT, wrong)
    save(outcome, catalogue, sent.parent / "检查", "problems", sent, copies=True)
    assert back(sent) == ["甲_错误清单.xlsx"]


def test_a_copy_that_cannot_be_read_does_not_leave_the_house(sent: Path) -> None:
    outcome, catalogue = _failing(sent, ENTRY_POINT, lambda returned, target: target.write_bytes(b"x") and None)
    save(outcome, catalogue, sent.parent / "检查", "problems", sent, copies=True)
    assert back(sent) == ["甲_错误清单.xlsx"]


def test_a_file_that_changes_while_it_is_copied_gets_a_list(sent: Path) -> None:
    own = discover(third_party=False).annotators["workbook"]

    def late(returned: Returned, target: Path) -> Any:
        why = own.mark(returned, target)
        with returned.file.path.open("ab") as file:
            file.write(b"more")
        return why

    outcome, catalogue = _failing(sent, ENTRY_POINT, late)
    save(outcome, catalogue, sent.parent / "检查", "problems", sent, copies=True)
    assert back(sent) == ["甲_错误清单.xlsx"]
    assert "检查时文件有变动" in load_workbook(sent.parent / "检查" / "甲_错误清单.xlsx").active["A2"].value


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"files": 1}', '{"record": 1, "files": {"a_批注.xlsx": "0"}}', '{"files": {"../a_批注.xlsx": "0"}}']
)
def test_a_folder_without_changed_copies_is_free(content: str, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(content, encoding="utf-8")
    check_copies(tmp_path)


def test_a_run_that_died_while_it_moved_its_copies_in_is_not_taken_for_a_change(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text('{"record": 1, "files": {"a_批注.xlsx": "0"}}', encoding="utf-8")
    (tmp_path / "a_批注.xlsx").write_bytes(b"new")
    with pytest.raises(OutputError, match="changed"):
        check_copies(tmp_path)
    (tmp_path / ".scorekit-staging-1").mkdir()
    check_copies(tmp_path)


def test_without_a_word_on_what_a_file_holds_there_is_no_copy(sent: Path) -> None:
    from dataclasses import replace

    outcome, catalogue = _failing(sent, ENTRY_POINT, lambda returned, target: T("never asked"))
    catalogue.readers["workbook"] = replace(catalogue.readers["workbook"], values=None)
    save(outcome, catalogue, sent.parent / "检查", "problems", sent, copies=True)
    assert "读取插件" in load_workbook(sent.parent / "检查" / "甲_错误清单.xlsx").active["A2"].value
