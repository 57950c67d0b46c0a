"""What Prometheus reads: counters that grow as things happen, gauges that are set when it asks."""
