"""The text of a PDF's pages, in a process of its own: a file that loops or swells is ended with it.

Run as a program with the path of a file; it prints one JSON object and knows nothing of scorekit.
"""

from __future__ import annotations

import json
import sys
from typing import Any

PAGES = 300
MEMORY = 512 * 2**20
CHARACTERS = 2_000_000


def text_of(path: str) -> dict[str, Any]:
    """The lines of each page under ``pages``, or under ``fault`` why there are none: ``password``, ``pages``, ``damaged``."""
    import pypdf
    from pypdf.errors import DependencyError

    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"fault": "password"}
        if len(reader.pages) > PAGES:
            return {"fault": "pages"}
        found, size = [], 0
        for page in reader.pages:
            text = page.extract_text()
            size += len(text)
            if size > CHARACTERS:
                return {"fault": "pages"}
            found.append(text.split("\n"))
    except DependencyError:
        return {"fault": "password"}
    except Exception:  # noqa: BLE001 - a damaged file raises anything at all
        return {"fault": "damaged"}
    return {"pages": found}


def bounded() -> None:
    """Hold this process to its memory where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    bounded()
    sys.stdout.write(json.dumps(text_of(sys.argv[1])))
