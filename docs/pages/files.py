"""The reference of result files: every file and every column, checked against what a run writes."""

from __future__ import annotations

import csv
import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from docs.pages.markdown import code, page, table
from scorekit.catalogue import discover
from scorekit.evaluation import evaluate_path
from scorekit.loading.packs import PACK
from scorekit.saving import save

INTRO = f"""`scorekit evaluate` 写到 `--out` 的文件夹（默认 `./scorekit-results`）。相同的材料、标准、通知写出相同的字节。
各文件先写在旁边，写完才移入；`run.json` 最后移入，里面有其余文件的摘要，对不上的一套不被采用。
CSV 是带 BOM 的 UTF-8，表格软件双击即可打开。
以 `=`、`+`、`-`、`@`（包括全角）、制表符、换行开头的文字前面加了 `'`，读回时再去掉，免得当作公式。
没有的数是空格，不是 0。内置标准在 `{PACK}` 包里。"""
FILES = {
    "ranking.xlsx": "给人看的工作簿：排名表（每类一张）、得分明细、扣分说明、自评对照（填了自评分、初评分的）、问题清单、说明。"
    "A4 横向，可直接打印、签字",
    "standings.csv": "名次：每个单位一行",
    "scores.csv": "得分：每个单位的每个考核项、每个条件一行",
    "problems.csv": "问题清单：每个问题一行",
    "inputs.csv": "读入的数：每个单位的每个栏目一行；列表的记录逐条列出，自评分、初评分列在最后",
    "comparison.csv": "自评、初评、考核对照：填了[自评分、初评分](submissions.md#自评分初评分)的每个单位、每项一行，差异大的在前；"
    "没有人填的，没有这个文件",
    "rubric.json": "所用的标准",
    "run.json": "运行记录：重算这次结果所需的一切",
}
COLUMNS: dict[str, dict[str, str]] = {
    "standings.csv": {
        "rank": "类别内的名次；没有名次的为空",
        "unit": "单位",
        "category": "类别",
        "total": "总分 ＝ base ＋ bonus − deduction ＋ adjusted",
        "base": "基本分",
        "bonus": "加分，不为负",
        "deduction": "扣分，不为负",
        "adjusted": "取整、封顶、不低于 0、条件使总分改变的部分",
        "level": "等次",
        "award": "得到的名额",
        "status": "状态，见[代码表](codes.md#单位的状态-status)",
        "reasons": "为什么是这个等次、状态、名额，一句一句",
        "section:…": "各一级指标的得分，`section:` 后是路径",
    },
    "scores.csv": {
        "unit": "单位",
        "criterion": "考核项的路径；条件写作 `gate:代号`",
        "points": "得分；条件没有得分",
        "full": "适用的满分",
        "outcome": "评定状态，见[代码表](codes.md#评定状态-outcome)",
        "reason": "原因代码，见[代码表](codes.md#原因代码)",
        "value": "据以评分的数",
        "source": "出自哪里：`文件#工作表!单元格` 或 `文件#/指针`，几处的用 `; ` 隔开",
    },
    "problems.csv": {
        "severity": "轻重：`error`、`warning`、`repair`，见[代码表](codes.md#问题的轻重-severity)",
        "unit": "单位；整张表的问题为空",
        "file": "文件",
        "sheet": "工作表",
        "cell": "单元格",
        "field": "栏目的路径，JSON 材料里是指针",
        "message": "什么不对",
        "cure": "怎么办",
    },
    "inputs.csv": {
        "unit": "单位",
        "field": "栏目的路径；评委打分写作 `路径@评委`，记录写作 `路径[0].栏目`；自评分、初评分写作 `own:路径`、`first:路径`",
        "value": "读作什么",
        "raw": "原来写的，只在读法与写法不同时有",
        "file": "文件",
        "sheet": "工作表",
        "cell": "单元格，或 JSON 指针",
    },
    "comparison.csv": {
        "unit": "单位",
        "criterion": "考核项或一级指标的路径；总分为空",
        "own": "自评分",
        "first": "初评分",
        "points": "考核得分；没有得分的为空",
        "difference": "得分 − 自评分；没有自评分的，得分 − 初评分。按绝对值由大到小，同样大的按单位、路径；没有得分、比不成的在最后",
    },
}
RECORD = {
    "record": "运行记录的版本",
    "software": "scorekit 的版本",
    "rubric": "标准的 id、版本、名称、摘要；查的表若取自 CSV，`tables` 里是它的文件名和摘要",
    "notice": "通知的内容和摘要；没有则为 null",
    "inputs": "每个材料文件的摘要",
    "plugins": "用到的插件和版本",
    "options": "选项",
    "population": "与同类单位比较时用到的总体数",
    "draws": "抽签决定先后的排名：种子和各单位的签，由先到后",
    "counts": "单位数、各状态的单位数、各种问题数",
    "tracks": "哪些类别共用一个标准",
    "criteria": "得分表的各行：条款号、名称、小数位数、各类别读哪些栏目、满分",
    "reasons": "原因代码表：编号、评定状态、中英文",
    "columns": "栏目在表格的哪一列",
    "files": "其余各文件的摘要（sha256）",
}
PARQUET = """`--format parquet` 写 `standings.parquet`、`problems.parquet`、`comparison.parquet`（列与 CSV 相同），
`scores.parquet`（每个单位一行：`points:路径`、`reason:路径`、`value:路径`）和 `inputs.parquet`（每个单位一行：
`unit`、`file`、`sheet`、`row`，然后是各栏目），没有相应的 CSV。
得分是 DECIMAL，没有的数是 NULL。需要 `pip install "scorekit[parquet]"`。`scorekit explain` 和 Python 接口两种都能读。"""

