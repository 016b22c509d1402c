"""By which words a report may speak of a field: its title and aliases without what only counts them, and words of the same meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from scorekit.domain.formula import names
from scorekit.domain.plan import Plan
from scorekit.domain.rubric import FieldSpec
from scorekit.drafting.report_text import plain

_BRACKETS = re.compile(r"\([^()]*\)|“|”")
_COUNTS = re.compile(
    r"(?:的?(?:总|人|家|户|件|条|次|项|篇|册|种|个|天|月|小时|台|套|处|份|起|票|张|笔|单位)?数量?|人次|(?<=[^人])总额|日期|情况|金额)$"
)
_RATES = re.compile(r"(?:比例|率|面|度)$")
_LIGHT = ("单位", "年度", "当年", "全年", "已", "人员", "工作", "情况", "组织", "有", "建立", "设立", "成立", "签订", "开展", "总")
"""What a title says and a report leaves out: it counts less."""
_TELLING = ("应", "新", "未", "女", "逾期", "上年", "缺", "迟", "漏", "不")
"""One sign that makes another thing of it: where a title has it, the report must have it, too."""
_SAME: tuple[tuple[str, ...], ...] = (
    ("职工", "员工"),
    ("会员", "入会", "加入工会"),
    ("建会", "组建工会", "成立工会", "建立工会", "建工会"),
    ("村工会", "村工会委员会", "成立了村工会", "村全部组建工会", "村全部建会"),
    ("参赛", "参加竞赛", "参加劳动竞赛"),
    ("新建会", "新建工会", "新组建工会", "全年建会", "今年建会", "新成立工会"),
    ("已签", "签订", "签订了"),
    ("新发展会员", "发展会员", "新增会员"),
    ("参加人数", "参加"),
    ("专项比赛", "技能比赛", "比赛"),
    ("采纳", "采用"),
    ("落实", "采纳", "实施"),
    ("提案", "议案"),
    ("困难职工", "特困职工", "困难员工"),
    ("助学", "救助学生", "资助学生", "救助贫困学生", "资助贫困学生"),
    ("助学金", "救助学生救助金额", "助学款"),
    ("慰问金", "慰问款", "慰问资金"),
    ("收缴", "交纳", "上缴", "缴纳", "缴"),
    ("经费实缴", "上缴经费", "上缴工会经费"),
    ("走访", "探望", "看望"),
    ("覆盖职工", "受益职工", "惠及职工"),
    ("格言", "警句", "安全用语"),
    ("职代会", "职工代表大会", "职工大会"),
    ("职工书屋", "读书活动室", "阅览室"),
    ("厂务公开", "企务公开", "校务公开", "院务公开", "政务公开"),
    ("工资集体协议", "工资协商协议", "工资专项集体合同", "工资集体合同"),
    ("农民工", "外来务工人员", "进城务工人员"),
    ("参保", "参加保障", "参加互助保障", "团体意外保险参保"),
    ("取得证书", "获得职业资格证书", "取证"),
    ("劳动争议调解组织", "劳动争议调解委员会", "劳动争议调解小组"),
    ("女职工组织", "女职工委员会"),
    ("实名登记", "实名制登记"),
    ("微机管理", "微机化管理"),
    ("台账档案", "台帐档案", "台账档案化", "台帐档案化"),
    ("专职工会干部", "专职干部", "职业化工会干部"),
    ("信息报送", "报送信息"),
    ("文体活动", "文化体育活动"),
    ("合理化建议", "合理化意见"),
)
_ALIKE: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in (
        "人 名 位 员",
        "家 个 户 所",
        "件 条 项 个 篇",
        "次 场 期 届 轮 批",
        "人次",
        "户 家",
        "平方米 平米 ㎡",
        "元 万元",
        "% percent fraction",
        "册 本",
        "天 日",
        "处 个 项",
        "起 次 件",
        "份 件",
        "张 票",
        "台 套",
        "课时 学时",
        "面 次",
        "篇 条",
        "期 次",
        "个 支",
    )
)
_INFERRED = (
    ("人次", "人次"),
    ("人数", "人"),
    ("家数", "家"),
    ("件数", "件"),
    ("条数", "条"),
    ("次数", "次"),
    ("项数", "项"),
    ("篇数", "篇"),
)
MOST = 16


@dataclass(frozen=True, slots=True)
class Label:
    """One wording of a field: its signs with what each counts, and those without which it is another thing."""

    text: str
    weights: tuple[float, ...]
    telling: frozenset[str]

    @property
    def pairs(self) -> frozenset[str]:
        """Its signs two by two: a text that has none of them says nothing of it."""
        return pairs(self.text)

    @property
    def whole(self) -> float:
        """What all of its signs count together."""
        return sum(self.weights)


@dataclass(frozen=True, slots=True)
class Asked:
    """A field that a report may fill, with its wordings; ``around`` are the words of its section and of the clauses that read it."""

    spec: FieldSpec
    labels: tuple[Label, ...]
    unit: str
    around: str
    section: str
    twins: bool = False

    @property
    def fillable(self) -> bool:
        """Whether its unit fills it: not the office or raters, and no formula."""
        return self.spec.derive is None and self.spec.result is None and self.spec.source == "unit"


def asked(plan: Plan) -> tuple[Asked, ...]:
    """The fields of a rubric that hold one value, in their order."""
    titles = {s.path: s.title for s in plan.sections} | {c.path: c.title for c in plan.criteria if c.whole}
    wordings = _wordings(plan)
    shown = [f for f in plan.fields if f.kind in ("number", "truth", "date", "text")]
    times: dict[str, int] = {}
    for spec in shown:
        times[spec.title] = times.get(spec.title, 0) + 1
    return tuple(
        Asked(
            spec,
            tuple(_labels(spec)),
            spec.unit or next((unit for tail, unit in _INFERRED if spec.title.endswith(tail)), ""),
            _BRACKETS.sub("", plain(" ".join([_section(spec, titles), *wordings.get(spec.path, ())]))),
            plain(_section(spec, titles)),
            times[spec.title] > 1,
        )
        for spec in shown
    )


@lru_cache(maxsize=1 << 16)
def pairs(text: str) -> frozenset[str]:
    """The signs of a text two by two."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def agree(unit: str, found: str) -> bool:
    """Whether what is counted in *found* may be what a field asks for in *unit*; a field without unit takes anything but a share."""
    if not unit:
        return found != "%"
    return unit == found or any(unit in group and found in group for group in _ALIKE)


