"""One command line in, one status out: 0, 1, 2 or 130, and one sentence for what went wrong."""

from __future__ import annotations

import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

import scorekit
from scorekit.cli import main
from scorekit.errors import ScorekitError, T

COMMANDS = ["evaluate", "validate", "explain", "rubric", "plugins", "demo"]


def failing(error: BaseException) -> types.ModuleType:
    """A module of the demo command that raises *error*."""
    module = types.ModuleType("scorekit.cli.demo")

    def demo() -> None:
        raise error

    module.demo = demo  # type: ignore[attr-defined]
    return module


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "evaluate" in capsys.readouterr().out


@pytest.mark.parametrize(("lang", "usage", "options"), [("zh", "用法：", "选项："), ("en", "Usage:", "Options:")])
@pytest.mark.parametrize("command", [[], *([c] for c in COMMANDS), ["rubric", "show"], ["plugins", "check"]])
def test_every_help_speaks_the_language_of_the_run(
    capsys: pytest.CaptureFixture[str], command: list[str], lang: str, usage: str, options: str
) -> None:
    assert main(["--lang", lang, *command, "--help"]) == 0
    page = capsys.readouterr().out
    assert page.startswith(usage)
    assert options in page
    chinese = any("\u4e00" <= c <= "\u9fff" for c in page)
    assert chinese == (lang == "zh")