RETURNED = """`scorekit validate` 不写名次和得分，只写 `problems.csv`、`run.json` 和退回修改的文件：
有错误或警告的每个材料文件一个，没有的不写。

| 文件 | 内容 |
|---|---|
| `原名_批注.xlsx` | 工作簿的副本：错误的单元格红底粗框，警告的黄底虚线框，批注写明什么不对、怎样改；末尾一张“错误清单” |
| `原名_错误清单.xlsx` | 只有清单：CSV、JSON 等材料，打不开的工作簿，副本保留不全的工作簿（写明原因） |

材料在下级文件夹里的，文件夹的名称写在前面：`东区/甲.xlsx` 写成 `东区_甲_批注.xlsx`；重名的加 `-2`。
做法见[退回修改](../how-to/send-back.md)。

- 原文件一个字节也不动。副本里的值、格式、有效性、条件格式、合并、隐藏、列宽、保护、打印设置、批注照旧；
  公式没有缓存的结果，打开时重算；批注的字体、框的大小不留。
- 副本用 openpyxl 写。凡不确知它能保留的（图表、图片、控件、嵌入的对象、透视表、切片器、会话式批注、迷你图、取自别的工作表的下拉列表、
  自定义 XML、动态数组、注音，以及一切不认识的部分），不写副本，只写清单。清单每个文件至多 2000 行。
- 问题只在整张表、整列没有表头、整个文件上的，不标单元格，只列在清单里；整列的问题标在表头上。“已自动更正”只列，不标。
- 副本的自定义属性 `scorekit-annotated` 是原文件的 sha256 和全部值的摘要。副本改好发回，与原文件放在一起：以副本为准，原文件略去；
  副本没有改动的，副本略去；都在问题清单里写一句。几份副本改得不同的，是多份材料申报同一单位，都不评。文件改名没有关系。
- 相同的材料写出相同的字节。再次检查到同一文件夹，上次写的由这次的替换；有人在那里改过的副本不替换，停下并指出。"""

