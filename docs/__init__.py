"""The documentation; the pages under reference/ that are made from the code are made by ``python -m docs.generate``."""
