"""Bytes that nobody thought of, for every reader: what must hold of them, and those that once did not."""
