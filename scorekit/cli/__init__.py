"""The command line: decides the language, runs a command, and turns what went wrong into one sentence and a status."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress

from scorekit.cli.app import build
from scorekit.cli.mistakes import Interrupted, UsageMistake, explained
from scorekit.cli.voice import Voice, settle
from scorekit.errors import InputError, ScorekitError, T, reason_of, refusal_in

DONE, FAILED, INTERRUPTED = 0, 2, 130
_COLLECTED = (500_000, 20, 50)
"""How seldom a process of our own looks for garbage: what it holds is tables, and hardly any of it goes round in circles."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (without the program's name) and return its exit status: 0, 1, 2 or 130."""
    if argv is None:
        _able_to_name()
        gc.set_threshold(*_COLLECTED)
    words = list(sys.argv[1:] if argv is None else argv)
    status = FAILED
    voice = Voice.of(words, os.environ)
    settle(sys.stdout, sys.stderr)
    try:
        status = _run(words, voice)
    except ScorekitError as error:
        voice.complain(error)
    except OSError as error:
        voice.complain(_unusable(error))
    except MemoryError:
        voice.complain(
            InputError(T("this computer has too little memory for it"), cure=T("close other programs, or use a computer with more"))
        )
    except (KeyboardInterrupt, Interrupted):
        status = INTERRUPTED
    except Exception as error:
        refusal = refusal_in(error)
        if refusal is not None:
            voice.complain(_unusable(refusal))
        else:
            traceback.print_exc()
            voice.warn(T("This is a fault in scorekit itself: please report the lines above."))
    if status == INTERRUPTED:
        voice.warn(T("Interrupted; nothing half-written is left."))
    return status


def _able_to_name() -> None:
    """Begin again in UTF-8 where this process can give no file a Chinese name: with LC_ALL=C and PYTHONUTF8=0, say.

    Not where that would be another program, or its words are gone (read from a pipe): it goes on, and a file may fail to be named.
    """
    try:
        "公示名单".encode(sys.getfilesystemencoding())
    except UnicodeEncodeError:
        own = os.name == "posix" and bool(sys.executable) and sys.argv[0] not in ("", "-")
        if own and os.environ.get("PYTHONUTF8") != "1":
            os.environ["PYTHONUTF8"] = "1"
            with suppress(OSError):
                os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - the same program with the same words


def _unusable(fault: OSError) -> InputError:
    what = T("a file or folder cannot be used: {reason}", reason=reason_of(fault))
    return InputError(what, str(fault.filename or ""), T("check the path, the free space and your rights there"))


def _run(words: list[str], voice: Voice) -> int:
    """Hand the words to the command they name; it ends by returning, by an exit with a status, or (130) by an interrupt."""
    try:
        status = build(voice.lang).main(args=words, prog_name="scorekit", standalone_mode=False, obj=voice)
    except UsageMistake as mistake:
        if type(mistake).__name__ == "NoArgsIsHelpError":
            voice.tell(str(mistake))
            return DONE
        raise explained(mistake) from mistake
    return status if isinstance(status, int) else DONE
