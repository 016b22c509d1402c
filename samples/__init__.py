"""The samples that come with scorekit: submissions to try a rubric on, one folder each."""
