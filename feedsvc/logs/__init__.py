"""Logs: one format for our lines and the libraries', written in the background and in order."""

from feedsvc.logs.setup import set_up_logs
from feedsvc.logs.writer import flush_logs

__all__ = ["flush_logs", "set_up_logs"]
