"""Deadlines: when something is due, with the derivation of each date."""
