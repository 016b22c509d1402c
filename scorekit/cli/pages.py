"""Help pages in the language of the run: groups and commands that lay out their own help."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typer.core import TyperCommand, TyperGroup

from scorekit.cli.layout import line_width, pairs, wrapped
from scorekit.cli.taking import plainly
from scorekit.errors import ScorekitError, T, Text
from scorekit.words import DEFAULT, say

TAKEN_TOO = frozenset({"--output"})
"""Spellings of options that are taken and not shown: one name is enough to learn."""


class Command(TyperCommand):
    """A command whose help page is laid out here."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, each taking its value by itself where that is plain."""
        return plainly(self, super().get_params(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write("\n".join(page(self, ctx)) + "\n")


class Group(TyperGroup):
    """A group of commands whose help page is laid out here, and which says in words that a command is not there."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, each taking its value by itself where that is plain."""
        return plainly(self, super().get_params(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write("\n".join(page(self, ctx)) + "\n")

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that is named. Raises ScorekitError where there is none."""
        names = self.list_commands(ctx)
        if args[0] not in names and not ctx.resilient_parsing:
            raise ScorekitError(T("there is no command “{name}”", name=args[0]), ctx.command_path, _nearest(args[0], names))
        return super().resolve_command(ctx, args)

    def summaries(self, ctx: Any) -> list[tuple[str, str]]:
        """Each command and what it does."""
        return [(name, command.help or "") for name, command in self.commands.items()]


def page(command: Any, ctx: Any) -> Iterator[str]:
    """The lines of a help page: usage, what the command does, then arguments, options and commands."""
    lang = getattr(ctx.find_root().obj, "lang", DEFAULT)
    columns = line_width()
    yield say(T("Usage: {usage}", usage=_usage(command, ctx)), lang)
    for paragraph in (command.help or "").split("\n"):
        yield from ["", *wrapped(paragraph, columns)]
    shown = [p for p in command.get_params(ctx) if not getattr(p, "hidden", False)]
    yield from _part(T("Arguments:"), [(_named(p), p.help or "") for p in shown if p.param_type_name == "argument"], lang)
    if isinstance(command, Group):
        yield from _part(T("Commands:"), command.summaries(ctx), lang)
    yield from _part(T("Options:"), [(_named(p), p.help or "") for p in shown if p.param_type_name == "option"], lang)


def translate(command: Any, lang: str) -> None:
    """Put the help of a command, its parameters and its own commands into *lang*; it stands there as English templates."""
    command.help = say(Text(command.help or ""), lang)
    for param in command.params:
        param.help = say(Text(getattr(param, "help", None) or ""), lang)
    for child in getattr(command, "commands", {}).values():
        translate(child, lang)


def _usage(command: Any, ctx: Any) -> str:
    """The command as it is typed, what may be left out in brackets."""
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    names = [_named(p) if p.required else f"[{_named(p)}]" for p in arguments]
    return " ".join([ctx.command_path, "[OPTIONS]", *names, *(["COMMAND …"] if isinstance(command, Group) else [])])


def _part(heading: Text, rows: list[tuple[str, str]], lang: str) -> Iterator[str]:
    if rows:
        yield from ["", say(heading, lang), *pairs([(term, _own(text, lang)) for term, text in rows], line_width())]


def _own(text: str, lang: str) -> str:
    """The framework's words for its own option, in ours; what is translated already stays."""
    return say(T("Show this page."), lang) if text.startswith("Show this message") else text


def _named(param: Any) -> str:
    """A parameter as it is typed: its options and the value they take, or the argument's name."""
    metavar = param.metavar or str(param.name).upper()
    if param.param_type_name == "argument":
        return metavar
    names = ", ".join(o for o in [*param.opts, *param.secondary_opts] if o not in TAKEN_TOO)
    return names if getattr(param, "is_flag", False) else f"{names} {metavar}"


def _nearest(name: str, known: list[str]) -> Text:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    return T("did you mean “{near}”?", near=near[0]) if near else T("use one of: {names}", names=known)
