"""Tasks: those of who is signed in, and how they stand on the page of a dossier."""
