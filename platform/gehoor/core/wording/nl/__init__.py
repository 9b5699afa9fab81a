"""Dutch sentences."""
