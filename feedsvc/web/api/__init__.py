"""Read-only JSON for programs, over the same queries and validators as the feeds of queries."""
