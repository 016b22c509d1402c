"""Annotators: what goes back with files that have problems."""
