"""Searching: work lists, search, dossiers that are alike."""
