"""Figures for who leads: the overview, the lists behind it, and reports."""
