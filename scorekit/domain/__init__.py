"""The vocabulary: what a rubric, a plan, a column and a table are, and the arithmetic of exact points."""
