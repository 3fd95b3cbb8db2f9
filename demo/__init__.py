"""Data and the command that fill a portal for trying out; not installed in production."""
