"""Pages for everyone outside."""
