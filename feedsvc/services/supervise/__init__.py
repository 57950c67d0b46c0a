"""How a supervisor such as systemd is dealt with: told how the service is, taken sockets from."""
