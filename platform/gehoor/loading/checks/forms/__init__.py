"""Checks of forms and their fields: where they stand, what each word means there, and what contradicts another."""
