"""Brings the store in line with the folder: find files, examine, commit, remove."""
