"""Rubrics by chance with fields of every kind, filled in by everyone who may fill one in, and units that fill them in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Any

from scorekit.domain.own_scores import OWN, score_name
from scorekit.domain.plan import Plan
from scorekit.domain.rubric import FieldSpec

NOUNS = (
    "会员人数",
    "职工人数",
    "活动次数",
    "经费收入",
    "满意度",
    "入会率",
    "培训场次",
    "劳动合同签订率",
    "困难职工",
    "荣誉称号",
    "收入/支出",
    "面积（平方米）",
    "面积",
    "说明",
)
UNITS = ("人", "次", "万元", "平方米", "percent", "fraction", "", "")
NAMES = ("张三", "李四", "王五", "评委1", "评委2", "专家·甲")
OPTIONS = ("满意", "基本满意", "不满意", "优秀", "合格")
ODD = (
    "=1+1",
    "@某",
    "-3",
    "+8",
    "007",
    "1",
    "2026",
    "3.0",
    "是",
    "TRUE",
    " 前后 ",
    "甲,乙",
    '说"好"',
    "1/2",
    "50%",
    "二〇二六年7月",
    "省级",
    "市级",
)
LONG = tuple(f"第{i}片区联合工会委员会" for i in range(40))


class Chance(Random):
    """Makes rubrics and what units hand in."""

    def rubric(self) -> dict[str, Any]:
        """A document that compiles: identity, perhaps a category, root fields, sections."""
        self.count = 0
        root: dict[str, Any] = {"unit": {"type": "string", "minLength": 1, "title": "单位名称"}}
        frame: dict[str, Any] = {
            "language": 1,
            "id": f"by-chance-{self.randint(1, 999)}",
            "version": f"{self.randint(1, 9)}.{self.randint(0, 9)}",
        }
        if self.random() < 0.3:
            root["area"] = {"type": "string", "title": "片区"}
            frame["unit"] = ["area", "unit"]
        if self.random() < 0.6:
            root["category"] = {"enum": ["企业", "机关", "事业"], "title": "类别"}
            frame["category"] = "category"
        root |= dict(self.field("unit") for _ in range(self.randint(0, 4)))
        for i in range(self.randint(1, 4)):
            root[f"s{i}"] = self.section(i, 0)
        root["last"] = {
            "type": "integer",
            "minimum": 0,
            "title": "末项",
            "x-criterion": {"points": 5, "rule": {"mark": {}}, "reading": "示例"},
        }
        return {"title": "随机标准", "type": "object", "properties": root, "x-rubric": frame}

    def section(self, number: int, depth: int) -> dict[str, Any]:
        inner: dict[str, Any] = {}
        for _ in range(self.randint(1, 5)):
            name, node = self.field(self.choice(["unit", "unit", "unit", "office", "panel", "survey"]))
            inner[name] = node
        numbers = [n for n, c in inner.items() if c.get("type") in ("number", "integer") and "x-source" not in c]
        if len(numbers) > 1 and self.random() < 0.5:
            inner["sum"] = {
                "title": self.title(),
                "x-derive": " + ".join(numbers[:2]),
                "x-criterion": {"no": f"{number + 1}.9", "points": 3, "rule": {"mark": {"of": "sum"}}, "reading": "示例"},
            }
        if depth < 2 and self.random() < 0.3:
            inner["inner"] = self.section(number, depth + 1)
        return {"type": "object", "title": self.choice(["组织建设", "维权", "服务", "活动"]) + str(number), "properties": inner}

    def title(self) -> str:
        self.count += 1
        base = self.choice(NOUNS)
        return self.choice([base, f"{base}{self.count}", f"{base}{self.count}", f"{base}{self.count}" + "很长的名称" * self.randint(2, 6)])

    def field(self, who: str) -> tuple[str, dict[str, Any]]:
        """A field by chance of those that *who* fills in."""
        if who == "panel":
            node = self.panel()
        elif who == "survey" and self.random() < 0.7:
            options = self.sample(OPTIONS, self.randint(2, 4))
            node = {"type": "object", "x-source": {"who": "survey", "options": options}}
        elif self.random() < 0.2:
            node = self.listed()
        else:
            node = self.single()
        node["title"] = self.title()
        if who in ("office", "survey") and "x-source" not in node:
            node["x-source"] = who
        return f"f{self.count}", node

    def panel(self) -> dict[str, Any]:
        marks: dict[str, Any] = {"type": ["number", "null"], "minimum": 0, "maximum": 100}
        if self.random() < 0.3:
            marks = {"enum": ["优秀", "良好", "一般", None]}
        named = {"raters": self.sample(NAMES, self.randint(1, 4))} if self.random() < 0.8 else {}
        return {"type": "object", "x-source": {"who": "panel", **named}, "additionalProperties": marks}

    def listed(self) -> dict[str, Any]:
        items: dict[str, Any] = {}
        for i in range(self.randint(1, 4)):
            node = self.single()
            node.pop("x-criterion", None)
            items[f"i{i}"] = {**node, "title": self.choice(["名称", "级别", "日期", "单位名称", "金额", f"栏{i}"])}
        if self.random() < 0.2:
            items["marks"] = {**self.panel(), "title": "打分"}
            items["marks"]["x-source"] = {"who": "panel", "raters": list(NAMES[:2])}
        return {"type": "array", "items": {"type": "object", "properties": items}}

    def single(self) -> dict[str, Any]:
        """A field with one value."""
        form = {"not_applicable": ["不适用", "/"][: self.randint(1, 2)]} if self.random() < 0.25 else {}
        kind = self.choice(["number", "number", "integer", "truth", "text", "date", "few", "many", "figures", "duration"])
        if kind in ("number", "integer"):
            unit = self.choice(UNITS)
            most = 1 if unit == "fraction" else 100 if unit == "percent" else 10 ** self.randint(2, 7)
            node: dict[str, Any] = {"type": "number" if unit in ("percent", "fraction") else kind, **({"x-unit": unit} if unit else {})}
            if self.random() < 0.8:
                node |= {
                    self.choice(["minimum", "exclusiveMinimum"]): -1 if self.random() < 0.1 else 0,
                    self.choice(["maximum", "exclusiveMaximum"]): most + 1,
                }
            if self.random() < 0.4 and not form:
                node["x-criterion"] = {
                    "no": f"{self.randint(1, 9)}.{self.randint(1, 9)}",
                    "points": 5,
                    "rule": {"mark": {}},
                    "reading": "示例",
                    "wording": "按完成情况得分" * self.randint(0, 9),
                    "evidence": "台账",
                }
        else:
            node = {
                "truth": {"type": "boolean"},
                "text": {"type": "string", **({"maxLength": 50} if self.random() < 0.5 else {})},
                "date": {"type": "string", "format": "date"},
                "few": {"enum": self.sample(ODD, self.randint(2, 5))},
                "many": {"enum": list(LONG[: self.randint(20, 40)])},
                "figures": {"enum": self.sample([1, 2, 3, 5, 8, 13], 3)},
                "duration": {"type": ["string", "number"], "x-unit": "duration"},
            }[kind]
        return {**node, **({"x-form": form} if form else {})}

    # ---------------------------------------------------------------- what units hand in

    def unit(self, plan: Plan, number: int) -> dict[str, Any]:
        """What one unit hands in, with some of it left out."""
        found: dict[str, Any] = {}
        for spec in plan.fields:
            if spec.path in plan.base.identity:
                found[spec.path] = f"{self.choice(['甲', '=乙', '丙·'])}公司工会{number}"
            elif spec.derive is None and (self.random() < 0.85 or spec.path == plan.base.category):
                found[spec.path] = self.value(spec)
        for item in plan.criteria:
            if self.random() < 0.7:
                found[score_name(OWN, item.path)] = self.choice([0, 4, 5, Decimal("4.5"), Decimal("3.25")])
        return found

    def value(self, spec: FieldSpec) -> Any:
        """A value that the form allows, as JSON has it."""
        if spec.kind == "records":
            names = [(i, i.path[len(spec.path) + 1 :]) for i in spec.items]
            return [
                r
                for r in ({n: self.value(i) for i, n in names if self.random() < 0.9} for _ in range(self.randint(0, 4)))
                if any(v not in (None, {}) for v in r.values())
            ]
        if spec.kind == "panel":
            marks = spec.schema.get("additionalProperties", {"type": "integer"})
            return {r: self.mark(marks) for r in spec.raters or NAMES[:3] if self.random() < 0.9} or None
        if spec.not_applicable and self.random() < 0.3:
            return spec.not_applicable[0]
        return self.single_value(spec.schema, spec)

    def mark(self, schema: Mapping[str, Any]) -> Any:
        options = [o for o in schema.get("enum", ()) if o is not None]
        return self.choice(options) if options else self.randint(0, 100)

    def single_value(self, schema: Mapping[str, Any], spec: FieldSpec) -> Any:
        if "enum" in schema:
            return self.choice(schema["enum"])
        if spec.kind == "truth":
            return self.random() < 0.5
        if spec.kind == "date":
            return f"{self.randint(2000, 2030)}-{self.randint(1, 12):02}-{self.randint(1, 28):02}"
        if spec.kind == "text":
            return self.choice([*ODD, "一段文字\n两行", "110101199003078888", "字" * 40])
        if spec.unit == "duration":
            return self.choice(["3:05.20", "1:03:05", "185.2秒", "59.99秒"])
        least = schema.get("minimum", schema.get("exclusiveMinimum", 0))
        most = schema.get("maximum", schema.get("exclusiveMaximum", 1000))
        if schema["type"] == "integer":
            return self.randint(int(least) + 1, int(most) - 1) if most - least > 2 else 1
        if spec.unit == "fraction":
            return Decimal(self.randint(1, 9999)) / 10_000
        return least + (Decimal(self.randint(1, 99_999)) / 100_000 * (most - least)).quantize(Decimal("0.01")) or Decimal("0.5")
