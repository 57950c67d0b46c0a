"""Puts a running service together: instance, reload, heartbeat, systemd.

This package and `cli` alone read the clock and the environment; this one never prints.
"""
