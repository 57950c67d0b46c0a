"""What supervisors and Prometheus ask of the process."""
