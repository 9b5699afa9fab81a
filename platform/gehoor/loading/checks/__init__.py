"""Checks of an agreement as a whole."""
