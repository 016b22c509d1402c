"""public.csv: the public list for programs and web pages."""

from __future__ import annotations

from scorekit.plugin import PublicList, Publisher, csv_texts, hookimpl


def render(found: PublicList) -> bytes:
    """One line a unit under the columns' own names, UTF-8 with a byte order mark."""
    lines = [",".join(csv_texts(list(row))) + "\n" for row in (found.names, *found.rows)]
    return b"\xef\xbb\xbf" + "".join(lines).encode("utf-8", "backslashreplace")


@hookimpl
def scorekit_publishers() -> list[Publisher]:
    """Offer the table."""
    return [Publisher("csv", "public.csv", render, "public.csv, for programs and web pages")]
