"""Results go to stdout, complaints to stderr; no text can steer a terminal, no console's encoding stops a run."""

from __future__ import annotations

import io
import sys

import pytest

from scorekit.cli.voice import Voice, settle
from scorekit.errors import ScorekitError, T

WRONG = T("there is no command “{name}”", name="x")


def test_results_and_complaints_go_their_own_ways(capsys: pytest.CaptureFixture[str]) -> None:
    voice = Voice("zh")
    voice.tell("一", WRONG)
    voice.complain(ScorekitError(WRONG, "rubric.json#/a", T("leave one of the two out")))
    said = capsys.readouterr()
    assert said.out == "一\n没有“x”这个命令\n"
    assert said.err == "没有“x”这个命令 · rubric.json#/a · 请去掉其中一个\n"


def test_what_is_not_known_is_left_out_of_a_complaint(capsys: pytest.CaptureFixture[str]) -> None:
    Voice("en").complain(ScorekitError(WRONG))
    Voice("en").caution(ScorekitError(WRONG, "here"))
    assert capsys.readouterr().err == "there is no command “x”\nnote: there is no command “x” · here\n"


def test_a_name_cannot_steer_the_terminal() -> None:
    assert Voice("zh").say("红星\x1b[31m厂\r\n") == "红星\ufffd[31m厂\ufffd\n"


@pytest.mark.parametrize("encoding", ["cp936", "ascii"])
def test_a_console_prints_a_mark_for_what_it_cannot_show(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    shown = io.BytesIO()
    stream = io.TextIOWrapper(shown, encoding=encoding)
    settle(stream, io.StringIO())
    monkeypatch.setattr(sys, "stdout", stream)
    Voice("zh").tell("工会 🏆")
    stream.flush()
    assert shown.getvalue().decode(encoding) == ("工会 ?\n" if encoding == "cp936" else "?? ?\n")


def test_a_voice_knows_whether_its_language_was_asked_for() -> None:
    assert Voice.of([], {}) == Voice("zh", asked=False)
    assert Voice.of(["--lang", "en"], {}) == Voice("en", asked=True)
