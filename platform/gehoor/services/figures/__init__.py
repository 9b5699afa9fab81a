"""Figures of a register: what is counted for whom, the overview, and reports."""
