"""Accounts: signing in, the second factor, passwords."""
