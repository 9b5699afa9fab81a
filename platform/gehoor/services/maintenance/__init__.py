"""Maintenance: what is damaged or missing in a register, and what is made again of it."""
