"""``scorekit rubric``: which rubrics there are, what one says, whether it holds together, how one is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scorekit.cli.layout import table
from scorekit.cli.options import NoPlugins, NoticePath, PluginFolders, Strict, catalogue_of, look_first, voice_of, where_to
from scorekit.cli.pages import Command, Group
from scorekit.cli.standard import standard
from scorekit.cli.summary import BLEMISHED, conclude, problem_lines
from scorekit.errors import OutputError, T

if TYPE_CHECKING:
    from scorekit.cli.voice import Voice

Reference = Annotated[str, typer.Argument(metavar="RUBRIC", help=T("The id of a rubric, or the path of its file.").template)]
Category = Annotated[str | None, typer.Option("--category", metavar="NAME", help=T("The category whose standard is printed.").template)]
SchemaPath = Annotated[Path | None, where_to("FILE", T("The file to write instead of printing."))]
CasesPath = Annotated[
    Path | None,
    typer.Option("--cases", metavar="FILE", help=T("The file of the cases, where it is not cases.json beside the rubric.").template),
]

rubric = typer.Typer(cls=Group, rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False, no_args_is_help=True)


@rubric.command("list", cls=Command, help=T("List the rubrics that can be named.").template)
def listed(context: typer.Context, plugins: PluginFolders = None, no_plugins: NoPlugins = False) -> None:
    """Print id, version and title of every shipped rubric."""
    from scorekit.loading.rubrics import shipped

    voice = voice_of(context)
    rubrics = shipped(catalogue_of(plugins, no_plugins, voice))
    voice.tell(*table([[r.id, r.version, r.title] for r in rubrics]))


@rubric.command("show", cls=Command, help=T("Print a rubric as a standard: clauses, full marks, gates, levels.").template)
def show(
    context: typer.Context,
    reference: Reference,
    category: Category = None,
    format: Annotated[
        str, typer.Option("--format", metavar="text|markdown|html|xlsx", help=T("The form of the standard: text unless said.").template)
    ] = "text",
    output: SchemaPath = None,
    plugins: PluginFolders = None,
    no_plugins: NoPlugins = False,
) -> None:
    """Print one rubric as a standard, or write it to a file."""
    look_first(context)
    from scorekit.cli.standard import known_category
    from scorekit.compiling import compile_plan, printed_standard
    from scorekit.loading.rubrics import load_rubric

    voice = voice_of(context)
    catalogue = catalogue_of(plugins, no_plugins, voice)
    plan = compile_plan(load_rubric(reference, catalogue), catalogue)
    known_category(plan, category)
    if format == "text":
        _given(voice, "\n".join(standard(plan, category, voice.lang)), output)
        return
    printer = catalogue.find("printers", format, "--format")
    _given(voice, printer.write(printed_standard(plan, category, voice.lang)), output)


def _given(voice: Voice, made: str | bytes, output: Path | None) -> None:
    """Print a text, or write it where it was asked for; a workbook is only written. Raises OutputError."""
    if output is None:
        if isinstance(made, bytes) and made.startswith(b"PK"):
            raise OutputError(T("a workbook cannot be printed here"), "--format", T("say where it goes: -o FILE.xlsx"))
        voice.tell(made if isinstance(made, str) else made.decode("utf-8").rstrip("\n"))
        return
    from scorekit.saving import put_file

    put_file(output, made if isinstance(made, bytes) else f"{made}\n".encode(), voice.warn)
    voice.tell(T("written: {file}", file=output))


@rubric.command("check", cls=Command, help=T("Check that a rubric holds together.").template)
def check(
    context: typer.Context, reference: Reference, strict: Strict = False, plugins: PluginFolders = None, no_plugins: NoPlugins = False
) -> None:
    """Print what a rubric's author should look at again."""
    look_first(context)
    from scorekit.compiling import checks, compile_plan
    from scorekit.loading.rubrics import load_rubric

    voice = voice_of(context)
    catalogue = catalogue_of(plugins, no_plugins, voice)
    plan = compile_plan(load_rubric(reference, catalogue), catalogue)
    found = checks(plan)
    head = plan.rubric
    counts = {"criteria": len(plan.criteria), "gates": len(plan.gates), "fields": len(plan.fields)}
    voice.tell(T("{title} ({id} {version})", title=head.title, id=head.id, version=head.version))
    voice.tell(T("{criteria} criteria, {gates} gates, {fields} fields", **counts))
    voice.tell(*(problem_lines(found, voice.lang, of_standard=True) if found else [T("Nothing to find fault with.")]))
    conclude(found, strict)


