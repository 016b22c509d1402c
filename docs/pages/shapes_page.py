"""The reference of scoring shapes: for each the wording, its JSON, worked cases, and what explain says of the first of them."""

from __future__ import annotations

import contextlib
import io
import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

import scorekit
from docs.pages.markdown import as_json, code, fenced, page, table
from scorekit.cli import main
from scorekit.domain.reasons import REASON_WORDS, STATUS_WORDS, reason_code
from scorekit.words import say

SHAPES = Path(__file__).parent / "shapes"
SEEN = {"U": "工会", "T": "劳动关系三方", "A": "政府、企业考核", "C": "公开的程序"}
TITLES = {
    "total": "总分",
    "base": "基本分",
    "bonus": "加分",
    "deduction": "扣分",
    "rank": "名次",
    "level": "等次",
    "status": "状态",
    "award": "结果",
}
INTRO = """考核办法里常见的八十多种计分写法，每种一节：条文、写成的 JSON、算例、`scorekit explain` 对第一个算例的说法。
都不用写程序。“选择”是条文没有说死、标准里可以另写的地方，括号里是不写时的默认。
每节的 JSON 是考核标准的一部分（`properties`，需要时连同 `x-rubric`），
键的含义见[考核标准的写法](rubric.md)，规则的参数见[评分规则](rules.md)。"""


def build() -> str:
    """The page."""
    shapes = [shape(no) for no in numbers()]
    rows = [[str(s["no"]), f"[{s['title']}](#{anchor(s)})", s["wording"], "、".join(SEEN[w] for w in s.get("seen", ""))] for s in shapes]
    return page("计分写法", INTRO, table(["", "写法", "条文", "见于"], rows), *("\n\n".join(_section(s)) for s in shapes))


def numbers() -> list[int]:
    """The numbers of the shapes that have a file."""
    return sorted(int(path.stem) for path in SHAPES.glob("*.json"))


def anchor(told: Mapping[str, Any]) -> str:
    """The anchor of a shape's heading."""
    return re.sub(r"[^\w-]", "", f"{told['no']}-{told['title']}".lower())


@cache
def shape(no: int) -> dict[str, Any]:
    """One shape: no, title, wording, seen, properties, x-rubric, choices, cases (each with given and what it gives)."""
    found: dict[str, Any] = json.loads((SHAPES / f"{no:02}.json").read_text(encoding="utf-8"))
    return found


def document(told: Mapping[str, Any]) -> dict[str, Any]:
    """The shape as a whole rubric."""
    return {
        "title": told["title"],
        "type": "object",
        "properties": {"unit": {"type": "string", "title": "单位名称"}, **told["properties"]},
        "x-rubric": {"language": 1, "id": "shape", "version": "1", **told.get("x-rubric", {})},
        **({"$defs": told["$defs"]} if "$defs" in told else {}),
    }


@cache
def worked(no: int) -> scorekit.Result:
    """The shape's cases evaluated, each a unit called as the case is, after the earlier run where it reads one."""
    told = shape(no)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        notice = _written(root / "notice.json", {"rubric": "shape", **told["notice"]}) if "notice" in told else None
        earlier = told.get("earlier")
        results = {earlier["run"]: _earlier(root / "earlier", earlier)} if earlier else None
        data = _units(root / "now", [{"unit": case["case"], **case["given"]} for case in told["cases"]])
        return scorekit.evaluate(data, scorekit.load_rubric(_written(root / "rubric.json", document(told))), notice=notice, results=results)


def _earlier(folder: Path, told: Mapping[str, Any]) -> Path:
    """The results of the run that a shape reads."""
    data = _units(folder / "data", told["units"])
    rubric = _written(folder / "rubric.json", document({"title": told["run"], **told}))
    with contextlib.redirect_stdout(io.StringIO()):
        main(["evaluate", str(data), "--rubric", str(rubric), "--out", str(folder / "results")])
    return folder / "results"


def _units(folder: Path, units: Sequence[Mapping[str, Any]]) -> Path:
    folder.mkdir(parents=True)
    for number, unit in enumerate(units, 1):
        _written(folder / f"{number:02}.json", unit)
    return folder


