"""The reference of commands: every command, argument and option, from the program itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docs.pages.markdown import code, page, table
from scorekit.cli.app import COMMANDS
from scorekit.cli.app import build as program
from scorekit.cli.pages import _named as typed

INTRO = """`scorekit [--lang zh|en] 命令 …`，与 `python -m scorekit` 相同。`scorekit 命令 --help` 显示同样的内容。
所有命令从不等待输入；结果写到标准输出，提醒和错误写到标准错误。退出码见[代码表](codes.md#退出码)，写出的文件见[结果文件](files.md)。
`--plugins` 指定的文件夹里是会运行的代码：只在自己写明时加载，申报材料文件夹里的 `scorekit.toml` 不能指定它。
写到哪里，各命令都用 `--out` 或 `-o`；写成 `--output` 也可以。"""


def build() -> str:
    """The page."""
    app = program("zh")
    context = app.make_context("scorekit", [], resilient_parsing=True)
    rows = [[f"[`scorekit {path}`](#scorekit-{path.replace(' ', '-')})", command.help] for path, command in commands()]
    parts = ["## 总的选项", table(["选项", "作用"], list(_options(app, context)))]
    for path, command in commands():
        parts += [f"## scorekit {path}", *_command(path, command)]
    return page("命令", INTRO, table(["命令", "作用"], rows), *parts)


def commands() -> Iterator[tuple[str, Any]]:
    """Every command that can be run, with the words that call it."""
    app = program("zh")
    context = app.make_context("scorekit", [], resilient_parsing=True)
    for name in COMMANDS:
        command = app.get_command(context, name)
        inner = getattr(command, "commands", {})
        if not inner:
            yield name, command
        yield from ((f"{name} {child}", found) for child, found in inner.items())


def _command(path: str, command: Any) -> Iterator[str]:
    context = command.make_context(path, [], resilient_parsing=True)
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    usage = " ".join(["scorekit", path, "[OPTIONS]", *(typed(a) if a.required else f"[{typed(a)}]" for a in arguments)])
    yield f"{command.help}\n\n{code(usage)}"
    rows = [[code(typed(a)), a.help] for a in arguments]
    rows += list(_options(command, context))
    yield table(["参数或选项", "作用"], rows)


def _options(command: Any, context: Any) -> Iterator[list[str]]:
    for param in command.get_params(context):
        if param.param_type_name == "option" and not getattr(param, "hidden", False):
            told = param.help or ""
            yield [code(typed(param)), "显示帮助。" if told.startswith("Show this message") else told]
