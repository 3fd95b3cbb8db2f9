"""The consulted document: numbered points, kept addresses, comparing, reading from files, typing by hand."""
