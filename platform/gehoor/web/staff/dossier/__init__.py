"""The page of a dossier."""
