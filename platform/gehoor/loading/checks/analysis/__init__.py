"""Checks of what can and cannot happen under an agreement."""
