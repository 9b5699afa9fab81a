"""Gehoor: complaint handling the way an organisation has agreed it, read from files."""

__version__ = "0.1.0"
