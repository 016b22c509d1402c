"""Narrative reports by file ending: their text with places."""
