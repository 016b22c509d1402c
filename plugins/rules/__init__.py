"""Scoring rules: one module for one way of turning what was submitted into points."""
