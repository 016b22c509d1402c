"""A round's notice from its JSON file, checked against its schema."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from scorekit.compiling.metaschema import first_fault
from scorekit.domain.deciding import Notice, Seats
from scorekit.errors import InputError, T
from scorekit.loading.documents import load_document


def load_notice(path: Path) -> Notice:
    """The notice in *path*. Raises InputError with a JSON pointer where it is none."""
    document = load_document(path)
    schema = json.loads(files("scorekit.schemas").joinpath("notice.json").read_text(encoding="utf-8"))
    fault = first_fault(document, schema)
    if fault is not None:
        raise InputError(fault.what, f"{path}#{fault.pointer}", fault.cure)
    return _notice(document, path)


def _notice(document: dict[str, Any], path: Path) -> Notice:
    wording, award, only = document.get("wording", {}), document.get("award", {}), document.get("assess_only", {})
    result, basis = wording.get("result", "考核结果"), wording.get("basis", "")
    if result == "表彰" and not basis:
        raise InputError(
            T("a commendation needs its approval basis"),
            f"{path}#/wording/basis",
            T("name the document that approves it, or use 考核结果 or 推荐名单"),
        )
    seats = {}
    for name, spec in document.get("categories", {}).items():
        if spec.get("tie") == "draw" and "seed" not in spec:
            raise InputError(T("a draw needs its public seed"), f"{path}#/categories/{name}/seed", T("give the number that was announced"))
        seats[name] = Seats(int(spec["seats"]), spec.get("tie", "expand"), spec.get("seed"))
    return Notice(
        rubric=document["rubric"],
        categories=seats,
        period=document.get("period", {}),
        assess_only_categories=frozenset(only.get("categories", ())),
        assess_only_units=frozenset(only.get("units", ())),
        award=award.get("title", ""),
        level=award.get("level"),
        result=result,
        basis=basis,
        document=document,
    )
