"""Aggregators: ways to combine the figures of a section's items into one."""
