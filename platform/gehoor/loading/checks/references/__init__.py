"""Checks that what is named exists and has the right type."""
