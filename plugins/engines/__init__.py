"""Engines: who does the batches, here or elsewhere."""
