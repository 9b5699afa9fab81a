"""Changing a file by position: what was meant to change changes, and every other byte stays."""
