"""Pages by reader: everybody, and those who send remarks."""
