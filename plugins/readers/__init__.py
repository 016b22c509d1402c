"""Readers: files of submissions become tables of untyped cells."""
