"""Charts as SVG whose text is text, drawn the same from the same figures; Chinese is shown by the reader's own fonts."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.measure import Row, needed
from benchmarks.page import PROGRAMS, worded

SETTINGS = {"svg.fonttype": "none", "svg.hashsalt": "scorekit", "font.family": "DejaVu Sans", "font.size": 9, "axes.axisbelow": True}
COLOURS = ("#c0392b", "#2c6fbb", "#2e8b57", "#8e6bbf")


@contextmanager
def drawn(path: Path, width: float, height: float) -> Iterator[Any]:
    """Axes to draw on; the figure is written to *path* afterwards. Raises Absent where matplotlib is not installed."""
    needed("matplotlib")
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with warnings.catch_warnings(), mpl.rc_context(SETTINGS):
        warnings.filterwarnings("ignore", message=".*[Gg]lyph.*")  # it measures Chinese text with a font that has none
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.subplots()
        yield axes
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line.rstrip() for line in lines) + "\n", encoding="utf-8")


def ratios(path: Path, works: Mapping[str, Sequence[Row]]) -> Path:
    """A line for each row with a goal: its ratio, the goal, and the peers of the same work; to the left is faster."""
    rows = [
        (title, row, [r for r in all_ if r.work == row.work and r is not row])
        for title, all_ in works.items()
        for row in all_
        if _held(row)
    ]
    with drawn(path, 8, 1.2 + 0.42 * max(len(rows), 1)) as axes:
        for place, (_, row, peers) in enumerate(rows):
            others = [r.ratio for r in peers if r.ratio is not None and not r.who.startswith("scorekit")]
            axes.plot(others, [place] * len(others), "o", color="#b0b0b0", markersize=5, label="别的程序" if not place else None)
            axes.plot([row.goal], [place], "|", color="black", markersize=14, markeredgewidth=2, label="目标" if not place else None)
            colour = COLOURS[2] if row.reached else COLOURS[0]
            axes.plot([row.ratio], [place], "D", color=colour, markersize=6, label="scorekit" if not place else None)
        axes.set_yticks(range(len(rows)), [f"{title}：{worded(row.who, PROGRAMS)}" for title, row, _ in rows])
        axes.set_xscale("log")
        axes.set_xlabel("与标杆程序用时之比（对数坐标；越靠左越快；绿色为达到目标，红色为没有达到）")
        axes.grid(visible=True, axis="x", color="#e0e0e0")
        axes.set_ylim(len(rows) - 0.5, -0.5)
        if rows:
            axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=3, frameon=False)
    return path


def _held(row: Row) -> bool:
    return row.goal is not None and row.ratio is not None


def growth(path: Path, series: Mapping[str, Sequence[tuple[float, float]]], across: str, up: str) -> Path:
    """A line for each series of points, both axes logarithmic."""
    with drawn(path, 7, 4.2) as axes:
        for place, (name, points) in enumerate(series.items()):
            colour = COLOURS[place % len(COLOURS)]
            axes.plot([x for x, _ in points], [y for _, y in points], "o-", color=colour, label=name, markersize=4, linewidth=1.2)
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlabel(across)
        axes.set_ylabel(up)
        axes.grid(visible=True, color="#e0e0e0")
        if series:
            axes.legend(loc="best")
    return path
