"""What the service does; each part drives domain and store, none knows another."""
