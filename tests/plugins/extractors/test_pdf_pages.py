"""The program that reads PDF files apart: what it prints, and that it knows nothing of scorekit."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from scorekit_plugins.extractors import pdf_pages

pytest.importorskip("pypdf")
REPORT = Path(__file__).parents[2] / "reports" / "青石县.pdf"


def test_it_prints_the_lines_of_each_page():
    done = subprocess.run([sys.executable, "-I", pdf_pages.__file__, str(REPORT)], capture_output=True, check=True)
    assert json.loads(done.stdout)["pages"][0][0].startswith("青石县")


def test_it_gives_the_reason_where_there_is_no_text(tmp_path, monkeypatch):
    (tmp_path / "r.pdf").write_bytes(b"%PDF-1.4 nothing")
    assert pdf_pages.text_of(str(tmp_path / "r.pdf")) == {"fault": "damaged"}
    monkeypatch.setattr(pdf_pages, "CHARACTERS", 3)
    assert pdf_pages.text_of(str(REPORT)) == {"fault": "pages"}
    monkeypatch.setattr(pdf_pages, "PAGES", 0)
    assert pdf_pages.text_of(str(REPORT)) == {"fault": "pages"}


def test_it_imports_nothing_of_scorekit():
    program = f"import runpy, sys; runpy.run_path({pdf_pages.__file__!r}); print([m for m in sys.modules if m.startswith('scorekit')])"
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
