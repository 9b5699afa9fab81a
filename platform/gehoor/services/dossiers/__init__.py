"""Dossiers: opening, viewing, editing, and everything that can happen to one."""
