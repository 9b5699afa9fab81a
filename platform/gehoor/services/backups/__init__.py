"""Backups: dumps of a register, and what is put back from them."""
