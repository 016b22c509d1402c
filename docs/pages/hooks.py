"""The reference of hooks: what a plugin may offer, with the exact types, and a whole plugin for each hook."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import scorekit.plugin
from docs.pages.markdown import code, fenced, page, table
from docs.pages.python_api import signature
from scorekit.plugin import Hooks

EXAMPLES = Path(__file__).parent / "examples" / "hooks"
SAMPLE = Path(__file__).parents[2] / "samples" / "custom-plugin" / "plugins" / "rules.py"
INTRO = """一个插件是一个 Python 模块，用 `@hookimpl` 实现下面的一个或几个钩子。每个钩子返回一列有名称的东西，scorekit 按名称采用。
插件只从 `scorekit.plugin` 引入名称。插件从三处找到：

1. 内置的：`plugins/` 里的每个模块（安装后是 `scorekit_plugins`）；
2. 已安装的包：入口点组 `scorekit`，`pyproject.toml` 里写 `[project.entry-points.scorekit]`；
3. `--plugins 文件夹` 里的每个 `.py` 文件（不含以 `_`、`test_`、`conftest` 开头的）。

名称重复：两个内置插件同名，或 `--plugins` 的插件与别的同名，立即报错；
已安装的包与别的同名或不能导入，在 `scorekit plugins list` 和标准错误里说明，用到时才是错误。
登记的先后没有意义。写一条规则的全过程见[写一条规则](../how-to/write-a-rule.md)。"""
RESTS_ON = """
解析费时的读取器写上 `rests_on`（读法还取决于哪些包的版本，可以是空的 `()`）：没有改动的文件下次不再打开；
这样的读取器对每个文件给出的表，与单独读它时相同。
文件可以是退回修改的副本的，读取器写上 `lineage`（很快地看一眼：是不是副本，出自哪个文件）和
`values`（全部值的摘要，别的程序另存后不变）。"""
AT_A_TIME = """
几个导出器各在一个线程里同时运行，读的是同一个 `Outcome`：不要改动它，也不要用模块里的变量保存状态。
一个出错，或运行被中断时，其余的不再等待，它们的文件夹随即删除。"""
HOOKS = {
    "scorekit_readers": (
        "读文件。按文件的扩展名选用。读成未定类型的表；校验、更正由核心做。" + RESTS_ON,
        ("Reader", "SourceFile", "ReadRequest", "RawTable", "Problem"),
    ),
    "scorekit_rules": ("评分规则。用 `@rule` 声明：签名就是参数表。规则只算分，不取整、不填空、不读文件。", ("Rule", "Param")),
    "scorekit_aggregators": (
        "汇总办法。用 `@aggregator` 声明：由各项得分、满分、权重得到一节的得分和满分。函数名里的 `_` 在标准里写作 `-`。",
        ("Aggregator", "Children"),
    ),
    "scorekit_weighters": (
        "从数据得出权重的办法。用 `@weighter` 声明：由各项得分（每项一列）和各列哪一头为优（`high`、`low`），得到每列一个权重。",
        ("Weighter",),
    ),
    "scorekit_awards": ("名额线上有并列时怎么办。通知里的 `tie` 按名称选用。", ("Award", "Candidates")),
    "scorekit_exporters": (
        "写结果文件。`formats` 是 `--format` 的哪些值时运行；写到所给的文件夹，返回文件名。" + AT_A_TIME,
        ("Exporter", "Outcome"),
    ),
    "scorekit_annotators": (
        """退回修改的文件。`scorekit validate` 对每个有错误、警告的文件，按扩展名选用：`mark` 写标出错处的副本，`alone` 只写错误清单。
