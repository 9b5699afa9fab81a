"""Signing in, and an account of one's own."""
