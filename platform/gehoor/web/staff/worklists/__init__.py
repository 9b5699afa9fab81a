"""Work lists and search."""
