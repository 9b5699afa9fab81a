"""Maintenance: copies of a register, and what is damaged or missing in one."""
