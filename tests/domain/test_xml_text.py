"""What no part of a workbook can hold is left out, and nothing else."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.xml_text import cell_text, xml_text


@given(st.text(st.characters(codec=None)))
def test_what_is_left_can_be_read_as_xml_and_the_rest_stays(text: str) -> None:
    found = xml_text(text)
    assert xml_text(found) == found
    element = ElementTree.Element("t")
    element.text = found
    assert (ElementTree.fromstring(ElementTree.tostring(element, "utf-8")).text or "") == found


def test_signs_of_people_stay() -> None:
    assert xml_text("甲\t乙\n丙😀<&>\x85\u202e\x7f") == "甲\t乙\n丙😀<&>\x85\u202e\x7f"
    assert xml_text("\x00甲\x0b乙\x1b\ud800\uffff") == "甲乙"


@given(st.text(st.sampled_from("<r>/甲 ")))
def test_a_text_in_a_cell_is_never_taken_for_marks_and_any_other_stays(text: str) -> None:
    found = cell_text(text)
    assert not (found.startswith("<r>") and found.endswith("</r>"))
    assert found == text or (found == f"{text} " and text.startswith("<r>") and text.endswith("</r>"))


def test_marks_of_runs_are_text() -> None:
    assert cell_text("<r><t>甲</t></r>") == "<r><t>甲</t></r> "
    assert cell_text("<r>甲") == "<r>甲"
