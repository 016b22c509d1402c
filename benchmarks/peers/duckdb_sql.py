"""DuckDB: one SQL query, floats (DOUBLE) for rates.

What cannot be known is NULL, never NaN: DuckDB leaves ``isnan()`` out where the statistics of a Parquet file let it believe that there
is none.
"""

from __future__ import annotations

from benchmarks.peers import BANDS, BOOLS, COUNTS, CUTS, EACH, EXTRA, EXTRAS, FULL_PANEL, FULL_RATE, LEVELS, MOST_EXTRA, PANELS, RATES, STEP
from benchmarks.peers import VETOES as GATES
from benchmarks.reference import CAPPED, CLEAR, FIRED, FULL, MISSING, PART, ZERO
from benchmarks.workload import RATERS


def query(source: str, chosen: dict[str, list[int]], seats: int | None = None) -> str:
    """The query over *source*, a table or a Parquet file in quotes: one row a unit."""
    points, reasons = _points(chosen), _reasons(chosen)
    total = f"{_added((*BOOLS, *RATES, *BANDS, *COUNTS, *PANELS))} + least({_added(EXTRAS)}, {MOST_EXTRA})"
    lines = ", ".join(f'"points:{line}"' for line in points)
    codes = ", ".join(f'{sql}::UTINYINT AS "reason:{line}"' for line, sql in reasons.items())
    values = ", ".join(f'"value:{line}"::FLOAT AS "value:{line}"' for line in (*RATES, *PANELS))
    level = " + ".join(["1", *(f"(total >= {line})::INTEGER" for line in LEVELS)])
    order = "PARTITION BY category, vetoed ORDER BY total DESC, judged DESC, rates DESC"
    seat = "" if seats is None else f", rank > 0 AND rank <= {seats} AS seat"
    return f"""WITH
valued AS (SELECT *, {", ".join(_values())} FROM {source}),
pointed AS (SELECT *, {", ".join(f'({sql})::SMALLINT AS "points:{line}"' for line, sql in points.items())} FROM valued),
told AS (SELECT unit, category, {lines}, {codes}, {values}, {total} AS total, {_added(PANELS)} AS judged, {_added(RATES)} AS rates,
  {" OR ".join(GATES)} AS vetoed FROM pointed),
ranked AS (SELECT * EXCLUDE (judged, rates, vetoed), (CASE WHEN vetoed THEN 0 ELSE {level} END)::UTINYINT AS level,
  (CASE WHEN vetoed THEN 0 ELSE rank() OVER ({order}) END)::UINTEGER AS rank FROM told)
SELECT *{seat} FROM ranked"""


def _added(lines: tuple[str, ...]) -> str:
    return "(" + " + ".join(f'"points:{line}"::INTEGER' for line in lines) + ")"


def _values() -> list[str]:
    found = [
        f'CASE WHEN "rates.d{i}" <> 0 THEN "rates.n{i}" * 100::DOUBLE / "rates.d{i}" END AS "value:{line}"' for i, line in enumerate(RATES)
    ]
    for line in PANELS:
        marks = [f'"{line}@{rater}"' for rater in RATERS]
        rest = f"({' + '.join(marks)} - greatest({', '.join(marks)}) - least({', '.join(marks)}))"
        found.append(f'{rest}::DOUBLE / 5 AS "value:{line}"')
    return found


def _points(chosen: dict[str, list[int]]) -> dict[str, str]:
    found = {line: f'CASE WHEN "{line}" THEN {worth} ELSE 0 END' for line, worth in zip(BOOLS, chosen["bool"], strict=True)}
    for line, target, deduct in zip(RATES, chosen["target"], chosen["deduct"], strict=True):
        lost = f'greatest({target}::DOUBLE - "value:{line}", 0) * {deduct}'
        found[line] = f'CASE WHEN "value:{line}" IS NULL THEN 0 ELSE greatest(floor({FULL_RATE}.5::DOUBLE - {lost}), 0) END'
    for line in BANDS:
        found[line] = " + ".join(f'CASE WHEN "{line}" >= {cut} THEN {STEP} ELSE 0 END' for cut in CUTS)
    for line, cap in zip(COUNTS, chosen["cap"], strict=True):
        found[line] = f'least("{line}" * {EACH}, {cap})'
    found |= {line: f'floor("value:{line}" * {FULL_PANEL // 10} + 0.5::DOUBLE)' for line in PANELS}
    return found | {line: f'"{line}" * {EXTRA}' for line in EXTRAS}


def _reasons(chosen: dict[str, list[int]]) -> dict[str, str]:
    found = {line: f'CASE WHEN "{line}" THEN {FULL} WHEN "{line}" IS NULL THEN {MISSING} ELSE {ZERO} END' for line in BOOLS}
    found = {line: f"({sql})" for line, sql in found.items()}
    found |= {line: _graded(line, FULL_RATE, f'WHEN "value:{line}" IS NULL THEN {MISSING}') for line in RATES}
    found |= {line: _graded(line, STEP * len(CUTS)) for line in BANDS}
    for line, cap in zip(COUNTS, chosen["cap"], strict=True):
        found[line] = _graded(line, cap, f'WHEN "{line}" * {EACH} > {cap} THEN {CAPPED}')
    found |= {line: _graded(line, FULL_PANEL) for line in PANELS}
    found |= {line: f'(CASE WHEN "{line}" = 0 THEN {ZERO} ELSE {FULL} END)' for line in EXTRAS}
    return found | {line: f'(CASE WHEN "{line}" THEN {FIRED} ELSE {CLEAR} END)' for line in GATES}


def _graded(line: str, full: int, before: str = "") -> str:
    """Full, nothing or a part, after what comes before."""
    return f'(CASE {before} WHEN "points:{line}" = {full} THEN {FULL} WHEN "points:{line}" = 0 THEN {ZERO} ELSE {PART} END)'
