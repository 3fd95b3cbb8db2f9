"""Reads of this room that have two or more callers."""
