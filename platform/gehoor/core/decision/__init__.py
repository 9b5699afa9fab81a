"""Deciding: what holds for a dossier at one moment, each with its reason."""