def _section(spec: FieldSpec, titles: Mapping[str, str]) -> str:
    parts = spec.section.split(".") if spec.section else []
    return " ".join(titles.get(".".join(parts[: i + 1]), "") for i in range(len(parts)))


def _wordings(plan: Plan) -> dict[str, list[str]]:
    """The clauses that read each field, also through derived values."""
    derived = {spec.path: names(node) for track in plan.tracks for spec, node in track.derived}
    found: dict[str, list[str]] = {}
    for track in plan.tracks:
        for criterion in track.criteria:
            waiting, seen = list(criterion.reads), set()
            while waiting:
                path = waiting.pop()
                if path in seen:
                    continue
                seen.add(path)
                waiting += sorted(derived.get(path, ()))
                if criterion.spec.words.wording not in found.setdefault(path, []):
                    found[path].append(criterion.spec.words.wording)
    return found


def _labels(spec: FieldSpec) -> Iterator[Label]:
    """The wordings of a field, its title's own first."""
    seen: dict[str, None] = {}
    for name in (spec.title, *spec.aliases):
        core = _core(name, spec)
        for text in (core, *_worded(core), _BRACKETS.sub("", plain(name))):
            if len(text) > 1:
                seen.setdefault(text)
    yield from (_label(text) for text in list(seen)[:MOST])


def _core(name: str, spec: FieldSpec) -> str:
    core = _BRACKETS.sub("", plain(name)).replace("/", "")
    shorter = _COUNTS.sub("", core) if spec.kind == "number" and not spec.percentage else core
    if spec.percentage:
        shorter = _RATES.sub("", core)
    return shorter if len(shorter) > 1 else core


def _worded(core: str) -> Iterator[str]:
    """The same with other words of the same meaning, one or two of them changed."""
    changed = [core.replace(word, other) for group in _SAME for word in group[:1] if word in core for other in group[1:]]
    yield from changed
    for text in changed:
        yield from (text.replace(group[0], other) for group in _SAME if group[0] in text for other in group[1:])


def _label(text: str) -> Label:
    weights = [1.0] * len(text)
    for word in _LIGHT:
        for match in re.finditer(re.escape(word), text):
            if len(text) - len(word) >= 2:
                weights[match.start() : match.end()] = [0.25] * len(word)
    return Label(text, tuple(weights), frozenset(t for t in _TELLING if t in text))
