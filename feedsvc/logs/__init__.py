"""Logs: one format for our lines and the libraries', written in the background and in order."""

from feedsvc.logs.repeat import RepeatedLine
from feedsvc.logs.setup import repeated_line, set_up_logs
from feedsvc.logs.writer import flush_logs

__all__ = ["RepeatedLine", "flush_logs", "repeated_line", "set_up_logs"]
