"""A paper is plain data that equal standards make equal."""

from __future__ import annotations

from scorekit.domain.paper import PaperLine, PaperTable, Printer


def test_a_line_is_neither_indented_nor_strong_unless_said() -> None:
    line = PaperLine(("1", "甲"))
    assert (line.depth, line.strong) == (0, False)


def test_equal_tables_are_equal() -> None:
    tables = [PaperTable("H", ("a", "b"), (50, 50), (PaperLine(("1", "2")),)) for _ in range(2)]
    assert tables[0] == tables[1]
    assert tables[0].indented == 1


def test_a_printer_is_the_same_whichever_plugin_gave_it() -> None:
    def write(paper: object) -> bytes:
        return b""

    assert Printer("x", write, plugin="a") == Printer("x", write, plugin="b")