副本保留不了的，`mark` 什么也不写，返回原因，scorekit 再调用 `alone`；没有相应扩展名的，用名称在前的一个的 `alone`。
写出的副本由读取器的 `values` 再读一遍，值与原文件不同的不用。相同的文件和问题要写出相同的字节。""",
        ("Annotator", "Returned", "Finding", "Head", "Lineage"),
    ),
    "scorekit_publishers": (
        "公示名单的写法。`scorekit publish` 全部运行；得到可以给众人看的名单，返回文件的内容。名单里没有标明为个人信息的内容。",
        ("Publisher", "PublicList"),
    ),
    "scorekit_printers": (
        "标准的印法。`scorekit rubric show --format` 按名称选用；得到排好的标题和表格，返回文件的内容。",
        ("Printer", "PrintedStandard", "PaperTable", "PaperLine"),
    ),
    "scorekit_forms": (
        "填报表格的写法。`scorekit template -o` 按文件的扩展名选用；得到各张表的内容和每一格能填什么，返回文件的内容。",
        ("FormWriter", "Form", "FormSheet", "FormHead", "FormLine", "Ask"),
    ),
    "scorekit_engines": (
        "谁来算各批材料。得到算一批的函数和各批材料，按各批的次序交回结果。只管分派，不评分、不合并、不排名，换引擎得数不变。",
        ("Engine", "Workforce"),
    ),
    "scorekit_extractors": (
        "读工作总结。`scorekit extract` 按文件的扩展名选用；读成一段一段的文字，每段写明位置，不作判断。不读的文件抛出 `InputError`。",
        ("Extractor", "Narrative", "Passage"),
    ),
    "scorekit_drafters": (
        "起草稿的写法。`scorekit extract -o` 按扩展名选用；由起草稿和语言得到文件的内容。没有人确认的，一处也不能算作采用。",
        ("Drafter", "Draft", "Proposal", "Spot", "Blank"),
    ),
    "scorekit_rubric_packs": ("带来考核标准的包：返回包的导入名，包里每个文件夹有一个 `rubric.json`。", ()),
}
KINDS = (
    ("Column", "第一个参数，或没有默认值的位置参数", "栏目或公式，一行一个单位"),
    ("Column | None", "位置参数，默认 `None`", "可以不写的栏目"),
    ("Number", "仅限关键字", "数或公式：常数（一行）或一列，算法相同"),
    ("Numbers", "仅限关键字", "数列，如 `[0.5, 2]`"),
    ("Bands", "仅限关键字", "分档：一串 `Band(bound, inclusive, points)`"),
    ("Knots", "仅限关键字", "折点：一串 `Knot(value, points)`"),
    ("Table", "仅限关键字", "价目：文字 → 数"),
    ("Panel", "第一个参数", "评委打分：单位 × 评委"),
    ("Records", "第一个参数", "记录的列表"),
    ("str、int、bool、Literal[…]", "仅限关键字", "照写的文字、整数、是否、几选一"),
)
SAYS = """`says` 是条文的印法，键是语言：`"zh"`、`"en"`。花括号里写参数名；`{full_at:%}` 印成百分数。
第一个参数是百分数栏目时，名为 `target`、`step`、`limit`、`full_at` 的参数以及分档、折点自动印成百分数。
`"zh:参数=值"` 在该参数取该值时接在后面，`"zh:参数"` 在写了该参数时接在后面。"""


def build() -> str:
    """The page."""
    parts = [INTRO, table(["钩子", "提供"], [[f"[`{n}`](#{n})", t.split("。", 1)[0]] for n, (t, _) in HOOKS.items()])]
    for name, (told, types) in HOOKS.items():
        hook = getattr(Hooks, name)
        parts += [f"## {name}", fenced(f"def {name}{_signature(hook)}", "python"), told]
        if name == "scorekit_rules":
            parts += [
                "规则的参数按签名里的类型读出：",
                table(["类型", "位置", "标准里写什么"], _kinds()),
                SAYS,
            ]
        parts += [_type(getattr(scorekit.plugin, t)) for t in types]
        parts += ["一个完整的插件：", "<!-- plugin -->\n" + fenced(plugin(name), "python")]
    parts += ["## scorekit.plugin 的全部名称", table(["名称", "说明"], [_name(n) for n in scorekit.plugin.__all__])]
    return page("插件的钩子", *parts)


def _kinds() -> list[list[str]]:
    return [[code(kind), place, told] for kind, place, told in KINDS]


def plugin(hook: str) -> str:
    """The source of the example plugin for a hook."""
    path = SAMPLE if hook == "scorekit_rules" else EXAMPLES / f"{hook}.txt"
    return path.read_text(encoding="utf-8")


def _signature(hook: Callable[..., Any]) -> str:
    shown = signature(hook)
    return shown.replace("(self) ->", "() ->").replace("(self)", "()")


def _type(thing: type) -> str:
    """A dataclass with its fields, as a table."""
    rows = []
    for field in dataclasses.fields(thing):
        default = ""
        if field.default is not dataclasses.MISSING:
            default = repr(field.default)
        elif field.default_factory is not dataclasses.MISSING:
            default = "空"
        rows.append([code(field.name), code(str(field.type)), code(default) if default != "空" else default])
    return f"**`{thing.__name__}`** {_first(thing)}\n\n" + table(["字段", "类型", "默认"], rows)


def _name(name: str) -> list[str]:
    thing = getattr(scorekit.plugin, name)
    if inspect.isfunction(inspect.unwrap(thing)):
        return [code(f"{name}{signature(thing)}"), _first(thing)]
    if inspect.isclass(thing):
        return [code(name), _first(thing)]
    return [code(name), OTHERS.get(name, f"常量，{type(thing).__name__}")]


def _first(thing: Any) -> str:
    return (inspect.getdoc(thing) or "").split("\n", 1)[0]


OTHERS = {
    "Number": "规则参数的类型：常数或一列数",
    "Numbers": "规则参数的类型：数列",
    "Bands": "规则参数的类型：分档",
    "Knots": "规则参数的类型：折点",
    "Table": "规则参数的类型：价目",
    "hookimpl": "标记：这个函数实现一个钩子",
    "hookspec": "标记：钩子的规格",
    "OUTCOMES": "全部评定状态",
    "FIGURE_DIGITS": "标准声明的数印出的小数位数上限",
    "MOST": "没有尽头的数印出的小数位数上限",
    "REASON_WORDS": "原因代码的说法",
    "SEVERITY_WORDS": "问题轻重的说法",
    "STATUS_WORDS": "单位状态的说法",
    "ParamKind": "规则参数的种类",
}
