"""Endpoints for supervisors and Prometheus: alive, ready, metrics."""
