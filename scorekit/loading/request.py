"""What a person asks of one run, in one record: it travels whole from the command line to where it is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from scorekit.domain.rubric import Rubric
from scorekit.loading.keeping import Kept
from scorekit.loading.settings import Settings

REFUSE, LATEST = "refuse", "latest"


@dataclass(frozen=True, slots=True)
class Request:
    """The options of one run. Where one is None, ``scorekit.toml`` may say it, and else the submissions or the default do.

    ``rubric``: an id, a path, or a rubric as it is; ``notice``: the file of this round's notice; ``encoding``: of CSV files;
    ``lang``: of the results; ``results``: the folders of earlier runs, by the names by which the rubric reads them;
    ``kept``: what was read of files that did not change; ``register``: the file that lists the units (名册);
    ``twice``: which of two files counts that one unit sent, ``refuse`` (neither) or ``latest``.
    """

    rubric: Rubric | str | Path | None = None
    notice: Path | None = None
    encoding: str | None = None
    lang: str = "zh"
    results: Mapping[str, Path] = field(default_factory=dict)
    kept: Kept | None = None
    register: Path | None = None
    twice: str | None = None

    def beside(self, settings: Settings) -> Request:
        """The request, with what stands in the settings where it says nothing itself; the rubric is settled elsewhere."""
        return replace(
            self,
            notice=self.notice or settings.notice,
            encoding=self.encoding or settings.encoding,
            register=self.register or settings.register,
            twice=self.twice or settings.twice or REFUSE,
        )


NOTHING_SAID = Request()
