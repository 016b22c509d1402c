"""``scorekit demo``: a sample that comes with scorekit, evaluated in a temporary folder."""

from __future__ import annotations

import shlex
import tempfile
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from scorekit.cli.evaluate import carry_out
from scorekit.cli.options import catalogue_of, voice_of
from scorekit.errors import InputError, T

FIRST = "model-home"


def demo(
    context: typer.Context,
    sample: Annotated[str, typer.Argument(metavar="SAMPLE", help=T("The sample to evaluate (model-home unless said).").template)] = FIRST,
) -> None:
    """Evaluate a sample and say what to run next."""
    voice = voice_of(context)
    there = samples()
    if sample not in there:
        raise InputError(T("there is no sample “{name}”", name=sample), "", T("use one of: {names}", names=sorted(there)))
    from scorekit.loading.request import Request

    out = Path(tempfile.mkdtemp(prefix="scorekit-demo-")) / "scorekit-results"
    voice.tell(T("Evaluating the sample {name}: {folder}", name=sample, folder=there[sample]))
    outcome = carry_out(voice, catalogue_of(None, True, voice), there[sample], out, Request(lang=voice.lang))
    ranked = [unit for unit, rank in zip(outcome.standings.unit, outcome.standings.rank, strict=True) if rank == 1]
    unit = (ranked or list(outcome.standings.unit))[0]
    voice.tell(T("See how a unit came by its place:"), "  " + shlex.join(["scorekit", "explain", str(out), unit]))


def samples() -> dict[str, Path]:
    """The folders of submissions that come with scorekit, by the sample's name."""
    root = Path(str(resources.files("scorekit_samples")))
    return {folder.parent.name: folder for folder in sorted(root.glob("*/submissions"))}
