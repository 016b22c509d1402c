"""Write the pages of docs/reference that are made from the code: ``python -m docs.generate [--check]``.

With ``--check`` nothing is written; the status is 1 where a page is not what the code would make.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from docs.pages import aggregators, codes, commands, files, hooks, messages, python_api, rules, shapes_page

REFERENCE = Path(__file__).parent / "reference"
PAGES: dict[str, Callable[[], str]] = {
    "aggregators.md": aggregators.build,
    "codes.md": codes.build,
    "commands.md": commands.build,
    "files.md": files.build,
    "hooks.md": hooks.build,
    "messages.md": messages.build,
    "python.md": python_api.build,
    "rules.md": rules.build,
    "shapes.md": shapes_page.build,
}


def main(words: Sequence[str]) -> int:
    """Write the pages, or compare them where ``--check`` is among *words*."""
    stale = []
    for name, build in PAGES.items():
        path, text = REFERENCE / name, build()
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in words:
                path.write_text(text, encoding="utf-8", newline="\n")
    told = "out of date" if "--check" in words else "written"
    sys.stdout.writelines(f"{told}: docs/reference/{name}\n" for name in stale)
    return 1 if stale and "--check" in words else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
