"""Recording: the one way to change a dossier, and what an act takes: answers, files, codes."""
