"""From a narrative report to its passages, through the extractor of its ending."""

from __future__ import annotations

from pathlib import Path

from scorekit.catalogue import Catalogue
from scorekit.domain.intake import SourceFile
from scorekit.domain.reports import Extractor, Narrative
from scorekit.errors import InputError, T
from scorekit.loading.settings import check_there

LONGEST = 100_000
"""Characters of a report; the longest that were seen have a quarter of them."""


def narrative(path: Path, catalogue: Catalogue, encoding: str | None = None) -> Narrative:
    """The text of the report at *path*. Raises InputError where it is not there or is refused, or no extractor reads its ending."""
    check_there(path)
    if path.is_dir():
        raise InputError(T("a report is one file, and this is a folder"), str(path), T("name the file of the report"))
    reading = _by_suffix(catalogue)
    extractor = reading.get(path.suffix.lower())
    if extractor is None:
        what = T("reports with the ending “{suffix}” are not read", suffix=path.suffix or path.name)
        raise InputError(what, str(path), T("save it as one of: {names}", names=sorted(reading)))
    told = extractor.read(SourceFile(path, path.name), encoding)
    if sum(len(p.text) for p in told.passages) > LONGEST:
        what = T("the report has more than {limit} characters", limit=LONGEST)
        raise InputError(what, str(path), T("keep the report itself and leave out what is appended"))
    return told


def _by_suffix(catalogue: Catalogue) -> dict[str, Extractor]:
    found: dict[str, Extractor] = {}
    for extractor in sorted(catalogue.extractors.values(), key=lambda e: e.name):
        for suffix in extractor.suffixes:
            if suffix in found:
                first, second = found[suffix].name, extractor.name
                what = T("the readers {first} and {second} both read {suffix}", first=first, second=second, suffix=suffix)
                raise InputError(what, "", T("remove one of the two plugins"))
            found[suffix] = extractor
    return found
