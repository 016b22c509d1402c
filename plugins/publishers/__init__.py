"""Forms of the public list."""
