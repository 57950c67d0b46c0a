"""Decides what a batch of seeds changes: rows in, changed rows out."""
