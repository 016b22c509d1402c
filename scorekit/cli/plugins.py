"""``scorekit plugins``: what is loaded, from where, offering what; a plugin to begin with; the laws run on one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scorekit.cli.layout import table
from scorekit.cli.options import NoPlugins, PluginFolders, catalogue_of, voice_of, where_to
from scorekit.cli.pages import Command, Group
from scorekit.cli.skeleton import begin
from scorekit.errors import PluginError, T

if TYPE_CHECKING:
    from scorekit.catalogue import Catalogue, PluginInfo
    from scorekit.cli.voice import Voice
    from scorekit.plugin import Rule

ORIGIN_WORDS = {"built-in": T("built in"), "entry point": T("installed"), "folder": T("from a folder")}

plugins = typer.Typer(cls=Group, rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False, no_args_is_help=True)


@plugins.command("list", cls=Command, help=T("List the plugins that are loaded, from where, and what they offer.").template)
def listed(context: typer.Context, plugins: PluginFolders = None, no_plugins: NoPlugins = False) -> None:
    """Print what each plugin offers."""
    voice = voice_of(context)
    catalogue = catalogue_of(plugins, no_plugins, voice)
    voice.tell(*table([row for info in catalogue.plugins for row in _rows(info, voice)]))


@plugins.command("new", cls=Command, help=T("Write a plugin to begin with: a rule, its test, a rubric and data.").template)
def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=T("The rule's name: small letters, digits and _.").template)],
    output: Annotated[Path, where_to("DIR", T("The folder in which the plugin's own is made."))] = Path(),
) -> None:
    """Write a plugin folder that passes its own test."""
    voice = voice_of(context)
    folder = begin(name, output)
    voice.tell(T("A plugin to begin with: {folder}", folder=folder), T("Try it:"))
    voice.tell(
        f"  scorekit evaluate {folder / 'submissions'} --rubric {folder / 'rubric.json'} --plugins {folder}",
        f"  scorekit plugins check {folder}",
    )


@plugins.command("check", cls=Command, help=T("Run the laws of scoring rules on a plugin's rules.").template)
def check(
    context: typer.Context,
    plugin: Annotated[
        str, typer.Argument(metavar="DIR|NAME", help=T("A folder of plugins, or the name of a plugin that is loaded.").template)
    ],
) -> None:
    """Run the laws on every rule of a plugin. Raises PluginError where one is broken."""
    voice = voice_of(context)
    rules = _rules_of(plugin, voice)
    laws_broken = [f"{rule.name}: {law}" for rule in rules for law in _broken(rule, voice)]
    if laws_broken:
        raise PluginError(
            T("laws are broken: {laws}", laws=laws_broken), plugin, T("mend the rule; each law is described in scorekit.testing")
        )
    voice.tell(T("{count} rules keep every law.", count=len(rules)))


def _rows(info: PluginInfo, voice: Voice) -> list[list[str]]:
    """One row for each kind of thing that a plugin offers; a built-in module that offers nothing is no plugin."""
    from scorekit.catalogue import KIND_WORDS

    kinds = list(dict.fromkeys(kind for kind, _ in info.offers)) or [""] * (info.origin != "built-in")
    origin = voice.say(ORIGIN_WORDS.get(info.origin, info.origin))
    offers = {kind: [name for k, name in info.offers if k == kind] for kind in kinds}
    return [
        [info.name, info.version, origin, voice.say(KIND_WORDS.get(kind, kind)), voice.say(T("{names}", names=names))]
        for kind, names in offers.items()
    ]


def _rules_of(plugin: str, voice: Voice) -> list[Rule]:
    """The rules of a folder's plugins or of one named plugin. Raises PluginError where there are none."""
    folder = Path(plugin)
    catalogue: Catalogue = catalogue_of([folder] if folder.is_dir() else None, False, voice)
    names = {p.name for p in catalogue.plugins if (p.origin == "folder" if folder.is_dir() else p.name == plugin)}
    if not names:
        raise PluginError(
            T("there is no plugin “{name}”", name=plugin), "", T("name a folder of plugins, or one that “scorekit plugins list” shows")
        )
    rules = [rule for rule in catalogue.rules.values() if rule.plugin in names]
    if not rules:
        raise PluginError(T("the plugin offers no rules, and the laws are about rules"), plugin)
    return rules


def _broken(rule: Rule, voice: Voice) -> list[str]:
    """The names of the laws that a rule breaks; each law is printed as it is tried."""
    try:
        from scorekit.testing import laws
    except ModuleNotFoundError as error:
        raise PluginError(
            T("the laws need the package {name}", name=error.name), "", T("install it: pip install {name}", name=error.name)
        ) from error
    broken = []
    for name, law in laws(rule):
        try:
            law()
        except Exception as error:
            voice.tell(T("{rule}: {law}: broken", rule=rule.name, law=name), "  " + str(error).strip().split("\n", 1)[0])
            broken.append(name)
        else:
            voice.tell(T("{rule}: {law}: holds", rule=rule.name, law=name))
    return broken
