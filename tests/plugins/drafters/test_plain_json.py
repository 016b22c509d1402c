"""Drafts as JSON: a submission in which nothing is taken."""

from __future__ import annotations

import json
from decimal import Decimal

from scorekit_plugins.drafters.plain_json import render

from scorekit.domain.confirming import from_document
from scorekit.domain.drafts import Blank, Draft, Proposal, Spot
from scorekit.errors import T

ONE = Proposal("a.rate", "率", Decimal("95.5"), "95.5%", "率达95.5%。", Spot(paragraph=2, start=2, end=7), "high", ("率",))
TWO = Proposal(
    "a.held", "开展", True, "开展", "开展了。", Spot(page=1, line=3, start=0, end=2), "low", (), (T("the number is none exactly"),)
)
DRAFT = Draft("r", "标准", "1", "d", "总结.docx", "s", (Blank("a.rate", "率"),), {"a.rate": (ONE,), "a.held": (TWO,)}, (ONE,), "scorekit 1")


def test_a_draft_names_its_rubric_and_report_and_takes_nothing():
    found = json.loads(render(DRAFT, "zh"))
    assert found["$schema"] == "r"
    assert list(found) == ["$schema", "x-draft"]
    held = found["x-draft"]
    assert (held["report"], held["sha256"], held["rubric"]) == ("总结.docx", "s", {"version": "1", "digest": "d"})
    assert [p["accepted"] for p in held["proposals"]] == [None, None]
    assert "没有人确认" in held["note"]


def test_a_proposal_has_its_sentence_place_and_why():
    first, second = json.loads(render(DRAFT, "zh"))["x-draft"]["proposals"]
    assert (first["field"], first["value"], first["confidence"], first["sentence"]) == ("a.rate", 95.5, "high", "率达95.5%。")
    assert first["place"] == {"paragraph": 2, "start": 2, "end": 7}
    assert "cautions" not in first
    assert (second["value"], second["place"], second["cautions"]) == (True, {"page": 1, "line": 3, "start": 0, "end": 2}, ["是约数"])


def test_what_is_not_the_unit_s_to_fill_stands_apart():
    [remark] = json.loads(render(DRAFT, "zh"))["x-draft"]["remarks"]
    assert "accepted" not in remark


def test_read_back_as_it_is_nothing_counts():
    found = from_document(json.loads(render(DRAFT, "zh"))["x-draft"], {})
    assert (found.values, found.faults, found.standing.untouched, found.standing.undecided) == ({}, (), True, 2)


def test_equal_drafts_give_equal_bytes():
    assert render(DRAFT, "zh") == render(DRAFT, "zh")
