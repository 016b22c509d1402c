"""A printed standard as Markdown, and as one HTML page that prints on A4 and needs nothing else."""

from __future__ import annotations

from html import escape

from scorekit.plugin import PaperLine, PaperTable, PrintedStandard, Printer, hookimpl

STYLE = """
@page { size: A4 portrait; margin: 15mm 12mm 15mm 12mm; }
body { font-family: "Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "Songti SC", serif; font-size: 10pt; line-height: 1.45;
  color: #000; background: #fff; margin: 1.5em auto; max-width: 186mm; }
h1 { font-size: 18pt; text-align: center; margin: 0 0 .3em; }
p.under { text-align: center; margin: .1em 0; }
h2 { font-size: 12pt; margin: 1.4em 0 .4em; break-after: avoid; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { border: .5pt solid #000; padding: 2pt 4pt; vertical-align: middle; text-align: left; overflow-wrap: anywhere; }
th { background: #e7e7e7; text-align: center; font-weight: bold; }
td.c { text-align: center; }
tr.strong td { font-weight: bold; background: #f3f3f3; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
@media print { body { margin: 0; max-width: none; } th, tr.strong td { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
"""


def markdown(paper: PrintedStandard) -> bytes:
    """Headings and tables; signs that Markdown would read are escaped."""
    parts = [f"# {_plain(paper.title)}", *(_plain(line) + "  " for line in paper.under)]
    for table in paper.tables:
        rows = [list(table.columns), ["---"] * len(table.columns)]
        rows += [_cells(table, line) for line in table.lines]
        parts += ["", f"## {_plain(table.heading)}", "", *(f"| {' | '.join(row)} |" for row in rows)]
    return ("\n".join(parts) + "\n").encode("utf-8")


def _cells(table: PaperTable, line: PaperLine) -> list[str]:
    found = []
    for i, cell in enumerate(line.cells):
        text = _plain(cell)
        if line.strong and text:
            text = f"**{text}**"
        found.append("&emsp;" * line.depth * (i == table.indented) + text)
    return found


def _plain(text: str) -> str:
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", " ")


def html(paper: PrintedStandard) -> bytes:
    """One page without scripts, pictures or links; every text is escaped."""
    lang = "zh-CN" if paper.lang == "zh" else "en"
    head = f'<meta charset="utf-8"><title>{escape(paper.title)}</title><style>{STYLE}</style>'
    under = "".join(f'<p class="under">{escape(line)}</p>\n' for line in paper.under)
    tables = "\n".join(_table(t) for t in paper.tables)
    body = f"<h1>{escape(paper.title)}</h1>\n{under}{tables}"
    return f'<!DOCTYPE html>\n<html lang="{lang}"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'.encode()


def _table(table: PaperTable) -> str:
    columns = "".join(f'<col style="width:{w}%">' for w in table.widths)
    head = "".join(f"<th>{escape(c)}</th>" for c in table.columns)
    rows = "\n".join(_row(table, line) for line in table.lines)
    body = f"<table><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>"
    return f"<h2>{escape(table.heading)}</h2>\n{body}"


def _row(table: PaperTable, line: PaperLine) -> str:
    cells = []
    for i, cell in enumerate(line.cells):
        mark = ' class="c"' if i in table.centred else ""
        if i == table.indented and line.depth:
            mark += f' style="padding-left:{4 + 10 * line.depth}pt"'
        cells.append(f"<td{mark}>{escape(cell)}</td>")
    kind = ' class="strong"' if line.strong else ""
    return f"<tr{kind}>{''.join(cells)}</tr>"


@hookimpl
def scorekit_printers() -> list[Printer]:
    """Markdown and HTML."""
    return [
        Printer("markdown", markdown, "headings and tables"),
        Printer("html", html, "one page that prints on A4 and needs nothing else"),
    ]
