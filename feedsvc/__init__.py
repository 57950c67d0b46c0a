"""Publishes a folder of text files as feeds; docs/architecture.md explains the layers."""

__version__ = "0.1.0"
