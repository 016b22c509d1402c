"""The stages of an evaluation, each a table in and a table out; none knows another."""
