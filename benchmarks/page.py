"""Where figures stand in the documents: between marks, as tables, with charts beside them; all of it from the file of results."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measure import Row

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "explanation"
RESULTS = FOLDER / "speed.json"
PAGE = FOLDER / "speed.md"
CHART = FOLDER / "speed.svg"

TITLES = {
    "in_memory": "内存中评分、排名",
    "hundred": "一百个单位",
    "calls": "规则的一次调用（秒数按每个单位每一条）",
    "engines": "规则引擎",
    "weighted": "加权求和、排名",
    "categories": "类别内排名",
    "wholes": "Parquet 进、Parquet 出，整个进程",
    "reading": "读入、校验",
    "workbook": "工作簿",
    "explained": "写出各条的说明",
    "startup": "启动",
    "again": "改一份后重新评定",
}
"""The works in the order of the page: modules here, each with a function that measures."""
WORDS = (
    ("all equal to the exact figures", "全部等于精确值"),
    ("differ: ", "不同于精确值："),
    ("the same values", "读出的值相同"),
    (" remarks", " 条提示"),
    (" units, ", " 个单位，"),
    (", on ", "，共 "),
    (" units", " 个单位"),
    (" cells in ", " 格，"),
    (" sheets, the longest of ", " 张表，最长 "),
    (" rows", " 行"),
    (" kept of ", " 留存，原有 "),
    ("cells differ from the exact points", "格的分不同于精确值"),
    ("points differ from the exact ones", "个分数不同于精确值"),
    ("weighs and ranks only; floats", "只能加权、排名；浮点数"),
    ("caps, vetoes, categories and tie chain included", "含封顶、否决、类别、并列规则"),
    ("ranks differ", "个名次不同"),
    ("bytes a cell", "字节一格"),
    ("every safety check on", "所有安全检查都做"),
    (" points", " 个分数"),
    (" reasons", " 个原因"),
    (" totals", " 个总分"),
    (" levels", " 个等次"),
    (" ranks", " 个名次"),
    ("absent: ", "没有安装："),
    (" not installed", ""),
    ("failed: ", "失败："),
    ("exactly", "精确值"),
    ("target", "目标"),
    (" a point)", " 每个百分点)"),
    ("unit ", "单位 "),
    (" of ", " / "),
)

WORKED = (
    ("scoring and rank in memory, ", ""),
    ("one call of a rule", "列、单位或格"),
    ("rule engines, ", ""),
    ("weighted sum and rank, ", ""),
    ("rank within category, ", ""),
    ("Parquet to Parquet, whole process, ", ""),
    ("start-up, ", ""),
    ("first ranking", "第一份排名"),
    ("whole run", "整次评定"),
    ("explanations, ", ""),
    ("read one workbook of ", "读一个工作簿，"),
    ("small workbooks", "个小工作簿"),
    ("read and check ", "读入并校验 "),
    ("write the ranking of ", "写排名和明细，"),
    (" with details", ""),
    ("1 776 unions, one workbook", "1 776 个工会，一个工作簿"),
    ("evaluate 500 workbooks of one unit", "评定 500 个工作簿，一个单位一个"),
    ("read 500 workbooks of one unit", "读 500 个工作簿，一个单位一个"),
    ("start-up", "命令"),
    ("reading", "读取"),
    ("read ", "读 "),
    (" in memory", "，内存中"),
    (", whole processes", "，整个进程"),
    (", whole process", "，整个进程"),
    ("whole process", "整个进程"),
)
PROGRAMS = (
    ("numpy in blocks", "numpy 分块"),
    ("polars expressions", "polars 表达式"),
    ("polars, one pass", "polars 一遍"),
    ("pandas column by column", "pandas 逐列"),
    ("pandas in chunks", "pandas 分块"),
    ("numpy and pyarrow", "numpy 加 pyarrow"),
    ("Dask, 2 workers", "Dask 两个工作进程"),
    ("plain Python functions", "Python 函数"),
    ("plain Python", "Python 逐个单位"),
    ("Python expressions, compiled", "Python 编译后的表达式"),
    ("argsort of packed keys", "合并的键一次排序"),
    ("numpy's sort of the keys alone", "numpy 只排键"),
    ("numpy: product and sort", "numpy 矩阵乘、排序"),
    ("aggregate and rank", "汇总、排名"),
    (" on columns of ", " 按列，每块 "),
    (" rows", " 行"),
    (", 1 thread", "，一个线程"),
    (", 2 threads", "，两个线程"),
    ("a function per distinct value (a count)", "每个不同的值调用一次函数"),
    ("a function per unit", "每个单位调用一次函数"),
    ("a pluggy call per cell", "每格一次 pluggy 调用"),
    ("full run", "重新读全部"),
    ("openpyxl and XlsxWriter", "openpyxl 读、XlsxWriter 写"),
    ("again after one changed", "改一份之后"),
    ("reading back, one changed", "取回，改一份"),
    ("reading and keeping", "读取并留存"),
    ("no such command", "没有的命令"),
    ("no such option", "没有的选项"),
    ("no such path", "没有的路径"),
    ("no such rubric", "没有的标准"),
    (", JSON files", "，JSON 文件"),
    (", workbook", "，工作簿"),
    ("wide Parquet", "宽表 Parquet"),
    ("long Parquet", "长表 Parquet"),
    ("long CSV", "长表 CSV"),
    (" by pyarrow", "，pyarrow"),
    (" by polars", "，polars"),
    (" by pandas", "，pandas"),
    ("openpyxl read-only", "openpyxl 只读"),
    ("XlsxWriter constant memory", "XlsxWriter 定量内存"),
    ("(the benchmark)", "（整项）"),
    ("reading", "读取"),
)


def replaced(text: str, mark: str, body: str) -> str:
    """*text* with what stands between the marks of that name replaced. Raises ValueError where there are none."""
    begin, end = f"<!-- {mark}: begin -->", f"<!-- {mark}: end -->"
    if begin not in text or end not in text:
        raise ValueError(f"no marks {begin} … {end}")
    return f"{text.partition(begin)[0]}{begin}\n\n{body.strip()}\n\n{end}{text.partition(end)[2]}"


def write(page: Path, bodies: Mapping[str, str]) -> None:
    """Put bodies between the marks of a page."""
    text = page.read_text(encoding="utf-8")
    for mark, body in bodies.items():
        text = replaced(text, mark, body)
    page.write_text(text, encoding="utf-8")


def kept(path: Path = RESULTS) -> dict[str, Any]:
    """The results so far: by seed and work, the rows; and what they were measured on."""
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {"machine": {}, "seeds": [], "rows": {}}


def keep(results: Mapping[str, Any], path: Path = RESULTS) -> None:
    """Write the results as a file."""
    path.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def table(results: Mapping[str, Any]) -> str:
    """All rows as a table, a column of ratios for each seed; then what peers' figures differ in."""
    seeds = [str(seed) for seed in results["seeds"]]
    head = ["工作", "程序", "秒", *(f"比值（种子 {seed}）" for seed in seeds), "目标", "达到", "内存峰值 MB"]
    lines = [_line(head), _line(["---"] * len(head))]
    for work, by_seed in works(results):
        lines += _rows(work, by_seed, seeds)
    return "\n".join(lines)


