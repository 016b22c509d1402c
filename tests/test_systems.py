"""Every assessment system of the field has its rubric, with sources, and a sample with an expected ranking."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SYSTEMS = {
    "六有五健全": "six-haves",
    "模范职工之家": "model-home",
    "规范化建设": "standardisation",
    "建会目标管理考核": "union-building",
    "职代会标准化和厂务公开": "congress",
    "班组升级建家、标杆班组、工人先锋号": "team-home",
    "劳动竞赛": "labour-contest",
    "安康杯": "safety-cup",
    "学习型组织、知识型职工": "learning-organisation",
    "劳动关系和谐企业（园区）": "labour-relations",
    "职业化工会干部": "full-time-cadres",
    "先进集体、先进个人、劳模": "honours-selection",
    "职工技能大赛、首席员工": "skills-contest",
    "职工书屋、阵地建设": "worker-bookroom",
    "五型工会、五能干部、六好工会、四型机关": "five-type-unions",
    "巾帼建功十大状元、十星级文明家庭": "top-ten-and-stars",
    "合理化建议、金点子": "proposals",
    "经费收缴、经审规范化": "union-funds",
    "帮扶、互助保障": "helping-hand",
}


@pytest.mark.parametrize(("system", "id_"), SYSTEMS.items())
def test_a_system_has_a_rubric_with_sources_and_a_sample_with_a_ranking(system: str, id_: str) -> None:
    rubric = json.loads((ROOT / "rubrics" / id_ / "rubric.json").read_text(encoding="utf-8"))
    assert rubric["x-rubric"]["id"] == id_, system
    assert rubric["x-rubric"]["sources"]
    assert "来源" in (ROOT / "rubrics" / id_ / "README.md").read_text(encoding="utf-8")
    expected = json.loads((ROOT / "samples" / id_ / "expected.json").read_text(encoding="utf-8"))
    heads, *rows = expected["standings"]
    ranked = [row for row in rows if row[heads.index("status")] == "ranked"]
    assert len(ranked) >= 6
    assert {"1", "2"} <= {row[heads.index("rank")] for row in ranked}
    assert any((ROOT / "samples" / id_ / "submissions").iterdir())


def test_every_shipped_rubric_is_one_of_them() -> None:
    assert sorted(p.parent.name for p in (ROOT / "rubrics").glob("*/rubric.json")) == sorted(SYSTEMS.values())
