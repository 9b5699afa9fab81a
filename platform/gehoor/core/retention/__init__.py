"""Retention: until when a dossier is kept and why, and what is left of it afterwards."""