READ_BEFORE = """结果文件夹里的 `.scorekit-read` 不属于结果：里面是上次从各工作簿读到的内容，再次评定到同一文件夹时，
没有改动的工作簿（按文件的摘要）不再打开。它只省时间：
损坏的、别的用户或别的机器留下的、scorekit 或读取器版本不同的，一律当作没有，全部重读；可以随时删去，
也可以用 `--fresh` 全部重读。上次以后删去的材料，下次评定后也不再留在里面。
里面有材料的全部列，包括标准没有读的列，可能有个人信息，与 `inputs.csv` 一样保管；寄送结果时不必附上。
辨认是否自己留下的，靠本用户的缓存文件夹（`~/.cache/scorekit`，Windows 是 `%LOCALAPPDATA%\\scorekit`）里的一个密钥；删了只是下次全部重读。
JSON、CSV、Parquet 读起来不比取回慢多少，总是重读。"""

GUARDED = """标准里标明为个人信息（`x-form` 的 `personal`）的内容，只在 `inputs.csv`（`inputs.parquet`）、
`scores.csv` 的 `value` 和 `.scorekit-read` 里，以及作为单位名称的那部分；别处写“个人信息，不予显示”。
结果文件夹要像材料一样保管。给众人看的名单用 `scorekit publish` 另写一个文件夹，见[出公示名单](../how-to/publish-the-list.md)。

写到一半被打断（停电、被杀、磁盘满）的，文件夹里仍是原来的一套；已经开始移入的，下一次运行接着移完，
在此之前 `explain` 按新的一套读。同一文件夹同时只能有一次运行，后来的被拒绝，并说明被谁占用。"""

PROGRESS = """`scorekit status 材料 --register 名册.xlsx --out 进度` 写 `status.xlsx`、`status.csv`（列相同）和 `run.json`：一个单位一行，
名册里没有交的排在最后。列依次是序号、单位、类别、片区、自评材料（文件名或“未报送”），然后每个部门、每位评委、每项测评一列：
`√` 是给齐了，`2/3` 是三个数给了两个，空着是一个也没有给；最后是错误、警告的个数，缺什么。
表里至多列 20000 个单位，`status.csv` 是全部。填了而填错的算“给了”，列在错误里。"""


def build() -> str:
    """The page."""
    parts = [INTRO, table(["文件", "内容"], [[code(n), t] for n, t in FILES.items()])]
    for name, columns in COLUMNS.items():
        parts += [f"## {name}", table(["列", "内容"], [[code(c), t] for c, t in columns.items()])]
    parts += [
        "## run.json",
        table(["键", "内容"], [[code(k), t] for k, t in RECORD.items()]),
        "标准读了以前的结果的，还有 `results`：各次评定的名称、标准、版本和 `run.json` 的摘要。不含时钟、主机名、输出位置。",
    ]
    return page(
        "结果文件",
        *parts,
        "## Parquet",
        PARQUET,
        "## 退回修改的文件",
        RETURNED,
        "## 进度表",
        PROGRESS,
        "## 读过的工作簿",
        READ_BEFORE,
        "## 保管",
        GUARDED,
    )


@cache
def written() -> dict[str, Any]:
    """What a run writes: the columns of each table, the keys of the record, by file name."""
    with tempfile.TemporaryDirectory() as folder:
        data, out = Path(folder) / "data", Path(folder) / "out"
        data.mkdir()
        unit = {"$schema": "model-home", "unit": "某单位工会", "category": "企业", "own:organisation.membership": 4}
        (data / "1.json").write_text(json.dumps(unit, ensure_ascii=False), encoding="utf-8")
        catalogue = discover(third_party=False)
        save(evaluate_path(data, catalogue), catalogue, out)
        found: dict[str, Any] = {}
        for path in sorted(p for p in out.iterdir() if not p.name.startswith(".")):
            if path.suffix == ".csv":
                with open(path, encoding="utf-8-sig", newline="") as file:
                    found[path.name] = next(csv.reader(file))
            else:
                found[path.name] = list(json.loads(path.read_text(encoding="utf-8"))) if path.suffix == ".json" else []
        return found
