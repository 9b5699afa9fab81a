"""Pages of what dossiers have to do with each other."""
