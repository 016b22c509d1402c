"""``scorekit extract``: a draft of a submission out of a union's narrative report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scorekit.cli.layout import table
from scorekit.cli.options import NoPlugins, PluginFolders, catalogue_of, look_first, voice_of, where_to
from scorekit.errors import InputError, T, Text
from scorekit.words import say

if TYPE_CHECKING:
    from scorekit.domain.drafts import Draft, Proposal

ReportPath = Annotated[Path, typer.Argument(metavar="REPORT", help=T("The report: .docx, .txt or .pdf.").template)]
RubricNamed = Annotated[str, typer.Option("--rubric", metavar="ID|PATH", help=T("The rubric that the submission is for.").template)]
DraftPath = Annotated[Path | None, where_to("FILE", T("The draft: .xlsx to look through, or .json; without it the proposals are printed."))]
TextEncoding = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help=T("Encoding of a .txt, where it is not recognised.").template)
]
MOST = 60
"""Signs of a sentence that are printed."""


def extract(
    context: typer.Context,
    report: ReportPath,
    rubric: RubricNamed,
    output: DraftPath = None,
    encoding: TextEncoding = None,
    plugins: PluginFolders = None,
    no_plugins: NoPlugins = False,
) -> None:
    """Propose values for a rubric's fields, each with its sentence, its place and how sure it is."""
    look_first(context, report)
    voice = voice_of(context)
    catalogue = catalogue_of(plugins, no_plugins, voice)
    from scorekit import __version__
    from scorekit.compiling import compile_plan
    from scorekit.drafting.proposing import drafted
    from scorekit.loading.reports import narrative
    from scorekit.loading.results import file_digest
    from scorekit.loading.rubrics import load_rubric
    from scorekit.saving import put_file

    writer = next((d for d in catalogue.drafters.values() if output is not None and output.suffix.lower() in d.suffixes), None)
    if output is not None and writer is None:
        endings = sorted(s for d in catalogue.drafters.values() for s in d.suffixes)
        raise InputError(T("no draft is written as “{suffix}”", suffix=output.suffix), str(output), T("use one of: {names}", names=endings))
    if output is not None and output.resolve() == report.resolve():
        raise InputError(T("the draft would be written over the report"), str(output), T("give the draft another name"))
    plan = compile_plan(load_rubric(rubric, catalogue), catalogue)
    told = narrative(report, catalogue, encoding)
    draft = drafted(plan, told.passages, report.name, file_digest(report), f"scorekit {__version__}")
    voice.tell(*told.remarks, *_summary(draft))
    if output is None or writer is None:
        voice.tell(*_listed(draft, voice.lang))
        return
    written = put_file(output, writer.render(draft, voice.lang), voice.warn)
    voice.tell(T("written: {file}", file=output.with_name(written.name)), T("Nothing is taken until a person says so for each proposal."))


def _summary(draft: Draft) -> Iterator[Text]:
    """What was found, counted."""
    from scorekit.domain.drafts import CONFIDENCE_WORDS

    yield T("{title} ({id} {version})", title=draft.title, id=draft.rubric, version=draft.version)
    counts = Counter(ps[0].confidence for ps in draft.proposals.values())
    parts = [T("{name} {count}", name=word, count=counts[code]) for code, word in CONFIDENCE_WORDS.items() if counts[code]]
    if not parts:
        yield T("nothing in the report fits a field of the rubric")
        return
    yield T(
        "{count} of {fields} fields have a proposal, {candidates} candidates in all; the first of each field: {parts}",
        count=draft.count,
        fields=len(draft.blanks),
        candidates=sum(len(ps) for ps in draft.proposals.values()),
        parts=parts,
    )


def _listed(draft: Draft, lang: str) -> Iterator[str]:
    """The proposals one by one: how sure, field, value, place, sentence; what is not for the unit to fill comes last."""
    rows = [_row(p, lang) for ps in draft.proposals.values() for p in ps]
    yield from table(rows)
    if draft.remarks:
        yield say(T("Found as well, but not for the unit to fill in (computed, or filled in by others):"), lang)
        yield from table([_row(p, lang) for p in draft.remarks])


def _row(proposal: Proposal, lang: str) -> list[str]:
    from scorekit.domain.drafts import CONFIDENCE_WORDS, place_words, value_words

    sentence = proposal.sentence.strip()
    at = max(0, sentence.find(proposal.shown) - MOST // 2)
    shown = ("…" if at else "") + sentence[at : at + MOST] + ("…" if at + MOST < len(sentence) else "")
    against = "；".join(say(c, lang) for c in proposal.cautions)
    value = value_words(proposal.value, proposal.unit)
    told: list[Text | str] = [CONFIDENCE_WORDS[proposal.confidence], proposal.title, value, place_words(proposal.spot)]
    return [*(say(t, lang) for t in told), shown, against]
