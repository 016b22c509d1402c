"""JSON Schemas of the files that people write: rubric and notice."""
