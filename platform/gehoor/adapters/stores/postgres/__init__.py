"""A register as tables of a PostgreSQL database, for many processes on many machines."""
