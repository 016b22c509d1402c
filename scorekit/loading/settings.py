"""What stands beside the submissions: scorekit.toml. Nothing that computes is imported here, so that a mistake is said at once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from scorekit.errors import InputError, T

SETTINGS = "scorekit.toml"
_KEYS = ("rubric", "notice", "encoding", "lang", "register", "twice")
_MORE = {"register": "名册.xlsx", "twice": "latest"}
_CHOICES = {"lang": ("zh", "en"), "twice": ("refuse", "latest")}


@dataclass(frozen=True, slots=True)
class Settings:
    """What scorekit.toml says: the rubric (an id, or a path within the folder), the notice's path, encoding, language.

    Also the register's path, and what is done with two files that one unit sent.
    """

    rubric: str | None = None
    notice: Path | None = None
    encoding: str | None = None
    lang: str | None = None
    register: Path | None = None
    twice: str | None = None


def found_settings(path: Path) -> Settings:
    """The settings of a folder; none where there is no scorekit.toml or *path* is a file.

    Raises InputError for an unknown key, a wrong type, or a path that leads out of the folder.
    """
    source = path / SETTINGS
    if not path.is_dir() or not source.is_file():
        return Settings()
    try:
        found = tomllib.loads(source.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(
            T("the settings are not written as they should be"), _at(source, error), T('write lines such as rubric = "model-home"')
        ) from None
    for key, value in found.items():
        _known_setting(key, value, source)
    rubric, notice = found.get("rubric"), found.get("notice")
    if rubric is not None and (rubric.endswith(".json") or "/" in rubric or "\\" in rubric):
        rubric = str(_inside(path, rubric, source))
    notice, register = (None if name is None else _inside(path, name, source) for name in (notice, found.get("register")))
    return Settings(rubric, notice, found.get("encoding"), found.get("lang"), register, found.get("twice"))


def check_there(path: Path) -> None:
    """Raises InputError where there is nothing at *path*."""
    if not path.exists():
        raise InputError(T("there is no such file or folder"), str(path), T("look at the path"))


def _known_setting(key: str, value: Any, source: Path) -> None:
    if key not in _KEYS:
        import difflib

        near = difflib.get_close_matches(key, _KEYS, 1)
        cure = T("did you mean “{near}”?", near=near[0]) if near else T("the settings are: {names}", names=list(_KEYS))
        raise InputError(T("there is no setting “{key}”", key=key), str(source), cure)
    if not isinstance(value, str) or not value or value not in _CHOICES.get(key, (value,)):
        example = {"rubric": "model-home", "notice": "notice.json", "encoding": "gb18030", "lang": "zh", **_MORE}[key]
        raise InputError(
            T("the setting “{key}” cannot be used", key=key),
            str(source),
            T("write it like this: {example}", example=f'{key} = "{example}"'),
        )


def _at(source: Path, error: Exception) -> str:
    """The file, with the line where the fault is where that is known."""
    line = re.search(r"at line (\d+)", str(error))
    return f"{source}:{line[1]}" if line else str(source)


def _inside(folder: Path, name: str, source: Path) -> Path:
    """A path that stays within the folder."""
    path = folder / name.replace("\\", "/")
    absolute = PurePosixPath(name).is_absolute() or bool(PureWindowsPath(name).drive) or PureWindowsPath(name).root
    if absolute or ".." in PureWindowsPath(name).parts or not path.resolve().is_relative_to(folder.resolve()):
        raise InputError(
            T("the path “{name}” leads out of the folder", name=name),
            str(source),
            T("put the file into the folder and name it without a path"),
        )
    if not path.is_file():
        raise InputError(T("there is no file “{name}”", name=name), str(source), T("look at the name"))
    return path
