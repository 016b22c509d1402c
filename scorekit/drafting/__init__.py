"""From the wording of a standard to the beginning of a rubric: clauses recognised, the rest marked to be done."""
