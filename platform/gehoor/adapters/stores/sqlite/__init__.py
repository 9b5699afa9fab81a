"""A register as one SQLite file."""
