"""Reads of one thing each, with few callers."""
