"""``scorekit extract``: from a report to a draft, and from a draft to results that say what it is."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from scorekit.cli import main

REPORT = Path(__file__).parents[1] / "reports" / "青石县.txt"


def run(capsys, *arguments):
    status = main([str(a) for a in arguments])
    told = capsys.readouterr()
    return status, told.out, told.err


def draft(capsys, folder):
    folder.mkdir(exist_ok=True)
    assert run(capsys, "extract", REPORT, "--rubric", "union-building", "-o", folder / "青石县.json")[0] == 0
    return folder / "青石县.json"


def answered(path, accepted, **own):
    found = json.loads(path.read_text(encoding="utf-8"))
    for proposal in found["x-draft"]["proposals"]:
        proposal["accepted"] = accepted(proposal)
    path.write_text(json.dumps({**found, **own}, ensure_ascii=False), encoding="utf-8")


def rows(folder, name):
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_proposals_are_printed_with_confidence_place_and_sentence(capsys):
    status, out, _ = run(capsys, "extract", REPORT, "--rubric", "union-building")
    assert status == 0
    heading, *listed = out.splitlines()[1:]
    line = next(x for x in listed if "应建会单位数" in x)
    assert line.split()[:3] == ["高", "应建会单位数", "420"]
    assert "第6行 第8–11字" in line
    assert "全县应建会单位420个" in line
    remarks = next((i for i, x in enumerate(listed) if x.startswith("另外找到")), len(listed))
    own = [x for x in listed[:remarks] if x[0] in "高中低"]
    assert f"共 {len(own)} 处候选" in heading


def test_the_draft_s_workbook_names_its_rubric(capsys, tmp_path):
    (tmp_path / "材料").mkdir()
    run(capsys, "extract", REPORT, "--rubric", "union-building", "--out", tmp_path / "材料" / "青石县.xlsx")
    status, out, _ = run(capsys, "evaluate", tmp_path / "材料", "--out", tmp_path / "o")
    assert (status, "union-building" in out) == (0, True)


def test_a_report_among_submissions_is_pointed_to_where_a_draft_is_made_of_it(capsys, tmp_path):
    folder = tmp_path / "材料"
    draft(capsys, folder)
    (folder / "总结.pdf").write_bytes(b"%PDF-1.7")
    (folder / "总结.txt").write_text("总结")
    run(capsys, "validate", folder, "--out", tmp_path / "o")
    cures = {r["file"]: (r["severity"], r["cure"]) for r in rows(tmp_path / "o", "problems.csv") if r["file"].startswith("总结")}
    assert [severity for severity, _ in cures.values()] == ["error", "warning"]
    assert all("scorekit extract" in cure for _, cure in cures.values())
    status, _, err = run(capsys, "validate", folder / "总结.pdf", "--rubric", "union-building", "--out", tmp_path / "o2")
    assert status == 2
    assert "scorekit extract" in err


def test_a_draft_that_nobody_touched_is_not_ranked_and_the_results_say_so(capsys, tmp_path):
    path = draft(capsys, tmp_path / "材料")
    answered(path, lambda p: None)
    status, out, _ = run(capsys, "evaluate", tmp_path / "材料", "--out", tmp_path / "o")
    assert status == 0
    assert "无人确认的起草稿：1" in out
    assert "没有人确认过，不参加排名" in out
    [unit] = rows(tmp_path / "o", "standings.csv")
    assert unit["rank"] == ""
    assert unit["status"] in ("incomplete", "invalid")


def test_only_what_was_taken_counts_and_the_rest_is_named(capsys, tmp_path):
    path = draft(capsys, tmp_path / "材料")
    answered(
        path,
        lambda p: True if p["field"] in ("build.due", "build.done") and p["confidence"] == "high" else None,
        unit="青石县",
        category="乡镇",
    )
    _, out, _ = run(capsys, "evaluate", tmp_path / "材料", "--out", tmp_path / "o")
    values = {r["field"]: r for r in rows(tmp_path / "o", "inputs.csv")}
    assert (values["build.due"]["value"], values["build.done"]["value"]) == ("420", "403")
    assert "#/x-draft/proposals/" in values["build.due"]["cell"]
    assert values.get("join.members", {"value": ""})["value"] == ""
    [unit] = rows(tmp_path / "o", "standings.csv")
    assert "青石县.txt”起草的材料" in unit["reasons"]
    assert "处尚未确认" in unit["reasons"]
    warned = [r for r in rows(tmp_path / "o", "problems.csv") if "尚未确认" in r["message"]]
    assert [r["severity"] for r in warned] == ["warning"]
    assert warned[0]["file"] == "青石县.json"
    assert "由工作总结起草的材料：1 个单位" in out


def test_a_draft_that_was_answered_whole_is_a_submission_like_any_other(capsys, tmp_path):
    path = draft(capsys, tmp_path / "材料")
    answered(path, lambda p: p["confidence"] == "high", unit="青石县", category="乡镇")
    run(capsys, "evaluate", tmp_path / "材料", "--out", tmp_path / "o")
    assert not any("起草" in r["message"] for r in rows(tmp_path / "o", "problems.csv"))
    assert "起草" not in rows(tmp_path / "o", "standings.csv")[0]["reasons"]


def test_a_draft_touched_by_nobody_stays_without_rank_even_with_a_name_in_the_register_s_place(capsys, tmp_path):
    path = draft(capsys, tmp_path / "材料")
    answered(path, lambda p: None)
    run(capsys, "validate", tmp_path / "材料", "--out", tmp_path / "o")
    assert any("没有人确认过" in r["message"] and r["severity"] == "error" for r in rows(tmp_path / "o", "problems.csv"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no.txt", "--rubric", "union-building"], "no.txt"),
        ([REPORT, "--rubric", "no-such"], "no-such"),
        ([REPORT, "--rubric", "union-building", "-o", "d.docx"], "起草稿不能写成“.docx”"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(capsys, arguments, said):
    status, _, err = run(capsys, "extract", *arguments)
    assert status == 2
    assert said in err
    assert len(err.splitlines()) == 1


def test_the_report_is_never_written_over(capsys, tmp_path):
    (tmp_path / "r.json").write_text("{}")
    status, _, err = run(capsys, "extract", tmp_path / "r.json", "--rubric", "union-building", "-o", tmp_path / "r.json")
    assert (status, (tmp_path / "r.json").read_text()) == (2, "{}")
    assert "覆盖" in err


def test_a_place_that_cannot_be_written_to_is_named(capsys, tmp_path):
    status, _, err = run(capsys, "extract", REPORT, "--rubric", "union-building", "-o", tmp_path / "no" / "d.json")
    assert status == 2
    assert "d.json" in err
    assert list(tmp_path.iterdir()) == []


def test_a_report_without_anything_says_so(capsys, tmp_path):
    (tmp_path / "r.txt").write_text("工会工作很好。", encoding="utf-8")
    status, out, _ = run(capsys, "extract", tmp_path / "r.txt", "--rubric", "union-building")
    assert status == 0
    assert "没有与标准的栏目对得上的内容" in out
