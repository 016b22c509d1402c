"""The documentation tells the truth: pages from code are up to date, examples run and print what stands there, links lead somewhere."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import scorekit
from docs import generate, trial
from docs.pages import commands, files, hooks, rules
from scorekit.catalogue import discover
from scorekit.cli.pages import TAKEN_TOO
from scorekit.compiling import checks, compile_plan
from scorekit.domain.column import Column
from scorekit.domain.formula import ARITY, LIST_FUNCTIONS, RESULT_FIGURES
from scorekit.domain.reasons import SEVERITY_WORDS, STATUS_WORDS, reason_code
from scorekit.domain.tables import OUTCOMES, Reason
from scorekit.loading.notices import load_notice
from scorekit.loading.rubrics import rubric_of
from scorekit.plugin import Hooks

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("rubrics/*/README.md"), *ROOT.glob("samples/*/README.md")]
)  # fmt: skip
FOLLOWED = trial.documents()
HAND = re.findall(r"<!-- hand: (\S+) -->", (ROOT / "README.md").read_text(encoding="utf-8"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def marked(path: Path, kind: str) -> list[str]:
    return [block.text for block in trial.blocks(path.read_text(encoding="utf-8")) if block.kind == kind]


# -------------------------------------------------------------------- what is made from the code


@pytest.mark.parametrize("page", sorted(generate.PAGES))
def test_a_generated_page_is_what_the_code_makes(page: str) -> None:
    assert (REFERENCE / page).read_text(encoding="utf-8") == generate.PAGES[page](), "run: python -m docs.generate"


def test_every_rule_is_documented_with_its_signature_and_an_example_that_scores() -> None:
    told, found = text("docs/reference/rules.md"), discover(third_party=False).rules
    for name, rule in found.items():
        section = told.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        assert rules.parameters(rule) in told, name
        assert [p.name for p in rule.params if f"| `{p.name}` |" not in section] == [], name
        assert {"scored", "not-applicable"} & {row["outcome"] for _, row in rules.worked(rules.example(name))[0].scores.iterrows()}, name


def test_every_rule_example_belongs_to_a_rule() -> None:
    assert {p.stem for p in rules.EXAMPLES.glob("*.json")} == set(discover(third_party=False).rules)


def test_every_hook_is_documented_with_its_exact_signature() -> None:
    told = text("docs/reference/hooks.md")
    offered = [name for name in vars(Hooks) if name.startswith("scorekit_")]
    assert [n for n in offered if f"def {n}{hooks._signature(getattr(Hooks, n))}" not in told] == []
    assert sorted(hooks.HOOKS) == sorted(offered)


@pytest.mark.parametrize("hook", sorted(hooks.HOOKS))
def test_the_plugin_shown_for_a_hook_is_found_and_offers_something(hook: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "packs" / "my_rubrics").mkdir(parents=True)
    (tmp_path / "packs" / "my_rubrics" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path / "packs")
    [source] = [s for s in marked(REFERENCE / "hooks.md", "plugin") if f"def {hook}()" in s]
    (tmp_path / "shown.py").write_text(source, encoding="utf-8")
    [info] = [p for p in discover([tmp_path], third_party=False).plugins if p.origin == "folder"]
    assert {kind for kind, _ in info.offers} == {hook.removeprefix("scorekit_")}


def test_every_command_and_option_is_documented() -> None:
    told = text("docs/reference/commands.md")
    for path, command in commands.commands():
        section = told.partition(f"\n## scorekit {path}\n")[2].partition("\n## ")[0]
        names = [name for param in command.params for name in (*param.opts, *param.secondary_opts) if name.startswith("-")]
        names = [name for name in names if name not in TAKEN_TOO]
        assert section, path
        assert [n for n in names if n not in section] == [], path


def test_every_code_is_documented() -> None:
    told = text("docs/reference/codes.md")
    known = [*(reason_code(r) for r in Reason), *OUTCOMES, *STATUS_WORDS, *SEVERITY_WORDS]
    assert [c for c in known if f"`{c}`" not in told] == []


def test_every_message_is_documented() -> None:
    told, missing = text("docs/reference/messages.md"), []
    for path in sorted([*(ROOT / "scorekit").rglob("*.py"), *(ROOT / "plugins").rglob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "T" and isinstance(node.args[0], ast.Constant):
                template = str(node.args[0].value).replace("|", "\\|").replace("\n", " ")
                missing += [template] if f"| {template} |" not in told else []
    assert missing == []


def test_every_result_file_and_column_is_documented() -> None:
    found = files.written()
    assert sorted(files.FILES) == sorted(found)
    for name, columns in files.COLUMNS.items():
        assert [c for c in found[name] if not c.startswith("section:")] == [c for c in columns if not c.startswith("section:")], name
    assert sorted(files.RECORD) == sorted(found["run.json"])


# -------------------------------------------------------------------- the rubric language


def spelt(schema: Any) -> Iterator[str]:
    """Every key and every choice that the schema of rubrics knows."""
    if isinstance(schema, dict):
        for name, inner in schema.items():
            if name == "properties" and isinstance(inner, dict):
                yield from inner
            elif name == "enum":
                yield from (str(choice) for choice in inner)
            yield from spelt(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from spelt(inner)


def test_every_key_and_choice_of_the_rubric_language_is_documented() -> None:
    told = text("docs/reference/rubric.md")
    schema = json.loads(text("scorekit/schemas/rubric.json"))
    assert sorted({word for word in spelt(schema) if not re.search(rf'[`"]{re.escape(word)}[`"]', told)}) == []


def test_every_function_of_formulas_is_documented() -> None:
    told = text("docs/reference/rubric.md")
    assert [f for f in sorted({*ARITY, *LIST_FUNCTIONS, *RESULT_FIGURES}) if f"`{f}(" not in told] == []


@pytest.mark.parametrize("page", [p for p in PAGES if marked(p, "rubric")], ids=named)
def test_a_rubric_that_is_shown_compiles_and_is_sound(page: Path) -> None:
    catalogue = discover(third_party=False)
    for shown in marked(page, "rubric"):
        rubric = rubric_of(json.loads(shown, parse_float=Decimal), str(page), catalogue)
        assert [p for p in checks(compile_plan(rubric, catalogue)) if p.severity != "repair"] == []


@pytest.mark.parametrize("page", ["docs/reference/rubric.md", "docs/how-to/write-a-rubric.md"])
def test_every_piece_of_json_can_be_read(page: str) -> None:
    found = re.findall(r"```json\n(.*?)```", text(page), re.DOTALL)
    wrong = [piece for piece in found if not readable(piece)]
    assert found != []
    assert wrong == []


def readable(piece: str) -> bool:
    for shown in (piece, "{" + piece + "}"):
        try:
            json.loads(shown)
        except json.JSONDecodeError:
            continue
        return True
    return False


def test_the_rounding_table_is_true() -> None:
    rows = re.findall(r"\| `([\w-]+)`（.*?） \| (\S+) \| (\S+) \|", text("docs/reference/rubric.md"))
    numbers = Column.numbers([Decimal("2.345"), Decimal("-2.345")])
    assert len(rows) == 6
    for mode, plus, minus in rows:
        assert numbers.minted(2, mode).listed() == [Fraction(plus), Fraction(minus.replace("−", "-"))], mode


@pytest.mark.parametrize(
    ("unit", "written", "points"),
    [("percent", 92.28, "92.28"), ("percent", 0.9228, "0.9228"), ("percent", "92.28%", "92.28"),
     ("fraction", 92.28, "9228"), ("fraction", 0.9228, "92.28"), ("fraction", "92.28%", "92.28"),
     ("次", 92.28, "9228"), ("次", 0.9228, "92.28"), ("次", "92.28%", None)],
)  # fmt: skip
def test_the_table_of_percentages_is_true(unit: str, written: Any, points: str | None, tmp_path: Path) -> None:
    field = {
        "type": "number",
        "title": "率",
        "x-unit": unit,
        "x-criterion": {"rule": {"mark": {"of": "rate * 100"}}, "rounding": {"decimals": 4}},
    }
    document = {
        "title": "t", "type": "object", "properties": {"unit": {"type": "string", "title": "单位"}, "rate": field},
        "x-rubric": {"language": 1, "id": "t", "version": "1"},
    }  # fmt: skip
    (tmp_path / "rubric.json").write_text(json.dumps(document), encoding="utf-8")
    result = scorekit.evaluate(pd.DataFrame({"单位": ["甲"], "率": [written]}), tmp_path / "rubric.json")
    assert result.exact("甲", "rate") == (None if points is None else Fraction(points))


def test_the_notice_that_is_shown_loads_and_every_key_is_documented(tmp_path: Path) -> None:
    page = REFERENCE / "notice.md"
    [shown] = marked(page, "notice")
    (tmp_path / "notice.json").write_text(shown, encoding="utf-8")
    told = page.read_text(encoding="utf-8")
    schema = json.loads(text("scorekit/schemas/notice.json"))
    awards = discover(third_party=False).awards
    assert load_notice(tmp_path / "notice.json").rubric == "model-home"
    assert [word for word in (*spelt(schema), *awards) if f"`{word}`" not in told] == []


# -------------------------------------------------------------------- what a reader does


@pytest.mark.parametrize("document", FOLLOWED, ids=named)
def test_a_document_that_is_followed_prints_what_stands_in_it(document: Path, tmp_path: Path) -> None:
    found = trial.tried(document, tmp_path)
    assert [f"line {f.block.first}:\n{f.actual}" for f in found] == [], "run: python -m docs.trial --write"


def test_a_block_that_does_not_print_what_it_says_is_found(tmp_path: Path) -> None:
    document = tmp_path / "page.md"
    document.write_text("<!-- run -->\n```console\n$ echo one\ntwo\n```\n\n<!-- run: 3 -->\n```console\n$ exit 3\n```\n", encoding="utf-8")
    [finding] = trial.tried(document, tmp_path)
    assert finding.actual == "$ echo one\none"
    document.write_text(trial.rewritten(document, [finding]), encoding="utf-8")
    assert trial.tried(document, tmp_path) == []


def test_the_pages_are_written_and_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(generate, "REFERENCE", tmp_path)
    monkeypatch.setattr(generate, "PAGES", {"page.md": lambda: "text\n"})
    assert generate.main(["--check"]) == 1
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0
    assert capsys.readouterr().out.splitlines() == ["out of date: docs/reference/page.md", "written: docs/reference/page.md"]


def test_documents_are_tried_and_rewritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "page.md"
    document.write_text("<!-- file: a.txt -->\n```\n1\n2\n3\n```\n\n<!-- output: cat a.txt -->\n```\n1\n…\n4\n```\n", encoding="utf-8")
    assert trial.main([str(document)]) == 1
    assert trial.main([str(document), "--write"]) == 0
    assert trial.main([str(document)]) == 0
    assert capsys.readouterr().out.startswith(f"{document}:9\n1\n2\n3\n")
    assert document.read_text(encoding="utf-8").endswith("```\n1\n2\n3\n```\n")


def test_a_line_that_leaves_something_open_stays_when_the_others_are_rewritten(tmp_path: Path) -> None:
    document = tmp_path / "page.md"
    document.write_text("<!-- output: echo 1 at 7; echo new -->\n```\n1 at …\nold\n```\n", encoding="utf-8")
    assert trial.main([str(document), "--write"]) == 0
    assert "\n1 at …\nnew\n" in document.read_text(encoding="utf-8")


def test_what_a_failed_command_prints_is_not_written(tmp_path: Path) -> None:
    document = tmp_path / "page.md"
    document.write_text("<!-- output: echo no; exit 2 -->\n```\nyes\n```\n", encoding="utf-8")
    assert trial.main([str(document), "--write"]) == 1
    assert "yes" in document.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page: Path) -> None:
    lost = []
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)):
        path, _, anchor = target.partition("#")
        there = page if not path else page.parent / path
        if target.startswith(("http://", "https://")):
            continue
        if not there.exists() or (anchor and anchor not in anchors(there)):
            lost.append(target)
    assert lost == []


@cache
def anchors(page: Path) -> frozenset[str]:
    """The anchors that GitHub gives the headings of a page."""
    heads = re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL), re.MULTILINE)
    return frozenset(re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_no_page_names_a_path_of_somebodys_machine(page: Path) -> None:
    assert re.findall(r"(?<![\w.…])/(?:home|root|tmp|work|Users)/\S+", page.read_text(encoding="utf-8")) == []


# -------------------------------------------------------------------- the README


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_the_rubric_of_the_readme_has_twelve_lines(name: str) -> None:
    [shown] = marked(ROOT / name, "rubric")
    assert len(shown.splitlines()) == 12


def test_both_readmes_print_the_same_two_commands() -> None:
    found = [[b.text for b in trial.blocks(text(n)) if b.kind == "ci"] for n in ("README.md", "README.en.md")]
    assert found[0] == found[1]
    assert [len(c.splitlines()) for c in found[0]] == [1, 1]


@cache
def standings(sample: str) -> dict[str, dict[str, Any]]:
    frame = scorekit.evaluate(ROOT / "samples" / sample / "submissions").standings
    return {row["unit"]: dict(row) for _, row in frame.iterrows()}


def hand_rows(sample: str) -> list[list[str]]:
    table = text("README.md").partition(f"<!-- hand: {sample} -->\n")[2].partition("\n\n")[0]
    return [[c.strip() for c in line.strip("|").split("|")] for line in table.splitlines()[2:]]


@pytest.mark.parametrize("sample", HAND)
def test_the_hand_calculations_of_the_readme_are_what_scorekit_computes(sample: str) -> None:
    rows = hand_rows(sample)
    assert len(rows) == 3
    for unit, base, bonus, deduction, total, level, rank in rows:
        found = standings(sample)[unit]
        figures = [base.partition("＝")[2].partition("（")[0], bonus, deduction, total]
        assert [float(f) for f in figures] == [found["base"], found["bonus"], found["deduction"], found["total"]], unit
        assert level.partition("（")[0] == found["level"], unit
        assert int(rank) == found["rank"], unit


@pytest.mark.parametrize("sample", HAND)
def test_the_hand_calculations_of_the_readme_add_up(sample: str) -> None:
    for unit, base, bonus, deduction, total, *_ in hand_rows(sample):
        formula, _, result = base.partition("（")[0].partition("＝")
        numbers = [Fraction(n) for n in re.findall(r"[\d.]+", formula)]
        exact = sum(numbers) if "÷" not in formula else numbers[0] / numbers[1] * numbers[2]
        assert round(exact, 2) == Fraction(result), unit
        assert round(exact + Fraction(bonus) - Fraction(deduction), 2) == Fraction(total), unit


def test_the_tables_of_the_samples_give_the_totals_of_the_readme() -> None:
    for sample in HAND:
        told = text(f"samples/{sample}/README.md")
        assert [total for _, _, _, _, total, *_ in hand_rows(sample) if f"{total}" not in told] == []


def test_no_whole_number_of_enterprises_gives_the_published_coverage() -> None:
    shares = {n: round(Fraction(1776 * 100, n), 2) for n in range(1776, 4000)}
    assert Fraction("92.28") not in shares.values()
    assert (shares[1924], shares[1925]) == (Fraction("92.31"), Fraction("92.26"))


def test_what_the_first_release_brought_stays_as_it_was() -> None:
    assert "19 条评分规则，6 种汇总办法，4 种名额办法" in text("CHANGELOG.md")


def test_the_rule_of_the_custom_plugin_takes_at_most_fifteen_lines() -> None:
    assert len(text("samples/custom-plugin/plugins/rules.py").splitlines()) <= 15


def test_the_samples_are_as_large_as_the_readme_says() -> None:
    found = {s: len(standings(s)) for s in HAND}
    assert len(list((ROOT / "samples/model-home/submissions").glob("*.json"))) == 42
    assert {s: found[s] for s in ("model-home", "six-haves", "standardisation")} == {
        "model-home": 41,
        "six-haves": 1776,
        "standardisation": 22,
    }


def test_every_sample_says_what_is_real_and_works_out_three_units_by_hand() -> None:
    told = {p.parent.name: text(f"samples/{p.parent.name}/README.md") for p in (ROOT / "samples").glob("*/submissions")}
    assert set(HAND) <= set(told)
    assert [name for name, page in told.items() if "真" not in page or not re.search("手算|手工核算", page)] == []


def test_no_two_decisions_bear_one_number() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [path.name[:4] for path in records]
    assert len(numbers) == len(set(numbers))
    assert all(path.read_text(encoding="utf-8").startswith(f"# {path.name[:4]} ") for path in records)
