"""What typer reports of a command line, as one of our own errors."""

from __future__ import annotations

from typing import Any

import typer

from scorekit.errors import ScorekitError, T, Text
from scorekit.words import OPTION

UsageMistake: type[Exception] = typer.BadParameter.__mro__[1]
Interrupted: type[Exception] = typer.Abort


def explained(mistake: Any) -> ScorekitError:
    """A mistake in the command line as what is wrong, at which command, and what to do."""
    context = mistake.ctx
    command = context.command_path if context is not None else "scorekit"
    return ScorekitError(_what(mistake), command, _cure(mistake, command))


def _what(mistake: Any) -> Text:
    kind = type(mistake).__name__
    if kind == "NoSuchOption":
        return T("there is no option “{name}”", name=mistake.option_name)
    if kind == "MissingParameter" and mistake.param is not None:
        param = mistake.param
        return T("{name} is missing", name=param.metavar or param.name.upper() if param.param_type_name == "argument" else param.opts[0])
    if kind == "BadOptionUsage":
        return T("the option “{name}” is not used as it should be", name=mistake.option_name)
    return T("the command line cannot be understood: {problem}", problem=mistake.format_message())


def _cure(mistake: Any, command: str) -> Text:
    if getattr(mistake, "option_name", "") == OPTION:
        return T("write it before the command: scorekit {option} en …", option=OPTION)
    near = getattr(mistake, "possibilities", None)
    if near:
        return T("did you mean “{near}”?", near=_nearest(mistake.option_name, sorted(near)))
    return T("“{command} --help” shows what there is", command=command)


def _nearest(name: str, known: list[str]) -> str:
    """The option that is most like what was written."""
    from difflib import SequenceMatcher

    return max(known, key=lambda option: SequenceMatcher(None, name, option).ratio())
