"""Real feed readers subscribe to a real service."""
