"""Translating the keywords of a file."""
