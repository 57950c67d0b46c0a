"""Metrics for Prometheus: counters that grow as things happen, gauges set when it scrapes."""