def differences(results: Mapping[str, Any]) -> str:
    """What each program's figures differ in, and why one is absent."""
    lines = []
    for name, by_seed in works(results):
        for seed, rows in by_seed.items():
            lines += [
                f"- {TITLES.get(name, name)}：{worded(r.work, WORKED)}，{worded(r.who, PROGRAMS)}（种子 {seed}）：{worded(r.note)}"
                for r in rows
                if r.note
            ]
    return "\n".join(lines) or "（没有）"


def worded(text: str, words: Sequence[tuple[str, str]] = WORDS) -> str:
    """A text in Chinese, as far as its words are known."""
    for english, chinese in words:
        text = text.replace(english, chinese)
    return re.sub(r"\s*;\s*", "；", text).replace("|", "\\|")


def works(results: Mapping[str, Any]) -> Iterable[tuple[str, dict[str, list[Row]]]]:
    """Every work in the order of the titles, its rows by seed."""
    found = results["rows"]
    for name in [*TITLES, *(n for n in found if n not in TITLES)]:
        if name in found:
            yield name, {seed: [Row(**row) for row in rows] for seed, rows in found[name].items()}


def _rows(work: str, by_seed: Mapping[str, Sequence[Row]], seeds: Sequence[str]) -> list[str]:
    first = next(iter(by_seed.values()))
    lines, last = [], ""
    for row in first:
        same = [next((r for r in by_seed.get(s, ()) if (r.work, r.who) == (row.work, row.who)), None) for s in seeds]
        goals = [f"{row.goal:g}"] if row.goal is not None else []
        goals += [f"{row.limit:g} 秒"] if row.limit is not None else []
        held = [r.reached for r in same if r is not None and r.reached is not None]
        peaks = [r.peak for r in same if r is not None and r.peak is not None]
        title = f"**{TITLES.get(work, work)}**：{worded(row.work, WORKED)}" if row.work != last else ""
        last = row.work
        cells = [title, _bold(row.who), _figure(row.seconds), *(_ratio(r) for r in same), "，".join(goals)]
        cells += ["" if not held else "是" if all(held) else "**否**", f"{max(peaks) / 1e6:.0f}" if peaks else ""]
        lines.append(_line(cells))
    return lines


def _bold(who: str) -> str:
    said = worded(who, PROGRAMS)
    return f"**{said}**" if who.startswith("scorekit") else said


def _figure(seconds: float | None) -> str:
    return "—" if seconds is None else f"{seconds:.3g}"


def _ratio(row: Row | None) -> str:
    if row is None or row.ratio is None:
        return "—"
    return f"{row.ratio:.3g}（{row.low:.3g}–{row.high:.3g}）" if row.low != row.high else f"{row.ratio:.3g}"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