@rubric.command("test", cls=Command, help=T("Run the worked cases that stand beside a rubric.").template)
def rehearse(
    context: typer.Context,
    reference: Reference,
    cases: CasesPath = None,
    plugins: PluginFolders = None,
    no_plugins: NoPlugins = False,
) -> None:
    """Evaluate every case and say which figures came out otherwise; status 1 where one did."""
    look_first(context, documents=[cases])
    from scorekit.cli.rehearsal import rehearsal
    from scorekit.compiling import compile_plan
    from scorekit.loading.rubrics import load_rubric
    from scorekit.rehearsing.cases import cases_beside, load_cases, rehearsed

    voice = voice_of(context)
    catalogue = catalogue_of(plugins, no_plugins, voice)
    found = load_rubric(reference, catalogue)
    plan = compile_plan(found, catalogue)
    verdicts = list(rehearsed(load_cases(cases or cases_beside(Path(found.where)), plan), plan, catalogue))
    voice.tell(T("{title} ({id} {version})", title=found.title, id=found.id, version=found.version), *rehearsal(verdicts, plan, voice.lang))
    if any(v.differences for v in verdicts):
        raise typer.Exit(BLEMISHED)


@rubric.command("diff", cls=Command, help=T("Say what changed from one rubric to another, and for whom.").template)
def diff(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help=T("The rubric as it was: an id or a path.").template)],
    new: Annotated[str, typer.Argument(metavar="NEW", help=T("The rubric as it is now: an id or a path.").template)],
    submissions: Annotated[
        Path | None, typer.Argument(metavar="SUBMISSIONS", help=T("Submissions to evaluate by both: who is concerned.").template)
    ] = None,
    notice: NoticePath = None,
    plugins: PluginFolders = None,
    no_plugins: NoPlugins = False,
) -> None:
    """Print every change by class; given submissions, the units whose level, rank or award changes."""
    look_first(context, submissions, documents=[notice])
    from scorekit.cli.changes import changes, replay
    from scorekit.compiling import compile_plan
    from scorekit.compiling.differences import differences
    from scorekit.loading.rubrics import load_rubric
    from scorekit.rehearsing.replay import replayed

    voice = voice_of(context)
    catalogue = catalogue_of(plugins, no_plugins, voice)
    before, after = (load_rubric(reference, catalogue) for reference in (old, new))
    names = [T("{title} ({id} {version})", title=r.title, id=r.id, version=r.version) for r in (before, after)]
    found = differences(compile_plan(before, catalogue), compile_plan(after, catalogue), voice.lang)
    lines = list(changes(found, voice.lang))
    if submissions is not None:
        lines += replay(replayed(before, after, submissions, catalogue, notice), voice.lang)
    voice.tell(T("{old} → {new}", old=names[0], new=names[1]), *lines)


@rubric.command("new", cls=Command, help=T("Begin a rubric: from options, or from a table of clauses.").template)
def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help=T("The id of the rubric: small letters, digits and -.").template)],
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help=T("The title of the standard.").template)] = None,
    table: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help=T("A table of clauses: 项目, 内容, 分值, 评分办法 (.xlsx, .csv).").template),
    ] = None,
    section: Annotated[
        list[str] | None, typer.Option("--section", metavar="TITLE[=POINTS]", help=T("A section. May be repeated.").template)
    ] = None,
    category: Annotated[
        list[str] | None, typer.Option("--category", metavar="NAME", help=T("A category. May be repeated.").template)
    ] = None,
    level: Annotated[
        list[str] | None, typer.Option("--level", metavar="TITLE=LINE", help=T("A level, the best first. May be repeated.").template)
    ] = None,
    output: Annotated[Path, where_to("DIR", T("The folder in which the rubric's own is made."))] = Path(),
    plugins: PluginFolders = None,
    no_plugins: NoPlugins = False,
) -> None:
    """Write a rubric that loads and evaluates, and say what is left to be done."""
    look_first(context, table)
    from scorekit.cli.drafting import begun
    from scorekit.compiling import compile_plan
    from scorekit.drafting.skeleton import todo
    from scorekit.loading.rubrics import load_rubric

    voice = voice_of(context)
    catalogue = catalogue_of(plugins, no_plugins, voice)
    options = {"title": title, "table": table, "sections": section or [], "categories": category or [], "levels": level or []}
    path, made = begun(name, output, catalogue, voice.lang, **options)  # type: ignore[arg-type]
    plan = compile_plan(load_rubric(path, catalogue), catalogue)
    counts = {"criteria": len(plan.criteria), "gates": len(plan.gates), "fields": len(plan.fields)}
    voice.tell(T("A rubric to begin with: {file}", file=path), T("{criteria} criteria, {gates} gates, {fields} fields", **counts))
    voice.tell(T("To be done: {count}", count=todo(made)), f"  scorekit rubric check {path}", f"  scorekit rubric show {path}")


@rubric.command("schema", cls=Command, help=T("Print the schema of rubrics, which completes rules in an editor.").template)
def schema(context: typer.Context, output: SchemaPath = None, plugins: PluginFolders = None, no_plugins: NoPlugins = False) -> None:
    """Print or write the meta-schema with the parameters of every rule there is."""
    from scorekit.compiling import metaschema

    voice = voice_of(context)
    text = json.dumps(metaschema(catalogue_of(plugins, no_plugins, voice)), ensure_ascii=False, indent=2)
    _given(voice, text, output)
