"""Validation against the meta-schemas."""
