"""The reference of codes: reasons, outcomes, statuses, severities, exit statuses."""

from __future__ import annotations

from docs.pages.markdown import code, page, table
from scorekit.domain.reasons import REASON_WORDS, SEVERITY_WORDS, STATUS_WORDS, reason_code
from scorekit.domain.tables import OUTCOMES, Reason, outcome_of
from scorekit.errors import Text
from scorekit.words import say

STATUSES = {
    "ranked": "有名次，可以得名额",
    "not awarded": "有名次和得分；有“不予评先”的条件起作用，名额让给后面的",
    "not ranked": "有得分；有“不参加排名”的条件起作用，或通知写明只评不奖",
    "incomplete": "缺少一个必须有的数，没有总分：扣分项空白、有无效的数、否决条件不能判定",
    "invalid": "没有单位名称或类别，或两份材料报同一单位：不评",
}
OUTCOME_WORDS = {
    "scored": "有得分",
    "missing": "缺：没有填，或算不出",
    "not-applicable": "不适用于该单位",
    "invalid": "填的数不能用",
    "error": "规则出错（插件的毛病，只影响出错的单位）",
}
SEVERITIES = {
    "error": "必须改正：该数不采用",
    "warning": "请看一眼：可能有误，按所填采用，或该有而没有",
    "repair": "读法与写法不同（如全角数字），或认出而未读的内容（如合计行）",
}
EXITS = (
    ("0", "做完了。材料有问题也是 0：问题已列出，好的单位照评"),
    ("1", "做完了，用了 `--strict`，而且有错误或警告"),
    ("2", "没有做成：一句话说明什么不对、在哪里、怎么办；什么也没有写"),
    ("130", "中断了，没有留下写了一半的文件"),
)


def build() -> str:
    """The page."""
    reasons = [[code(reason_code(r)), str(int(r)), code(outcome_of(r)), *_said(REASON_WORDS[r])] for r in Reason]
    statuses = [[code(s), *_said(STATUS_WORDS[s]), STATUSES[s]] for s in STATUS_WORDS]
    outcomes = [[code(o), OUTCOME_WORDS[o]] for o in OUTCOMES]
    severities = [[code(s), *_said(SEVERITY_WORDS[s]), SEVERITIES[s]] for s in SEVERITY_WORDS]
    return page(
        "代码表",
        "结果文件里的代码。每次运行的 `run.json` 里也有原因代码表。",
        "## 原因代码",
        "每个单位的每个考核项有一个原因（`scores.csv` 的 `reason`）。编号用在 Parquet 文件里。1 至 9 的没有得分；30 至 32 是条件的结果。",
        table(["代码", "编号", "评定状态", "中文", "英文"], reasons),
        "## 评定状态 outcome",
        table(["代码", "含义"], outcomes),
        "## 单位的状态 status",
        "几种状态同时成立时，取表中靠后的一个；理由全部列在 `reasons` 里。",
        table(["代码", "中文", "英文", "含义"], statuses),
        "## 问题的轻重 severity",
        table(["代码", "中文", "英文", "含义"], severities),
        "## 退出码",
        table(["退出码", "含义"], EXITS),
    )


def _said(text: Text) -> tuple[str, str]:
    return say(text, "zh"), say(text, "en")
