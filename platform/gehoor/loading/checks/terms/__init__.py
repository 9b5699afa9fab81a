"""Checks of terms: that they can be counted, run in some dossier, end, and do what is said of them."""
