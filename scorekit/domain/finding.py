"""Finding names among millions of others: which row holds the name asked for."""

from __future__ import annotations

import numpy as np

from scorekit.domain.roll import Names, Rows

NOWHERE = -1


class Finder:
    """Knows where each of some names stands first."""

    def __init__(self, names: Names) -> None:
        self.names = names
        marks = names.fingerprints()
        self._order = np.argsort(marks, kind="stable")
        self._marks = marks[self._order]

    def rows(self, asked: Names) -> Rows:
        """The row of each name that is asked for, −1 where it is none of those known, or empty."""
        found = np.full(len(asked), NOWHERE, dtype=np.int64)
        if not len(self.names) or not len(asked):
            return found
        marks = asked.fingerprints()
        at = np.minimum(np.searchsorted(self._marks, marks), len(self._marks) - 1)
        hits = np.flatnonzero((self._marks[at] == marks) & (asked.lengths > 0))
        rows = self._order[at[hits]]
        same, wanted = self.names.take(rows), asked.take(hits)
        if same == wanted:
            found[hits] = rows
        else:  # two texts with one fingerprint, which is as good as never
            known = {text: row for row, text in reversed(list(enumerate(self.names)))}
            found[hits] = [known.get(text, NOWHERE) for text in wanted]
        return found
