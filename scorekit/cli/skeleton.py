"""A plugin to begin with: one rule, its test, a rubric that uses it, and two submissions."""

from __future__ import annotations

import keyword
import re
from pathlib import Path
from string import Template

from scorekit.errors import OutputError, T

_PYPROJECT = """\
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "scorekit-$name"
version = "0.1.0"
description = "A scoring rule for scorekit."
requires-python = ">=3.11"
dependencies = ["scorekit"]

[project.entry-points.scorekit]
$name = "$name"

[tool.setuptools]
py-modules = ["$name"]
"""

_RULE = '''\
"""Points for coming near a target."""

from scorekit.plugin import Column, Number, Rule, hookimpl, rule


@rule(adds=True, says={"zh": "{of}达到{target}得满分,不足按比例得分", "en": "full marks for {of} from {target} on, pro rata below"})
def $name(of: Column, *, points: Number, target: Number) -> Column:
    """Share of *target* that was reached; full marks from the target on."""
    return points * (of / target).clip(0, 1)


@hookimpl
def scorekit_rules() -> list[Rule]:
    return [$name]
'''

_TEST = '''\
"""The rule keeps the laws, and the rubric beside it gives the points worked out by hand."""

from pathlib import Path

import scorekit
from scorekit.testing import check_rule

from $name import $name

HERE = Path(__file__).parent


def test_the_rule_keeps_the_laws() -> None:
    check_rule($name)


def test_the_sample_gives_the_points_worked_out_by_hand() -> None:
    result = scorekit.evaluate(HERE / "submissions", HERE / "rubric.json", plugins=[HERE])
    totals = dict(zip(result.standings["unit"], result.standings["total"], strict=True))
    assert totals == {"甲单位工会": 10, "乙单位工会": 5}
'''

_RUBRIC = """\
{
  "$$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "示例标准",
  "type": "object",
  "required": ["unit"],
  "properties": {
    "unit": {"type": "string", "title": "单位名称"},
    "activities": {
      "type": "integer", "minimum": 0, "title": "活动次数", "x-unit": "次",
      "x-criterion": {
        "no": "1", "points": 10, "rule": {"$name": {"target": 4}},
        "wording": "全年开展活动4次得满分,不足按比例得分", "reading": "示例,请换成自己的标准"
      }
    }
  },
  "x-rubric": {"language": 1, "id": "$dashed-example", "version": "0.1", "unit": "unit", "full": 10}
}
"""

_README = """\
# $name

A scoring rule for scorekit. Change `$name.py`; the test beside it keeps the laws of rules and one example in view.

    scorekit evaluate submissions --rubric rubric.json --plugins .
    scorekit plugins check .
    python -m pytest .
"""

_FILES = {
    "pyproject.toml": _PYPROJECT,
    "$name.py": _RULE,
    "test_$name.py": _TEST,
    "rubric.json": _RUBRIC,
    "README.md": _README,
    "submissions/甲.json": '{"unit": "甲单位工会", "activities": 4}\n',
    "submissions/乙.json": '{"unit": "乙单位工会", "activities": 2}\n',
}


def begin(name: str, parent: Path) -> Path:
    """Write the plugin *name* into a new folder of *parent* and return that folder.

    Raises OutputError where the name is none that a rule can have, or the folder is there already.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
        raise OutputError(T("“{name}” cannot be the name of a rule", name=name), "", T("use small letters, digits and _, a letter first"))
    folder = parent / name
    if folder.exists():
        raise OutputError(T("the folder is there already"), str(folder), T("choose another name, or another folder with -o"))
    words = {"name": name, "dashed": name.replace("_", "-")}
    for path, text in _FILES.items():
        target = folder / Template(path).substitute(words)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(Template(text).substitute(words), encoding="utf-8")
    return folder
