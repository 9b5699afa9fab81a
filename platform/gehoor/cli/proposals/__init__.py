"""Proposals and sources at the command line."""
