"""``scorekit template``: a form to fill in, for a unit, the office, a rater or a survey."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scorekit.cli.options import NoPlugins, PluginFolders, catalogue_of, look_first, voice_of, where_to
from scorekit.cli.rubric import Reference
from scorekit.errors import InputError, OutputError, PluginError, T

if TYPE_CHECKING:
    from scorekit.catalogue import Catalogue
    from scorekit.domain.form import FormWriter
    from scorekit.domain.plan import Plan


def template(
    context: typer.Context,
    reference: Reference,
    output: Annotated[Path, where_to("FILE.xlsx", T("The file to write."))],
    kind: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="unit|units|office|panel|survey",
            help=T("For whom: one unit (default), many units in one table, the office, one rater, a survey.").template,
        ),
    ] = "unit",
    rater: Annotated[str | None, typer.Option("--rater", metavar="NAME", help=T("The rater whose form it is.").template)] = None,
    category: Annotated[
        str | None, typer.Option("--category", metavar="NAME", help=T("Only what units of this category are asked for.").template)
    ] = None,
    register: Annotated[
        Path | None, typer.Option("--register", metavar="FILE", help=T("The register whose units are filled in on tables.").template)
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=T("Replace a file that is there already.").template)] = False,
    plugins: PluginFolders = None,
    no_plugins: NoPlugins = False,
) -> None:
    """Write one form of a rubric."""
    look_first(context, documents=[register])
    from scorekit.cli.standard import known_category
    from scorekit.compiling import compile_plan
    from scorekit.compiling.form import form
    from scorekit.loading.rubrics import load_rubric
    from scorekit.saving import put_file

    voice = voice_of(context)
    if output.exists() and not force:
        raise OutputError(T("the file is there already"), str(output), T("choose another name, or add --force to replace it"))
    catalogue = catalogue_of(plugins, no_plugins, voice)
    writer = _writer(catalogue, output)
    plan = compile_plan(load_rubric(reference, catalogue), catalogue)
    known_category(plan, category)
    units = _registered(register, kind, category, plan, catalogue) if register is not None else []
    made = form(plan, kind, voice.lang, category, rater, units)
    voice.tell(T("written: {file}", file=put_file(output, writer.write(made), voice.tell)))


def _registered(path: Path, kind: str, category: str | None, plan: Plan, catalogue: Catalogue) -> list[list[str]]:
    """The units of a register as rows of a table begin. Raises InputError for a form that has no rows of units."""
    from scorekit.loading.forms import named_units
    from scorekit.loading.register import load_register

    if kind == "unit":
        what, cure = T("the form of one unit has no rows for the units of a register"), T("add --for units, office, panel or survey")
        raise InputError(what, "--register", cure)
    return named_units(load_register(path, catalogue, plan), plan, category)


def _writer(catalogue: Catalogue, output: Path) -> FormWriter:
    """The writer of files with the ending of *output*. Raises PluginError where there is none."""
    found = next((w for _, w in sorted(catalogue.forms.items()) if w.suffix == output.suffix.lower()), None)
    if found is None:
        endings = sorted({w.suffix for w in catalogue.forms.values()})
        raise PluginError(
            T("no form can be written with the ending “{suffix}”", suffix=output.suffix),
            str(output),
            T("use one of: {names}", names=endings),
        )
    return found
