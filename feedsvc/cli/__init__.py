"""The command line: parses arguments and prints for people."""

from feedsvc.cli.main import main

__all__ = ["main"]
