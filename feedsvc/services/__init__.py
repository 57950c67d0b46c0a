"""The jobs of the service: each drives domain and store, and none imports another."""
