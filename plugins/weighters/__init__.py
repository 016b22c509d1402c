"""Weighters: one module for one way of drawing the weights of a section's children from the data."""
