"""Agreements: drafting, comparing, publishing."""
