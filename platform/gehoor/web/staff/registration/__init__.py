"""Registering what somebody told."""
