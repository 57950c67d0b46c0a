"""HTTP: all routes on one page, exact validators, nothing echoed, nothing global."""
