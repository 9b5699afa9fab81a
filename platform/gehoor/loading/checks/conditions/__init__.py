"""Checks of conditions: where they stand, and whether they mean something for the fields they speak of."""
