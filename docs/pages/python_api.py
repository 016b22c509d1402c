"""The reference of the Python interface: signatures and docstrings of all public names."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import scorekit
from docs.pages.markdown import fenced, page, table

INTRO = """`import scorekit` 之后可用的名称。怎样用见[在 Python 里使用](../how-to/use-in-python.md)。
数与命令行写出的相同：表里是最接近的 float64，`Result.exact` 给出精确的分数。"""


def build() -> str:
    """The page."""
    parts: list[str] = []
    for name in sorted(scorekit.__all__, key=str.casefold):
        parts += [f"## {name}", *_described(name, getattr(scorekit, name))]
    return page("Python 接口", INTRO, *parts)


def signature(thing: Any) -> str:
    """A signature as it stands in the source, annotations unquoted."""
    return str(inspect.signature(thing)).replace("'", "")


def _described(name: str, thing: Any) -> Iterator[str]:
    if isinstance(thing, str):
        yield "版本号，文字。"
        return
    if inspect.isfunction(thing):
        yield fenced(f"{name}{signature(thing)}", "python")
    yield inspect.getdoc(thing) or ""
    if inspect.isclass(thing):
        rows = [[f"`{n}`", doc] for n, doc in members(thing)]
        if rows:
            yield table(["成员", "说明"], rows)


def members(thing: type) -> Iterator[tuple[str, str]]:
    """The public members of a class: attributes and methods with their signatures."""
    for name, member in vars(thing).items():
        if name.startswith("_"):
            continue
        if inspect.isfunction(member):
            yield f"{name}{signature(member)}", inspect.getdoc(member) or ""
        elif isinstance(member, property):
            yield name, inspect.getdoc(member) or ""
