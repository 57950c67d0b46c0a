"""Read-only JSON API, with the same queries and validators as query feeds."""
