"""The schema of rubrics serves an editor: one typo is marked where it stands, rules and their parameters are proposed.

Needs node and a folder of node modules with vscode-json-languageservice, named by SCOREKIT_NODE_MODULES.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from scorekit.catalogue import discover
from scorekit.compiling import metaschema

MODULES = Path(os.environ.get("SCOREKIT_NODE_MODULES", "none"))
MARK = "<<here>>"
READY = shutil.which("node") is not None and (MODULES / "vscode-json-languageservice").is_dir()

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not READY, reason="node, and vscode-json-languageservice in SCOREKIT_NODE_MODULES, are not there"),
]

RUBRIC = """{
  "title": "示例",
  "type": "object",
  "properties": {
    "unit": {"type": "string", "title": "单位名称"},
    "membership": {
      "type": "number", "x-unit": "percent", "title": "入会率",
      "x-criterion": {
        "points": 5,
        "rule": %s
      }
    }
  },
  "x-rubric": {"language": 1, "id": "example", "version": "1"%s}
}
"""


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("editor") / "rubric.schema.json"
    path.write_text(json.dumps(metaschema(discover(third_party=False)), ensure_ascii=False), encoding="utf-8")
    return path


def opened(schema: Path, folder: Path, rule: str, frame: str = "") -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """The faults that an editor marks, and its proposals by label where the mark stands."""
    rubric = folder / "rubric.json"
    rubric.write_text(RUBRIC % (rule, frame), encoding="utf-8")
    program = Path(__file__).with_name("editor.mjs")
    done = subprocess.run(["node", program, MODULES, schema, rubric, MARK], capture_output=True, encoding="utf-8", check=True)
    found = json.loads(done.stdout)
    return found["faults"], {p["label"]: p for p in found["proposals"]}


def test_a_sound_rubric_has_no_marks(schema: Path, tmp_path: Path) -> None:
    faults, _ = opened(schema, tmp_path, '{"shortfall": {"target": 0.9, "step": 0.02, "deduct": 0.5}}')
    assert faults == []


def test_a_misspelt_parameter_is_marked_where_it_stands(schema: Path, tmp_path: Path) -> None:
    faults, _ = opened(schema, tmp_path, '{"shortfall": {"target": 0.9, "step": 0.02, "deducts": 0.5}}')
    assert [(f["line"], f["text"]) for f in faults] == [(10, '"deducts"')]


def test_a_misspelt_rule_is_marked_where_it_stands(schema: Path, tmp_path: Path) -> None:
    faults, _ = opened(schema, tmp_path, '{"shortfal": {"target": 0.9, "step": 0.02, "deduct": 0.5}}')
    assert [(f["line"], f["text"]) for f in faults] == [(10, '"shortfal"')]


def test_every_rule_is_proposed_with_its_wording(schema: Path, tmp_path: Path) -> None:
    _, proposals = opened(schema, tmp_path, "{" + MARK + "}")
    rules = discover(third_party=False).rules
    assert set(rules) <= set(proposals)
    assert all(rule.says["zh"] in proposals[name]["told"] for name, rule in rules.items() if "zh" in rule.says)


def test_the_parameters_of_a_rule_are_proposed_and_so_are_their_choices(schema: Path, tmp_path: Path) -> None:
    _, proposals = opened(schema, tmp_path, '{"shortfall": {"target": 0.9, ' + MARK + "}}")
    assert {"step", "deduct", "steps"} <= set(proposals)
    assert "target" not in proposals
    _, choices = opened(schema, tmp_path, '{"shortfall": {"target": 0.9, "step": 1, "deduct": 1, "steps": ' + MARK + "}}")
    assert {'"full"', '"started"', '"proportional"'} <= set(choices)


def test_keys_of_the_frame_are_proposed(schema: Path, tmp_path: Path) -> None:
    _, proposals = opened(schema, tmp_path, '{"mark": {}}', ", " + MARK)
    assert {"levels", "gates", "caps", "extends", "variants"} <= set(proposals)
