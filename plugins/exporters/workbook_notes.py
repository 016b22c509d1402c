"""问题清单 and 说明: what is wrong with the submissions, and how the figures are to be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Any

from scorekit.plugin import SEVERITY_WORDS, Column, GateSpec, T, Text, digest, field_titles, group_words, key_words, plain, problem_table

from .wording import effect_text
from .workbook_paper import GREY, Paper, legible, styled, widest
from .workbook_ranking import period

MOST_PROBLEMS = 5_000
"""Rows of the list of problems, the gravest first."""
MOST_FIGURES = 5_000
"""Lines of the figures of the population."""
_SIDES = {"bonus": T("bonuses"), "deduction": T("deductions")}
_STAGES = {
    "mark": T("marks"),
    "record": T("records"),
    "criterion": T("criteria"),
    "section": T("sections"),
    "weighted": T("weighted parts"),
    "total": T("the total"),
}
_MODES = {
    "half-up": T("half up"),
    "half-even": T("half to even"),
    "toward-zero": T("cut off"),
    "away-from-zero": T("away from zero"),
    "floor": T("down"),
    "ceiling": T("up"),
}
_POLICIES = {
    "zero": T("counted as 0"),
    "incomplete": T("no total until it is submitted or corrected"),
    "leave-out": T("left out"),
    "renormalise": T("left out, the rest put on the full marks"),
    "full": T("full marks"),
    "as-missing": T("taken as not submitted"),
    "mean-points": T("the mean of the group's points"),
    "mean-values": T("the mean of the group's values taken for its own"),
}


def write_problems(paper: Paper) -> None:
    """The list of problems."""
    say = paper.say
    columns = [c.tolist() for c in problem_table(paper.outcome.problems, paper.outcome.lang).take(slice(MOST_PROBLEMS))]
    left_out = len(paper.outcome.problems) - len(columns[0])
    titles = field_titles(paper.outcome)
    columns[0] = [say(SEVERITY_WORDS[s]) for s in columns[0]]
    columns[4] = [cell or (f if f.startswith("/") else "") for cell, f in zip(columns[4], columns[5], strict=True)]
    columns[5] = [titles.get(f.strip("/").replace("/", "."), f) for f in columns[5]]
    heads = [T("severity"), T("unit"), T("file"), T("sheet"), T("cell"), T("field"), T("problem"), T("what to do")]
    page = paper.page(
        say(T("Problems")), [7, widest(columns[1], 14, 28), widest(columns[2], 10, 22), 11, widest(columns[4], 8, 22), 20, 40, 36]
    )
    page.title(say(T("{title}: problems in the submissions", title=paper.outcome.plan.base.title)), 16)
    if left_out > 0:
        page.line(say(T("{count} more rows are in the table of problems beside this file.", count=left_out)))
    page.heads([say(h) for h in heads])
    page.freeze(2)
    page.sheet.autofilter(page.row - 1, 0, page.row - 1 + len(columns[0]), len(heads) - 1)
    left, middle = paper.style(align="left"), paper.style(align="center")
    page.fill([styled(legible(c), middle if i in (0, 4) else left) for i, c in enumerate(columns)])


def write_notes(paper: Paper) -> None:
    """How to read the tables, by which standard, from which sources."""
    page = paper.page(paper.say(T("Notes")), [20, 116])
    page.title(paper.say(T("{title}: notes", title=paper.outcome.plan.base.title)), 16)
    told = [(paper.say(head), paper.say(text).split("\n")) for head, text in _notes(paper) if text]
    rows = [
        (head if first else "", line) for head, lines in told for first, line in zip([True, *[False] * len(lines)], lines, strict=False)
    ]
    head, body = paper.style(bold=True, align="center", bg_color=GREY), paper.style(align="left")
    page.fill([styled(legible([r[0] for r in rows]), head), styled(legible([r[1] for r in rows]), body)])


def _notes(paper: Paper) -> Iterator[tuple[Text, Text | str]]:
    outcome, say = paper.outcome, paper.say
    rubric, notice = outcome.plan.rubric, outcome.notice
    frame = rubric.frame
    identity = T(
        "{title}, {id} version {version}; digest {digest}",
        title=rubric.title,
        id=rubric.id,
        version=rubric.version,
        digest=digest(rubric.document)[:16],
    )
    yield T("standard"), identity
    yield T("period"), "    ".join(period(paper))
    if notice is not None:
        yield T("notice"), _seats(paper)
        yield T("basis of the result"), notice.basis
    yield (
        T("how the total is made"),
        T("total = base + bonus − deduction + adjusted; adjusted is what rounding, floors, caps and gates changed on the total"),
    )
    yield T("rounding"), _rounding(paper, frame.get("rounding", {"criterion": {"decimals": 2}}))
    yield T("gaps"), _policies(paper, frame)
    whole = {"total": frame["total"]["cap"]} if "cap" in frame.get("total", {}) else {}
    yield T("caps"), _caps(paper, {**frame.get("caps", {}), **whole})
    yield T("levels"), _levels(paper)
    yield T("ties"), _ties(paper)
    yield T("gates"), "\n".join(_gate(paper, gate) for gate in outcome.plan.gates)
    yield (
        T("status"),
        T(
            "ranked: has a place; not awarded: keeps place and score but takes no seat; not ranked: has a score but no place; "
            "incomplete: a figure is missing without which there is no total; invalid: identity or category is not usable"
        ),
    )
    yield T("figures of the population"), "\n".join(_figures(paper))
    yield T("our own reading"), str(frame.get("reading", ""))
    yield T("notes of the standard"), "\n".join(str(n) for n in frame.get("notes", ()))
    yield (
        T("sources"),
        "\n".join(f"{key} {source.get('title', '')} {source.get('address', '')}" for key, source in outcome.plan.base.sources.items()),
    )
    yield T("software"), f"scorekit {outcome.run.get('software', '')}".strip()
    yield T("for recomputation"), say(T("run.json beside this file holds the digests of all inputs and the options of the run"))


def _seats(paper: Paper) -> str:
    notice = paper.outcome.notice
    assert notice is not None
    seats = [paper.say(T("{category}: {count} seats", category=c, count=s.seats)) for c, s in notice.categories.items()]
    only = [paper.say(T("{name}: assessed only", name=n)) for n in sorted(notice.assess_only_categories | notice.assess_only_units)]
    return _listed(paper, [*seats, *only])


def _rounding(paper: Paper, stages: Mapping[str, Any]) -> str:
    stages = stages if "total" in stages else {**stages, "total": {"decimals": paper.outcome.plan.base.total_rounding.decimals}}
    told = []
    for stage, spec in stages.items():
        mode = _MODES.get(spec.get("mode", "half-up"), spec.get("mode", ""))
        told.append(
            paper.say(T("{stage}: {decimals} digits, {mode}", stage=_STAGES.get(stage, stage), decimals=spec["decimals"], mode=mode))
        )
    own = paper.outcome.plan.base.total.print
    if own is not None:
        told.append(
            paper.say(T("on this paper the total stands with {decimals} digits; ranks and levels go by the whole figure", decimals=own))
        )
    return _listed(paper, told)


def _policies(paper: Paper, frame: Mapping[str, Any]) -> str:
    given = {
        "missing": "zero",
        "not_applicable": "renormalise",
        "invalid": "incomplete",
        **{k: v for k, v in frame.items() if isinstance(v, str)},
        **{k: f"mean-{v['mean']}" for k, v in frame.items() if k in ("missing", "not_applicable") and isinstance(v, Mapping)},
    }
    words = {key: _POLICIES.get(given[key], given[key]) for key in ("missing", "not_applicable", "invalid")}
    text = T(
        "unless an item says otherwise: not submitted — {missing} (deductions and gates: asked for); "
        "not applicable — {not_applicable}; invalid — {invalid}",
        **words,
    )
    return paper.say(text)


def _caps(paper: Paper, caps: Mapping[str, Any]) -> str:
    told = [
        (T("bonus in all at most {most}"), "bonus"),
        (T("deduction in all at most {most}"), "deduction"),
        (T("total at most {most}"), "total"),
    ]
    found = []
    for text, key in told:
        cap, largest = _cap(caps.get(key))
        if cap is not None:
            found.append(paper.say(Text(text.template, {"most": _figure(cap)})))
        if largest:
            found.append(paper.say(T("{kind}: only the largest counts", kind=_SIDES[key])))
    for name, group in caps.get("groups", {}).items():
        found += [paper.say(text) for text in _group(group_words(paper.outcome.plan.criteria, name) or [name], group)]
    return _listed(paper, found)


def _cap(raw: Any) -> tuple[Any, bool]:
    """A cap as it is written, and whether only the largest counts."""
    return (raw.get("cap"), raw.get("take") == "largest") if isinstance(raw, Mapping) else (raw, False)


def _group(items: list[str], raw: Any) -> Iterator[Text]:
    """What the caps of a group say, by its title, or by its items where it has none."""
    cap, largest = _cap(raw)
    own = raw if isinstance(raw, Mapping) else {}
    title = own.get("title") or items
    if cap is not None and not {"plus", "minus"} <= own.keys():
        yield T("group {name} at most {most}", name=title, most=_figure(cap))
    if "plus" in own:
        yield T("group {name}: bonuses at most {most}", name=title, most=_figure(own["plus"]))
    if "minus" in own:
        yield T("group {name}: deductions at most {most}", name=title, most=_figure(own["minus"]))
    if largest:
        yield T("group {name}: only the largest counts", name=title)


def _levels(paper: Paper) -> str:
    """The ladder of the base standard; a category's own lines are named."""
    told = []
    tracks = paper.outcome.plan.tracks
    ladders: dict[Any, tuple[str, ...]] = {}
    for track in tracks:
        ladders[track.standard.levels] = (*ladders.get(track.standard.levels, ()), *track.categories)
    for levels, categories in ladders.items():
        parts = []
        for level in levels:
            more = paper.say(T(" and its further conditions")) if level.condition else ""
            line = f" ≥ {_figure(level.at_least)}" if level.at_least is not None else ""
            parts.append(f"{level.title}{line}{more}")
        names = "、".join(categories) if len(ladders) > 1 else ""
        told.append((f"{names}: " if names else "") + ("、" if paper.outcome.lang == "zh" else ", ").join(parts))
    return "\n".join(t for t in told if t)


