"""The reference of scoring rules: wording, parameters, JSON, a worked example, and what explain says of it."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import scorekit
from docs.pages.markdown import as_json, code, fenced, page, table
from scorekit.catalogue import discover
from scorekit.domain.rule import Param, Rule

EXAMPLES = Path(__file__).parent / "examples"
ORDER = (
    "flag", "pro_rata", "tiers", "grade", "priced", "count", "first_further", "mark", "discretion", "discretion_off", "interpolate",
    "panel", "panel_mean", "votes", "best_honour", "records",
    "place_points", "per_place", "to_best", "to_mean", "from_mean", "min_max", "z_score", "percentile",
    "shortfall", "excess", "each", "penalty", "repeat", "around",
)  # fmt: skip
KINDS = {
    "column": "栏目或公式", "number": "数或公式", "numbers": "数列", "bands": "分档", "knots": "折点", "table": "价目",
    "roles": "评委类别和权重", "raters": "选项和分值", "ranges": "等级和区间", "rounding": "保留几位",
    "panel": "评委打分栏目", "records": "记录列表栏目", "each": "每条记录的公式", "text": "文字", "integer": "整数", "truth": "是否",
}  # fmt: skip
INTRO = """每条规则的位置在[考核标准的写法](rubric.md#7-规则的写法)里的 `rule`。第一个参数就是考核项所在的栏目，可以不写。
分值一栏的数都由规则算出，再按[计算次序](rubric.md#11-计算次序)封顶、取整。“解释”是 `scorekit explain` 对第一个单位的说法。
规则文件在 `plugins/rules/`，一条一个文件。"""


def build() -> str:
    """The page."""
    catalogue = discover(third_party=False)
    names = [*(n for n in ORDER if n in catalogue.rules), *sorted(catalogue.rules.keys() - set(ORDER))]
    rows = [[f"[`{n}`](#{n})", example(n)["title"], direction(catalogue.rules[n]), parameters(catalogue.rules[n])] for n in names]
    return page("评分规则", INTRO, table(["规则", "做什么", "方向", "参数"], rows), *(_rule(catalogue.rules[n]) for n in names))


def example(name: str) -> dict[str, Any]:
    """The worked example of a rule; every built-in rule has one."""
    found: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def direction(rule: Rule) -> str:
    """Which way the rule's contributions go, and whether it compares units."""
    way = "加和扣" if rule.adds and rule.takes else "得分" if rule.adds else "扣分"
    return f"{way}，与同类单位比较" if rule.scope == "cohort" else way


def parameters(rule: Rule) -> str:
    """The rule's parameters as a signature."""
    return ", ".join(_signed(p) for p in rule.params)


def _signed(param: Param) -> str:
    if param.required:
        return code(param.name)
    return code(f"{param.name}={_default(param)}")


def _default(param: Param) -> str:
    return "null" if param.default is None else str(param.default).lower() if isinstance(param.default, bool) else str(param.default)


def _rule(rule: Rule) -> str:
    told = example(rule.name)
    rows = [[code(p.name), KINDS[p.kind], _need(rule, p), told["params"][p.name]] for p in rule.params]
    parts = [
        f"## {rule.name}",
        f"{told['title']}。{direction(rule)}。条文的印法：“{_printed(rule, 'zh')}”",
        table(["参数", "写什么", "必填", "含义"], rows),
        f"**条文** {told['wording']}",
        fenced(as_json(told["properties"]), "json"),
        *_worked(told),
    ]
    return "\n\n".join(parts)


def _need(rule: Rule, param: Param) -> str:
    if param is rule.first:
        return "本栏目"
    if param.name == "points":
        return "默认为分值"
    default = f"默认 `{_default(param)}`" if param.default is not None else "可省"
    choices = f"（{'、'.join(code(c) for c in param.choices)}）" if param.choices else ""
    return ("必填" if param.required else default) + choices


def _printed(rule: Rule, lang: str) -> str:
    return re.sub(r"\{(\w+)[^{}]*\}", lambda m: f"〈{m[1]}〉", rule.says[lang])


def _worked(told: dict[str, Any]) -> Iterator[str]:
    """The example's units with their points, and the explanation of the first."""
    result, path, fields = worked(told)
    rows = []
    frame = result.scores.set_index("unit")
    for number, unit in enumerate(told["units"], 1):
        row = frame.loc[f"单位{number}"]
        points = result.exact(f"单位{number}", path)
        shown = [_value(unit.get(f)) for f in fields]
        rows.append([f"单位{number}", *shown, "—" if points is None else f"{float(points):.2f}", str(row["reason"])])
    titles = [told["properties"][f]["title"] for f in fields]
    yield table(["", *titles, "得分", "原因"], rows)
    yield "**解释**"
    yield fenced("\n".join(explained(result)), "text")


def worked(told: dict[str, Any]) -> tuple[scorekit.Result, str, list[str]]:
    """The example evaluated: the result, the criterion's path, and the fields that are filled in."""
    path = next(n for n, f in told["properties"].items() if "x-criterion" in f)
    document = {
        "title": "示例",
        "type": "object",
        "properties": {"unit": {"type": "string", "title": "单位名称"}, **told["properties"]},
        "x-rubric": {"language": 1, "id": "example", "version": "1"},
    }
    with tempfile.TemporaryDirectory() as folder:
        rubric, data = Path(folder) / "rubric.json", Path(folder) / "data"
        data.mkdir()
        rubric.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        for number, unit in enumerate(told["units"], 1):
            filled = {"unit": f"单位{number}", **unit}
            (data / f"{number}.json").write_text(json.dumps(filled, ensure_ascii=False), encoding="utf-8")
        result = scorekit.evaluate(data, scorekit.load_rubric(rubric))
        return result, path, [n for n in told["properties"] if any(n in u for u in told["units"])]


def explained(result: scorekit.Result) -> list[str]:
    """What explain says of the example's criterion for the first unit."""
    lines = result.explain("单位1").splitlines()
    start = lines.index("") + 1
    own = [line for line in lines[start:] if line.startswith("  ")]
    return [line.removeprefix("  ") for line in own]


def _value(value: Any) -> str:
    if value is None:
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "、".join("（空）" if v is None else str(v) for v in value.values())
    if isinstance(value, list):
        return "；".join(" ".join(map(str, r.values())) for r in value) or "（零条）"
    return str(value)
