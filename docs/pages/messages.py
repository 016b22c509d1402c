"""The reference of messages: every text that scorekit can print, in both languages, by the room that says it."""

from __future__ import annotations

from pathlib import Path

from babel.messages.pofile import read_po

from docs.pages.markdown import page, table

WORDS = Path(__file__).parents[2] / "scorekit" / "words"
LOADING = "scorekit/loading/"
ROOMS = (
    ("读入文件", ("plugins/readers/", *(f"{LOADING}{n}.py" for n in ("submissions", "lists", "pooling", "frames")))),
    ("校验", ("scorekit/stages/validate/",)),
    ("考核标准", ("scorekit/compiling/", f"{LOADING}rubrics.py", f"{LOADING}documents.py")),
    ("插件", ("scorekit/catalogue.py", "scorekit/domain/calling.py", "scorekit/testing.py")),
    ("运行", (LOADING, "scorekit/evaluation.py", "scorekit/claiming.py", "scorekit/saving.py")),
    ("评分、评定、解释", ("scorekit/stages/", "scorekit/domain/", "scorekit/explaining.py", "scorekit/results.py", "plugins/awards/")),
    ("命令行", ("scorekit/cli/",)),
    ("工作簿和结果文件", ("plugins/exporters/",)),
    ("其他", ("",)),
)
INTRO = """scorekit 对人说的每一句话。查错误信息时，在本页里找其中不变的字。花括号里是代入的内容。
错误信息的形式是“什么不对 · 在哪里 · 怎么办”；材料里的问题列在 `problems.csv`，不中断运行。"""


def build() -> str:
    """The page."""
    rooms: dict[str, list[list[str]]] = {title: [] for title, _ in ROOMS}
    for template, chinese, files in said():
        rooms[_room(files)].append([chinese, template])
    parts = [f"## {title}\n\n{table(['中文', '英文'], rows)}" for title, rows in rooms.items() if rows]
    return page("信息", INTRO, *parts)


def said() -> list[tuple[str, str, list[str]]]:
    """Every text: the English template, the Chinese one, and the files that say it."""
    with (WORDS / "zh" / "LC_MESSAGES" / "scorekit.po").open("rb") as file:
        catalogue = read_po(file)
    found = [(str(m.id), str(m.string), sorted({f for f, _ in m.locations})) for m in catalogue if m.id]
    return sorted(found)


def _room(files: list[str]) -> str:
    return next(title for title, starts in ROOMS if any(f.startswith(s) for f in files or ["-"] for s in starts))
