"""A recorded fault: nothing but what, cure and severity must be known of it."""

from __future__ import annotations

from scorekit.domain import tables
from scorekit.domain.problem import Problem
from scorekit.errors import T


def test_a_problem_may_have_no_place():
    problem = Problem("error", T("a"), T("b"))
    assert (problem.unit, problem.file, problem.sheet, problem.cell, problem.field) == ("",) * 5


def test_the_tables_hand_the_problem_on():
    assert tables.Problem is Problem
