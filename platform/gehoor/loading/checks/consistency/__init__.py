"""Checks that the parts of an agreement fit together."""
