"""``python -m scorekit`` is the same program as ``scorekit``."""

from __future__ import annotations

import sys

from scorekit.cli import main

if __name__ == "__main__":
    sys.exit(main())
