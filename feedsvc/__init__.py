"""Publishes a folder of text listings as feeds; imports go one way, down the layers."""

__version__ = "0.1.0"
