"""Serves with several processes: a parent starts them, watches over them and speaks for them.

The parent serves nothing and starts no threads, so that it can fork at any time.
"""
