"""What is typed becomes texts, paths and lists of them right here: the framework would import a validator of its own for it."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any

_PLAIN = (str, Path)


def plainly(command: Any, params: list[Any]) -> list[Any]:
    """The parameters of *command*, of which each that is a text, a path or a list of them takes its value by itself.

    So does what is left out. Anything else (a required value that is missing, say) is left to the framework, which words it.
    """
    hints: dict[str, Any] | None = None
    for param in params:
        if "process_value" not in vars(param):
            if hints is None:
                hints = typing.get_type_hints(command.callback) if command.callback is not None else {}
            param.process_value = _taking(param, *_kind(hints.get(param.name)))
    return params


def _kind(hint: Any) -> tuple[type | None, bool]:
    """The plain type of a hint, and whether it is of a list; ``None`` may be in it, too."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        hints = [h for h in typing.get_args(hint) if h is not type(None)]
        hint = hints[0] if len(hints) == 1 else None
    many = typing.get_origin(hint) is list
    inner = typing.get_args(hint)[0] if many else hint
    return (inner if inner in _PLAIN else None), many


def _taking(param: Any, kind: type | None, many: bool) -> Callable[[Any, Any], Any]:
    framework = param.process_value

    def take(context: Any, value: Any) -> Any:
        if value is None and not param.required:
            value = () if many else None
        elif kind is not None and many and isinstance(value, (list, tuple)) and value and all(isinstance(v, str) for v in value):
            value = [kind(v) for v in value]
        elif kind is not None and not many and isinstance(value, (str, kind)):
            value = kind(value)
        else:
            return framework(context, value)
        return value if param.callback is None else param.callback(context, param, value)

    return take
