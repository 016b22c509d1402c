"""A rubric tried before it is used: worked cases that stand beside it, and two versions over the same submissions."""
