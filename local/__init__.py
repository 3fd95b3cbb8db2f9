"""Servers for a machine that has none: used by `make run` and by the tests, never in production."""
