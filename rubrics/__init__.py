"""The rubrics that come with scorekit, one folder each."""