def test_every_command_is_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    page = capsys.readouterr().out
    assert [c for c in COMMANDS if f"\n  {c} " not in page] == []


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"scorekit {scorekit.__version__}\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["rubrik"], "there is no command “rubrik” · scorekit · did you mean “rubric”?"),
        (["rubric", "zzz"], "there is no command “zzz” · scorekit rubric · use one of: list, show, check, test, diff, new, schema"),
        (["evaluate"], "SUBMISSIONS is missing · scorekit evaluate · “scorekit evaluate --help” shows what there is"),
        (["evaluate", "x", "--ouf", "y"], "there is no option “--ouf” · scorekit evaluate · did you mean “--out”?"),
        (["evaluate", "x", "--regster", "y"], "there is no option “--regster” · scorekit evaluate · did you mean “--register”?"),
        (["template", "x", "--ot", "y"], "there is no option “--ot” · scorekit template · did you mean “--out”?"),
        (["template", "x"], "--out is missing · scorekit template · “scorekit template --help” shows what there is"),
        (["explain", "--zzzzz"], "there is no option “--zzzzz” · scorekit explain · “scorekit explain --help” shows what there is"),
        (["demo", "--lang", "en"], "there is no option “--lang” · scorekit demo · write it before the command: scorekit --lang en …"),
        (["plugins", "list", "--plugins", "p", "--no-plugins"], "--plugins and --no-plugins contradict each other · leave one of the two"),
        (["demo", "no-such-sample"], "there is no sample “no-such-sample” · use one of: "),
    ],
)  # fmt: skip
def test_a_mistake_in_the_command_line_is_one_sentence(capsys: pytest.CaptureFixture[str], words: list[str], sentence: str) -> None:
    assert main(["--lang", "en", *words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(sentence)
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("words", [["evaluate", "x", "--out"], ["evaluate", "a", "b"]])
def test_other_mistakes_are_named_with_the_help_that_explains_them(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert main(["--lang", "en", *words]) == 2
    assert "--help” shows what there is" in capsys.readouterr().err


@pytest.mark.parametrize("where", ["option", "environment"])
def test_a_language_that_is_not_there_is_refused_in_chinese(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    words = ["--lang", "fr", "rubric", "list"] if where == "option" else ["rubric", "list"]
    monkeypatch.setenv("SCOREKIT_LANG", "fr")
    assert main(words) == 2
    assert capsys.readouterr().err == "没有“fr”这种语言 · --lang · 请从下列各项中选用：zh、en\n"


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (ScorekitError(T("{name} is missing", name="x"), "here", None), 2, "缺少 x · here\n"),
        (
            PermissionError(13, "Permission denied", "out/ranking.xlsx"),
            2,
            "文件或文件夹无法使用：没有访问权限 · out/ranking.xlsx · 请检查路径、磁盘剩余空间和那里的权限\n",
        ),
        (OSError("odd"), 2, "文件或文件夹无法使用：odd · 请检查路径、磁盘剩余空间和那里的权限\n"),
        (MemoryError(), 2, "这台电脑的内存不够 · 请关闭其他程序，或换一台内存更大的电脑\n"),
        (KeyboardInterrupt(), 130, "已中断，没有留下写了一半的文件。\n"),
    ],
)
def test_what_ends_a_run_is_said_without_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, error: BaseException, status: int, sentence: str
) -> None:
    monkeypatch.setitem(sys.modules, "scorekit.cli.demo", failing(error))
    assert main(["demo"]) == status
    assert capsys.readouterr().err == sentence


def test_our_own_fault_shows_where_it_was_and_asks_for_a_report(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "scorekit.cli.demo", failing(ZeroDivisionError("ours")))
    assert main(["--lang", "en", "demo"]) == 2
    said = capsys.readouterr().err
    assert "ZeroDivisionError: ours" in said
    assert said.endswith("This is a fault in scorekit itself: please report the lines above.\n")


def test_help_imports_nothing_that_computes_or_colours() -> None:
    """The start-up is what a user waits for most often."""
    program = (
        "import sys\nfrom scorekit.cli import main\nmain(['--help'])\n"
        "heavy = ['numpy', 'pandas', 'rich', 'openpyxl', 'xlsxwriter', 'jsonschema', 'pluggy', 'pyarrow', 'pydantic', 'scorekit.domain']\n"
        "print([m for m in heavy if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stderr.strip() == "[]"
    assert "\x1b" not in done.stdout


@pytest.mark.skipif(os.name != "posix", reason="elsewhere every name can be given")
@pytest.mark.parametrize(
    "begun", [["-m", "scorekit"], ["-E", "-m", "scorekit"], ["-c", "from scorekit.cli import main; raise SystemExit(main())"]]
)
def test_files_can_have_chinese_names_whatever_the_locale_is(begun: list[str], tmp_path: Path) -> None:
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "LC_ALL": "C", "PYTHONUTF8": "0"}
    words = ["template", "team-home", "-o", str(tmp_path / "填报表.xlsx")]
    done = subprocess.run([sys.executable, *begun, *words], capture_output=True, env=environ, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [p.name for p in tmp_path.iterdir()] == ["填报表.xlsx"]
    assert "填报表.xlsx" in done.stdout.decode()


@pytest.mark.skipif(os.name != "posix", reason="elsewhere every name can be given")
@pytest.mark.parametrize("begun", [[], ["-"]])
def test_a_program_that_is_read_from_a_pipe_goes_on_whatever_the_locale_is(begun: list[str]) -> None:
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "LC_ALL": "C", "PYTHONUTF8": "0"}
    program = b"import sys\nfrom scorekit.cli import main\nsys.argv[1:] = ['--version']\nprint(main())\n"
    done = subprocess.run([sys.executable, *begun], input=program, capture_output=True, env=environ, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.split()[-1] == b"0"
    assert len(done.stdout.split()) > 1


@pytest.mark.skipif(os.name != "posix", reason="elsewhere every name can be given")
def test_a_program_that_cannot_be_begun_again_goes_on() -> None:
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "LC_ALL": "C", "PYTHONUTF8": "0"}
    program = "import sys\nfrom scorekit.cli import main\nsys.executable = {!r}\nsys.argv[1:] = ['--version']\nraise SystemExit(main())"
    for own in ("", "/no/such/python"):
        done = subprocess.run([sys.executable, "-c", program.format(own)], capture_output=True, env=environ, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout


@pytest.mark.parametrize("encoding", ["utf-8", "cp936"])
def test_the_module_is_the_same_program_and_speaks_on_any_console(encoding: str) -> None:
    environ = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run([sys.executable, "-m", "scorekit", "--help"], capture_output=True, env=environ, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"evaluate" in done.stdout
    assert done.stdout.decode(encoding).startswith("用法：scorekit")


def test_the_shell_completes_commands(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_SCOREKIT_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "scorekit ev")
    monkeypatch.setenv("COMP_CWORD", "1")
    with pytest.raises(SystemExit) as ended:
        main(["ev"])
    assert ended.value.code in (0, None)
    assert capsys.readouterr().out.split() == ["evaluate"]


def test_an_interrupt_before_a_command_runs_ends_with_130_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(lang: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("scorekit.cli.build", interrupted)
    assert main(["demo"]) == 130
