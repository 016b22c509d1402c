"""What a spreadsheet checks while a form is filled in: dropdowns and bounds, with messages that say what is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from scorekit.plugin import OPTIONS_SHEET, Ask, T, say, xml_text

from .looks import put

_TITLE, _TEXT, _FORMULA = 32, 255, 255
_NAME = "scorekit_options_{number}"
_FAR = Decimal(10) ** 15
_HUNDRED = 100


class Checks:
    """Gathers the checks of one workbook; the options of dropdowns stand on a hidden sheet, so that no list is too long."""

    def __init__(self, book: Any, lang: str) -> None:
        self.book, self.lang = book, lang
        self.names: dict[tuple[Any, ...], str] = {}
        self.options: Any = None

    def on(self, sheet: Any, ranges: Sequence[tuple[str, Ask]]) -> None:
        """Add the checks of a sheet: for each range of cells what may be entered there."""
        known: dict[tuple[Any, ...], Any] = {}
        for cells, answer in ranges:
            made = self._check(answer, cells.partition(":")[0])
            key = tuple(getattr(made, name) for name in ("type", "operator", "formula1", "formula2", "error", "prompt"))
            if made.type == "custom" or key not in known:
                known[key] = made
                sheet.add_data_validation(made)
                made.add(cells)
            else:
                known[key].add(cells)

    def _check(self, answer: Ask, first: str) -> Any:
        """The check of cells of which *first* is the first one."""
        from openpyxl.worksheet.datavalidation import DataValidation

        kind, operator, one, two = self._rule(answer, first)
        made = DataValidation(type=kind, operator=operator, formula1=one, formula2=two, allow_blank=True)
        made.promptTitle = say(T("what to enter"), self.lang)[:_TITLE] if answer.asks else None
        made.prompt = xml_text(answer.asks)[:_TEXT] or None
        made.errorTitle = say(T("this does not fit the form"), self.lang)[:_TITLE]
        made.error = xml_text(say(T("please enter: {what}", what=answer.asks), self.lang))[:_TEXT]
        made.showErrorMessage = kind is not None
        made.showInputMessage = bool(answer.asks)
        return made

    def _rule(self, answer: Ask, first: str) -> tuple[Any, Any, str | None, str | None]:
        """The kind of check, its comparison, and what is compared with; no kind where anything goes."""
        if answer.kind == "choice":
            return "list", None, self._named((*answer.choices, *answer.words)), None
        if answer.kind == "text":
            return ("textLength", *_compared(answer.least, answer.most)) if answer.least or answer.most else (None, None, None, None)
        if answer.words:
            formula = _custom(answer, first)
            return ("custom", None, formula, None) if len(formula) <= _FORMULA else (None, None, None, None)
        if answer.kind == "date":
            return "date", "greaterThan", "1", None
        least, most = _bounds(answer)
        beyond = {"least": least is not None and "least" in answer.beyond, "most": most is not None and "most" in answer.beyond}
        return ("whole" if answer.kind == "whole" else "decimal", *_compared(least, most, beyond["least"], beyond["most"]))

    def _named(self, options: tuple[Any, ...]) -> str:
        """The name of the range that holds some options."""
        from openpyxl.workbook.defined_name import DefinedName

        if options not in self.names:
            if self.options is None:
                self.options = self.book.create_sheet(OPTIONS_SHEET)
                self.options.sheet_state = "hidden"
                put(self.options["A1"], OPTIONS_SHEET)
            column = len(self.names) + 2
            for row, option in enumerate(options, 1):
                cell = self.options.cell(row, column)
                if isinstance(option, str):
                    put(cell, option)
                else:
                    cell.value = option
            letter = self.options.cell(1, column).column_letter
            name = _NAME.format(number=len(self.names) + 1)
            self.book.defined_names[name] = DefinedName(name, attr_text=f"{OPTIONS_SHEET}!${letter}$1:${letter}${len(options)}")
            self.names[options] = name
        return self.names[options]


def _bounds(answer: Ask) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most that a cell may hold; 92.28% typed into a plain cell is kept as 0.9228."""
    least = None if answer.least is None else Decimal(answer.least)
    most = None if answer.most is None else Decimal(answer.most)
    if answer.loose and least is not None and least > 0:
        least /= _HUNDRED
    if answer.loose and most is not None and most < 0:
        most /= _HUNDRED
    return least, most


def _compared(least: Any, most: Any, above: bool = False, below: bool = False) -> tuple[str | None, str | None, str | None]:
    """A comparison with bounds; with one of two excluded the cell may reach it, which the reader then finds."""
    if least is not None and most is not None:
        return "between", _figure(least), _figure(most)
    if least is not None:
        return "greaterThan" if above else "greaterThanOrEqual", _figure(least), None
    if most is not None:
        return "lessThan" if below else "lessThanOrEqual", _figure(most), None
    return "between", _figure(-_FAR), _figure(_FAR)


def _custom(answer: Ask, first: str) -> str:
    """A formula that takes the words of an answer beside its numbers or dates."""
    least, most = _bounds(answer)
    asked = ["TRUE"]
    if answer.kind == "whole":
        asked.append(f"{first}=INT({first})")
    if least is not None:
        asked.append(f"{first}>{'' if 'least' in answer.beyond else '='}{_figure(least)}")
    if most is not None:
        asked.append(f"{first}<{'' if 'most' in answer.beyond else '='}{_figure(most)}")
    words = ",".join(f'{first}="{xml_text(word).replace(chr(34), chr(34) * 2)}"' for word in answer.words)
    return f"IF(ISNUMBER({first}),AND({','.join(asked)}),OR({words}))"


def _figure(number: Any) -> str:
    text = format(Decimal(number), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
