"""What the service does: ingest, watch, publish; each drives domain and store, none knows another."""
