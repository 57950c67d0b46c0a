"""The command line: wires the parts together and prints for people."""

from feedsvc.cli.main import main

__all__ = ["main"]
