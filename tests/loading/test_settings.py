"""Settings: what scorekit.toml may say, and that nothing is read or run from outside its folder."""

from __future__ import annotations

import pytest

from scorekit.errors import InputError
from scorekit.loading.settings import Settings, check_there, found_settings


def put(folder, **files):
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_settings_are_read_from_the_folder_only(tmp_path):
    put(
        tmp_path,
        scorekit_dot_toml='rubric = "six-haves"\nnotice = "n/n.json"\nencoding = "gb18030"\nlang = "en"',
        n__n_dot_json="{}",
        a_dot_json="{}",
    )
    assert found_settings(tmp_path) == Settings("six-haves", tmp_path / "n/n.json", "gb18030", "en")
    assert found_settings(tmp_path / "a.json") == found_settings(tmp_path / "n") == Settings()


def test_a_rubric_in_the_folder_may_be_named_by_its_path(tmp_path):
    put(tmp_path, scorekit_dot_toml='rubric = "own.json"', own_dot_json="{}")
    assert found_settings(tmp_path).rubric == str(tmp_path / "own.json")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("rubric = ", "not written as they should be"),
        ('rubrik = "x"', "no setting “rubrik”"),
        ('plugins = "x"', "no setting “plugins”"),
        ('engine = "dask"', "no setting “engine”"),
        ('scheduler = "tcp://10.0.0.5:8786"', "no setting “scheduler”"),
        ("rubric = 7", "the setting “rubric” cannot be used"),
        ('notice = ""', "the setting “notice” cannot be used"),
        ('lang = "fr"', "the setting “lang” cannot be used"),
        ('notice = "../x.json"', "leads out of the folder"),
        ('notice = "/etc/passwd"', "leads out of the folder"),
        ('notice = "C:\\\\x.json"', "leads out of the folder"),
        ('notice = "a\\\\..\\\\..\\\\x.json"', "leads out of the folder"),
        ('rubric = "../x.json"', "leads out of the folder"),
        ('notice = "none.json"', "there is no file"),
        ('register = "none.xlsx"', "there is no file"),
        ('register = "../名册.xlsx"', "leads out of the folder"),
    ],
)
def test_settings_that_cannot_be_followed_are_refused(tmp_path, text, what):
    put(tmp_path, scorekit_dot_toml=text)
    with pytest.raises(InputError) as caught:
        found_settings(tmp_path)
    assert what in str(caught.value)
    assert caught.value.where.endswith("scorekit.toml")


def test_a_misspelt_setting_is_recognised_by_its_nearness(tmp_path):
    put(tmp_path, scorekit_dot_toml='encodin = "x"')
    with pytest.raises(InputError) as caught:
        found_settings(tmp_path)
    assert "encoding" in str(caught.value.cure)


def test_the_line_of_a_fault_is_named_where_it_is_known(tmp_path):
    put(tmp_path, scorekit_dot_toml='lang = "zh"\nrubric = \n')
    with pytest.raises(InputError) as caught:
        found_settings(tmp_path)
    assert caught.value.where == f"{tmp_path / 'scorekit.toml'}:2"


def test_what_is_not_there_is_said(tmp_path):
    check_there(tmp_path)
    with pytest.raises(InputError, match="no such file or folder"):
        check_there(tmp_path / "none")
