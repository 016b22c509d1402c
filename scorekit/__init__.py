"""scorekit scores assessments by published standards: a rubric in, a ranking with its reasons out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from scorekit.domain.rubric import Rubric
    from scorekit.errors import ScorekitError
    from scorekit.results import Result

__all__ = ["Result", "Rubric", "ScorekitError", "__version__", "evaluate", "load_rubric"]
__version__ = "0.2.0"


def load_rubric(reference: str | Path, *, plugins: Sequence[str | Path] = ()) -> Rubric:
    """The rubric of an id (``"model-home"``) or a path. *plugins* are folders of plugins to load.

    Raises ScorekitError with file, JSON pointer and cure where there is none, or it is wrong.
    """
    from scorekit.catalogue import discover
    from scorekit.loading.rubrics import load_rubric as load

    return load(reference, discover([Path(p) for p in plugins]))


def evaluate(
    submissions: str | Path | pd.DataFrame,
    rubric: Rubric | str | Path | None = None,
    *,
    notice: str | Path | None = None,
    encoding: str | None = None,
    plugins: Sequence[str | Path] = (),
    lang: str = "zh",
    results: Mapping[str, str | Path] | None = None,
    engine: str = "local",
    workers: int | None = None,
    scheduler: str | None = None,
) -> Result:
    """Evaluate a folder or file of submissions, or a DataFrame (one unit a row, columns by field path, title or alias).

    *rubric* may be left out where the submissions name it; *results* names the folders of earlier runs that it reads;
    *engine*, *workers* and *scheduler* say who does the work, as the options of the command line do.
    Raises ScorekitError; faults in the data are in ``problems``.
    """
    from scorekit.catalogue import discover
    from scorekit.domain.engines import Workforce
    from scorekit.evaluation import evaluate as run
    from scorekit.loading.commission import commission, framed
    from scorekit.loading.request import Request
    from scorekit.results import Result

    catalogue = discover([Path(p) for p in plugins])
    given = Path(notice) if notice is not None else None
    earlier = {name: Path(folder) for name, folder in (results or {}).items()}
    request = Request(rubric, given, encoding, lang, earlier)
    if isinstance(submissions, (str, Path)):
        work = commission(Path(submissions), catalogue, request)
    else:
        work = framed(submissions, catalogue, request)
    crew = catalogue.find("engines", engine, "engine").employing(Workforce(workers, scheduler))
    return Result(run(work, catalogue, run=crew), catalogue)


def __getattr__(name: str) -> Any:
    """Names of the API that are imported when they are first used."""
    if name == "Result":
        from scorekit.results import Result

        return Result
    if name == "Rubric":
        from scorekit.domain.rubric import Rubric

        return Rubric
    if name == "ScorekitError":
        from scorekit.errors import ScorekitError

        return ScorekitError
    raise AttributeError(f"module 'scorekit' has no attribute {name!r}")