def _ties(paper: Paper) -> str:
    keys = [paper.say(key_words(tie.spec)) for tie in paper.outcome.plan.tracks[0].rankings[0].ties]
    if not keys:
        return paper.say(T("equal totals share a place, and the next place is skipped (1, 2, 2, 4)"))
    return paper.say(
        T(
            "equal totals are compared by {keys} in turn; what is still equal shares a place, and the next place is skipped (1, 2, 2, 4)",
            keys=keys,
        )
    )


def _gate(paper: Paper, gate: GateSpec) -> str:
    told = " ".join(filter(None, (gate.no, gate.title)))
    wording = f"（{gate.wording}）" if gate.wording else ""
    return f"{told}{wording} → {paper.say(effect_text(paper.outcome.plan, gate))}"


def _figures(paper: Paper) -> Iterator[str]:
    """The figures of the population, as many as the sheet lists, and how many more there are."""
    yield from islice(_population(paper), MOST_FIGURES)
    more = sum(len(told["groups"]) for told in paper.outcome.population.values()) - MOST_FIGURES
    if more > 0:
        yield paper.say(T("{count} more are in run.json beside this file.", count=more))


def _population(paper: Paper) -> Iterator[str]:
    """A line for each group of each figure; a place that each unit has for itself is said of how many units only."""
    for told in paper.outcome.population.values():
        for entry in told["groups"]:
            group = "、".join(str(g) for g in entry["group"]) or paper.say(T("all units"))
            value = _shortened(entry["value"]) if "value" in entry else "—"
            if "values" in entry:
                yield paper.say(T("{title}, {group}: {n} units compared", title=told["title"], group=group, n=entry["n"]))
            else:
                yield paper.say(T("{title}, {group}: {value} ({n} units)", title=told["title"], group=group, value=value, n=entry["n"]))


def _shortened(value: str) -> str:
    """A recorded figure as people read it: a fraction without an end is cut."""
    return plain(Column.of(Fraction(value)))[0] if "/" in value else value


def _listed(paper: Paper, sentences: Sequence[str]) -> str:
    return ("；" if paper.outcome.lang == "zh" else "; ").join(sentences)


def _figure(value: Any) -> str:
    """A number as the standard writes it; anything else as it stands."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)
