"""Turns a channel's entries into finished feed documents, byte for byte the same for the same input."""
