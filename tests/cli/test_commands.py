"""The commands on a small assessment: what they print, what they write, with which status they end."""

from __future__ import annotations

import csv
import json
import shlex
import sys
import tempfile
import types
from pathlib import Path

import pytest

from scorekit.cli import main
from scorekit.cli.skeleton import begin


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a rule, a rubric that uses it, and two submissions; the current folder is beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SCOREKIT_LANG", raising=False)
    return begin("mine", tmp_path)


def run(command: str, plugin: Path, *words: str, lang: str = "en") -> int:
    rubric = ["--rubric", str(plugin / "rubric.json"), "--plugins", str(plugin)]
    return main(["--lang", lang, command, str(plugin / "submissions"), *rubric, *words])


def standings(folder: Path) -> list[dict[str, str]]:
    with (folder / "standings.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def spoil(plugin: Path) -> None:
    (plugin / "submissions" / "丙.json").write_text('{"unit": "丙单位工会", "activities": "many"}', encoding="utf-8")


def test_evaluate_writes_the_results_and_sums_them_up(plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", plugin) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "2 units: ranked 2" in said.out
    assert "  1  甲单位工会  10.00" in said.out
    assert "No problems in the submissions." in said.out
    assert [(r["unit"], r["rank"], r["total"]) for r in standings(Path("scorekit-results"))] == [
        ("甲单位工会", "1", "10.00"),
        ("乙单位工会", "2", "5.00"),
    ]


def test_evaluate_writes_where_it_is_told(plugin: Path) -> None:
    assert run("evaluate", plugin, "--out", "elsewhere") == 0
    assert (Path("elsewhere") / "run.json").is_file()
    assert not Path("scorekit-results").exists()


def test_a_strict_run_that_finds_problems_is_done_and_ends_with_1(plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(plugin)
    assert run("evaluate", plugin, "--strict") == 1
    assert "Problems: error 1" in capsys.readouterr().out
    assert len(standings(Path("scorekit-results"))) == 3
    assert run("evaluate", plugin) == 0


@pytest.mark.parametrize("words", [["--format", "papyrus"], ["--out", "mine/submissions/out"], ["--rubric", "no-such-rubric"]])
def test_what_cannot_be_done_is_one_sentence_and_writes_nothing(plugin: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert run("evaluate", plugin, *words) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not Path("scorekit-results").exists()
    assert not (plugin / "submissions" / "out").exists()


def test_an_interrupted_run_leaves_nothing_and_ends_with_130(
    plugin: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    module = types.ModuleType("scorekit.evaluation")
    module.evaluate_path = interrupted  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "scorekit.evaluation", module)
    assert run("evaluate", plugin) == 130
    assert capsys.readouterr().err == "Interrupted; nothing half-written is left.\n"
    assert not Path("scorekit-results").exists()


def test_the_settings_of_a_folder_name_the_language_unless_one_was_asked_for(plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (plugin / "submissions" / "scorekit.toml").write_text('lang = "en"\n', encoding="utf-8")
    words = ["evaluate", str(plugin / "submissions"), "--rubric", str(plugin / "rubric.json"), "--plugins", str(plugin)]
    assert main(words) == 0
    assert "2 units: ranked 2" in capsys.readouterr().out
    assert main(["--lang", "zh", *words]) == 0
    assert "共 2 个单位" in capsys.readouterr().out


def test_validate_writes_the_problems_and_scores_nothing(plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(plugin)
    assert run("validate", plugin) == 0
    assert "[error]" in capsys.readouterr().out
    assert {p.name for p in Path("scorekit-results").iterdir() if not p.name.startswith(".")} == {
        "problems.csv",
        "run.json",
        "丙_错误清单.xlsx",
    }
    assert run("validate", plugin, "--strict") == 1


def test_validate_does_not_replace_a_ranking(plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", plugin) == 0
    before = sorted(p.name for p in Path("scorekit-results").iterdir())
    assert run("validate", plugin) == 2
    assert "--out" in capsys.readouterr().err
    assert sorted(p.name for p in Path("scorekit-results").iterdir()) == before


def test_explain_says_how_a_unit_came_by_its_place(plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("evaluate", plugin)
    capsys.readouterr()
    assert main(["--lang", "en", "explain", "scorekit-results", "乙单位工会", "--plugins", str(plugin)]) == 0
    said = capsys.readouterr().out
    assert "乙单位工会" in said
    assert "活动次数" in said


def test_explain_needs_a_unit_that_is_there(plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("evaluate", plugin)
    capsys.readouterr()
    assert main(["explain", "scorekit-results", "没有这个单位", "--plugins", str(plugin)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_rubric_check_counts_and_finds(plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [str(plugin / "rubric.json"), "--plugins", str(plugin)]
    assert main(["--lang", "en", "rubric", "check", *words, "--strict"]) == 0
    assert "1 criteria, 0 gates, 2 fields" in capsys.readouterr().out
    document = json.loads((plugin / "rubric.json").read_text(encoding="utf-8"))
    document["x-rubric"]["full"] = 12
    (plugin / "rubric.json").write_text(json.dumps(document), encoding="utf-8")
    assert main(["--lang", "en", "rubric", "check", *words, "--strict"]) == 1
    assert "[warning]" in capsys.readouterr().out


def test_rubric_show_prints_clauses_in_words(plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rubric", "show", str(plugin / "rubric.json"), "--plugins", str(plugin)]) == 0
    said = capsys.readouterr().out
    assert "1  活动次数  10 分" in said
    assert "达到4得满分" in said


def test_rubric_show_knows_only_the_categories_of_the_rubric(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rubric", "show", "model-home"]) == 0
    said = capsys.readouterr().out
    assert "等次：" in said
    assert main(["--lang", "en", "rubric", "show", "model-home", "--category", "no such"]) == 2
    assert capsys.readouterr().err.startswith("the rubric has no category “no such” · ")


def test_rubric_list_names_every_shipped_rubric(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rubric", "list"]) == 0
    listed = {line.split()[0] for line in capsys.readouterr().out.splitlines()}
    assert listed == {p.parent.name for p in (Path(__file__).parents[2] / "rubrics").glob("*/rubric.json")}


def test_rubric_schema_knows_the_rules_of_plugins(plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rubric", "schema", "--plugins", str(plugin)]) == 0
    printed = capsys.readouterr().out
    assert '"mine"' in json.dumps(json.loads(printed))
    assert main(["--lang", "en", "rubric", "schema", "--plugins", str(plugin), "-o", "schema.json"]) == 0
    assert capsys.readouterr().out == "written: schema.json\n"
    assert Path("schema.json").read_text(encoding="utf-8") == printed


def test_plugins_list_says_what_comes_from_where(plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "plugins", "list", "--plugins", str(plugin)]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["mine", "from", "a", "folder", "rules", "mine"] in lines
    assert all(len(line) > 4 for line in lines)


def test_plugins_check_tries_every_law(plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "plugins", "check", str(plugin)]) == 0
    said = capsys.readouterr().out
    assert said.endswith("1 rules keep every law.\n")
    assert said.count(": holds") > 3


def test_plugins_check_names_the_law_that_is_broken(plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = (plugin / "mine.py").read_text(encoding="utf-8")
    (plugin / "mine.py").write_text(source.replace("return points *", "return -1 * points *"), encoding="utf-8")
    assert main(["--lang", "en", "plugins", "check", str(plugin)]) == 2
    said = capsys.readouterr()
    assert ": broken" in said.out
    assert said.err.startswith("laws are broken: mine: ")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("no.such.plugin", "there is no plugin “no.such.plugin”"),
        ("readers.csv_files", "the plugin offers no rules, and the laws are about rules"),
    ],
)
def test_plugins_check_needs_a_plugin_with_rules(capsys: pytest.CaptureFixture[str], name: str, sentence: str) -> None:
    assert main(["--lang", "en", "plugins", "check", name]) == 2
    assert capsys.readouterr().err.startswith(sentence)


def test_the_laws_name_the_package_they_need(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scorekit.testing", None)
    assert main(["--lang", "en", "plugins", "check", "rules.flag"]) == 2
    assert "the laws need the package" in capsys.readouterr().err


def test_a_plugin_that_is_left_out_is_named_beside_the_result(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from scorekit import catalogue
    from scorekit.errors import T

    found = catalogue.discover((), third_party=False)
    found.faults = (catalogue.Fault("theirs", T("{name} is missing", name="numpy")),)
    monkeypatch.setattr(catalogue, "discover", lambda *_, **__: found)
    assert main(["--lang", "en", "plugins", "list"]) == 0
    assert capsys.readouterr().err == "note: numpy is missing · theirs · it is left out; what it offers cannot be used\n"


def test_the_demo_evaluates_a_sample_and_says_what_to_run_next(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert main(["--lang", "en", "demo"]) == 0
    said = capsys.readouterr().out
    assert "Evaluating the sample model-home" in said
    command = shlex.split(said.splitlines()[-1])
    assert command[:2] == ["scorekit", "explain"]
    assert (Path(command[2]) / "ranking.xlsx").is_file()
    assert main(["--lang", "en", *command[1:]]) == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--results", "first"], "“first” is no name and folder, or names a run twice"),
        (["--results", "a=x", "--results", "a=y"], "“a=y” is no name and folder, or names a run twice"),
        (["--results", "first=."], "the standard reads no run “first”"),
    ],
)
@pytest.mark.parametrize("command", ["evaluate", "validate"])
def test_results_that_nothing_reads_or_that_are_written_wrongly_end_with_2(
    plugin: Path, capsys: pytest.CaptureFixture[str], command: str, words: list[str], message: str
) -> None:
    assert run(command, plugin, *words) == 2
    assert message in capsys.readouterr().err


def test_a_rubric_that_reads_an_earlier_run_says_which_option_is_missing(plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = plugin / "rubric.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    found["properties"]["carried"] = {"type": "number", "title": "上轮", "x-source": {"who": "result", "run": "first", "figure": "total"}}
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    assert run("evaluate", plugin) == 2
    assert "add --results first=FOLDER" in capsys.readouterr().err
    path.write_text(json.dumps({**found, "properties": {k: v for k, v in found["properties"].items() if k != "carried"}}), encoding="utf-8")
    assert run("evaluate", plugin) == 0
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    assert run("evaluate", plugin, "--out", "second", "--results", "first=scorekit-results") == 0
    assert list(json.loads(Path("second/run.json").read_text(encoding="utf-8"))["results"]) == ["first"]


@pytest.mark.parametrize("words", [["--engine", "dusk"], ["--workers", "0"], ["--workers", "-2"], ["--scheduler", "tcp://10.0.0.5:8786"]])
def test_an_engine_or_workers_that_cannot_be_are_one_sentence(plugin: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    for command in ("evaluate", "validate"):
        assert run(command, plugin, *words) == 2
        said = capsys.readouterr().err
        assert said.count("\n") == 1
        assert words[0] in said
    assert not Path("scorekit-results").exists()


def test_a_misspelt_engine_is_guessed_at(plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", plugin, "--engine", "dusk") == 2
    assert "did you mean “dask”?" in capsys.readouterr().err
