"""Packs: which rubrics there are by name, and when it can be said at once that there is none."""

from __future__ import annotations

import importlib.metadata

import pytest

from scorekit.catalogue import discover
from scorekit.errors import RubricError
from scorekit.loading.packs import check_named, found, packed


def test_every_shipped_rubric_is_found_by_the_name_of_its_folder():
    known = dict(packed())
    assert "model-home" in known
    assert len(known) > 10
    assert all(found(name) == path for name, path in known.items())


def test_no_built_in_plugin_brings_rubrics_so_that_a_name_can_be_refused_without_them():
    assert discover(third_party=False).rubric_packs == ()


def test_a_file_and_a_folder_are_found_by_their_path(tmp_path):
    path = tmp_path / "rubric.json"
    path.write_text("{}", encoding="utf-8")
    assert found(str(tmp_path)) == found(str(path)) == path
    check_named(str(path), third_party=False)


def test_a_name_that_nothing_can_bring_is_refused_and_the_near_one_named():
    with pytest.raises(RubricError) as caught:
        check_named("model-hom", third_party=False)
    assert "model-home" in str(caught.value.cure)


def test_a_name_that_an_installed_plugin_may_bring_is_let_through(monkeypatch):
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: ["a plugin"])
    check_named("no-such-rubric", third_party=True)
    with pytest.raises(RubricError):
        check_named("no-such-rubric", third_party=False)
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: [])
    with pytest.raises(RubricError):
        check_named("no-such-rubric", third_party=True)