def _written(path: Path, value: Any) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


def figures(no: int, case: str) -> dict[str, str]:
    """What a case gave: points by criterion or ``section:`` path, and the figures of its standing, as they are printed."""
    result = worked(no)
    scores = result.scores
    found: dict[str, str] = {}
    for _, row in scores[scores["unit"] == case].iterrows():
        points = None if str(row["criterion"]).startswith("gate:") else result.exact(case, row["criterion"])
        if str(row["criterion"]).startswith("gate:"):
            found[row["criterion"]] = str(row["reason"])
        else:
            found[row["criterion"]] = "" if points is None else _plain(points)
            found[f"reason:{row['criterion']}"] = str(row["reason"])
    [(_, standing)] = result.standings[result.standings["unit"] == case].iterrows()
    for name, value in standing.items():
        found[str(name)] = "" if pd.isna(value) else _number(value)
    return found


def _plain(points: Any) -> str:
    return str(points.numerator) if points.denominator == 1 else f"{float(points):.10f}".rstrip("0").rstrip(".")


def _number(value: Any) -> str:
    return f"{value:.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def explained(no: int) -> str:
    """What explain says of the first case's items and total."""
    told = shape(no)
    text = worked(no).explain(told["cases"][0]["case"])
    return text.partition("\n\n")[2]


def _section(told: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {told['no']} {told['title']}"
    yield f"**条文** {told['wording']}"
    if "note" in told:
        yield str(told["note"])
    if told.get("choices"):
        yield table(["选择", "怎样写", "不写时"], [[c["choice"], code(c["key"]), c["default"]] for c in told["choices"]])
    yield fenced(as_json(told["properties"]), "json")
    extra = {k: told[k] for k in ("x-rubric", "$defs") if k in told}
    if extra:
        yield fenced(as_json(extra), "json")
    if "earlier" in told:
        yield f"“{told['earlier']['run']}”的结果取自另一次评定（`--results {told['earlier']['run']}=文件夹`）。"
    if "notice" in told:
        yield "通知："
        yield fenced(as_json(told["notice"]), "json")
    yield table(["算例", "所填", "结果"], [[c["case"], _given(told, c["given"]), _gives(told, c)] for c in told["cases"]])
    yield fenced(explained(told["no"]), "text")


def _given(told: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    return "；".join(_filled(name, value, told["properties"]) for name, value in given.items()) or "（空）"


def _filled(name: str, value: Any, properties: Mapping[str, Any]) -> str:
    spec = properties.get(name, {})
    title = spec.get("title", name)
    if isinstance(value, dict) and "properties" in spec:
        return f"{title}（{'；'.join(_filled(k, v, spec['properties']) for k, v in value.items())}）"
    return f"{title} {_value(value)}"


def _value(value: Any) -> str:
    if value is None:
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "、".join(f"{k} {_value(v)}" for k, v in value.items())
    if isinstance(value, list):
        return f"{len(value)}条：" + " / ".join(" ".join(_value(v) for v in r.values()) for r in value) if value else "零条"
    return str(value)


def _gives(told: Mapping[str, Any], case: Mapping[str, Any]) -> str:
    known = figures(told["no"], case["case"])
    return "；".join(f"{_named(told, name)} {_shown(name, known.get(name, ''))}" for name in case["gives"])


def _named(told: Mapping[str, Any], name: str) -> str:
    if name in TITLES:
        return TITLES[name]
    node: Any = {"properties": told["properties"]}
    for part in name.removeprefix("section:").removeprefix("reason:").removeprefix("gate:").split("."):
        node = node.get("properties", {}).get(part, {})
    return str(node.get("x-criterion", {}).get("title") or node.get("title") or name)


def _shown(name: str, value: str) -> str:
    if name.startswith(("reason:", "gate:")):
        return {reason_code(r): say(w, "zh") for r, w in REASON_WORDS.items()}.get(value, value)
    if name == "status":
        return say(STATUS_WORDS[value], "zh")
    return value or "—"
