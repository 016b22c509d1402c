"""A standard as Markdown and as HTML: complete, escaped, and self-contained."""

from __future__ import annotations

from html.parser import HTMLParser

from scorekit_plugins.exporters.standard_text import html, markdown, scorekit_printers

from scorekit.plugin import PaperLine, PaperTable, PrintedStandard

HOSTILE = "<script>alert(1)</script> & | *x* `y` [z](javascript:0)"
PAPER = PrintedStandard(
    "某某标准 <b>",
    ("id · 版本 1",),
    (
        PaperTable(
            "条款", ("条款号", "项目"), (20, 80), (PaperLine(("1", "节"), strong=True), PaperLine(("1.1", HOSTILE), depth=1)), centred=(0,)
        ),
    ),
    "zh",
)


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def seen() -> Seen:
    found = Seen()
    found.feed(html(PAPER).decode("utf-8"))
    return found


def test_every_text_of_the_page_is_escaped() -> None:
    found = seen()
    assert "script" not in found.tags
    assert "b" not in found.tags
    assert HOSTILE in "".join(found.texts)


def test_the_page_needs_nothing_else() -> None:
    found = seen()
    assert {"link", "img", "script", "iframe", "a"}.isdisjoint(found.tags)
    assert not [value for name, value in found.attributes if name in ("src", "href")]
    assert "url(" not in html(PAPER).decode("utf-8")


def test_the_page_is_set_for_a4_and_repeats_its_headings() -> None:
    text = html(PAPER).decode("utf-8")
    assert "size: A4 portrait" in text
    assert "table-header-group" in text
    assert '<html lang="zh-CN">' in text


def test_rows_are_indented_and_sections_strong() -> None:
    text = html(PAPER).decode("utf-8")
    assert '<tr class="strong"><td class="c">1</td><td>节</td></tr>' in text
    assert 'style="padding-left:14pt"' in text


def test_markdown_keeps_its_tables_whole_whatever_stands_in_them() -> None:
    lines = markdown(PAPER).decode("utf-8").splitlines()
    assert lines[0] == "# 某某标准 \\<b\\>"
    assert "## 条款" in lines
    assert "| **1** | **节** |" in lines
    hostile = next(line for line in lines if "alert" in line)
    assert hostile.count(" | ") - hostile.count("\\|") <= 2
    assert "\\[z\\]" in hostile


def test_both_forms_are_printers_by_name() -> None:
    assert [p.name for p in scorekit_printers()] == ["markdown", "html"]
