"""HTTP: all routes on one page, exact validators, no echo of requests, no globals."""
