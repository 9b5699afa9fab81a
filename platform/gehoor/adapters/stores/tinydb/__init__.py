"""TinyDB on the rows of a register."""
