"""The table of demands as a paper, and reading one back from a file."""
