"""The program: every command by its name and what it does; a command's own module is imported when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer

from scorekit.cli.pages import Command, Group, translate
from scorekit.errors import ScorekitError, T, Text
from scorekit.words import LANGUAGES, OPTION, VARIABLE, say

COMMANDS: dict[str, Text] = {
    "evaluate": T("Validate, score, rank, decide, and write the results."),
    "validate": T("Check submissions; write the problems, and marked copies of faulty workbooks to send back. Nothing is scored."),
    "status": T("See who has sent what, and what is missing; nothing is scored."),
    "explain": T("Explain one unit's result: every figure from its cell to the rank."),
    "publish": T("Write the public list of a result, without personal data."),
    "extract": T("Draft a submission from a narrative report; a person takes or leaves each proposal."),
    "rubric": T("Look at rubrics and check them."),
    "template": T("Write a form to fill in: for a unit, the office, a rater, a survey."),
    "plugins": T("See which plugins there are, begin one, check one."),
    "demo": T("Evaluate a sample that comes with scorekit: what to run first."),
}
_COMPLETION = {
    "install_completion": T("Install completion for this shell.").template,
    "show_completion": T("Show the completion of this shell, to copy it.").template,
}


class Program(Group):
    """The command line itself, which loads a command only to run it or to show its own help."""

    lang: str

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the commands, in the order in which they are needed."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name, or None."""
        return loaded(cmd_name, self.lang) if cmd_name in COMMANDS else None

    def summaries(self, ctx: Any) -> list[tuple[str, str]]:
        """Each command and what it does."""
        return [(name, say(text, self.lang)) for name, text in COMMANDS.items()]


def build(lang: str) -> Any:
    """The command line as one command that speaks *lang*; nothing that computes is imported for it."""
    app = typer.Typer(cls=Program, rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True)
    app.callback(help=T("Scores assessments by published standards: a rubric in, a ranking with its reasons out.").template)(common)
    program: Any = typer.main.get_command(app)
    program.lang = lang
    for param in program.params:
        # typer words its completion options itself; ours are templates that the catalogues know.
        param.help = _COMPLETION.get(param.name, param.help)
    translate(program, lang)
    return program


def loaded(name: str, lang: str) -> Any:
    """A command with its help in *lang*: what its module of the same name declares under that name.

    A module declares a function, which is the command, or a typer app, which is a group of them.
    """
    declared = getattr(import_module(f"scorekit.cli.{name}"), name)
    app = declared
    if not isinstance(declared, typer.Typer):
        app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
        app.command(name, cls=Command)(declared)
    command: Any = typer.main.get_command(app)
    command.help = COMMANDS[name].template
    translate(command, lang)
    return command


def _say_version(wanted: bool) -> None:
    """Print the version and end the run."""
    if wanted:
        from scorekit import __version__

        typer.echo(f"scorekit {__version__}")
        raise typer.Exit


def common(
    lang: Annotated[
        str, typer.Option(OPTION, metavar="zh|en", envvar=VARIABLE, help=T("Language: zh (default) or en; also SCOREKIT_LANG.").template)
    ] = "zh",
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_say_version, help=T("Show the version.").template)] = False,
) -> None:
    """What stands before every command: the language, and the version."""
    if lang not in LANGUAGES:
        raise ScorekitError(T("there is no language “{name}”", name=lang), OPTION, T("use one of: {names}", names=LANGUAGES))
