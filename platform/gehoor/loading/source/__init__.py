"""Source files: finding, reading and positions."""
