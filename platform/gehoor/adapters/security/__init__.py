"""Passwords, secrets, codes, single sign-on, and what a file really is."""
