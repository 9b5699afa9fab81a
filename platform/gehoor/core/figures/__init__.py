"""Figures: what is counted of dossiers, how, and what of it is told to whom."""
