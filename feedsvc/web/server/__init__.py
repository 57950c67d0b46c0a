"""Connections and ports: limits, reloads and draining around one replaceable application."""
