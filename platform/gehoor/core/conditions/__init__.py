"""Conditions: what rules and forms ask of the facts of a dossier."""
